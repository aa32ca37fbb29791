//! Parts of the graph: sections of the reports, neighbourhoods.

use std::collections::BTreeSet;

use petgraph::visit::UndirectedAdaptor;

use super::links::object;
use super::{KnowledgeGraph, path};
use crate::model::{EntityId, Paragraph, ParagraphId, ParagraphNumber, Statement, StatementId};
use crate::validate;

/// A section of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Section {
    /// The report.
    pub report: EntityId,
    /// What stands before the first dot of its paragraphs' numbers.
    pub number: String,
}

impl KnowledgeGraph {
    /// Returns the documents whose paragraphs the data set covers: those that `dataset.toml` names, in its order; where it
    /// names none, all that have paragraphs, by their ids. O(paragraphs).
    #[must_use]
    pub fn reports(&self) -> Vec<EntityId> {
        validate::reports(&self.store, self.config())
    }

    /// Returns the sections of the reports, in the order of the reports and then of reading. O(n log n) in the number of
    /// paragraphs.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let sections = graph.sections();
    /// assert!(sections.iter().all(|section| graph.id(section.report) == "c24"));
    /// assert!(sections.iter().any(|section| section.number == "7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for report in self.reports() {
            let mut seen = BTreeSet::new();
            for (_, paragraph) in self.paragraphs_of(report) {
                let number = ParagraphNumber(self.text(paragraph.number)).section().to_owned();
                if seen.insert(number.clone()) {
                    sections.push(Section { report, number });
                }
            }
        }
        sections
    }

    /// Returns the sections that are meant by a number, or by a report's id or name and a number: `2`, `res140#2`.
    /// O(paragraphs).
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// assert_eq!(graph.sections_called("c24#7"), graph.sections_called("7"));
    /// assert_eq!(graph.sections_called("99"), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sections_called(&self, name: &str) -> Vec<Section> {
        let (mut sections, named) = (self.sections(), name.rsplit_once('#'));
        if let (Some((report, number)), false) = (named, sections.iter().any(|section| section.number == name)) {
            let report = self.find(report).ok();
            sections.retain(|section| section.number == number && Some(section.report) == report);
        } else {
            sections.retain(|section| section.number == name);
        }
        sections
    }

    /// Returns the names of sections: their numbers, with their reports where there are several, as in `res140#2`.
    /// O(paragraphs).
    #[must_use]
    pub fn section_names(&self, sections: &[Section]) -> Vec<String> {
        let several = self.reports().len() > 1;
        let report = |section: &Section| if several { format!("{}#", self.id(section.report)) } else { String::new() };
        let name = |section: &Section| report(section) + &section.number;
        sections.iter().map(name).collect()
    }

    /// Returns the paragraphs of a document with their numbers, in the order of reading. O(log n).
    pub fn paragraphs_of(&self, document: EntityId) -> impl Iterator<Item = (ParagraphId, &Paragraph)> {
        let start = self.paragraphs().partition_point(|paragraph| paragraph.document < document);
        let numbered = self.paragraph_ids().zip(self.paragraphs()).skip(start);
        numbered.take_while(move |(_, paragraph)| paragraph.document == document)
    }

    /// Returns the statements that a paragraph of that section makes, deprecated ones too.
    #[must_use]
    pub fn statements_in_section(&self, section: &Section) -> Vec<StatementId> {
        let cites = |statement: &Statement| {
            self.citations(statement).iter().any(|citation| {
                citation.document == section.report
                    && citation.paragraph.is_some_and(|paragraph| {
                        ParagraphNumber(self.text(self.paragraph(paragraph).number)).section() == section.number
                    })
            })
        };
        self.statements_where(cites)
    }

    /// Returns the numbers of the statements that fulfil a condition, in their order.
    pub fn statements_where(&self, wanted: impl Fn(&Statement) -> bool) -> Vec<StatementId> {
        let numbered = self.statement_ids().zip(self.statements());
        numbered.filter(|(_, statement)| wanted(statement)).map(|(number, _)| number).collect()
    }

    /// Returns the entities within a number of steps of an entity, itself included, over statements that are not
    /// deprecated, in either direction. O(entities + links of what is found).
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let undp = graph.find("UNDP").unwrap();
    /// let [near, farther] = [1, 2].map(|steps| graph.neighbourhood(undp, steps));
    /// assert!(near.contains(&undp) && near.is_subset(&farther));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn neighbourhood(&self, entity: EntityId, depth: usize) -> BTreeSet<EntityId> {
        let current = self.current();
        let distances = path::distances(UndirectedAdaptor(&current), self.node(entity), depth);
        self.entity_ids().zip(distances).filter(|&(_, distance)| distance <= depth).map(|(near, _)| near).collect()
    }
}

/// The entities that a statement links.
pub(crate) fn ends(statement: &Statement) -> impl Iterator<Item = EntityId> + use<> {
    std::iter::once(statement.subject).chain(object(statement))
}

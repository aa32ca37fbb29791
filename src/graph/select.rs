//! Parts of the graph: sections of the report, neighbourhoods.

use std::collections::BTreeSet;

use petgraph::visit::UndirectedAdaptor;

use super::links::object;
use super::{KnowledgeGraph, path};
use crate::model::{EntityId, ParagraphNumber, Statement, StatementId};

/// A section of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What stands before the first dot of its paragraphs' numbers.
    pub number: String,
}

impl KnowledgeGraph {
    /// Returns the sections of the report that the data set covers, in the order of reading.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let report = self.report();
        let mut sections: Vec<Section> = Vec::new();
        for paragraph in self.paragraphs().iter().filter(|paragraph| Some(paragraph.document) == report) {
            let number = ParagraphNumber(self.text(paragraph.number)).section().to_owned();
            if sections.last().is_none_or(|last| last.number != number) {
                sections.push(Section { number });
            }
        }
        sections
    }

    /// Returns the document whose paragraphs the data set covers.
    #[must_use]
    pub fn report(&self) -> Option<EntityId> {
        self.entity_by_id(self.config().report.as_deref()?)
    }

    /// Returns the statements that a paragraph of that section of the report makes, deprecated ones too.
    #[must_use]
    pub fn statements_in_section(&self, section: &str) -> Vec<StatementId> {
        let report = self.report();
        let cites = |statement: &Statement| {
            self.citations(statement).iter().any(|citation| {
                Some(citation.document) == report
                    && citation.paragraph.is_some_and(|paragraph| {
                        ParagraphNumber(self.text(self.paragraph(paragraph).number)).section() == section
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

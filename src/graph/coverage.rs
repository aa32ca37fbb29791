//! How much there is: counts, and how far paragraphs and languages are covered.

use std::collections::{BTreeMap, BTreeSet};

use super::KnowledgeGraph;
use crate::model::{Citation, EntityId, Language, Rank};

/// Counts of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// How many entities there are.
    pub entities: usize,
    /// How many entities have each base class, by its local name.
    pub by_class: BTreeMap<String, usize>,
    /// How many statements there are.
    pub statements: usize,
    /// How many statements link two entities.
    pub links: usize,
    /// How many statements have each rank, best first.
    pub by_rank: [(Rank, usize); 3],
    /// How many sources statements cite, each statement's counted for itself.
    pub citations: usize,
    /// How many distinct paragraphs and documents statements cite.
    pub sources: usize,
}

/// How far paragraphs are covered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ParagraphCoverage {
    /// How many paragraphs there are.
    pub all: usize,
    /// How many a statement cites.
    pub cited: usize,
    /// How many are not cited, and listed as stating no link.
    pub without_link: usize,
    /// The others, in the order of reading: their numbers, with the report where there are several.
    pub uncovered: Vec<String>,
}

/// How much there is of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportCoverage {
    /// The report.
    pub report: EntityId,
    /// How many sections it has.
    pub sections: usize,
    /// How many statements cite it.
    pub statements: usize,
    /// How far its paragraphs are covered.
    pub paragraphs: ParagraphCoverage,
}

impl KnowledgeGraph {
    /// Counts entities, statements and sources. O(n log n).
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let counts = graph.counts();
    /// assert_eq!(counts.entities, graph.entities().len());
    /// assert!(counts.by_class["Organization"] > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut by_class = BTreeMap::new();
        for entity in self.entities() {
            let class = self.ontology().base_class(entity.class).unwrap_or_else(|| self.ontology().class(entity.class));
            *by_class.entry(class.name.clone()).or_default() += 1;
        }
        let statements = self.statements();
        let with_rank = |rank| (rank, statements.iter().filter(|statement| statement.rank == rank).count());
        let cited = self.store.statement_citations().iter();
        let sources: BTreeSet<_> = cited.map(|citation| (citation.document, citation.paragraph)).collect();
        Counts {
            entities: self.entities().len(),
            by_class,
            statements: statements.len(),
            links: statements
                .iter()
                .filter(|statement| self.ontology().property(statement.property).links_entities())
                .count(),
            by_rank: Rank::ALL.map(with_rank),
            citations: statements.iter().map(|statement| self.citations(statement).len()).sum(),
            sources: sources.len(),
        }
    }

    /// Returns how far the paragraphs of all reports are covered. O(citations).
    #[must_use]
    pub(crate) fn paragraph_coverage(&self) -> ParagraphCoverage {
        let mut all = ParagraphCoverage::default();
        for ReportCoverage { paragraphs, .. } in self.report_coverage() {
            all.all += paragraphs.all;
            all.cited += paragraphs.cited;
            all.without_link += paragraphs.without_link;
            all.uncovered.extend(paragraphs.uncovered);
        }
        all
    }

    /// Returns how far each report is covered, in the order of the reports. O(citations).
    #[must_use]
    pub(crate) fn report_coverage(&self) -> Vec<ReportCoverage> {
        let reports = self.reports();
        let cited = crate::validate::cited_paragraphs(&self.store);
        let mut statements: BTreeMap<EntityId, usize> = BTreeMap::new();
        for statement in self.statements() {
            // Citations are sorted by their documents, and many statements may share very many of them.
            let mut rest = self.citations(statement);
            while let Some(&Citation { document, .. }) = rest.first() {
                *statements.entry(document).or_default() += 1;
                rest = &rest[rest.partition_point(|citation| citation.document == document)..];
            }
        }
        let mut sections: BTreeMap<EntityId, usize> = BTreeMap::new();
        for section in self.sections() {
            *sections.entry(section.report).or_default() += 1;
        }
        let coverage = reports.iter().map(|&report| ReportCoverage {
            report,
            sections: sections.get(&report).copied().unwrap_or_default(),
            statements: statements.get(&report).copied().unwrap_or_default(),
            paragraphs: self.coverage_of(report, reports.len() > 1, &cited),
        });
        coverage.collect()
    }

    fn coverage_of(&self, report: EntityId, named: bool, cited: &[bool]) -> ParagraphCoverage {
        let no_link = self.ontology().known().no_link;
        let mut coverage = ParagraphCoverage::default();
        for (number, paragraph) in self.paragraphs_of(report) {
            coverage.all += 1;
            if cited[number.index()] {
                coverage.cited += 1;
            } else if self.paragraph_attributes(paragraph).iter().any(|attribute| attribute.property == no_link) {
                coverage.without_link += 1;
            } else if named {
                coverage.uncovered.push(self.paragraph_reference(number));
            } else {
                coverage.uncovered.push(self.text(paragraph.number).to_owned());
            }
        }
        coverage
    }

    /// Returns how many entities have a label in each language that is used or declared.
    #[must_use]
    pub(crate) fn language_coverage(&self) -> BTreeMap<Language, usize> {
        let mut coverage: BTreeMap<Language, usize> =
            self.config().languages.iter().map(|&language| (language, 0)).collect();
        let label = self.ontology().known().label;
        for entity in self.entity_ids() {
            let languages: BTreeSet<_> =
                self.texts_of(entity, label).filter_map(|attribute| attribute.language).collect();
            for language in languages {
                *coverage.entry(language).or_default() += 1;
            }
        }
        coverage
    }
}

//! Every paragraph of the reports is cited, or listed as stating no link; and the reports are there.

use super::Check;
use crate::finding::{Code, Finding};
use crate::link::{NameError, Names};
use crate::model::{EntityId, StatementStore};
use crate::read::Config;

impl Check<'_> {
    /// What `dataset.toml` names as a report is the id of a document.
    pub(super) fn unknown_report(&mut self) {
        if self.dataset.is_part() {
            return;
        }
        for (number, id) in self.dataset.config.reports.iter().enumerate() {
            let (message, help) = match self.linked.entity_by_id(id) {
                Some(entity) if self.is_a(entity, self.ontology.known().document) => continue,
                Some(entity) => (
                    format!("`{id}` is of class {}, not a document", self.class_name(entity)),
                    "name a document whose paragraphs are to be covered".to_owned(),
                ),
                None => (format!("no document has the id `{id}`"), self.like(id)),
            };
            let finding = Finding::new(Code::UnknownReport, self.dataset.locate_report(number), message);
            self.findings.push(finding.help(help));
        }
    }

    /// What an id of a report that is not there may mean.
    fn like(&self, id: &str) -> String {
        let names = Names::index(self.linked, self.ontology);
        let near = match names.find(id, self.linked) {
            Ok(entity) => vec![self.linked.id(entity).to_owned()],
            Err(NameError::Ambiguous(entities)) => {
                entities.into_iter().take(10).map(|entity| self.linked.id(entity).to_owned()).collect()
            }
            Err(NameError::Unknown(_)) => names.suggest(id, self.linked),
        };
        if near.is_empty() {
            return "write the id of a document, or add the document to a table".to_owned();
        }
        format!("did you mean `{}`?", near.join("` or `"))
    }

    /// Each paragraph of the reports that the data set covers is cited by a statement, or says why not.
    ///
    /// Of a part, each is named with its document: only the whole knows whether there are several.
    pub(super) fn uncited_paragraph(&mut self) {
        if self.is_part_unread() {
            return;
        }
        let reports = reports(self.linked, &self.dataset.config);
        let (known, several) = (Known::of(self.linked, &reports), reports.len() > 1 || self.dataset.is_part());
        let no_link = self.ontology.known().no_link;
        let cited = perhaps_cited(self.linked);
        for (paragraph, is_cited) in self.linked.paragraphs().iter().zip(cited) {
            if is_cited || !known.has(paragraph.document) || !self.dataset.owns(paragraph.place) {
                continue;
            }
            if self.is_unsure(paragraph.place) {
                continue;
            }
            if self.linked.paragraph_attributes(paragraph).iter().any(|attribute| attribute.property == no_link) {
                continue;
            }
            let number = self.linked.text(paragraph.number);
            let of = if several { format!("{}#", self.linked.id(paragraph.document)) } else { String::new() };
            let finding = Finding::new(
                Code::UncitedParagraph,
                self.dataset.locate(paragraph.place),
                format!("no statement cites paragraph {of}{number}"),
            );
            let help = "state what it says, or give the reason in the column noLink";
            self.findings.push(finding.help(help).about(format!("{of}{number}")));
        }
    }
}

/// Some of the documents. Each is looked up at once.
struct Known(Vec<bool>);

impl Known {
    fn of(linked: &StatementStore, documents: &[EntityId]) -> Self {
        let mut known = vec![false; linked.entities().len()];
        for document in documents {
            known[document.index()] = true;
        }
        Self(known)
    }

    fn has(&self, document: EntityId) -> bool {
        self.0[document.index()]
    }
}

/// Returns the documents whose paragraphs are to be covered: those that `dataset.toml` names, in its order; where it names
/// none, all that have paragraphs.
pub(crate) fn reports(linked: &StatementStore, config: &Config) -> Vec<EntityId> {
    if config.reports.is_empty() {
        let mut reports: Vec<_> = linked.paragraphs().iter().map(|paragraph| paragraph.document).collect();
        // Paragraphs are sorted by their documents.
        reports.dedup();
        return reports;
    }
    let mut reports: Vec<EntityId> = Vec::new();
    for report in config.reports.iter().filter_map(|id| linked.entity_by_id(id)) {
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
    reports
}

/// Tells of each paragraph, in their order, whether a statement cites it.
pub(crate) fn cited_paragraphs(linked: &StatementStore) -> Vec<bool> {
    let mut cited = vec![false; linked.paragraphs().len()];
    let citations = linked.statement_citations().iter();
    for paragraph in citations.filter_map(|citation| citation.paragraph) {
        cited[paragraph.index()] = true;
    }
    cited
}

/// Tells of each paragraph, in their order, whether a statement cites it, or a row that could not be placed.
pub(crate) fn perhaps_cited(linked: &StatementStore) -> Vec<bool> {
    let mut cited = cited_paragraphs(linked);
    linked.spared.paragraphs.iter().for_each(|paragraph| cited[paragraph.index()] = true);
    cited
}

//! Every paragraph of the report is cited, or listed as stating no link.

use std::collections::BTreeSet;

use super::Check;
use crate::finding::{Code, Finding};
use crate::model::{ParagraphId, StatementStore};

impl Check<'_> {
    /// Each paragraph of the report that the data set covers is cited by a statement, or says why not.
    pub(super) fn uncited_paragraph(&mut self) {
        let Some(report) = self.dataset.config.report.as_deref().and_then(|id| self.linked.entity_by_id(id)) else {
            return;
        };
        let no_link = self.ontology.known().no_link;
        let cited = cited_paragraphs(self.linked);
        for (number, paragraph) in self.linked.paragraph_ids().zip(self.linked.paragraphs()) {
            if paragraph.document != report || cited.contains(&number) {
                continue;
            }
            if self.linked.paragraph_attributes(paragraph).iter().any(|attribute| attribute.property == no_link) {
                continue;
            }
            let text = self.linked.text(paragraph.number);
            let finding = Finding::new(
                Code::UncitedParagraph,
                self.dataset.locate(paragraph.place),
                format!("no statement cites paragraph {text}"),
            );
            self.findings.push(finding.help("state what it says, or give the reason in the column noLink").about(text));
        }
    }
}

/// Returns the paragraphs that statements cite.
pub(crate) fn cited_paragraphs(linked: &StatementStore) -> BTreeSet<ParagraphId> {
    linked
        .statements()
        .iter()
        .flat_map(|statement| linked.citations(statement))
        .filter_map(|citation| citation.paragraph)
        .collect()
}

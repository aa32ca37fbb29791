//! What is said while the data set is another than the one that is shown: a note on every page, and a page of what is wrong.

use maud::{Markup, html};

use super::frame::{Body, Page};
use super::words::RefusedWords;
use super::{Address, MOST_ROWS, Site, Subject};
use crate::finding::{Finding, Severity};
use crate::model::Language;

/// Where the page is, within the folder of a language.
const HERE: &str = "changes";

/// Data that are not shown because of what is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedData {
    /// The worst of what was found, worst first.
    findings: Vec<Finding>,
    /// How much more was found.
    n_more: usize,
    violations: usize,
}

impl RefusedData {
    /// Returns data with what was found wrong with them; nothing if they could not be read.
    #[must_use]
    pub(crate) fn new(findings: &[Finding]) -> Self {
        let of = |severity| findings.iter().filter(move |finding| finding.severity() == severity);
        let kept: Vec<_> = Severity::ALL.into_iter().flat_map(of).take(MOST_ROWS).cloned().collect();
        let violations = of(Severity::Violation).map(Finding::times).sum();
        Self { n_more: findings.len() - kept.len(), findings: kept, violations }
    }

    /// Returns how many violations they have; none if they could not be read.
    #[must_use]
    pub(crate) fn violations(&self) -> usize {
        self.violations
    }

    /// Returns all that is told of them as one text, by which what is said of two can be told apart.
    #[must_use]
    pub(crate) fn told(&self) -> String {
        let told = self.findings.iter().map(|finding| format!("{}\n{}\n", finding.location, finding.message));
        told.chain([format!("{} {}", self.n_more, self.violations)]).collect()
    }
}

impl Site<'_> {
    /// Returns a page as HTML, which says that the data set is another by now.
    #[must_use]
    pub(crate) fn page_beside(&self, address: Address, language: Language, refused: Option<&RefusedData>) -> String {
        Page::new(self, address, language).beside_refused(refused).html()
    }

    /// Returns the page of what is wrong with the data that are not shown.
    #[must_use]
    pub(crate) fn changes(&self, language: Language, refused: Option<&RefusedData>) -> String {
        let page = Page::new(self, Address { subject: Subject::Findings, part: 0 }, language);
        page.framed(&page.refused_data(refused)).into_string()
    }
}

/// Returns the note that leads to what is wrong with data that have so many violations, from a page in a language: by way of
/// the folder of the language.
pub(in crate::publish) fn refused_note(violations: usize, language: Language, folder: &str) -> Markup {
    let words = RefusedWords::of(language);
    html! {
        p.note role="status" { (words.note(violations)) " " a href={(folder) (HERE)} { (words.link) } }
    }
}

impl Page<'_, '_> {
    /// The note that leads to what is wrong.
    pub(super) fn refused_note(&self, refused: &RefusedData) -> Markup {
        refused_note(refused.violations, self.language, &self.up)
    }

    fn refused_data(&self, refused: Option<&RefusedData>) -> Body {
        let words = RefusedWords::of(self.language);
        let main = html! {
            h1 { (words.title) }
            @match refused {
                None => p { (words.none) },
                Some(refused) => {
                    p { (words.note(refused.violations)) }
                    @if !refused.findings.is_empty() {
                        (self.findings_table(&refused.findings.iter().collect::<Vec<_>>(), |finding| finding.location.to_string()))
                    }
                    @if refused.n_more > 0 { p { (words.more(refused.n_more)) } }
                }
            }
        };
        Body { served: Some(HERE), ..Body::new(words.title, main) }
    }
}

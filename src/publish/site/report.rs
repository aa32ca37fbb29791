//! What the check of the data found, and how far the paragraphs of the reports are covered.

use maud::{Markup, html};

use super::frame::{Body, Page};
use super::text::Text;
use super::{MOST_NAMES, Subject};
use crate::finding::Finding;
use crate::model::ParagraphId;
use crate::sort;

impl Page<'_, '_> {
    /// The findings, whose messages are in English. Lines are left to the check: the order of rows changes no output.
    pub(super) fn findings(&self) -> Body {
        let words = self.words;
        let mut findings: Vec<&Finding> = self.site.findings.iter().collect();
        sort::by_key(&mut findings, |finding| (finding.severity(), &finding.location.file, &finding.message));
        let main = html! {
            h1 { (words.findings) }
            @if findings.is_empty() { p { (words.no_findings) } } @else {
                (self.findings_table(self.part_of(&findings), |finding| finding.location.file.clone()))
            }
        };
        Body::new(words.findings, main)
    }

    /// Findings in a table, with where they are.
    pub(super) fn findings_table(&self, findings: &[&Finding], place: fn(&Finding) -> String) -> Markup {
        let english = |text: &str| html! { td lang="en" dir="ltr" { (Text(text)) } };
        let [severity, file, message] = self.words.finding_columns;
        html! {
            table {
                thead { tr { th scope="col" { (severity) } th scope="col" { (file) } th scope="col" { (message) } } }
                tbody { @for finding in findings { tr {
                    (english(&finding.severity().to_string())) (english(&place(finding))) (english(&finding.message))
                } } }
            }
        }
    }

    /// Each paragraph, and how many statements cite it or why none does.
    pub(super) fn coverage(&self) -> Body {
        let (words, graph) = (self.words, self.graph());
        let all: Vec<ParagraphId> = graph.paragraph_ids().collect();
        let shown = all.chunks(MOST_NAMES).nth(self.address.part).unwrap_or_default();
        let [number, heading, statements, reason] = words.coverage_columns;
        let main = html! {
            h1 { (words.coverage) }
            @for document in shown.chunk_by(|&a, &b| graph.paragraph(a).document == graph.paragraph(b).document) {
                @if let [first, ..] = document {
                    h2 { (self.name(graph.paragraph(*first).document)) }
                    table {
                        thead { tr {
                            th scope="col" { (number) } th scope="col" { (heading) }
                            th scope="col" { (statements) } th scope="col" { (reason) }
                        } }
                        tbody { @for &id in document { (self.covered(id)) } }
                    }
                }
            }
        };
        Body::new(words.coverage, main)
    }

    fn covered(&self, id: ParagraphId) -> Markup {
        let (graph, known) = (self.graph(), self.graph().ontology().known());
        let n = self.site.backward.paragraphs().states(id).len();
        html! {
            tr {
                th scope="row" { a href=(self.href(Subject::Paragraph(id))) { bdi dir="ltr" { (Text(graph.text(graph.paragraph(id).number))) } } }
                td { @if let Some(heading) = self.told(id, known.heading) { (heading) } }
                td { (n) }
                td { @if let Some(reason) = self.told(id, known.no_link) { (reason) } }
            }
        }
    }
}

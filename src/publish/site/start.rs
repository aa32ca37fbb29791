//! The first page: what there is, and the ways into it.

use maud::html;

use super::Subject;
use super::frame::{Body, Page};
use super::text::Text;
use crate::model::ClassId;
use crate::sort;

/// The most reports that are listed here; where there are more, a link leads to all documents.
const MOST_REPORTS: usize = 200;

impl Page<'_, '_> {
    pub(super) fn start(&self) -> Body {
        let (graph, words, ontology) = (self.graph(), self.words, self.graph().ontology());
        let reports = graph.reports();
        let used = |class: &ClassId| self.n_of(*class) > 0;
        let base = |class: ClassId| ontology.base_class(class).map_or("", |base| base.name.as_str());
        let mut classes: Vec<ClassId> = ontology.class_ids().filter(used).collect();
        sort::by_key(&mut classes, |&class| (base(class), class));
        let numbers = [
            (words.entities, graph.entities().len()),
            (words.statements, graph.statements().len()),
            (words.n_paragraphs, graph.paragraphs().len()),
        ];
        let main = html! {
            h1 { (Text(self.site_title())) }
            ul.numbers { @for (word, n) in numbers { li { b { (n) } " " (word) } } }
            p.lead { (words.lead) }
            section aria-labelledby="names" { h2 #names { (words.names) } (self.letters()) }
            section aria-labelledby="classes" {
                h2 #classes { (words.classes) }
                ul.classes { @for class in classes { li { (self.class_link(class)) " " span.count { (self.n_of(class)) } } } }
            }
            section aria-labelledby="reports" {
                h2 #reports { (words.reports) }
                ul.rows { @for &report in reports.iter().take(MOST_REPORTS) { li {
                    a href=(self.href(Subject::Document(report))) { (self.name(report)) }
                } } }
                @if reports.len() > MOST_REPORTS {
                    p { a href=(self.href(Subject::Documents)) { (words.documents) } " " span.count { (self.site.backward.documents().len()) } }
                }
            }
            section aria-labelledby="pictures" {
                h2 #pictures { (words.pictures) }
                p { a href=(self.href(Subject::Pictures)) { (words.all_pictures) } }
            }
        };
        Body::new(self.site_title(), main)
    }
}

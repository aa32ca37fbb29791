//! What a picture shows, as a table below it: for those who cannot see it, and for those who look for one thing.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::MOST_LINES;
use super::frame::Page;
use super::text::Text;
use crate::draw::{DatedEvent, Diagram, Edge, Node, Picture, Stated};

/// Returns how many rows the table of a picture has.
pub(super) fn n_rows(picture: &Picture) -> usize {
    match picture {
        Picture::Network(diagram) => diagram.edges.iter().map(|edge| edge.statements.len().max(1)).sum(),
        Picture::Timeline(timeline) => timeline.events.len(),
    }
}

impl Page<'_, '_> {
    /// The part of the table of a picture that stands on this page. Its nodes lead to pages.
    pub(super) fn table(&self, picture: &Picture) -> Markup {
        let rows = match picture {
            Picture::Network(diagram) => self.link_rows(diagram),
            Picture::Timeline(timeline) => timeline.events.iter().map(|event| self.event_row(event)).collect(),
        };
        let rows = rows.chunks(MOST_LINES).nth(self.address.part).unwrap_or_default();
        html! {
            @if !rows.is_empty() {
                section aria-labelledby="list" {
                    h2 #list { (self.words.as_list) }
                    div.wide role="group" tabindex="0" aria-labelledby="list" {
                        table {
                            thead { tr { @for column in picture.columns() { th scope="col" { (column) } } } }
                            tbody { @for row in rows { tr { (row) } } }
                        }
                    }
                }
            }
        }
    }

    /// A row for each statement that a line stands for; for a line that stands for none, what is said of it.
    fn link_rows(&self, diagram: &Diagram) -> Vec<Markup> {
        let node = |number: usize| diagram.nodes.get(number).map_or_else(Markup::default, linked);
        let row = |edge: &Edge, relation: &str, remarks: &str, sources: Markup| {
            html! {
                td { (node(edge.from)) } td { bdi { (Text(relation)) } } td { (node(edge.to)) }
                td { bdi { (Text(remarks)) } } td { (sources) }
            }
        };
        let rows = |edge: &Edge| -> Vec<Markup> {
            if edge.statements.is_empty() {
                return vec![row(edge, &edge.label, &edge.tooltip, Markup::default())];
            }
            let of = |stated: &Stated| row(edge, &stated.relation, &stated.remarks, self.stated_by(&[stated]));
            edge.statements.iter().map(of).collect()
        };
        diagram.edges.iter().flat_map(rows).collect()
    }

    fn event_row(&self, event: &DatedEvent) -> Markup {
        html! {
            td { bdi { (Text(&event.span.text)) } } td { (linked(&event.node)) }
            @for text in [&event.status, &event.places, &event.whole] { td { bdi { (Text(text)) } } }
            td { (self.stated_by(&event.statements.iter().collect::<Vec<_>>())) }
        }
    }

    /// Links to what states something, each once.
    fn stated_by(&self, stated: &[&Stated]) -> Markup {
        let graph = self.graph();
        let ids = stated.iter().flat_map(|stated| &stated.ids);
        let citations = ids.flat_map(|&id| graph.citations(graph.statement(id)));
        let mut told = BTreeSet::new();
        html! {
            @for citation in citations {
                @if told.insert((citation.document, citation.paragraph)) { (self.source(citation)) " " }
            }
        }
    }
}

/// The name of a node with where it leads. The overview has a line for each thing that it tells of a group.
fn linked(node: &Node) -> Markup {
    let name = node.label.lines().next().unwrap_or_default();
    html! {
        @match &node.href {
            Some(href) => a href=(href) { bdi { (Text(name)) } },
            None => bdi { (Text(name)) },
        }
    }
}

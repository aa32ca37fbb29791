//! An entity as a small page, which a program shows within its own.

use maud::{DOCTYPE, html};

use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language};
use crate::publish::entity::{Heading, entity_page};
use crate::publish::site::text::Text;
use crate::publish::statement::ObjectShown;

/// The most statements that are shown.
const MOST_STATEMENTS: usize = 6;

/// Returns what is known of an entity in short: its name, its class, some statements with their paragraphs, and the way to
/// its page.
#[must_use]
pub(crate) fn preview_page(graph: &KnowledgeGraph, entity: EntityId, language: Language, page: &str) -> String {
    let languages = graph.languages(Some(language));
    let shown = entity_page(graph, entity, &languages);
    let said = shown.said.iter().flat_map(|group| {
        let heading = match group.heading {
            Heading::Forward(heading) | Heading::Backward(heading) => heading,
        };
        group.statements.iter().map(move |statement| (heading, statement))
    });
    let page = html! {
        (DOCTYPE)
        html lang=(language.as_str()) dir=(language.direction().as_str()) {
            head {
                meta charset="utf-8";
                title { (Text(shown.name.label)) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="/style.css";
            }
            body {
                p { a href=(page) target="_blank" rel="noopener" { strong { bdi { (Text(shown.name.label)) } } } " · " (Text(shown.class)) }
                ul { @for (heading, statement) in said.take(MOST_STATEMENTS) { li {
                    (Text(heading)) ": " bdi { (Text(other_end(&statement.object))) }
                    @if !statement.remarks.sources.is_empty() { " (" bdi dir="ltr" { (Text(&statement.remarks.sources.join(", "))) } ")" }
                } } }
            }
        }
    };
    page.into_string()
}

fn other_end<'g>(object: &ObjectShown<'g>) -> &'g str {
    match object {
        ObjectShown::Entity(name) => name.label,
        ObjectShown::Text(text) => text,
    }
}

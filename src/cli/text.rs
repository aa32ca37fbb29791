//! Lines of text about statements, for show and path.

use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, Object, Rank, Statement};

/// Returns a text so that, if it has letters written from right to left, what stands beside it keeps its place: between
/// [isolates](https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates), which have no width.
///
/// Characters that a terminal would obey are replaced.
pub(super) fn isolated(text: &str) -> String {
    let obeyed = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let text = text.replace(obeyed, "\u{FFFD}");
    let right_to_left =
        |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    if text.contains(right_to_left) { format!("\u{2067}{text}\u{2069}") } else { text }
}

/// Returns the label of an entity with its acronym.
pub(super) fn name(graph: &KnowledgeGraph, entity: EntityId, languages: &[Language]) -> String {
    let label = isolated(graph.label(entity, languages));
    match graph.acronym(entity, languages) {
        Some(acronym) => format!("{label} ({})", isolated(acronym)),
        None => label,
    }
}

/// Returns what is said of a statement: qualifiers, a rank that is not normal, and the sources in brackets.
pub(super) fn remarks(graph: &KnowledgeGraph, statement: &Statement, languages: &[Language]) -> String {
    let mut said: Vec<String> = Vec::new();
    for qualifier in graph.qualifiers(statement) {
        let value = isolated(graph.object_label(qualifier.value, languages));
        match qualifier.value {
            // A remark in another language than the wanted one would say the same twice.
            Object::Literal(_, Some(language)) if languages.first() != Some(&language) => {}
            Object::Literal(_, Some(_)) => said.push(value),
            _ => said.push(format!("{}: {value}", isolated(graph.property_label(qualifier.property, languages)))),
        }
    }
    if statement.rank != Rank::Normal {
        said.push(isolated(rank_label(graph, statement.rank, languages)));
    }
    let sources: Vec<_> =
        graph.citations(statement).iter().map(|citation| graph.citation_reference(citation)).collect();
    let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
    let sources = if sources.is_empty() { String::new() } else { format!(" [{}]", sources.join(", ")) };
    said + &sources
}

/// The word of a rank in a language.
fn rank_label<'a>(graph: &'a KnowledgeGraph, rank: Rank, languages: &[Language]) -> &'a str {
    graph.object_label(Object::Value(graph.ontology().known().rank(rank)), languages)
}

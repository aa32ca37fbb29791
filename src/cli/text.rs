//! Lines of text about entities and statements, as a terminal shows them.

use crate::model::is_right_to_left;
use crate::publish::{EntityName, Remarks};

/// Returns a text so that, if it has letters written from right to left, what stands beside it keeps its place: between
/// [isolates](https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates), which have no width.
///
/// Characters that a terminal would obey are replaced.
pub(super) fn isolated(text: &str) -> String {
    let obeyed = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let text = text.replace(obeyed, "\u{FFFD}");
    if text.contains(is_right_to_left) { format!("\u{2067}{text}\u{2069}") } else { text }
}

/// Returns the label of an entity with its acronym.
pub(super) fn name(name: &EntityName<'_>) -> String {
    let label = isolated(name.label);
    match name.acronym {
        Some(acronym) => format!("{label} ({})", isolated(acronym)),
        None => label,
    }
}

/// Returns what is said of a statement: qualifiers, a rank that is not normal, and the sources in brackets.
pub(super) fn remarks(remarks: &Remarks<'_>) -> String {
    let said = remarks.said.iter().map(|remark| match remark.property {
        Some(property) => format!("{}: {}", isolated(property), isolated(remark.value)),
        None => isolated(remark.value),
    });
    let said: Vec<_> = said.chain(remarks.rank.map(isolated)).collect();
    let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
    let sources = if remarks.sources.is_empty() { String::new() } else { format!(" [{}]", remarks.sources.join(", ")) };
    said + &sources
}

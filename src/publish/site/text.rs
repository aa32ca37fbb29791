//! Text of the data as HTML: without what HTML cannot hold, in the best language.

use std::borrow::Cow;

use maud::{Markup, Render, html};

use crate::graph::KnowledgeGraph;
use crate::model::{Attribute, Language};
use crate::ontology::Labels;

/// Text that may hold anything. HTML has no way to write control characters.
pub(in crate::publish) struct Text<'a>(pub(in crate::publish) &'a str);

impl Render for Text<'_> {
    fn render_to(&self, out: &mut String) {
        let is_unwritable =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}');
        let text: Cow<'_, str> =
            if self.0.contains(is_unwritable) { self.0.replace(is_unwritable, " ").into() } else { self.0.into() };
        text.as_ref().render_to(out);
    }
}

/// A text in the best of the languages that have it, and its language.
pub(super) fn best<'g>(
    graph: &'g KnowledgeGraph,
    attributes: impl Iterator<Item = &'g Attribute>,
    languages: &[Language],
) -> Option<(&'g str, Option<Language>)> {
    let rank =
        |language: Option<Language>| languages.iter().position(|&other| Some(other) == language).unwrap_or(usize::MAX);
    let best = attributes.min_by_key(|attribute| rank(attribute.language))?;
    Some((graph.text(best.text), best.language))
}

/// A text of the ontology in the best of the languages that have it, and its language.
pub(super) fn labelled<'a>(labels: &'a Labels, languages: &[Language]) -> Option<(&'a str, Language)> {
    let wanted = languages.iter().find_map(|language| labels.get_key_value(language));
    wanted.or_else(|| labels.iter().next()).map(|(language, text)| (text.as_str(), *language))
}

/// What keys do, below a word for them.
pub(super) fn keys<'a>(word: &str, keys: &[&str], does: impl IntoIterator<Item = &'a str>) -> Markup {
    html! {
        summary { (word) }
        dl { @for (key, does) in keys.iter().zip(does) { dt { kbd dir="ltr" { (key) } } dd { (does) } } }
    }
}

/// An IRI as it is.
pub(super) fn code(iri: &str) -> Markup {
    html! { code { bdi dir="ltr" { (Text(iri)) } } }
}

/// A licence by its IRI: a link where a page may lead to it.
pub(super) fn license(iri: &str) -> Markup {
    html! {
        @if is_web(iri) { a rel="license" href=(Text(iri)) { bdi dir="ltr" { (Text(iri)) } } } @else { bdi { (Text(iri)) } }
    }
}

/// An address that a page may lead to.
pub(in crate::publish) fn is_web(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let is_plain = |c: char| {
        !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    (lower.starts_with("http://") || lower.starts_with("https://")) && address.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_has_no_control_characters() {
        assert_eq!(html! { (Text("a<b>\u{1}\"&\u{85}\u{FFFE}")) }.0, "a&lt;b&gt; &quot;&amp;  ");
    }

    #[test]
    fn only_web_addresses_are_followed() {
        assert!(is_web("https://example.org/a?b=c&d"));
        for other in ["javascript:alert(1)", "https://a b", "ftp://x", "https://a\"b", "//x"] {
            assert!(!is_web(other), "{other}");
        }
    }
}

//! Text for XML: what every format that is XML needs, pictures and pages too, and no library does for text that may hold
//! anything.

use std::borrow::Cow;

/// Tells whether [XML 1.0](https://www.w3.org/TR/xml/#charsets) has no way to write a character.
fn is_unwritable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Returns a text that XML can hold: what it cannot write becomes U+FFFD. `check` warns of such characters.
pub(crate) fn writable(text: &str) -> Cow<'_, str> {
    if text.contains(is_unwritable) { text.replace(is_unwritable, "\u{FFFD}").into() } else { text.into() }
}

/// Returns a text as content or value of an attribute. Line breaks and tabs are written as references, which no reader
/// makes spaces of.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |c| {
        entity(c).or(match c {
            '\t' => Some("&#9;"),
            '\n' => Some("&#10;"),
            '\r' => Some("&#13;"),
            _ => None,
        })
    })
}

/// Returns a text as content, or as value of an attribute in which white space does not matter: it stays as it is.
pub(crate) fn content(text: &str) -> Cow<'_, str> {
    replaced(text, entity)
}

/// What stands for a character that is markup or cannot be written.
fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        c if is_unwritable(c) => Some("\u{FFFD}"),
        _ => None,
    }
}

fn replaced(text: &str, replacement: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let Some(first) = text.find(|c| replacement(c).is_some()) else { return text.into() };
    let mut replaced = String::with_capacity(text.len() + 16);
    replaced.push_str(&text[..first]);
    for c in text[first..].chars() {
        match replacement(c) {
            Some(other) => replaced.push_str(other),
            None => replaced.push(c),
        }
    }
    replaced.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_comes_back_from_content_and_attributes(text in any::<String>()) {
            let document = format!("<a b=\"{0}\">{0}</a>", escaped(&text));
            let document = roxmltree::Document::parse(&document).unwrap();
            let (root, expected) = (document.root_element(), writable(&text));
            prop_assert_eq!(root.attribute("b"), Some(&*expected));
            prop_assert_eq!(root.text().unwrap_or_default(), &*expected);
            let document = format!("<a>{}</a>", content(&text.replace('\r', " ")));
            let document = roxmltree::Document::parse(&document).unwrap();
            prop_assert_eq!(document.root_element().text().unwrap_or_default(), &*expected.replace('\r', " "));
        }
    }
}

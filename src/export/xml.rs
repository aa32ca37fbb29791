//! Text for XML: what every format that is XML needs, and no library does for text that may hold anything.

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
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\t' | '\n' | '\r') || is_unwritable(c);
    if !text.contains(special) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            c if is_unwritable(c) => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped.into()
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
        }
    }
}

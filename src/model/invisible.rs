//! Characters that nobody sees and that mean nothing in ids, references, dates and sources.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Tells whether a character is [ignorable by default](https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point)
/// and changes neither the shape nor the meaning of a word: soft hyphens, zero-width spaces, marks of direction. Joiners
/// and variation selectors change how letters look, and are none.
#[must_use]
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns a text without characters that nobody sees, and without space at its ends.
#[must_use]
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    Cow::Owned(visible.trim().to_owned())
}

/// Returns a text with an escape such as `\u{200b}` for each character that nobody sees.
#[must_use]
pub(crate) fn escape_invisible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) {
            // Writing to a string does not fail.
            let _ = write!(escaped, "{}", c.escape_unicode());
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Returns a text with an escape such as `\u{1b}` for each character that a terminal would obey, but line breaks and tabs.
#[must_use]
pub(crate) fn escape_controls(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| match c {
        '\n' | '\t' => false,
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' => true,
        c => c.is_control(),
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| if obeyed(c) { c.escape_unicode().to_string() } else { c.to_string() };
    Cow::Owned(text.chars().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(
            escape_controls("a\u{1b}[31m\u{7}\r\n\tb\u{9b}\u{202e}"),
            "a\\u{1b}[31m\\u{7}\\u{d}\n\tb\\u{9b}\\u{202e}"
        );
        assert!(matches!(escape_controls("العربية\u{200f}"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_nobody_sees_is_dropped_or_shown() {
        let text = "\u{FEFF}i\u{AD}t\u{200B}u\u{200F} ";
        assert_eq!(visible(text), "itu");
        assert_eq!(escape_invisible(text), r"\u{feff}i\u{ad}t\u{200b}u\u{200f} ");
        assert!(matches!(visible("العربية"), Cow::Borrowed(_)));
        // A joiner tells two words of Persian apart.
        assert_eq!(visible("می\u{200C}خواهم"), "می\u{200C}خواهم");
    }
}

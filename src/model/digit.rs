//! Digits of other scripts, as people write dates and numbers.

use std::borrow::Cow;

/// Returns a text with digits of ASCII for Arabic, Persian and full-width ones, and a point
/// for the Arabic decimal sign: what formats of dates and numbers ask for.
pub(crate) fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|c| ascii(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(ascii).collect())
}

fn ascii(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        '\u{66B}' => return '.',
        c => return c,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_are_those_of_ascii() {
        assert_eq!(ascii_digits("٢٠٢٤-٠٥"), "2024-05");
        assert_eq!(ascii_digits("۱۹۴۸"), "1948");
        assert_eq!(ascii_digits("２０２４"), "2024");
        assert_eq!(ascii_digits("١٢٫٥"), "12.5");
        assert!(matches!(ascii_digits("二〇二四"), Cow::Borrowed(_)));
    }
}

//! Paragraphs of documents and the order in which they are read.

use std::cmp::Ordering;
use std::num::NonZero;
use std::ops::Range;

use super::{EntityId, Place, Symbol};

/// A paragraph by number. Numbers follow the documents' ids and then the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParagraphId(
    // One more than the number, so that a citation with or without a paragraph takes the same room.
    NonZero<u32>,
);

impl ParagraphId {
    /// Returns the paragraph of that number, from 0. There are fewer than `u32::MAX` paragraphs.
    #[must_use]
    #[inline]
    pub(crate) fn new(number: u32) -> Self {
        Self(NonZero::<u32>::MIN.saturating_add(number))
    }

    /// Returns the number as an index.
    #[must_use]
    #[inline]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A paragraph of a document.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// The document.
    pub document: EntityId,
    /// The number as printed, in the order of section and paragraph: `2.10`, `3.3a`, `H`.
    pub number: Symbol,
    /// Headings, and the reasons why a paragraph states no link, as a range of the graph's attributes.
    pub(crate) attributes: Range<u32>,
    /// The row that declares the paragraph.
    pub(crate) place: Place,
}

/// A paragraph's number, compared in the order of counting: `1`, `2.9`, `2.10`, `3.3`, `3.3a`.
///
/// Numbers are text, never decimals. Runs of digits compare as integers, all else as text, and a paragraph comes before
/// its parts. Numbers that do not begin with a digit, such as `H`, `p. 3` or `considering`, say nothing of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParagraphNumber<'a>(pub &'a str);

impl ParagraphNumber<'_> {
    /// Tells whether the number can be counted: it begins with a digit.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Returns the section: what stands before the first dot, without a letter of a bullet.
    ///
    /// ```
    /// use rapporteur::model::ParagraphNumber;
    ///
    /// assert_eq!(ParagraphNumber("2.10").section(), "2");
    /// assert!(ParagraphNumber("2.9") < ParagraphNumber("2.10"), "numbers are no decimals");
    /// ```
    #[must_use]
    pub fn section(&self) -> &str {
        let end = self.0.find('.').unwrap_or(self.0.len());
        let section = &self.0[..end];
        let digits = section.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 { section } else { &section[..digits] }
    }
}

impl PartialOrd for ParagraphNumber<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ParagraphNumber<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (self.0, other.0);
        let starts_with_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let first = starts_with_digit(left).cmp(&starts_with_digit(right));
        if first != Ordering::Equal {
            return first;
        }
        while !left.is_empty() && !right.is_empty() {
            let ((a, left_rest), (b, right_rest)) = (run(left), run(right));
            let order = match (starts_with_digit(a), starts_with_digit(b)) {
                (true, true) => integer(a).cmp(&integer(b)).then_with(|| a.cmp(b)),
                _ => a.cmp(b),
            };
            if order != Ordering::Equal {
                return order;
            }
            (left, right) = (left_rest, right_rest);
        }
        left.len().cmp(&right.len())
    }
}

/// Splits off the leading run of digits, or of anything else.
fn run(text: &str) -> (&str, &str) {
    let digit = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(text.len());
    text.split_at(end)
}

/// Digits as a number of any length: without leading zeros, the longer is the greater.
fn integer(digits: &str) -> (usize, &str) {
    let significant = digits.trim_start_matches('0');
    (significant.len(), significant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_reading() {
        let sorted = ["H", "1", "1.2", "2", "2.1", "2.9", "2.10", "3.3", "3.3a", "3.3b", "3.10", "10.1", "12.2"];
        for pair in sorted.windows(2) {
            assert!(ParagraphNumber(pair[0]) < ParagraphNumber(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn the_section_stands_before_the_dot() {
        for (number, section) in [("2.10", "2"), ("4", "4"), ("3.3a", "3"), ("H", "H"), ("4a", "4")] {
            assert_eq!(ParagraphNumber(number).section(), section);
        }
    }
}

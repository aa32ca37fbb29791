//! Cells as ranges of one text, and the values in a cell.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use memchr::{memchr2, memchr3};

use super::text::offset;

/// The cells of a table, row by row, as ranges of one text. Between two cells stands one byte that belongs to neither.
///
/// So a cell costs four bytes: where it starts. Where it ends follows from the next.
#[derive(Debug)]
pub(super) struct Grid {
    width: usize,
    /// For each row the start of each cell, and one more than the end of the last cell. What stands behind the last
    /// accepted row is a row in the making.
    pub(super) offsets: Vec<u32>,
    accepted: usize,
}

impl Grid {
    /// Returns a table without rows.
    pub(super) fn new(width: usize) -> Self {
        Self { width, offsets: Vec::new(), accepted: 0 }
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The number of rows.
    pub(super) fn rows(&self) -> usize {
        self.accepted / (self.width + 1)
    }

    /// The offsets of the row in the making.
    pub(super) fn last_row(&self) -> &[u32] {
        &self.offsets[self.accepted..]
    }

    /// Keeps the row in the making.
    pub(super) fn accept_row(&mut self) {
        debug_assert_eq!(self.last_row().len(), self.width + 1, "a row is as wide as the table");
        self.accepted = self.offsets.len();
    }

    /// Cuts the row in the making to the width of the table.
    pub(super) fn cut_row(&mut self) {
        self.offsets.truncate(self.accepted + self.width + 1);
    }

    /// Forgets the row in the making.
    pub(super) fn drop_row(&mut self) {
        self.offsets.truncate(self.accepted);
    }

    /// Gives back the memory that no row uses.
    pub(super) fn finish(&mut self) {
        self.drop_row();
        self.offsets.shrink_to_fit();
    }

    /// Returns the range of a cell. O(1).
    pub(super) fn cell(&self, row: usize, column: usize) -> Range<usize> {
        let at = row * (self.width + 1) + column;
        self.offsets[at] as usize..self.offsets[at + 1] as usize - 1
    }

    /// Returns the range from the first cell of a row to the end of the last. O(1).
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        self.cell(row, 0).start..self.cell(row, self.width - 1).end
    }
}

/// Returns what stands between the quotes of a quoted cell, where quotes are doubled; any other cell as it is.
///
/// This is asked of each cell: bytes are compared in place, characters by a call.
#[inline]
pub(super) fn unquoted(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'"', .., b'"'] => &cell[1..cell.len() - 1],
        _ => cell,
    }
}

/// Tells whether a cell begins with a quote.
#[inline]
fn is_quoted(cell: &str) -> bool {
    cell.as_bytes().first() == Some(&b'"')
}

/// How the characters of a cell are to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syntax {
    /// The character between two values; after a backslash it is part of a value.
    pub(super) separator: char,
    /// Whether a cell may be quoted, and quotes inside it doubled.
    pub(super) quotes: bool,
    /// Whether a text that a spreadsheet would take for a formula has an apostrophe in front.
    pub(super) apostrophes: bool,
}

/// Tells whether an apostrophe in front of a text keeps it from being taken for a formula. The export of CSV puts one
/// before what, after any apostrophes, begins as a formula may.
fn is_defused(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.len() < text.len() && begins_as_formula(bare)
}

/// Tells whether a spreadsheet may take a text for a
/// [formula](https://owasp.org/www-community/attacks/CSV_Injection) by its first character.
pub(crate) fn begins_as_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

impl Syntax {
    /// Returns what a cell says, as one value whatever separators it has.
    pub(super) fn whole(self, cell: &str) -> Cow<'_, str> {
        let (text, quoted) = self.inside(cell);
        let value = trimmed(text);
        if self.is_plain(value) { Cow::Borrowed(value) } else { self.unescape(value, quoted) }
    }

    /// Returns the only value of a cell, empty or not, if no character of the cell has a meaning of its own, as in most.
    #[inline]
    pub(super) fn single(self, cell: &str) -> Option<&str> {
        let (text, _) = self.inside(cell);
        self.is_plain(text).then(|| trimmed(text))
    }

    /// Returns the values of a cell with their numbers; empty ones are passed over, but counted.
    pub(super) fn values(self, cell: &str) -> impl Iterator<Item = (u16, Cow<'_, str>)> {
        let (text, quoted) = self.inside(cell);
        let pieces = Pieces { rest: Some(text), separator: self.separator };
        pieces.enumerate().filter_map(move |(number, piece)| {
            // All values from the 65,536th on are at the place of that one.
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            let piece = trimmed(piece);
            (!piece.is_empty()).then(|| (number, self.unescape(piece, quoted)))
        })
    }

    /// Returns the range of a value within its cell; of an empty cell, its end.
    pub(super) fn range(self, cell: &str, value: u16) -> Range<usize> {
        let (text, _) = self.inside(cell);
        let from = self.start(cell);
        let mut at = from;
        let pieces = Pieces { rest: Some(text), separator: self.separator };
        for (number, piece) in (0..=u16::MAX).zip(pieces) {
            if number == value {
                let start = at + piece.len() - piece.trim_start().len();
                return start..start + piece.trim().len();
            }
            at += piece.len() + self.separator.len_utf8();
        }
        from + text.len()..from + text.len()
    }

    /// Returns the ranges of the values of a cell within it, up to the last that has a number of its own. O(length).
    fn ranges(self, cell: &str) -> Vec<Range<u32>> {
        let (text, _) = self.inside(cell);
        let mut at = self.start(cell);
        let pieces = Pieces { rest: Some(text), separator: self.separator };
        let range = |piece: &str| {
            let start = at + piece.len() - piece.trim_start().len();
            at += piece.len() + self.separator.len_utf8();
            offset(start)..offset(start + piece.trim().len())
        };
        pieces.take(1 << 16).map(range).collect()
    }

    /// Where the text of a cell begins in it.
    fn start(self, cell: &str) -> usize {
        let from = usize::from(self.quotes && is_quoted(cell) && unquoted(cell).len() < cell.len());
        from + usize::from(self.apostrophes && is_defused(unquoted(cell)))
    }

    /// Writes a value so that [`Syntax::values`] of unquoted text gives it back whole. A space keeps a backslash at its
    /// end from escaping the separator that follows.
    pub(super) fn escape(self, value: &str, out: &mut String) {
        for c in value.chars() {
            if c == self.separator {
                out.push('\\');
            }
            out.push(c);
        }
        out.push(' ');
    }

    #[inline]
    fn inside(self, cell: &str) -> (&str, bool) {
        let (text, quoted) = if self.quotes && is_quoted(cell) { (unquoted(cell), true) } else { (cell, false) };
        if self.apostrophes && is_defused(text) { (&text[1..], quoted) } else { (text, quoted) }
    }

    /// Tells whether no character of a text has a meaning of its own, as in most cells.
    #[inline]
    fn is_plain(self, text: &str) -> bool {
        let mut separator = [0; 4];
        self.separator.encode_utf8(&mut separator);
        memchr3(separator[0], b'\\', b'"', text.as_bytes()).is_none()
    }

    fn unescape(self, text: &str, quoted: bool) -> Cow<'_, str> {
        if memchr2(b'\\', b'"', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let next = rest.as_str().chars().next();
            if (c == '\\' && next == Some(self.separator)) || (c == '"' && quoted) {
                plain.extend(rest.next());
            } else {
                plain.push(c);
            }
        }
        Cow::Owned(plain)
    }
}

/// The places of values in long cells, each looked for once: a cell may have as many mistakes as it has values.
#[derive(Debug, Default)]
pub(super) struct LongCells(Mutex<Ranges>);

/// The ranges of values, by where their cell begins and what stands between them.
type Ranges = BTreeMap<(usize, char), Arc<[Range<u32>]>>;

impl LongCells {
    /// In shorter cells each value is looked for anew.
    const SHORT: usize = 1 << 9;
    /// How many ranges are kept, about.
    const MOST: usize = 1 << 20;

    /// Returns the range of a value within the cell that stands in a range of a text, as [`Syntax::range`].
    pub(super) fn range(&self, syntax: Syntax, text: &str, cell: Range<usize>, value: u16) -> Range<usize> {
        let (start, cell) = (cell.start, &text[cell]);
        if cell.len() < Self::SHORT {
            return syntax.range(cell, value);
        }
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (start, syntax.separator);
        if !known.contains_key(&key) {
            if known.values().map(|ranges| ranges.len()).sum::<usize>() > Self::MOST || known.len() > 64 {
                known.clear();
            }
            known.insert(key, syntax.ranges(cell).into());
        }
        let range = known.get(&key).and_then(|ranges| ranges.get(usize::from(value)));
        range.map_or_else(|| syntax.range(cell, value), |range| range.start as usize..range.end as usize)
    }
}

/// A text without the white space around it, which is mostly none: two bytes tell.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The text between separators that are not escaped.
struct Pieces<'a> {
    rest: Option<&'a str>,
    separator: char,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest.take()?;
        let found = text.match_indices(self.separator).find(|(at, _)| !text[..*at].ends_with('\\'));
        let Some((at, separator)) = found else {
            return Some(text);
        };
        self.rest = Some(&text[at + separator.len()..]);
        Some(&text[..at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: Syntax = Syntax { separator: '|', quotes: true, apostrophes: false };

    fn values(cell: &str) -> Vec<(u16, String)> {
        CSV.values(cell).map(|(number, text)| (number, text.into_owned())).collect()
    }

    #[test]
    fn values_are_split_trimmed_and_numbered() {
        assert_eq!(values(" a | b||c"), [(0, "a".into()), (1, "b".into()), (3, "c".into())]);
        assert_eq!(values(r"a\|b|c\d"), [(0, "a|b".into()), (1, r"c\d".into())]);
        assert_eq!(values(r#"" a ""x"" |b""#), [(0, r#"a "x""#.into()), (1, "b".into())]);
        assert!(values("").is_empty() && values(r#"" | ""#).is_empty());
    }

    #[test]
    fn no_value_of_a_cell_is_lost_however_many_there_are() {
        let cell = "a|".repeat(70_000);
        assert_eq!(CSV.values(&cell).count(), 70_000);
        assert_eq!(CSV.values(&cell).last().unwrap(), (u16::MAX, "a".into()));
    }

    #[test]
    fn a_cell_as_a_whole_keeps_its_separators() {
        assert_eq!(CSV.whole(r#"" a|b\|""c"""#), r#"a|b|"c"#);
        assert!(matches!(CSV.whole("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn a_value_has_its_range_within_the_cell() {
        let cell = r#""ab | ""x""|c""#;
        assert_eq!(&cell[CSV.range(cell, 0)], "ab");
        assert_eq!(&cell[CSV.range(cell, 1)], r#"""x"""#);
        assert_eq!(&cell[CSV.range(cell, 2)], "c");
        assert_eq!(CSV.range("", 0), 0..0);
        assert_eq!(CSV.range(r#""""#, 0), 1..1);
    }

    #[test]
    fn a_value_of_a_long_cell_has_the_same_range() {
        let cell = format!("\"{}\"", r#" ab | ""x""|c\|d ||"#.repeat(100));
        let known = LongCells::default();
        for value in [0, 1, 2, 3, 77, 299, 400, 401, 9999] {
            assert_eq!(known.range(CSV, &cell, 0..cell.len(), value), CSV.range(&cell, value), "{value}");
        }
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_no_part_of_the_text() {
        let exported = Syntax { apostrophes: true, ..CSV };
        for (cell, text) in
            [("'=1", "=1"), ("\"'-a,b\"", "-a,b"), ("''=", "'="), ("'tis", "'tis"), ("'", "'"), ("-5", "-5")]
        {
            assert_eq!(exported.whole(cell), text);
            assert_eq!(&cell[exported.range(cell, 0)], text);
        }
        assert_eq!(CSV.whole("'=1"), "'=1");
    }

    #[test]
    fn escaped_values_come_back_whole() {
        let plain = Syntax { quotes: false, ..CSV };
        let given = [r"a|b\", r"\|", "\"c"];
        let mut cell = String::new();
        for value in given {
            plain.escape(value, &mut cell);
            cell.push('|');
        }
        assert_eq!(plain.values(&cell).map(|(_, value)| value).collect::<Vec<_>>(), given);
    }
}

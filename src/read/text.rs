//! A file of text, decoded, and the places in it.

use std::ops::Range;
use std::sync::OnceLock;

use encoding_rs::{Encoding, UTF_8};
use memchr::memchr2_iter;

use super::part::Mark;
use crate::finding::{Code, Finding, Location, Position};

/// Lines longer than this are shown in part, so that a finding stays small whatever the file.
const EXCERPT: usize = 160;

/// Characters are counted in blocks of so many bytes.
const BLOCK: usize = 1 << 9;

/// A file of text in UTF-8, kept whole.
#[derive(Debug)]
pub(super) struct TextFile {
    name: String,
    text: String,
    /// Where each line starts; made when the first place is asked for.
    lines: OnceLock<Vec<u32>>,
    /// How many characters stand before each block of bytes; made at the same time.
    blocks: OnceLock<Vec<u32>>,
    /// Where the rows of a part of a file begin, and in which lines of the whole; none of a whole.
    marks: Vec<Mark>,
}

impl TextFile {
    /// Wraps a text that is already decoded.
    pub(super) fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), text, lines: OnceLock::new(), blocks: OnceLock::new(), marks: Vec::new() }
    }

    /// Decodes the bytes of a file; byte order marks are dropped and count as no column.
    pub(super) fn decode(name: &str, mut bytes: Vec<u8>) -> Result<Self, Box<Finding>> {
        let help = |encoding: &str| {
            format!(
                "save the file as UTF-8 (in a spreadsheet program, as `CSV UTF-8`), or say in dataset.toml what it is: encoding = {encoding:?}"
            )
        };
        if let Some(encoding) = utf_16(&bytes) {
            let finding = Finding::new(Code::WrongEncoding, Location::file(name), "the file is UTF-16, not UTF-8");
            return Err(Box::new(finding.help(help(encoding))));
        }
        // Programs that put one before a file may do so again.
        while bytes.starts_with("\u{FEFF}".as_bytes()) {
            bytes.drain(..3);
        }
        String::from_utf8(bytes).map(|text| Self::new(name, text)).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[at];
            // Up to the bad byte nothing is replaced, so the place is the same in the replaced text.
            let shown = Self::new(name, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let location = shown.locate(at..at + char::REPLACEMENT_CHARACTER.len_utf8());
            let message = format!("the file is not UTF-8: byte 0x{byte:02X} begins no character here");
            Box::new(Finding::new(Code::WrongEncoding, location, message).help(help("windows-1252")))
        })
    }

    /// Decodes the bytes of a file in an encoding that is said, or else as UTF-8.
    pub(super) fn decode_as(
        name: &str,
        bytes: Vec<u8>,
        encoding: Option<&'static Encoding>,
    ) -> Result<Self, Box<Finding>> {
        let Some(encoding) = encoding.filter(|encoding| *encoding != UTF_8) else { return Self::decode(name, bytes) };
        let (text, _, has_errors) = encoding.decode(&bytes);
        if !has_errors {
            return Ok(Self::new(name, text.into_owned()));
        }
        let shown = Self::new(name, text.into_owned());
        let at = shown.text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
        let place = shown.locate(at..(at + char::REPLACEMENT_CHARACTER.len_utf8()).min(shown.text.len()));
        let message = format!("the file is not in {}: bytes stand for no character here", encoding.name());
        Err(Box::new(
            Finding::new(Code::WrongEncoding, place, message).help("correct the key `encoding` in dataset.toml"),
        ))
    }

    /// Returns the same as a part of a file, with what is known of the lines of its header, and of its rows, which come behind
    /// so many bytes of it.
    pub(super) fn with_marks(self, heads: &[Mark], marks: &[Mark], header: usize) -> Self {
        let behind = |mark: &Mark| Mark { start: mark.start.saturating_add(offset(header)), ..*mark };
        Self { marks: heads.iter().copied().chain(marks.iter().map(behind)).collect(), ..self }
    }

    /// Tells whether it is a part of a file.
    pub(super) fn is_part(&self) -> bool {
        !self.marks.is_empty()
    }

    /// What is known of the row that a byte is in; nothing in a header or a whole file.
    pub(super) fn mark(&self, at: usize) -> Option<Mark> {
        let after = self.marks.partition_point(|mark| mark.start as usize <= at);
        self.marks.get(after.checked_sub(1)?).copied()
    }

    /// The number of lines before the first row, where that is known.
    pub(super) fn lines_before_rows(&self) -> Option<usize> {
        self.marks.first().map(|first| self.number_of(first.start as usize) - 1)
    }

    /// The file's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the place of a range of bytes; of one over several lines, the part in its first line.
    /// O(log lines), after O(length of the text) the first time: however long a line is, all places in it are found at once.
    pub(super) fn locate(&self, range: Range<usize>) -> Location {
        let line = self.line(self.number_of(range.start));
        let end = range.end.min(line.end).max(range.start);
        let first = self.characters(range.start);
        let before = first - self.characters(line.start);
        let is_long = self.text[line.clone()].chars().nth(EXCERPT).is_some();
        let shown_before = if is_long { before.min(EXCERPT / 4) } else { before };
        let shown = self.text[..range.start].char_indices().rev().take(shown_before).last();
        let shown = shown.map_or(range.start, |(at, _)| at);
        let position = Position::Text {
            line: self.line_of(range.start),
            column: before + 1,
            length: self.characters(end) - first,
            excerpt: self.text.get(shown..line.end).unwrap_or_default().chars().take(EXCERPT).collect(),
            excerpt_column: before - shown_before + 1,
        };
        Location { file: self.name.clone(), position }
    }

    /// Returns a stretch of the text, with the line where it begins.
    pub(super) fn line_and_text(&self, range: Range<usize>) -> (usize, &str) {
        (self.line_of(range.start), &self.text[range])
    }

    /// Returns the place of a line by where it begins, without the space around it.
    pub(super) fn locate_line(&self, start: u32) -> Location {
        let line = &self.text[start as usize..self.line(self.number_of(start as usize)).end];
        let from = start as usize + line.len() - line.trim_start().len();
        self.locate(from..from + line.trim().len())
    }

    /// Where a line is, without its end.
    pub(super) fn line(&self, number: usize) -> Range<usize> {
        let start = |number: usize| self.lines().get(number).map_or(self.text.len(), |start| *start as usize);
        let (start, next) = (start(number - 1), start(number));
        let line = &self.text[start..next];
        let line = line.strip_suffix('\n').unwrap_or(line);
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| line_starts(&self.text))
    }

    /// How many characters stand before a byte that begins one. O(1), after O(length of the text) the first time.
    fn characters(&self, at: usize) -> usize {
        let blocks = self.blocks.get_or_init(|| {
            let mut before = 0;
            let count = |block: &[u8]| {
                before += characters(block);
                offset(before)
            };
            std::iter::once(0).chain(self.text.as_bytes().chunks(BLOCK).map(count)).collect()
        });
        let block = at / BLOCK;
        blocks[block] as usize + characters(&self.text.as_bytes()[block * BLOCK..at])
    }

    /// Returns the number of the line that a byte is in, from 1: of a part, the line of the whole file.
    pub(super) fn line_of(&self, at: usize) -> usize {
        let number = self.number_of(at);
        self.mark(at).map_or(number, |mark| mark.line as usize + number - self.number_of(mark.start as usize))
    }

    /// Returns the number of the line of this text that a byte is in, from 1.
    fn number_of(&self, at: usize) -> usize {
        self.lines().partition_point(|&start| start as usize <= at)
    }
}

/// An offset in a text. Files of 4 GiB are refused when they are opened, so nothing is ever cut here.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How many characters begin among some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Where lines start; they end with LF, CRLF or CR.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|at| offset(at + 1))).collect()
}

/// The encoding of a file that is UTF-16: by its byte order mark, or because every other byte of its first two letters is 0.
fn utf_16(bytes: &[u8]) -> Option<&'static str> {
    match *bytes {
        [0xFF, 0xFE, ..] => Some("utf-16le"),
        [0xFE, 0xFF, ..] => Some("utf-16be"),
        [first, 0, second, 0, ..] if first != 0 && second != 0 => Some("utf-16le"),
        [0, first, 0, second, ..] if first != 0 && second != 0 => Some("utf-16be"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(location: &Location) -> (String, usize, &str) {
        let Position::Text { length, excerpt, .. } = &location.position else { panic!("{location}") };
        (location.to_string(), *length, excerpt)
    }

    #[test]
    fn columns_are_code_points_after_the_byte_order_mark() {
        let file = TextFile::decode("t.csv", "\u{FEFF}المجلس,x\r\nab".into()).unwrap();
        let at = file.text().find('x').unwrap();
        assert_eq!(shown(&file.locate(at..at + 1)), ("t.csv:1:8".into(), 1, "المجلس,x"));
        let end = file.text().len();
        assert_eq!(shown(&file.locate(end..end)), ("t.csv:2:3".into(), 0, "ab"));
    }

    #[test]
    fn a_range_over_lines_is_shown_to_the_end_of_its_first() {
        let file = TextFile::new("t", "a\nbc\nd\re".to_owned());
        assert_eq!(shown(&file.locate(2..6)), ("t:2:1".into(), 2, "bc"));
        assert_eq!(shown(&file.locate(7..8)), ("t:4:1".into(), 1, "e"));
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let file = TextFile::new("t", format!("{}x{}", "ع".repeat(500), "ب".repeat(500)));
        let Position::Text { column, excerpt, excerpt_column, .. } = file.locate(1000..1001).position else { panic!() };
        assert_eq!((column, excerpt_column, excerpt.chars().count()), (501, 461, EXCERPT));
        assert_eq!(excerpt.chars().nth(column - excerpt_column), Some('x'));
    }

    #[test]
    fn the_first_byte_that_is_not_utf_8_is_reported() {
        let finding = TextFile::decode("t.csv", b"id\ncaf\xE9,x\n".to_vec()).unwrap_err();
        assert_eq!((finding.code, shown(&finding.location).0.as_str()), (Code::WrongEncoding, "t.csv:2:4"));
        assert_eq!(finding.message, "the file is not UTF-8: byte 0xE9 begins no character here");
    }

    #[test]
    fn utf_16_is_named() {
        let cases: [(&[u8], &str); 4] = [
            (b"\xFF\xFEi\0d\0", "utf-16le"),
            (b"\xFE\xFF\0i\0d", "utf-16be"),
            (b"i\0d\0", "utf-16le"),
            (b"\0i\0d", "utf-16be"),
        ];
        for (bytes, encoding) in cases {
            let finding = TextFile::decode("t.csv", bytes.to_vec()).unwrap_err();
            assert_eq!(finding.message, "the file is UTF-16, not UTF-8");
            assert!(finding.help.unwrap().ends_with(&format!("encoding = \"{encoding}\"")));
            let known = Encoding::for_label(encoding.as_bytes());
            assert_eq!(TextFile::decode_as("t.csv", bytes.to_vec(), known).unwrap().text(), "id");
        }
    }
}

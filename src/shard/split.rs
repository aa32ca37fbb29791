//! Cuts the bytes of a table into pieces that end where rows end, as the reader of CSV sees them.

use std::io::{self, BufRead, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::record::write_line;
use crate::model::hexadecimal;

/// A piece of a table: bytes from the one of that number on, and the line where it begins.
#[derive(Debug, Serialize)]
pub(super) struct Piece {
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) line: u64,
    /// Whether it tells of the columns.
    pub(super) head: bool,
}

/// All of a table.
#[derive(Debug, Serialize)]
pub(super) struct Whole {
    pub(super) bytes: u64,
    pub(super) lines: u64,
    pub(super) sha256: String,
}

/// Reads the bytes of a table and writes its pieces, a JSON object a line: the first ends with the header, each other has
/// at least that many bytes unless it is the last. Then an object with the number of bytes and lines, and the SHA-256 of all.
///
/// A line break within quotes ends no row. O(bytes), and no memory to speak of.
///
/// # Errors
///
/// If reading or writing fails.
pub(crate) fn split(input: &mut impl BufRead, delimiter: u8, length: u64, out: &mut impl Write) -> io::Result<()> {
    let (mut state, mut digest) = (State::new(delimiter), Sha256::new());
    let mut piece = Piece { offset: 0, length: 0, line: 1, head: true };
    let mut has_header = false;
    loop {
        let block = input.fill_buf()?;
        if block.is_empty() {
            break;
        }
        digest.update(block);
        for &byte in block {
            // A row ends behind its line break, which may be two bytes.
            let ends = state.ends_before(byte);
            let wanted = if has_header { length } else { 0 };
            if ends && piece.length >= wanted.max(1) && (has_header || state.has_text) {
                write_line(&piece, out)?;
                piece = Piece { offset: piece.offset + piece.length, length: 0, line: state.line, head: false };
                has_header = true;
            }
            state.pass(byte);
            piece.length += 1;
        }
        let read = block.len();
        input.consume(read);
    }
    if piece.length > 0 {
        write_line(&piece, out)?;
    }
    let sha256 = hexadecimal(&digest.finalize());
    write_line(&Whole { bytes: piece.offset + piece.length, lines: state.lines(), sha256 }, out)
}

/// Where in a row the bytes so far have led.
struct State {
    delimiter: u8,
    cell: Cell,
    /// The byte before.
    last: u8,
    /// Whether the byte before ends a row, unless it is the first of two.
    ended: bool,
    /// Whether something was read that is neither a line break nor one of the first line that says the delimiter.
    has_text: bool,
    line: u64,
    /// The bytes of the first line, as long as it may be one that says the delimiter.
    first: Vec<u8>,
}

/// Where in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Begins,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell: it closes the cell, or another follows.
    Quote,
}

impl State {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, cell: Cell::Begins, last: 0, ended: false, has_text: false, line: 1, first: Vec::new() }
    }

    /// Tells whether a row ends before this byte.
    fn ends_before(&self, byte: u8) -> bool {
        self.ended && !(self.last == b'\r' && byte == b'\n')
    }

    fn lines(&self) -> u64 {
        if matches!(self.last, b'\n' | b'\r' | 0) { self.line - 1 } else { self.line }
    }

    fn pass(&mut self, byte: u8) {
        let is_second = self.last == b'\r' && byte == b'\n';
        if matches!(byte, b'\n' | b'\r') && !is_second {
            self.line += 1;
        }
        self.ended = is_second && self.ended;
        if !is_second {
            self.step(byte);
        }
        self.last = byte;
    }

    fn step(&mut self, byte: u8) {
        if self.line <= 2 && self.first.len() < 16 {
            self.first.push(byte);
        }
        let is_break = matches!(byte, b'\n' | b'\r');
        let delimiter = self.delimiter;
        self.has_text |= !is_break && byte != delimiter && !matches!(byte, b'"' | b' ' | b'\t' | 0xEF | 0xBB | 0xBF);
        self.cell = match (self.cell, byte) {
            (Cell::Quoted, b'"') => Cell::Quote,
            (Cell::Begins | Cell::Quote, b'"') | (Cell::Quoted, _) => Cell::Quoted,
            (_, byte) if is_break || byte == delimiter => Cell::Begins,
            _ => Cell::Plain,
        };
        self.ended = is_break && self.cell == Cell::Begins;
        if self.ended && self.line == 2 {
            self.say();
        }
    }

    /// Takes the delimiter from a first line that says it.
    fn say(&mut self) {
        let first = self.first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.first);
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, b'\n' | b'\r'] = *first {
            (self.delimiter, self.has_text) = (delimiter, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a text, and the line where each begins.
    fn pieces(text: &str, length: u64) -> Vec<(String, u64)> {
        let mut out = Vec::new();
        // A few bytes at a time, so that line breaks of two bytes are torn.
        let mut input = io::BufReader::with_capacity(3, text.as_bytes());
        split(&mut input, b',', length, &mut out).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let number = |value: &serde_json::Value, key: &str| usize::try_from(value[key].as_u64().unwrap()).unwrap();
        let pieces = lines.iter().filter(|value| value.get("offset").is_some());
        let piece = |value: &serde_json::Value| {
            let start = number(value, "offset");
            (text[start..start + number(value, "length")].to_owned(), value["line"].as_u64().unwrap())
        };
        let whole = lines.last().unwrap();
        assert_eq!(number(whole, "bytes"), text.len());
        pieces.map(piece).collect()
    }

    #[test]
    fn a_piece_ends_where_a_row_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "\"x", "y\",1", "2,\"3\"\"\"", "4,5"].join(end) + end;
            let [one, two, three, four] = pieces(&text, 1).try_into().unwrap();
            assert_eq!(one, (format!("a,b{end}"), 1));
            assert_eq!(two, (format!("\"x{end}y\",1{end}"), 2));
            assert_eq!(three, (format!("2,\"3\"\"\"{end}"), 4));
            assert_eq!(four, (format!("4,5{end}"), 5));
        }
    }

    #[test]
    fn pieces_are_as_long_as_wanted_and_the_last_is_what_is_left() {
        let found = pieces("a\n1\n2\n3\n4", 4);
        assert_eq!(found.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), ["a\n", "1\n2\n", "3\n4"]);
    }

    #[test]
    fn blank_lines_and_a_said_delimiter_stand_before_the_header() {
        assert_eq!(pieces("\n\na,b\n1,2\n", 1)[0].0, "\n\na,b\n");
        assert_eq!(pieces("sep=;\na;b\n\"1\n\";2\n", 1)[1], ("\"1\n\";2\n".to_owned(), 3));
    }

    #[test]
    fn a_quote_inside_a_cell_opens_nothing() {
        assert_eq!(pieces("a,b\nx\"y,1\n2,3\n", 1).len(), 3);
        // What is never closed is one piece to the end.
        assert_eq!(pieces("a,b\n\"x,1\n2,3\n", 1).len(), 2);
    }
}

//! Cuts the bytes of JSON Lines into pieces that end where lines end, and finds the lines that tell of the columns.

use std::io::{self, BufRead, Write};

use memchr::memchr_iter;
use sha2::{Digest as _, Sha256};

use super::record::write_line;
use super::split::{Piece, Whole};
use crate::model::hexadecimal;
use crate::read::Shape;

/// At most so many lines may have something new; where there are more, keys hold what should be values.
const MOST: usize = 10_000;

/// Reads the bytes of JSON Lines and writes its pieces, as [`split`](super::split()) does; and among them, as a piece of its own
/// each, the lines that have a key, or a kind of value, that no line before has: they tell all that there is to know of the
/// columns. O(bytes), and memory for the longest line and all keys.
///
/// # Errors
///
/// If reading or writing fails, or too many lines have keys of their own.
pub(crate) fn split_lines(input: &mut impl BufRead, length: u64, out: &mut impl Write) -> io::Result<()> {
    let (mut digest, mut shape, mut heads) = (Sha256::new(), Shape::default(), 0);
    let mut piece = Piece { offset: 0, length: 0, line: 1, head: false };
    let (mut offset, mut line, mut bytes) = (0, 1, Vec::new());
    let mut ends_in_line = false;
    while input.read_until(b'\n', &mut bytes)? > 0 {
        digest.update(&bytes);
        let mut text = bytes.as_slice();
        while offset == piece.offset && piece.line == 1 && text.starts_with("\u{FEFF}".as_bytes()) {
            // Marks before all else are no part of the first line.
            text = &text[3..];
            offset += 3;
            piece.offset = offset;
        }
        let size = text.len() as u64;
        if std::str::from_utf8(text).is_ok_and(|text| shape.is_new(text)) {
            heads += 1;
            if heads > MOST {
                let message = format!("more than {MOST} lines have keys that no line before them has");
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            write_line(&Piece { offset, length: size, line, head: true }, out)?;
        }
        offset += size;
        piece.length += size;
        let inside = text.strip_suffix(b"\n").unwrap_or(text);
        let inside = inside.strip_suffix(b"\r").unwrap_or(inside);
        line += memchr_iter(b'\r', inside).count() as u64;
        ends_in_line = !text.ends_with(b"\n");
        line += u64::from(!ends_in_line);
        if piece.length >= length.max(1) {
            write_line(&piece, out)?;
            piece = Piece { offset, length: 0, line, head: false };
        }
        bytes.clear();
    }
    if piece.length > 0 {
        write_line(&piece, out)?;
    }
    let lines = if ends_in_line { line } else { line - 1 };
    write_line(&Whole { bytes: offset, lines, sha256: hexadecimal(&digest.finalize()) }, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_lines_and_those_that_are_new_are_told_besides() {
        let text = "\u{FEFF}{\"a\": 1}\r\n\n{\"a\":\r2}\n{\"b\": [1]}";
        let mut out = Vec::new();
        split_lines(&mut text.as_bytes(), 10, &mut out).unwrap();
        let found = String::from_utf8(out).unwrap();
        let found: Vec<serde_json::Value> = found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (whole, pieces) = found.split_last().unwrap();
        let number = |value: &serde_json::Value, key: &str| usize::try_from(value[key].as_u64().unwrap()).unwrap();
        let piece = |value: &serde_json::Value| {
            let start = number(value, "offset");
            (&text[start..start + number(value, "length")], number(value, "line"), value["head"].as_bool().unwrap())
        };
        let expected = [
            ("{\"a\": 1}\r\n", 1, true),
            ("{\"a\": 1}\r\n", 1, false),
            ("\n{\"a\":\r2}\n", 2, false),
            ("{\"b\": [1]}", 5, true),
            ("{\"b\": [1]}", 5, false),
        ];
        assert_eq!(pieces.iter().map(piece).collect::<Vec<_>>(), expected);
        assert_eq!((number(whole, "bytes"), number(whole, "lines")), (text.len(), 5));
    }

    #[test]
    fn keys_that_are_values_are_refused() {
        let text = (0..=MOST).map(|number| format!("{{\"k{number}\": 1}}")).collect::<Vec<_>>().join("\n");
        assert!(split_lines(&mut text.as_bytes(), 10, &mut Vec::new()).is_err());
    }
}

//! The objects of a file of JSON that are rows: one a line, or the items of an array.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::value::RawValue;

use super::budget::{Budget, TooMuch};
use super::json::{Object, plain_text, range};
use super::text::TextFile;
use crate::finding::{Code, Finding, Findings};

/// Objects, each with where it stands.
pub(super) type Rows<'a> = Vec<(Range<usize>, Object<'a>)>;

/// How the objects of a file stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One a line.
    Lines,
    /// In an array, over as many lines as they need.
    Array,
}

impl Form {
    /// What to do about a file without columns; nothing where that follows from what is reported.
    pub(super) fn help_without_columns(self, is_well_formed: bool) -> Option<&'static str> {
        match self {
            Self::Lines => Some("write one object a line, with the headers as keys"),
            Self::Array => is_well_formed.then_some("write a list of objects, with the headers as keys"),
        }
    }
}

/// The lines that are objects, each with its range. The others are reported and kept apart, unless they are blank.
pub(super) fn lines<'a>(
    file: &'a TextFile,
    budget: &Budget,
    left_out: &mut Vec<Range<usize>>,
    findings: &mut Findings,
) -> Result<Rows<'a>, TooMuch> {
    let (mut rows, mut start) = (Vec::new(), 0);
    for line in file.text().split('\n') {
        let text = line.trim_ascii_end();
        let row = start..start + text.len();
        start += line.len() + 1;
        if text.is_empty() {
            continue;
        }
        match Object::parse(text) {
            Ok(object) => match repeated_key(&object) {
                None => {
                    budget.charge(object.bytes())?;
                    rows.push((row, object));
                }
                Some(key) => {
                    findings.push_with(Code::InvalidJson, || repeated(file, key));
                    left_out.push(row);
                }
            },
            Err(error) => {
                // The column is the number of the last byte that was read, or 0 at the start.
                let at = (row.start + error.column().saturating_sub(1)).min(row.end);
                findings.push_with(Code::InvalidJson, || invalid(file, at, &error, "write one JSON object a line"));
                left_out.push(row);
            }
        }
    }
    Ok(rows)
}

pub(super) fn repeated_key<'a>(object: &Object<'a>) -> Option<&'a RawValue> {
    let mut seen = BTreeSet::new();
    let key = |key| plain_text(key).unwrap_or(Cow::Borrowed(""));
    object.0.iter().map(|(name, _)| *name).find(|name| !seen.insert(key(name)))
}

/// The finding of JSON that is not well-formed, at a byte of its file or a little before it.
pub(super) fn invalid(file: &TextFile, at: usize, error: &serde_json::Error, help: &str) -> Finding {
    let text = file.text();
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    Finding::new(Code::InvalidJson, file.locate(at..at + length), message).help(help)
}

/// The finding of a key that an object has twice.
pub(super) fn repeated(file: &TextFile, key: &RawValue) -> Finding {
    let message = format!("the key {} appears twice", key.get());
    Finding::new(Code::InvalidJson, file.locate(range(key, file.text())), message)
        .help("write several values as an array")
}

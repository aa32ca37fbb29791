//! What shards tell each other over the engine: a kind, two keys to join by, and a text.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use super::ShardError;
use crate::finding::{self, Finding, MessageFormat, Position, Style};

/// A record, as the engine's tables have it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    /// What it is.
    pub(super) what: Cow<'a, str>,
    /// What it is about.
    pub(super) one: Option<Cow<'a, str>>,
    /// The other end of it.
    pub(super) other: Option<Cow<'a, str>>,
    /// What it says.
    pub(super) text: Option<Cow<'a, str>>,
    /// The line that it came in, from 1.
    #[serde(skip)]
    line: usize,
}

impl<'a> Record<'a> {
    pub(super) fn new(what: &'a str) -> Self {
        Self { what: what.into(), ..Self::default() }
    }

    pub(super) fn one(self, one: impl Into<Cow<'a, str>>) -> Self {
        Self { one: Some(one.into()), ..self }
    }

    pub(super) fn other(self, other: impl Into<Cow<'a, str>>) -> Self {
        Self { other: Some(other.into()), ..self }
    }

    pub(super) fn text(self, text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: Some(text.into()), ..self }
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write_line(self, out)
    }

    /// Reads what it says.
    pub(super) fn said<'t, T: Deserialize<'t>>(&'t self) -> Result<T, ShardError> {
        let text = self.text.as_deref().unwrap_or("null");
        serde_json::from_str(text).map_err(|source| ShardError::Record { line: self.line, source })
    }
}

/// Writes a line of JSON.
pub(super) fn write_line(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Reads records, one a line.
pub(super) fn read(input: impl BufRead) -> impl Iterator<Item = Result<Record<'static>, ShardError>> {
    (1..).zip(input.lines()).map(|(line, text)| {
        let read = serde_json::from_str(&text?).map_err(|source| ShardError::Record { line, source });
        read.map(|record: Record<'static>| Record { line, ..record })
    })
}

/// A finding as JSON, in one line.
pub(super) fn told(finding: &Finding) -> String {
    let style = Style { format: MessageFormat::Json, color: false, all: true, hint: "" };
    let mut text = Vec::new();
    // Writing to memory does not fail.
    drop(finding::write_findings(std::slice::from_ref(finding), style, &mut text));
    String::from_utf8_lossy(&text).trim_end().to_owned()
}

/// A text that places are ordered by.
pub(super) fn order(finding: &Finding) -> String {
    // What is said once for all rows is counted by these.
    let location = finding.row().unwrap_or(&finding.location);
    let (line, column) = match location.position {
        Position::Text { line, column, .. } => (line, column),
        Position::File | Position::Cell { .. } => (0, 0),
    };
    format!("{}\u{1F}{line:010}:{column:010}", location.file)
}

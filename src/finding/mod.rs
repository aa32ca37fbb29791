//! What is wrong with the data: findings with a severity, a code, a place, a message and help.
//!
//! Findings are data. They are collected, never thrown, and shown all in one run. This module says what a finding is
//! and how it is written; the stages say what is wrong.

mod code;
mod findings;
mod location;
mod render;

pub use code::Code;
pub(crate) use findings::Findings;
pub(crate) use findings::MOST_KEPT;
pub use location::{Location, Position};
pub use render::{MessageFormat, Style, write_findings};

use std::borrow::Cow;
use std::fmt;

use crate::model::escape_invisible;

/// How bad a finding is, in the words of [SHACL](https://www.w3.org/TR/shacl/#severity).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The data are wrong; the exit code says so.
    Violation,
    /// The data may be wrong or miss something.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 3] = [Self::Violation, Self::Warning, Self::Info];

    /// Returns the word of the severity in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something wrong with the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of mistake it is; the code gives the severity.
    pub code: Code,
    /// Where it is.
    pub location: Location,
    /// The id of the entity or the number of the paragraph that it is about, if there is one.
    pub focus: Option<String>,
    /// What is wrong: lower case, no full stop, naming the thing.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How many findings it stands for besides itself.
    others: usize,
    /// In how many rows a text is wrong that is said once for all of them; none of any other finding.
    rows: usize,
    /// Of a part of a data set, the row in which it is.
    row: Option<Box<Location>>,
}

/// Longer messages and helps are cut: what they quote may be a text of any length.
const MOST_CHARACTERS: usize = 1000;

impl Finding {
    /// Returns a finding without focus and help.
    #[must_use]
    pub(crate) fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self { code, location, focus: None, message: shown(message.into()), help: None, others: 0, rows: 0, row: None }
    }

    /// Returns the finding with help.
    #[must_use]
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(shown(help.into())), ..self }
    }

    /// Returns the finding with what it is about.
    #[must_use]
    pub(crate) fn about(self, focus: impl Into<String>) -> Self {
        Self { focus: Some(cut(focus.into())), ..self }
    }

    /// Returns the finding as one about what is said once for all rows, true in one of them.
    #[must_use]
    pub(crate) fn in_a_row(self) -> Self {
        Self { rows: 1, ..self }
    }

    /// Returns the finding as one about what is said once for all rows, in this row of a part.
    #[must_use]
    pub(crate) fn in_row(self, row: Location) -> Self {
        Self { rows: 1, row: Some(Box::new(row)), ..self }
    }

    /// Returns the row of a part in which it is, if it is about what is said once for all rows.
    pub(crate) fn row(&self) -> Option<&Location> {
        self.row.as_deref()
    }

    /// Returns how many findings it stands for: one, or as many as were too many to be told one by one.
    #[must_use]
    pub fn times(&self) -> usize {
        self.others + 1
    }

    /// Returns what is told of so many findings of which this is the first.
    fn and_others(self, count: usize) -> Self {
        let message = format!("{count} more findings of this kind are counted, and not told one by one");
        let help = "they begin here; mend those that are told, and the rest is told then";
        Self { others: count - 1, ..Self::new(self.code, self.location, message).help(help) }
    }

    fn and_its_rows(self) -> Self {
        let rows = self.rows;
        self.and_rows(rows)
    }

    /// Returns the finding with the number of the rows that it is true of.
    #[must_use]
    pub(crate) fn and_rows(mut self, rows: usize) -> Self {
        if rows > 1 {
            self.message = format!("{}, in {rows} rows", self.message);
        }
        self
    }

    /// How many bytes its texts have, about.
    fn bytes(&self) -> usize {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.message.len() + length(&self.help) + length(&self.focus) + self.location.bytes()
    }

    /// Returns how bad the finding is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A message in which characters that nobody sees are escapes.
fn shown(message: String) -> String {
    let message = cut(message);
    match escape_invisible(&message) {
        Cow::Owned(escaped) => escaped,
        Cow::Borrowed(_) => message,
    }
}

/// A text that is not too long to be told.
fn cut(mut text: String) -> String {
    if text.len() > MOST_CHARACTERS
        && let Some((end, _)) = text.char_indices().nth(MOST_CHARACTERS)
    {
        text.truncate(end);
        text.push('…');
        text.shrink_to_fit();
    }
    text
}

/// Sorts findings by place, then by code and message, and drops repetitions, so that a run does not depend on the
/// order in which rules are applied. O(n log n).
pub(crate) fn sort(findings: &mut Vec<Finding>) {
    findings
        .sort_by(|a, b| (&a.location, a.code, &a.message, &a.focus).cmp(&(&b.location, b.code, &b.message, &b.focus)));
    findings.dedup();
}

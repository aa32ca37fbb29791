//! What is wrong with the data: findings with a severity, a code, a place, a message and help.
//!
//! Findings are data. They are collected, never thrown, and shown all in one run. This module says what a finding is
//! and how it is written; the stages say what is wrong.

mod code;
mod location;
mod render;

pub use code::Code;
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
}

impl Finding {
    /// Returns a finding without focus and help.
    #[must_use]
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self { code, location, focus: None, message: shown(message.into()), help: None }
    }

    /// Returns the finding with help.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(shown(help.into())), ..self }
    }

    /// Returns the finding with what it is about.
    #[must_use]
    pub fn about(self, focus: impl Into<String>) -> Self {
        Self { focus: Some(focus.into()), ..self }
    }

    /// Returns how bad the finding is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A message in which characters that nobody sees are escapes.
fn shown(message: String) -> String {
    match escape_invisible(&message) {
        Cow::Owned(escaped) => escaped,
        Cow::Borrowed(_) => message,
    }
}

/// Sorts findings by place, then by code and message, and drops repetitions, so that a run does not depend on the
/// order in which rules are applied. O(n log n).
pub fn sort(findings: &mut Vec<Finding>) {
    findings
        .sort_by(|a, b| (&a.location, a.code, &a.message, &a.focus).cmp(&(&b.location, b.code, &b.message, &b.focus)));
    findings.dedup();
}

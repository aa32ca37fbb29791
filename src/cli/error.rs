//! What the command line says when it fails.

use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};

use serde::Serialize;

use super::help::help;
use crate::model::escape_controls;
use crate::query::{self, QueryError};

/// An error as JSON: keys in the order of findings, absent ones left out.
#[derive(Serialize)]
struct Entry<'a> {
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// A failure: its cause, and what to do about it.
#[derive(Debug)]
pub struct CliError {
    source: Box<dyn Error + Send + Sync>,
    help: Option<String>,
    rendered: bool,
}

impl CliError {
    /// Returns a failure with its cause, and with what to do about it if that is known.
    pub(super) fn new(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self { help: help(source.as_ref()), source, rendered: false }
    }

    /// Returns a failure whose message is shown as it is, because it is laid out already.
    pub(super) fn rendered(message: String) -> Self {
        Self { source: message.into(), help: None, rendered: true }
    }

    /// Returns the failure of a query, as people read it or as JSON.
    pub(super) fn of_query(error: &QueryError, query: &str, json: bool, color: bool) -> Self {
        if !json {
            return Self::rendered(query::render(error, query, color));
        }
        let place = error.place();
        let causes = if matches!(error, QueryError::Syntax(_)) { Vec::new() } else { causes(error) };
        Self::rendered(line(&Entry {
            severity: "error",
            file: Some("query"),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            message: error.message(),
            causes,
            help: error.help(),
        }))
    }

    /// Returns what caused it.
    pub(super) fn into_source(self) -> Box<dyn Error + Send + Sync> {
        self.source
    }

    /// Returns the failure with help.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Tells whether the reader of the output went away, which is no failure.
    pub(super) fn is_closed_pipe(&self) -> bool {
        let mut cause: Option<&(dyn Error + 'static)> = Some(self.source.as_ref());
        while let Some(error) = cause {
            if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
                return true;
            }
            cause = error.source();
        }
        false
    }

    /// Writes the failure, its causes and the help to stderr, as JSON in one line.
    pub(super) fn print(&self, json: bool, color: bool) -> io::Result<()> {
        let mut out = io::stderr().lock();
        if self.rendered {
            return writeln!(out, "{}", self.source.to_string().trim_end());
        }
        if json {
            let (message, causes) = (self.source.to_string(), causes(self.source.as_ref()));
            let help = self.help.clone();
            let entry = Entry { severity: "error", file: None, line: None, column: None, message, causes, help };
            return writeln!(out, "{}", line(&entry));
        }
        let (red, cyan, plain) = if color { ("\x1b[1;31m", "\x1b[1;36m", "\x1b[0m") } else { ("", "", "") };
        writeln!(out, "{red}error{plain}: {}", escape_controls(&self.source.to_string()))?;
        for cause in causes(self.source.as_ref()) {
            writeln!(out, "  because: {}", escape_controls(&cause))?;
        }
        if let Some(help) = &self.help {
            writeln!(out, "{cyan}help{plain}: {}", escape_controls(help))?;
        }
        Ok(())
    }
}

/// Returns what caused an error, nearest first.
fn causes(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes
}

/// Returns an error as a line of JSON.
fn line(entry: &Entry<'_>) -> String {
    // Texts and numbers are written without fail.
    serde_json::to_string(entry).unwrap_or_default()
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for CliError {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

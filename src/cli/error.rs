//! What the command line says when it fails.

use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};

use super::help::help;

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

    /// Writes the failure, its causes and the help to stderr.
    pub(super) fn print(&self, color: bool) -> io::Result<()> {
        let mut out = io::stderr().lock();
        if self.rendered {
            return writeln!(out, "{}", self.source.to_string().trim_end());
        }
        let (red, cyan, plain) = if color { ("\x1b[1;31m", "\x1b[1;36m", "\x1b[0m") } else { ("", "", "") };
        writeln!(out, "{red}error{plain}: {}", self.source)?;
        let mut cause = self.source.source();
        while let Some(error) = cause {
            writeln!(out, "  because: {error}")?;
            cause = error.source();
        }
        if let Some(help) = &self.help {
            writeln!(out, "{cyan}help{plain}: {help}")?;
        }
        Ok(())
    }
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

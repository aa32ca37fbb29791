//! Writing findings: for people, for editors and for machines.

mod group;
mod json;
mod sarif;
mod text;

use std::io::{self, Write};

use self::group::Groups;
use super::Finding;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageFormat {
    /// As a compiler does: with an excerpt of the file and the place marked.
    Human,
    /// One line each: `file:line:column: severity[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
    /// One log in the [Static Analysis Results Interchange Format], version 2.1.0.
    ///
    /// [Static Analysis Results Interchange Format]: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    Sarif,
}

/// What is written of findings, and how.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// The format.
    pub format: MessageFormat,
    /// Whether to use colour, which matters to [`MessageFormat::Human`] only.
    pub color: bool,
    /// Whether to write all findings of a kind, however many there are.
    pub all: bool,
    /// What to do to see those that are left out.
    pub hint: &'a str,
}

impl MessageFormat {
    /// The most findings of a kind that are written unless all are wanted.
    fn most(self) -> usize {
        match self {
            Self::Human => 10,
            Self::Short | Self::Json | Self::Sarif => 10_000,
        }
    }
}

/// Writes findings in their order; by kind, the worst first, if there are too many of a kind. How many are left out is
/// written too.
///
/// # Errors
///
/// If `out` cannot be written to.
///
/// ```
/// use rapporteur::finding::{self, MessageFormat, Style};
/// use rapporteur::{ontology::Ontology, read::Source};
///
/// let (_, findings) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// let style = Style { format: MessageFormat::Short, color: false, all: true, hint: "" };
/// let mut text = Vec::new();
/// finding::write_findings(&findings, style, &mut text)?;
/// assert_eq!(String::from_utf8(text)?.lines().count(), findings.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_findings(findings: &[Finding], style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = Groups::of(findings, if style.all { usize::MAX } else { style.format.most() });
    match style.format {
        MessageFormat::Human => text::write_human(&groups, style, out),
        MessageFormat::Short => text::write_short(&groups, out),
        MessageFormat::Json => json::write_json(&groups, out),
        MessageFormat::Sarif => sarif::write_sarif(&groups, out),
    }
}

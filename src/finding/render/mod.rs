//! Writing findings: for people, for editors and for machines.

mod json;
mod sarif;
mod text;

use std::io::{self, Write};

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

/// Writes findings in their order. `color` matters to [`MessageFormat::Human`] only.
///
/// # Errors
///
/// If `out` cannot be written to.
///
/// ```
/// use rapporteur::finding::{self, MessageFormat};
/// use rapporteur::{ontology::Ontology, read::Source};
///
/// let (_, findings) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// let mut text = Vec::new();
/// finding::write_findings(&findings, MessageFormat::Short, false, &mut text)?;
/// assert_eq!(String::from_utf8(text)?.lines().count(), findings.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_findings(findings: &[Finding], format: MessageFormat, color: bool, out: &mut dyn Write) -> io::Result<()> {
    match format {
        MessageFormat::Human => text::write_human(findings, color, out),
        MessageFormat::Short => text::write_short(findings, out),
        MessageFormat::Json => json::write_json(findings, out),
        MessageFormat::Sarif => sarif::write_sarif(findings, out),
    }
}

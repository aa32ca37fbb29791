//! Findings as text for people and editors.
//!
//! Messages and excerpts hold data of unknown origin: characters that a terminal would obey are replaced, one by one, so
//! that columns stay what they are.

use std::borrow::Cow;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::finding::{Finding, Position, Severity};

/// Longer excerpts of cells are cut.
const EXCERPT: usize = 160;

/// Wide enough for an excerpt, so that the renderer does not cut it once more.
const WIDTH: usize = 2 * EXCERPT;

/// An excerpt from farther into a line than this is not shown.
const FARTHEST: usize = 1 << 20;

/// Writes findings with excerpts, separated by blank lines.
pub(super) fn write_human(findings: &[Finding], color: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    findings.iter().try_for_each(|finding| writeln!(out, "{}\n", renderer.render(&[group(finding)])))
}

/// Writes findings in one line each.
pub(super) fn write_short(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let (severity, code) = (finding.severity(), finding.code.name());
        let (location, message) = (finding.location.to_string(), printable(&finding.message));
        writeln!(out, "{}: {severity}[{code}]: {message}", printable(&location))?;
    }
    Ok(())
}

fn group(finding: &Finding) -> Group<'_> {
    let severity = finding.severity();
    let level = match severity {
        Severity::Violation => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.with_name(severity.name()).primary_title(printable(&finding.message)).id(finding.code.name());
    let mut group = Group::with_title(title);
    let file = &finding.location.file;
    group = match &finding.location.position {
        Position::File => group.element(Origin::path(printable(file))),
        Position::Text { line, column, excerpt_column, .. } if *excerpt_column > FARTHEST => {
            group.element(Origin::path(printable(file)).line(*line).char_column(*column))
        }
        Position::Text { line, column, length, excerpt, excerpt_column } => {
            // The renderer counts the column itself, so what the excerpt leaves out is there as spaces.
            let text = format!("{:1$}{2}", "", excerpt_column - 1, printable(excerpt));
            let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
            let marked = AnnotationKind::Primary.span(byte(column - 1)..byte(column - 1 + length));
            group.element(Snippet::source(text).path(printable(file)).line_start(*line).annotation(marked))
        }
        Position::Cell { sheet, cell, excerpt } => {
            let text: String = excerpt.chars().take(EXCERPT).collect();
            let origin = Origin::path(printable(&format!("{file}:{sheet}!{cell}")).into_owned());
            let content = Level::NOTE.with_name("cell").message(printable(&text).into_owned());
            group.element(origin).element(content)
        }
    };
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(printable(help))),
        None => group,
    }
}

/// Replaces control characters and those that change the direction of text around them. Directional marks and joiners
/// are part of Arabic text and harmless.
fn printable(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| match c {
        '\t' => false,
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    };
    if text.contains(obeyed) {
        Cow::Owned(text.chars().map(|c| if obeyed(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests;

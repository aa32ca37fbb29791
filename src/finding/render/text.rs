//! Findings as text for people and editors.
//!
//! Messages and excerpts hold data of unknown origin: characters that a terminal would obey are replaced, one by one, so
//! that columns stay what they are.

use std::borrow::Cow;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Style;
use super::group::Groups;
use crate::finding::{Finding, Position, Severity};

/// Longer excerpts of cells are cut.
const EXCERPT: usize = 160;

/// Wide enough for an excerpt, so that the renderer does not cut it once more.
const WIDTH: usize = 2 * EXCERPT;

/// Writes findings with excerpts, separated by blank lines; behind the last of a kind, how many there are more.
pub(super) fn write_human(groups: &Groups<'_>, style: Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    for (number, finding) in groups.shown.iter().enumerate() {
        writeln!(out, "{}\n", with_column(finding, renderer.render(&[group(finding)])))?;
        let is_last = groups.shown.get(number + 1).is_none_or(|next| next.code != finding.code);
        if let Some(more) = groups.more.get(&finding.code).filter(|_| is_last) {
            writeln!(out, "and {} more of `{}`; {}\n", more.hidden, finding.code.name(), style.hint)?;
        }
    }
    Ok(())
}

/// Writes findings in one line each; then a line for each kind of which some are left out.
pub(super) fn write_short(groups: &Groups<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &groups.shown {
        let (severity, code) = (finding.severity(), finding.code.name());
        let (location, message) = (finding.location.to_string(), printable(&finding.message));
        writeln!(out, "{}: {severity}[{code}]: {message}", printable(&location))?;
    }
    for (code, more) in &groups.more {
        let (severity, code) = (code.severity(), code.name());
        writeln!(out, "{severity}[{code}]: {} more, {} in all", more.hidden, more.all)?;
    }
    Ok(())
}

/// Puts the column of a place into its message: of a line that is shown in part, the renderer counts it from the start of
/// that part.
fn with_column(finding: &Finding, message: String) -> String {
    match &finding.location.position {
        Position::Text { line, column, excerpt_column, .. } if *excerpt_column > 1 => {
            let place = |column: usize| format!("{}:{line}:{column}", printable(&finding.location.file));
            let shown = column.saturating_sub(*excerpt_column) + 2;
            message.replacen(&place(shown), &place(*column), 1)
        }
        Position::Text { .. } | Position::File | Position::Cell { .. } => message,
    }
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
        Position::Text { line, column, length, excerpt, excerpt_column } => {
            let start = if *excerpt_column > 1 { "…" } else { "" };
            let text = format!("{start}{}", printable(excerpt));
            let before = column.saturating_sub(*excerpt_column) + start.chars().count();
            let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
            let marked = AnnotationKind::Primary.span(byte(before)..byte(before + length));
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

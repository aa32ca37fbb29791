//! The text twin of a timeline: a table of the events in the order of their dates, then what is known of each.

use std::fmt::Write as _;

use super::axis::year;
use super::{DatedEvent, Timeline};
use crate::draw::twin::{CLOSING, line, opening, outlined};
use crate::draw::words::Words;
use crate::model::Direction;

/// Returns a timeline as [Markdown](https://github.github.com/gfm/) with a table. O(size of the output).
pub(in crate::draw) fn twin(timeline: &Timeline) -> String {
    let twin = Twin { timeline, words: Words::of(timeline.language), direction: timeline.language.direction() };
    let mut out = String::new();
    // Writing to memory does not fail.
    let _ = twin.write(&mut out);
    out
}

struct Twin<'a> {
    timeline: &'a Timeline,
    words: &'static Words,
    direction: Direction,
}

impl Twin<'_> {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let (timeline, words) = (self.timeline, self.words);
        opening(out, timeline.language, &timeline.title)?;
        writeln!(out, "{}\n", line(&timeline.description, self.direction))?;
        if !timeline.events.is_empty() {
            writeln!(out, "## {} ({})\n", words.by_date, timeline.events.len())?;
            writeln!(out, "| {} |\n|---|---|---|---|---|---|", words.event_columns.join(" | "))?;
            timeline.events.iter().try_for_each(|event| self.row(out, event))?;
            writeln!(out, "\n## {}", words.events)?;
        }
        for events in timeline.events.chunk_by(|one, other| year(one.span.days.first) == year(other.span.days.first)) {
            let year = events.first().map_or(0, |event| year(event.span.days.first));
            writeln!(out, "\n### {year:04}\n")?;
            events.iter().try_for_each(|event| outlined(out, &event.node, self.direction))?;
        }
        if !timeline.undated.is_empty() {
            writeln!(out, "\n## {} ({})\n", words.without_date, timeline.undated.len())?;
            timeline.undated.iter().try_for_each(|node| outlined(out, node, self.direction))?;
        }
        writeln!(out, "\n{CLOSING}")
    }

    fn row(&self, out: &mut String, event: &DatedEvent) -> std::fmt::Result {
        let date = match &event.previous {
            Some(previous) => self.words.replaced(&event.span.text, &previous.text),
            None => event.span.text.clone(),
        };
        let mut sources: Vec<&str> = Vec::new();
        for source in event.statements.iter().flat_map(|stated| &stated.sources) {
            if !sources.contains(&source.as_str()) {
                sources.push(source);
            }
        }
        let sources: Vec<_> = sources.into_iter().map(|source| line(source, self.direction)).collect();
        let cells = [&date, &event.node.label, &event.status, &event.places, &event.whole];
        let cells = cells.map(|cell| line(cell, self.direction));
        writeln!(out, "| {} | {} |", cells.join(" | "), sources.join(" "))
    }
}

//! Events in the order of their dates, along an axis: what is drawn, in words and days.

mod axis;
mod place;
mod svg;

pub use svg::timeline_svg;

use super::select::Composer;
use super::{ClassStyle, Node, Style};
use crate::graph::when::{self, Dates};
use crate::graph::{KnowledgeGraph, View};
use crate::model::{Date, EntityId, Language, Object};
use axis::number;

/// A timeline before it is laid out: everything that it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The title.
    pub title: String,
    /// The events in words, for those who cannot see them.
    pub description: String,
    /// The language of title, legend and footer; time runs in its direction.
    pub language: Language,
    /// Lines below the picture: how much is shown, which events have no date, date of the data, source, licence.
    pub footer: Vec<String>,
    /// How events are drawn.
    pub class: Option<ClassStyle>,
    /// The events that have a date, by their first days, then their last.
    pub events: Vec<DatedEvent>,
    /// The days that the date of the data may mean.
    pub today: Option<Days>,
    /// How it is painted.
    pub style: Style,
}

/// An event with its date.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedEvent {
    /// The event as a node: name, address, tooltip.
    pub node: Node,
    /// Its date, as text.
    pub when: String,
    /// The days on which it may be.
    pub days: Days,
    /// Whether it is on all these days, rather than on some of them.
    pub exact: bool,
    /// Whether it is still to come.
    pub stage: Stage,
    /// The days for which it had been planned before it was postponed.
    pub previous: Option<Days>,
}

/// A first and a last day, as numbers of days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first day.
    pub first: i64,
    /// The last day, not before the first.
    pub last: i64,
}

/// How an event stands at the date of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Held or under way.
    Held,
    /// Planned, proposed or scheduled.
    Planned,
    /// Postponed or moved to another date.
    Postponed,
    /// Called off.
    Cancelled,
}

/// Returns the timeline of the events in a view of the graph.
#[must_use]
pub fn timeline(graph: &KnowledgeGraph, view: &View, languages: &[Language]) -> Timeline {
    let composer = Composer::new(graph, languages, view);
    let entities = graph.subgraph(view).entities;
    let all: Vec<_> = entities.into_iter().filter(|&entity| when::is_event(graph, entity)).collect();
    let (classes, nodes) = composer.nodes(&all);
    let (mut events, mut undated) = (Vec::new(), Vec::new());
    for (&entity, node) in all.iter().zip(nodes) {
        match dated(&composer, entity, node) {
            Ok(event) => events.push(event),
            Err(node) => undated.push(node.label),
        }
    }
    events.sort_by(|a, b| (a.days, &a.node.id).cmp(&(b.days, &b.node.id)));
    let title = composer.words.timeline(&composer.title());
    let in_graph = graph.entity_ids().filter(|&entity| when::is_event(graph, entity)).count();
    let mut footer = vec![composer.words.events_shown(events.len(), in_graph)];
    if !undated.is_empty() {
        footer.push(composer.words.undated(&undated));
    }
    footer.extend(composer.origin());
    let said = events.iter().map(|event| {
        let stage = composer.words.stage(event.stage);
        let stage = if event.stage == Stage::Held { String::new() } else { format!(", {stage}") };
        format!("{}: {}{stage}", event.when, event.node.label)
    });
    let description: Vec<_> = [title.clone()].into_iter().chain(said).chain(footer.iter().cloned()).collect();
    Timeline {
        title,
        description: description.join("\n"),
        language: composer.language,
        footer,
        class: classes.into_iter().next(),
        events,
        today: composer.data_date().as_ref().and_then(days),
        style: Style::Colour,
    }
}

/// An event with its date, or its node back if it has none.
fn dated(composer: &Composer<'_>, entity: EntityId, node: Node) -> Result<DatedEvent, Node> {
    let graph = composer.graph;
    let Some(dates) = when::dates(graph, entity) else { return Err(node) };
    let Some(days) = span(dates) else { return Err(node) };
    let exact = [dates.start, dates.end].iter().flatten().all(|date| date.earliest == date.latest);
    let when = match (dates.start, dates.end) {
        (Some(start), Some(end)) if start == end => when::written(&start),
        (Some(start), Some(end)) => format!("{}/{}", when::written(&start), when::written(&end)),
        (Some(date), None) => when::written(&date),
        (None, end) => composer.words.until(&end.map(|end| when::written(&end)).unwrap_or_default()),
    };
    let previous = when::claimed(graph, entity, "previousStartDate").as_ref().and_then(self::days);
    Ok(DatedEvent { node, when, days, exact, stage: stage(graph, entity), previous })
}

/// How an event stands: by the best claim of its status.
fn stage(graph: &KnowledgeGraph, entity: EntityId) -> Stage {
    let claims = when::best_claims(graph, entity, "eventStatus");
    let status = claims.first().and_then(|statement| match statement.object {
        Object::Value(value) => Some(graph.ontology().value(value).name.as_str()),
        Object::Entity(_) | Object::Literal(..) => None,
    });
    match status {
        Some(status) if when::PLANNED.contains(&status) => Stage::Planned,
        Some("postponed" | "rescheduled") => Stage::Postponed,
        Some("cancelled") => Stage::Cancelled,
        Some(_) | None => Stage::Held,
    }
}

/// All days on which something with these dates may be; where its start is not known, those of its end, and the other
/// way round.
fn span(dates: Dates) -> Option<Days> {
    let (start, end) = (dates.start.as_ref().and_then(days), dates.end.as_ref().and_then(days));
    let (start, end) = (start.or(end)?, end.or(start)?);
    Some(Days { first: start.first, last: end.last.max(start.first) })
}

/// The days that a date may mean; an open side is as the other.
fn days(date: &Date) -> Option<Days> {
    let (first, last) = (date.earliest.or(date.latest)?, date.latest.or(date.earliest)?);
    Some(Days { first: number(first), last: number(last) })
}

#[cfg(test)]
mod tests;

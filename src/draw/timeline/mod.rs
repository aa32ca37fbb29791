//! Events in the order of their dates, along an axis: what is drawn, in words and days.

mod axis;
mod drawn;
mod place;
mod svg;
mod twin;

pub(super) use drawn::drawn;
pub(crate) use place::PlacedTimeline;
pub(super) use place::place;
pub(super) use twin::twin;

use std::collections::BTreeSet;

use super::select::Composer;
use super::words::Words;
use super::{ClassStyle, FontFile, Hint, Node, Paper, Scene, Stated, Style};
use crate::graph::KnowledgeGraph;
use crate::graph::when::{self, Dates};
use crate::model::{Date, EntityId, Language, Object, PropertyId, StatementId};
use crate::sort;

/// A timeline before it is laid out: everything that it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The title.
    pub(crate) title: String,
    /// What the picture shows, in sentences, for those who cannot see it.
    pub(crate) description: String,
    /// The language of title, legend and footer; time runs in its direction.
    pub(crate) language: Language,
    /// Lines below the picture: how much is shown, which events have no date, date of the data, source, licence.
    pub(crate) footer: Vec<String>,
    /// Where to see what the picture does not show: for whoever shows it, beside it.
    pub(crate) hints: Vec<String>,
    /// How events are drawn.
    pub(crate) class: Option<ClassStyle>,
    /// The events that have a date, by their first days, then their last.
    pub(crate) events: Vec<DatedEvent>,
    /// The events that have none.
    pub(crate) undated: Vec<Node>,
    /// How many events the graph has.
    pub(crate) all: usize,
    /// The days that the date of the data may mean.
    pub(crate) today: Option<Days>,
    /// How it is painted.
    pub(crate) style: Style,
    /// The sheet that it is made for; one of its own size where there is none.
    pub(crate) paper: Option<Paper>,
    /// A font for what the bundled one lacks.
    pub(crate) font: Option<FontFile>,
}

/// An event with its date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DatedEvent {
    /// The event as a node: name, address, tooltip.
    pub node: Node,
    /// When it is.
    pub span: Span,
    /// Whether it is on all these days, rather than on some of them.
    pub exact: bool,
    /// Whether it is still to come.
    pub stage: Stage,
    /// Its status in the words of the ontology; empty if none is stated.
    pub status: String,
    /// The date before it was postponed.
    pub previous: Option<Span>,
    /// Where it is held, with the sources that say so.
    pub places: String,
    /// What it is a part or an edition of, with the sources that say so.
    pub whole: String,
    /// The statements that give its date.
    pub statements: Vec<Stated>,
}

/// A time: as text, and as the days that it may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// The date, or its start and its end.
    pub text: String,
    /// From the first day that may be meant to the last.
    pub days: Days,
}

/// A first and a last day, as numbers of days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days {
    /// The first day.
    pub first: i64,
    /// The last day, not before the first.
    pub last: i64,
}

/// How an event stands at the date of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Held or under way.
    Held,
    /// Planned, proposed or scheduled.
    Planned,
    /// Postponed or moved to another date.
    Postponed,
    /// Called off.
    Cancelled,
}

/// Returns the timeline of the events in a scene.
#[must_use]
pub fn timeline(scene: &Scene<'_>) -> Timeline {
    let (composer, graph) = (Composer::new(scene), scene.graph);
    let entities = graph.subgraph(scene.view).entities;
    let all: Vec<_> = entities.into_iter().filter(|&entity| when::is_event(graph, entity)).collect();
    let (classes, nodes) = composer.nodes(&all);
    let (mut events, mut undated, mut drawn) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (&entity, node) in all.iter().zip(nodes) {
        match dated(&composer, entity, node) {
            Ok(event) => {
                events.push(event);
                drawn.extend(marked(graph, entity));
            }
            Err(node) => undated.push(*node),
        }
    }
    sort::by(&mut events, |a, b| (a.span.days, &a.node.id).cmp(&(b.span.days, &b.node.id)));
    let title = composer.words.timeline(&composer.title());
    let in_graph = graph.entity_ids().filter(|&entity| when::is_event(graph, entity)).count();
    let hints = hints(&composer, events.len(), undated.len(), in_graph);
    let shown = composer.words.events_shown(events.len(), in_graph);
    let origin = composer.origin(&drawn);
    let description: Vec<_> = [&title, &shown].into_iter().chain(&origin).map(String::as_str).collect();
    let names: Vec<_> = undated.iter().map(|node| node.label.clone()).collect();
    let names = (!names.is_empty()).then(|| composer.words.undated(&names));
    Timeline {
        description: composer.words.sentences(&description),
        title,
        language: composer.language,
        footer: [shown].into_iter().chain(names).chain(origin).collect(),
        hints,
        class: classes.into_iter().next(),
        events,
        undated,
        all: in_graph,
        today: composer.data_date().as_ref().and_then(days),
        style: Style::Colour,
        paper: None,
        font: composer.font.clone(),
    }
}

/// Where the rest is to be seen: events that are left out by the choice of a part,
/// and those that have no place on an axis.
fn hints(composer: &Composer<'_>, n_dated: usize, n_undated: usize, n_all: usize) -> Vec<String> {
    let all_events = (n_dated + n_undated < n_all).then_some(Hint::AllEvents);
    let one_event = (n_dated < n_all).then_some(Hint::OneEvent);
    [all_events, one_event].into_iter().flatten().filter_map(|hint| composer.hint(hint)).collect()
}

/// An event with its date, or its node back if it has none.
fn dated(composer: &Composer<'_>, entity: EntityId, node: Node) -> Result<DatedEvent, Box<Node>> {
    let graph = composer.graph;
    let Some(dates) = when::dates(graph, entity) else { return Err(Box::new(node)) };
    let Some(span) = span(composer.words, dates) else { return Err(Box::new(node)) };
    let exact = [dates.start, dates.end].iter().flatten().all(|date| date.earliest == date.latest);
    let known = graph.ontology().known();
    let previous = [known.previous_start_date, known.previous_end_date];
    let previous = previous.map(|property| when::claimed(graph, entity, property));
    let previous = self::span(composer.words, Dates { start: previous[0], end: previous[1].or(previous[0]) });
    let to_come = composer.data_date().as_ref().and_then(days).is_some_and(|today| today.last < span.days.first);
    Ok(DatedEvent {
        node,
        span,
        exact,
        stage: stage(graph, entity).unwrap_or(if to_come { Stage::Planned } else { Stage::Held }),
        status: objects(composer, entity, &[known.event_status]),
        previous,
        places: objects(composer, entity, &[known.held_in]),
        whole: objects(composer, entity, &[known.part_of, known.edition_of]),
        statements: [known.start_date, known.end_date]
            .into_iter()
            .flat_map(|date| stated(composer, entity, date))
            .collect(),
    })
}

/// The statements that the mark of an event stands for: the best claims of its dates, of those before and of its status.
fn marked(graph: &KnowledgeGraph, entity: EntityId) -> Vec<StatementId> {
    let known = graph.ontology().known();
    let properties =
        [known.start_date, known.end_date, known.previous_start_date, known.previous_end_date, known.event_status];
    properties.into_iter().flat_map(|property| when::best_claim_ids(graph, entity, property)).collect()
}

/// How an event stands by the best claim of its status, if there is any.
fn stage(graph: &KnowledgeGraph, entity: EntityId) -> Option<Stage> {
    let known = graph.ontology().known();
    let claims = when::best_claims(graph, entity, known.event_status);
    let Object::Value(status) = claims.first()?.object else { return None };
    Some(match status {
        _ if known.is_planned(status) => Stage::Planned,
        _ if [known.postponed, known.rescheduled].contains(&status) => Stage::Postponed,
        _ if status == known.cancelled => Stage::Cancelled,
        _ => Stage::Held,
    })
}

/// What the best claims of an entity give some properties, in words.
fn objects(composer: &Composer<'_>, entity: EntityId, properties: &[PropertyId]) -> String {
    let claims = properties.iter().flat_map(|&property| when::best_claims(composer.graph, entity, property));
    let words = claims.map(|statement| match statement.object {
        // What the mark of the event does not show has its sources beside it.
        Object::Entity(object) => composer.name(object) + &composer.bracketed(statement),
        Object::Value(_) | Object::Literal(..) => {
            composer.graph.object_label(statement.object, composer.languages).to_owned()
        }
    });
    words.collect::<Vec<_>>().join(composer.words.list)
}

/// The best claims of a date.
fn stated(composer: &Composer<'_>, entity: EntityId, property: PropertyId) -> Vec<Stated> {
    let graph = composer.graph;
    let stated = |id: StatementId| {
        let statement = graph.statement(id);
        Stated {
            relation: graph.property_label(statement.property, composer.languages).to_owned(),
            remarks: graph.object_label(statement.object, composer.languages).to_owned(),
            sources: graph.citations(statement).iter().map(|citation| graph.citation_reference(citation)).collect(),
            ids: vec![id],
        }
    };
    when::best_claim_ids(graph, entity, property).into_iter().map(stated).collect()
}

/// The time between two dates. If only one of them is known, it stands for both.
fn span(words: &Words, dates: Dates) -> Option<Span> {
    let (start, end) = (dates.start.as_ref().and_then(days), dates.end.as_ref().and_then(days));
    let (start, end) = (start.or(end)?, end.or(start)?);
    let text = match (dates.start, dates.end) {
        (Some(start), Some(end)) if start == end => when::written(&start),
        (Some(start), Some(end)) => format!("{}/{}", when::written(&start), when::written(&end)),
        (Some(date), None) => when::written(&date),
        (None, end) => words.until(&end.map(|end| when::written(&end)).unwrap_or_default()),
    };
    Some(Span { text, days: Days { first: start.first, last: end.last.max(start.first) } })
}

/// The days that a date may mean. An open side is taken to be the same day as the other.
fn days(date: &Date) -> Option<Days> {
    let (first, last) = (date.earliest.or(date.latest)?, date.latest.or(date.earliest)?);
    Some(Days { first: first.number(), last: last.number() })
}

#[cfg(test)]
mod tests;

//! A timeline as the writers of PNG and PDF need it.

use super::Timeline;
use super::place::PlacedTimeline;
use super::svg::svg;
use crate::draw::render::{AXIS, Drawn, FOOTER, LEGEND, entity};

/// Returns what of a timeline is drawn where.
pub(in crate::draw) fn drawn<'a>(timeline: &'a Timeline, placed: &'a PlacedTimeline) -> Drawn<'a> {
    let ticks = placed.ticks.iter().flat_map(|(_, texts)| texts).map(|text| (AXIS.to_owned(), text));
    let events = timeline.events.iter().zip(&placed.events).map(|(event, place)| (entity(&event.node), &place.label));
    let legend = placed.legend.iter().map(|(_, entry)| (LEGEND.to_owned(), &entry.label));
    let footer = placed.footer.iter().map(|line| (FOOTER.to_owned(), line));
    let nodes = timeline.events.iter().zip(&placed.events);
    Drawn {
        svg: svg(timeline, placed),
        size: placed.size,
        points: placed.points.unwrap_or(1.0),
        title: &timeline.title,
        description: &timeline.description,
        language: timeline.language,
        font: timeline.font.as_ref(),
        bold: &placed.title,
        regular: ticks.chain(events).chain(legend).chain(footer).collect(),
        nodes: nodes.map(|(event, place)| (&event.node, place.mark.union(&place.label.rect))).collect(),
    }
}

//! A timeline in each format.

use super::Timeline;
use super::place::{Placed, place};
use super::svg::svg;
use super::twin::twin;
use crate::draw::pdf::pdf;
use crate::draw::render::{AXIS, FOOTER, LEGEND, Picture, entity, png};
use crate::draw::{DrawError, Format};

/// Returns a timeline in a format.
///
/// # Errors
///
/// If the format cannot hold it: those of graphs have no axis.
pub fn write_timeline(timeline: &Timeline, format: Format) -> Result<Vec<u8>, DrawError> {
    Ok(match format {
        Format::Svg => svg(timeline, &place(timeline)).into_bytes(),
        Format::Markdown => twin(timeline).into_bytes(),
        Format::Png => png(&picture(timeline, &place(timeline)))?,
        Format::Pdf => pdf(&picture(timeline, &place(timeline)))?,
        Format::Dot | Format::Mermaid => return Err(DrawError::Timeline(format)),
    })
}

fn picture<'a>(timeline: &'a Timeline, placed: &'a Placed) -> Picture<'a> {
    let ticks = placed.ticks.iter().flat_map(|(_, texts)| texts).map(|text| (AXIS.to_owned(), text));
    let events = timeline.events.iter().zip(&placed.events).map(|(event, place)| (entity(&event.node), &place.label));
    let legend = placed.legend.iter().map(|(_, entry)| (LEGEND.to_owned(), &entry.label));
    let footer = placed.footer.iter().map(|line| (FOOTER.to_owned(), line));
    let nodes = timeline.events.iter().zip(&placed.events);
    Picture {
        svg: svg(timeline, placed),
        size: placed.size,
        title: &timeline.title,
        description: &timeline.description,
        language: timeline.language,
        bold: &placed.title,
        regular: ticks.chain(events).chain(legend).chain(footer).collect(),
        nodes: nodes.map(|(event, place)| (&event.node, place.mark.union(&place.label.rect))).collect(),
    }
}

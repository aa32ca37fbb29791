//! A part of the graph as a picture.
//!
//! ```text
//! graph ─ select ─▶ Diagram ─ layout ─▶ Layout ─┬─ svg ─▶ SVG
//!                   (words)            (places) ├─ dot ─▶ DOT
//!                      │                          └─ png, pdf ─▶ PNG, PDF
//!                      └─ twin, mermaid ─▶ Markdown, Mermaid
//! graph ─ timeline ─▶ Timeline ─ write_timeline ─▶ SVG, PNG, PDF, Markdown
//! ```
//!
//! A [`Diagram`] says in words what is drawn. [`layout()`] measures its text with the font that it is drawn in and gives
//! everything a place, the same on every machine. The writers decide nothing more. No other program is needed;
//! [`layout_by()`] runs one for whoever asks for Graphviz's places.

mod diagram;
mod dot;
mod error;
mod format;
mod geometry;
mod graphviz;
mod layout;
mod mermaid;
mod pdf;
mod reading;
mod render;
#[cfg(test)]
mod samples;
mod select;
mod shape;
mod svg;
mod text;
mod timeline;
mod twin;
mod words;

pub use diagram::{Arrow, ClassStyle, Diagram, Edge, LineStyle, Node, Stated, Style};
pub use dot::dot;
pub use error::{DrawError, Unwritable};
pub use format::Format;
pub use geometry::{Point, Rect, Size};
pub use graphviz::{Engine, EngineError};
pub use layout::{Curve, Layout, LegendEntry, PlacedEdge, PlacedLine, PlacedNode, PlacedText, layout, layout_by};
pub use mermaid::mermaid;
pub use select::{diagram, pages};
pub use svg::svg;
pub use text::{Block, Line};
pub use timeline::{DatedEvent, Days, Span, Stage, Timeline, timeline, write_timeline};
pub use twin::twin;

pub use crate::ontology::{Colour, Shape};

use pdf::pdf;
use render::{Picture, png};

/// Returns a diagram in a format, laid out by us, or by an engine of Graphviz.
///
/// # Errors
///
/// If the format cannot hold it, there are too many nodes for a picture, or the engine gives no places.
pub fn write(diagram: &Diagram, engine: Option<Engine>, format: Format) -> Result<Vec<u8>, DrawError> {
    if let (Some(_), false) = (engine, format.is_laid_out()) {
        return Err(EngineError::Format(format).into());
    }
    if diagram.nodes.len() > error::MOST_NODES && format.is_laid_out() {
        return Err(DrawError::Nodes(diagram.nodes.len()));
    }
    let layout = || engine.map_or_else(|| Ok(layout(diagram)), |engine| layout_by(diagram, engine));
    Ok(match format {
        Format::Svg => svg(diagram, &layout()?).into_bytes(),
        Format::Dot => dot(diagram, &layout()?).into_bytes(),
        Format::Markdown => twin(diagram).into_bytes(),
        Format::Mermaid => mermaid(diagram)?.into_bytes(),
        Format::Png => png(&Picture::of(diagram, &layout()?))?,
        Format::Pdf => pdf(&Picture::of(diagram, &layout()?))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_nodes_that_none_is_found_are_written_as_a_list_but_not_drawn() {
        let diagram = samples::diagram("en", &vec!["a"; error::MOST_NODES + 1], &[]);
        for format in [Format::Svg, Format::Png, Format::Pdf, Format::Dot] {
            let error = write(&diagram, None, format).unwrap_err();
            assert_eq!(error.to_string(), "a picture has at most 5000 entities, and this would have 5001");
        }
        assert!(write(&diagram, None, Format::Markdown).is_ok());
    }

    #[test]
    fn an_engine_is_not_asked_for_what_has_no_places() {
        let diagram = samples::diagram("en", &["a"], &[]);
        let error = write(&diagram, Some(Engine::Dot), Format::Markdown).unwrap_err();
        assert_eq!(error.to_string(), "nothing is laid out in md");
    }
}

//! A part of the graph as a picture.
//!
//! ```text
//!         ┌─ diagram ─▶ Diagram ──┐
//! Scene ──┤                       ├─▶ Picture ─ placed ─▶ PlacedPicture ─▶ SVG, PNG, PDF
//!         └─ timeline ─▶ Timeline ┘      └─ twin ─▶ Markdown
//! Diagram ─ write_network ─▶ all of these, DOT, Mermaid
//! ```
//!
//! A [`Picture`] says in words what is drawn. [`Picture::placed`] measures its text with the font that it is drawn in
//! and gives everything a place, the same on every machine. The writers decide nothing more. No other program is
//! needed; [`write_network`] runs Graphviz, but only when asked to. A timeline has no DOT and no Mermaid, so neither is
//! a [`Format`].

mod annotation;
mod diagram;
mod dot;
mod edge;
mod error;
mod font;
mod format;
mod geometry;
mod graphviz;
mod layout;
mod legend;
mod mark;
mod mermaid;
mod paged;
mod paper;
mod path;
mod pdf;
mod picture;
mod reading;
mod render;
#[cfg(test)]
mod samples;
mod scene;
mod select;
mod shape;
mod sign;
mod style;
mod svg;
mod text;
mod timeline;
mod twin;
mod words;

use diagram::Weight;
pub use diagram::{Arrow, ClassStyle, Diagram, Edge, Ends, Group, Kind, LineStyle, Mark, Node, Sector, Stated};
pub use dot::dot;
pub use error::{DrawError, Unwritable};
pub use font::FontFile;
pub use format::{Format, NetworkFormat};
pub use geometry::{Point, Rect, Size};
pub use graphviz::{Engine, EngineError};
pub use layout::{
    Curve, Layout, LegendEntry, PlacedArea, PlacedEdge, PlacedLine, PlacedNode, PlacedPanel, PlacedText, layout,
    layout_by, layout_grown,
};
pub use mermaid::mermaid;
pub use paged::{paged, paged_timeline};
pub use paper::Paper;
pub use picture::{Picture, PlacedPicture, write_network, write_pages};
pub use scene::{Grouping, Hint, Hints, Scene};
pub use select::{Files, Keep, diagram, pages};
pub use style::Style;
pub use svg::svg;
pub use text::{Block, Line};
pub use timeline::{DatedEvent, Days, PlacedTimeline, Span, Stage, Timeline, timeline};
pub use twin::twin;
pub(crate) use twin::{CLOSING, line as markdown_line, opening as markdown_opening};

pub use crate::ontology::{Colour, Shape};

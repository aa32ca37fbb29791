//! A part of the graph as a picture.
//!
//! ```text
//!         ┌─ diagram ─▶ Diagram ──┐
//! Scene ──┤                       ├─▶ Picture ─ placed ─▶ PlacedPicture ─▶ SVG, PNG, PDF
//!         └─ timeline ─▶ Timeline ┘      └─ twin ─▶ Markdown
//! Picture ─ write_as ─▶ all of these, DOT, Mermaid
//! ```
//!
//! A [`Picture`] says in words what is drawn. `Picture::placed` measures its text with the font that it is drawn in
//! and gives everything a place, the same on every machine. The writers decide nothing more. No other program is
//! needed; [`Picture::write_as`] runs Graphviz, but only when asked to. A timeline has no DOT and no Mermaid, so neither is
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

pub use diagram::Diagram;
use diagram::Weight;
pub(crate) use diagram::{Arrow, ClassStyle, Edge, Ends, Group, Kind, LineStyle, Mark, Node, Sector, Stated};
pub use dot::dot;
pub use error::{DrawError, Unwritable};
pub use font::FontFile;
pub use format::{Format, NetworkFormat};
pub(crate) use geometry::Rect;
pub use geometry::Size;
pub use graphviz::{Engine, EngineError};
pub use layout::{Layout, layout, layout_by};
pub(crate) use layout::{LegendEntry, PlacedEdge, PlacedNode, layout_grown};
pub(crate) use mermaid::mermaid;
pub(crate) use paged::{paged, paged_timeline};
pub(crate) use paper::Paper;
pub use picture::Picture;
pub(crate) use picture::{PlacedPicture, write_pages};
pub use scene::{Grouping, Hint, Hints, Scene};
pub use select::{Files, Keep, diagram, pages};
pub use style::Style;
pub use svg::svg;
pub(crate) use timeline::{DatedEvent, Stage};
pub use timeline::{Timeline, timeline};
pub(crate) use twin::twin;
pub(crate) use twin::{CLOSING, line as markdown_line, opening as markdown_opening};
pub(crate) use words::filled;

pub(crate) use crate::ontology::{Colour, Shape};

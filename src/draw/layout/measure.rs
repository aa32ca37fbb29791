//! The sizes of everything that has text.

use super::{Body, Link, Sketch};
use crate::draw::geometry::{Size, count, size};
use crate::draw::text::{Block, Font};
use crate::draw::{ClassStyle, Diagram, Shape};
use crate::model::Direction;

/// Sizes of text and widths at which lines are wrapped, in pixels.
const NODE_TEXT: (f64, f64) = (12.0, 165.0);
const EDGE_TEXT: (f64, f64) = (10.0, 110.0);
/// The height that a node has for each of its edges, so that they can be told apart at its border, and at most for all.
const EDGE_ROOM: (f64, f64) = (4.0, 160.0);
/// The sign before the label of an edge from a node to itself.
const LOOP: &str = "↻ ";

/// A diagram's text in lines, and what has to be placed.
pub(super) struct Measured {
    pub(super) sketch: Sketch,
    /// For each node its label.
    pub(super) nodes: Vec<Block>,
    /// For each node the room under its label for those of its edges to itself.
    pub(super) loops: Vec<Size>,
    /// For each edge its label.
    pub(super) edges: Vec<Block>,
    /// For each edge its place among the sketch's links, where it leads to another node.
    pub(super) links: Vec<Option<usize>>,
}

/// Measures the text of nodes and edges.
pub(super) fn measure(diagram: &Diagram) -> Measured {
    let (node_font, edge_font) = (Font::regular(NODE_TEXT.0), Font::regular(EDGE_TEXT.0));
    let nodes: Vec<_> = diagram.nodes.iter().map(|node| node_font.wrap(&node.label, NODE_TEXT.1)).collect();
    let (mut edges, mut sketch, mut links) = (Vec::new(), Sketch::default(), Vec::new());
    let mut loops = vec![Size::default(); nodes.len()];
    let mut degrees = vec![0; nodes.len()];
    let is_mirrored = diagram.language.direction() == Direction::RightToLeft;
    for edge in &diagram.edges {
        let is_loop = edge.from == edge.to;
        let label = if is_loop { format!("{LOOP}{}", edge.label) } else { edge.label.clone() };
        let block = edge_font.wrap(&label, EDGE_TEXT.1);
        if is_loop {
            let inside = &mut loops[edge.from];
            *inside = size(inside.width.max(block.size().width), inside.height + block.size().height);
            links.push(None);
        } else {
            links.push(Some(sketch.links.len()));
            sketch.links.push(Link { from: edge.from, to: edge.to, label: block.size().padded(4.0, 1.0) });
            degrees[edge.from] += 1;
            degrees[edge.to] += 1;
        }
        edges.push(block);
    }
    for (((node, block), within), degree) in diagram.nodes.iter().zip(&nodes).zip(&loops).zip(degrees) {
        let text = block.size();
        let text = size(text.width.max(within.width).max(NODE_TEXT.0), text.height + within.height);
        let shape = shape(diagram.classes.get(node.class));
        let around = shape.around(text);
        let room = (EDGE_ROOM.0 * count(degree)).min(EDGE_ROOM.1);
        let size = size(around.width, around.height.max(room));
        sketch.nodes.push(Body { shape, size, is_mirrored, is_turned: false });
    }
    Measured { sketch, nodes, loops, edges, links }
}

/// The shape of a class's nodes; a box where a node has no class.
fn shape(class: Option<&ClassStyle>) -> Shape {
    class.map_or(Shape::Box, |class| class.shape)
}

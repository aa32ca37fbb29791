//! The sizes of everything that has text.

use std::collections::BTreeMap;

use super::{Body, Link, Sketch};
use crate::draw::font::Font;
use crate::draw::geometry::{Size, count, size};
use crate::draw::text::Block;
use crate::draw::{ClassStyle, Diagram, Edge, FontFile, Node, Shape};
use crate::model::Direction;

/// Sizes of text and widths at which lines are wrapped, in pixels.
const NODE_TEXT: (f64, f64) = (12.0, 165.0);
const EDGE_TEXT: (f64, f64) = (10.0, 110.0);
/// The height that a node has for each of its edges, so that they can be told apart at its border, and at most for all.
const EDGE_ROOM: (f64, f64) = (4.0, 160.0);
/// How much wider than high a label of several paragraphs is.
const AREA_ASPECT: f64 = 2.6;
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

/// Measures the text of nodes and edges, each text once, also in several diagrams; these must have one font.
#[derive(Default)]
pub(super) struct Ruler<'d> {
    nodes: BTreeMap<(&'d str, u16), Block>,
    edges: BTreeMap<(&'d str, bool), Block>,
}

/// Measures the text of a diagram.
pub(super) fn measure(diagram: &Diagram) -> Measured {
    Ruler::default().measure(diagram)
}

impl<'d> Ruler<'d> {
    fn node(&mut self, node: &'d Node, given: Option<&FontFile>) -> Block {
        self.nodes.entry((&node.label, node.size)).or_insert_with(|| label(node, given)).clone()
    }

    fn edge(&mut self, edge: &'d Edge, font: &Font<'_>) -> Block {
        let is_loop = edge.from == edge.to;
        let text = if is_loop { edge.label.as_str() } else { edge.written() };
        let wrapped = || match (is_loop, text) {
            (true, _) => font.wrap(&format!("{LOOP}{text}"), EDGE_TEXT.1),
            (false, "") => Block { lines: Vec::new(), font_size: EDGE_TEXT.0 },
            (false, _) => font.wrap(text, EDGE_TEXT.1),
        };
        self.edges.entry((text, is_loop)).or_insert_with(wrapped).clone()
    }

    /// Measures the text of a diagram.
    pub(super) fn measure(&mut self, diagram: &'d Diagram) -> Measured {
        let edge_font = Font::regular(EDGE_TEXT.0, diagram.font.as_ref());
        let nodes: Vec<_> = diagram.nodes.iter().map(|node| self.node(node, diagram.font.as_ref())).collect();
        let (mut edges, mut sketch, mut links) = (Vec::new(), Sketch::default(), Vec::new());
        let mut loops = vec![Size::default(); nodes.len()];
        let mut degrees = vec![0; nodes.len()];
        let is_mirrored = diagram.language.direction() == Direction::RightToLeft;
        for edge in &diagram.edges {
            let block = self.edge(edge, &edge_font);
            if edge.from == edge.to {
                let inside = &mut loops[edge.from];
                *inside = size(inside.width.max(block.size().width), inside.height + block.size().height);
                links.push(None);
            } else {
                links.push(Some(sketch.links.len()));
                sketch.links.push(Link { from: edge.from, to: edge.to, label: room(&block) });
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
            sketch.nodes.push(Body { shape, size, is_mirrored, is_turned: false, group: node.group });
        }
        Measured { sketch, nodes, loops, edges, links }
    }
}

/// The label of a node in lines, in a larger font where the node is to be seen first.
pub(super) fn label(node: &Node, given: Option<&FontFile>) -> Block {
    let factor = f64::from(node.size) / 100.0;
    let font = Font::regular(NODE_TEXT.0 * factor, given);
    let width = if node.label.contains('\n') {
        // What has several paragraphs is so much wider than high.
        let length: f64 = node.label.lines().map(|line| font.width(line)).sum();
        (length * NODE_TEXT.0 * factor * AREA_ASPECT).sqrt().max(NODE_TEXT.1)
    } else {
        NODE_TEXT.1 * factor.sqrt()
    };
    font.wrap(&node.label, width)
}

/// The room that the label of a line takes; none where it has none.
fn room(block: &Block) -> Size {
    if block.lines.is_empty() { Size::default() } else { block.size().padded(4.0, 1.0) }
}

/// The shape of a class's nodes; a box where a node has no class.
pub(super) fn shape(class: Option<&ClassStyle>) -> Shape {
    class.map_or(Shape::Box, |class| class.shape)
}

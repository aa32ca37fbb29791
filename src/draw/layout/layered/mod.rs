//! Layered layout, after Sugiyama, Tagawa and Toda: columns from left to right, edges from column to column.
//!
//! Nodes stand in the even columns, and labels of edges in the odd columns between them. An edge that passes a column
//! has a place of its own there. Edges bend only between columns, where nothing stands. So neither boxes nor labels
//! overlap, and no edge crosses a box or a label.

mod order;
mod place;
mod rank;

use super::{Body, Curve, Link, Plan, Route, Sketch};
use crate::draw::geometry::{Point, Size, point, size};

/// The least length in pixels of the line at the end of an edge. A shorter one becomes part of the bend.
const SHORTEST: f64 = 12.0;

/// A graph in columns: each edge is a chain of vertices, one in each column from its left end to its right end.
struct Columns {
    vertices: Vec<Vertex>,
    /// The vertices of each column from top to bottom.
    order: Vec<Vec<usize>>,
    /// The vertices of each edge, from left to right.
    chains: Vec<Vec<usize>>,
}

/// A node, the label of an edge, or the passage of an edge through a column.
struct Vertex {
    kind: Kind,
    column: usize,
    size: Size,
    /// Neighbours in the columns to the left and to the right, from top to bottom once these are in order.
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Lays out a connected graph. About O(e²) with e edges, counting each column that an edge passes.
pub(super) fn plan(sketch: &Sketch) -> Plan {
    let ranks = rank::ranks(sketch);
    let mut columns = Columns::new(sketch, &ranks);
    order::untangle(&mut columns);
    let places = place::places(&columns);
    let nodes: Vec<_> = places.centers[..sketch.nodes.len()].to_vec();
    let route = |(link, chain): (&Link, &Vec<usize>)| {
        let mut curves = route(&columns, &places, chain);
        clip(sketch, &nodes, chain, &mut curves);
        if ranks[link.from] > ranks[link.to] {
            curves = curves.into_iter().rev().map(Curve::reversed).collect();
        }
        let label = chain.iter().find(|&&vertex| columns.vertices[vertex].kind == Kind::Label);
        Route { curves, label: label.map(|&label| places.centers[label]).unwrap_or_default() }
    };
    let routes = sketch.links.iter().zip(&columns.chains).map(route).collect();
    Plan { nodes, routes, ..Plan::default() }
}

/// The way of an edge from the middle of its left node to that of its right one: straight through each column, bent
/// between them.
fn route(columns: &Columns, places: &place::Places, chain: &[usize]) -> Vec<Curve> {
    let mut curves: Vec<Curve> = Vec::new();
    let mut last = None;
    for pair in chain.windows(2) {
        let (left, right) = (pair[0], pair[1]);
        let (y_left, y_right) = places.line(columns, left, right);
        let start = point(places.extents[columns.vertices[left].column].1, y_left);
        let end = point(places.extents[columns.vertices[right].column].0, y_right);
        let middle = f64::midpoint(start.x, end.x);
        curves.push(Curve::line(last.unwrap_or(point(places.centers[left].x, y_left)), start));
        curves.push(Curve { from: start, first: point(middle, start.y), second: point(middle, end.y), to: end });
        last = Some(end);
    }
    if let (Some(&node), Some(end)) = (chain.last(), last) {
        curves.push(Curve::line(end, point(places.centers[node].x, end.y)));
    }
    curves
}

/// Lets a way begin and end at the borders of its nodes instead of their middles.
fn clip(sketch: &Sketch, nodes: &[Point], chain: &[usize], curves: &mut Vec<Curve>) {
    let border = |node: Option<&usize>, inside: Point, outside: Point| {
        let Some(&node) = node else { return inside };
        sketch.nodes[node].border(nodes[node], inside, outside)
    };
    if let Some(first) = curves.first_mut() {
        *first = Curve::line(border(chain.first(), first.from, first.to), first.to);
    }
    if let Some(last) = curves.last_mut() {
        *last = Curve::line(last.from, border(chain.last(), last.to, last.from));
    }
    // Where the border is near the edge of the column, the line through it is too short for an arrowhead.
    if let [first, second, ..] = curves.as_mut_slice()
        && first.from.distance(first.to) < SHORTEST
    {
        second.from = first.from;
        curves.remove(0);
    }
    if let [.., second, last] = curves.as_mut_slice()
        && last.from.distance(last.to) < SHORTEST
    {
        second.to = last.to;
        curves.pop();
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A node.
    Node,
    /// The label of an edge.
    Label,
    /// An edge that passes.
    Passage,
}

impl Kind {
    /// Room kept free above and below.
    fn margin(self) -> f64 {
        match self {
            Self::Node => 8.0,
            Self::Label | Self::Passage => 4.0,
        }
    }
}

impl Columns {
    fn new(sketch: &Sketch, ranks: &[usize]) -> Self {
        let node = |(number, body): (usize, &Body)| Vertex {
            kind: Kind::Node,
            column: 2 * ranks[number],
            size: body.size,
            left: Vec::new(),
            right: Vec::new(),
        };
        let vertices = sketch.nodes.iter().enumerate().map(node).collect();
        let n_columns = ranks.iter().max().map_or(0, |rank| 2 * rank + 1);
        let mut columns = Self { vertices, order: vec![Vec::new(); n_columns], chains: Vec::new() };
        for link in &sketch.links {
            let (from, to) =
                if ranks[link.from] < ranks[link.to] { (link.from, link.to) } else { (link.to, link.from) };
            columns.add_chain(from, to, link.label);
        }
        for vertex in 0..columns.vertices.len() {
            columns.order[columns.vertices[vertex].column].push(vertex);
        }
        columns
    }

    /// Adds an edge from one node to one further right, its label in the middle.
    fn add_chain(&mut self, from: usize, to: usize, label: Size) {
        let (first, last) = (self.vertices[from].column, self.vertices[to].column);
        let middle = usize::midpoint(first, last);
        let labelled = if middle % 2 == 0 { middle - 1 } else { middle };
        let mut chain = vec![from];
        for column in first + 1..last {
            let (kind, size) = if column == labelled { (Kind::Label, label) } else { (Kind::Passage, size(0.0, 1.0)) };
            chain.push(self.vertices.len());
            self.vertices.push(Vertex { kind, column, size, left: Vec::new(), right: Vec::new() });
        }
        chain.push(to);
        for pair in chain.windows(2) {
            self.vertices[pair[0]].right.push(pair[1]);
            self.vertices[pair[1]].left.push(pair[0]);
        }
        self.chains.push(chain);
    }
}

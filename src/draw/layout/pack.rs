//! Parts of a graph that hang together: found, and put side by side.

use super::{Link, Plan, Route, Sketch};
use crate::draw::geometry::{Rect, point};

/// Pixels between two parts.
const GAP: f64 = 36.0;
/// How much wider than high the parts together should be.
const ASPECT: f64 = 1.5;

/// A connected part: its nodes and links, by number, sorted.
pub(super) struct Part {
    nodes: Vec<usize>,
    links: Vec<usize>,
}

/// Returns the connected parts in the order of their first nodes. O(n + e), nearly.
pub(super) fn parts(sketch: &Sketch) -> Vec<Part> {
    let mut parents: Vec<usize> = (0..sketch.nodes.len()).collect();
    for link in &sketch.links {
        let (a, b) = (root(&mut parents, link.from), root(&mut parents, link.to));
        parents[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of = vec![0; sketch.nodes.len()];
    for node in 0..sketch.nodes.len() {
        let root = root(&mut parents, node);
        if root == node {
            part_of[node] = parts.len();
            parts.push(Part { nodes: Vec::new(), links: Vec::new() });
        }
        part_of[node] = part_of[root];
        parts[part_of[node]].nodes.push(node);
    }
    for (number, link) in sketch.links.iter().enumerate() {
        parts[part_of[link.from]].links.push(number);
    }
    parts
}

/// The least node of a set, with the way to it shortened.
fn root(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}

impl Sketch {
    /// Returns a part as a sketch of its own.
    pub(super) fn part(&self, part: &Part) -> Self {
        let inside = |node: usize| part.nodes.binary_search(&node).unwrap_or_default();
        let links = part.links.iter().map(|&link| &self.links[link]);
        Self {
            nodes: part.nodes.iter().map(|&node| self.nodes[node]).collect(),
            links: links.map(|link| Link { from: inside(link.from), to: inside(link.to), ..*link }).collect(),
        }
    }
}

/// Puts the plans of the parts of a sketch into rows, the highest first, so that no two overlap.
pub(super) fn pack(sketch: &Sketch, parts: Vec<(Part, Plan)>) -> Plan {
    let mut sized: Vec<(Rect, Part, Plan)> = parts
        .into_iter()
        .map(|(part, plan)| (plan.bounds(&sketch.part(&part)).padded(GAP / 2.0, GAP / 2.0), part, plan))
        .collect();
    sized.sort_by(|(a, ..), (b, ..)| b.size.height.total_cmp(&a.size.height));
    let area: f64 = sized.iter().map(|(rect, ..)| rect.size.width * rect.size.height).sum();
    let widest = sized.iter().map(|(rect, ..)| rect.size.width).fold((area * ASPECT).sqrt(), f64::max);
    let mut whole =
        Plan { nodes: vec![point(0.0, 0.0); sketch.nodes.len()], routes: vec![Route::default(); sketch.links.len()] };
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    for (rect, part, mut plan) in sized {
        if x > 0.0 && x + rect.size.width > widest {
            (x, y, row) = (0.0, y + row, 0.0);
        }
        plan.map(|place| place.moved(x - rect.left(), y - rect.top()));
        x += rect.size.width;
        row = row.max(rect.size.height);
        for (node, place) in part.nodes.into_iter().zip(plan.nodes) {
            whole.nodes[node] = place;
        }
        for (link, route) in part.links.into_iter().zip(plan.routes) {
            whole.routes[link] = route;
        }
    }
    whole
}

//! Where the vertices of each column stand.

use super::{Columns, Kind};
use crate::draw::geometry::{Point, count, point};

/// The number of times that the columns are adjusted to each other.
const SWEEPS: usize = 30;
/// The number of times that each edge is straightened.
const STRAIGHTENING: usize = 6;
/// The least distance between two columns, and by how much edges that climb widen it.
const GAP: f64 = 22.0;
const SLOPE: f64 = 0.12;
const WIDEST_GAP: f64 = 110.0;
/// The greatest distance between two edges where they meet a node.
const PORTS: f64 = 12.0;

/// Places of all vertices.
pub(super) struct Places {
    /// The middle of each vertex.
    pub(super) centers: Vec<Point>,
    /// The left and right edge of each column.
    pub(super) extents: Vec<(f64, f64)>,
}

impl Places {
    /// The heights at which the edge between two neighbours leaves the one and reaches the other.
    pub(super) fn line(&self, columns: &Columns, left: usize, right: usize) -> (f64, f64) {
        let (from, to) = ports(columns, left, right);
        (self.centers[left].y + from, self.centers[right].y + to)
    }
}

/// Places the vertices: in each column in the given order and apart, near the height of their neighbours.
pub(super) fn places(columns: &Columns) -> Places {
    let mut heights = vec![0.0; columns.vertices.len()];
    for column in &columns.order {
        settle(columns, column, &vec![(0.0, 1.0); column.len()], &mut heights);
    }
    for sweep in 0..SWEEPS {
        // First what is left decides, then what is right, in turn; in the end both.
        let sides = if sweep >= SWEEPS / 2 { (true, true) } else { (sweep % 2 == 0, sweep % 2 == 1) };
        let n = columns.order.len();
        for step in 0..n {
            let column = &columns.order[if sweep % 2 == 0 { step } else { n - 1 - step }];
            let wanted: Vec<_> = column.iter().map(|&vertex| wanted(columns, vertex, sides, &heights)).collect();
            settle(columns, column, &wanted, &mut heights);
        }
    }
    for sweep in 0..STRAIGHTENING {
        for chain in &columns.chains {
            straighten(columns, chain, sweep % 2 == 0, &mut heights);
        }
    }
    let extents = extents(columns, &heights);
    let centers = columns
        .vertices
        .iter()
        .zip(heights)
        .map(|(vertex, y)| point(f64::midpoint(extents[vertex.column].0, extents[vertex.column].1), y))
        .collect();
    Places { centers, extents }
}

/// The left and right edges of the columns.
fn extents(columns: &Columns, heights: &[f64]) -> Vec<(f64, f64)> {
    let mut extents = Vec::with_capacity(columns.order.len());
    let mut left = 0.0;
    for column in &columns.order {
        let vertices = || column.iter().map(|&vertex| (vertex, &columns.vertices[vertex]));
        let width = vertices().map(|(_, vertex)| vertex.size.width).fold(0.0, f64::max);
        extents.push((left, left + width));
        let climbs = vertices().flat_map(|(number, vertex)| {
            vertex.right.iter().map(move |&right| {
                let (from, to) = ports(columns, number, right);
                (heights[number] + from - heights[right] - to).abs()
            })
        });
        left += width + (GAP + SLOPE * climbs.fold(0.0, f64::max)).min(WIDEST_GAP);
    }
    extents
}

/// The height that a vertex would have if it were alone in its column, and the weight of that. Long edges weigh most,
/// so that they are straight.
fn wanted(columns: &Columns, vertex: usize, (left, right): (bool, bool), heights: &[f64]) -> (f64, f64) {
    let (mut sum, mut weights) = (0.0, 0.0);
    let mut attract = |neighbour: usize, height: f64| {
        let passing = |vertex: usize| columns.vertices[vertex].kind != Kind::Node;
        let weight = if passing(vertex) && passing(neighbour) { 8.0 } else { 1.0 };
        sum += weight * height;
        weights += weight;
    };
    if left {
        for &neighbour in &columns.vertices[vertex].left {
            let (from, to) = ports(columns, neighbour, vertex);
            attract(neighbour, heights[neighbour] + from - to);
        }
    }
    if right {
        for &neighbour in &columns.vertices[vertex].right {
            let (from, to) = ports(columns, vertex, neighbour);
            attract(neighbour, heights[neighbour] + to - from);
        }
    }
    if weights == 0.0 { (heights[vertex], 0.1) } else { (sum / weights, weights) }
}

/// How far from the middles of two neighbours their edge meets them: edges are spread over the side of a node in the
/// order of their other ends.
fn ports(columns: &Columns, left: usize, right: usize) -> (f64, f64) {
    let port = |vertex: usize, neighbours: &[usize], neighbour: usize| {
        let Some(at) = neighbours.iter().position(|&other| other == neighbour) else { return 0.0 };
        let n = count(neighbours.len());
        let gap = (columns.vertices[vertex].size.height * 0.7 / n).min(PORTS);
        (count(at) - (n - 1.0) / 2.0) * gap
    };
    (port(left, &columns.vertices[left].right, right), port(right, &columns.vertices[right].left, left))
}

/// Gives the vertices of a column the heights that differ least, by the sum of weighted squares, from those wanted,
/// keep their order and are far enough apart. O(n): where two would come too near, they move as one from then on.
fn settle(columns: &Columns, column: &[usize], wanted: &[(f64, f64)], heights: &mut [f64]) {
    // Heights less the room above: what must not decrease along the column.
    let mut room = Vec::with_capacity(column.len());
    let mut above = 0.0;
    for (at, &vertex) in column.iter().enumerate() {
        let half = half(columns, vertex);
        above += if at == 0 { 0.0 } else { half };
        room.push(above);
        above += half;
    }
    // Blocks of vertices that move as one: mean, weight, number of vertices.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (&(height, weight), room) in wanted.iter().zip(&room) {
        let mut block = (height - room, weight, 1);
        while let Some(&(mean, weight, n)) = blocks.last().filter(|last| last.0 >= block.0) {
            blocks.pop();
            let sum = weight + block.1;
            block = ((mean * weight + block.0 * block.1) / sum, sum, n + block.2);
        }
        blocks.push(block);
    }
    let means = blocks.into_iter().flat_map(|(mean, _, n)| std::iter::repeat_n(mean, n));
    for ((&vertex, room), mean) in column.iter().zip(room).zip(means) {
        heights[vertex] = mean + room;
    }
}

/// Puts the vertices of an edge between its nodes on as few heights as the vertices above and below them leave room for,
/// from the left or from the right. O(length of the edge · length of its columns).
fn straighten(columns: &Columns, chain: &[usize], from_left: bool, heights: &mut [f64]) {
    // A label alone stays where it is: half-way up.
    let [first, label, .., last_passed, last] = *chain else { return };
    let mut inner = chain[1..chain.len() - 1].to_vec();
    let (from, to) = (ports(columns, first, label).0, ports(columns, last_passed, last).1);
    let mut aim = (heights[first] + from, heights[last] + to);
    if !from_left {
        inner.reverse();
        aim = (aim.1, aim.0);
    }
    let mut rest = inner.as_slice();
    while !rest.is_empty() {
        let (mut low, mut high, mut n) = (f64::NEG_INFINITY, f64::INFINITY, 0);
        for &vertex in rest {
            let (lowest, highest) = room(columns, vertex, heights);
            if lowest.max(low) > highest.min(high) {
                break;
            }
            (low, high, n) = (low.max(lowest), high.min(highest), n + 1);
        }
        // After rounding there may seem to be no room even where the vertex is. Then it stays.
        let (run, after) = rest.split_at(n.max(1));
        if n > 0 {
            let wanted = if after.is_empty() { aim.1 } else { aim.0 };
            for &vertex in run {
                heights[vertex] = wanted.max(low).min(high);
            }
        }
        aim.0 = heights[run[run.len() - 1]];
        rest = after;
    }
}

/// The heights between which a vertex can move while those above and below it stay.
fn room(columns: &Columns, vertex: usize, heights: &[f64]) -> (f64, f64) {
    let column = &columns.order[columns.vertices[vertex].column];
    let at = column.iter().position(|&other| other == vertex).unwrap_or_default();
    let gap = |other: usize| half(columns, vertex) + half(columns, other);
    let above = at.checked_sub(1).and_then(|at| column.get(at));
    let below = column.get(at + 1);
    (
        above.map_or(f64::NEG_INFINITY, |&above| heights[above] + gap(above)),
        below.map_or(f64::INFINITY, |&below| heights[below] - gap(below)),
    )
}

/// Half of the height that a vertex takes up.
fn half(columns: &Columns, vertex: usize) -> f64 {
    let vertex = &columns.vertices[vertex];
    vertex.size.height / 2.0 + vertex.kind.margin()
}

//! Parts of a graph that hang together: found, and put side by side.

use super::obstacle::{around, polyline};
use super::{Link, Plan, Route, Sketch};
use crate::draw::geometry::{Point, Rect, Size, count, point};
use crate::sort;

/// Pixels between two parts.
const GAP: f64 = 36.0;
/// The most parts that are fitted into each other's gaps.
const MOST_FITTED: usize = 40;
/// The side in pixels of the squares in which gaps are found, and how many the longest side may have.
const CELL: f64 = 14.0;
const MOST_CELLS: f64 = 400.0;

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
    /// Returns the nodes that each node is linked with, sorted.
    pub(super) fn neighbours(&self) -> Vec<Vec<usize>> {
        let mut neighbours = vec![Vec::new(); self.nodes.len()];
        for link in &self.links {
            neighbours[link.from].push(link.to);
            neighbours[link.to].push(link.from);
        }
        for list in &mut neighbours {
            list.sort_unstable();
            list.dedup();
        }
        neighbours
    }

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

/// Puts the plans of the parts of a sketch side by side, so that no two overlap and all together are of the shape of a
/// page: a few into the gaps of each other, very many into rows.
pub(super) fn pack(sketch: &Sketch, parts: Vec<(Part, Plan)>, aspect: f64) -> Plan {
    let mut sized: Vec<(Rect, Part, Plan)> = parts
        .into_iter()
        .map(|(part, plan)| (plan.bounds(&sketch.part(&part)).padded(GAP / 2.0, GAP / 2.0), part, plan))
        .collect();
    let places = if sized.len() > MOST_FITTED {
        sort::by(&mut sized, |(a, ..), (b, ..)| b.size.height.total_cmp(&a.size.height));
        rows(&sized.iter().map(|(rect, ..)| rect.size).collect::<Vec<_>>(), aspect)
    } else {
        let area = |rect: &Rect| rect.size.width * rect.size.height;
        sort::by(&mut sized, |(a, ..), (b, ..)| area(b).total_cmp(&area(a)));
        fitted(sketch, &sized, aspect)
    };
    let mut whole = Plan {
        nodes: vec![point(0.0, 0.0); sketch.nodes.len()],
        routes: vec![Route::default(); sketch.links.len()],
        ..Plan::default()
    };
    for ((rect, part, mut plan), corner) in sized.into_iter().zip(places) {
        plan.map(|place| place.moved(corner.x - rect.left(), corner.y - rect.top()));
        for (node, place) in part.nodes.into_iter().zip(plan.nodes) {
            whole.nodes[node] = place;
        }
        for (link, route) in part.links.into_iter().zip(plan.routes) {
            whole.routes[link] = route;
        }
    }
    whole
}

/// The corners of boxes in rows.
fn rows(sizes: &[Size], aspect: f64) -> Vec<Point> {
    let area: f64 = sizes.iter().map(|size| size.width * size.height).sum();
    let widest = sizes.iter().map(|size| size.width).fold((area * aspect).sqrt(), f64::max);
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0_f64);
    let mut corners = Vec::new();
    for size in sizes {
        if x > 0.0 && x + size.width > widest {
            (x, y, row) = (0.0, y + row, 0.0);
        }
        corners.push(point(x, y));
        x += size.width;
        row = row.max(size.height);
    }
    corners
}

/// The corners of parts, each where it makes the whole grow least, in the gaps of those before it too.
fn fitted(sketch: &Sketch, parts: &[(Rect, Part, Plan)], aspect: f64) -> Vec<Point> {
    let longest: f64 = parts.iter().map(|(rect, ..)| rect.size.width.max(rect.size.height)).sum();
    let cell = CELL.max(longest / MOST_CELLS);
    let mut board = Board::new(parts.iter().map(|(rect, ..)| rect.size), cell);
    let mut corners = Vec::new();
    for (rect, part, plan) in parts {
        let corner = board.place(rect.size, aspect);
        let boxes = boxes(sketch, part, plan);
        for filled in boxes {
            let padded = filled.padded(GAP / 2.0, GAP / 2.0);
            board.fill(&Rect { center: padded.center.moved(corner.x - rect.left(), corner.y - rect.top()), ..padded });
        }
        board.grow(corner, rect.size);
        corners.push(corner);
    }
    corners
}

/// What a part takes up: its boxes, labels and the pieces of its lines.
fn boxes(sketch: &Sketch, part: &Part, plan: &Plan) -> Vec<Rect> {
    let nodes = part.nodes.iter().zip(&plan.nodes);
    let mut boxes: Vec<Rect> = nodes.map(|(&node, &center)| Rect { center, size: sketch.nodes[node].size }).collect();
    for (&link, route) in part.links.iter().zip(&plan.routes) {
        boxes.push(Rect { center: route.label, size: sketch.links[link].label });
        for piece in polyline(&route.curves).windows(2) {
            boxes.push(around(piece[0], piece[1]));
        }
    }
    boxes
}

/// Cells that are taken or free, and how much of them is used.
struct Board {
    cell: f64,
    n_columns: usize,
    n_rows: usize,
    taken: Vec<bool>,
    used: Size,
}

impl Board {
    fn new(sizes: impl Iterator<Item = Size>, cell: f64) -> Self {
        let (width, height) = sizes.fold((0.0, 0.0), |(x, y), size| (x + size.width, y + size.height));
        let (n_columns, n_rows) = (cells(width, cell) + 2, cells(height, cell) + 2);
        Self { cell, n_columns, n_rows, taken: vec![false; n_columns * n_rows], used: Size::default() }
    }

    /// Finds the free place for a box at which the whole, made as wide as a page, is smallest.
    fn place(&self, size: Size, aspect: f64) -> Point {
        let (width, height) = (cells(size.width, self.cell), cells(size.height, self.cell));
        let sums = self.sums();
        let is_free = |x: usize, y: usize| {
            let at = |x: usize, y: usize| sums[y * (self.n_columns + 1) + x];
            at(x + width, y + height) + at(x, y) == at(x, y + height) + at(x + width, y)
        };
        let mut best: Option<(f64, Point)> = None;
        for y in 0..=self.n_rows.saturating_sub(height) {
            for x in 0..=self.n_columns.saturating_sub(width) {
                let corner = point(count(x) * self.cell, count(y) * self.cell);
                let (right, bottom) =
                    (self.used.width.max(corner.x + size.width), self.used.height.max(corner.y + size.height));
                // Of places that cost the same, the one nearest to the corner.
                let cost = (right / aspect).max(bottom) + (corner.x / aspect + corner.y) / 1e4;
                if best.is_none_or(|(least, _)| cost < least) && is_free(x, y) {
                    best = Some((cost, corner));
                }
            }
        }
        best.map_or(point(0.0, self.used.height), |(_, corner)| corner)
    }

    /// How many cells are taken above and to the left of each corner.
    fn sums(&self) -> Vec<u32> {
        let row = self.n_columns + 1;
        let mut sums = vec![0; row * (self.n_rows + 1)];
        for y in 0..self.n_rows {
            for x in 0..self.n_columns {
                let here = u32::from(self.taken[y * self.n_columns + x]);
                sums[(y + 1) * row + x + 1] =
                    here + sums[y * row + x + 1] + sums[(y + 1) * row + x] - sums[y * row + x];
            }
        }
        sums
    }

    fn fill(&mut self, rect: &Rect) {
        let columns =
            cells(rect.left(), self.cell).saturating_sub(1)..cells(rect.right(), self.cell).min(self.n_columns);
        for y in cells(rect.top(), self.cell).saturating_sub(1)..cells(rect.bottom(), self.cell).min(self.n_rows) {
            for x in columns.clone() {
                self.taken[y * self.n_columns + x] = true;
            }
        }
    }

    fn grow(&mut self, corner: Point, size: Size) {
        self.used.width = self.used.width.max(corner.x + size.width);
        self.used.height = self.used.height.max(corner.y + size.height);
    }
}

/// How many cells a length touches; none where it is negative.
fn cells(length: f64, cell: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is out of range becomes the nearest"
    )]
    let cells = (length / cell).ceil().max(0.0) as usize;
    cells
}

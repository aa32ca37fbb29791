//! Edges between boxes that have their places: straight or a little bowed, with labels where there is room.
//!
//! Each edge in turn, the shortest first, tries bows and places of its label along them, and takes the cheapest: few
//! boxes and labels crossed, few lines under its label. It never takes one where its label would lie on a box or another
//! label. Then each edge tries again, now that the others are known. Where an edge finds no place, everything is spread
//! and begun again.

use super::grid::Grid;
use super::{Curve, Link, Plan, Route, Sketch, layered};
use crate::draw::geometry::{Point, Rect, count, point};

/// How far the middle of an edge may be off the straight line, as a part of its length: the nearest first.
const BOWS: [f64; 9] = [0.0, 0.07, -0.07, 0.15, -0.15, 0.24, -0.24, 0.34, -0.34];
/// Where along an edge its label may be.
const PARTS: [f64; 9] = [0.5, 0.42, 0.58, 0.35, 0.65, 0.27, 0.73, 0.2, 0.8];
/// What a box and a label on the way and a line under the label count, compared with a bow of the whole length.
const BOX_COST: f64 = 4.0;
const LABEL_COST: f64 = 1.0;
const LINE_COST: f64 = 0.5;
/// The number of straight pieces that a bowed way is taken for, and how long one may be when things near it are sought.
const PIECES: f64 = 8.0;
const LONGEST_PIECE: f64 = 120.0;
/// How often each edge tries for a better way, and the number of edges beyond which none does.
const RETRIES: usize = 2;
const MOST_RETRIED: usize = 2_000;
/// By how much everything is spread where a label finds no place, and how often.
const SPREAD: f64 = 1.06;
const TRIES: usize = 60;
/// Pixels kept free around labels.
const GAP: f64 = 2.0;

/// Draws the edges between boxes that do not overlap. Were there no room after the last spread, which happens only where
/// very many edges join the same boxes, the graph is laid out in layers.
pub(super) fn routes(sketch: &Sketch, mut nodes: Vec<Point>) -> Plan {
    let length = |nodes: &[Point], link: &Link| nodes[link.from].distance(nodes[link.to]);
    let mut order: Vec<usize> = (0..sketch.links.len()).collect();
    order.sort_by(|&a, &b| length(&nodes, &sketch.links[a]).total_cmp(&length(&nodes, &sketch.links[b])));
    for _ in 0..TRIES {
        if let Some(routes) = Scene::new(sketch, &nodes).draw(&order) {
            return Plan { nodes, routes };
        }
        for node in &mut nodes {
            *node = point(node.x * SPREAD, node.y * SPREAD);
        }
    }
    layered::plan(sketch)
}

/// Boxes and what is drawn between them so far.
struct Scene<'a> {
    sketch: &'a Sketch,
    boxes: Vec<Rect>,
    routes: Vec<Option<Route>>,
    /// Where the boxes are, by node; the labels and the lines, by edge.
    box_grid: Grid,
    label_grid: Grid,
    line_grid: Grid,
}

impl<'a> Scene<'a> {
    fn new(sketch: &'a Sketch, nodes: &[Point]) -> Self {
        let boxes: Vec<Rect> =
            nodes.iter().zip(&sketch.nodes).map(|(&center, body)| Rect { center, size: body.size }).collect();
        let area = boxes.iter().copied().reduce(|all, rect| all.union(&rect)).unwrap_or_default();
        let empty = Grid::new(&area);
        let mut box_grid = empty.clone();
        for (node, rect) in boxes.iter().enumerate() {
            box_grid.insert(node, rect);
        }
        let routes = vec![None; sketch.links.len()];
        Self { sketch, boxes, routes, box_grid, label_grid: empty.clone(), line_grid: empty }
    }

    /// Finds a way for each edge; nothing where one has no room for its label.
    fn draw(mut self, order: &[usize]) -> Option<Vec<Route>> {
        for &link in order {
            let route = self.best(link)?;
            self.put(link, route);
        }
        let n_retries = if order.len() > MOST_RETRIED { 0 } else { RETRIES };
        for _ in 0..n_retries {
            for &link in order {
                self.take(link);
                let route = self.best(link)?;
                self.put(link, route);
            }
        }
        self.routes.into_iter().collect()
    }

    fn put(&mut self, link: usize, route: Route) {
        for (from, to) in route.curves.iter().flat_map(short_pieces) {
            self.line_grid.insert(link, &around(from, to));
        }
        self.label_grid.insert(link, &self.label(link, &route));
        self.routes[link] = Some(route);
    }

    fn take(&mut self, link: usize) {
        let Some(route) = self.routes[link].take() else { return };
        for (from, to) in route.curves.iter().flat_map(short_pieces) {
            self.line_grid.remove(link, &around(from, to));
        }
        self.label_grid.remove(link, &self.label(link, &route));
    }

    fn label(&self, link: usize, route: &Route) -> Rect {
        Rect { center: route.label, size: self.sketch.links[link].label }
    }

    /// The cheapest way of an edge among those where its label lies on no box and no label.
    fn best(&self, link: usize) -> Option<Route> {
        let mut best: Option<(f64, Route)> = None;
        let is_better = |best: &Option<(f64, Route)>, cost: f64| best.as_ref().is_none_or(|(least, _)| cost < *least);
        for bow in BOWS {
            if !is_better(&best, bow.abs()) {
                continue;
            }
            let curve = self.curve(link, bow);
            let cost = bow.abs() + self.cost_of_way(link, &curve);
            for part in PARTS {
                let cost = cost + (part - 0.5).abs();
                if !is_better(&best, cost) {
                    continue;
                }
                let route = Route { curves: vec![curve], label: curve.at(part) };
                let label = self.label(link, &route).padded(GAP, GAP);
                if self.is_free(&label) {
                    let cost = cost + self.cost_of_label(&label);
                    if is_better(&best, cost) {
                        best = Some((cost, route));
                    }
                }
            }
        }
        best.map(|(_, route)| route)
    }

    /// What the boxes and labels cost that a curve crosses.
    fn cost_of_way(&self, link: usize, curve: &Curve) -> f64 {
        let Link { from: start, to: end, .. } = self.sketch.links[link];
        let (mut boxes, mut labels) = (Vec::new(), Vec::new());
        for (from, to) in short_pieces(curve) {
            let near = around(from, to);
            let crossed = self.box_grid.near(&near).filter(|&node| self.boxes[node].is_crossed_by(from, to));
            boxes.extend(crossed.filter(|&node| node != start && node != end));
            let label = |other: usize| self.routes[other].as_ref().map(|route| self.label(other, route));
            let others = self.label_grid.near(&near);
            labels.extend(others.filter(|&other| label(other).is_some_and(|label| label.is_crossed_by(from, to))));
        }
        BOX_COST * distinct(boxes) + LABEL_COST * distinct(labels)
    }

    /// What the lines cost that pass under a label.
    fn cost_of_label(&self, label: &Rect) -> f64 {
        let passes = |&line: &usize| {
            let mut curves = self.routes[line].iter().flat_map(|route| &route.curves);
            curves.any(|curve| pieces(curve).any(|(from, to)| label.is_crossed_by(from, to)))
        };
        LINE_COST * distinct(self.line_grid.near(label).filter(passes).collect())
    }

    fn is_free(&self, rect: &Rect) -> bool {
        let label = |other: usize| self.routes[other].as_ref().map(|route| self.label(other, route));
        self.box_grid.near(rect).all(|node| !self.boxes[node].overlaps(rect))
            && self.label_grid.near(rect).all(|other| label(other).is_none_or(|label| !label.overlaps(rect)))
    }

    /// The curve from border to border whose middle is off the straight line by a part of its length.
    fn curve(&self, link: usize, bow: f64) -> Curve {
        let Link { from, to, .. } = self.sketch.links[link];
        let (a, b) = (self.boxes[from].center, self.boxes[to].center);
        // Edges between the same boxes bow to the same side, whichever way they lead.
        let bow = if from < to { bow } else { -bow };
        let control = a.toward(b, 0.5).moved((a.y - b.y) * 2.0 * bow, (b.x - a.x) * 2.0 * bow);
        let border = |node: usize, outside: Point| {
            let center = self.boxes[node].center;
            self.sketch.nodes[node].border(center, center, outside)
        };
        if bow == 0.0 {
            return Curve::line(border(from, b), border(to, a));
        }
        let (from, to) = (border(from, control), border(to, control));
        Curve { from, first: from.toward(control, 2.0 / 3.0), second: to.toward(control, 2.0 / 3.0), to }
    }
}

/// The straight pieces that a curve is taken for: few.
fn pieces(curve: &Curve) -> impl Iterator<Item = (Point, Point)> + use<> {
    divided(*curve, if curve.is_line() { 1.0 } else { PIECES })
}

/// The same in short pieces, so that what is around each is little.
fn short_pieces(curve: &Curve) -> impl Iterator<Item = (Point, Point)> + use<> {
    divided(*curve, (curve.from.distance(curve.to) / LONGEST_PIECE).ceil().max(PIECES))
}

fn divided(curve: Curve, n: f64) -> impl Iterator<Item = (Point, Point)> {
    let places = (0..).map(f64::from).take_while(move |&piece| piece < n);
    places.map(move |piece| (curve.at(piece / n), curve.at((piece + 1.0) / n)))
}

fn around(from: Point, to: Point) -> Rect {
    Rect::spanning(from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y))
}

/// How many different numbers there are.
fn distinct(mut numbers: Vec<usize>) -> f64 {
    numbers.sort_unstable();
    numbers.dedup();
    count(numbers.len())
}

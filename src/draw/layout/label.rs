//! Draws the edges between boxes that are placed: chooses a way for each edge, and a place on it for its label.
//!
//! The shortest edge comes first. Each tries its ways and the places of its label on them, and takes the cheapest: the
//! one that crosses no box and few labels, has few lines under its label, and turns little. A label never lies on a box
//! or on another label. Then each edge tries again, now that the others are known. If an edge finds no place,
//! everything is spread and begun again. If it only finds one under a box, room is made just there.

use super::grid::Grid;
use super::obstacle::{Obstacles, around};
use super::way::{BOX_COST, Way, ways};
use super::{Curve, Link, Plan, Route, Sketch, layered};
use crate::draw::geometry::{Point, Rect, Size, count, point};
use crate::sort;

/// How far from the middle of an edge its label may be, to both sides, as a part of its length, and the number of places
/// on each; and the same where the cheapest there costs this much.
const PARTS: (f64, u32) = (0.35, 7);
const MORE_PARTS: (f64, u32) = (0.45, 20);
const MORE_FROM: f64 = 3.0;
/// What a label on the way and a line under the label count, compared with a bow of the whole length.
const LABEL_COST: f64 = 1.0;
const LINE_COST: f64 = 0.5;
/// How often each edge tries for a better way, and the number of edges beyond which none does, nor looks for more places
/// of its label than it must.
const RETRIES: usize = 2;
const MOST_RETRIED: usize = 2_000;
/// By how much everything is spread where a label finds no place, and how often.
const SPREAD: f64 = 1.06;
const TRIES: usize = 60;
/// How often room is made for edges that would lead under boxes, and the number of edges beyond which it is not.
const WIDENED: usize = 4;
const MOST_WIDENED: usize = 300;
/// Pixels kept free around labels.
const GAP: f64 = 2.0;

/// Draws the edges between boxes that do not overlap. Were there no room after the last spread, which happens only where
/// very many edges join the same boxes, the graph is laid out in layers.
pub(super) fn routes(sketch: &Sketch, mut nodes: Vec<Point>) -> Plan {
    let length = |nodes: &[Point], link: &Link| nodes[link.from].distance(nodes[link.to]);
    let mut order: Vec<usize> = (0..sketch.links.len()).collect();
    sort::by(&mut order, |&a, &b| length(&nodes, &sketch.links[a]).total_cmp(&length(&nodes, &sketch.links[b])));
    let mut best: Option<(usize, Plan)> = None;
    let mut n_widened = 0;
    for _ in 0..TRIES {
        let mut scene = Scene::new(sketch, &nodes);
        if scene.draw(&order).is_none() {
            if best.is_some() {
                break;
            }
            for node in &mut nodes {
                *node = point(node.x * SPREAD, node.y * SPREAD);
            }
            continue;
        }
        let under = scene.under_boxes();
        if best.as_ref().is_none_or(|(least, _)| under.len() < *least) {
            best = Some((under.len(), Plan { nodes: nodes.clone(), routes: scene.routes(), ..Plan::default() }));
        }
        if under.is_empty() || n_widened == WIDENED || sketch.links.len() > MOST_WIDENED {
            break;
        }
        n_widened += 1;
        for link in under {
            widen(&mut nodes, &sketch.links[link]);
        }
    }
    best.map_or_else(|| layered::plan(sketch), |(_, plan)| plan)
}

/// Makes room for the label of an edge: what is on the other side of its middle is moved away, which brings no two boxes
/// closer.
fn widen(nodes: &mut [Point], link: &Link) {
    let (from, to) = (nodes[link.from], nodes[link.to]);
    let middle = from.toward(to, 0.5);
    let is_upright = (from.x - to.x).abs() < (from.y - to.y).abs();
    for node in nodes {
        if is_upright && node.y > middle.y {
            node.y += link.label.height;
        } else if !is_upright && node.x > middle.x {
            node.x += link.label.width / 2.0;
        }
    }
}

/// One of the ways of an edge and the middle of its label.
#[derive(Debug, Clone, Copy)]
struct Choice {
    way: usize,
    label: Point,
}

/// Boxes and what is drawn between them so far.
struct Scene<'a> {
    sketch: &'a Sketch,
    obstacles: Obstacles,
    /// The ways that each edge may take.
    ways: Vec<Vec<Way>>,
    chosen: Vec<Option<Choice>>,
    /// Where the labels and the lines are, by edge.
    label_grid: Grid,
    line_grid: Grid,
}

impl<'a> Scene<'a> {
    fn new(sketch: &'a Sketch, nodes: &[Point]) -> Self {
        let boxes: Vec<Rect> =
            nodes.iter().zip(&sketch.nodes).map(|(&center, body)| Rect { center, size: body.size }).collect();
        let area = boxes.iter().copied().reduce(|all, rect| all.union(&rect)).unwrap_or_default();
        let empty = Grid::new(&area);
        let obstacles = Obstacles::new(boxes, empty.clone());
        let ways = ways(sketch, &obstacles);
        let chosen = vec![None; sketch.links.len()];
        Self { sketch, obstacles, ways, chosen, label_grid: empty.clone(), line_grid: empty }
    }

    /// Finds a way for each edge; nothing where one has no room for its label.
    fn draw(&mut self, order: &[usize]) -> Option<()> {
        for &link in order {
            let choice = self.best(link)?;
            self.put(link, choice);
        }
        let n_retries = if order.len() > MOST_RETRIED { 0 } else { RETRIES };
        for _ in 0..n_retries {
            for &link in order {
                self.take(link);
                let choice = self.best(link)?;
                self.put(link, choice);
            }
        }
        Some(())
    }

    /// The edges that lead under boxes.
    fn under_boxes(&self) -> Vec<usize> {
        let is_under =
            |&link: &usize| self.chosen[link].is_some_and(|choice| self.ways[link][choice.way].cost >= BOX_COST);
        (0..self.chosen.len()).filter(is_under).collect()
    }

    fn routes(self) -> Vec<Route> {
        let route = |(ways, choice): (Vec<Way>, Option<Choice>)| {
            let Choice { way, label } = choice?;
            let curves = ways.into_iter().nth(way)?.curves;
            Some(Route { curves, label })
        };
        self.ways.into_iter().zip(self.chosen).map(|chosen| route(chosen).unwrap_or_default()).collect()
    }

    fn put(&mut self, link: usize, choice: Choice) {
        for piece in self.ways[link][choice.way].line.windows(2) {
            self.line_grid.insert(link, &around(piece[0], piece[1]));
        }
        self.label_grid.insert(link, &self.label(link, choice));
        self.chosen[link] = Some(choice);
    }

    fn take(&mut self, link: usize) {
        let Some(choice) = self.chosen[link].take() else { return };
        for piece in self.ways[link][choice.way].line.windows(2) {
            self.line_grid.remove(link, &around(piece[0], piece[1]));
        }
        self.label_grid.remove(link, &self.label(link, choice));
    }

    fn label(&self, link: usize, choice: Choice) -> Rect {
        Rect { center: choice.label, size: self.sketch.links[link].label }
    }

    /// The cheapest way of an edge among those where its label lies on no box and no label.
    fn best(&self, link: usize) -> Option<Choice> {
        let few = self.cheapest(link, PARTS);
        let enough = if self.chosen.len() > MOST_RETRIED { BOX_COST } else { MORE_FROM };
        if few.is_some_and(|(cost, _)| cost < enough) {
            return few.map(|(_, choice)| choice);
        }
        let many = self.cheapest(link, MORE_PARTS);
        let best = few.into_iter().chain(many).min_by(|(a, _), (b, _)| a.total_cmp(b));
        best.map(|(_, choice)| choice)
    }

    /// The same with its label at some number of places, and what it costs.
    fn cheapest(&self, link: usize, (last, n): (f64, u32)) -> Option<(f64, Choice)> {
        let mut best: Option<(f64, Choice)> = None;
        let is_better = |best: &Option<(f64, Choice)>, cost: f64| best.is_none_or(|(least, _)| cost < least);
        for (number, way) in self.ways[link].iter().enumerate() {
            if !is_better(&best, way.cost) {
                break;
            }
            let cost = way.cost + self.cost_of_labels(&way.line);
            if self.sketch.links[link].label == Size::default() {
                let label = along(&way.curves, 0.5);
                best = best.filter(|&(least, _)| least <= cost).or(Some((cost, Choice { way: number, label })));
                continue;
            }
            // From the middle outward, so that most places are too far to be better.
            for part in (0..=2 * n).map(|place| f64::from(place.div_ceil(2)) * if place % 2 == 0 { 1.0 } else { -1.0 })
            {
                let off = part * last / f64::from(n);
                let cost = cost + off.abs();
                if !is_better(&best, cost) {
                    break;
                }
                let choice = Choice { way: number, label: along(&way.curves, 0.5 + off) };
                let label = self.label(link, choice).padded(GAP, GAP);
                if self.is_free(&label) {
                    let too_much = best.map_or(f64::INFINITY, |(least, _)| least - cost);
                    let cost = cost + self.cost_of_lines(&label, too_much);
                    if is_better(&best, cost) {
                        best = Some((cost, choice));
                    }
                }
            }
        }
        best
    }

    /// What the labels cost that a way leads under.
    fn cost_of_labels(&self, line: &[Point]) -> f64 {
        let label = |other: usize| self.chosen[other].map(|choice| self.label(other, choice));
        let mut labels = Vec::new();
        for piece in line.windows(2) {
            let near = around(piece[0], piece[1]);
            let crossed = |&other: &usize| label(other).is_some_and(|label| label.is_crossed_by(piece[0], piece[1]));
            labels.extend(self.label_grid.near(&near).filter(crossed));
        }
        LABEL_COST * distinct(labels)
    }

    /// What the lines cost that pass under a label, or as much as is too much.
    fn cost_of_lines(&self, label: &Rect, too_much: f64) -> f64 {
        let passes = |line: usize| {
            let way = self.chosen[line].and_then(|choice| self.ways[line].get(choice.way));
            way.is_some_and(|way| way.line.windows(2).any(|piece| label.is_crossed_by(piece[0], piece[1])))
        };
        let mut lines: Vec<usize> = self.line_grid.near(label).collect();
        lines.sort_unstable();
        lines.dedup();
        let mut cost = 0.0;
        for line in lines {
            if cost >= too_much {
                break;
            }
            cost += if passes(line) { LINE_COST } else { 0.0 };
        }
        cost
    }

    fn is_free(&self, rect: &Rect) -> bool {
        let label = |other: usize| self.chosen[other].map(|choice| self.label(other, choice));
        self.obstacles.is_free(rect)
            && self.label_grid.near(rect).all(|other| label(other).is_none_or(|label| !label.overlaps(rect)))
    }
}

/// Where a part of a way lies. A curve counts as long as its ends are apart.
fn along(curves: &[Curve], part: f64) -> Point {
    let length = |curve: &Curve| curve.from.distance(curve.to);
    let mut left = part * curves.iter().map(length).sum::<f64>();
    for curve in curves {
        if left <= length(curve) {
            return curve.at(left / length(curve).max(1e-9));
        }
        left -= length(curve);
    }
    curves.last().map_or_else(Point::default, |curve| curve.to)
}

/// How many different numbers there are.
fn distinct(mut numbers: Vec<usize>) -> f64 {
    numbers.sort_unstable();
    numbers.dedup();
    count(numbers.len())
}

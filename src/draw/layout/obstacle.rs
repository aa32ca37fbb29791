//! The boxes that a line must not pass under, and the shortest way around them.

use super::Curve;
use super::grid::Grid;
use crate::draw::geometry::{Point, Rect, point};

/// Pixels that a line keeps from the boxes that it passes, and from the corners that it is led around.
const GAP: f64 = 3.0;
const CORNER_GAP: f64 = 8.0;
/// What rounding may take from a gap.
const ROUNDING: f64 = 0.01;
/// How far a curve may be off the straight pieces that it is taken for, and how long one may be when what is near it is
/// sought.
const PRECISION: f64 = 1.0;
const LONGEST_PIECE: f64 = 120.0;
/// The number of places that a way around is continued from before it is given up.
const MOST_STEPS: usize = 200;

/// Boxes, to be found by where they are.
pub(super) struct Obstacles {
    pub(super) boxes: Vec<Rect>,
    grid: Grid,
}

/// A corner of a box: the box, and whether it is at the right and at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Corner {
    node: usize,
    is_right: bool,
    is_low: bool,
}

/// A place on a way around: where it is, its corner, the place before it, and the length of the way so far.
struct Step {
    place: Point,
    corner: Option<Corner>,
    before: usize,
    length: f64,
    is_done: bool,
}

impl Obstacles {
    pub(super) fn new(boxes: Vec<Rect>, mut empty: Grid) -> Self {
        for (node, rect) in boxes.iter().enumerate() {
            empty.insert(node, rect);
        }
        Self { boxes, grid: empty }
    }

    /// Tells whether no box lies on a rectangle.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        self.grid.near(rect).all(|node| !self.boxes[node].overlaps(rect))
    }

    /// Returns the number of boxes, other than the two that it joins, that a line passes under or too close by.
    pub(super) fn n_under(&self, line: &[Point], ends: [usize; 2]) -> usize {
        let mut boxes: Vec<usize> =
            line.windows(2).flat_map(|piece| self.under(piece[0], piece[1], GAP, ends)).collect();
        boxes.sort_unstable();
        boxes.dedup();
        boxes.len()
    }

    /// The boxes other than two that a short straight line passes under or closer than a gap, some more than once.
    fn under(&self, from: Point, to: Point, gap: f64, ends: [usize; 2]) -> Vec<usize> {
        let near = around(from, to).padded(gap, gap);
        let gap = gap - ROUNDING;
        let near = self.grid.near(&near);
        let others = near.filter(|node| !ends.contains(node));
        others.filter(|&node| self.boxes[node].padded(gap, gap).is_crossed_by(from, to)).collect()
    }

    /// The first boxes, other than two, in the way of a straight line.
    fn in_way(&self, from: Point, to: Point, ends: [usize; 2]) -> Vec<usize> {
        let line = polyline(&[Curve::line(from, to)]);
        let mut under = line.windows(2).map(|piece| self.under(piece[0], piece[1], CORNER_GAP, ends));
        under.find(|boxes| !boxes.is_empty()).unwrap_or_default()
    }

    /// Returns a place off a corner, farther from its box by some pixels than a line must be.
    pub(super) fn place(&self, corner: Corner, farther: f64) -> Point {
        let rect = self.boxes[corner.node].padded(CORNER_GAP + farther, CORNER_GAP + farther);
        let x = if corner.is_right { rect.right() } else { rect.left() };
        let y = if corner.is_low { rect.bottom() } else { rect.top() };
        point(x, y)
    }

    /// Returns the corners that a short way between the middles of two boxes leads around, or nothing where it is long to
    /// find. Corners are tried only of boxes that are in the way (A*).
    pub(super) fn corners_between(&self, ends: [usize; 2]) -> Option<Vec<Corner>> {
        let [start, goal] = ends.map(|node| self.boxes[node].center);
        let mut steps = vec![Step { place: start, corner: None, before: 0, length: 0.0, is_done: false }];
        for _ in 0..MOST_STEPS {
            let total = |step: &Step| step.length + step.place.distance(goal);
            let open = (0..steps.len()).filter(|&at| !steps[at].is_done);
            let at = open.min_by(|&a, &b| total(&steps[a]).total_cmp(&total(&steps[b])))?;
            if at > 0 && steps[at].corner.is_none() {
                return Some(self.tightened(&steps, at, ends));
            }
            steps[at].is_done = true;
            let (place, length) = (steps[at].place, steps[at].length);
            for (next, corner) in self.seen_from(place, goal, ends) {
                let step =
                    Step { place: next, corner, before: at, length: length + place.distance(next), is_done: false };
                match steps.iter_mut().find(|other| other.place == next) {
                    Some(other) if other.length <= step.length => {}
                    Some(other) => *other = step,
                    None => steps.push(step),
                }
            }
        }
        None
    }

    /// The goal where it can be reached straight from a place; else the corners that can of the boxes in the way.
    fn seen_from(&self, place: Point, goal: Point, ends: [usize; 2]) -> Vec<(Point, Option<Corner>)> {
        let (mut seen, mut tried, mut targets) = (Vec::new(), Vec::new(), vec![(goal, None)]);
        while let Some((target, corner)) = targets.pop() {
            let in_way = self.in_way(place, target, ends);
            if in_way.is_empty() && target != place {
                seen.push((target, corner));
            }
            for node in in_way {
                if !tried.contains(&node) {
                    tried.push(node);
                    let corners = [(false, false), (true, false), (true, true), (false, true)];
                    let corners = corners.map(|(is_right, is_low)| Corner { node, is_right, is_low });
                    targets.extend(corners.map(|corner| (self.place(corner, 0.0), Some(corner))));
                }
            }
        }
        seen
    }

    /// The corners on the way to a place, without those that can be left out.
    fn tightened(&self, steps: &[Step], last: usize, ends: [usize; 2]) -> Vec<Corner> {
        let (mut way, mut at) = (vec![last], last);
        while at != 0 {
            at = steps[at].before;
            way.push(at);
        }
        way.reverse();
        let mut at = 1;
        while at + 1 < way.len() {
            if self.in_way(steps[way[at - 1]].place, steps[way[at + 1]].place, ends).is_empty() {
                way.remove(at);
            } else {
                at += 1;
            }
        }
        way.into_iter().filter_map(|at| steps[at].corner).collect()
    }
}

/// The places between which a curve is nearly straight. They are close together, so that few boxes are near two of
/// them.
pub(super) fn polyline(curves: &[Curve]) -> Vec<Point> {
    let mut line: Vec<Point> = curves.iter().take(1).map(|curve| curve.from).collect();
    for curve in curves {
        let n = n_pieces(curve);
        line.extend((1..).map(f64::from).take_while(|&piece| piece <= n).map(|piece| curve.at(piece / n)));
    }
    line
}

/// The number of pieces of a curve that are straight, nearly: by the second differences of its control points.
fn n_pieces(curve: &Curve) -> f64 {
    let bend = |a: Point, b: Point, c: Point| point(a.x + c.x, a.y + c.y).distance(point(2.0 * b.x, 2.0 * b.y));
    let most = bend(curve.from, curve.first, curve.second).max(bend(curve.first, curve.second, curve.to));
    let most = if curve.is_line() { 0.0 } else { most };
    (0.75 * most / PRECISION).sqrt().max(curve.from.distance(curve.to) / LONGEST_PIECE).ceil().max(1.0)
}

pub(super) fn around(from: Point, to: Point) -> Rect {
    Rect::spanning(from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y))
}

//! Takes crossings out of a layout: node after node moves to where its lines cross fewest others.
//!
//! A move is kept if it costs less: crossings, boxes on lines, boxes that overlap and long lines count, each so much. At
//! first a little more is taken too, so that a bad start is left ([threshold
//! accepting](https://doi.org/10.1016/0021-9991(90)90201-B)). All within a rectangle, so that the picture fills a page.

use super::random::Random;
use super::spans::{Span, Spans};
use super::{Link, Sketch};
use crate::draw::geometry::{Point, Rect, Size, count, point};

/// The most looks at a line or a box in all, so that a large graph does not take long.
const LOOKS: usize = 30_000_000;
/// The most rounds over all nodes, and the places that each tries in one.
const ROUNDS: usize = 60;
const TRIES: usize = 6;
/// What a box on a line, boxes that overlap, and a line as long as the picture count, compared with a crossing.
const BOX_COST: f64 = 2.5;
const OVERLAP_COST: f64 = 30.0;
const LENGTH_COST: f64 = 3.0;
/// How much worse a move may be in the first round.
const THRESHOLD: f64 = 1.5;
/// How far a node may move in the last round, and up to which reach at first no move may be worse.
const LEAST_REACH: f64 = 0.03;
const FINE: f64 = 0.2;
/// Pixels kept free around boxes, across and down.
const GAP: (f64, f64) = (12.0, 9.0);

/// What a move is judged by.
struct Scene<'a> {
    sketch: &'a Sketch,
    sizes: &'a [Size],
    /// The links of each node.
    links_of: Vec<Vec<usize>>,
    /// What lines and boxes take up; of a node that is being moved, what they did before.
    lines: Spans,
    boxes: Spans,
    /// The length of a long line.
    unit: f64,
    /// How far a node may move at first, as a part of the area.
    reach: f64,
    looks: usize,
}

/// Moves nodes within an area, at first as far as a part of it. About O(e²) for each round.
pub(super) fn untangle(sketch: &Sketch, places: &mut [Point], sizes: &[Size], area: &Rect, reach: f64) {
    let n = places.len();
    let mut links_of = vec![Vec::new(); n];
    for (number, link) in sketch.links.iter().enumerate() {
        links_of[link.from].push(number);
        links_of[link.to].push(number);
    }
    let unit = area.size.width.max(area.size.height).max(1.0);
    let lines = Spans::new(sketch.links.iter().map(|link| Span::line(places[link.from], places[link.to])));
    let boxes = Spans::new(places.iter().zip(sizes).map(|(&center, &size)| Span::around(&Rect { center, size })));
    let mut scene = Scene { sketch, sizes, links_of, lines, boxes, unit, reach, looks: 0 };
    let mut random = Random::new(0x7A17);
    let mut order: Vec<usize> = (0..n).collect();
    // How many rounds there will be is known before, so that the last ones are the careful ones.
    let per_round: usize = TRIES * (0..n).map(|node| scene.looks_at(node)).sum::<usize>().max(1);
    let rounds = (LOOKS / per_round).clamp(1, ROUNDS);
    for round in 0..rounds {
        random.shuffle(&mut order);
        let left = 1.0 - count(round) / count(rounds);
        for &node in &order {
            scene.improve(node, places, &mut random, area, left);
        }
        if scene.looks > LOOKS {
            break;
        }
    }
}

impl Scene<'_> {
    /// About how much is looked at to judge a place of a node.
    fn looks_at(&self, node: usize) -> usize {
        let (n, e) = (self.sizes.len(), self.sketch.links.len());
        self.links_of[node].len() * (n + e) + n + e
    }

    /// Tries some places for a node, and puts it where it costs least. Early ones may be far away.
    fn improve(&mut self, node: usize, places: &mut [Point], random: &mut Random, area: &Rect, left: f64) {
        let start = places[node];
        let now = self.cost(node, places, f64::INFINITY);
        let mut best: Option<(f64, Point)> = None;
        let reach = LEAST_REACH + (self.reach - LEAST_REACH) * left * left;
        let middle = self.middle(node, places);
        for attempt in 0..TRIES {
            let around = if attempt % 3 == 2 { middle } else { start };
            let (x, y) = (random.unit() - 0.5, random.unit() - 0.5);
            let place = around.moved(x * reach * area.size.width, y * reach * area.size.height);
            places[node] = within(place, self.sizes[node], area);
            let worse = if self.reach > FINE { THRESHOLD * left * left * random.unit() } else { 0.0 };
            let limit = best.map_or(now + worse, |(cost, _)| cost);
            let cost = self.cost(node, places, limit);
            if cost < limit {
                best = Some((cost, places[node]));
            }
        }
        places[node] = best.map_or(start, |(_, place)| place);
        if best.is_some() {
            self.boxes.set(node, Span::around(&Rect { center: places[node], size: self.sizes[node] }));
            for &link in &self.links_of[node] {
                let Link { from, to, .. } = self.sketch.links[link];
                self.lines.set(link, Span::line(places[from], places[to]));
            }
        }
    }

    /// The middle of those that a node is linked with.
    fn middle(&self, node: usize, places: &[Point]) -> Point {
        let links = &self.links_of[node];
        let others = links.iter().map(|&link| places[self.other(link, node)]);
        let n = count(links.len()).max(1.0);
        if links.is_empty() {
            return places[node];
        }
        others.fold(Point::default(), |sum, place| sum.moved(place.x / n, place.y / n))
    }

    fn other(&self, link: usize, node: usize) -> usize {
        let link = &self.sketch.links[link];
        if link.from == node { link.to } else { link.from }
    }

    /// What the place of a node costs, or more than a limit where it costs more.
    fn cost(&mut self, node: usize, places: &[Point], limit: f64) -> f64 {
        let mut cost = self.cost_of_box(node, places, limit);
        for at in 0..self.links_of[node].len() {
            if cost > limit {
                return cost;
            }
            cost += self.cost_of_line(self.links_of[node][at], node, places, limit - cost);
        }
        cost
    }

    /// Boxes that the node's box overlaps, and lines that lead under it.
    fn cost_of_box(&mut self, node: usize, places: &[Point], limit: f64) -> f64 {
        self.looks += places.len() + self.sketch.links.len();
        let own = Rect { center: places[node], size: self.sizes[node] }.padded(GAP.0, GAP.1);
        let mut cost = 0.0;
        for other in self.boxes.near(Span::around(&own)) {
            if other != node && own.overlaps(&Rect { center: places[other], size: self.sizes[other] }) {
                cost += OVERLAP_COST;
            }
        }
        if cost > limit {
            return cost;
        }
        let own = own.padded(-GAP.0 / 2.0, -GAP.1 / 2.0);
        for link in self.lines.near(Span::around(&own)) {
            let link = &self.sketch.links[link];
            if link.from != node && link.to != node && own.is_crossed_by(places[link.from], places[link.to]) {
                cost += BOX_COST;
                if cost > limit {
                    return cost;
                }
            }
        }
        cost
    }

    /// Lines that one of the node's crosses, boxes that it leads under, and its length.
    fn cost_of_line(&mut self, link: usize, node: usize, places: &[Point], limit: f64) -> f64 {
        self.looks += places.len() + self.sketch.links.len();
        let other = self.other(link, node);
        let (from, to) = (places[node], places[other]);
        let mut cost = LENGTH_COST * from.distance(to) / self.unit;
        let span = Span::line(from, to);
        for crossed in self.lines.near(span) {
            let Link { from: one, to: another, .. } = self.sketch.links[crossed];
            let ends = [one, another];
            if !ends.contains(&node) && !ends.contains(&other) && cross(from, to, places[ends[0]], places[ends[1]]) {
                cost += 1.0;
                if cost > limit {
                    return cost;
                }
            }
        }
        let (x, y) = (GAP.0 / 2.0, GAP.1 / 2.0);
        let wider = Span { left: span.left - x, right: span.right + x, top: span.top - y, bottom: span.bottom + y };
        for third in self.boxes.near(wider) {
            let rect = Rect { center: places[third], size: self.sizes[third] }.padded(x, y);
            if third != node && third != other && rect.is_crossed_by(from, to) {
                cost += BOX_COST;
            }
        }
        cost
    }
}

/// The nearest place at which a box is in an area.
fn within(place: Point, size: Size, area: &Rect) -> Point {
    let (half_x, half_y) = (size.width / 2.0, size.height / 2.0);
    let clamped = |value: f64, least: f64, most: f64| value.min(most).max(least);
    let x = clamped(place.x, area.left() + half_x, area.right() - half_x);
    let y = clamped(place.y, area.top() + half_y, area.bottom() - half_y);
    point(x, y)
}

/// Tells whether two straight lines cross.
pub(super) fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    if a.x.max(b.x) < c.x.min(d.x)
        || c.x.max(d.x) < a.x.min(b.x)
        || a.y.max(b.y) < c.y.min(d.y)
        || c.y.max(d.y) < a.y.min(b.y)
    {
        return false;
    }
    let side = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;
    use crate::draw::Shape;
    use crate::draw::geometry::size;

    #[test]
    fn lines_that_need_not_cross_no_longer_do() {
        let body = Body { size: size(40.0, 20.0), ..Body::of(Shape::Box) };
        let link = |(from, to)| Link { from, to, label: Size::default() };
        let links: Vec<_> = [(0, 3), (1, 2), (0, 1), (2, 3)].into_iter().map(link).collect();
        let sketch = Sketch { nodes: vec![body; 4], links };
        let mut places = vec![point(0.0, 0.0), point(400.0, 0.0), point(0.0, 300.0), point(400.0, 300.0)];
        let area = Rect::spanning(-20.0, -20.0, 420.0, 320.0);
        assert!(cross(places[0], places[3], places[1], places[2]));
        untangle(&sketch, &mut places, &[size(40.0, 20.0); 4], &area, 0.44);
        assert!(!cross(places[0], places[3], places[1], places[2]), "{places:?}");
        assert!(
            places.iter().all(|place| area.padded(1.0, 1.0).union(&Rect { center: *place, size: Size::default() })
                == area.padded(1.0, 1.0))
        );
    }

    #[test]
    fn lines_with_a_common_end_do_not_cross() {
        let (a, b, c) = (point(0.0, 0.0), point(2.0, 2.0), point(0.0, 2.0));
        assert!(!cross(a, b, a, c));
        assert!(cross(a, b, c, point(2.0, 0.0)));
    }
}

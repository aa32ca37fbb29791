//! The ways that a line between two boxes may take: straight, a little bowed, or around what is between them.

use std::collections::BTreeMap;

use super::obstacle::{Corner, Obstacles, polyline};
use super::{Body, Curve, Link, Sketch};
use crate::draw::geometry::{Point, count, point};
use crate::sort;

/// How far the middle of a line may be off the straight line, as a part of its length: the nearest first.
const BOWS: [f64; 9] = [0.0, 0.07, -0.07, 0.15, -0.15, 0.24, -0.24, 0.34, -0.34];
/// What a box on the way counts, compared with a bow of the whole length: more than all labels together.
pub(super) const BOX_COST: f64 = 100.0;
/// What a turn by one radian on the way around boxes counts, about as much as in a bow.
const TURN_COST: f64 = 0.14;
/// How far from a corner a line begins to turn, as a part of the way to the next, and what it counts to begin later than
/// at the first: wide curves are calm, but not all have room.
const ROUNDINGS: [f64; 4] = [0.5, 0.3, 0.15, 0.05];
const SHARP_COST: f64 = 0.5;
/// How many pixels farther from a corner than it must a line may be, and what it counts to be where another may be.
const LANES: [f64; 3] = [0.0, 5.0, 10.0];
const LANE_COST: f64 = 0.1;
/// The least distance in pixels between the ends of the first and last curves, so that an arrowhead has room.
const ARROW_ROOM: f64 = 8.5;

/// A way and what it costs, labels aside.
pub(super) struct Way {
    pub(super) curves: Vec<Curve>,
    /// The same as straight pieces.
    pub(super) line: Vec<Point>,
    pub(super) cost: f64,
}

/// Returns the ways of all lines, each the cheapest first.
pub(super) fn ways(sketch: &Sketch, obstacles: &Obstacles) -> Vec<Vec<Way>> {
    let mut used = BTreeMap::new();
    let ways = sketch.links.iter().map(|link| {
        let mut ways = bows(sketch, obstacles, link);
        if ways[0].cost >= BOX_COST {
            ways.extend(detour(sketch, obstacles, link, &mut used));
        }
        sort::by(&mut ways, |a, b| a.cost.total_cmp(&b.cost));
        ways
    });
    ways.collect()
}

/// The straight way, and others that are bowed.
fn bows(sketch: &Sketch, obstacles: &Obstacles, link: &Link) -> Vec<Way> {
    let ends = [link.from, link.to];
    let (centers, bodies) = (ends.map(|node| obstacles.boxes[node].center), ends.map(|node| &sketch.nodes[node]));
    // Lines between the same boxes bow to the same side, whichever way they lead.
    let side = if link.from < link.to { 1.0 } else { -1.0 };
    let bows = BOWS.iter().map(|&bow| {
        let curves = vec![bowed(bodies, centers, side * bow)];
        let places = polyline(&curves);
        let cost = bow.abs() + BOX_COST * count(obstacles.n_under(&places, ends));
        Way { curves, line: places, cost }
    });
    bows.collect()
}

/// A way around all boxes, where one is found: as wide as it can, beside those that lead around the same corners.
fn detour(sketch: &Sketch, obstacles: &Obstacles, link: &Link, used: &mut BTreeMap<Corner, usize>) -> Option<Way> {
    let ends = [link.from, link.to];
    let (centers, bodies) = (ends.map(|node| obstacles.boxes[node].center), ends.map(|node| &sketch.nodes[node]));
    let corners = obstacles.corners_between(ends)?;
    let lane = corners.iter().map(|corner| used.get(corner).copied().unwrap_or(0)).max().unwrap_or(0);
    let mut ways = Vec::new();
    for (at, farther) in LANES.into_iter().enumerate() {
        let places: Vec<_> = corners.iter().map(|&corner| obstacles.place(corner, farther)).collect();
        let lane_cost = if at == lane % LANES.len() { 0.0 } else { LANE_COST };
        for part in ROUNDINGS {
            let curves = led_around(bodies, centers, &places, part);
            let cost = TURN_COST * turning(&curves) + SHARP_COST * (ROUNDINGS[0] - part) + lane_cost;
            ways.push((cost, curves));
        }
    }
    sort::by(&mut ways, |(a, _), (b, _)| a.total_cmp(b));
    for &corner in &corners {
        *used.entry(corner).or_default() += 1;
    }
    let mut ways = ways.into_iter().filter(|(_, curves)| ends_at_length(curves));
    ways.find_map(|(cost, curves)| {
        let places = polyline(&curves);
        (obstacles.n_under(&places, ends) == 0).then_some(Way { curves, line: places, cost })
    })
}

/// Tells whether the first and last curves are long enough for an arrowhead.
fn ends_at_length(curves: &[Curve]) -> bool {
    let ends = curves.first().into_iter().chain(curves.last());
    ends.into_iter().all(|curve| curve.from.distance(curve.to) > ARROW_ROOM)
}

/// The curve from border to border whose middle is off the straight line by a part of its length.
fn bowed([from, to]: [&Body; 2], [a, b]: [Point; 2], bow: f64) -> Curve {
    if bow == 0.0 {
        return Curve::line(from.border(a, a, b), to.border(b, b, a));
    }
    let control = a.toward(b, 0.5).moved((a.y - b.y) * 2.0 * bow, (b.x - a.x) * 2.0 * bow);
    bent(from.border(a, a, control), control, to.border(b, b, control))
}

/// A line that turns toward a point and from there to its end.
fn bent(from: Point, control: Point, to: Point) -> Curve {
    Curve { from, first: from.toward(control, 2.0 / 3.0), second: to.toward(control, 2.0 / 3.0), to }
}

/// The curves from border to border through some corners; there, they lead to both sides half.
fn led_around([from, to]: [&Body; 2], [a, b]: [Point; 2], corners: &[Point], part: f64) -> Vec<Curve> {
    let places: Vec<Point> = [a].into_iter().chain(corners.iter().copied()).chain([b]).collect();
    let turns: Vec<[Point; 2]> = places.windows(3).map(|near| handles([near[0], near[1], near[2]], part)).collect();
    let (Some(first), Some(last)) = (turns.first(), turns.last()) else { return vec![bowed([from, to], [a, b], 0.0)] };
    let mut curves = vec![bent(from.border(a, a, first[0]), first[0], corners[0])];
    for (at, pair) in turns.windows(2).enumerate() {
        curves.push(Curve { from: corners[at], first: pair[0][1], second: pair[1][0], to: corners[at + 1] });
    }
    curves.push(bent(corners[corners.len() - 1], last[1], to.border(b, b, last[1])));
    curves
}

/// The points before and after a corner through which a curve leads straight.
fn handles([before, corner, after]: [Point; 3], part: f64) -> [Point; 2] {
    let (come, go) = (before.distance(corner).max(1e-9), corner.distance(after).max(1e-9));
    let x = (corner.x - before.x) / come + (after.x - corner.x) / go;
    let y = (corner.y - before.y) / come + (after.y - corner.y) / go;
    let length = point(x, y).distance(Point::default()).max(1e-9);
    let (x, y) = (x / length, y / length);
    [corner.moved(-x * come * part, -y * come * part), corner.moved(x * go * part, y * go * part)]
}

/// How far a line turns, to all sides together: nearly in radians, where it turns a little at a time.
fn turning(curves: &[Curve]) -> f64 {
    let places: Vec<Point> =
        curves.iter().flat_map(|curve| [curve.from, curve.first, curve.second, curve.to]).collect();
    let ways = places.windows(2).map(|pair| point(pair[1].x - pair[0].x, pair[1].y - pair[0].y));
    let lengths = ways.map(|way| (way, way.distance(Point::default())));
    let ways: Vec<Point> = lengths
        .filter(|&(_, length)| length > 1e-9)
        .map(|(way, length)| point(way.x / length, way.y / length))
        .collect();
    ways.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
}

#[cfg(test)]
mod tests {
    use super::super::grid::Grid;
    use super::*;
    use crate::draw::Shape;
    use crate::draw::geometry::{Rect, Size, size};

    /// Boxes around these middles, and lines between the first two.
    fn cheapest(places: &[Point], n_links: usize) -> (Obstacles, Vec<Way>) {
        let body = Body { size: size(100.0, 40.0), ..Body::of(Shape::Box) };
        let link = Link { from: 0, to: 1, label: Size::default() };
        let sketch = Sketch { nodes: vec![body; places.len()], links: vec![link; n_links] };
        let boxes: Vec<Rect> = places.iter().map(|&center| Rect { center, size: body.size }).collect();
        let area = boxes.iter().copied().reduce(|all, rect| all.union(&rect)).unwrap();
        let obstacles = Obstacles::new(boxes, Grid::new(&area));
        let ways = ways(&sketch, &obstacles).into_iter().filter_map(|ways| ways.into_iter().next()).collect();
        (obstacles, ways)
    }

    #[test]
    fn a_line_is_straight_where_nothing_is_between() {
        let (_, ways) = cheapest(&[point(0.0, 0.0), point(600.0, 50.0), point(300.0, 200.0)], 1);
        assert!(ways[0].curves.len() == 1 && ways[0].curves[0].is_line());
    }

    #[test]
    fn lines_lead_through_the_gap_of_a_wall_each_at_its_place() {
        let wall = (-9..=10).map(|row| point(600.0, 60.0 * f64::from(row) - 10.0));
        let places: Vec<Point> = [point(0.0, 0.0), point(1200.0, 0.0)].into_iter().chain(wall).collect();
        let (obstacles, ways) = cheapest(&places, 2);
        for way in &ways {
            assert_eq!(obstacles.n_under(&way.line, [0, 1]), 0);
            assert!(way.line.iter().all(|place| place.y.abs() < 60.0), "{:?}", way.line);
        }
    }

    #[test]
    fn lines_around_the_same_corner_are_seen_beside_each_other() {
        let wall = (-20..=1).map(|row| point(600.0, 60.0 * f64::from(row)));
        let places: Vec<Point> = [point(0.0, 0.0), point(1200.0, 0.0)].into_iter().chain(wall).collect();
        let (_, ways) = cheapest(&places, 3);
        let lowest = ways.iter().map(|way| way.line.iter().map(|place| place.y).fold(0.0, f64::max));
        let mut lowest: Vec<f64> = lowest.collect();
        sort::by(&mut lowest, f64::total_cmp);
        assert!(lowest.windows(2).all(|pair| pair[1] - pair[0] > 2.0), "{lowest:?}");
    }
}

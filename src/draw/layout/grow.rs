//! A layout that grows: what was there keeps its place, and what is new finds one near to what it is linked with.
//!
//! The first picture is laid out by forces. Then each new node takes the best free place around those of its neighbours
//! that have one: short lines, that run under no box. No box is moved for a new one, so that a reader who knows a picture
//! knows the next one.

use std::collections::BTreeMap;
use std::f64::consts::FRAC_1_SQRT_2;

use super::measure::{Measured, Ruler};
use super::separate::keep_apart;
use super::untangle::cross;
use super::{Layout, Room, Sketch, finish, force, label, pack};
use crate::draw::Diagram;
use crate::draw::geometry::{Point, Rect, Size, count, point};
use crate::sort;

/// How much wider than high the picture grows.
const ASPECT: f64 = 1.45;
/// Pixels that are kept free between boxes, across and down.
const GAP: (f64, f64) = (28.0, 20.0);
/// Pixels between boxes below which one of them has become too large for where they are.
const HAIR: (f64, f64) = (1.0, 1.0);
/// Places that are tried around a neighbour: on rings so many pixels apart, in sixteen directions, of which these are a
/// quarter. Written out, because sines are not the same on every machine.
const RINGS: usize = 12;
const RING: f64 = 70.0;
const QUARTER: [(f64, f64); 4] =
    [(1.0, 0.0), (0.923_879_5, 0.382_683_4), (FRAC_1_SQRT_2, FRAC_1_SQRT_2), (0.382_683_4, 0.923_879_5)];
/// Around how many neighbours places are tried.
const ANCHORS: usize = 3;
/// What a box under a line counts in pixels of lines, and a line that is crossed.
const UNDER: f64 = 240.0;
const CROSSED: f64 = 60.0;
/// The most lines with which crossings are counted; beyond, only boxes are.
const MOST_COUNTED: usize = 400;

/// Lays out the last of some diagrams so that the nodes that it has in common with the one before are where they were
/// there, and so on from the first. O(steps · nodes · links), at most.
///
/// Returns nothing of no diagram.
#[must_use]
pub(crate) fn layout_grown(diagrams: &[Diagram]) -> Option<Layout> {
    let mut known: BTreeMap<&str, Point> = BTreeMap::new();
    let mut last: Option<(&Diagram, Measured, Vec<Point>)> = None;
    let mut ruler = Ruler::default();
    for diagram in diagrams {
        let measured = ruler.measure(diagram);
        let places = Growth::new(&measured.sketch).places(|node| known.get(diagram.nodes[node].id.as_str()).copied());
        known = diagram.nodes.iter().map(|node| node.id.as_str()).zip(places.iter().copied()).collect();
        last = Some((diagram, measured, places));
    }
    let (diagram, measured, places) = last?;
    let plan = label::routes(&measured.sketch, places);
    Some(finish(diagram, &measured, plan))
}

/// The places of a first picture: each connected part by forces, side by side.
fn first(sketch: &Sketch) -> Vec<Point> {
    let parts = pack::parts(sketch).into_iter().map(|part| {
        let plan = force::plan(&sketch.part(&part), ASPECT, Room::Ample);
        (part, plan)
    });
    pack::pack(sketch, parts.collect(), ASPECT).nodes
}

/// What has a place already, and where there is room for more.
struct Growth<'s> {
    sketch: &'s Sketch,
    neighbours: Vec<Vec<usize>>,
    places: Vec<Option<Point>>,
    lines: Vec<(usize, usize)>,
}

impl<'s> Growth<'s> {
    fn new(sketch: &'s Sketch) -> Self {
        Self { sketch, neighbours: sketch.neighbours(), places: vec![None; sketch.nodes.len()], lines: Vec::new() }
    }

    /// Returns a place for each node, those that are known as they are.
    fn places(mut self, known: impl Fn(usize) -> Option<Point>) -> Vec<Point> {
        self.places = (0..self.sketch.nodes.len()).map(known).collect();
        if self.places.iter().all(Option::is_none) {
            return first(self.sketch);
        }
        self.make_room();
        let drawn = |&&(from, to): &&(usize, usize)| self.places[from].is_some() && self.places[to].is_some();
        let ends: Vec<(usize, usize)> = self.sketch.links.iter().map(|link| (link.from, link.to)).collect();
        self.lines = ends.iter().filter(drawn).copied().collect();
        while let Some(node) = self.next() {
            self.places[node] = Some(self.best(node));
            let placed = self.neighbours[node].iter().filter(|&&other| self.places[other].is_some());
            self.lines.extend(placed.map(|&other| (node, other)));
        }
        self.places.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Moves those apart that have a place and overlap: a node is larger where it has more of the links in a picture.
    fn make_room(&mut self) {
        let (nodes, boxes): (Vec<usize>, Vec<Rect>) = self.boxes().unzip();
        let (mut places, sizes): (Vec<Point>, Vec<Size>) = boxes.iter().map(|rect| (rect.center, rect.size)).unzip();
        keep_apart(&mut places, &sizes, HAIR);
        for (node, place) in nodes.into_iter().zip(places) {
            self.places[node] = Some(place);
        }
    }

    /// The node that is placed next: the one with most neighbours in place.
    fn next(&self) -> Option<usize> {
        let waiting = (0..self.places.len()).filter(|&node| self.places[node].is_none());
        waiting.max_by_key(|&node| (self.anchors(node).count(), std::cmp::Reverse(node)))
    }

    /// The places of the neighbours that have one.
    fn anchors(&self, node: usize) -> impl Iterator<Item = Point> {
        self.neighbours[node].iter().filter_map(|&other| self.places[other])
    }

    /// The cheapest free place for a node.
    fn best(&self, node: usize) -> Point {
        let all = self.bounds();
        let mut anchors: Vec<Point> = self.anchors(node).collect();
        let middle = mean(&anchors).unwrap_or(all.center);
        anchors.truncate(ANCHORS);
        if anchors.len() != 1 {
            anchors.push(middle);
        }
        let outward = point(middle.x - all.center.x, middle.y - all.center.y);
        for reach in 1.. {
            let mut best: Option<(f64, Point)> = None;
            for place in anchors.iter().flat_map(|&anchor| around(anchor, outward, reach)) {
                let most = best.map_or(f64::INFINITY, |(cost, _)| cost);
                if self.is_free(node, place)
                    && let Some(cost) = self.cost(node, place, all, most)
                {
                    best = Some((cost, place));
                }
            }
            if let Some((_, place)) = best {
                return place;
            }
        }
        middle
    }

    /// The boxes that have a place, with the numbers of their nodes.
    fn boxes(&self) -> impl Iterator<Item = (usize, Rect)> {
        let placed = self.places.iter().zip(&self.sketch.nodes).enumerate();
        placed.filter_map(|(node, (place, body))| Some((node, Rect { center: (*place)?, size: body.size })))
    }

    fn bounds(&self) -> Rect {
        self.boxes().map(|(_, rect)| rect).reduce(|all, one| all.union(&one)).unwrap_or_default()
    }

    /// Tells whether a node at a place is on no other.
    fn is_free(&self, node: usize, place: Point) -> bool {
        let rect = Rect { center: place, size: self.sketch.nodes[node].size }.padded(GAP.0, GAP.1);
        !self.boxes().any(|(_, other)| rect.overlaps(&other))
    }

    /// What the lines of a node at a place cost, if it is less than that much: how long they are, what they run under and
    /// cross. To be far from the middle of the picture costs a little.
    fn cost(&self, node: usize, place: Point, all: Rect, most: f64) -> Option<f64> {
        let away = point((place.x - all.center.x) / ASPECT, place.y - all.center.y);
        let ends = || self.neighbours[node].iter().filter_map(|&other| Some((other, self.places[other]?)));
        let length: f64 = ends().map(|(_, end)| end.distance(place)).sum();
        let mut cost = 0.15 * away.distance(Point::default()) + length;
        for (other, end) in ends() {
            if cost >= most {
                return None;
            }
            let under = self.boxes().filter(|(third, rect)| *third != other && rect.is_crossed_by(place, end));
            cost += UNDER * count(under.count());
            if self.lines.len() <= MOST_COUNTED {
                let apart = self.lines.iter().filter(|(from, to)| *from != other && *to != other);
                let lines = apart.filter_map(|&(from, to)| Some((self.places[from]?, self.places[to]?)));
                cost += CROSSED * count(lines.filter(|&(from, to)| cross(place, end, from, to)).count());
            }
        }
        (cost < most).then_some(cost)
    }
}

/// The middle of places; nothing of none.
fn mean(places: &[Point]) -> Option<Point> {
    let n = count(places.len());
    (n > 0.0).then(|| places.iter().fold(Point::default(), |sum, place| sum.moved(place.x / n, place.y / n)))
}

/// Places around a middle, ring by ring, on each first those that lie outward.
fn around(middle: Point, outward: Point, reach: usize) -> impl Iterator<Item = Point> {
    let mut directions: Vec<Point> =
        QUARTER.iter().flat_map(|&(x, y)| [point(x, y), point(-y, x), point(-x, -y), point(y, -x)]).collect();
    let along = |direction: &Point| direction.x * outward.x + direction.y * outward.y;
    sort::by(&mut directions, |one, other| along(other).total_cmp(&along(one)));
    let rings = (1..=RINGS).map(move |ring| RING * count(ring + (reach - 1) * RINGS));
    rings.flat_map(move |radius| {
        directions.clone().into_iter().map(move |way| middle.moved(radius * way.x * ASPECT, radius * way.y))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;
    use crate::draw::Shape;
    use crate::draw::geometry::size;
    use crate::draw::samples::diagram;

    fn named(names: &[&str], links: &[(usize, usize, &str)]) -> Diagram {
        let mut drawn = diagram("en", names, links);
        for (node, name) in drawn.nodes.iter_mut().zip(names) {
            node.id = (*name).to_owned();
        }
        drawn
    }

    fn place(layout: &Layout, diagram: &Diagram, id: &str) -> Point {
        let node = diagram.nodes.iter().position(|node| node.id == id).unwrap();
        layout.nodes[node].rect.center
    }

    #[test]
    fn what_was_there_keeps_its_place_among_the_others() {
        let steps = [
            named(&["hub", "a", "b", "c"], &[(0, 1, "x"), (0, 2, "x"), (0, 3, "x")]),
            named(
                &["hub", "a", "b", "c", "d", "e"],
                &[(0, 1, "x"), (0, 2, "x"), (0, 3, "x"), (1, 4, "x"), (4, 5, "x")],
            ),
            named(&["e", "hub", "b", "f"], &[(1, 2, "x"), (2, 3, "x")]),
        ];
        let layouts: Vec<Layout> = (1..=3).map(|n| layout_grown(&steps[..n]).unwrap()).collect();
        for (before, after) in [(0, 1), (1, 2)] {
            let way = |step: usize| {
                let (one, other) =
                    (place(&layouts[step], &steps[step], "hub"), place(&layouts[step], &steps[step], "b"));
                (other.x - one.x, other.y - one.y)
            };
            let ((x, y), (later_x, later_y)) = (way(before), way(after));
            assert!((x - later_x).abs() < 1e-6 && (y - later_y).abs() < 1e-6, "{x} {later_x}, {y} {later_y}");
        }
        for (layout, step) in layouts.iter().zip(&steps) {
            let rects = layout.nodes.iter().map(|node| &node.rect).enumerate();
            assert!(rects.clone().all(|(at, one)| rects.clone().take(at).all(|(_, other)| !one.overlaps(other))));
            assert_eq!(layout.nodes.len(), step.nodes.len());
        }
    }

    #[test]
    fn boxes_that_have_become_larger_come_apart_and_no_other_moves() {
        let body = Body { size: size(100.0, 40.0), ..Body::of(Shape::Box) };
        let sketch = Sketch { nodes: vec![body; 3], links: Vec::new() };
        let known = [point(0.0, 0.0), point(90.0, 5.0), point(400.0, 0.0)];
        let places = Growth::new(&sketch).places(|node| Some(known[node]));
        let rect = |node: usize| Rect { center: places[node], size: body.size };
        assert!(!rect(0).overlaps(&rect(1)), "{places:?}");
        assert_eq!(places[2], known[2]);
    }

    #[test]
    fn the_same_steps_give_the_same_places_and_none_gives_nothing() {
        let step = || named(&["a", "b", "c"], &[(0, 1, "x")]);
        assert_eq!(layout_grown(&[step(), step()]), layout_grown(&[step(), step()]));
        assert_eq!(layout_grown(&[step()]).unwrap().nodes.len(), 3);
        assert_eq!(layout_grown(&[named(&[], &[])]).unwrap().nodes.len(), 0);
        assert_eq!(layout_grown(&[]), None);
    }
}

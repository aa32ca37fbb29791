//! Layout by forces, for larger graphs: two nodes are as far apart in the picture as in the graph.
//!
//! [Stress](https://doi.org/10.1109/TVCG.2018.2859997), the sum of the squared relative errors of all distances, is made
//! small by stochastic gradient descent (Zheng, Pawar and Goodman 2019): pair after pair moves towards its distance, in
//! smaller and smaller steps. Then boxes are moved apart, and labels are placed.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::random::Random;
use super::separate::separate;
use super::untangle::untangle;
use super::{Plan, Room, Sketch, clear, label};
use crate::draw::geometry::{Point, Rect, Size, count, point};

/// One less than the number of rounds over all pairs. A power of two, so that the decay is a repeated square root.
const ROUNDS: u32 = 16;
/// How much of the way the farthest pairs still move in the last round.
const LAST_STEP: f64 = 0.1;
/// How many times the area of all boxes, with the room between them, the picture has, and what a line adds to it: as much
/// as so many pixels squared.
const AMPLE_ROOM: f64 = 2.2;
const SCARCE_ROOM: f64 = 1.3;
const LINE_ROOM: f64 = 1_000.0;
/// How often the shape is corrected for what moving boxes apart does to it.
const CORRECTIONS: usize = 4;
/// Pixels between boxes, across and down.
const GAP: (f64, f64) = (24.0, 18.0);
/// How much more may be stretched across than down, and how much less: boxes are wider than high.
const STRETCH: (f64, f64) = (0.8, 3.0);
/// How far a node may move at first when crossings are taken out, as a part of the whole: anywhere near, and a little.
const FAR: f64 = 0.44;
const NEAR: f64 = 0.08;
/// How much farther apart nodes of different groups are.
const APART: u16 = UNIT / 2;
/// The unit of distances in the graph, so that they can be whole numbers.
const UNIT: u16 = 16;
/// How many distances are looked up at a time.
const TOGETHER: usize = 32;

/// Lays out a connected graph so that it fills a page so much wider than high. O(n² + n · e · log n + e²) time and 2 n²
/// bytes.
pub(super) fn plan(sketch: &Sketch, aspect: f64, room: Room) -> Plan {
    let mut places = descend(&distances(sketch), sketch.nodes.len());
    level(&mut places);
    let sizes: Vec<_> = sketch.nodes.iter().map(|body| body.size).collect();
    let mut places = filled(&places, sketch, &sizes, (aspect, room));
    let area = shaped(around(&places, &sizes), aspect);
    untangle(sketch, &mut places, &sizes, &area, FAR);
    clear::clear(sketch, &mut places, &sizes, room);
    // To clear the lines has brought some crossings back: small moves take them out and keep the lines clear.
    let area = around(&places, &sizes);
    untangle(sketch, &mut places, &sizes, &area, NEAR);
    separate(&mut places, &sizes);
    label::routes(sketch, places)
}

/// Stretches places over an area in which the boxes have room, and moves the boxes apart, so that all together are so much
/// wider than high.
fn filled(unit: &[Point], sketch: &Sketch, sizes: &[Size], (aspect, room): (f64, Room)) -> Vec<Point> {
    let boxes: f64 = sizes.iter().map(|size| (size.width + GAP.0) * (size.height + GAP.1)).sum();
    let labels: f64 = sketch.links.iter().map(|link| link.label.width * link.label.height * 4.0).sum();
    let times = match room {
        Room::Ample => AMPLE_ROOM,
        Room::Scarce => SCARCE_ROOM,
    };
    let area = times * boxes + labels + LINE_ROOM * count(sketch.links.len());
    let natural = around(unit, &vec![Size::default(); unit.len()]).size;
    let (width, height) = (natural.width.max(1e-6), natural.height.max(1e-6));
    let mut ratio = (aspect * height / width).clamp(STRETCH.0, STRETCH.1);
    let mut places = Vec::new();
    for _ in 0..CORRECTIONS {
        // A chain of nodes has no height to speak of: it is as long as its boxes need, not as its area would.
        let down = (area / (width * height * ratio)).sqrt().min(2.5 * (boxes / count(unit.len())).sqrt());
        places = unit.iter().map(|place| point(place.x * down * ratio, place.y * down)).collect();
        separate(&mut places, sizes);
        let found = around(&places, sizes).size;
        let off = aspect * found.height / found.width.max(1e-6);
        ratio = (ratio * off).clamp(STRETCH.0, STRETCH.1);
        if (off - 1.0).abs() < 0.05 {
            break;
        }
    }
    places
}

/// The smallest rectangle around boxes.
fn around(places: &[Point], sizes: &[Size]) -> Rect {
    let boxes = places.iter().zip(sizes).map(|(&center, &size)| Rect { center, size });
    boxes.reduce(|all, one| all.union(&one)).unwrap_or_default()
}

/// A rectangle made longer, across or down, until it is so much wider than high; but not by more than a third.
fn shaped(rect: Rect, aspect: f64) -> Rect {
    let Size { width, height } = rect.size;
    let most = |wanted: f64, now: f64| wanted.min(now * 4.0 / 3.0).max(now);
    let size = Size { width: most(height * aspect, width), height: most(width / aspect, height) };
    Rect { size, ..rect }
}

/// The distances of all pairs of nodes, row by row.
fn distances(sketch: &Sketch) -> Vec<u16> {
    let n = sketch.nodes.len();
    let neighbours = sketch.neighbours();
    let apart = |one: usize, other: usize| {
        let groups = [one, other].map(|node| sketch.nodes[node].group);
        if groups[0] == groups[1] { 0 } else { APART }
    };
    // A node with many neighbours keeps them farther away, to have room around it.
    let reach: Vec<u16> = neighbours.iter().map(|list| UNIT / 4 * isqrt(list.len())).collect();
    let mut distances = vec![u16::MAX; n * n];
    for (start, row) in distances.chunks_mut(n).enumerate() {
        row[start] = 0;
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((distance, node))) = queue.pop() {
            if distance > row[node] {
                continue;
            }
            for &next in &neighbours[node] {
                let length = (UNIT / 2).saturating_add(reach[node]).saturating_add(reach[next]);
                let length = length.saturating_add(apart(node, next));
                let through = distance.saturating_add(length);
                if through < row[next] {
                    row[next] = through;
                    queue.push(Reverse((through, next)));
                }
            }
        }
    }
    distances
}

fn isqrt(n: usize) -> u16 {
    u16::try_from(n.isqrt()).unwrap_or(u16::MAX / UNIT)
}

/// Places the nodes so that stress is small.
fn descend(distances: &[u16], n: usize) -> Vec<Point> {
    let mut random = Random::new(0x5EED);
    let mut places: Vec<Point> = (0..n).map(|_| point(random.unit(), random.unit())).collect();
    let longest = f64::from(distances.iter().copied().max().unwrap_or(1)) / f64::from(UNIT);
    // The step of a pair is rate / distance²: from 1 for the farthest to LAST_STEP for neighbours.
    let mut rate = longest * longest;
    let mut decay = LAST_STEP / rate;
    for _ in 0..ROUNDS.ilog2() {
        decay = decay.sqrt();
    }
    let mut order: Vec<usize> = (0..n).collect();
    let mut near = Vec::with_capacity(TOGETHER);
    for _ in 0..=ROUNDS {
        random.shuffle(&mut order);
        // Each pair once, in an order that depends on the shuffle: those k apart in it, for each k.
        for apart in 1..=n / 2 {
            let pairs = if 2 * apart == n { apart } else { n };
            // Distances lie all over the memory: some are looked up together, to be waited for together, and of the two of
            // a pair, which are the same, always one.
            let mut pairs = (0..pairs).map(|at| (order[at], order[(at + apart) % n]));
            loop {
                near.clear();
                near.extend(pairs.by_ref().take(TOGETHER).map(|(a, b)| (a, b, distances[a.max(b) * n + a.min(b)])));
                if near.is_empty() {
                    break;
                }
                for &(a, b, distance) in &near {
                    let wanted = f64::from(distance) / f64::from(UNIT);
                    approach(&mut places, a, b, wanted, (rate / (wanted * wanted)).min(1.0));
                }
            }
        }
        rate *= decay;
    }
    places
}

/// Moves two nodes a part of the way to a distance, each by half.
fn approach(places: &mut [Point], a: usize, b: usize, wanted: f64, part: f64) {
    let (from, to) = (places[a], places[b]);
    let distance = from.distance(to).max(1e-9);
    let move_by = part * (distance - wanted) / (2.0 * distance);
    let (x, y) = ((to.x - from.x) * move_by, (to.y - from.y) * move_by);
    places[a] = from.moved(x, y);
    places[b] = to.moved(-x, -y);
}

/// Turns the picture so that it is widest across: onto the first eigenvector of the covariance of the places.
fn level(places: &mut [Point]) {
    let n = count(places.len());
    let mean = places.iter().fold(Point::default(), |sum, place| sum.moved(place.x / n, place.y / n));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in &*places {
        let (x, y) = (place.x - mean.x, place.y - mean.y);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    // The eigenvector (half + root, xy), at unit length.
    let (x, y) = if half + root > 0.0 { (half + root, xy) } else { (0.0, 1.0) };
    let length = (x * x + y * y).sqrt();
    let (cos, sin) = (x / length, y / length);
    for place in places {
        let (x, y) = (place.x - mean.x, place.y - mean.y);
        *place = point(x * cos + y * sin, y * cos - x * sin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_level_line() {
        let n = 12;
        let distances: Vec<u16> = (0..n * n).map(|pair: u16| UNIT * (pair / n).abs_diff(pair % n)).collect();
        let mut places = descend(&distances, usize::from(n));
        level(&mut places);
        assert!(places.windows(2).all(|pair| (pair[0].distance(pair[1]) - 1.0).abs() < 0.1), "{places:?}");
        assert!(places.iter().all(|place| place.y.abs() < 0.5), "{places:?}");
    }
}

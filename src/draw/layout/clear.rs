//! Moves boxes off the straight lines between others, as far as there is room.

use super::separate::separate;
use super::{Room, Sketch};
use crate::draw::geometry::{Point, Rect, Size, point};

/// The most rounds, and the most comparisons of a line with a box in all, so that a large graph does not take long.
const ROUNDS: usize = 80;
const LOOKS: usize = 6_000_000;
/// The number of rounds without a better result after which no more is tried.
const PATIENCE: usize = 25;
/// How much of the way off a line a box moves in one round. The ends of the line move a part of that the other way.
const STEP: f64 = 0.6;
const RECOIL: f64 = 0.25;
/// How many times as large the whole may become by it: lines may be led around what is left.
const AMPLE_GROWTH: f64 = 1.8;
const SCARCE_GROWTH: f64 = 1.05;
/// Pixels that a line should keep from a box.
const GAP: f64 = 5.0;

/// Moves boxes and lines off each other, then boxes apart, round by round. Keeps the places with the fewest lines
/// through boxes. O(n · e) per round.
pub(super) fn clear(sketch: &Sketch, places: &mut Vec<Point>, sizes: &[Size], room: Room) {
    separate(places, sizes);
    let mut fewest = usize::MAX;
    let mut best = places.clone();
    let mut since = 0;
    let n_rounds = ROUNDS.min(LOOKS / (1 + places.len() * sketch.links.len()));
    let growth = match room {
        Room::Ample => AMPLE_GROWTH,
        Room::Scarce => SCARCE_GROWTH,
    };
    let most = growth * spread(places);
    for _ in 0..n_rounds {
        if spread(places) > most {
            break;
        }
        let before = places.clone();
        let crossed = push(sketch, places, sizes);
        since += 1;
        if crossed < fewest {
            (fewest, best, since) = (crossed, before, 0);
        }
        if fewest == 0 || since > PATIENCE {
            break;
        }
        separate(places, sizes);
    }
    *places = best;
}

/// The area that places are spread over.
fn spread(places: &[Point]) -> f64 {
    let boxes = places.iter().map(|&center| Rect { center, size: Size::default() });
    let all = boxes.reduce(|all, one| all.union(&one)).unwrap_or_default();
    all.size.width * all.size.height
}

/// Moves boxes and lines apart, and returns how many lines led through boxes.
fn push(sketch: &Sketch, places: &mut [Point], sizes: &[Size]) -> usize {
    let mut crossed = 0;
    for link in &sketch.links {
        for node in 0..places.len() {
            if node == link.from || node == link.to {
                continue;
            }
            let (from, to) = (places[link.from], places[link.to]);
            let rect = Rect { center: places[node], size: sizes[node] }.padded(GAP, GAP);
            if !rect.is_crossed_by(from, to) {
                continue;
            }
            crossed += 1;
            let length = from.distance(to).max(1e-9);
            let normal = point((from.y - to.y) / length, (to.x - from.x) / length);
            let off = (rect.center.x - from.x) * normal.x + (rect.center.y - from.y) * normal.y;
            let reach = f64::midpoint(rect.size.width * normal.x.abs(), rect.size.height * normal.y.abs());
            let way = (reach - off.abs()) * STEP * if off < 0.0 { -1.0 } else { 1.0 };
            places[node] = places[node].moved(normal.x * way, normal.y * way);
            for end in [link.from, link.to] {
                places[end] = places[end].moved(-normal.x * way * RECOIL, -normal.y * way * RECOIL);
            }
        }
    }
    crossed
}

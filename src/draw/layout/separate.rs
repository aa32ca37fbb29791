//! Moves boxes apart that overlap, as little as it takes.

use crate::draw::geometry::{Point, Rect, Size};
use crate::sort;

/// Pixels that are kept free around each box, across and down.
const MARGIN: (f64, f64) = (12.0, 9.0);
/// The number of rounds after which everything is spread a little, and by how much.
const ROUNDS: usize = 16;
const SPREAD: f64 = 1.03;

/// Moves boxes until no two overlap, nor are close to each other. O(n log n + overlaps) per round.
pub(super) fn separate(places: &mut [Point], sizes: &[Size]) {
    keep_apart(places, sizes, MARGIN);
}

/// Moves boxes until no two overlap with a margin around each, across and down. Each round moves each pair that overlaps by
/// half of the way, where it is shortest. Where so many are in each other's way that this does not end, all is spread a little
/// from time to time; otherwise what overlaps nothing stays.
pub(super) fn keep_apart(places: &mut [Point], sizes: &[Size], margin: (f64, f64)) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    for round in 1.. {
        sort::by(&mut order, |&a, &b| places[a].x.total_cmp(&places[b].x).then(a.cmp(&b)));
        if !push(places, (sizes, margin), &order) {
            return;
        }
        if round % ROUNDS == 0 {
            for place in &mut *places {
                (place.x, place.y) = (place.x * SPREAD, place.y * SPREAD);
            }
        }
    }
}

/// Moves the pairs that overlap, those at the left first, and tells whether there were any.
fn push(places: &mut [Point], (sizes, margin): (&[Size], (f64, f64)), order: &[usize]) -> bool {
    let widest = sizes.iter().map(|size| size.width).fold(0.0, f64::max) + 2.0 * margin.0;
    let highest = sizes.iter().map(|size| size.height).fold(0.0, f64::max) + 2.0 * margin.1;
    let rect =
        |places: &[Point], node: usize| Rect { center: places[node], size: sizes[node] }.padded(margin.0, margin.1);
    let mut moved = false;
    for (at, &a) in order.iter().enumerate() {
        for &b in &order[at + 1..] {
            if places[b].x - places[a].x > widest {
                break;
            }
            if (places[b].y - places[a].y).abs() > highest {
                continue;
            }
            let (x, y) = rect(places, a).penetration(&rect(places, b));
            if x <= 0.0 || y <= 0.0 {
                continue;
            }
            moved = true;
            // A hair more than half, so that rounding leaves no overlap.
            let (half_x, half_y) = if x < y { (x / 2.0 + 0.01, 0.0) } else { (0.0, y / 2.0 + 0.01) };
            let half_y = if places[a].y <= places[b].y { half_y } else { -half_y };
            let half_x = if places[a].x <= places[b].x { half_x } else { -half_x };
            places[a] = places[a].moved(-half_x, -half_y);
            places[b] = places[b].moved(half_x, half_y);
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::geometry::{point, size};

    #[test]
    fn boxes_in_one_place_come_apart() {
        let sizes: Vec<_> = (0..40).map(|n| size(40.0 + f64::from(n), 30.0)).collect();
        let mut places = vec![point(0.0, 0.0); 40];
        separate(&mut places, &sizes);
        let rects: Vec<_> = places.iter().zip(&sizes).map(|(&center, &size)| Rect { center, size }).collect();
        for (at, rect) in rects.iter().enumerate() {
            assert!(rects[..at].iter().all(|other| !rect.overlaps(other)));
        }
    }
}

//! The order of the vertices in each column: few crossings.

use super::{Columns, Vertex};

/// The number of sweeps over the columns.
const SWEEPS: usize = 24;

/// Orders the vertices of each column so that few edges cross: each by the mean position of its neighbours in the
/// column before, sweeping to and fro, then by exchanging neighbours; the best order seen is kept. Afterwards the
/// neighbours of each vertex are in order too.
pub(super) fn untangle(columns: &mut Columns) {
    begin(columns);
    let mut best = columns.order.clone();
    let mut fewest = crossings(columns);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let rightwards = sweep % 2 == 0;
        let n = columns.order.len();
        for step in 1..n {
            let column = if rightwards { step } else { n - 1 - step };
            sort_by_neighbours(columns, column, rightwards);
        }
        exchange(columns);
        let now = crossings(columns);
        if now < fewest {
            fewest = now;
            best.clone_from(&columns.order);
        }
    }
    columns.order = best;
    let position = positions(columns);
    for vertex in &mut columns.vertices {
        vertex.left.sort_by_key(|&neighbour| position[neighbour]);
        vertex.right.sort_by_key(|&neighbour| position[neighbour]);
    }
}

/// A first order: that in which a walk from the left reaches the vertices, so that connected ones stand together.
fn begin(columns: &mut Columns) {
    let n = columns.vertices.len();
    let mut seen = vec![false; n];
    let mut order = vec![Vec::new(); columns.order.len()];
    let starts: Vec<usize> = columns.order.iter().flatten().copied().collect();
    for start in starts {
        let mut stack = vec![start];
        while let Some(vertex) = stack.pop() {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            order[columns.vertices[vertex].column].push(vertex);
            let Vertex { left, right, .. } = &columns.vertices[vertex];
            stack.extend(left.iter().rev().chain(right.iter().rev()));
        }
    }
    columns.order = order;
}

fn positions(columns: &Columns) -> Vec<usize> {
    let mut positions = vec![0; columns.vertices.len()];
    for column in &columns.order {
        for (position, &vertex) in column.iter().enumerate() {
            positions[vertex] = position;
        }
    }
    positions
}

/// Sorts a column by the mean positions of neighbours on one side. A vertex without any keeps its place.
fn sort_by_neighbours(columns: &mut Columns, column: usize, from_left: bool) {
    let position = positions(columns);
    let wanted = |vertex: usize| {
        let Vertex { left, right, .. } = &columns.vertices[vertex];
        let neighbours = if from_left { left } else { right };
        let sum: usize = neighbours.iter().map(|&neighbour| position[neighbour]).sum();
        (!neighbours.is_empty()).then_some((sum, neighbours.len()))
    };
    let mut movable: Vec<(usize, (usize, usize))> =
        columns.order[column].iter().filter_map(|&vertex| Some((vertex, wanted(vertex)?))).collect();
    // Means compared as fractions, exactly.
    movable.sort_by_key(|&(vertex, _)| position[vertex]);
    movable.sort_by(|(_, (sum, n)), (_, (other_sum, other_n))| (sum * other_n).cmp(&(other_sum * n)));
    let fixed: Vec<bool> = columns.order[column].iter().map(|&vertex| wanted(vertex).is_none()).collect();
    let mut sorted = movable.into_iter().map(|(vertex, _)| vertex);
    for (place, fixed) in columns.order[column].iter_mut().zip(fixed) {
        if let Some(vertex) = (!fixed).then(|| sorted.next()).flatten() {
            *place = vertex;
        }
    }
}

/// Exchanges vertices that stand one above the other wherever that saves crossings, until nothing is saved.
fn exchange(columns: &mut Columns) {
    let mut position = positions(columns);
    for _ in 0..SWEEPS {
        let mut saved = false;
        for column in 0..columns.order.len() {
            for at in 1..columns.order[column].len() {
                let (upper, lower) = (columns.order[column][at - 1], columns.order[column][at]);
                if between(columns, &position, lower, upper) < between(columns, &position, upper, lower) {
                    columns.order[column].swap(at - 1, at);
                    position.swap(upper, lower);
                    saved = true;
                }
            }
        }
        if !saved {
            break;
        }
    }
}

/// The crossings of the edges of two vertices of a column, the first above the second.
fn between(columns: &Columns, position: &[usize], upper: usize, lower: usize) -> usize {
    let crossed = |above: &[usize], below: &[usize]| {
        above.iter().map(|&a| below.iter().filter(|&&b| position[b] < position[a]).count()).sum::<usize>()
    };
    let (upper, lower) = (&columns.vertices[upper], &columns.vertices[lower]);
    crossed(&upper.left, &lower.left) + crossed(&upper.right, &lower.right)
}

/// The crossings of all edges.
fn crossings(columns: &Columns) -> usize {
    let position = positions(columns);
    let gaps = columns.order.iter().map(|column| {
        let ends = column.iter().flat_map(|&vertex| {
            let mut ends: Vec<usize> = columns.vertices[vertex].right.iter().map(|&end| position[end]).collect();
            ends.sort_unstable();
            ends
        });
        inversions(ends)
    });
    gaps.sum()
}

/// Counts the pairs of numbers in which the earlier one is greater. O(n log n) comparisons, by a sorted list.
fn inversions(numbers: impl Iterator<Item = usize>) -> usize {
    let mut sorted: Vec<usize> = Vec::new();
    let mut inversions = 0;
    for number in numbers {
        let at = sorted.partition_point(|&other| other <= number);
        inversions += sorted.len() - at;
        sorted.insert(at, number);
    }
    inversions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inversions_are_pairs_out_of_order() {
        assert_eq!(inversions([3, 1, 2, 2].into_iter()), 3);
        assert_eq!(inversions([1, 1, 2].into_iter()), 0);
    }
}

//! The rank of each node: edges lead from lower to higher ranks, and cross few.

use std::cmp::Ordering;

use super::Sketch;
use crate::sort;

/// Returns a rank for each node, from 0, so that the two ends of each edge differ. Edges of a cycle that must lead
/// back are as few as a greedy choice finds. O(n² + n · e).
pub(super) fn ranks(sketch: &Sketch) -> Vec<usize> {
    let position = positions(sketch);
    let arcs: Vec<(usize, usize)> = sketch
        .links
        .iter()
        .map(|link| if position[link.from] < position[link.to] { (link.from, link.to) } else { (link.to, link.from) })
        .collect();
    let mut nodes: Vec<usize> = (0..sketch.nodes.len()).collect();
    sort::by_key(&mut nodes, |&node| position[node]);
    let mut ranks = vec![0; nodes.len()];
    for &node in &nodes {
        for &(_, to) in arcs.iter().filter(|arc| arc.0 == node) {
            ranks[to] = ranks[to].max(ranks[node] + 1);
        }
    }
    tighten(&mut ranks, &nodes, &arcs);
    let least = ranks.iter().copied().min().unwrap_or(0);
    ranks.iter().map(|rank| rank - least).collect()
}

/// An order of the nodes in which few edges lead back: sinks last, sources first, else first what has most edges out
/// compared with edges in (Eades, Lin and Smyth 1993).
fn positions(sketch: &Sketch) -> Vec<usize> {
    let n = sketch.nodes.len();
    let mut left: Vec<usize> = (0..n).collect();
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while !left.is_empty() {
        let degrees: Vec<(usize, usize)> = degrees(sketch, &left);
        let sink = left.iter().position(|&node| degrees[node].1 == 0);
        let source = || left.iter().position(|&node| degrees[node].0 == 0);
        if let Some(at) = sink {
            back.push(left.remove(at));
        } else if let Some(at) = source() {
            front.push(left.remove(at));
        } else {
            let gain = |&node: &usize| degrees[node].1 + n * n - degrees[node].0;
            let best = left.iter().map(gain).max();
            let at = left.iter().position(|node| Some(gain(node)) == best).unwrap_or(0);
            front.push(left.remove(at));
        }
    }
    let mut positions = vec![0; n];
    for (position, node) in front.into_iter().chain(back.into_iter().rev()).enumerate() {
        positions[node] = position;
    }
    positions
}

/// The numbers of edges into and out of each node, among some of the nodes.
fn degrees(sketch: &Sketch, among: &[usize]) -> Vec<(usize, usize)> {
    let mut is_among = vec![false; sketch.nodes.len()];
    for &node in among {
        is_among[node] = true;
    }
    let mut degrees = vec![(0, 0); sketch.nodes.len()];
    for link in sketch.links.iter().filter(|link| is_among[link.from] && is_among[link.to]) {
        degrees[link.to].0 += 1;
        degrees[link.from].1 += 1;
    }
    degrees
}

/// Moves nodes, one at a time and within what their edges allow, to where most of their edges are short.
fn tighten(ranks: &mut [usize], nodes: &[usize], arcs: &[(usize, usize)]) {
    for _ in 0..nodes.len() {
        let mut moved = false;
        for &node in nodes.iter().rev() {
            let before: Vec<usize> = arcs.iter().filter(|arc| arc.1 == node).map(|arc| ranks[arc.0]).collect();
            let after: Vec<usize> = arcs.iter().filter(|arc| arc.0 == node).map(|arc| ranks[arc.1]).collect();
            let lowest = before.iter().max().map_or(0, |rank| rank + 1);
            let highest = after.iter().min().map_or(ranks[node], |rank| rank - 1);
            let wanted = match after.len().cmp(&before.len()) {
                Ordering::Greater => highest,
                Ordering::Less => lowest,
                Ordering::Equal => ranks[node],
            };
            moved |= wanted != ranks[node];
            ranks[node] = wanted;
        }
        if !moved {
            break;
        }
    }
}

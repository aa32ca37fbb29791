//! [PageRank](https://en.wikipedia.org/wiki/PageRank): who is linked with those who are linked with many.
//!
//! petgraph's function looks at all pairs of nodes in each round, so this one is written out on its neighbour lists.

use super::simple::Neighbours;

/// With which probability a link is followed, rather than any node visited: the usual one.
const DAMPING: f64 = 0.85;
/// How much all values together may change in the last round. Each round changes them by at most [`DAMPING`] of the last,
/// so that about 170 rounds are enough for any graph.
const TOLERANCE: f64 = 1e-12;
const MOST_ROUNDS: usize = 1_000;

/// The values add up to 1. Who has no link hands on to all. O(links) for each round.
#[expect(clippy::cast_precision_loss, reason = "there are far fewer nodes than 2^52")]
pub(super) fn pagerank(neighbours: &Neighbours) -> Vec<f64> {
    let nodes = neighbours.node_count();
    let each = 1.0 / nodes as f64;
    let mut ranks = vec![each; nodes];
    let (mut handed, mut next) = (vec![0.0; nodes], vec![0.0; nodes]);
    for _ in 0..MOST_ROUNDS {
        let mut unlinked = 0.0;
        for (node, handed) in (0..).zip(&mut handed) {
            let degree = neighbours.neighbors_slice(node).len();
            *handed = if degree == 0 { 0.0 } else { ranks[node as usize] / degree as f64 };
            unlinked += if degree == 0 { ranks[node as usize] } else { 0.0 };
        }
        let to_all = (1.0 - DAMPING + DAMPING * unlinked) * each;
        for (node, next) in (0..).zip(&mut next) {
            let got: f64 = neighbours.neighbors_slice(node).iter().map(|&other| handed[other as usize]).sum();
            *next = DAMPING * got + to_all;
        }
        let change: f64 = ranks.iter().zip(&next).map(|(before, after)| (before - after).abs()).sum();
        std::mem::swap(&mut ranks, &mut next);
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

//! Measures by shortest paths: betweenness as [Brandes](https://doi.org/10.1080/0022250X.2001.9990249) counts it, and
//! closeness in the form of [Wasserman and Faust](https://en.wikipedia.org/wiki/Closeness_centrality), which compares
//! entities of different components. From every entity or, in a large graph, from some: the pivots.
//!
//! petgraph has neither; this is written on its neighbour lists.

use std::convert::Infallible;

use super::Measured;
use super::simple::{Neighbours, SimpleGraph, components, neighbours};
use crate::parallel;

/// With more links than that, paths start from pivots only: from all they would take hours.
const MOST_LINKS: usize = 20_000;
/// How many entities of a component are pivots then; of a smaller component all are, and its values exact.
const PIVOTS: usize = 100;
/// How many starts are added up at a time, which is part of the result: sums are made in the same order on any number of
/// processors.
const CHUNK: usize = 16;

/// Where paths start, and what that says of each node.
struct Starts {
    pivots: Vec<u32>,
    /// How many other entities each node reaches.
    reached: Vec<usize>,
    /// From how many pivots other than itself each is reached.
    seen_from: Vec<usize>,
}

impl Starts {
    fn of(graph: &SimpleGraph) -> Self {
        let most = if graph.edge_count() > MOST_LINKS { PIVOTS } else { usize::MAX };
        let nodes = graph.node_count();
        let mut starts = Self { pivots: Vec::new(), reached: vec![0; nodes], seen_from: vec![0; nodes] };
        for component in components(graph).into_iter().filter(|component| component.len() > 1) {
            let pivots = component.len().min(most);
            for &node in &component {
                (starts.reached[node], starts.seen_from[node]) = (component.len() - 1, pivots);
            }
            for number in 0..pivots {
                let pivot = component[number * component.len() / pivots];
                starts.seen_from[pivot] -= 1;
                starts.pivots.extend(u32::try_from(pivot));
            }
        }
        starts
    }

    /// How many pivots there are, if not all entities are that have a link.
    fn chosen(&self) -> Option<usize> {
        let linked = self.reached.iter().filter(|&&reached| reached > 0).count();
        (self.pivots.len() < linked).then_some(self.pivots.len())
    }
}

/// Returns the part of all shortest paths between two others that lead through each entity. O(pivots × links).
#[expect(clippy::cast_precision_loss, reason = "there are far fewer nodes than 2^52")]
pub(super) fn betweenness(graph: &SimpleGraph) -> Measured {
    let starts = Starts::of(graph);
    let sums = sums(&neighbours(graph), &starts.pivots, |walk, sums| {
        walk.add_dependencies(sums);
    });
    let others = graph.node_count() as f64;
    // Each pair of others is met from both sides.
    let pairs = if others > 2.0 { (others - 1.0) * (others - 2.0) } else { 1.0 };
    let values = sums.into_iter().zip(starts.reached.iter().zip(&starts.seen_from));
    let values = values.map(
        |(sum, (&reached, &seen_from))| {
            if seen_from == 0 { 0.0 } else { sum * (reached as f64 / seen_from as f64) / pairs }
        },
    );
    Measured { values: values.collect(), pivots: starts.chosen() }
}

/// Returns how near each entity is to those that it reaches, and how many these are. O(pivots × links).
#[expect(clippy::cast_precision_loss, reason = "there are far fewer nodes than 2^52")]
pub(super) fn closeness(graph: &SimpleGraph) -> Measured {
    let starts = Starts::of(graph);
    let sums = sums(&neighbours(graph), &starts.pivots, |walk, sums| {
        walk.add_distances(sums);
    });
    let others = graph.node_count() as f64 - 1.0;
    let values = sums.into_iter().zip(starts.reached.iter().zip(&starts.seen_from));
    let values = values.map(
        |(sum, (&reached, &seen_from))| {
            if sum > 0.0 { reached as f64 / others * (seen_from as f64 / sum) } else { 0.0 }
        },
    );
    Measured { values: values.collect(), pivots: starts.chosen() }
}

/// Adds up what the walks from all starts say of each node.
fn sums(neighbours: &Neighbours, starts: &[u32], add: impl Fn(&mut Walk<'_>, &mut [f64]) + Sync) -> Vec<f64> {
    let mut all = vec![0.0; neighbours.node_count()];
    let chunks: Vec<&[u32]> = starts.chunks(CHUNK).collect();
    let work = |starts: &&[u32]| {
        let (mut walk, mut sums) = (Walk::new(neighbours), vec![0.0; neighbours.node_count()]);
        for &start in *starts {
            walk.from(start);
            add(&mut walk, &mut sums);
        }
        sums
    };
    let Ok(()) = parallel::in_order(&chunks, work, |sums| {
        for (all, sum) in all.iter_mut().zip(sums) {
            *all += sum;
        }
        Ok::<_, Infallible>(())
    });
    all
}

/// A breadth-first search from one node.
struct Walk<'a> {
    neighbours: &'a Neighbours,
    /// The nodes reached, nearest first.
    order: Vec<u32>,
    distances: Vec<u32>,
    /// How many shortest paths lead to each.
    paths: Vec<f64>,
    dependencies: Vec<f64>,
}

/// More shortest paths are not counted, for then a number has no room for them. Only their proportions matter.
const MOST_PATHS: f64 = 1e300;
/// The distance of what is not reached.
const FAR: u32 = u32::MAX;

impl<'a> Walk<'a> {
    fn new(neighbours: &'a Neighbours) -> Self {
        let nodes = neighbours.node_count();
        let (distances, paths, dependencies) = (vec![FAR; nodes], vec![0.0; nodes], vec![0.0; nodes]);
        Self { neighbours, order: Vec::with_capacity(nodes), distances, paths, dependencies }
    }

    /// O(links of what is reached).
    fn from(&mut self, start: u32) {
        for node in self.order.drain(..) {
            self.distances[node as usize] = FAR;
            self.paths[node as usize] = 0.0;
            self.dependencies[node as usize] = 0.0;
        }
        self.order.push(start);
        self.distances[start as usize] = 0;
        self.paths[start as usize] = 1.0;
        let mut done = 0;
        while let Some(&node) = self.order.get(done) {
            done += 1;
            let (next, paths) = (self.distances[node as usize] + 1, self.paths[node as usize]);
            for &other in self.neighbours.neighbors_slice(node) {
                let distance = &mut self.distances[other as usize];
                if *distance == FAR {
                    *distance = next;
                    self.order.push(other);
                }
                if *distance == next {
                    let all = &mut self.paths[other as usize];
                    *all = (*all + paths).min(MOST_PATHS);
                }
            }
        }
    }

    fn add_distances(&mut self, sums: &mut [f64]) {
        for &node in &self.order {
            sums[node as usize] += f64::from(self.distances[node as usize]);
        }
    }

    /// Adds how much the paths from the start depend on each node.
    fn add_dependencies(&mut self, sums: &mut [f64]) {
        for &node in self.order[1..].iter().rev() {
            let before = self.distances[node as usize] - 1;
            let dependency = self.dependencies[node as usize];
            let part = (1.0 + dependency) / self.paths[node as usize];
            for &other in self.neighbours.neighbors_slice(node) {
                if self.distances[other as usize] == before {
                    self.dependencies[other as usize] += self.paths[other as usize] * part;
                }
            }
            sums[node as usize] += dependency;
        }
    }
}

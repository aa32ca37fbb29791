//! How two entities are connected.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::visit::EdgeRef as _;

use super::KnowledgeGraph;
use crate::model::{EntityId, Rank, StatementId};

/// How paths are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathOptions {
    /// How many paths are wanted.
    pub most: usize,
    /// Whether statements lead from subject to object only.
    pub directed: bool,
    /// The number of hops beyond which no path is looked for.
    pub longest: usize,
}

impl Default for PathOptions {
    fn default() -> Self {
        Self { most: 3, directed: false, longest: 8 }
    }
}

/// A step of a path: where it leads, and the statements that make the link, each from either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The entity reached.
    pub to: EntityId,
    /// The statements that link it with the entity before, sorted.
    pub statements: Vec<StatementId>,
}

impl KnowledgeGraph {
    /// Returns the shortest paths between two entities that pass no entity twice, shortest first and then in the order
    /// of the entities' ids. Deprecated statements lead nowhere.
    ///
    /// Paths are looked for by growing length, along entities from which the goal is still within reach: O(links) to
    /// measure the distances, then in proportion to the paths of the lengths tried.
    #[must_use]
    pub fn paths(&self, from: EntityId, to: EntityId, options: PathOptions) -> Vec<Vec<Hop>> {
        let distances = self.distances(to, options);
        let Some(&shortest) = distances.get(&from).filter(|_| from != to) else { return Vec::new() };
        let mut search =
            Search { graph: self, to, options, distances, visited: vec![from], hops: Vec::new(), found: Vec::new() };
        for length in shortest..=options.longest {
            search.walk(from, length);
            if search.found.len() >= options.most {
                break;
            }
        }
        search.found
    }

    /// The number of hops from each entity to the goal, up to the longest.
    fn distances(&self, goal: EntityId, options: PathOptions) -> BTreeMap<EntityId, usize> {
        let mut distances = BTreeMap::from([(goal, 0)]);
        let mut queue = VecDeque::from([goal]);
        while let Some(entity) = queue.pop_front() {
            let next = distances[&entity] + 1;
            if next > options.longest {
                break;
            }
            for (neighbour, _) in self.steps(entity, options.directed, Incoming) {
                if let Entry::Vacant(unknown) = distances.entry(neighbour) {
                    unknown.insert(next);
                    queue.push_back(neighbour);
                }
            }
        }
        distances
    }

    /// The entities one hop away, with the statements of the hop. Undirected steps go both ways.
    fn steps(
        &self,
        entity: EntityId,
        directed: bool,
        direction: petgraph::Direction,
    ) -> BTreeMap<EntityId, Vec<StatementId>> {
        let edges = self.edges();
        let mut steps: BTreeMap<EntityId, Vec<StatementId>> = BTreeMap::new();
        for way in [Outgoing, Incoming].into_iter().filter(|&way| !directed || way == direction) {
            for edge in edges.edges_directed(entity.0.into(), way) {
                let other = if way == Outgoing { edge.target() } else { edge.source() };
                #[expect(clippy::cast_possible_truncation, reason = "nodes are numbered by entities, which are u32")]
                let other = EntityId(other.index() as u32);
                if other != entity && self.statement(*edge.weight()).rank != Rank::Deprecated {
                    steps.entry(other).or_default().push(*edge.weight());
                }
            }
        }
        for statements in steps.values_mut() {
            statements.sort_unstable();
        }
        steps
    }
}

/// A depth-first search for paths of one length.
struct Search<'a> {
    graph: &'a KnowledgeGraph,
    to: EntityId,
    options: PathOptions,
    distances: BTreeMap<EntityId, usize>,
    visited: Vec<EntityId>,
    hops: Vec<Hop>,
    found: Vec<Vec<Hop>>,
}

impl Search<'_> {
    /// Follows the links of an entity for that number of hops more.
    fn walk(&mut self, entity: EntityId, left: usize) {
        if self.found.len() >= self.options.most {
            return;
        }
        if entity == self.to {
            if left == 0 {
                self.found.push(self.hops.clone());
            }
            return;
        }
        for (next, statements) in self.graph.steps(entity, self.options.directed, Outgoing) {
            let reachable = self.distances.get(&next).is_some_and(|&distance| distance < left);
            if !reachable || self.visited.contains(&next) {
                continue;
            }
            self.visited.push(next);
            self.hops.push(Hop { to: next, statements });
            self.walk(next, left - 1);
            self.hops.pop();
            self.visited.pop();
        }
    }
}

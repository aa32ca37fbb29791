//! How two entities are connected.

use std::collections::{BTreeMap, VecDeque};

use super::KnowledgeGraph;
use super::links::Way;
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
        let shortest = distances[from.index()];
        if from == to || shortest == usize::MAX {
            return Vec::new();
        }
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

    /// The number of hops from each entity to the goal, up to the longest; more than any number from where it is out of
    /// reach.
    fn distances(&self, goal: EntityId, options: PathOptions) -> Vec<usize> {
        let mut distances = vec![usize::MAX; self.entities().len()];
        distances[goal.index()] = 0;
        let mut queue = VecDeque::from([goal]);
        while let Some(entity) = queue.pop_front() {
            let next = distances[entity.index()] + 1;
            if next > options.longest {
                break;
            }
            for (neighbour, _) in self.steps(entity, if options.directed { Way::Back } else { Way::Either }) {
                if distances[neighbour.index()] == usize::MAX {
                    distances[neighbour.index()] = next;
                    queue.push_back(neighbour);
                }
            }
        }
        distances
    }

    /// The links to other entities that are not deprecated.
    fn steps(&self, entity: EntityId, way: Way) -> impl Iterator<Item = (EntityId, StatementId)> {
        let leads = move |&(other, link): &_| other != entity && self.statement(link).rank != Rank::Deprecated;
        self.links(entity, way).filter(leads)
    }
}

/// A depth-first search for paths of one length.
struct Search<'a> {
    graph: &'a KnowledgeGraph,
    to: EntityId,
    options: PathOptions,
    distances: Vec<usize>,
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
        let mut steps: BTreeMap<EntityId, Vec<StatementId>> = BTreeMap::new();
        for (next, link) in self.graph.steps(entity, if self.options.directed { Way::Forward } else { Way::Either }) {
            if self.distances[next.index()] < left && !self.visited.contains(&next) {
                steps.entry(next).or_default().push(link);
            }
        }
        for (next, mut statements) in steps {
            statements.sort_unstable();
            self.visited.push(next);
            self.hops.push(Hop { to: next, statements });
            self.walk(next, left - 1);
            self.hops.pop();
            self.visited.pop();
        }
    }
}

//! How two entities are connected.

use std::collections::BTreeMap;

use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::{Bfs, EdgeFiltered, IntoNeighbors, NodeIndexable, Reversed, UndirectedAdaptor, Visitable};

use super::KnowledgeGraph;
use super::links::{Links, Way};
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
    /// measure the distances, then in proportion to the paths of the lengths tried. After some millions of links the search
    /// ends with what it has found. No path has more than a thousand hops.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// use rapporteur::graph::PathOptions;
    ///
    /// let [from, to] = ["EQUALS", "Guy Ryder"].map(|name| graph.find(name).unwrap());
    /// let paths = graph.paths(from, to, PathOptions::default());
    /// assert!(paths.is_sorted_by_key(Vec::len));
    /// for path in &paths {
    ///     assert_eq!(path.last().map(|hop| hop.to), Some(to));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn paths(&self, from: EntityId, to: EntityId, options: PathOptions) -> Vec<Vec<Hop>> {
        self.paths_tried(from, to, options).0
    }

    /// Returns the paths of [`KnowledgeGraph::paths`], and whether all were tried that were wanted: nobody can follow all
    /// paths of a dense graph.
    #[must_use]
    pub(crate) fn paths_tried(&self, from: EntityId, to: EntityId, options: PathOptions) -> (Vec<Vec<Hop>>, bool) {
        let options = PathOptions { longest: options.longest.min(LONGEST), ..options };
        let distances = self.distances(to, options);
        let shortest = distances[from.index()];
        if from == to || shortest == usize::MAX {
            return (Vec::new(), true);
        }
        let (visited, hops, found) = (vec![from], Vec::new(), Vec::new());
        let mut search = Search { graph: self, to, options, distances, visited, hops, found, left: MOST_TRIED };
        for length in shortest..=options.longest {
            search.walk(from, length);
            if search.is_over() {
                break;
            }
        }
        let all = search.left > 0;
        (search.found, all)
    }

    /// The number of hops from each entity to the goal, up to the longest; more than any number from where it is out of
    /// reach.
    pub(super) fn distances(&self, goal: EntityId, options: PathOptions) -> Vec<usize> {
        let current = self.current();
        if options.directed {
            distances(Reversed(&current), self.node(goal), options.longest)
        } else {
            distances(UndirectedAdaptor(&current), self.node(goal), options.longest)
        }
    }

    /// The links that are not deprecated.
    pub(super) fn current<'g>(&'g self) -> EdgeFiltered<&'g Links, impl Fn(EdgeReference<'g, StatementId>) -> bool> {
        self.links_where(|statement| statement.rank != Rank::Deprecated)
    }
}

/// The number of hops from a node to each other, up to the longest; more than any number to where it does not reach.
/// O(nodes + edges).
pub(super) fn distances<G>(graph: G, from: NodeIndex, longest: usize) -> Vec<usize>
where
    G: IntoNeighbors<NodeId = NodeIndex> + Visitable<NodeId = NodeIndex> + NodeIndexable,
{
    let mut distances = vec![usize::MAX; graph.node_bound()];
    distances[from.index()] = 0;
    let mut search = Bfs::new(graph, from);
    while let Some(node) = search.next(graph) {
        let next = distances[node.index()] + 1;
        if next > longest {
            break;
        }
        for neighbour in graph.neighbors(node) {
            let distance = &mut distances[neighbour.index()];
            *distance = next.min(*distance);
        }
    }
    distances
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
    /// How many links may still be looked at.
    left: usize,
}

/// How many links are looked at in one search, those of the paths that are found among them.
const MOST_TRIED: usize = 1 << 22;

/// The most hops that a path may have, whatever is asked for.
const LONGEST: usize = 1_000;

impl Search<'_> {
    /// Tells whether enough is found, or enough was tried.
    fn is_over(&self) -> bool {
        self.found.len() >= self.options.most || self.left == 0
    }

    /// Counts links that are looked at.
    fn look(&mut self, links: usize) {
        self.left = self.left.saturating_sub(links);
    }

    /// Follows the links of an entity for that number of hops more.
    fn walk(&mut self, entity: EntityId, left: usize) {
        if self.is_over() {
            return;
        }
        if entity == self.to {
            if left == 0 {
                self.look(self.hops.iter().map(|hop| hop.statements.len()).sum());
                self.found.push(self.hops.clone());
            }
            return;
        }
        let mut steps: BTreeMap<EntityId, Vec<StatementId>> = BTreeMap::new();
        for (next, link) in self.graph.steps(entity, if self.options.directed { Way::Forward } else { Way::Either }) {
            self.left = self.left.saturating_sub(1);
            let leads = self.distances[next.index()] < left && !self.visited.contains(&next);
            if leads && self.graph.statement(link).rank != Rank::Deprecated {
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

//! The simple graph of a view: two entities are linked or not, whichever way and however often.
//!
//! The measures of networks are defined on it. Links with itself and links known to be wrong are left out.

use petgraph::csr::Csr;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef as _;

use crate::graph::links::object;
use crate::graph::{KnowledgeGraph, Mode, View};
use crate::model::{EntityId, Rank};
use crate::sort;

/// Entities and the links between them, at most one between two; both in the order of the entities' ids.
pub type SimpleGraph = UnGraph<EntityId, SimpleLink>;

/// A link between two entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SimpleLink {
    /// How many statements make it; between organizations, how many things both have a part in.
    pub weight: usize,
    /// Whether statements lead both from the one to the other and back.
    pub mutual: bool,
}

/// The neighbours of each node in one piece of memory, for what walks over all links many times.
pub(super) type Neighbours = Csr<(), ()>;

impl KnowledgeGraph {
    /// Returns the simple graph of a view. O(n log n) in the size of the view; between organizations, in the number of
    /// pairs that share something.
    #[must_use]
    pub fn simple(&self, view: &View) -> SimpleGraph {
        match view.mode {
            Mode::Statements | Mode::TwoMode => {
                let subgraph = self.subgraph(view);
                let statements = subgraph.statements.iter().map(|&id| self.statement(id));
                let current = statements.filter(|statement| statement.rank != Rank::Deprecated);
                let links = current.filter_map(|statement| Some((statement.subject, object(statement)?)));
                joined(&subgraph.entities, links.collect())
            }
            Mode::OneMode => self.simple_between_organizations(view),
        }
    }

    fn simple_between_organizations(&self, view: &View) -> SimpleGraph {
        let sharing = self.sharing(view);
        let pairs: Vec<_> = sharing.pairs().map(|pair| (pair.one, pair.other, pair.weight())).collect();
        let mut entities: Vec<EntityId> = pairs.iter().flat_map(|&(one, other, _)| [one, other]).collect();
        entities.sort_unstable();
        entities.dedup();
        let mut graph = with_nodes(&entities, pairs.len());
        for (one, other, weight) in pairs {
            graph.add_edge(node(&entities, one), node(&entities, other), SimpleLink { weight, mutual: false });
        }
        graph
    }
}

/// Joins links between the same two entities. The ends of all are among the entities, which are sorted.
pub(super) fn joined(entities: &[EntityId], links: Vec<(EntityId, EntityId)>) -> SimpleGraph {
    let turned = |(from, to): (EntityId, EntityId)| (from.min(to), from.max(to), from > to);
    let mut links: Vec<_> = links.into_iter().filter(|(from, to)| from != to).map(turned).collect();
    links.sort_unstable();
    let same =
        |one: &(EntityId, EntityId, bool), other: &(EntityId, EntityId, bool)| (one.0, one.1) == (other.0, other.1);
    let mut graph = with_nodes(entities, links.len());
    for links in links.chunk_by(same) {
        let (one, other, first) = links[0];
        let mutual = links.iter().any(|&(.., way)| way != first);
        graph.add_edge(node(entities, one), node(entities, other), SimpleLink { weight: links.len(), mutual });
    }
    graph
}

fn with_nodes(entities: &[EntityId], links: usize) -> SimpleGraph {
    let mut graph = SimpleGraph::with_capacity(entities.len(), links);
    for &entity in entities {
        graph.add_node(entity);
    }
    graph
}

fn node(entities: &[EntityId], entity: EntityId) -> NodeIndex {
    NodeIndex::new(entities.partition_point(|&other| other < entity))
}

/// The part of a simple graph whose entities something is true of. O(nodes + links).
pub(super) fn among(graph: &SimpleGraph, wanted: impl Fn(EntityId) -> bool) -> SimpleGraph {
    graph.filter_map(|_, &entity| wanted(entity).then_some(entity), |_, &link| Some(link))
}

/// The neighbours of each node, sorted. O(links × log links).
pub(super) fn neighbours(graph: &SimpleGraph) -> Neighbours {
    let number = |node: NodeIndex| node.index().try_into().unwrap_or(u32::MAX);
    let ends = graph.edge_references().map(|link| (number(link.source()), number(link.target())));
    let mut both: Vec<(u32, u32)> = ends.flat_map(|(one, other)| [(one, other), (other, one)]).collect();
    both.sort_unstable();
    // Sorted and without repetition, as petgraph wants them.
    let mut neighbours = Neighbours::from_sorted_edges(&both).unwrap_or_default();
    // It knows of no node after the last that has a link.
    while neighbours.node_count() < graph.node_count() {
        neighbours.add_node(());
    }
    neighbours
}

/// The nodes of each component, sorted; the largest first, then by their first node. O(n log n).
pub(super) fn components(graph: &SimpleGraph) -> Vec<Vec<usize>> {
    components_where(graph, |_, _| true)
}

/// The same of a graph of which only those links count whose ends something is true of.
pub(super) fn components_where(graph: &SimpleGraph, joins: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut sets = UnionFind::new(graph.node_count());
    for link in graph.edge_references() {
        let (one, other) = (link.source().index(), link.target().index());
        if joins(one, other) {
            sets.union(one, other);
        }
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); graph.node_count()];
    for (node, set) in sets.into_labeling().into_iter().enumerate() {
        members[set].push(node);
    }
    members.retain(|component| !component.is_empty());
    sort::by(&mut members, |one, other| other.len().cmp(&one.len()).then(one[0].cmp(&other[0])));
    members
}

//! How entities hang together: components and degrees, in the words of graph theory.

use std::cmp::Reverse;

use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef as _;

use super::KnowledgeGraph;
use crate::model::EntityId;
use crate::sort;

/// How the entities are connected by links, whichever way these lead; deprecated ones too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connectivity {
    /// How many entities each component has, the largest first: each entity can be reached from the others in it.
    pub components: Vec<usize>,
    /// The entities with their degree: how many ends of links they are. The greatest first, then by id.
    pub degrees: Vec<(EntityId, usize)>,
}

impl KnowledgeGraph {
    /// Finds components and degrees. O(n log n).
    #[must_use]
    pub fn connectivity(&self) -> Connectivity {
        let n_entities = self.entities().len();
        let mut sets = UnionFind::new(n_entities);
        let mut degrees = vec![0; n_entities];
        for (source, target) in pairs(self) {
            let (source, target) = (source.index(), target.index());
            sets.union(source, target);
            degrees[source] += 1;
            degrees[target] += 1;
        }
        let mut sizes = vec![0; n_entities];
        for set in sets.into_labeling() {
            sizes[set] += 1;
        }
        let mut components: Vec<usize> = sizes.into_iter().filter(|&size| size > 0).collect();
        sort::by_key(&mut components, |&size| Reverse(size));
        let mut degrees: Vec<_> = self.entity_ids().zip(degrees).collect();
        sort::by_key(&mut degrees, |&(_, degree)| Reverse(degree));
        Connectivity { components, degrees }
    }
}

/// Both ends of each link.
fn pairs(graph: &KnowledgeGraph) -> impl Iterator<Item = (EntityId, EntityId)> {
    let links = graph.petgraph();
    links.edge_references().map(|link| (links[link.source()], links[link.target()]))
}

#[cfg(test)]
mod tests {
    use petgraph::algo;

    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    fn graph() -> KnowledgeGraph {
        crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
    }

    #[test]
    fn there_are_as_many_components_as_the_library_finds() {
        let graph = graph();
        let components = graph.connectivity().components;
        assert_eq!(components.len(), algo::connected_components(graph.petgraph()));
        assert_eq!(components.iter().sum::<usize>(), graph.entities().len());
        assert!(components.is_sorted_by(|one, other| one >= other) && components[0] > 1);
    }

    #[test]
    fn every_link_counts_for_both_its_ends() {
        let graph = graph();
        let degrees = graph.connectivity().degrees;
        assert_eq!(degrees.iter().map(|(_, degree)| degree).sum::<usize>(), 2 * pairs(&graph).count());
        let (most_linked, degree) = degrees[0];
        assert_eq!(graph.id(most_linked), "itu");
        assert_eq!(graph.links_of(most_linked).len(), degree);
    }
}

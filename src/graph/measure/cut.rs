//! What holds a graph together: entities and links without which it would fall apart, and whom that would cut off.
//!
//! petgraph tells which they are, but not whom they cut off, and takes parallel links for bridges. Both come of one
//! depth-first search, petgraph's: in its order, what hangs on an entity follows it at once.

use std::cmp::Reverse;
use std::ops::Range;

use petgraph::graph::NodeIndex;
use petgraph::visit::Dfs;

use super::simple::SimpleGraph;
use crate::model::EntityId;
use crate::sort;

/// The articulation points and bridges of a graph: those that cut off most come first, then by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cuts {
    /// The entities without which others could not be reached.
    pub points: Vec<ArticulationPoint>,
    /// The links without which others could not be reached. One that several statements make is none.
    pub bridges: Vec<Bridge>,
    /// All entities, in the order in which the search met them.
    order: Vec<EntityId>,
}

/// An [articulation point](https://en.wikipedia.org/wiki/Biconnected_component).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticulationPoint {
    /// The entity.
    pub entity: EntityId,
    /// Whom it would cut off: all but the largest part of what is left.
    pub cut_off: CutOff,
}

/// A [bridge](https://en.wikipedia.org/wiki/Bridge_(graph_theory)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// The entities that it links, the one that would be cut off first.
    pub ends: [EntityId; 2],
    /// Whom it would cut off: the smaller side.
    pub cut_off: CutOff,
}

/// Entities that would be cut off. Those of all articulation points together can be far more than there are entities, so
/// they are looked up by [`Cuts::cut_off`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOff(Vec<Range<usize>>);

impl CutOff {
    /// Returns how many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }
}

impl Cuts {
    /// Returns the entities that would be cut off, sorted. O(n log n) in their number.
    #[must_use]
    pub fn cut_off(&self, cut_off: &CutOff) -> Vec<EntityId> {
        let mut entities: Vec<_> = cut_off.0.iter().flat_map(|part| &self.order[part.clone()]).copied().collect();
        entities.sort_unstable();
        entities
    }
}

/// O(n log n) in the number of nodes and links.
pub(super) fn cuts(graph: &SimpleGraph) -> Cuts {
    let search = Search::of(graph);
    let entity = |place: usize| graph[search.order[place]];
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); search.order.len()];
    let mut bridges = Vec::new();
    for (place, parent) in search.parents.iter().enumerate() {
        let Some(parent) = *parent else { continue };
        children[parent].push(place);
        if search.lowest[place] > parent && search.is_single(graph, parent, place) {
            let (beyond, all) = (search.below(place), search.component(place));
            let mut ends = [entity(place), entity(parent)];
            let mut cut_off = CutOff(vec![beyond.clone()]);
            if 2 * beyond.len() > all.len() {
                ends.reverse();
                cut_off = CutOff(vec![all.start..beyond.start, beyond.end..all.end]);
            }
            bridges.push(Bridge { ends, cut_off });
        }
    }
    let mut points = Vec::new();
    for (place, children) in children.iter().enumerate() {
        points
            .extend(search.parts(place, children).map(|cut_off| ArticulationPoint { entity: entity(place), cut_off }));
    }
    sort::by_key(&mut points, |point| (Reverse(point.cut_off.count()), point.entity));
    sort::by_key(&mut bridges, |bridge| (Reverse(bridge.cut_off.count()), bridge.ends));
    let order = search.order.iter().map(|&node| graph[node]).collect();
    Cuts { points, bridges, order }
}

/// A depth-first search over all components. Nodes are named by their places in its order.
struct Search {
    order: Vec<NodeIndex>,
    parents: Vec<Option<usize>>,
    /// The first place that a node and those below it have a link with, other than the link by which they were reached.
    lowest: Vec<usize>,
    /// How many nodes are below each, itself included.
    sizes: Vec<usize>,
    /// Where the component of each begins.
    roots: Vec<usize>,
}

impl Search {
    fn of(graph: &SimpleGraph) -> Self {
        let nodes = graph.node_count();
        let mut places = vec![usize::MAX; nodes];
        let (mut order, mut roots) = (Vec::with_capacity(nodes), Vec::with_capacity(nodes));
        let mut search = Dfs::empty(graph);
        for start in graph.node_indices() {
            search.move_to(start);
            let root = order.len();
            while let Some(node) = search.next(graph) {
                places[node.index()] = order.len();
                order.push(node);
                roots.push(root);
            }
        }
        let (mut parents, mut lowest) = (Vec::with_capacity(nodes), Vec::with_capacity(nodes));
        for (place, &node) in order.iter().enumerate() {
            // In a depth-first search, who is linked and came before is above; the last of them is the parent.
            let above = graph.neighbors(node).map(|other| places[other.index()]).filter(|&other| other < place);
            let parent = above.clone().max();
            parents.push(parent);
            lowest.push(above.filter(|&other| Some(other) != parent).min().unwrap_or(place));
        }
        let mut sizes = vec![1; nodes];
        for place in (0..nodes).rev() {
            if let Some(parent) = parents[place] {
                sizes[parent] += sizes[place];
                lowest[parent] = lowest[parent].min(lowest[place]);
            }
        }
        Self { order, parents, lowest, sizes, roots }
    }

    /// A node and all that is below it.
    fn below(&self, place: usize) -> Range<usize> {
        place..place + self.sizes[place]
    }

    fn component(&self, place: usize) -> Range<usize> {
        self.below(self.roots[place])
    }

    /// Tells whether one statement makes the link between two nodes.
    fn is_single(&self, graph: &SimpleGraph, one: usize, other: usize) -> bool {
        let links = graph.edges_connecting(self.order[one], self.order[other]);
        links.map(|link| link.weight().weight).sum::<usize>() == 1
    }

    /// Whom a node would cut off: all but the largest of the parts into which the others would fall, if there are several.
    fn parts(&self, place: usize, children: &[usize]) -> Option<CutOff> {
        let apart = children.iter().filter(|&&child| self.lowest[child] >= place);
        let mut parts: Vec<Vec<Range<usize>>> = apart.map(|&child| vec![self.below(child)]).collect();
        let all = self.component(place);
        if all.start < place {
            // What is left above, with the children that hold on to it: all that lies between the parts.
            let mut rest = Vec::new();
            let mut start = all.start;
            for gap in std::iter::once(place..place + 1).chain(parts.iter().map(|part| part[0].clone())) {
                rest.push(start..gap.start);
                start = gap.end;
            }
            rest.push(start..all.end);
            rest.retain(|range| !range.is_empty());
            parts.push(rest);
        }
        let size = |part: &Vec<Range<usize>>| part.iter().map(ExactSizeIterator::len).sum::<usize>();
        // Of equal parts the first is held to be the one that stays.
        let largest = (0..parts.len()).max_by_key(|&number| (size(&parts[number]), Reverse(number)))?;
        parts.remove(largest);
        (!parts.is_empty()).then(|| CutOff(parts.concat()))
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo::articulation_points::articulation_points;
    use petgraph::algo::bridges::bridges;
    use proptest::prelude::*;

    use super::super::simple::{among, components};
    use super::super::tests::graph_of;
    use super::*;

    fn numbers(entities: &[EntityId]) -> Vec<usize> {
        entities.iter().map(|entity| entity.index()).collect()
    }

    #[test]
    fn whoever_holds_a_chain_together_cuts_off_its_shorter_end() {
        let cuts = cuts(&graph_of(5, &[(0, 1), (1, 2), (2, 3), (3, 4)]));
        let points: Vec<_> =
            cuts.points.iter().map(|point| (point.entity.index(), numbers(&cuts.cut_off(&point.cut_off)))).collect();
        assert_eq!(points, [(2, vec![0, 1]), (1, vec![0]), (3, vec![4])]);
        let bridges: Vec<_> =
            cuts.bridges.iter().map(|bridge| (numbers(&bridge.ends), bridge.cut_off.count())).collect();
        assert_eq!(bridges, [(vec![1, 2], 2), (vec![3, 2], 2), (vec![0, 1], 1), (vec![4, 3], 1)]);
    }

    #[test]
    fn a_link_that_two_statements_make_is_no_bridge() {
        let found = cuts(&graph_of(3, &[(0, 1), (1, 0), (1, 2)]));
        assert_eq!(found.bridges.iter().map(|bridge| numbers(&bridge.ends)).collect::<Vec<_>>(), [[2, 1]]);
        assert_eq!(found.points.len(), 1);
    }

    proptest! {
        #[test]
        fn petgraph_finds_the_same_and_taking_one_away_shows_whom_it_cuts_off(
            pairs in prop::collection::vec((0_u32..20, 0_u32..20), 0..30)
        ) {
            let graph = graph_of(20, &pairs);
            let cuts = cuts(&graph);
            let mut ours: Vec<_> = cuts.points.iter().map(|point| point.entity).collect();
            let mut theirs: Vec<_> = articulation_points(&graph).iter().map(|&node| graph[node]).collect();
            ours.sort_unstable();
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
            let single = bridges(&graph).filter(|link| link.weight().weight == 1).count();
            prop_assert_eq!(cuts.bridges.len(), single);
            for point in &cuts.points {
                let without = components(&among(&graph, |entity| entity != point.entity));
                let cut_off = cuts.cut_off(&point.cut_off);
                // Every part is cut off wholly or not at all, and the largest of the component is not.
                let whole = without.iter().map(|part| part.iter().filter(|&&node| {
                    let entity = node + usize::from(node >= point.entity.index());
                    cut_off.iter().any(|cut| cut.index() == entity)
                }).count()).zip(&without).all(|(cut, part)| cut == 0 || cut == part.len());
                prop_assert!(whole && !cut_off.contains(&point.entity) && !cut_off.is_empty());
            }
            for bridge in &cuts.bridges {
                let cut_off = cuts.cut_off(&bridge.cut_off);
                prop_assert!(cut_off.contains(&bridge.ends[0]) && !cut_off.contains(&bridge.ends[1]));
            }
        }
    }
}

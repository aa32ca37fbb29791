//! Communities: groups of entities that are linked more among themselves than with others, by the Louvain method ([Blondel
//! and others 2008](https://doi.org/10.1088/1742-5468/2008/10/P10008)), in whole numbers and in the order of the nodes,
//! so that it finds the same groups on every machine.

use std::cmp::Reverse;

use petgraph::visit::EdgeRef as _;

use super::simple::{SimpleGraph, components_where};
use crate::model::EntityId;

/// How much the nodes that each is linked with weigh, in both directions, sorted; a node's links with itself count twice.
pub(crate) type Links = Vec<Vec<(usize, i64)>>;

/// How a graph falls into communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The entities of each, those with most links first, then by id; the largest first, then that with the first id. An
    /// entity without links is alone.
    pub groups: Vec<Vec<EntityId>>,
    /// How many more links lie within groups than would by chance, as a part of all:
    /// [modularity](https://en.wikipedia.org/wiki/Modularity_(networks)), at most 1.
    pub modularity: f64,
}

/// Divides a graph into communities, each of which hangs together. Links count as often as they are made. About
/// O(links) for each round.
pub(super) fn communities(graph: &SimpleGraph) -> Communities {
    let (links, groups) = divided(graph);
    let modularity = modularity(&links, &groups);
    let entities: Vec<EntityId> = graph.node_weights().copied().collect();
    let groups = groups.into_iter().map(|mut group| {
        group.sort_by_key(|&node| (Reverse(links[node].len()), node));
        group.into_iter().map(|node| entities[node]).collect()
    });
    Communities { groups: groups.collect(), modularity }
}

/// The nodes of each community, sorted; the largest first, then by their first node.
pub(super) fn groups(graph: &SimpleGraph) -> Vec<Vec<usize>> {
    divided(graph).1
}

fn divided(graph: &SimpleGraph) -> (Links, Vec<Vec<usize>>) {
    let mut links: Links = vec![Vec::new(); graph.node_count()];
    for link in graph.edge_references() {
        let weight = i64::try_from(link.weight().weight).unwrap_or(i64::from(i32::MAX));
        links[link.source().index()].push((link.target().index(), weight));
        links[link.target().index()].push((link.source().index(), weight));
    }
    for links in &mut links {
        links.sort_unstable();
    }
    let group_of = numbered(&louvain(links.clone()), links.len());
    // The method can leave a group without the node that held it together. To take it apart never makes modularity less.
    let groups = components_where(graph, |one, other| group_of[one] == group_of[other]);
    (links, groups)
}

/// The share of the links within groups, less the share that would be expected of the degrees of their nodes.
#[expect(clippy::cast_precision_loss, reason = "there are far fewer links than 2^52")]
fn modularity(links: &Links, groups: &[Vec<usize>]) -> f64 {
    let group_of = numbered(groups, links.len());
    let (mut within, mut degrees, mut all) = (0, vec![0_i64; groups.len()], 0);
    for (node, links) in links.iter().enumerate() {
        for &(other, weight) in links {
            within += if group_of[node] == group_of[other] { weight } else { 0 };
            degrees[group_of[node]] += weight;
            all += weight;
        }
    }
    if all == 0 {
        return 0.0;
    }
    let expected: f64 = degrees.iter().map(|&degree| (degree as f64 / all as f64).powi(2)).sum();
    within as f64 / all as f64 - expected
}

/// The number of the group that each node is in.
fn numbered(groups: &[Vec<usize>], nodes: usize) -> Vec<usize> {
    let mut group_of = vec![0; nodes];
    for (number, group) in groups.iter().enumerate() {
        for &node in group {
            group_of[node] = number;
        }
    }
    group_of
}

/// Divides nodes into groups, each sorted, by joining those that gain by it until none does, level after level.
pub(crate) fn louvain(mut level: Links) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> = (0..level.len()).map(|node| vec![node]).collect();
    loop {
        let communities = moved(&level);
        let mut numbers = communities.clone();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() == level.len() {
            break;
        }
        let number = |community: usize| numbers.partition_point(|&other| other < community);
        let mut next: Links = vec![Vec::new(); numbers.len()];
        let mut merged = vec![Vec::new(); numbers.len()];
        for (node, links) in level.iter().enumerate() {
            let own = number(communities[node]);
            merged[own].append(&mut members[node]);
            next[own].extend(links.iter().map(|&(other, weight)| (number(communities[other]), weight)));
        }
        for links in &mut next {
            links.sort_unstable();
            links.dedup_by(|again, first| {
                let same = again.0 == first.0;
                first.1 += if same { again.1 } else { 0 };
                same
            });
        }
        (level, members) = (next, merged);
    }
    for group in &mut members {
        group.sort_unstable();
    }
    members
}

/// Moves each node to the community of a neighbour that it gains most from, until none gains. Returns for each node the
/// number of its community.
fn moved(links: &Links) -> Vec<usize> {
    let degrees: Vec<i64> = links.iter().map(|links| links.iter().map(|(_, weight)| weight).sum()).collect();
    let all: i64 = degrees.iter().sum();
    let mut community: Vec<usize> = (0..links.len()).collect();
    let mut totals = degrees.clone();
    // How much each community weighs among the neighbours of the node in hand, and which of them do.
    let (mut weights, mut near) = (vec![0; links.len()], Vec::new());
    // The gain grows with every move, so that it ends; the limit is for patience.
    for _ in 0..100 {
        let mut changed = false;
        for node in 0..links.len() {
            let own = community[node];
            totals[own] -= degrees[node];
            near.push(own);
            for &(other, weight) in links[node].iter().filter(|(other, _)| *other != node) {
                near.push(community[other]);
                weights[community[other]] += weight;
            }
            near.sort_unstable();
            near.dedup();
            let gain = |community: usize| weights[community] * all - degrees[node] * totals[community];
            let mut best = (own, gain(own));
            for &other in &near {
                if gain(other) > best.1 {
                    best = (other, gain(other));
                }
            }
            for other in near.drain(..) {
                weights[other] = 0;
            }
            totals[best.0] += degrees[node];
            community[node] = best.0;
            changed |= best.0 != own;
        }
        if !changed {
            break;
        }
    }
    community
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::simple::{among, components};
    use super::super::tests::graph_of;
    use super::*;

    #[test]
    fn two_triangles_with_one_link_are_two_communities() {
        let found = communities(&graph_of(6, &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (0, 3)]));
        let groups: Vec<Vec<usize>> =
            found.groups.iter().map(|group| group.iter().map(|entity| entity.index()).collect()).collect();
        assert_eq!(groups, [[0, 1, 2], [3, 4, 5]]);
        assert!((found.modularity - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
    }

    #[test]
    fn without_links_each_is_alone_and_nothing_is_gained() {
        let found = communities(&graph_of(3, &[]));
        assert_eq!((found.groups.len(), found.modularity), (3, 0.0));
    }

    proptest! {
        #[test]
        fn each_entity_is_in_one_group_that_hangs_together(pairs in prop::collection::vec((0_u32..30, 0_u32..30), 0..80)) {
            let graph = graph_of(30, &pairs);
            let found = communities(&graph);
            let mut all = found.groups.concat();
            all.sort_unstable();
            prop_assert_eq!(all.len(), 30);
            all.dedup();
            prop_assert_eq!(all.len(), 30);
            for group in &found.groups {
                prop_assert_eq!(components(&among(&graph, |entity| group.contains(&entity))).len(), 1);
            }
        }
    }
}

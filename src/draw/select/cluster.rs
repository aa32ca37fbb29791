//! Groups of entities that are linked more among themselves than with others, each small enough for a picture.

use std::collections::BTreeMap;

use crate::graph::{WeightedLinks, louvain};
use crate::sort;

/// The fewest nodes that make a group of their own where there is a group to join.
const FEWEST: usize = 6;

/// Divides nodes into groups of at most so many, as far as they can be divided; the greatest group first. Those that
/// hang together with few or none are put together. About O(links) for each level.
pub(super) fn groups(n_nodes: usize, links: &[(usize, usize)], most: usize) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..n_nodes).collect();
    let mut waiting = vec![all];
    let mut found: Vec<Vec<usize>> = Vec::new();
    while let Some(nodes) = waiting.pop() {
        let parts = divide(&nodes, links);
        for part in parts.iter().cloned() {
            if part.len() <= most || parts.len() == 1 { found.push(part) } else { waiting.push(part) }
        }
    }
    let mut groups = joined(found, n_nodes, links, most);
    sort::by(&mut groups, |a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    groups
}

/// Divides some of the nodes once.
fn divide(nodes: &[usize], links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let inside = |node: &usize| nodes.binary_search(node).ok();
    let mut level: Vec<BTreeMap<usize, i64>> = vec![BTreeMap::new(); nodes.len()];
    for (one, other) in links.iter().filter_map(|(one, other)| Some((inside(one)?, inside(other)?))) {
        *level[one].entry(other).or_default() += 1;
        *level[other].entry(one).or_default() += 1;
    }
    let level: WeightedLinks = level.into_iter().map(|links| links.into_iter().collect()).collect();
    louvain(level).into_iter().map(|group| group.into_iter().map(|node| nodes[node]).collect()).collect()
}

/// Joins each group of few nodes with the one that it has most links with, and those that have none with each other.
fn joined(mut groups: Vec<Vec<usize>>, n_nodes: usize, links: &[(usize, usize)], most: usize) -> Vec<Vec<usize>> {
    sort::by(&mut groups, |a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut group_of = vec![0; n_nodes];
    for (number, group) in groups.iter().enumerate() {
        for &node in group {
            group_of[node] = number;
        }
    }
    let mut alone: Option<usize> = None;
    for number in 0..groups.len() {
        if groups[number].len() >= FEWEST {
            continue;
        }
        let mut near: BTreeMap<usize, usize> = BTreeMap::new();
        for &(one, other) in links {
            let (one, other) = (group_of[one], group_of[other]);
            if (one == number) != (other == number) {
                *near.entry(if one == number { other } else { one }).or_default() += 1;
            }
        }
        let room = |&group: &usize| groups[group].len() + groups[number].len() <= most;
        let most_linked = near.into_iter().filter(|(group, _)| room(group)).max_by_key(|&(group, n)| (n, group));
        let target = most_linked.map(|(group, _)| group).or(alone.filter(room));
        let Some(target) = target else {
            alone = Some(number);
            continue;
        };
        let nodes = std::mem::take(&mut groups[number]);
        for &node in &nodes {
            group_of[node] = target;
        }
        groups[target].extend(nodes);
    }
    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All pairs of the nodes from one number to another.
    fn clique(from: usize, to: usize) -> Vec<(usize, usize)> {
        (from..to).flat_map(|one| (one + 1..to).map(move |other| (one, other))).collect()
    }

    #[test]
    fn two_crowds_with_one_link_are_two_groups() {
        let links = [clique(0, 8), clique(8, 15), vec![(0, 8)]].concat();
        assert_eq!(groups(15, &links, 100), [(0..8).collect::<Vec<_>>(), (8..15).collect()]);
    }

    #[test]
    fn few_nodes_join_the_group_that_they_are_linked_with_or_each_other() {
        let links = [clique(0, 8), clique(8, 10), vec![(0, 8)], clique(10, 12), clique(12, 14)].concat();
        assert_eq!(groups(14, &links, 100), [(0..10).collect::<Vec<_>>(), (10..14).collect()]);
    }

    proptest! {
        #[test]
        fn each_node_is_in_one_group(links in prop::collection::vec((0_usize..60, 0_usize..60), 0..150)) {
            let groups = groups(60, &links, 20);
            let mut all = groups.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..60).collect::<Vec<_>>());
            prop_assert!(groups.is_sorted_by(|a, b| a.len() >= b.len()));
        }
    }
}

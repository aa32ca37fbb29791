//! Groups of entities that are linked more among themselves than with others: the Louvain method ([Blondel and others
//! 2008](https://doi.org/10.1088/1742-5468/2008/10/P10008)), in whole numbers and in the order of the nodes, so that it
//! finds the same groups on every machine.

use std::collections::BTreeMap;

/// How many links there are between nodes, in both directions; those of a node with itself are counted twice.
type Links = Vec<BTreeMap<usize, i64>>;

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
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    groups
}

/// Divides some of the nodes once.
fn divide(nodes: &[usize], links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let inside = |node: &usize| nodes.binary_search(node).ok();
    let mut level: Links = vec![BTreeMap::new(); nodes.len()];
    for (one, other) in links.iter().filter_map(|(one, other)| Some((inside(one)?, inside(other)?))) {
        *level[one].entry(other).or_default() += 1;
        *level[other].entry(one).or_default() += 1;
    }
    let mut members: Vec<Vec<usize>> = nodes.iter().map(|&node| vec![node]).collect();
    loop {
        let communities = moved(&level);
        let numbers: BTreeMap<usize, usize> =
            communities.iter().copied().collect::<std::collections::BTreeSet<_>>().into_iter().zip(0..).collect();
        if numbers.len() == level.len() {
            break;
        }
        let mut next: Links = vec![BTreeMap::new(); numbers.len()];
        let mut merged = vec![Vec::new(); numbers.len()];
        for (node, community) in communities.iter().enumerate() {
            merged[numbers[community]].append(&mut members[node]);
            for (&other, weight) in &level[node] {
                *next[numbers[community]].entry(numbers[&communities[other]]).or_default() += weight;
            }
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
    let degrees: Vec<i64> = links.iter().map(|links| links.values().sum()).collect();
    let all: i64 = degrees.iter().sum();
    let mut community: Vec<usize> = (0..links.len()).collect();
    let mut totals = degrees.clone();
    // The gain grows with every move, so that it ends; the limit is for patience.
    for _ in 0..100 {
        let mut changed = false;
        for node in 0..links.len() {
            let own = community[node];
            totals[own] -= degrees[node];
            let mut near: BTreeMap<usize, i64> = BTreeMap::from([(own, 0)]);
            for (&other, weight) in links[node].iter().filter(|(other, _)| **other != node) {
                *near.entry(community[other]).or_default() += weight;
            }
            let gain = |community: usize, weight: i64| weight * all - degrees[node] * totals[community];
            let mut best = (own, gain(own, near[&own]));
            for (&other, &weight) in &near {
                if gain(other, weight) > best.1 {
                    best = (other, gain(other, weight));
                }
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

/// Joins each group of few nodes with the one that it has most links with, and those that have none with each other.
fn joined(mut groups: Vec<Vec<usize>>, n_nodes: usize, links: &[(usize, usize)], most: usize) -> Vec<Vec<usize>> {
    groups.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
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

//! Groups of nodes within a picture: the communities of its lines, each with a colour.

use std::cmp::Reverse;

use super::compose::Composer;
use crate::draw::{Colour, Edge, Group, Node};
use crate::graph::{WeightedLinks, louvain};
use crate::sort;

/// The fewest members of a group that has an area of its own.
const FEWEST: usize = 3;
/// How many members name a group.
const NAMED: usize = 3;
/// The colours of groups, of [Okabe and Ito](https://jfly.uni-koeln.de/color/) and between: each differs from those before
/// in lightness too.
pub(super) const COLOURS: [Colour; 8] = [
    Colour([0x56, 0xB4, 0xE9]),
    Colour([0xE6, 0x9F, 0x00]),
    Colour([0x00, 0x9E, 0x73]),
    Colour([0xCC, 0x79, 0xA7]),
    Colour([0xC8, 0xB6, 0x00]),
    Colour([0xD5, 0x5E, 0x00]),
    Colour([0x6A, 0x5A, 0xCD]),
    Colour([0x80, 0x80, 0x80]),
];

impl Composer<'_> {
    /// Divides nodes into groups, named after their most central members.
    pub(super) fn grouped(&self, nodes: &mut [Node], edges: &[Edge]) -> Vec<Group> {
        let name = |node: &Node| {
            let entity = self.graph.entity_by_id(&node.id);
            entity.map_or_else(|| node.label.clone(), |entity| self.short_name(entity))
        };
        let groups = groups(nodes.len(), edges);
        let mut named = Vec::new();
        for (number, (members, colour)) in groups.iter().zip(COLOURS).enumerate() {
            let central: Vec<String> = members.iter().take(NAMED).map(|&member| name(&nodes[member])).collect();
            let central: Vec<&str> = central.iter().map(String::as_str).collect();
            named.push(Group { label: self.words.around_named(&central), colour });
            for &member in members {
                nodes[member].group = Some(number);
            }
        }
        named
    }
}

/// Returns the groups of nodes that are linked more with each other than with others, the largest first, each with its
/// most central members first: those whose lines within the group weigh most. About O(edges).
fn groups(n_nodes: usize, edges: &[Edge]) -> Vec<Vec<usize>> {
    let mut links: WeightedLinks = vec![Vec::new(); n_nodes];
    for edge in edges.iter().filter(|edge| edge.from != edge.to) {
        let weight = i64::try_from(edge.weight).unwrap_or(i64::from(i32::MAX));
        links[edge.from].push((edge.to, weight));
        links[edge.to].push((edge.from, weight));
    }
    for links in &mut links {
        links.sort_unstable();
    }
    let mut found = louvain(links.clone());
    if found.len() < 2 {
        return Vec::new();
    }
    found.retain(|members| members.len() >= FEWEST);
    for members in &mut found {
        let inside = |node: usize| -> i64 {
            links[node].iter().filter(|(other, _)| members.binary_search(other).is_ok()).map(|(_, weight)| weight).sum()
        };
        let mut by_weight: Vec<(Reverse<i64>, usize)> =
            members.iter().map(|&node| (Reverse(inside(node)), node)).collect();
        by_weight.sort_unstable();
        *members = by_weight.into_iter().map(|(_, node)| node).collect();
    }
    sort::by_key(&mut found, |members| (Reverse(members.len()), members[0]));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::samples::diagram;

    #[test]
    fn two_triangles_are_two_groups_with_the_most_linked_first() {
        let links =
            [(0, 1, "x"), (1, 2, "x"), (0, 2, "x"), (3, 4, "x"), (4, 5, "x"), (3, 5, "x"), (2, 3, "x"), (1, 2, "y")];
        let edges = diagram("en", &["a"; 7], &links).edges;
        let groups = groups(7, &edges);
        assert_eq!(groups.len(), 2);
        assert!(groups.iter().all(|group| group.len() == 3) && groups.iter().any(|group| group.contains(&5)));
        assert!(super::groups(3, &edges[..3]).is_empty(), "what hangs together as a whole is no group");
    }
}

//! [Core numbers](https://en.wikipedia.org/wiki/Degeneracy_(graph_theory)): the greatest number such that an entity is
//! among entities each of which has that many links with the others of them.

use super::simple::Neighbours;

/// Takes the nodes away, always one with the fewest links left, as
/// [Batagelj and Zaveršnik](https://arxiv.org/abs/cs/0310049) do. O(nodes + links).
pub(super) fn core_numbers(neighbours: &Neighbours) -> Vec<usize> {
    let degree = |node: u32| neighbours.neighbors_slice(node).len();
    let mut cores: Vec<usize> = (0..).map(degree).take(neighbours.node_count()).collect();
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); cores.iter().max().map_or(0, |most| most + 1)];
    for (node, &links) in (0..).zip(&cores) {
        waiting[links].push(node);
    }
    let mut taken = vec![false; cores.len()];
    let mut fewest = 0;
    while fewest < waiting.len() {
        let Some(node) = waiting[fewest].pop() else {
            fewest += 1;
            continue;
        };
        // It stands again in another list for each link that it lost.
        if std::mem::replace(&mut taken[node as usize], true) {
            continue;
        }
        for &other in neighbours.neighbors_slice(node) {
            let links = &mut cores[other as usize];
            if *links > fewest {
                *links -= 1;
                waiting[*links].push(other);
            }
        }
    }
    cores
}

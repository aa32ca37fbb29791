//! What of a dense network is drawn: the lines that stand for most, those that stand out, or those between the entities
//! with most links.

use super::compose::Composer;
use crate::draw::geometry::count;
use crate::sort;

/// What of a network is drawn; all of it where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Keep {
    /// Only lines that stand for at least so much.
    pub min_weight: Option<usize>,
    /// Only the lines that stand out at this level, by the [disparity filter](https://doi.org/10.1073/pnas.0808904106):
    /// those that would so rarely be as wide by chance, were what an entity's lines stand for divided among them at
    /// random. Unlike the nearest of each, it keeps few lines of an entity whose lines are all alike, and many where many
    /// stand out; unlike a least weight, it keeps the main lines of small entities too.
    pub backbone: Option<f64>,
    /// Only so many entities, those with most links.
    pub top: Option<usize>,
}

/// A line between two of a number of nodes, and what it stands for.
pub(super) type Line = (usize, usize, usize);

impl Keep {
    /// Tells for each line whether it is kept, and in the footer's words what is left out. O(lines · log nodes).
    pub(super) fn kept(&self, n_nodes: usize, lines: &[Line], composer: &Composer<'_>) -> (Vec<bool>, Vec<String>) {
        let mut kept = vec![true; lines.len()];
        let mut said = Vec::new();
        if let Some(least) = self.min_weight.filter(|least| *least > 1) {
            let n = leave(&mut kept, |at| lines[at].2 >= least);
            said.push(composer.words.left_light(least, n));
        }
        if let Some(level) = self.backbone {
            let outstanding = outstanding(n_nodes, lines, &kept, level);
            let n = leave(&mut kept, |at| outstanding[at]);
            said.push(composer.words.left_backbone(level, n));
        }
        if let Some(top) = self.top {
            let order = most_linked(n_nodes, lines, &kept);
            let n = order.len();
            let among = linked(n_nodes, lines, &kept, order, top);
            leave(&mut kept, |at| among[lines[at].0] && among[lines[at].1]);
            said.push(composer.words.left_top(n - among.iter().filter(|among| **among).count()));
        }
        (kept, said)
    }
}

/// The most lines of a picture of organizations, whatever is asked for: more are one black patch.
const MOST_LINES: usize = 1_500;

/// Leaves the entities with fewest links out until there are no more lines than can be seen, and returns how many.
pub(super) fn leave_crowd(n_nodes: usize, lines: &[Line], kept: &mut [bool]) -> usize {
    if kept.iter().filter(|kept| **kept).count() <= MOST_LINES {
        return 0;
    }
    let order = most_linked(n_nodes, lines, kept);
    let n = order.len();
    let among = within(n_nodes, lines, kept, order, MOST_LINES);
    leave(kept, |at| among[lines[at].0] && among[lines[at].1]);
    n - among.iter().filter(|among| **among).count()
}

/// The first of some nodes, as many as have no more than so many lines between them. O(lines).
fn within(n_nodes: usize, lines: &[Line], kept: &[bool], order: Vec<usize>, most: usize) -> Vec<bool> {
    let places = places(n_nodes, &order);
    // A line is there as soon as the later of its ends is.
    let mut lines_of = vec![0; order.len()];
    for (_, &(one, other, _)) in kept.iter().zip(lines).filter(|(kept, _)| **kept) {
        if let Some(lines) = lines_of.get_mut(places[one].max(places[other])) {
            *lines += 1;
        }
    }
    let (mut among, mut sum) = (vec![false; n_nodes], 0);
    for (node, lines) in order.into_iter().zip(lines_of) {
        sum += lines;
        if sum > most {
            break;
        }
        among[node] = true;
    }
    among
}

/// So many of some nodes that have a line to another of them, the first. Nodes whose lines all lead to later ones would stand
/// alone, so more are taken in their place. O(lines).
fn linked(n_nodes: usize, lines: &[Line], kept: &[bool], order: Vec<usize>, most: usize) -> Vec<bool> {
    let places = places(n_nodes, &order);
    // Those before a node that it has lines to.
    let mut before = vec![Vec::new(); order.len()];
    for (_, &(one, other, _)) in kept.iter().zip(lines).filter(|(kept, _)| **kept) {
        let (earlier, later) = if places[one] < places[other] { (one, other) } else { (other, one) };
        before[places[later]].push(earlier);
    }
    let (mut among, mut n) = (vec![false; n_nodes], 0);
    for (node, mut before) in order.into_iter().zip(before) {
        before.push(node);
        before.sort_unstable();
        before.dedup();
        if before.len() < 2 {
            continue;
        }
        let new = before.iter().filter(|&&node| !among[node]).count();
        // One that brings too many with it is passed over.
        if n + new > most {
            continue;
        }
        for node in before {
            among[node] = true;
        }
        n += new;
    }
    among
}

/// The place of each node in an order; none of those that are not in it.
fn places(n_nodes: usize, order: &[usize]) -> Vec<usize> {
    let mut places = vec![usize::MAX; n_nodes];
    order.iter().zip(0..).for_each(|(&node, place)| places[node] = place);
    places
}

/// Leaves lines out, and returns how many.
fn leave(kept: &mut [bool], wanted: impl Fn(usize) -> bool) -> usize {
    let mut n = 0;
    for (at, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
        *kept = wanted(at);
        n += usize::from(!*kept);
    }
    n
}

/// Which lines stand out for one of their ends. A line that is the only one of an end is judged by the other alone.
fn outstanding(n_nodes: usize, lines: &[Line], kept: &[bool], level: f64) -> Vec<bool> {
    let (mut degrees, mut strengths) = (vec![0_usize; n_nodes], vec![0_usize; n_nodes]);
    for (_, &(one, other, weight)) in kept.iter().zip(lines).filter(|(kept, _)| **kept) {
        for node in [one, other] {
            degrees[node] += 1;
            strengths[node] += weight;
        }
    }
    let chance = |node: usize, weight: usize| {
        if degrees[node] < 2 {
            return 1.0;
        }
        let rest = 1.0 - count(weight) / count(strengths[node].max(1));
        (1..degrees[node]).fold(1.0, |product, _| product * rest)
    };
    lines.iter().map(|&(one, other, weight)| chance(one, weight).min(chance(other, weight)) < level).collect()
}

/// The nodes that have lines, those whose lines stand for most first.
fn most_linked(n_nodes: usize, lines: &[Line], kept: &[bool]) -> Vec<usize> {
    let mut strengths = vec![0_usize; n_nodes];
    for (_, &(one, other, weight)) in kept.iter().zip(lines).filter(|(kept, _)| **kept) {
        strengths[one] += weight;
        strengths[other] += weight;
    }
    let mut nodes: Vec<usize> = (0..n_nodes).filter(|&node| strengths[node] > 0).collect();
    sort::by_key(&mut nodes, |&node| (std::cmp::Reverse(strengths[node]), node));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_stands_out_for_a_small_entity_is_in_the_backbone() {
        // A hub with ten lines of 1 and one of 20; and between two small ones, one of 9 beside others of 1.
        let mut lines: Vec<Line> = (1..=10).map(|node| (0, node, 1)).collect();
        lines.extend([(0, 11, 20), (12, 13, 9), (12, 14, 1), (12, 15, 1), (13, 14, 1)]);
        let kept = outstanding(16, &lines, &vec![true; lines.len()], 0.05);
        let kept: Vec<usize> = (0..lines.len()).filter(|&at| kept[at]).collect();
        assert_eq!(kept, [10, 11]);
    }

    #[test]
    fn no_more_lines_are_drawn_than_can_be_seen() {
        let lines: Vec<Line> = (0..100).flat_map(|one| (one + 1..100).map(move |other| (one, other, 1))).collect();
        let kept = vec![true; lines.len()];
        let among = within(100, &lines, &kept, most_linked(100, &lines, &kept), MOST_LINES);
        let n = among.iter().filter(|among| **among).count();
        assert!(n * (n - 1) / 2 <= MOST_LINES && (n + 1) * n / 2 > MOST_LINES, "{n}");
    }

    #[test]
    fn as_many_are_drawn_as_are_asked_for_and_none_alone() {
        // Two hubs that are not linked, and those that each is linked with.
        let lines: Vec<Line> = (2..6).map(|node| (0, node, 2)).chain((4..8).map(|node| (1, node, 1))).collect();
        let kept = vec![true; lines.len()];
        let drawn = |most| {
            let among = linked(8, &lines, &kept, most_linked(8, &lines, &kept), most);
            (0..8).filter(|&node| among[node]).collect::<Vec<_>>()
        };
        assert_eq!(drawn(1), [0_usize; 0]);
        // The third in the order leads to both hubs.
        assert_eq!(drawn(2), [0, 2]);
        assert_eq!(drawn(4), [0, 1, 4, 5]);
        assert_eq!(drawn(8), [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn the_most_linked_come_first_and_what_has_no_line_does_not() {
        assert_eq!(most_linked(4, &[(0, 1, 1), (1, 2, 1)], &[true, true]), [1, 0, 2]);
        assert_eq!(most_linked(4, &[(0, 1, 1), (1, 2, 1)], &[false, true]), [1, 2]);
    }
}

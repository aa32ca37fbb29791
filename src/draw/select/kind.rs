//! What lines say by their ends and widths instead of by words: the kinds of links, named once in the legend.
//!
//! Where all lines say the same, or there are few kinds, no line is labelled. In a network that is too dense for labels,
//! the kinds that most lines have are named in the legend, and only the others on their lines.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::draw::words::Words;
use crate::draw::{Arrow, Colour, Edge, Ends, Kind, Mark, Weight};
use crate::sort;

/// The most kinds that are told apart by marks where all are, and where there is no room for labels.
const FEW: usize = 4;
const MOST: usize = Mark::ALL.len();
/// The fewest lines of a kind that the legend names beside others that are named on lines.
const FEWEST_LINES: usize = 3;
/// The colours of kinds, in their order: those of [Okabe and Ito](https://jfly.uni-koeln.de/color/) that stand out from
/// white as thin lines.
const COLOURS: [Colour; MOST] = [
    Colour([0x5A; 3]),
    Colour([0x00, 0x72, 0xB2]),
    Colour([0xD5, 0x5E, 0x00]),
    Colour([0x00, 0x8A, 0x65]),
    Colour([0xA8, 0x4F, 0x82]),
    Colour([0x3B, 0x3B, 0x9E]),
];

/// Returns the kinds that the legend names, the one of most lines first, and tells each edge which it is of. An edge of
/// a kind that the legend does not name is of none, and keeps its label on the line.
pub(super) fn kinds(edges: &mut [Edge], is_dense: bool) -> Vec<Kind> {
    let mut lines: BTreeMap<(&str, Arrow), usize> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.from != edge.to) {
        for relation in edge.label.lines() {
            *lines.entry((relation, edge.arrow)).or_default() += 1;
        }
    }
    let mut found: Vec<(&str, Arrow, usize)> =
        lines.into_iter().map(|((relation, arrow), n)| (relation, arrow, n)).collect();
    sort::by_key(&mut found, |&(relation, arrow, n)| (Reverse(n), relation, arrow));
    let few = found.len() == 1 || found.len() <= FEW && edges.len() >= 2 * found.len();
    if !few && is_dense {
        found.retain(|&(.., n)| n >= FEWEST_LINES);
        found.truncate(MOST);
    } else if !few || edges.len() < 2 {
        found.clear();
    }
    let kinds: Vec<(Kind, Arrow)> = found
        .iter()
        .enumerate()
        .map(|(number, &(relation, arrow, _))| (kind(number, relation, arrow), arrow))
        .collect();
    for edge in edges {
        let number = |relation| kinds.iter().position(|(kind, arrow)| kind.label == relation && *arrow == edge.arrow);
        edge.kinds = edge.label.lines().map(number).collect::<Option<_>>().unwrap_or_default();
    }
    kinds.into_iter().map(|(kind, _)| kind).collect()
}

/// A kind by its place among others. The first of all needs no mark where it holds in both directions.
pub(super) fn kind(number: usize, relation: &str, arrow: Arrow) -> Kind {
    let ends = match (arrow, number) {
        (Arrow::Forward, _) => Ends::Last,
        (Arrow::None, 0) => Ends::Neither,
        (Arrow::None, _) => Ends::Both,
    };
    let (mark, colour) = (Mark::ALL[number % MOST], COLOURS[number % MOST]);
    Kind { label: relation.to_owned(), mark, ends, colour }
}

/// Examples of what widths of lines mean: the least, the greatest and one between; none where all are the same.
pub(super) fn widths(edges: &[Edge], words: &Words, weight: Weight) -> Vec<(usize, String)> {
    let mut weights: Vec<usize> = edges.iter().map(|edge| edge.weight).collect();
    weights.sort_unstable();
    weights.dedup();
    let (Some(&least), Some(&most)) = (weights.first(), weights.last()) else { return Vec::new() };
    if least == most {
        return Vec::new();
    }
    let middle = weights[weights.len() / 2];
    let mut examples = vec![least, middle, most];
    examples.dedup();
    examples.into_iter().map(|n| (n, words.weight(weight, n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::samples::diagram;

    fn named(edges: &[(usize, usize, &str)], is_dense: bool) -> (Vec<String>, Vec<String>) {
        let mut edges = diagram("en", &["a"; 12], edges).edges;
        let kinds = kinds(&mut edges, is_dense);
        let on_lines = edges.iter().map(|edge| edge.written().to_owned()).filter(|label| !label.is_empty());
        (kinds.into_iter().map(|kind| kind.label).collect(), on_lines.collect())
    }

    #[test]
    fn one_kind_is_named_in_the_legend_and_on_no_line() {
        assert_eq!(named(&[(0, 1, "leads"), (1, 2, "leads")], false), (vec!["leads".to_owned()], Vec::new()));
    }

    #[test]
    fn few_kinds_are_told_apart_by_marks_and_many_by_their_labels() {
        let links: Vec<_> = (1..9).map(|node| (0, node, ["leads", "hosts"][node % 2])).collect();
        assert_eq!(named(&links, false).1, Vec::<String>::new());
        let names = ["a", "b", "c", "d", "e", "f"];
        let links: Vec<_> = (1..12).map(|node| (0, node, names[node % 6])).collect();
        let (kinds, labels) = named(&links, false);
        assert!(kinds.is_empty() && labels.len() == links.len());
    }

    #[test]
    fn in_a_dense_network_only_rare_kinds_are_written_on_lines() {
        let names = ["a", "a", "a", "b", "b", "b", "c", "d", "e", "a"];
        let links: Vec<_> = (1..11).map(|node| (0, node, names[node - 1])).collect();
        let (kinds, labels) = named(&links, true);
        assert_eq!((kinds, labels.concat()), (vec!["a".to_owned(), "b".to_owned()], "cde".to_owned()));
    }

    #[test]
    fn where_all_lines_are_alike_their_width_is_not_explained() {
        let mut pair = diagram("en", &["a", "b"], &[(0, 1, "x"), (0, 1, "y")]);
        let words = Words::of(pair.language);
        assert_eq!(widths(&pair.edges, words, Weight::Links), []);
        pair.edges[0].weight = 4;
        assert_eq!(widths(&pair.edges, words, Weight::Links).len(), 2);
    }

    #[test]
    fn an_edge_of_several_kinds_has_all_their_marks_or_its_label() {
        let mut edges = diagram("en", &["a"; 6], &[(0, 1, "x\ny"), (0, 2, "x"), (0, 3, "y"), (0, 4, "x")]).edges;
        assert_eq!(kinds(&mut edges, false).len(), 2);
        assert_eq!(edges[0].kinds, [0, 1]);
    }
}

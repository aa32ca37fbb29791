//! What is seen first: the text of a node is larger the more it counts.

use super::compose::Composer;
use crate::draw::geometry::count;
use crate::draw::{Edge, Node};
use crate::graph::Measure;

/// The largest text of a node, in hundredths of the usual one.
const LARGEST: f64 = 180.0;

impl Composer<'_> {
    /// Sizes nodes by how many others they are linked with, or by the measure that is asked for.
    pub(super) fn sized(&self, nodes: &mut [Node], edges: &[Edge]) -> Vec<(u16, String)> {
        match self.size_by {
            None | Some(Measure::Degree) => {
                let degrees = degrees(nodes.len(), edges);
                sized(nodes, &degrees, |value| self.words.linked_with(value))
            }
            Some(measure) => {
                let simple = self.graph.simple(self.view);
                let measured = measure.of(&simple);
                let entities: Vec<&str> = simple.node_weights().map(|&entity| self.graph.id(entity)).collect();
                let value = |node: &Node| entities.binary_search(&node.id.as_str()).ok().map(|at| measured.values[at]);
                let values: Vec<f64> = nodes.iter().map(|node| value(node).unwrap_or_default()).collect();
                let name = measured.name(measure);
                sized(nodes, &values, |value| self.words.named(&name, &format!("{value:.3}")))
            }
        }
    }
}

/// Sizes nodes by a number each, so that the text of the greatest is largest, and returns examples for the legend.
fn sized(nodes: &mut [Node], values: &[f64], said: impl Fn(f64) -> String) -> Vec<(u16, String)> {
    let most = values.iter().copied().fold(0.0, f64::max);
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    if most <= least || most <= 0.0 {
        return Vec::new();
    }
    // By the root, as areas are compared.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 100 to 180")]
    let size = |value: f64| {
        let part = ((value - least) / (most - least)).max(0.0).sqrt();
        (100.0 + (LARGEST - 100.0) * part).round() as u16
    };
    for (node, &value) in nodes.iter_mut().zip(values) {
        node.size = size(value);
    }
    let middle = (least + (most - least) / 4.0).round().max(least);
    let mut examples: Vec<(u16, String)> = Vec::new();
    for value in [least, middle, most] {
        let example = (size(value), said(value));
        if examples.last().is_none_or(|last| last.1 != example.1) {
            examples.push(example);
        }
    }
    examples
}

/// How many others each node is linked with.
fn degrees(n_nodes: usize, edges: &[Edge]) -> Vec<f64> {
    let mut pairs: Vec<(usize, usize)> =
        edges.iter().flat_map(|edge| [(edge.from, edge.to), (edge.to, edge.from)]).filter(|(a, b)| a != b).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut degrees = vec![0; n_nodes];
    for (node, _) in pairs {
        if let Some(degree) = degrees.get_mut(node) {
            *degree += 1;
        }
    }
    degrees.into_iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::samples::diagram;

    #[test]
    fn who_has_most_links_is_largest_and_the_legend_says_how_many() {
        let mut star = diagram("en", &["a", "b", "c", "d"], &[(0, 1, "x"), (0, 2, "x"), (3, 0, "x"), (1, 0, "y")]);
        let degrees = degrees(4, &star.edges);
        assert_eq!(degrees, [3.0, 1.0, 1.0, 1.0]);
        let legend = sized(&mut star.nodes, &degrees, |value| format!("{value}"));
        assert_eq!(star.nodes.iter().map(|node| node.size).collect::<Vec<_>>(), [180, 100, 100, 100]);
        assert_eq!(legend, [(100, "1".to_owned()), (157, "2".to_owned()), (180, "3".to_owned())]);
    }

    #[test]
    fn where_all_are_alike_nothing_is_explained() {
        let mut pair = diagram("en", &["a", "b"], &[(0, 1, "x")]);
        assert_eq!(sized(&mut pair.nodes, &[1.0, 1.0], |_| String::new()), []);
    }
}

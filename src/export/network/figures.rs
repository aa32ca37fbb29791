//! Figures of nodes: what is computed from the graph that is written, so that nobody has to compute it again.

use super::{Column, Kind};
use crate::export::Options;
use crate::graph::{KnowledgeGraph, NodeFigure, Subgraph};

/// The figures that are asked for, each with a value for each node.
pub(in crate::export) struct Figures(Vec<Computed>);

struct Computed {
    figure: NodeFigure,
    name: String,
    /// For each node of the network, in their order.
    values: Vec<Option<f64>>,
}

impl Figures {
    /// Computes what the options ask for, each figure once.
    pub(super) fn new(graph: &KnowledgeGraph, options: &Options, subgraph: &Subgraph) -> Self {
        let mut wanted = options.with.clone();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Self(Vec::new());
        }
        let simple = graph.simple(&options.view);
        let nodes: Vec<_> = simple.node_weights().copied().collect();
        let numbers: Vec<_> = subgraph.entities.iter().map(|entity| nodes.binary_search(entity).ok()).collect();
        let figures = wanted.into_iter().map(|figure| {
            let (name, values) = figure.of(&simple);
            Computed { figure, name, values: numbers.iter().map(|number| Some(values[(*number)?])).collect() }
        });
        Self(figures.collect())
    }

    /// A column for each figure.
    pub(super) fn columns(&self) -> impl Iterator<Item = Column> {
        self.0.iter().map(|Computed { figure, name, .. }| {
            Column::new(name, if figure.counts() { Kind::Integer } else { Kind::Number })
        })
    }

    /// The values of a node with the numbers of their columns, the last of which comes before that one.
    pub(super) fn of(&self, node: usize, end: usize) -> impl Iterator<Item = (usize, String)> {
        let columns = end - self.0.len()..end;
        columns.zip(&self.0).filter_map(move |(column, figure)| Some((column, written(figure.values[node]?))))
    }
}

/// A number with as many digits as every reader keeps: fifteen, the one before the point among them.
fn written(value: f64) -> String {
    let text = format!("{value:.14}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_more_digits_than_a_spreadsheet_keeps() {
        for (value, text) in [(0.0, "0"), (120.0, "120"), (0.1, "0.1"), (1.0 / 3.0, "0.33333333333333"), (1e-20, "0")] {
            assert_eq!(written(value), text);
        }
    }
}

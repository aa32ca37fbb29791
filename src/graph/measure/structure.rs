//! How a graph hangs together, in a few figures: density, reciprocity, components, and what they hang on.

use super::Cuts;
use super::cut::cuts;
use super::simple::{SimpleGraph, among, components};
use crate::graph::{KnowledgeGraph, Mode, View};
use crate::model::ClassId;

/// How a graph hangs together.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// How many entities there are.
    pub entities: usize,
    /// How many pairs of them are linked.
    pub links: usize,
    /// Which part of the pairs that could be linked is; nothing where none could.
    pub density: Option<f64>,
    /// Which part of the links has one back; nothing where links have no direction or there are none.
    pub reciprocity: Option<f64>,
    /// How many entities each component has, the largest first.
    pub components: Vec<usize>,
    /// What it hangs on.
    pub cuts: Cuts,
}

/// A part of the graph that figures are given of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The graph in one of the modes.
    Mode(Mode),
    /// The entities of a base class and the links among them.
    Class(ClassId),
}

impl KnowledgeGraph {
    /// Returns how the graph hangs together: the whole, the organizations with and without what they have a part in, and
    /// the entities of each base class. O(n log n), and of organizations as [`KnowledgeGraph::simple`].
    #[must_use]
    pub fn structures(&self) -> Vec<(Part, Structure)> {
        let whole = self.simple(&View::default());
        let mut structures = vec![(Part::Mode(Mode::Statements), structure(&whole, Mode::Statements, pairs(&whole)))];
        for mode in [Mode::TwoMode, Mode::OneMode] {
            let graph = self.simple(&View { mode, ..View::default() });
            let pairs = if mode == Mode::TwoMode { self.pairs_across(&graph) } else { pairs(&graph) };
            structures.push((Part::Mode(mode), structure(&graph, mode, pairs)));
        }
        let ontology = self.ontology();
        let bases = ontology.class_ids().filter(|&class| ontology.class(class).shape.is_some());
        for class in bases {
            let graph = among(&whole, |entity| ontology.is_a(self.entity(entity).class, class));
            if graph.node_count() > 0 {
                structures.push((Part::Class(class), structure(&graph, Mode::Statements, pairs(&graph))));
            }
        }
        structures
    }

    /// How many pairs there are of an organization and something else.
    fn pairs_across(&self, graph: &SimpleGraph) -> usize {
        let organizations =
            graph.node_weights().filter(|&&entity| self.is_of(entity, &[self.ontology().known().organization])).count();
        organizations * (graph.node_count() - organizations)
    }
}

/// How many pairs of nodes there are.
fn pairs(graph: &SimpleGraph) -> usize {
    graph.node_count() * graph.node_count().saturating_sub(1) / 2
}

#[expect(clippy::cast_precision_loss, reason = "there are far fewer links than 2^52")]
fn structure(graph: &SimpleGraph, mode: Mode, pairs: usize) -> Structure {
    let links = graph.edge_count();
    let mutual = graph.edge_weights().filter(|link| link.mutual).count();
    let directed = mode != Mode::OneMode && links > 0;
    Structure {
        entities: graph.node_count(),
        links,
        density: (pairs > 0).then(|| links as f64 / pairs as f64),
        reciprocity: directed.then(|| (2 * mutual) as f64 / (links + mutual) as f64),
        components: components(graph).iter().map(Vec::len).collect(),
        cuts: cuts(graph),
    }
}

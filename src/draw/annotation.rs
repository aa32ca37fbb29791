//! What SVG says of nodes and lines besides what is seen: titles for people, and what a script asks for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::text::clean;
use super::{Diagram, Edge};
use crate::export::xml;
use crate::sort;

/// What is said of nodes and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// What people read.
    Titles,
    /// The same, but of a line and its label the label alone says it.
    Labels,
    /// What a script reads besides what people do.
    Data,
}

impl Diagram {
    /// Returns what relations lines stand for, each with the number of lines: that of most first.
    #[must_use]
    pub fn relations(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for relation in self.edges.iter().flat_map(|edge| self.relations_of(edge)) {
            *counts.entry(relation).or_default() += 1;
        }
        let mut relations: Vec<_> = counts.into_iter().map(|(label, n)| (label.to_owned(), n)).collect();
        sort::by_key(&mut relations, |(_, n)| Reverse(*n));
        relations
    }

    /// Returns the relations that a line stands for: its kinds, or those that stand on it.
    pub(super) fn relations_of<'d>(&'d self, edge: &'d Edge) -> impl Iterator<Item = &'d str> {
        let kinds = self.kinds_of(edge).map(|kind| kind.label.as_str());
        let written = edge.label.lines().filter(|_| edge.kinds.is_empty());
        kinds.chain(written).filter(|label| !label.is_empty())
    }
}

/// What a script reads of each edge.
pub(super) fn edge_notes(diagram: &Diagram, notes: Notes) -> Vec<String> {
    let relations = match notes {
        Notes::Titles | Notes::Labels => return vec![String::new(); diagram.edges.len()],
        Notes::Data => diagram.relations(),
    };
    let id = |node: usize| {
        diagram.nodes.get(node).map_or_else(String::new, |node| xml::content(&clean(&node.id)).into_owned())
    };
    let joined = |numbers: Vec<usize>| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let of = |(number, edge): (usize, &Edge)| {
        let statements = edge.statements.iter().flat_map(|stated| &stated.ids).map(|id| id.index());
        let known =
            diagram.relations_of(edge).filter_map(|label| relations.iter().position(|(known, _)| known == label));
        let (statements, relations) = (joined(statements.collect()), joined(known.collect()));
        format!(
            " data-edge=\"{number}\" data-from=\"{}\" data-to=\"{}\" data-statements=\"{statements}\" data-relations=\"{relations}\"",
            id(edge.from),
            id(edge.to)
        )
    };
    diagram.edges.iter().enumerate().map(of).collect()
}

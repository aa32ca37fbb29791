//! The rows of a network: one after the other, or written on all processors.

use std::io::{self, Write};
use std::ops::Range;

use super::{Edge, Network, Node, is_link};
use crate::model::{EntityId, Statement, StatementId};
use crate::parallel;

/// How many nodes, or statements at least, are written at a time.
const PART: usize = 512;

/// Some of the edges: all between the same ends are in one part.
#[derive(Clone)]
pub(in crate::export) struct Edges {
    /// The number of the first.
    number: usize,
    /// The statements among which they are, or the organizations that come first in pairs.
    rows: Range<usize>,
}

impl<'g> Network<'g> {
    /// The nodes, by the entities' ids.
    pub(in crate::export) fn nodes(&self) -> impl Iterator<Item = Node<'g>> {
        self.nodes_of(0..self.n_nodes(), |_| true)
    }

    /// The nodes for which `wanted` is true, by the entities' ids.
    pub(in crate::export) fn nodes_where(&self, wanted: impl Fn(EntityId) -> bool) -> impl Iterator<Item = Node<'g>> {
        self.nodes_of(0..self.n_nodes(), wanted)
    }

    /// Writes all nodes in their order, each as `row` does.
    pub(in crate::export) fn write_nodes(
        &self,
        out: &mut impl Write,
        row: impl Fn(&Node<'g>, &mut Vec<u8>) -> io::Result<()> + Sync,
    ) -> io::Result<()> {
        let write = |part: &Range<usize>, buffer: &mut Vec<u8>| {
            self.nodes_of(part.clone(), |_| true).try_for_each(|node| row(&node, buffer))
        };
        parallel::write_parts(&self.node_parts(PART), write, out)
    }

    /// Ranges of so many nodes.
    pub(in crate::export) fn node_parts(&self, length: usize) -> Vec<Range<usize>> {
        let all = self.n_nodes();
        (0..all).step_by(length).map(|start| start..all.min(start + length)).collect()
    }

    /// The nodes of a range for which `wanted` is true.
    pub(in crate::export) fn nodes_of(
        &self,
        numbers: Range<usize>,
        wanted: impl Fn(EntityId) -> bool,
    ) -> impl Iterator<Item = Node<'g>> {
        let subject = |id: &StatementId| self.graph.statement(*id).subject;
        let mut statements = self.subgraph.statements.as_slice();
        let entities = numbers.clone().zip(&self.subgraph.entities[numbers]);
        entities.filter(move |(_, entity)| wanted(**entity)).map(move |(number, &entity)| {
            // Most often its statements follow at once.
            if statements.first().is_some_and(|first| subject(first) < entity) {
                statements = &statements[statements.partition_point(|id| subject(id) < entity)..];
            }
            let count = statements.iter().take_while(|id| subject(id) == entity).count();
            let (own, rest) = statements.split_at(count);
            statements = rest;
            self.node(number, entity, own)
        })
    }

    /// The edges, in the order of the statements.
    pub(in crate::export) fn edges(&self) -> impl Iterator<Item = Edge<'g>> {
        self.edges_of(self.all_edges(), |_| true)
    }

    /// Those edges between the ends of statements of which `wanted` is true, numbered without the others; all edges between
    /// organizations.
    pub(in crate::export) fn edges_where(&self, wanted: impl Fn(&Statement) -> bool) -> impl Iterator<Item = Edge<'g>> {
        self.edges_of(self.all_edges(), wanted)
    }

    /// Writes all edges in their order, each as `row` does.
    pub(in crate::export) fn write_edges(
        &self,
        out: &mut impl Write,
        row: impl Fn(&Edge<'g>, &mut Vec<u8>) -> io::Result<()> + Sync,
    ) -> io::Result<()> {
        let write = |part: &Edges, buffer: &mut Vec<u8>| {
            self.edges_of(part.clone(), |_| true).try_for_each(|edge| row(&edge, buffer))
        };
        parallel::write_parts(&self.edge_parts(PART), write, out)
    }

    /// Parts with so many statements or pairs, or more where there are more of one organization or about one subject.
    pub(in crate::export) fn edge_parts(&self, length: usize) -> Vec<Edges> {
        if let Some((pairs, _)) = &self.shared {
            let mut parts: Vec<Edges> = Vec::new();
            for (row, &(_, number)) in pairs.firsts.iter().enumerate() {
                match parts.last_mut() {
                    Some(part) if number - part.number < length => part.rows.end = row + 1,
                    _ => parts.push(Edges { number, rows: row..row + 1 }),
                }
            }
            return parts;
        }
        let mut part = Edges { number: 0, rows: 0..0 };
        let (mut parts, mut links) = (Vec::new(), 0);
        let statements = self.subgraph.statements.iter().map(|&id| self.graph.statement(id));
        for (row, statement) in statements.enumerate() {
            let before = row.checked_sub(1).map(|before| self.graph.statement(self.subgraph.statements[before]));
            let goes_on = before.is_none_or(|before| before.subject == statement.subject);
            if row - part.rows.start >= length && !goes_on {
                parts.push(std::mem::replace(&mut part, Edges { number: links, rows: row..row }));
            }
            part.rows.end = row + 1;
            links += usize::from(is_link(statement));
        }
        parts.push(part);
        parts
    }

    /// The edges of a part, those between the ends of statements only if `wanted` is true of these.
    pub(in crate::export) fn edges_of(
        &self,
        part: Edges,
        wanted: impl Fn(&Statement) -> bool,
    ) -> impl Iterator<Item = Edge<'g>> {
        let Edges { number, rows } = part;
        let links = self.shared.is_none().then(|| &self.subgraph.statements[rows.clone()]);
        let links = links.into_iter().flatten().filter(move |&&id| wanted(self.graph.statement(id)));
        let pairs = self.shared.iter().flat_map(move |(pairs, columns)| {
            let firsts = pairs.firsts[rows.clone()].iter();
            let pairs = firsts.flat_map(|(one, _)| pairs.sharing.pairs_of(*one));
            pairs.map(move |pair| self.pair(&pair, columns))
        });
        let mut last: Option<([EntityId; 2], &str)> = None;
        let mut repetition = 0;
        let edges = links.filter_map(|&id| self.link(id)).chain(pairs);
        (number..).zip(edges).map(move |(number, edge)| {
            let this = (edge.ends, edge.property);
            repetition = if last.replace(this) == Some(this) { repetition + 1 } else { 1 };
            Edge { number, repetition, ..edge }
        })
    }

    fn all_edges(&self) -> Edges {
        let rows = self.shared.as_ref().map_or(self.subgraph.statements.len(), |(pairs, _)| pairs.firsts.len());
        Edges { number: 0, rows: 0..rows }
    }
}

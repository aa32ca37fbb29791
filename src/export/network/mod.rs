//! The graph as nodes and edges with columns: the one neutral model behind every feed.
//!
//! A [`Network`] says which columns there are, then streams rows; a format only spells them. Nodes are entities, edges
//! the statements that link two of them. A statement with a literal is a claim of its node: the best claims of a property
//! are a column, and all of them, with their sources and ranks, are in [`Node::claims`].

mod claims;
mod column;
mod figures;
mod fill;
pub(super) mod json;
mod rows;
mod used;

pub(super) use column::{Column, Kind};
pub(super) use used::Used;

use std::borrow::Cow;
use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::Options;
use crate::graph::{KnowledgeGraph, Mode, Sharing, Subgraph, View};
use crate::model::{
    ClassId, Day, EntityId, Language, Object, ParagraphId, PropertyId, Statement, StatementId, hexadecimal,
};
use crate::ontology::Class;
use column::Columns;
use figures::Figures;

/// A part of the graph as a property graph.
pub(super) struct Network<'g> {
    pub(super) graph: &'g KnowledgeGraph,
    pub(super) languages: Vec<Language>,
    /// Whether edges lead from one end to the other; if not, none does.
    pub(super) directed: bool,
    nodes: Columns,
    statements: Columns,
    subgraph: Subgraph,
    /// The edges between organizations and their columns, where these are what is linked.
    shared: Option<(Pairs, Columns)>,
    claims: Claims,
    figures: Figures,
}

/// How a format holds the claims of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claims {
    /// As values within the node, by the format itself.
    Nested,
    /// As a column of JSON text.
    Text,
    /// In a table of their own: columns of names then hold what describes a node, and not what is only stated of it.
    Apart,
}

/// A node: an entity.
pub(super) struct Node<'g> {
    /// Its place among the nodes.
    pub(super) number: usize,
    /// A name for programs, of ASCII letters, digits, `-`, `_` and `.`; unique among the nodes.
    pub(super) key: &'g str,
    pub(super) entity: EntityId,
    /// Its name in the chosen language.
    pub(super) label: &'g str,
    /// The base class, which has colour and shape.
    pub(super) base: &'g Class,
    pub(super) valid: Validity,
    pub(super) cells: Cells<'g>,
    pub(super) claims: Vec<Claim<'g>>,
}

/// An edge: a statement that links two entities, or what two organizations share.
pub(super) struct Edge<'g> {
    /// Its place among the edges.
    pub(super) number: usize,
    /// 1, and one more for each edge of the same property between the same ends that comes before it.
    pub(super) repetition: usize,
    /// A name for programs, unique among the edges: of a statement its hash, of organizations the keys of both and `:`.
    pub(super) key: String,
    pub(super) source: &'g str,
    pub(super) target: &'g str,
    /// The entities at both ends.
    pub(super) ends: [EntityId; 2],
    /// The statement, or all those by which two organizations share something.
    pub(super) statements: Vec<StatementId>,
    /// The local name of the property.
    pub(super) property: &'g str,
    /// Its label in the chosen language.
    pub(super) label: &'g str,
    /// How many things two organizations share; the count that a statement gives, else 1.
    pub(super) weight: usize,
    pub(super) valid: Validity,
    pub(super) cells: Cells<'g>,
}

/// A statement that gives its subject a literal or a controlled value.
pub(super) struct Claim<'g> {
    /// The statement's hash.
    pub(super) key: String,
    /// The local name of the property.
    pub(super) property: &'g str,
    /// The property's label in the chosen language.
    pub(super) label: &'g str,
    /// The value's lexical form, or the local name of a controlled value.
    pub(super) value: &'g str,
    pub(super) language: Option<Language>,
    /// The cells of the columns of claims.
    pub(super) cells: Cells<'g>,
}

/// The first and the last day on which something is known to be or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Validity {
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
}

/// The cells of a row that have a value, in the order of the columns.
pub(super) type Cells<'g> = Vec<Cell<'g>>;

/// The values of a row in a column, one where the column is no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell<'g> {
    /// The column's number.
    pub(super) column: usize,
    pub(super) values: Values<'g>,
}

/// The lexical forms of values. Most often there is one, which then is not allocated for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Values<'g> {
    One(Cow<'g, str>),
    Several(Vec<Cow<'g, str>>),
}

impl<'g> Values<'g> {
    fn push(&mut self, value: Cow<'g, str>) {
        *self = match std::mem::replace(self, Self::Several(Vec::new())) {
            Self::One(first) => Self::Several(vec![first, value]),
            Self::Several(mut values) => {
                values.push(value);
                Self::Several(values)
            }
        };
    }
}

impl<'g> std::ops::Deref for Values<'g> {
    type Target = [Cow<'g, str>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Several(values) => values,
        }
    }
}

impl<'g> FromIterator<Cow<'g, str>> for Values<'g> {
    fn from_iter<I: IntoIterator<Item = Cow<'g, str>>>(values: I) -> Self {
        let mut values = values.into_iter();
        match (values.next(), values.next()) {
            (Some(one), None) => Self::One(one),
            (first, second) => Self::Several(first.into_iter().chain(second).chain(values).collect()),
        }
    }
}

impl<'g> Network<'g> {
    /// Cuts out a view and finds which columns it needs. O(n log n).
    pub(super) fn new(graph: &'g KnowledgeGraph, options: &Options, claims: Claims) -> Self {
        let subgraph = graph.subgraph(&options.view);
        Self::with(graph, options, claims, subgraph, None)
    }

    /// Cuts out what belongs to a part of a data set, with the columns that the whole needs.
    pub(super) fn of_part(graph: &'g KnowledgeGraph, options: &Options, claims: Claims, used: &Used) -> Self {
        let subgraph = graph.own().map(|(subgraph, _)| subgraph).unwrap_or_default();
        Self::with(graph, options, claims, subgraph, Some(used))
    }

    /// Returns which columns what belongs to a part of a data set needs.
    pub(super) fn used(graph: &'g KnowledgeGraph) -> Used {
        let subgraph = graph.own().map(|(subgraph, _)| subgraph).unwrap_or_default();
        Used::of(graph, &subgraph, Claims::Nested)
    }

    fn with(
        graph: &'g KnowledgeGraph,
        options: &Options,
        claims: Claims,
        mut subgraph: Subgraph,
        used: Option<&Used>,
    ) -> Self {
        let shared = (options.view.mode == Mode::OneMode).then(|| Pairs::new(graph, &options.view, &mut subgraph));
        let figures = Figures::new(graph, options, &subgraph);
        let used = used.map_or_else(|| Cow::Owned(Used::of(graph, &subgraph, claims)), Cow::Borrowed);
        let nodes = Columns::of_nodes(graph, &used.nodes, &figures, claims);
        let statements = Columns::of_statements(graph, &used.statements);
        let shared = shared.map(|pairs| (pairs, Columns::of_shared()));
        let directed = shared.is_none();
        Self {
            graph,
            languages: options.languages.clone(),
            directed,
            nodes,
            statements,
            subgraph,
            shared,
            claims,
            figures,
        }
    }

    /// Whether a node's claims are to be within it, by the format itself.
    pub(super) fn nests_claims(&self) -> bool {
        self.claims == Claims::Nested
    }

    /// The columns of nodes.
    pub(super) fn node_columns(&self) -> &[Column] {
        &self.nodes.all
    }

    /// The columns of edges.
    pub(super) fn edge_columns(&self) -> &[Column] {
        self.shared.as_ref().map_or(&self.statements.all, |(_, columns)| &columns.all)
    }

    /// The columns of claims.
    pub(super) fn claim_columns(&self) -> &[Column] {
        &self.statements.all
    }

    /// The paragraphs that nodes and statements cite.
    pub(super) fn cited_paragraphs(&self) -> BTreeSet<ParagraphId> {
        let graph = self.graph;
        let entities = self.subgraph.entities.iter().flat_map(|&entity| graph.entity_citations(entity));
        let statements = self.subgraph.statements.iter().flat_map(|&id| graph.citations(graph.statement(id)));
        entities.chain(statements).filter_map(|citation| citation.paragraph).collect()
    }

    /// The number of nodes.
    pub(super) fn n_nodes(&self) -> usize {
        self.subgraph.entities.len()
    }

    /// Tells whether an entity is among the nodes.
    pub(super) fn has(&self, entity: EntityId) -> bool {
        self.subgraph.entities.binary_search(&entity).is_ok()
    }

    /// The number of edges.
    pub(super) fn n_edges(&self) -> usize {
        self.shared.as_ref().map_or_else(|| self.ends().count(), |(pairs, _)| pairs.length)
    }

    /// The entities at both ends of each edge, in the order of the edges.
    pub(super) fn ends(&self) -> impl Iterator<Item = [EntityId; 2]> {
        let links = self.subgraph.statements.iter().filter(|_| self.shared.is_none());
        let links = links.filter_map(|&id| {
            let statement = self.graph.statement(id);
            match statement.object {
                Object::Entity(object) => Some([statement.subject, object]),
                Object::Value(_) | Object::Literal(..) => None,
            }
        });
        let firsts = self.shared.iter().flat_map(|(pairs, _)| pairs.firsts.iter().map(move |(one, _)| (pairs, *one)));
        let pairs =
            firsts.flat_map(|(pairs, one)| pairs.sharing.partners(one).into_iter().map(move |other| [one, other]));
        links.chain(pairs)
    }

    /// The place of an entity among the nodes. O(log n).
    pub(super) fn number(&self, entity: EntityId) -> usize {
        self.subgraph.entities.partition_point(|&other| other < entity)
    }

    /// How many ends of edges each node is. O(n log n).
    pub(super) fn degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.n_nodes()];
        for end in self.ends().flatten() {
            degrees[self.number(end)] += 1;
        }
        degrees
    }

    /// The classes of the nodes, sorted.
    pub(super) fn classes(&self) -> BTreeSet<ClassId> {
        self.subgraph.entities.iter().map(|&entity| self.graph.entity(entity).class).collect()
    }

    /// The properties of the edges, sorted; none of edges between organizations.
    pub(super) fn properties(&self) -> BTreeSet<PropertyId> {
        let statements = self.subgraph.statements.iter().map(|&id| self.graph.statement(id));
        statements.filter(|statement| self.directed && is_link(statement)).map(|statement| statement.property).collect()
    }
}

/// Tells whether a statement links two entities.
pub(super) fn is_link(statement: &Statement) -> bool {
    matches!(statement.object, Object::Entity(_))
}

/// The pairs of organizations that share something.
struct Pairs {
    sharing: Sharing,
    /// The organizations that are the first of a pair, with the number of their first.
    firsts: Vec<(EntityId, usize)>,
    length: usize,
}

impl Pairs {
    /// The pairs of a view, leaving of the subgraph those that share something and what is claimed of them.
    fn new(graph: &KnowledgeGraph, view: &View, subgraph: &mut Subgraph) -> Self {
        let sharing = graph.sharing(view);
        let (mut firsts, mut length, mut ends) = (Vec::new(), 0, BTreeSet::new());
        for one in sharing.organizations() {
            let partners = sharing.partners(one);
            if !partners.is_empty() {
                firsts.push((one, length));
                length += partners.len();
                ends.insert(one);
                ends.extend(partners);
            }
        }
        let claimed = |id: &StatementId| {
            let statement = graph.statement(*id);
            !is_link(statement) && ends.contains(&statement.subject)
        };
        subgraph.statements.retain(claimed);
        subgraph.entities = ends.into_iter().collect();
        Self { sharing, firsts, length }
    }
}

/// A name for programs that is a hash of another.
pub(super) fn digest(id: &str) -> String {
    format!("x{}", hexadecimal(&Sha256::digest(id.as_bytes())[..10]))
}

//! Which columns nodes and statements need: those of the properties that are used, and what their values are.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::column::{Columned, Held, Kind};
use super::{Claims, claims, is_link};
use crate::graph::{KnowledgeGraph, Subgraph};
use crate::model::{Language, PropertyId, Statement};

/// The columns that are used.
#[derive(Debug, Clone, Default)]
pub(in crate::export) struct Used {
    /// Those of nodes.
    pub(super) nodes: Columned,
    /// Those of statements: edges and claims.
    pub(super) statements: Columned,
    /// What of the characters that may delimit lists is in a list.
    pub(in crate::export) delimiters: BTreeSet<char>,
}

/// A column as shards tell each other of it.
#[derive(Serialize, Deserialize)]
struct Spelled {
    property: String,
    language: Option<String>,
    kind: Kind,
    list: bool,
}

/// All columns as shards tell each other of them.
#[derive(Serialize, Deserialize)]
struct AllSpelled {
    nodes: Vec<Spelled>,
    statements: Vec<Spelled>,
    delimiters: BTreeSet<char>,
}

impl Used {
    /// Looks at all values of a part of the graph. O(values).
    pub(super) fn of(graph: &KnowledgeGraph, subgraph: &Subgraph, claims: Claims) -> Self {
        let (nodes, statements) = (of_nodes(graph, subgraph, claims), of_statements(graph, subgraph));
        Self { nodes, statements, delimiters: BTreeSet::new() }
    }

    /// Returns the columns as one line of JSON.
    pub(in crate::export) fn to_json(&self, graph: &KnowledgeGraph) -> String {
        let spelled = |columns: &Columned| {
            let spelled = columns.iter().map(|((property, language), held)| Spelled {
                property: graph.ontology().property(*property).name.clone(),
                language: language.map(|language| language.as_str().to_owned()),
                kind: held.kind,
                list: held.list,
            });
            spelled.collect()
        };
        let (nodes, statements) = (spelled(&self.nodes), spelled(&self.statements));
        serde_json::to_string(&AllSpelled { nodes, statements, delimiters: self.delimiters.clone() })
            .unwrap_or_default()
    }

    /// Adds columns that a shard uses.
    pub(in crate::export) fn add_json(&mut self, graph: &KnowledgeGraph, json: &str) -> serde_json::Result<()> {
        let all: AllSpelled = serde_json::from_str(json)?;
        let add = |columns: &mut Columned, spelled: Vec<Spelled>| {
            for Spelled { property, language, kind, list } in spelled {
                let Some(property) = graph.ontology().property_by_name(&property) else { continue };
                let language = language.and_then(|tag| Language::parse(&tag).ok());
                let held = columns.entry((property, language)).or_insert(Held { kind, list });
                // A column whose values are not all what was declared is text.
                held.kind = if held.kind == kind { kind } else { Kind::Text };
                held.list |= list;
            }
        };
        add(&mut self.nodes, all.nodes);
        add(&mut self.statements, all.statements);
        self.delimiters.extend(all.delimiters);
        Ok(())
    }
}

/// The columns of a part's nodes.
fn of_nodes(graph: &KnowledgeGraph, subgraph: &Subgraph, claims: Claims) -> Columned {
    let mut seen = Scan::new(graph);
    for &entity in &subgraph.entities {
        for attribute in graph.attributes(entity) {
            seen.add(entity.index(), attribute.property, attribute.language, graph.text(attribute.text));
        }
    }
    let claims_of = subgraph.statements.iter().map(|&id| graph.statement(id)).filter(|statement| !is_link(statement));
    let stated: Vec<&Statement> = claims_of.collect();
    for of_one in stated.chunk_by(|one, other| one.subject == other.subject) {
        for claim in claims::best(of_one, graph, claims) {
            let (text, language) = claims::value(graph, claim.object);
            seen.add(claim.subject.index(), claim.property, language, text);
        }
    }
    seen.columns
}

/// The columns of a part's statements.
fn of_statements(graph: &KnowledgeGraph, subgraph: &Subgraph) -> Columned {
    let mut seen = Scan::new(graph);
    for &id in &subgraph.statements {
        for qualifier in graph.qualifiers(graph.statement(id)) {
            let (text, language) = claims::value(graph, qualifier.value);
            seen.add(id.index(), qualifier.property, language, text);
        }
    }
    seen.columns
}

/// Looks at all values to find out what their columns must hold.
struct Scan<'g> {
    graph: &'g KnowledgeGraph,
    columns: Columned,
    /// The last row that has a value, by column.
    rows: BTreeMap<(PropertyId, Option<Language>), usize>,
}

impl<'g> Scan<'g> {
    fn new(graph: &'g KnowledgeGraph) -> Self {
        Self { graph, columns: Columned::new(), rows: BTreeMap::new() }
    }

    fn add(&mut self, row: usize, property: PropertyId, language: Option<Language>, text: &str) {
        let declared = self.graph.ontology().property(property);
        let new = || Held { kind: Kind::of(declared.range), list: !declared.functional };
        let held = self.columns.entry((property, language)).or_insert_with(new);
        held.kind = held.kind.holding(text);
        held.list |= self.rows.insert((property, language), row) == Some(row);
    }
}

//! Fills the rows of nodes, edges and claims.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::claims::{best, value};
use super::column::{
    CLASS, Columns, EDGE_LABEL, IRI, NODE_LABEL, PROPERTY, RANK, SHARED, SOURCES, STATEMENTS, TYPE, VALID_FROM,
    VALID_TO, WEIGHT, YEAR,
};
use super::{Cell, Cells, Claim, Claims, Edge, Network, Node, Validity, Values, is_link};
use crate::graph::when::{self, Dates};
use crate::graph::{KnowledgeGraph, Shared};
use crate::model::{Citation, EntityId, Language, Object, PropertyId, Statement, StatementId};
use crate::rdf;

impl<'g> Network<'g> {
    /// A node, with the claims among the statements about it.
    pub(super) fn node(&self, number: usize, entity: EntityId, statements: &[StatementId]) -> Node<'g> {
        let (graph, ontology) = (self.graph, self.graph.ontology());
        let class = ontology.class(graph.entity(entity).class);
        let base = ontology.base_class(graph.entity(entity).class).unwrap_or(class);
        let label = graph.label(entity, &self.languages);
        let valid = Validity::of(when::dates(graph, entity).unwrap_or_default());
        let claims = statements.iter().map(|&id| graph.statement(id)).filter(|statement| !is_link(statement));
        let claims: Vec<&'g Statement> = claims.collect();
        let mut row = Row::new(&self.nodes);
        let iri = rdf::Node::Entity(rdf::base_iri(graph), graph.id(entity)).to_iri();
        row.set(IRI, iri).set(CLASS, class.name.as_str()).set(TYPE, base.name.as_str()).set(NODE_LABEL, label);
        row.valid(valid).sources(graph, graph.entity_citations(entity));
        for attribute in graph.attributes(entity) {
            row.add(attribute.property, attribute.language, graph.text(attribute.text));
        }
        for statement in best(&claims, graph, self.claims) {
            let (text, language) = value(graph, statement.object);
            row.add(statement.property, language, text);
        }
        let claims: Vec<_> = claims.into_iter().map(|statement| self.claim(statement)).collect();
        let end = self.nodes.all.len() - usize::from(self.claims == Claims::Text);
        for (column, text) in self.figures.of(number, end) {
            row.set(column, text);
        }
        if self.claims == Claims::Text && !claims.is_empty() {
            row.set(self.nodes.all.len() - 1, super::json::claims(&claims, self.claim_columns()));
        }
        Node { number, key: graph.id(entity), entity, label, base, valid, cells: row.finish(), claims }
    }

    /// An edge, if the statement links two entities.
    pub(super) fn link(&self, id: StatementId) -> Option<Edge<'g>> {
        let (graph, statement) = (self.graph, self.graph.statement(id));
        let Object::Entity(object) = statement.object else { return None };
        let property = graph.ontology().property(statement.property);
        let (hash, valid, cells) = self.statement(statement);
        Some(Edge {
            number: 0,
            repetition: 1,
            key: hash,
            source: graph.id(statement.subject),
            target: graph.id(object),
            ends: [statement.subject, object],
            statements: vec![id],
            property: &property.name,
            label: graph.property_label(statement.property, &self.languages),
            weight: graph.weight(statement),
            valid,
            cells,
        })
    }

    /// A statement that links no entities, as a claim.
    fn claim(&self, statement: &'g Statement) -> Claim<'g> {
        let graph = self.graph;
        let (key, _, cells) = self.statement(statement);
        let (value, language) = value(graph, statement.object);
        let property = &graph.ontology().property(statement.property).name;
        let label = graph.property_label(statement.property, &self.languages);
        Claim { key, property, label, value, language, cells }
    }

    /// What every statement has: hash, validity, and the cells of its columns.
    fn statement(&self, statement: &'g Statement) -> (String, Validity, Cells<'g>) {
        let graph = self.graph;
        let hash = rdf::statement_hash(graph, statement);
        let valid = Validity::of(when::term(graph, statement));
        let mut row = Row::new(&self.statements);
        let iri = rdf::Node::Statement(rdf::base_iri(graph), &hash).to_iri();
        row.set(IRI, iri).set(PROPERTY, graph.ontology().property(statement.property).name.as_str());
        row.set(EDGE_LABEL, graph.property_label(statement.property, &self.languages));
        row.set(RANK, statement.rank.name()).valid(valid).sources(graph, graph.citations(statement));
        for qualifier in graph.qualifiers(statement) {
            let (text, language) = value(graph, qualifier.value);
            row.add(qualifier.property, language, text);
        }
        (hash, valid, row.finish())
    }

    /// The edge between two organizations that have something in common.
    pub(super) fn pair(&self, pair: &Shared, columns: &Columns) -> Edge<'g> {
        let graph = self.graph;
        let works_with = graph.ontology().known().works_with;
        let property = graph.ontology().property(works_with).name.as_str();
        let label = graph.property_label(works_with, &self.languages);
        let statements: BTreeSet<StatementId> = pair.statements().collect();
        let sources: BTreeSet<String> = statements
            .iter()
            .flat_map(|&id| graph.citations(graph.statement(id)))
            .map(|citation| graph.citation_reference(citation))
            .collect();
        let mut row = Row::new(columns);
        row.set(PROPERTY, property).set(EDGE_LABEL, label).set(WEIGHT, pair.weight().to_string());
        row.all(SOURCES, sources.into_iter().map(Cow::Owned));
        row.all(SHARED, pair.things.iter().map(|(thing, _)| Cow::Borrowed(graph.id(*thing))));
        let hashes = statements.iter().map(|&id| rdf::statement_hash(graph, graph.statement(id)));
        row.all(STATEMENTS, hashes.map(Cow::Owned));
        let (source, target) = (graph.id(pair.one), graph.id(pair.other));
        Edge {
            number: 0,
            repetition: 1,
            key: format!("{source}:{target}"),
            source,
            target,
            ends: [pair.one, pair.other],
            statements: statements.into_iter().collect(),
            property,
            label,
            weight: pair.weight(),
            valid: Validity::default(),
            cells: row.finish(),
        }
    }
}

impl Validity {
    fn of(dates: Dates) -> Self {
        Self { from: dates.start.and_then(|date| date.earliest), to: dates.end.and_then(|date| date.latest) }
    }
}

/// A row that is being filled.
struct Row<'a, 'g> {
    columns: &'a Columns,
    cells: Cells<'g>,
}

impl<'a, 'g> Row<'a, 'g> {
    fn new(columns: &'a Columns) -> Self {
        Self { columns, cells: Vec::with_capacity(8) }
    }

    /// Gives a column that all rows have its value.
    fn set(&mut self, column: usize, value: impl Into<Cow<'g, str>>) -> &mut Self {
        self.cells.push(Cell { column, values: Values::One(value.into()) });
        self
    }

    fn all(&mut self, column: usize, values: impl Iterator<Item = Cow<'g, str>>) -> &mut Self {
        let values: Values<'g> = values.collect();
        if !values.is_empty() {
            self.cells.push(Cell { column, values });
        }
        self
    }

    /// Adds a value to the column of a property, if it has one; of a column that is no list, the first value stays. What
    /// is both an attribute and claimed is there once.
    fn add(&mut self, property: PropertyId, language: Option<Language>, text: &'g str) {
        let Some(column) = self.columns.of(property, language) else { return };
        match self.cells.iter_mut().find(|cell| cell.column == column) {
            None => self.cells.push(Cell { column, values: Values::One(text.into()) }),
            Some(cell) if self.columns.all[column].list && !cell.values.iter().any(|value| value == text) => {
                cell.values.push(text.into());
            }
            Some(_) => {}
        }
    }

    fn valid(&mut self, valid: Validity) -> &mut Self {
        for (column, day) in [(VALID_FROM, valid.from), (VALID_TO, valid.to)] {
            if let Some(day) = day {
                self.set(column, day.to_string());
            }
        }
        if let Some(day) = valid.from.or(valid.to) {
            self.set(YEAR, day.year.to_string());
        }
        self
    }

    fn sources(&mut self, graph: &KnowledgeGraph, citations: &[Citation]) {
        self.all(SOURCES, citations.iter().map(|citation| graph.citation_reference(citation).into()));
    }

    fn finish(mut self) -> Cells<'g> {
        self.cells.sort_by_key(|cell| cell.column);
        self.cells
    }
}

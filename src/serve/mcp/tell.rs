//! Entities, statements and sources as they are told, as JSON. What each is is said in `schema`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, StatementId};
use crate::ontology::preferred;
use crate::publish::{Cited, EntityName, ObjectShown, StatementTold};
use crate::rdf::{Node, base_iri};

/// Who tells of a graph in some languages, and remembers which documents were cited.
pub(super) struct Teller<'g> {
    pub(super) graph: &'g KnowledgeGraph,
    pub(super) languages: Vec<Language>,
    documents: RefCell<BTreeMap<EntityId, &'g str>>,
}

/// What a tool answers: an object with members.
pub(super) type Members = Map<String, Value>;

impl<'g> Teller<'g> {
    pub(super) fn new(graph: &'g KnowledgeGraph, languages: Vec<Language>) -> Self {
        Self { graph, languages, documents: RefCell::default() }
    }

    pub(super) fn entity(&self, entity: EntityId) -> Value {
        let class = self.graph.ontology().class(self.graph.entity(entity).class);
        let mut told = self.named(&EntityName::of(self.graph, entity, &self.languages));
        told.insert("class".to_owned(), json!(preferred(&class.labels, &self.languages).unwrap_or(&class.name)));
        Value::Object(told)
    }

    fn named(&self, name: &EntityName<'_>) -> Members {
        let id = self.graph.id(name.entity);
        let mut told = Members::new();
        told.insert("id".to_owned(), json!(id));
        told.insert("iri".to_owned(), json!(Node::Entity(base_iri(self.graph), id).to_iri()));
        told.insert("name".to_owned(), json!(name.label));
        if let Some(acronym) = name.acronym {
            told.insert("acronym".to_owned(), json!(acronym));
        }
        told
    }

    pub(super) fn statement(&self, id: StatementId) -> Value {
        let statement = StatementTold::new(self.graph, id, &self.languages);
        let property = self.graph.ontology().property(statement.property);
        let object = match statement.object {
            ObjectShown::Entity(name) => Value::Object(self.named(&name)),
            ObjectShown::Text(text) => json!({"value": text}),
        };
        let mut told = Members::new();
        told.insert("iri".to_owned(), json!(statement.iri));
        told.insert("subject".to_owned(), Value::Object(self.named(&statement.subject)));
        let label = self.graph.property_label(statement.property, &self.languages);
        told.insert("property".to_owned(), json!({"name": property.name, "label": label}));
        told.insert("object".to_owned(), object);
        let said = statement.remarks.said.iter().map(|remark| match remark.property {
            Some(property) => json!({"property": property, "value": remark.value}),
            None => json!({"value": remark.value}),
        });
        let said: Vec<_> = said.collect();
        if !said.is_empty() {
            told.insert("said_of_it".to_owned(), json!(said));
        }
        if let Some(rank) = statement.remarks.rank {
            told.insert("rank".to_owned(), json!(rank));
        }
        told.insert("citations".to_owned(), self.citations(&statement.cited));
        Value::Object(told)
    }

    pub(super) fn statements(&self, ids: impl Iterator<Item = StatementId>) -> Value {
        ids.map(|id| self.statement(id)).collect()
    }

    pub(super) fn citations(&self, cited: &[Cited<'g>]) -> Value {
        cited.iter().map(|cited| self.citation(cited)).collect()
    }

    pub(super) fn citation(&self, cited: &Cited<'g>) -> Value {
        self.documents.borrow_mut().insert(cited.document.entity, cited.document.label);
        let mut told = Members::new();
        told.insert("cite".to_owned(), json!(cited.reference));
        told.insert("document".to_owned(), json!(self.graph.id(cited.document.entity)));
        if let Some(paragraph) = cited.paragraph {
            told.insert("paragraph".to_owned(), json!(paragraph));
        }
        told.insert("iri".to_owned(), json!(cited.iri));
        Value::Object(told)
    }

    /// What is told in the end: members, with the titles of the documents that were cited in them.
    pub(super) fn told(&self, members: Value, next: Option<String>) -> Value {
        let mut members = match members {
            Value::Object(members) => members,
            other => Members::from_iter([("answer".to_owned(), other)]),
        };
        let documents = self.documents.borrow();
        if !documents.is_empty() {
            let titles = documents.iter().map(|(&document, title)| (self.graph.id(document).to_owned(), json!(title)));
            members.insert("documents".to_owned(), Value::Object(titles.collect()));
        }
        if let Some(next) = next {
            members.insert("next_cursor".to_owned(), json!(next));
        }
        Value::Object(members)
    }
}

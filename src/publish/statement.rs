//! What is shown of a statement: the other end, what is said of it, and what states it.

use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, Object, Rank, Statement, StatementId};

/// What an entity is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntityName<'g> {
    /// The entity.
    pub entity: EntityId,
    /// The label, or the id of what has none.
    pub label: &'g str,
    /// The acronym.
    pub acronym: Option<&'g str>,
}

/// A statement as it is shown beside its subject or its object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementShown<'g> {
    /// The statement.
    pub statement: StatementId,
    /// The other end.
    pub object: ObjectShown<'g>,
    /// What more there is to it.
    pub remarks: Remarks<'g>,
}

/// The other end of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectShown<'g> {
    /// An entity.
    Entity(EntityName<'g>),
    /// The label of a controlled value, or the text of a literal.
    Text(&'g str),
}

/// What is said of a statement, and what states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Remarks<'g> {
    /// The qualifiers.
    pub said: Vec<Remark<'g>>,
    /// The word for a rank that is not normal.
    pub rank: Option<&'g str>,
    /// The sources, as tables write them: `c24#2.10`.
    pub sources: Vec<String>,
}

/// A qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Remark<'g> {
    /// The label of its property; nothing where the value is a sentence that needs none.
    pub property: Option<&'g str>,
    /// The value.
    pub value: &'g str,
}

impl<'g> EntityName<'g> {
    /// Returns the name of an entity in the first of the languages that has one.
    #[must_use]
    pub(crate) fn of(graph: &'g KnowledgeGraph, entity: EntityId, languages: &[Language]) -> Self {
        Self { entity, label: graph.label(entity, languages), acronym: graph.acronym(entity, languages) }
    }
}

impl<'g> ObjectShown<'g> {
    /// Returns what is shown of the object of a statement.
    pub(super) fn of(graph: &'g KnowledgeGraph, object: Object, languages: &[Language]) -> Self {
        match object {
            Object::Entity(entity) => Self::Entity(EntityName::of(graph, entity, languages)),
            Object::Value(_) | Object::Literal(..) => Self::Text(graph.object_label(object, languages)),
        }
    }
}

impl<'g> Remarks<'g> {
    /// Returns what is said of a statement. A sentence in another language than the first is left out: it says the same
    /// once more.
    pub(super) fn of(graph: &'g KnowledgeGraph, statement: &Statement, languages: &[Language]) -> Self {
        let said = graph.qualifiers_as_read(statement).into_iter().filter_map(|qualifier| {
            let value = graph.object_label(qualifier.value, languages);
            match qualifier.value {
                Object::Literal(_, Some(language)) => {
                    (languages.first() == Some(&language)).then_some(Remark { property: None, value })
                }
                Object::Literal(_, None) | Object::Entity(_) | Object::Value(_) => {
                    Some(Remark { property: Some(graph.property_label(qualifier.property, languages)), value })
                }
            }
        });
        let rank = Object::Value(graph.ontology().known().rank(statement.rank));
        Self {
            said: said.collect(),
            rank: (statement.rank != Rank::Normal).then(|| graph.object_label(rank, languages)),
            sources: graph.citations(statement).iter().map(|citation| graph.citation_reference(citation)).collect(),
        }
    }
}

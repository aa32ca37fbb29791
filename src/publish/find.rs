//! The entity that somebody means by a name.

use crate::graph::KnowledgeGraph;
use crate::link::NameError;
use crate::model::EntityId;

/// Why a name leads to no entity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FindError {
    /// Nothing has that name.
    #[error("no entity is called `{name}`")]
    Unknown {
        /// The name.
        name: String,
        /// The names most like it, nearest first.
        near: Vec<String>,
    },
    /// More than one entity has it.
    #[error("`{name}` names {} entities", ids.len())]
    Ambiguous {
        /// The name.
        name: String,
        /// The ids of those who have it.
        ids: Vec<String>,
    },
}

/// Returns the entity that is meant by an id, a label or an acronym in any language.
///
/// # Errors
///
/// If no entity has that name, or several have.
pub fn find(graph: &KnowledgeGraph, name: &str) -> Result<EntityId, FindError> {
    graph.find(name).map_err(|error| match error {
        NameError::Unknown(near) => FindError::Unknown { name: name.to_owned(), near },
        NameError::Ambiguous(entities) => {
            let ids = entities.iter().map(|&entity| graph.id(entity).to_owned()).collect();
            FindError::Ambiguous { name: name.to_owned(), ids }
        }
    })
}

//! What a mode makes of what is chosen: all of it, organizations and what they have a part in, or organizations alone.

use std::collections::BTreeSet;

use crate::graph::{Chosen, KnowledgeGraph, Mode, Selection, Shared, View};
use crate::model::{EntityId, StatementId};

/// What is seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) entities: BTreeSet<EntityId>,
    pub(super) statements: BTreeSet<StatementId>,
    /// What two organizations have in common, where they alone are seen.
    pub(super) pairs: Vec<Shared>,
}

impl Seen {
    /// What is seen of entities and the links between them. What a mode has no side for is not; what has no link is.
    pub(super) fn of(graph: &KnowledgeGraph, chosen: Chosen, mode: Mode) -> Self {
        let known = graph.ontology().known();
        let of_classes =
            |classes: &[_]| chosen.entities.iter().copied().filter(|&one| graph.is_of(one, classes)).collect();
        match mode {
            Mode::Statements => Self { entities: chosen.entities, statements: chosen.statements, pairs: Vec::new() },
            Mode::TwoMode => {
                let entities = of_classes(&[known.organization, known.initiative, known.event]);
                let joined = graph.subgraph(&View { mode, ..View::from(Selection::Chosen(chosen)) });
                Self { entities, statements: joined.statements.into_iter().collect(), pairs: Vec::new() }
            }
            Mode::OneMode => {
                let entities = of_classes(&[known.organization]);
                let sharing = graph.sharing(&View { mode, ..View::from(Selection::Chosen(chosen)) });
                let pairs: Vec<Shared> = sharing.pairs().collect();
                Self { entities, statements: pairs.iter().flat_map(Shared::statements).collect(), pairs }
            }
        }
    }
}

/// What an organization has in common with each other, those with most first; nothing of what is no organization.
/// O(links of what it has a part in).
pub(super) fn partners(graph: &KnowledgeGraph, entity: EntityId) -> Vec<Shared> {
    if !graph.is_of(entity, &[graph.ontology().known().organization]) {
        return Vec::new();
    }
    let view = View { mode: Mode::OneMode, ..View::from(Selection::Around(entity, 1)) };
    graph.sharing(&view).pairs_with(entity)
}

//! What is shown of a path between two entities: each hop with the statements that it follows.

use super::statement::{EntityName, Remarks};
use crate::graph::{KnowledgeGraph, PathOptions};
use crate::model::{EntityId, Language, StatementId};

/// A path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathShown<'g> {
    /// Where it starts.
    pub from: EntityName<'g>,
    /// Its hops.
    pub hops: Vec<HopShown<'g>>,
}

/// A step from one entity to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HopShown<'g> {
    /// The statements that link the two.
    pub links: Vec<LinkShown<'g>>,
    /// Where it leads.
    pub to: EntityName<'g>,
}

/// A statement that a hop follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkShown<'g> {
    /// The statement.
    pub statement: StatementId,
    /// The label of its property.
    pub property: &'g str,
    /// Whether the hop leads from its subject to its object, and not back.
    pub forward: bool,
    /// What is said of it.
    pub remarks: Remarks<'g>,
}

/// Returns the paths between two entities, the shortest first, as they are shown, and whether all were tried that were
/// wanted.
#[must_use]
pub(crate) fn shown_paths<'g>(
    graph: &'g KnowledgeGraph,
    (from, to): (EntityId, EntityId),
    options: PathOptions,
    languages: &[Language],
) -> (Vec<PathShown<'g>>, bool) {
    let name = |entity| EntityName::of(graph, entity, languages);
    let shown = |path: Vec<crate::graph::Hop>| {
        let mut here = from;
        let hops = path.into_iter().map(|hop| {
            let start = std::mem::replace(&mut here, hop.to);
            let links = hop.statements.into_iter().map(|id| {
                let statement = graph.statement(id);
                let property = graph.property_label(statement.property, languages);
                let remarks = Remarks::of(graph, statement, languages);
                LinkShown { statement: id, property, forward: statement.subject == start, remarks }
            });
            HopShown { links: links.collect(), to: name(hop.to) }
        });
        PathShown { from: name(from), hops: hops.collect() }
    };
    let (paths, all) = graph.paths_tried(from, to, options);
    (paths.into_iter().map(shown).collect(), all)
}

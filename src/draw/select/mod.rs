//! From a part of the knowledge graph to a diagram: which statements are drawn, and what is written where.

mod between;
mod cluster;
mod compose;
mod pages;

use std::collections::BTreeSet;

pub(super) use compose::Composer;
pub use pages::pages;

use super::{Colour, Diagram, when};
use crate::graph::{KnowledgeGraph, PathOptions};
use crate::model::{ClassId, Date, EntityId, Language, Object, PropertyId, Rank, StatementId};

/// A part of the graph to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All entities that are linked, and all links.
    Whole,
    /// An entity with the links that are followed from it in a number of steps, at least one.
    Around(EntityId, usize),
    /// The links that a section of the report states, by its number.
    Section(String),
    /// All shortest paths between two entities.
    Path(EntityId, EntityId),
    /// The organizations, linked by what two of them have in common: initiatives, events and documents.
    Organizations,
}

/// What of a part is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The classes, with their subclasses, of the entities that are drawn; all where there are none. Between
    /// organizations, the classes of what they have in common.
    pub classes: Vec<ClassId>,
    /// Only what may hold on this date is drawn: what has no date, and what its dates do not rule out.
    pub as_of: Option<Date>,
}

/// The colour of a class that has none.
const GREY: Colour = Colour([0x99; 3]);

/// Returns what is drawn of a part of the graph: the links, that is the statements between two entities that are not
/// deprecated, and the entities that they link. What links the same two entities in the same way is one edge. Text is in
/// the first of the languages that has it.
#[must_use]
pub fn diagram(graph: &KnowledgeGraph, selection: &Selection, languages: &[Language]) -> Diagram {
    filtered(graph, selection, &Filter::default(), languages)
}

/// Returns what is drawn of a part of the graph where some of it is left out. Of classes in the whole, all entities are
/// drawn, with or without links.
#[must_use]
pub fn filtered(graph: &KnowledgeGraph, selection: &Selection, filter: &Filter, languages: &[Language]) -> Diagram {
    let composer = Composer::new(graph, languages, filter);
    if *selection == Selection::Organizations {
        return between::organizations(&composer, filter);
    }
    let (entities, links) = parts(graph, selection, filter);
    composer.diagram(selection, &entities, &links)
}

/// The entities, sorted, and the links of a part of the graph where some of it is left out.
pub(super) fn parts(graph: &KnowledgeGraph, selection: &Selection, filter: &Filter) -> (Vec<EntityId>, Vec<Link>) {
    let links: Vec<_> =
        links(graph, selection).into_iter().filter(|link| filter.keeps_statement(graph, link.id)).collect();
    let mut entities: BTreeSet<EntityId> = links.iter().flat_map(|link| [link.subject, link.object]).collect();
    if *selection == Selection::Whole && !filter.classes.is_empty() {
        entities.extend(graph.entity_ids());
    }
    entities.retain(|&entity| filter.keeps(graph, entity));
    entities.extend(selection.named());
    let links: Vec<_> =
        links.into_iter().filter(|link| [link.subject, link.object].iter().all(|end| entities.contains(end))).collect();
    if filter.classes.is_empty() {
        entities = links.iter().flat_map(|link| [link.subject, link.object]).chain(selection.named()).collect();
    }
    (entities.into_iter().collect(), links)
}

/// A statement that links two entities.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    id: StatementId,
    subject: EntityId,
    property: PropertyId,
    object: EntityId,
}

/// The links of a part of the graph, in the order of the statements.
fn links(graph: &KnowledgeGraph, selection: &Selection) -> Vec<Link> {
    let statements = match selection {
        Selection::Whole | Selection::Organizations => graph.statements_where(|_| true),
        Selection::Section(number) => graph.statements_in_section(number),
        Selection::Around(entity, depth) => {
            let near = graph.neighbourhood(*entity, depth.saturating_sub(1));
            let links: BTreeSet<_> = near.into_iter().flat_map(|entity| graph.links_of(entity)).collect();
            links.into_iter().collect()
        }
        Selection::Path(from, to) => shortest_paths(graph, *from, *to),
    };
    let link = |id: StatementId| {
        let statement = graph.statement(id);
        match statement.object {
            Object::Entity(object) if statement.rank != Rank::Deprecated => {
                Some(Link { id, subject: statement.subject, property: statement.property, object })
            }
            Object::Entity(_) | Object::Value(_) | Object::Literal(..) => None,
        }
    };
    statements.into_iter().filter_map(link).collect()
}

/// The statements of all paths than which none is shorter.
fn shortest_paths(graph: &KnowledgeGraph, from: EntityId, to: EntityId) -> Vec<StatementId> {
    let shortest = graph.paths(from, to, PathOptions { most: 1, ..PathOptions::default() });
    let Some(path) = shortest.first() else { return Vec::new() };
    let all = graph.paths(from, to, PathOptions { most: usize::MAX, longest: path.len(), directed: false });
    let statements: BTreeSet<_> = all.into_iter().flatten().flat_map(|hop| hop.statements).collect();
    statements.into_iter().collect()
}

impl Selection {
    /// The entities that are drawn whatever is left out.
    fn named(&self) -> impl Iterator<Item = EntityId> + use<> {
        let (one, other) = match self {
            Self::Around(entity, _) => (Some(*entity), None),
            Self::Path(from, to) => (Some(*from), Some(*to)),
            Self::Whole | Self::Section(_) | Self::Organizations => (None, None),
        };
        one.into_iter().chain(other)
    }
}

impl Filter {
    /// Tells whether an entity is drawn: by its class and by its dates.
    pub(super) fn keeps(&self, graph: &KnowledgeGraph, entity: EntityId) -> bool {
        self.keeps_class(graph, entity)
            && self.as_of.is_none_or(|day| when::dates(graph, entity).is_none_or(|dates| dates.may_include(&day)))
    }

    fn keeps_class(&self, graph: &KnowledgeGraph, entity: EntityId) -> bool {
        let class = graph.entity(entity).class;
        self.classes.is_empty() || self.classes.iter().any(|&wanted| graph.ontology().is_a(class, wanted))
    }

    /// Tells whether a statement is drawn: by its own dates.
    pub(super) fn keeps_statement(&self, graph: &KnowledgeGraph, statement: StatementId) -> bool {
        self.as_of.is_none_or(|day| when::term(graph, graph.statement(statement)).may_include(&day))
    }
}

#[cfg(test)]
mod tests;

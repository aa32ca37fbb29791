//! What of the graph is looked at: the same words for diagrams, feeds and RDF.

use std::collections::BTreeSet;

use super::{KnowledgeGraph, Section, when};
use crate::model::{ClassId, Date, EntityId, PropertyId, StatementId};

/// A part of the graph, and how it is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Where it is cut out.
    pub selection: Selection,
    /// What becomes a node and what an edge.
    pub mode: Mode,
    /// What is left out.
    pub filter: Filter,
}

/// A part of the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// All entities and all statements.
    #[default]
    Whole,
    /// An entity with the links that are followed from it in a number of steps, at least one.
    Around(EntityId, usize),
    /// What a section of a report states.
    Section(Section),
    /// All shortest paths between two entities.
    Path(EntityId, EntityId),
    /// What something else has chosen.
    Chosen(Chosen),
}

/// Entities and statements that something else than the graph has chosen, such as a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What it is called: the title of its picture.
    pub title: String,
    /// The entities, besides those that the statements link.
    pub entities: BTreeSet<EntityId>,
    /// The statements.
    pub statements: BTreeSet<StatementId>,
}

/// What becomes a node and what an edge, in the words of
/// [affiliation networks](https://en.wikipedia.org/wiki/Bipartite_network_projection).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// All entities, linked by the statements.
    #[default]
    Statements,
    /// Organizations on one side, initiatives and events on the other, linked by the statements between them.
    TwoMode,
    /// Organizations, linked by the initiatives, events and documents that two of them have a part in.
    OneMode,
}

/// What of a part is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The classes, with their subclasses, of the entities that are kept; all where there are none. In the other modes
    /// than [`Mode::Statements`], of what organizations have a part in.
    pub classes: Vec<ClassId>,
    /// Only what may hold on this date is kept: what has no date, and what its dates do not rule out.
    pub as_of: Option<Date>,
    /// The properties over which organizations are linked; where there are none, those that the ontology marks as taking
    /// part. Of no meaning in [`Mode::Statements`].
    pub taking_part: Vec<PropertyId>,
}

impl From<Selection> for View {
    fn from(selection: Selection) -> Self {
        Self { selection, ..Self::default() }
    }
}

impl Selection {
    /// The entities that are kept whatever is left out.
    pub(crate) fn named(&self) -> impl Iterator<Item = EntityId> + use<> {
        let (one, other) = match self {
            Self::Around(entity, _) => (Some(*entity), None),
            Self::Path(from, to) => (Some(*from), Some(*to)),
            Self::Whole | Self::Section(_) | Self::Chosen(_) => (None, None),
        };
        one.into_iter().chain(other)
    }
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 3] = [Self::Statements, Self::TwoMode, Self::OneMode];

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::TwoMode => "two-mode",
            Self::OneMode => "one-mode",
        }
    }

    /// Returns the mode of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

impl Filter {
    /// Tells whether an entity is kept: by its class and by its dates.
    pub(crate) fn keeps(&self, graph: &KnowledgeGraph, entity: EntityId) -> bool {
        self.keeps_class(graph, entity) && self.keeps_dates(graph, entity)
    }

    /// Tells whether an entity is kept by its class.
    fn keeps_class(&self, graph: &KnowledgeGraph, entity: EntityId) -> bool {
        let class = graph.entity(entity).class;
        self.classes.is_empty() || self.classes.iter().any(|&wanted| graph.ontology().is_a(class, wanted))
    }

    /// Tells whether an entity is kept by its dates.
    pub(crate) fn keeps_dates(&self, graph: &KnowledgeGraph, entity: EntityId) -> bool {
        self.as_of.is_none_or(|day| when::dates(graph, entity).is_none_or(|dates| dates.may_include(&day)))
    }

    /// Tells whether a statement is kept: by its own dates.
    pub(crate) fn keeps_statement(&self, graph: &KnowledgeGraph, statement: StatementId) -> bool {
        self.as_of.is_none_or(|day| when::term(graph, graph.statement(statement)).may_include(&day))
    }
}

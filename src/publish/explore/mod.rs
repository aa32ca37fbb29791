//! Looking around: a part of the graph that grows step by step, each state of which is an address.
//!
//! ```text
//! address ─ Exploration::read ─▶ Exploration ─ explored ─▶ Explored: what is shown
//!     ▲                            │ │
//!     │                  with(step)│ └─────── picture ──▶ a picture that grew
//!     └───────── address ──────────┘
//! ```
//!
//! Nothing is remembered between two addresses: the steps in one are taken again from the first, and give the same
//! picture in every browser.

mod address;
mod dates;
mod explored;
mod mode;
mod search;
mod taken;

pub(crate) use explored::{Along, Explored, MOST_ENTITIES};
pub(crate) use search::{Hit, SearchIndex};
pub(crate) use taken::Taken;

use crate::draw::Grouping;
use crate::graph::{Mode, PathOptions};
use crate::model::{ClassId, EntityId, PropertyId, WrittenDate};

/// How many entities a step adds, those with most links first, unless it is to add all.
pub(crate) const AT_A_TIME: usize = 12;
/// The most steps of an address.
const MOST_STEPS: usize = 200;
/// The most paths between two entities.
const MOST_PATHS: usize = 12;

/// What is looked at: the steps that led there, and what is left out of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Exploration {
    /// The steps, in the order in which they are taken.
    pub steps: Vec<Step>,
    /// The steps that were undone, the one that is done again first at the end.
    pub undone: Vec<Step>,
    /// The classes, with their subclasses, that are not shown.
    pub without_classes: Vec<ClassId>,
    /// The properties whose links are not shown.
    pub without_properties: Vec<PropertyId>,
    /// Only what may hold on this date is shown.
    pub as_of: Option<WrittenDate>,
    /// What becomes a node and what a line.
    pub mode: Mode,
    /// Whether communities are told apart.
    pub grouping: Grouping,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// An entity is shown.
    Add(EntityId),
    /// Neighbours of an entity are shown: the next ones, or all.
    Open {
        /// The entity.
        entity: EntityId,
        /// Which neighbours.
        along: Along,
        /// Whether all of them, instead of the next few.
        all: bool,
    },
    /// An entity is not shown any more.
    Hide(EntityId),
    /// The neighbours of an entity that have no other link in the picture are not shown any more.
    Close(EntityId),
    /// What is on the shortest paths between two entities is shown.
    Path(Route),
    /// The organizations that work with one are shown, with what both have a part in: the next ones, or all.
    Partners {
        /// The organization.
        entity: EntityId,
        /// Whether all of them, instead of the next few.
        all: bool,
    },
}

/// From where to where paths lead, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    /// Where they begin.
    pub from: EntityId,
    /// Where they end.
    pub to: EntityId,
    /// Whether they follow statements from subject to object only.
    pub directed: bool,
    /// How many paths.
    pub most: usize,
}

impl Route {
    /// Returns the route between two entities as it is looked for at first: over a few paths, along statements in either
    /// direction.
    #[must_use]
    pub(crate) fn between(from: EntityId, to: EntityId) -> Self {
        let PathOptions { most, directed, .. } = PathOptions::default();
        Self { from, to, directed, most }
    }

    /// Returns how its paths are looked for.
    #[must_use]
    pub(crate) fn options(&self) -> PathOptions {
        PathOptions { most: self.most, directed: self.directed, ..PathOptions::default() }
    }

    /// Returns the route with twice as many paths; nothing if it has as many as there may be.
    #[must_use]
    pub(crate) fn with_more(&self) -> Option<Self> {
        (self.most < MOST_PATHS).then(|| Self { most: (2 * self.most).min(MOST_PATHS), ..*self })
    }
}

impl Step {
    /// Returns the entity that the step is about, if it is still shown after it.
    #[must_use]
    pub(crate) fn focus(&self) -> Option<EntityId> {
        match *self {
            Self::Hide(_) => None,
            Self::Add(entity)
            | Self::Open { entity, .. }
            | Self::Close(entity)
            | Self::Partners { entity, .. }
            | Self::Path(Route { to: entity, .. }) => Some(entity),
        }
    }
}

impl Exploration {
    /// Returns what is looked at after one more step.
    #[must_use]
    pub(crate) fn with(&self, step: Step) -> Self {
        let mut next = self.clone();
        next.steps.push(step);
        next.undone.clear();
        next
    }

    /// Returns what was looked at before the last step, which can be done again; nothing before the first.
    #[must_use]
    pub(crate) fn before(&self) -> Option<Self> {
        let mut before = self.clone();
        let step = before.steps.pop()?;
        before.undone.push(step);
        Some(before)
    }

    /// Returns what is looked at after the step that was undone last is done again; nothing if none was.
    #[must_use]
    pub(crate) fn again(&self) -> Option<Self> {
        let mut again = self.clone();
        let step = again.undone.pop()?;
        again.steps.push(step);
        Some(again)
    }

    /// Returns what is looked at after another step than the last.
    #[must_use]
    pub(crate) fn instead(&self, step: Step) -> Self {
        let mut next = self.clone();
        next.steps.pop();
        next.with(step)
    }

    /// Returns the entities that were looked for, each once, in the order in which they were.
    #[must_use]
    pub(crate) fn named(&self) -> Vec<EntityId> {
        let mut named = Vec::new();
        for step in &self.steps {
            let of_step = match *step {
                Step::Add(entity) | Step::Open { entity, .. } | Step::Partners { entity, .. } => [Some(entity), None],
                Step::Path(Route { from, to, .. }) => [Some(from), Some(to)],
                Step::Hide(_) | Step::Close(_) => [None, None],
            };
            for entity in of_step.into_iter().flatten() {
                if !named.contains(&entity) {
                    named.push(entity);
                }
            }
        }
        named
    }

    /// Returns the exploration as of a date; of any date where it is none.
    #[must_use]
    pub(crate) fn at(&self, date: &str) -> Self {
        Self { as_of: WrittenDate::parse(date).ok(), ..self.clone() }
    }

    /// Returns the exploration with a class left out, or with it if it is left out now.
    #[must_use]
    pub(crate) fn toggled_class(&self, class: ClassId) -> Self {
        let mut next = self.clone();
        toggle(&mut next.without_classes, class);
        next
    }

    /// Returns the exploration with a property left out, or with it if it is left out now.
    #[must_use]
    pub(crate) fn toggled_property(&self, property: PropertyId) -> Self {
        let mut next = self.clone();
        toggle(&mut next.without_properties, property);
        next
    }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, one: T) {
    match list.iter().position(|other| *other == one) {
        Some(at) => drop(list.remove(at)),
        None => list.push(one),
    }
}

//! Looking around: a part of the graph that grows step by step, each state of which is an address.
//!
//! ```text
//! address ─ Exploration::read ─▶ Exploration ─ explored ─▶ Explored ─ diagrams ─▶ pictures that grow
//!     ▲                              │ with(step)
//!     └───────── address ────────────┘
//! ```
//!
//! Nothing is remembered between two addresses: the steps in one are taken again from the first, and give the same
//! picture in every browser.

mod address;
mod explored;
mod search;
mod taken;

pub use address::ExploreError;
pub use explored::{Along, Count, Explored, Left, MOST_ENTITIES};
pub use search::{Hit, SearchIndex};
pub use taken::{TakeError, Taken};

use crate::model::{ClassId, EntityId, PropertyId, WrittenDate};

/// How many entities a step adds, those with most links first, unless it is to add all.
pub const AT_A_TIME: usize = 12;
/// The most steps of an address.
const MOST_STEPS: usize = 200;

/// What is looked at: the steps that led there, and what is left out of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exploration {
    /// The steps, in the order in which they are taken.
    pub steps: Vec<Step>,
    /// The classes, with their subclasses, that are not shown.
    pub without_classes: Vec<ClassId>,
    /// The properties whose links are not shown.
    pub without_properties: Vec<PropertyId>,
    /// Only what may hold on this date is shown.
    pub as_of: Option<WrittenDate>,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
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
    Path(EntityId, EntityId),
}

impl Step {
    /// Returns the entity that the step is about, if it is still shown after it.
    #[must_use]
    pub fn focus(&self) -> Option<EntityId> {
        match *self {
            Self::Hide(_) => None,
            Self::Add(entity) | Self::Open { entity, .. } | Self::Close(entity) | Self::Path(_, entity) => Some(entity),
        }
    }
}

impl Exploration {
    /// Returns what is looked at after one more step.
    #[must_use]
    pub fn with(&self, step: Step) -> Self {
        let mut next = self.clone();
        next.steps.push(step);
        next
    }

    /// Returns what was looked at before the last step; nothing before the first.
    #[must_use]
    pub fn before(&self) -> Option<Self> {
        let mut before = self.clone();
        before.steps.pop().map(|_| before)
    }

    /// Returns the exploration with a class left out, or with it if it is left out now.
    #[must_use]
    pub fn toggled_class(&self, class: ClassId) -> Self {
        let mut next = self.clone();
        toggle(&mut next.without_classes, class);
        next
    }

    /// Returns the exploration with a property left out, or with it if it is left out now.
    #[must_use]
    pub fn toggled_property(&self, property: PropertyId) -> Self {
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

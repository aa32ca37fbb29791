//! Entities: organizations, initiatives, events, documents, places, people, posts, topics.

use std::ops::Range;

use super::{ClassId, Language, Place, PropertyId, Symbol};

/// An entity by number. Numbers follow the order of the entities' ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(u32);

impl EntityId {
    /// Returns the entity of that number, from 0. Only a store knows which there are.
    #[must_use]
    #[inline]
    pub(crate) const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    #[inline]
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    /// Returns the number as an index.
    #[must_use]
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entity of the data set: an id and a class, with names and other descriptions in [`Attribute`]s.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The most specific class that the data give.
    pub class: ClassId,
    /// The entity's attributes, as a range of the graph's attributes.
    pub(crate) attributes: Range<u32>,
    /// The paragraphs that name the entity, as a range of the graph's citations.
    pub(crate) citations: Range<u32>,
    /// The row that declares the entity.
    pub(crate) place: Place,
}

/// A description of an entity that is no claim: a name, an acronym, an identifier, a home page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// An annotation property of the ontology.
    pub property: PropertyId,
    /// The text of the value.
    pub text: Symbol,
    /// The language of a name.
    pub language: Option<Language>,
    /// Where the value stands.
    pub(crate) place: Place,
}

/// Characters that stand for themselves in a segment of an IRI's path: letters of any script, digits, `-._~`.
pub(crate) fn is_id_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~')
}

/// Tells whether a text can be an id.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty() && !text.ends_with('.') && text.chars().all(is_id_character)
}

//! Statements: subject, property, object, with qualifiers, a rank and citations.

use std::ops::Range;

use super::{EntityId, Language, ParagraphId, Place, PropertyId, Symbol, ValueId};

/// A statement by number. Numbers follow the statements' order: subject, property, object, qualifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(u32);

impl StatementId {
    /// Returns the statement of that number, from 0. Only a store knows which there are.
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

/// What a source says: subject, property and object. What more is said of it stands in qualifiers.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Whom or what it is about.
    pub subject: EntityId,
    /// What it says.
    pub property: PropertyId,
    /// What it says it of.
    pub object: Object,
    /// How it stands to other claims about the same.
    pub rank: Rank,
    /// The qualifiers, sorted, as a range of the graph's qualifiers.
    pub(crate) qualifiers: Range<u32>,
    /// The sources, sorted, as a range of the graph's citations.
    pub(crate) citations: Range<u32>,
    /// The first row that makes the statement.
    pub(crate) place: Place,
}

/// The object of a statement or the value of a qualifier. The property's range says the datatype of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    /// An entity.
    Entity(EntityId),
    /// A controlled value of the ontology.
    Value(ValueId),
    /// A literal: its lexical form, and its language if it has one.
    Literal(Symbol, Option<Language>),
}

/// A qualifier of a statement: what is said of the statement itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// A qualifier property of the ontology.
    pub property: PropertyId,
    /// Its value.
    pub value: Object,
}

/// How a claim stands to others about the same, as in [Wikibase](https://www.wikidata.org/wiki/Help:Ranking).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Rank {
    /// The claim that the curator holds to be best supported.
    Preferred,
    /// A claim like any other.
    #[default]
    Normal,
    /// A claim known to be wrong, kept because a source makes it. It has no plain triple.
    Deprecated,
}

impl Rank {
    /// All ranks, best first.
    pub const ALL: [Self; 3] = [Self::Preferred, Self::Normal, Self::Deprecated];

    /// Returns the word of the rank, as tables and the ontology write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Normal => "normal",
            Self::Deprecated => "deprecated",
        }
    }

    /// Returns the rank of that word.
    ///
    /// ```
    /// use rapporteur::model::Rank;
    ///
    /// assert_eq!(Rank::from_name("preferred"), Some(Rank::Preferred));
    /// assert_eq!(Rank::from_name("best"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.name() == name)
    }
}

/// A source: a document and, where known, a paragraph of it; and the cell that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub document: EntityId,
    /// The paragraph, if the source is that precise.
    pub paragraph: Option<ParagraphId>,
    /// The cell that cites it.
    pub(crate) place: Place,
}

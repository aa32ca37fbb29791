//! The words of the data: entities, statements and what they are made of.
//!
//! Everything is small and flat: text is interned once (`Interner`), entities and statements are rows of the arrays of
//! a [`StatementStore`] and name each other by number. Such a number is made here only, so that whoever holds one got it
//! from a data set. Nothing here reads a file, knows a vocabulary or prints.

mod date;
mod digit;
mod entity;
mod fold;
mod invisible;
mod language;
mod paragraph;
mod place;
mod statement;
mod store;
mod text;

pub use date::{Date, DateError, Day, WrittenDate};
pub(crate) use digit::ascii_digits;
pub use entity::{Attribute, Entity, EntityId};
pub(crate) use entity::{is_id, is_id_character};
pub use fold::fold;
pub(crate) use fold::{folds_to, push_folded, words};
pub(crate) use invisible::{escape_controls, escape_invisible, is_invisible, visible};
pub(crate) use language::is_right_to_left;
pub use language::{Direction, Language, LanguageError};
pub use paragraph::{Paragraph, ParagraphId, ParagraphNumber};
pub(crate) use place::Place;
pub use statement::{Citation, Object, Qualifier, Rank, Statement, StatementId};
pub(crate) use store::Spared;
pub use store::StatementStore;
pub use text::Symbol;
pub(crate) use text::{Interner, hexadecimal};

/// A number of a class, property or controlled value in the ontology.
///
/// The model only carries these numbers; the ontology says what they stand for.
macro_rules! term_number {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u16);

        impl $name {
            /// Returns the term of that number, from 0. Only the ontology knows which there are.
            #[must_use]
            #[inline]
            pub(crate) const fn new(number: u16) -> Self {
                Self(number)
            }

            /// Returns the number as an index.
            #[must_use]
            #[inline]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

term_number!(
    /// A class of the ontology.
    ClassId
);
term_number!(
    /// A property or qualifier of the ontology.
    PropertyId
);
term_number!(
    /// A controlled value of the ontology, such as the status `postponed`.
    ValueId
);

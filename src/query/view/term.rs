//! The evaluator's terms: numbers for what the graph numbers, text for the rest.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use oxrdf as ox;

use super::gauge;

/// A term. Two are equal if they are the same RDF term; those that the graph numbers have no other form.
#[derive(Debug, Clone)]
pub(super) enum Term<'a> {
    Entity(u32),
    Statement(u32),
    Paragraph(u32),
    /// An IRI of the vocabularies.
    Word(u32),
    /// The triple of a statement, the first that says it.
    Triple(u32),
    /// An integer that is written canonically.
    Integer(i64),
    /// Any other IRI or literal, with text that the graph holds.
    Held(&'a str, Kind),
    /// The same, with text that was made.
    Made(Arc<Text>, Kind),
    /// A blank node, a triple of other kinds, or a literal of a datatype that the graph has none of.
    Other(Arc<ox::Term>),
}

/// What a text is: an IRI, a string, a literal of a datatype, or a text in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind(pub(super) u16);

impl Kind {
    pub(super) const IRI: Self = Self(0);
    pub(super) const PLAIN: Self = Self(1);
}

/// A text that was made for a query, counted as long as it lives.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text(Box<str>);

impl Text {
    pub(super) fn new(text: impl Into<Box<str>>) -> Arc<Self> {
        let text = text.into();
        gauge::hold(text.len());
        Arc::new(Self(text))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        gauge::release(self.0.len());
    }
}

impl Term<'_> {
    /// Returns the text of a term that has one.
    pub(super) fn text(&self) -> Option<(&str, Kind)> {
        match self {
            Self::Held(text, kind) => Some((text, *kind)),
            Self::Made(text, kind) => Some((text.as_str(), *kind)),
            Self::Entity(_)
            | Self::Statement(_)
            | Self::Paragraph(_)
            | Self::Word(_)
            | Self::Triple(_)
            | Self::Integer(_)
            | Self::Other(_) => None,
        }
    }

    /// Tells whether it is one that the graph numbers, so that it is found without an index of texts.
    pub(super) fn is_numbered(&self) -> bool {
        match self {
            Self::Entity(_) | Self::Statement(_) | Self::Paragraph(_) | Self::Word(_) | Self::Triple(_) => true,
            Self::Integer(_) | Self::Held(..) | Self::Made(..) | Self::Other(_) => false,
        }
    }

    /// The kinds of terms that are numbers, each with a mark.
    fn number(&self) -> Option<(u8, u64)> {
        match *self {
            Self::Entity(number) => Some((0, number.into())),
            Self::Statement(number) => Some((1, number.into())),
            Self::Paragraph(number) => Some((2, number.into())),
            Self::Word(number) => Some((3, number.into())),
            Self::Triple(number) => Some((4, number.into())),
            Self::Integer(number) => Some((5, number.cast_unsigned())),
            Self::Held(..) | Self::Made(..) | Self::Other(_) => None,
        }
    }
}

impl PartialEq for Term<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self.number(), other.number()) {
            (Some(number), Some(other)) => number == other,
            (None, None) => match (self, other) {
                (Self::Other(term), Self::Other(other)) => term == other,
                _ => self.text().is_some() && self.text() == other.text(),
            },
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl Eq for Term<'_> {}

impl Hash for Term<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some((mark, number)) = self.number() {
            // Integers take all bits: they may collide with the others, which costs a comparison.
            state.write_u64(number ^ u64::from(mark) << 56);
        } else if let Some((text, kind)) = self.text() {
            text.hash(state);
            kind.hash(state);
        } else if let Self::Other(term) = self {
            term.hash(state);
        }
    }
}

/// A term as the evaluator holds it: each step of work with it is counted, and its bytes as long as it lives.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the evaluator's trait is public, and so must its terms be")]
pub struct Counted<'a>(Term<'a>);

impl<'a> Counted<'a> {
    #[inline]
    pub(super) fn new(term: Term<'a>) -> Self {
        gauge::hold(size_of::<Self>());
        Self(term)
    }

    #[inline]
    pub(super) fn term(&self) -> &Term<'a> {
        &self.0
    }
}

impl Clone for Counted<'_> {
    #[inline]
    fn clone(&self) -> Self {
        gauge::tick();
        Self::new(self.0.clone())
    }
}

impl Drop for Counted<'_> {
    #[inline]
    fn drop(&mut self) {
        gauge::release(size_of::<Self>());
    }
}

impl PartialEq for Counted<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        gauge::tick();
        self.0 == other.0
    }
}

impl Eq for Counted<'_> {}

impl Hash for Counted<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        gauge::tick();
        self.0.hash(state);
    }
}

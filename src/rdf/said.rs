//! Triples by number: what the export spells out, and a query looks into.
//!
//! Nothing is spelled here: whoever asks turns the numbers into text, or does not. Which triples there are, `triples.rs`
//! says.

use crate::model::{ClassId, Day, EntityId, Object, ParagraphId, PropertyId, StatementId, Symbol};
use crate::ontology::{
    DCTERMS_IS_PART_OF, DCTERMS_SOURCE, PROV_HAD_PRIMARY_SOURCE, RAP_DEPRECATED, RAP_NORMAL, RAP_NUMBER, RAP_PARAGRAPH,
    RAP_POSITION, RAP_PREFERRED, RAP_RANK, RAP_STATEMENT, RDF_OBJECT, RDF_PREDICATE, RDF_REIFIES, RDF_STATEMENT,
    RDF_SUBJECT, RDF_TYPE,
};

/// A triple by number, and the document whose named graph it is in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    pub(crate) subject: Subject,
    pub(crate) predicate: Predicate,
    pub(crate) value: Value,
    pub(crate) graph: Option<EntityId>,
}

/// What something is said of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    Entity(EntityId),
    Statement(StatementId),
    Paragraph(ParagraphId),
}

/// What is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Predicate {
    Word(Word),
    Property(PropertyId),
    /// The earliest or latest day of a property of dates.
    Bound(PropertyId, Side),
}

/// Which end of what a date may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Earliest,
    Latest,
}

/// An object.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value {
    Word(Word),
    Entity(EntityId),
    Class(ClassId),
    Property(PropertyId),
    Paragraph(ParagraphId),
    /// The object of a statement.
    Stated(StatementId),
    /// The value of an attribute or a qualifier.
    Given(PropertyId, Object),
    /// A day that a date means.
    Day(Shown),
    /// The number of a paragraph, as printed.
    Number(ParagraphId),
    /// The place of a paragraph in the order of reading of its document, from 1.
    Position(ParagraphId),
    /// The triple of a statement.
    Triple(StatementId),
}

/// A day, which is often how the date itself is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Written(Symbol),
    Bound(Day),
}

macro_rules! words {
    ($($word:ident $iri:ident)*) => {
        /// The terms of vocabularies that the projection itself needs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Word {
            $($word),*
        }

        impl Word {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$word),*];

            pub(crate) fn iri(self) -> &'static str {
                match self {
                    $(Self::$word => $iri),*
                }
            }
        }
    };
}

words! {
    Type RDF_TYPE
    Statement RAP_STATEMENT
    RdfStatement RDF_STATEMENT
    Subject RDF_SUBJECT
    Predicate RDF_PREDICATE
    Object RDF_OBJECT
    Reifies RDF_REIFIES
    Rank RAP_RANK
    Preferred RAP_PREFERRED
    Normal RAP_NORMAL
    Deprecated RAP_DEPRECATED
    PrimarySource PROV_HAD_PRIMARY_SOURCE
    Source DCTERMS_SOURCE
    Paragraph RAP_PARAGRAPH
    IsPartOf DCTERMS_IS_PART_OF
    Number RAP_NUMBER
    Position RAP_POSITION
}

/// Of which graphs the plain triples of statements are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sources<'a> {
    /// Of the default graph.
    Default,
    /// Of every named graph, each with its name.
    Each,
    /// Of these documents' named graphs, as if they were one graph.
    Merged(&'a [EntityId]),
}

impl<'a> Sources<'a> {
    /// The documents that statements must cite one of, if they must.
    pub(super) fn documents(self) -> Option<&'a [EntityId]> {
        match self {
            Self::Default | Self::Each => None,
            Self::Merged(documents) => Some(documents),
        }
    }
}

/// Who wants triples: which predicates, and where what is said goes.
pub(crate) trait Listener<E> {
    /// Tells whether triples of a predicate are wanted; others may be left out.
    fn wants(&self, predicate: Predicate) -> bool;

    /// Takes a triple.
    fn hear(&mut self, said: Said) -> Result<(), E>;
}

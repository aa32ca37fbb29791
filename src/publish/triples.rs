//! Triples about a data set, gathered, and written as a file.

use oxrdf::{Literal, NamedNode, Term, Triple};

use crate::model::Language;
use crate::ontology::RDF_TYPE;
use crate::query::{self, Answer, Format, QueryError};

/// Triples, gathered; the terms of which are made here only. No IRI is checked: those of a data set are when it is read.
#[derive(Debug, Default)]
pub(super) struct Triples(pub(super) Vec<Triple>);

impl Triples {
    pub(super) fn add(&mut self, subject: &str, predicate: &str, object: impl Into<Term>) {
        let [subject, predicate] = [subject, predicate].map(NamedNode::new_unchecked);
        self.0.push(Triple::new(subject, predicate, object));
    }

    pub(super) fn a(&mut self, subject: &str, class: &str) {
        self.iri(subject, RDF_TYPE, class);
    }

    pub(super) fn iri(&mut self, subject: &str, predicate: &str, object: &str) {
        self.add(subject, predicate, NamedNode::new_unchecked(object));
    }

    pub(super) fn text(&mut self, subject: &str, predicate: &str, text: &str) {
        self.add(subject, predicate, Literal::from(text));
    }

    pub(super) fn tagged<'a>(
        &mut self,
        subject: &str,
        predicate: &str,
        texts: impl IntoIterator<Item = (&'a Language, &'a String)>,
    ) {
        for (language, text) in texts {
            self.add(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, language.as_str()));
        }
    }

    pub(super) fn typed(&mut self, subject: &str, predicate: &str, text: &str, datatype: &str) {
        self.add(subject, predicate, Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)));
    }

    pub(super) fn count(&mut self, subject: &str, predicate: &str, n: usize) {
        self.add(subject, predicate, Literal::from(i64::try_from(n).unwrap_or(i64::MAX)));
    }
}

/// Writes triples in a syntax, sorted, each once.
///
/// # Errors
///
/// If the syntax cannot hold them.
pub(crate) fn written(
    mut triples: Vec<Triple>,
    format: Format,
    prefixes: &[(String, String)],
) -> Result<Vec<u8>, QueryError> {
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    let mut text = Vec::new();
    query::write(&Answer::Graph(triples), format, prefixes, &mut text)?;
    Ok(text)
}

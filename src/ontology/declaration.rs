//! What the ontology says of itself: who made it, when, under which licence.

use std::collections::BTreeMap;

use oxrdf::Term;

use super::term::Labels;
use super::{OWL, Ontology, RAP};
use crate::model::Language;

/// The header of the ontology, its [`owl:Ontology`](https://www.w3.org/TR/owl2-syntax/#Ontologies).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// The IRI of the ontology; empty if it is not declared.
    pub iri: String,
    said: BTreeMap<String, Vec<Term>>,
}

impl Declaration {
    /// Finds the declaration among what is said of each IRI.
    pub(super) fn of(descriptions: &BTreeMap<String, BTreeMap<String, Vec<Term>>>) -> Self {
        let iri = RAP.trim_end_matches('#');
        let said = descriptions.get(iri).cloned().unwrap_or_default();
        Self { iri: if said.is_empty() { String::new() } else { iri.to_owned() }, said }
    }

    /// Returns the values of a property as texts, IRIs among them, in the order of the file.
    pub(crate) fn values(&self, property: &str) -> impl Iterator<Item = &str> {
        self.said.get(property).into_iter().flatten().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) => Some(literal.value()),
            Term::BlankNode(_) | Term::Triple(_) => None,
        })
    }

    /// Returns the texts of a property by language.
    #[must_use]
    pub(crate) fn texts(&self, property: &str) -> Labels {
        let terms = self.said.get(property).into_iter().flatten();
        terms
            .filter_map(|term| match term {
                Term::Literal(literal) => {
                    Some((Language::parse(literal.language()?).ok()?, literal.value().to_owned()))
                }
                Term::NamedNode(_) | Term::BlankNode(_) | Term::Triple(_) => None,
            })
            .collect()
    }

    /// Returns the IRIs of all properties that it has, sorted.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        self.said.keys().map(String::as_str)
    }

    /// Returns the IRI of this version, if it has one.
    #[must_use]
    pub(crate) fn version_iri(&self) -> Option<&str> {
        self.values(&format!("{OWL}versionIRI")).next()
    }
}

impl Ontology {
    /// Returns what the ontology says of itself.
    #[must_use]
    pub(crate) fn declaration(&self) -> &Declaration {
        &self.declaration
    }
}

#[cfg(test)]
mod tests {
    use crate::ontology::Ontology;

    #[test]
    fn the_iri_of_a_version_begins_with_that_of_the_ontology() {
        let ontology = Ontology::shipped().unwrap();
        let declaration = ontology.declaration();
        assert!(declaration.version_iri().is_some_and(|iri| iri.starts_with(&declaration.iri)));
    }
}

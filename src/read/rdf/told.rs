//! What a file of RDF says of the data set as a whole.

use std::collections::BTreeMap;

use super::left_out::{Count, LeftOut};
use super::parse::{Quad, Quads, Term};
use crate::model::{Language, WrittenDate};
use crate::ontology::{
    DCTERMS_DATE, DCTERMS_ISSUED, DCTERMS_LICENSE, DCTERMS_PUBLISHER, DCTERMS_TITLE, OWL_VERSION_INFO, RDF_TYPE,
    VOID_VOCABULARY,
};
use crate::read::config::{Config, Lacking, is_place};

/// What is told of the data set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::read) struct Told {
    /// Its IRI.
    pub(super) base: Option<String>,
    license: Option<String>,
    publisher: Option<String>,
    version: Option<String>,
    issued: Option<WrittenDate>,
    date: Option<WrittenDate>,
    title: BTreeMap<Language, String>,
}

impl Told {
    /// Reads the node of the data set. What else it says is counted.
    pub(super) fn of(node: &[Quad], quads: &Quads, left_out: &mut Count) -> Self {
        let mut told =
            Self { base: node.first().and_then(|quad| quads.iri(quad.subject)).map(str::to_owned), ..Self::default() };
        for quad in node {
            let predicate = quads.iri(quad.predicate).unwrap_or_default();
            let (text, language) = match quads.term(quad.object) {
                Term::Iri(text) => (text, None),
                Term::Literal { text, language } => (text, language),
                Term::Blank | Term::Triple(_) => ("", None),
            };
            let dated = match predicate {
                DCTERMS_ISSUED => Some(&mut told.issued),
                DCTERMS_DATE => Some(&mut told.date),
                _ => None,
            };
            if let (Some(slot), Ok(date)) = (dated, WrittenDate::parse(text)) {
                slot.get_or_insert(date);
                continue;
            }
            let slot = match predicate {
                RDF_TYPE | VOID_VOCABULARY => continue,
                DCTERMS_TITLE => {
                    if let Some(language) = language.and_then(|tag| Language::parse(tag).ok()) {
                        told.title.entry(language).or_insert_with(|| text.to_owned());
                    }
                    continue;
                }
                DCTERMS_LICENSE => &mut told.license,
                DCTERMS_PUBLISHER => &mut told.publisher,
                OWL_VERSION_INFO => &mut told.version,
                _ => {
                    left_out.add(LeftOut::Property(predicate.to_owned()), quad.line);
                    continue;
                }
            };
            slot.get_or_insert_with(|| text.to_owned());
        }
        told
    }

    /// Fills in what a configuration does not say, and takes what it then no longer lacks off the list.
    pub(in crate::read) fn fill(&self, config: &mut Config, lacking: &mut Lacking) {
        let mut needed = |key: &str, told: &Option<String>, slot: &mut String| {
            let is_lacking = lacking.iter().any(|(other, _)| *other == key);
            if let Some(told) = told.as_ref().filter(|_| is_lacking) {
                slot.clone_from(told);
                lacking.retain(|(other, _)| *other != key);
            }
        };
        let base = self.base.clone().filter(|base| base.ends_with(['/', '#']) && is_place(base));
        needed("base", &base, &mut config.base);
        needed("license", &self.license, &mut config.license);
        for (slot, told) in [(&mut config.publisher, &self.publisher), (&mut config.version, &self.version)] {
            if slot.is_none() {
                slot.clone_from(told);
            }
        }
        // A data set that says one date only says that of its data.
        let (date, released) = match &self.date {
            Some(date) => (Some(date), self.issued.as_ref()),
            None => (self.issued.as_ref(), None),
        };
        for (slot, told) in [(&mut config.date, date), (&mut config.publication.released, released)] {
            if slot.is_none() {
                *slot = told.cloned();
            }
        }
        if config.title.is_empty() {
            config.title.clone_from(&self.title);
        }
    }
}

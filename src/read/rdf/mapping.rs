//! How the RDF of others is mapped to the ontology: `[rdf."file.ttl"]` in `dataset.toml`.

use std::ops::Range;

use oxrdf::NamedNode;
use toml::Spanned;
use toml::de::DeString;

use crate::read::section::{Entry, Section};

/// The mapping of one file. Each part keeps its place in `dataset.toml`.
#[derive(Debug)]
pub(in crate::read) struct RdfMapping {
    /// The name of the file, where the mapping begins.
    pub(in crate::read) span: Range<usize>,
    /// What the IRIs of entities begin with; what follows is the id.
    pub(super) base: Option<String>,
    /// The source of what cites none.
    pub(super) source: Option<String>,
    /// Classes of ours, by IRI.
    pub(super) classes: Vec<Entry>,
    /// Headers of ours, by the IRI of a property.
    pub(super) properties: Vec<Entry>,
    /// Controlled values of ours, by IRI.
    pub(super) values: Vec<Entry>,
}

const KEYS: &[&str] = &["base", "classes", "properties", "source", "values"];

impl RdfMapping {
    /// Reads the mapping of a file.
    pub(in crate::read) fn parse(tables: &Section<'_>, name: &Spanned<DeString<'_>>) -> Option<Self> {
        let section = tables.table(name.get_ref())?;
        section.allow(KEYS);
        let texts = |key| section.table(key).map(|table| table.texts()).unwrap_or_default();
        Some(Self {
            span: name.span(),
            base: section.string("base").and_then(|base| iri(&section, base)),
            source: section.string("source").map(Spanned::into_inner),
            classes: texts("classes"),
            properties: texts("properties"),
            values: texts("values"),
        })
    }
}

fn iri(section: &Section<'_>, text: Spanned<String>) -> Option<String> {
    if let Err(error) = NamedNode::new(text.get_ref()) {
        let message = format!("`{}` is not an absolute IRI: {error}", text.get_ref());
        section.mistake(text.span(), message, "write what the IRIs of its things begin with");
        return None;
    }
    Some(text.into_inner())
}

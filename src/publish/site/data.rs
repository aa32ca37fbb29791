//! The data of a page: as Turtle and JSON-LD in files, and in the words of schema.org in the page itself.

use serde_json::{Map, Value, json};

use super::Site;
use super::frame::Page;
use super::text::is_web;
use crate::export::{self, ExportError, Format};
use crate::model::{ClassId, EntityId, Language, Object};
use crate::ontology::{Datatype, Range, SCHEMA};
use crate::rdf;

impl Site<'_> {
    /// Returns the data of the page of an entity: what is said of it and what others say that links to it, and what those are
    /// called.
    ///
    /// # Errors
    ///
    /// If the format is no syntax of RDF.
    pub(crate) fn data(&self, entity: EntityId, format: Format) -> Result<Vec<u8>, ExportError> {
        let mut out = Vec::new();
        export::write_about(self.graph, entity, format, &mut out)?;
        Ok(out)
    }
}

/// What a page says of an entity in the words of [schema.org](https://schema.org), as JSON that may stand in a page.
pub(super) fn schema(page: &Page<'_, '_>, entity: EntityId) -> Option<String> {
    let (graph, known) = (page.graph(), page.graph().ontology().known());
    let mut thing = Map::new();
    let mut put = |name: &str, value: Value| {
        if !matches!(&value, Value::Array(values) if values.is_empty()) {
            thing.insert(name.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(kind(page, graph.entity(entity).class)));
    put("@id", json!(rdf::Node::Entity(rdf::base_iri(graph), graph.id(entity)).to_iri()));
    let tagged = |text: &str, language: Option<Language>| match language {
        Some(language) => json!({"@language": language.as_str(), "@value": text}),
        None => json!(text),
    };
    let texts = |properties: &[crate::model::PropertyId]| -> Vec<Value> {
        let attributes = graph.attributes(entity).iter().filter(|attribute| properties.contains(&attribute.property));
        attributes.map(|attribute| tagged(graph.text(attribute.text), attribute.language)).collect()
    };
    put("name", json!(texts(&[known.label])));
    put("alternateName", json!(texts(&[known.alt_label, known.acronym])));
    let (addresses, identifiers): (Vec<&str>, Vec<&str>) = graph
        .attributes(entity)
        .iter()
        .filter(|attribute| !known.naming().contains(&attribute.property))
        .filter(|attribute| is_identifier(page, attribute.property))
        .map(|attribute| graph.text(attribute.text))
        .partition(|text| is_web(text));
    put("sameAs", json!(addresses));
    put("identifier", json!(identifiers));
    for statement in graph.statements_of(entity).map(|id| graph.statement(id)) {
        if let Object::Literal(text, _) = statement.object
            && let Some(name) = date_name(page, statement.property)
            && is_day(graph.text(text))
        {
            put(name, json!(graph.text(text)));
        }
    }
    // In a script `</` would end the element, and `<!--` begin a comment.
    serde_json::to_string(&thing).ok().map(|text| text.replace('<', "\\u003c"))
}

/// Whether an annotation identifies, rather than remarks.
fn is_identifier(page: &Page<'_, '_>, property: crate::model::PropertyId) -> bool {
    let range = page.graph().ontology().property(property).range;
    matches!(range, Range::Literal(Datatype::AnyUri | Datatype::String))
}

/// The type of schema.org that a class is one of, or its nearest ancestor.
fn kind(page: &Page<'_, '_>, class: ClassId) -> String {
    let (ontology, known) = (page.graph().ontology(), page.graph().ontology().known());
    if ontology.is_a(class, known.organization) {
        return "Organization".to_owned();
    }
    let named = |iri: &String| iri.strip_prefix(SCHEMA).map(str::to_owned);
    let nearest = ontology.nearest(class, |class| class.aligned.iter().any(|iri| iri.starts_with(SCHEMA)));
    nearest.and_then(|class| class.aligned.iter().find_map(named)).unwrap_or_else(|| "Thing".to_owned())
}

/// The name that schema.org has for a date.
fn date_name(page: &Page<'_, '_>, property: crate::model::PropertyId) -> Option<&'static str> {
    let property = page.graph().ontology().property(property);
    let iris = property.aligned.iter();
    iris.filter_map(|iri| iri.strip_prefix(SCHEMA)).find_map(|name| {
        ["startDate", "endDate", "previousStartDate", "datePublished"].into_iter().find(|known| *known == name)
    })
}

/// Tells whether a date is one of [ISO 8601](https://schema.org/Date): a year, a month or a day.
fn is_day(text: &str) -> bool {
    matches!(text.len(), 4 | 7 | 10)
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

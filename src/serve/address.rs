//! The one place that knows where on the server the data set's IRIs are.
//!
//! An IRI `https://example.org/kg/itu` is answered at `/kg/itu`, on whatever host: so a server, or a proxy before it, that
//! the host of the IRIs leads to makes them all resolve, and a server on a laptop has the same paths.

use super::parameters::decoded;
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, ParagraphId};
use crate::ontology::PARAGRAPH_PATH;
use crate::rdf::{self, segment};

/// What an IRI of the data set stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resource {
    Dataset,
    Entity(EntityId),
    Paragraph(ParagraphId),
    /// A statement, by its IRI: whether there is one is for a query to tell.
    Statement(String),
}

/// Where a query is asked.
pub(super) const SPARQL: &str = "/sparql";
/// Where assistants speak with the server.
pub(super) const MCP: &str = "/mcp";

/// Returns the path of the base of the data set's IRIs on the server; nothing if they have none.
fn base_path(graph: &KnowledgeGraph) -> Option<&str> {
    let base = rdf::base_iri(graph);
    let (scheme, rest) = base.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    // What follows a `#` or a `?` is sent to no server as a path.
    let is_path = base.ends_with('/') && !base.contains(['#', '?']);
    rest.find('/').map(|at| &rest[at..]).filter(|_| is_web && is_path)
}

/// Returns the path on the server of an IRI; nothing if it is not one of the data set.
pub(super) fn path_of(graph: &KnowledgeGraph, iri: &str) -> Option<String> {
    let inside = iri.strip_prefix(rdf::base_iri(graph))?;
    Some(format!("{}{inside}", base_path(graph)?))
}

/// Returns what the IRI of a path on the server stands for.
pub(super) fn resource(graph: &KnowledgeGraph, path: &str) -> Option<Resource> {
    inside(graph, path.strip_prefix(base_path(graph)?)?)
}

/// Returns what an IRI stands for; nothing if it is not one of the data set.
pub(super) fn of_iri(graph: &KnowledgeGraph, iri: &str) -> Option<Resource> {
    inside(graph, iri.strip_prefix(rdf::base_iri(graph))?)
}

/// What the IRI stands for that goes on so after the base.
fn inside(graph: &KnowledgeGraph, rest: &str) -> Option<Resource> {
    let inside = decoded(rest).ok()?;
    if inside.is_empty() {
        return Some(Resource::Dataset);
    }
    if let Some(entity) = graph.entity_by_id(&inside) {
        return Some(Resource::Entity(entity));
    }
    if let Some((document, number)) = inside.split_once(PARAGRAPH_PATH) {
        let document = graph.entity_by_id(document)?;
        // They are sorted by their documents.
        let paragraphs = graph.paragraphs();
        let first = paragraphs.partition_point(|paragraph| paragraph.document < document);
        let of_document = paragraphs[first..].iter().take_while(|paragraph| paragraph.document == document);
        let found = of_document.zip(first..).find(|(paragraph, _)| graph.text(paragraph.number) == number)?;
        return graph.paragraph_ids().nth(found.1).map(Resource::Paragraph);
    }
    let hash = inside.strip_prefix("statement/")?;
    let is_hash = hash.len() == 20 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| Resource::Statement(format!("{}statement/{hash}", rdf::base_iri(graph))))
}

/// Returns the address of the description of an IRI, as the answer to a query.
pub(super) fn description(iri: &str, format: &str) -> String {
    format!("{SPARQL}?query={}&format={format}", segment(&format!("DESCRIBE <{iri}>")))
}

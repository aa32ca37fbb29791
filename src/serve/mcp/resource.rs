//! Entities and paragraphs as resources, by their IRIs: what `describe` and `paragraph` tell of them.

use rmcp::model::{Resource, ResourceContents, ResourceTemplate};
use serde_json::{Map, Value, json};

use super::look::Looking;
use super::part::{Called, MOST, Part};
use super::refusal::Refusal;
use super::tool::Tool;
use crate::graph::KnowledgeGraph;
use crate::ontology::{PARAGRAPH_PATH, preferred};
use crate::publish::{Cited, SearchIndex};
use crate::rdf::{Node, base_iri};
use crate::serve::address;

const JSON: &str = "application/json";

/// Returns a part of the list of all resources: paragraphs in the order of reading, then entities by their ids; and where the
/// next part begins.
pub(super) fn listed(
    graph: &KnowledgeGraph,
    digest: &str,
    cursor: Option<&str>,
) -> Result<(Vec<Resource>, Option<String>), Refusal> {
    let called = Called { tool: "resources/list", arguments: &Map::new(), digest };
    let part = Part::read(called, None, cursor, MOST)?;
    let languages = graph.languages(None);
    let paragraphs = graph.paragraph_ids().map(|paragraph| {
        let cited = Cited::new(graph, graph.paragraph(paragraph).document, Some(paragraph), &languages);
        Resource::new(cited.iri, cited.reference)
            .with_title(format!("{}, {}", cited.document.label, cited.paragraph.unwrap_or_default()))
            .with_description("what the paragraph states")
            .with_mime_type(JSON)
    });
    let entities = graph.entity_ids().map(|entity| {
        let id = graph.id(entity);
        let class = graph.ontology().class(graph.entity(entity).class);
        Resource::new(Node::Entity(base_iri(graph), id).to_iri(), id)
            .with_title(graph.label(entity, &languages))
            .with_description(preferred(&class.labels, &languages).unwrap_or(&class.name))
            .with_mime_type(JSON)
    });
    let total = graph.paragraphs().len() + graph.entities().len();
    Ok((part.of(paragraphs.chain(entities)).collect(), part.next(total)))
}

/// Returns how the IRIs of resources are made.
pub(super) fn templates(graph: &KnowledgeGraph) -> Vec<ResourceTemplate> {
    let base = base_iri(graph);
    vec![
        ResourceTemplate::new(format!("{base}{{id}}"), "entity")
            .with_title("Entity")
            .with_description("what is stated of an entity, by its id")
            .with_mime_type(JSON),
        ResourceTemplate::new(format!("{base}{{document}}{PARAGRAPH_PATH}{{number}}"), "paragraph")
            .with_title("Paragraph")
            .with_description("what a paragraph of a document states")
            .with_mime_type(JSON),
    ]
}

/// Returns what is told of the entity or the paragraph of an IRI; nothing if there is none.
pub(super) fn read(
    graph: &KnowledgeGraph,
    names: &SearchIndex,
    digest: &str,
    iri: &str,
) -> Result<Option<ResourceContents>, Refusal> {
    let (tool, argument, value) = match address::of_iri(graph, iri) {
        Some(address::Resource::Entity(entity)) => (Tool::Describe, "entity", graph.id(entity).to_owned()),
        Some(address::Resource::Paragraph(paragraph)) => {
            (Tool::Paragraph, "paragraph", graph.paragraph_reference(paragraph))
        }
        Some(address::Resource::Dataset | address::Resource::Statement(_)) | None => return Ok(None),
    };
    let mut arguments = Map::from_iter([(argument.to_owned(), json!(value))]);
    arguments.insert("limit".to_owned(), json!(MOST));
    let looking = Looking { graph, names, called: Called { tool: tool.name(), arguments: &arguments, digest } };
    let told: Value = if tool == Tool::Describe { looking.describe()? } else { looking.paragraph()? };
    Ok(Some(ResourceContents::text(told.to_string(), iri).with_mime_type(JSON)))
}

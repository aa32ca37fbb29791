//! The identity of a statement: a hash of what it says.

use sha2::{Digest as _, Sha256};

use crate::graph::KnowledgeGraph;
use crate::model::{Object, PropertyId, Statement, hexadecimal};

/// Returns the hash of a statement's subject, property, object and qualifiers: the first 80 bits of a SHA-256, as twenty
/// hexadecimal digits.
///
/// The same statement has the same hash in every build, whatever its sources, its rank and its neighbours.
#[must_use]
pub(crate) fn statement_hash(graph: &KnowledgeGraph, statement: &Statement) -> String {
    let mut content = String::with_capacity(128);
    content.push_str(graph.id(statement.subject));
    push(graph, statement.property, statement.object, &mut content);
    for qualifier in graph.qualifiers(statement) {
        push(graph, qualifier.property, qualifier.value, &mut content);
    }
    hexadecimal(&Sha256::digest(content.as_bytes())[..10])
}

/// Appends a property and its value, each after a separator that says what it is and occurs in no text of a cell's id.
fn push(graph: &KnowledgeGraph, property: PropertyId, value: Object, content: &mut String) {
    content.push('\n');
    content.push_str(&graph.ontology().property(property).iri);
    match value {
        Object::Entity(entity) => {
            content.push_str("\ne");
            content.push_str(graph.id(entity));
        }
        Object::Value(value) => {
            content.push_str("\nv");
            content.push_str(&graph.ontology().value(value).iri);
        }
        Object::Literal(text, language) => {
            content.push_str("\nl");
            if let Some(language) = language {
                content.push_str(language.as_str());
            }
            content.push('\n');
            let text = graph.text(text);
            // The length keeps a text with line breaks from looking like what follows it.
            content.push_str(&text.len().to_string());
            content.push('\n');
            content.push_str(text);
        }
    }
}

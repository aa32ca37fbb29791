//! The identity of a statement: a hash of what it says.

use std::str;

use sha2::{Digest as _, Sha256};

use crate::graph::KnowledgeGraph;
use crate::model::{Object, PropertyId, Statement};

/// The hash of a statement: the first 80 bits of a SHA-256, as twenty hexadecimal digits.
///
/// The same statement has the same hash in every build, whatever its sources, its rank and its neighbours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatementHash {
    bytes: [u8; 10],
    digits: [u8; 20],
}

impl StatementHash {
    /// Returns the hash of a statement's subject, property, object and qualifiers.
    pub(crate) fn of(graph: &KnowledgeGraph, statement: &Statement) -> Self {
        let mut content = String::with_capacity(256);
        content.push_str(graph.id(statement.subject));
        push(graph, statement.property, statement.object, &mut content);
        for qualifier in graph.qualifiers(statement) {
            push(graph, qualifier.property, qualifier.value, &mut content);
        }
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&Sha256::digest(content.as_bytes())[..10]);
        Self::new(bytes)
    }

    /// Returns the hash of these bytes.
    pub(crate) fn new(bytes: [u8; 10]) -> Self {
        let mut digits = [0; 20];
        for (byte, pair) in bytes.iter().zip(digits.chunks_exact_mut(2)) {
            pair.copy_from_slice(&[byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
        }
        Self { bytes, digits }
    }

    pub(crate) fn bytes(&self) -> [u8; 10] {
        self.bytes
    }

    pub(crate) fn as_str(&self) -> &str {
        // Digits are ASCII.
        str::from_utf8(&self.digits).unwrap_or_default()
    }
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

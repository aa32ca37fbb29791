//! The IRIs of entities, paragraphs and statements, under the data set's base.

use std::fmt;

use crate::ontology::PARAGRAPH_PATH;

/// What stands between the base and the hash of a statement.
const STATEMENT_PATH: &str = "statement/";

/// A node of the graph: something with an IRI.
///
/// Ids need no escaping: link lets only characters through that stand for themselves in an IRI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node<'a> {
    /// A term of a vocabulary, or any other IRI, whole.
    Iri(&'a str),
    /// The data set itself: the base.
    Dataset(&'a str),
    /// An entity: `{base}{id}`.
    Entity(&'a str, &'a str),
    /// A paragraph: `{base}{document}/para/{number}`.
    Paragraph(&'a str, &'a str, &'a str),
    /// A statement: `{base}statement/{hash}`.
    Statement(&'a str, &'a str),
}

/// Returns the base of the data set's IRIs.
#[must_use]
pub(crate) fn base_iri(graph: &crate::graph::KnowledgeGraph) -> &str {
    &graph.config().base
}

impl Node<'_> {
    /// Returns the IRI. O(length).
    #[must_use]
    pub fn to_iri(&self) -> String {
        let mut iri = String::with_capacity(self.length());
        self.push_to(&mut iri);
        iri
    }

    /// How many bytes the IRI has, unless some are percent-encoded.
    fn length(&self) -> usize {
        match self {
            Self::Iri(iri) | Self::Dataset(iri) => iri.len(),
            Self::Entity(base, id) => base.len() + id.len(),
            Self::Paragraph(base, document, number) => {
                base.len() + document.len() + PARAGRAPH_PATH.len() + number.len()
            }
            Self::Statement(base, hash) => base.len() + STATEMENT_PATH.len() + hash.len(),
        }
    }

    /// Appends the IRI. O(length).
    pub(crate) fn push_to(&self, out: &mut String) {
        match self {
            Self::Iri(iri) | Self::Dataset(iri) => out.push_str(iri),
            Self::Entity(base, id) => {
                out.push_str(base);
                out.push_str(id);
            }
            Self::Paragraph(base, document, number) => {
                out.push_str(base);
                out.push_str(document);
                out.push_str(PARAGRAPH_PATH);
                push_segment(number, out);
            }
            Self::Statement(base, hash) => {
                out.push_str(base);
                out.push_str(STATEMENT_PATH);
                out.push_str(hash);
            }
        }
    }

    /// Tells whether this is the node of an IRI. O(length).
    #[must_use]
    pub(crate) fn is(&self, iri: &str) -> bool {
        match self {
            Self::Iri(whole) | Self::Dataset(whole) => iri == *whole,
            Self::Entity(base, id) => iri.strip_prefix(base) == Some(id),
            Self::Paragraph(base, ..) => iri.starts_with(base) && iri == self.to_string(),
            Self::Statement(base, hash) => {
                iri.strip_prefix(base).and_then(|path| path.strip_prefix(STATEMENT_PATH)) == Some(hash)
            }
        }
    }
}

impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_iri())
    }
}

/// Returns a text as a segment of an IRI's path. O(length).
#[must_use]
pub(crate) fn segment(text: &str) -> String {
    let mut segment = String::new();
    push_segment(text, &mut segment);
    segment
}

/// Appends a segment of a path, percent-encoding what is not [unreserved] and ASCII.
///
/// [unreserved]: https://www.rfc-editor.org/rfc/rfc3986#section-2.3
fn push_segment(segment: &str, out: &mut String) {
    use fmt::Write as _;
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if segment.bytes().all(is_unreserved) {
        return out.push_str(segment);
    }
    for byte in segment.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_paragraphs_are_encoded() {
        let base = "https://example.org/";
        assert_eq!(Node::Paragraph(base, "c24", "2.10").to_string(), "https://example.org/c24/para/2.10");
        assert_eq!(Node::Paragraph(base, "c24", "3 (أ)").to_string(), "https://example.org/c24/para/3%20%28%D8%A3%29");
    }

    #[test]
    fn a_node_is_that_of_its_own_iri_only() {
        let base = "https://example.org/";
        let nodes = [
            Node::Iri("https://example.org/ns#a"),
            Node::Dataset(base),
            Node::Entity(base, "itu"),
            Node::Paragraph(base, "c24", "3 (أ)"),
            Node::Statement(base, "itu"),
        ];
        for node in nodes {
            for other in nodes {
                assert_eq!(node.is(&other.to_string()), node == other);
            }
        }
    }
}

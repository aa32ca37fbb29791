//! Quads that borrow their text, and the same as the RDF library's.

use oxrdf as ox;

use super::Node;
use crate::model::Language;

/// The object of a quad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term<'a> {
    /// An IRI.
    Node(Node<'a>),
    /// A plain string.
    Plain(&'a str),
    /// A text in a language.
    Tagged(&'a str, Language),
    /// A literal of a datatype.
    Typed(&'a str, &'a str),
    /// A triple, as the object of `rdf:reifies`.
    Triple(&'a (Node<'a>, &'a str, Term<'a>)),
}

/// A triple, and the named graph that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quad<'a> {
    /// The subject.
    pub subject: Node<'a>,
    /// The predicate's IRI.
    pub predicate: &'a str,
    /// The object.
    pub object: Term<'a>,
    /// The named graph; nothing for the default graph.
    pub graph: Option<Node<'a>>,
}

impl From<Node<'_>> for ox::NamedNode {
    fn from(node: Node<'_>) -> Self {
        let mut iri = String::new();
        node.push_to(&mut iri);
        Self::new_unchecked(iri)
    }
}

impl From<Term<'_>> for ox::Term {
    fn from(term: Term<'_>) -> Self {
        match term {
            Term::Node(node) => ox::NamedNode::from(node).into(),
            Term::Plain(text) => ox::Literal::new_simple_literal(text).into(),
            Term::Tagged(text, language) => {
                ox::Literal::new_language_tagged_literal_unchecked(text, language.as_str()).into()
            }
            Term::Typed(text, datatype) => {
                ox::Literal::new_typed_literal(text, ox::NamedNode::new_unchecked(datatype)).into()
            }
            Term::Triple((subject, predicate, object)) => ox::Term::Triple(Box::new(ox::Triple::new(
                ox::NamedNode::from(*subject),
                ox::NamedNode::new_unchecked(*predicate),
                ox::Term::from(*object),
            ))),
        }
    }
}

impl From<Quad<'_>> for ox::Quad {
    fn from(quad: Quad<'_>) -> Self {
        Self::new(
            ox::NamedNode::from(quad.subject),
            ox::NamedNode::new_unchecked(quad.predicate),
            ox::Term::from(quad.object),
            quad.graph.map_or(ox::GraphName::DefaultGraph, |graph| ox::NamedNode::from(graph).into()),
        )
    }
}

/// Room for the IRIs of a quad, so that it is handed to the RDF library without a text of its own for each part.
#[derive(Debug, Default)]
pub(crate) struct Borrowed {
    subject: String,
    object: String,
    graph: String,
    triple: Option<ox::Triple>,
}

impl Borrowed {
    /// Returns a quad as the library's. O(length).
    pub(crate) fn quad<'a>(&'a mut self, quad: &Quad<'a>) -> ox::QuadRef<'a> {
        let Self { subject, object, graph, triple } = self;
        let object = match quad.object {
            Term::Node(node) => iri(node, object).into(),
            Term::Plain(text) => ox::LiteralRef::new_simple_literal(text).into(),
            Term::Typed(text, datatype) => {
                ox::LiteralRef::new_typed_literal(text, ox::NamedNodeRef::new_unchecked(datatype)).into()
            }
            Term::Tagged(text, language) => {
                object.clear();
                object.push_str(language.as_str());
                ox::LiteralRef::new_language_tagged_literal_unchecked(text, object).into()
            }
            Term::Triple((subject, predicate, object)) => ox::TermRef::Triple(triple.insert(ox::Triple::new(
                ox::NamedNode::from(*subject),
                ox::NamedNode::new_unchecked(*predicate),
                ox::Term::from(*object),
            ))),
        };
        ox::QuadRef {
            subject: iri(quad.subject, subject).into(),
            predicate: ox::NamedNodeRef::new_unchecked(quad.predicate),
            object,
            graph_name: quad.graph.map_or(ox::GraphNameRef::DefaultGraph, |node| iri(node, graph).into()),
        }
    }
}

fn iri<'a>(node: Node<'_>, text: &'a mut String) -> ox::NamedNodeRef<'a> {
    text.clear();
    node.push_to(text);
    ox::NamedNodeRef::new_unchecked(text)
}

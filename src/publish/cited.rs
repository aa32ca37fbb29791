//! Where what is said stands: sources as a reader looks them up, and statements by themselves with theirs.

use super::find::find_sources;
use super::statement::{EntityName, ObjectShown, Remarks};
use crate::graph::KnowledgeGraph;
use crate::model::{Citation, EntityId, Language, ParagraphId, PropertyId, StatementId};
use crate::rdf::{Node, base_iri, statement_hash};

/// A source: where a reader finds what is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cited<'g> {
    /// The document.
    pub document: EntityName<'g>,
    /// The number of the paragraph; nothing where the document as a whole is cited.
    pub paragraph: Option<&'g str>,
    /// As tables write it: `c24#2.10`, or the document alone.
    pub reference: String,
    /// The IRI of the paragraph, or of the document.
    pub iri: String,
}

/// A statement by itself: all that it says, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementTold<'g> {
    /// Its IRI.
    pub iri: String,
    /// Whom or what it is about.
    pub subject: EntityName<'g>,
    /// What it says.
    pub property: PropertyId,
    /// What it says it of.
    pub object: ObjectShown<'g>,
    /// What more there is to it.
    pub remarks: Remarks<'g>,
    /// Where it stands.
    pub cited: Vec<Cited<'g>>,
}

impl<'g> Cited<'g> {
    /// Returns a paragraph of a document, or the document as a whole.
    #[must_use]
    pub(crate) fn new(
        graph: &'g KnowledgeGraph,
        document: EntityId,
        paragraph: Option<ParagraphId>,
        languages: &[Language],
    ) -> Self {
        let (base, id) = (base_iri(graph), graph.id(document));
        let number = paragraph.map(|paragraph| graph.text(graph.paragraph(paragraph).number));
        let (reference, iri) = match number {
            Some(number) => (format!("{id}#{number}"), Node::Paragraph(base, id, number).to_iri()),
            None => (id.to_owned(), Node::Entity(base, id).to_iri()),
        };
        Self { document: EntityName::of(graph, document, languages), paragraph: number, reference, iri }
    }

    /// Returns what citations cite, in their order.
    #[must_use]
    pub(crate) fn all(graph: &'g KnowledgeGraph, citations: &[Citation], languages: &[Language]) -> Vec<Self> {
        let of = |citation: &Citation| Self::new(graph, citation.document, citation.paragraph, languages);
        citations.iter().map(of).collect()
    }

    /// Returns the sources that a cell lists, as answers to questions list them, with commas between them; and those of its
    /// parts that are none.
    #[must_use]
    pub(crate) fn listed<'t>(
        graph: &'g KnowledgeGraph,
        cell: &'t str,
        languages: &[Language],
    ) -> (Vec<Self>, Vec<&'t str>) {
        let (sources, unknown) = find_sources(graph, cell);
        let cited = sources.into_iter().map(|(document, paragraph)| Self::new(graph, document, paragraph, languages));
        (cited.collect(), unknown)
    }
}

impl<'g> StatementTold<'g> {
    /// Returns a statement, in the first of the languages that has each of its words.
    #[must_use]
    pub(crate) fn new(graph: &'g KnowledgeGraph, id: StatementId, languages: &[Language]) -> Self {
        let statement = graph.statement(id);
        Self {
            iri: Node::Statement(base_iri(graph), &statement_hash(graph, statement)).to_iri(),
            subject: EntityName::of(graph, statement.subject, languages),
            property: statement.property,
            object: ObjectShown::of(graph, statement.object, languages),
            remarks: Remarks::of(graph, statement, languages),
            cited: Cited::all(graph, graph.citations(statement), languages),
        }
    }
}

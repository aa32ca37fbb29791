//! Statements as rows: what they say, what is said of them, and the paragraphs that state them.

use maud::{Markup, html};

use super::frame::Page;
use super::text::Text;
use super::{MOST_ROWS, Subject};
use crate::model::{Citation, EntityId, PropertyId, Rank, Statement, StatementId};
use crate::publish::statement::Remarks;

/// The relation that a group of statements states, from where it is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// From the entity to others.
    Out(PropertyId),
    /// From others to the entity.
    In(PropertyId),
}

/// A statement, and what it states from where it is looked at.
pub(super) type Row = (Relation, StatementId);

impl Page<'_, '_> {
    /// The part of some rows that stands on this page.
    pub(super) fn part_of<'r, T>(&self, rows: &'r [T]) -> &'r [T] {
        rows.chunks(MOST_ROWS).nth(self.address.part).unwrap_or_default()
    }

    /// Statements of an entity in groups, by what they say.
    pub(super) fn groups(&self, rows: &[Row]) -> Markup {
        html! {
            @for group in rows.chunk_by(|a, b| a.0 == b.0) {
                @if let [(relation, _), ..] = group {
                    div.group {
                        h3 { (self.heading(*relation)) }
                        ul { @for (relation, id) in group { (self.row(*relation, *id)) } }
                    }
                }
            }
        }
    }

    fn heading(&self, relation: Relation) -> Markup {
        let ontology = self.graph().ontology();
        let (shown, backward) = match relation {
            Relation::Out(property) => (property, false),
            Relation::In(property) => match ontology.property(property).inverse {
                Some(inverse) => (inverse, false),
                None => (property, true),
            },
        };
        html! {
            a href=(self.href(Subject::Property(shown))) { (self.property_name(shown)) }
            @if backward { span.back { " " (self.words.backward) } }
        }
    }

    pub(super) fn property_name(&self, property: PropertyId) -> Markup {
        let property = self.graph().ontology().property(property);
        self.term(&property.labels, &property.name)
    }

    fn row(&self, relation: Relation, id: StatementId) -> Markup {
        let statement = self.graph().statement(id);
        html! {
            li .deprecated[statement.rank == Rank::Deprecated] {
                @match relation {
                    Relation::Out(_) => { (self.object(statement.property, statement.object)) }
                    Relation::In(_) => { (self.entity_link(statement.subject)) }
                }
                (self.remarks(statement))
            }
        }
    }

    /// A statement with both ends.
    pub(super) fn sentence(&self, id: StatementId) -> Markup {
        let statement = self.graph().statement(id);
        html! {
            li .deprecated[statement.rank == Rank::Deprecated] {
                (self.entity_link(statement.subject)) " "
                a.relation href=(self.href(Subject::Property(statement.property))) { (self.property_name(statement.property)) }
                " " (self.object(statement.property, statement.object))
                (self.remarks(statement))
            }
        }
    }

    /// What is said of a statement, its rank, and what states it.
    pub(super) fn remarks(&self, statement: &Statement) -> Markup {
        let graph = self.graph();
        let remarks = Remarks::of(graph, statement, &self.languages);
        html! {
            @for remark in &remarks.said {
                " " span.said {
                    @if let Some(property) = remark.property { (Text(property)) ": " }
                    bdi { (Text(remark.value)) }
                }
            }
            @if let Some(rank) = remarks.rank { " " span.rank { (Text(rank)) } }
            (self.sources(graph.citations(statement)))
        }
    }

    /// Links to the paragraphs, or to the documents, that state something.
    pub(super) fn sources(&self, citations: &[Citation]) -> Markup {
        html! {
            @for citation in citations { " " (self.source(citation)) }
        }
    }

    pub(super) fn source(&self, citation: &Citation) -> Markup {
        let subject = match citation.paragraph {
            Some(paragraph) => Subject::Paragraph(paragraph),
            None => Subject::Document(citation.document),
        };
        html! { a.source dir="ltr" href=(self.href(subject)) { (Text(&self.graph().citation_reference(citation))) } }
    }

    /// The statements of an entity, with what they say from there: those about it, then those of others.
    pub(super) fn rows_of(&self, entity: EntityId) -> [Vec<Row>; 2] {
        let graph = self.graph();
        let said = graph.statements_of(entity).map(|id| (Relation::Out(graph.statement(id).property), id));
        let others = self.site.incoming(entity).into_iter();
        let others = others.map(|id| (Relation::In(graph.statement(id).property), id));
        [said.collect(), others.collect()]
    }
}

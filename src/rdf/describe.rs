//! The triples of the graph spelled out, as quads that borrow their text.

use std::ops::Range;

use super::said::{Listener, Predicate, Said, Shown, Side, Sources, Value, Word};
use super::triples::Triples;
use super::{Node, Profile, Quad, Term, statement_hash};
use crate::graph::KnowledgeGraph;
use crate::model::{Citation, EntityId, Language, Object, ParagraphId, PropertyId, Statement, StatementId, Symbol};
use crate::ontology::{
    self, DCTERMS_DATE, DCTERMS_ISSUED, DCTERMS_LICENSE, DCTERMS_PUBLISHER, DCTERMS_TITLE, Datatype, OWL_VERSION_INFO,
    RAP, RDF_TYPE, VOID_DATASET, VOID_VOCABULARY, XSD_DATE,
};

/// The triples of a graph, and where its quads go.
pub(super) struct Describe<'a, S> {
    pub(super) triples: Triples<'a>,
    pub(super) sink: &'a mut S,
}

impl<'a, S, E> Describe<'a, S>
where
    S: FnMut(Quad<'_>) -> Result<(), E>,
{
    fn base(&self) -> &'a str {
        &self.triples.graph.config().base
    }

    /// Says what the data set is: title, licence, publisher, version, date, vocabulary.
    pub(super) fn dataset(&mut self) -> Result<(), E> {
        let (config, subject) = (self.triples.graph.config(), Node::Dataset(self.base()));
        let titles = (!self.triples.is_page()).then_some(&config.title);
        let mut triple = |predicate, object| (self.sink)(Quad { subject, predicate, object, graph: None });
        triple(RDF_TYPE, Term::Node(Node::Iri(VOID_DATASET)))?;
        for (language, title) in titles.into_iter().flatten() {
            triple(DCTERMS_TITLE, Term::Tagged(title, *language))?;
        }
        triple(DCTERMS_LICENSE, Term::Node(Node::Iri(&config.license)))?;
        if let Some(publisher) = &config.publisher {
            triple(DCTERMS_PUBLISHER, Term::Plain(publisher))?;
        }
        // Where it is not said when the data set is released, its date is all that is known of that.
        let date = config.date.as_ref().map(|date| Term::Typed(date.text(), Datatype::Edtf.iri()));
        match (&config.publication.released, date) {
            (Some(released), date) => {
                triple(DCTERMS_ISSUED, Term::Typed(released.text(), XSD_DATE))?;
                date.map_or(Ok(()), |date| triple(DCTERMS_DATE, date))?;
            }
            (None, Some(date)) => triple(DCTERMS_ISSUED, date)?,
            (None, None) => {}
        }
        if let Some(version) = &config.version {
            triple(OWL_VERSION_INFO, Term::Plain(version))?;
        }
        triple(VOID_VOCABULARY, Term::Node(Node::Iri(RAP)))
    }

    /// Says what entities are and are called, and what is stated of them, if they are to be told; with the nodes of their
    /// statements or without.
    pub(super) fn entities(&mut self, entities: Range<EntityId>, nodes: bool) -> Result<(), E> {
        let ids = entities.start.number()..entities.end.number();
        let statements = self.triples.graph.statements();
        let start = statements.partition_point(|statement| statement.subject < entities.start);
        let length = statements[start..].partition_point(|statement| statement.subject < entities.end);
        let told = self.told(start..start + length);
        let mut rest = told.as_slice();
        for entity in ids.map(EntityId::new) {
            let count = rest.iter().take_while(|told| told.statement.subject == entity).count();
            let (about, after) = rest.split_at(count);
            rest = after;
            // Of an entity that belongs to another part of a data set, statements may be told all the same.
            if self.triples.tells_of(entity) || !about.is_empty() {
                self.entity(entity, about)?;
                if nodes {
                    self.nodes(about)?;
                }
            }
        }
        Ok(())
    }

    /// Says what the nodes of statements are, those that are to be told.
    pub(super) fn statements(&mut self, numbers: Range<usize>) -> Result<(), E> {
        let told = self.told(numbers);
        self.nodes(&told)
    }

    /// Paragraphs: their documents, numbers, places in the order of reading, headings.
    pub(super) fn paragraphs(&mut self, numbers: Range<usize>) -> Result<(), E> {
        let (graph, triples) = (self.triples.graph, self.triples);
        let (mut document, mut position) = (None, 0);
        if let Some(first) = graph.paragraphs().get(numbers.start).map(|paragraph| paragraph.document) {
            let start = graph.paragraphs().partition_point(|paragraph| paragraph.document < first);
            (document, position) = (Some(first), numbers.start - start);
        }
        #[expect(clippy::cast_possible_truncation, reason = "paragraphs are numbered with u32")]
        for id in numbers.map(|number| ParagraphId::new(number as u32)) {
            let paragraph = graph.paragraph(id);
            position = if document == Some(paragraph.document) { position + 1 } else { 1 };
            document = Some(paragraph.document);
            let subject = Node::Paragraph(self.base(), graph.id(paragraph.document), graph.text(paragraph.number));
            triples.paragraph(id, &mut Spelling { about: subject, told: None, position, to: self })?;
        }
        Ok(())
    }

    fn entity(&mut self, entity: EntityId, told: &[Told<'a>]) -> Result<(), E> {
        let (triples, about) = (self.triples, Node::Entity(self.base(), self.triples.graph.id(entity)));
        if triples.tells_of(entity) {
            triples.entity(entity, &mut Spelling { about, told: None, position: 0, to: self })?;
        }
        let from = if self.triples.profile == Profile::Graphs { Sources::Each } else { Sources::Default };
        for told in told {
            triples.plain(told.id, from, &mut Spelling { about, told: Some(*told), position: 0, to: self })?;
        }
        Ok(())
    }

    fn nodes(&mut self, told: &[Told<'a>]) -> Result<(), E> {
        let triples = self.triples;
        if triples.has_nodes() {
            for told in told {
                let hash = statement_hash(self.triples.graph, told.statement);
                let about = Node::Statement(self.base(), &hash);
                triples.node(told.id, &mut Spelling { about, told: Some(*told), position: 0, to: self })?;
            }
        }
        Ok(())
    }

    /// The statements of these numbers, with their objects and sources: these lie all over the memory, and looked up one
    /// right after the other they are waited for together.
    fn told(&self, numbers: Range<usize>) -> Vec<Told<'a>> {
        let graph = self.triples.graph;
        #[expect(clippy::cast_possible_truncation, reason = "statements are numbered with u32")]
        let ids = numbers.map(|number| StatementId::new(number as u32)).filter(|&id| self.triples.tells(id));
        let mut told: Vec<Told<'a>> = ids
            .map(|id| {
                let statement = graph.statement(id);
                Told { id, statement, object: self.value(statement.property, statement.object), source: None }
            })
            .collect();
        for told in &mut told {
            told.source = graph.citations(told.statement).first().map(|citation| self.source(citation));
        }
        told
    }

    #[inline]
    fn source(&self, citation: &Citation) -> Node<'a> {
        match citation.paragraph {
            None => Node::Entity(self.base(), self.triples.graph.id(citation.document)),
            Some(paragraph) => self.paragraph(paragraph),
        }
    }

    #[inline]
    fn paragraph(&self, id: ParagraphId) -> Node<'a> {
        let paragraph = self.triples.graph.paragraph(id);
        Node::Paragraph(
            self.base(),
            self.triples.graph.id(paragraph.document),
            self.triples.graph.text(paragraph.number),
        )
    }

    #[inline]
    fn value(&self, property: PropertyId, object: Object) -> Term<'a> {
        let graph = self.triples.graph;
        match object {
            Object::Entity(entity) => Term::Node(Node::Entity(self.base(), graph.id(entity))),
            Object::Value(value) => Term::Node(Node::Iri(&graph.ontology().value(value).iri)),
            Object::Literal(text, language) => {
                literal(graph, graph.ontology().property(property).range, text, language)
            }
        }
    }

    #[inline]
    fn predicate(&self, predicate: Predicate) -> &'a str {
        match predicate {
            Predicate::Word(word) => word.iri(),
            Predicate::Property(property) => &self.triples.graph.ontology().property(property).iri,
            Predicate::Bound(property, side) => {
                let bounds = self.triples.graph.ontology().property(property).bounds.as_ref();
                // Only properties with bounds have such triples.
                bounds.map_or("", |[earliest, latest]| match side {
                    Side::Earliest => earliest,
                    Side::Latest => latest,
                })
            }
        }
    }
}

/// One unit being spelled: its subject, and what is known of its values already.
struct Spelling<'s, 'a, 'n, S> {
    about: Node<'n>,
    told: Option<Told<'a>>,
    position: usize,
    to: &'s mut Describe<'a, S>,
}

impl<S, E> Listener<E> for Spelling<'_, '_, '_, S>
where
    S: FnMut(Quad<'_>) -> Result<(), E>,
{
    fn wants(&self, _: Predicate) -> bool {
        true
    }

    // What is said is known where it is said, and most of this is decided there when compiled in place.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a tenth of the time of N-Triples")]
    fn hear(&mut self, said: Said) -> Result<(), E> {
        let (graph, base) = (self.to.triples.graph, self.to.base());
        let predicate = self.to.predicate(said.predicate);
        let named = said.graph.map(|document| Node::Entity(base, graph.id(document)));
        let known = match said.predicate {
            // The first source is known; those after it are not.
            Predicate::Word(Word::PrimarySource) => self.told.as_mut().and_then(|told| told.source.take()),
            Predicate::Word(_) | Predicate::Property(_) | Predicate::Bound(..) => None,
        };
        let (iri, node) = (|iri| Term::Node(Node::Iri(iri)), |entity| Node::Entity(base, graph.id(entity)));
        let (text, triple);
        let object = match said.value {
            Value::Entity(entity) => Term::Node(known.unwrap_or_else(|| node(entity))),
            Value::Paragraph(paragraph) => Term::Node(known.unwrap_or_else(|| self.to.paragraph(paragraph))),
            Value::Word(word) => iri(word.iri()),
            Value::Class(class) => iri(&graph.ontology().class(class).iri),
            Value::Property(property) => iri(&graph.ontology().property(property).iri),
            Value::Stated(id) => self.object(id),
            Value::Given(property, object) => self.to.value(property, object),
            Value::Number(paragraph) => Term::Plain(graph.text(graph.paragraph(paragraph).number)),
            Value::Day(Shown::Written(day)) => Term::Typed(graph.text(day), XSD_DATE),
            Value::Day(Shown::Bound(day)) => {
                text = day.to_string();
                Term::Typed(&text, XSD_DATE)
            }
            Value::Position(_) => {
                text = self.position.to_string();
                Term::Typed(&text, Datatype::Integer.iri())
            }
            Value::Triple(id) => {
                let statement = graph.statement(id);
                let predicate = graph.ontology().property(statement.property).iri.as_str();
                triple = (node(statement.subject), predicate, self.object(id));
                Term::Triple(&triple)
            }
        };
        (self.to.sink)(Quad { subject: self.about, predicate, object, graph: named })
    }
}

impl<'a, S, E> Spelling<'_, 'a, '_, S>
where
    S: FnMut(Quad<'_>) -> Result<(), E>,
{
    /// The object of a statement.
    fn object(&self, id: StatementId) -> Term<'a> {
        match self.told {
            Some(told) if told.id == id => told.object,
            Some(_) | None => {
                let statement = self.to.triples.graph.statement(id);
                self.to.value(statement.property, statement.object)
            }
        }
    }
}

/// A statement that is told, with its object and its first source.
#[derive(Clone, Copy)]
struct Told<'a> {
    id: StatementId,
    statement: &'a Statement,
    object: Term<'a>,
    source: Option<Node<'a>>,
}

fn literal(graph: &KnowledgeGraph, range: ontology::Range, text: Symbol, language: Option<Language>) -> Term<'_> {
    let lexical = graph.text(text);
    match range {
        ontology::Range::Literal(Datatype::AnyUri) => Term::Node(Node::Iri(lexical)),
        ontology::Range::Literal(Datatype::LangString | Datatype::PlainLiteral) => {
            language.map_or(Term::Plain(lexical), |language| Term::Tagged(lexical, language))
        }
        ontology::Range::Literal(Datatype::String) | ontology::Range::Entity(_) | ontology::Range::Value(_) => {
            Term::Plain(lexical)
        }
        ontology::Range::Literal(datatype) => Term::Typed(lexical, datatype.iri()),
    }
}

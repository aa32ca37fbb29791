//! What is said of the data set, its entities, statements and paragraphs, as quads.

use std::collections::HashSet;
use std::ops::Range;

use super::{Node, Profile, Quad, Scope, Term, statement_hash};
use crate::graph::KnowledgeGraph;
use crate::model::{
    Attribute, Citation, Date, EntityId, Language, Object, ParagraphId, PropertyId, Rank, Statement, StatementId,
    Symbol,
};
use crate::ontology::{
    self, DCTERMS_IS_PART_OF, DCTERMS_ISSUED, DCTERMS_LICENSE, DCTERMS_PUBLISHER, DCTERMS_SOURCE, DCTERMS_TITLE,
    Datatype, OWL_VERSION_INFO, PROV_HAD_PRIMARY_SOURCE, RAP, RAP_DEPRECATED, RAP_NORMAL, RAP_NUMBER, RAP_PARAGRAPH,
    RAP_POSITION, RAP_PREFERRED, RAP_RANK, RAP_STATEMENT, RDF_OBJECT, RDF_PREDICATE, RDF_REIFIES, RDF_STATEMENT,
    RDF_SUBJECT, RDF_TYPE, VOID_DATASET, VOID_VOCABULARY, XSD_DATE,
};

/// The graph, and where its quads go.
pub(super) struct Describe<'a, S> {
    pub(super) graph: &'a KnowledgeGraph,
    pub(super) profile: Profile,
    /// What is told; everything where there is nothing.
    pub(super) scope: Option<&'a Scope>,
    pub(super) sink: &'a mut S,
}

impl<'a, S, E> Describe<'a, S>
where
    S: FnMut(Quad<'_>) -> Result<(), E>,
{
    fn triple(&mut self, subject: Node<'_>, predicate: &str, object: Term<'_>) -> Result<(), E> {
        (self.sink)(Quad { subject, predicate, object, graph: None })
    }

    fn base(&self) -> &'a str {
        &self.graph.config().base
    }

    fn node(&self, entity: EntityId) -> Node<'a> {
        Node::Entity(self.base(), self.graph.id(entity))
    }

    /// Says what the data set is: title, licence, publisher, version, date, vocabulary.
    pub(super) fn dataset(&mut self) -> Result<(), E> {
        let config = self.graph.config();
        let subject = Node::Dataset(self.base());
        self.triple(subject, RDF_TYPE, Term::Node(Node::Iri(VOID_DATASET)))?;
        for (language, title) in &config.title {
            self.triple(subject, DCTERMS_TITLE, Term::Tagged(title, *language))?;
        }
        self.triple(subject, DCTERMS_LICENSE, Term::Node(Node::Iri(&config.license)))?;
        if let Some(publisher) = &config.publisher {
            self.triple(subject, DCTERMS_PUBLISHER, Term::Plain(publisher))?;
        }
        if let Some(date) = &config.date {
            self.triple(subject, DCTERMS_ISSUED, Term::Typed(date, Datatype::Edtf.iri()))?;
        }
        if let Some(version) = &config.version {
            self.triple(subject, OWL_VERSION_INFO, Term::Plain(version))?;
        }
        self.triple(subject, VOID_VOCABULARY, Term::Node(Node::Iri(RAP)))
    }

    /// Says what entities are and are called, and what is stated of them, if they are to be told; with the nodes of their
    /// statements or without.
    pub(super) fn entities(&mut self, entities: Range<EntityId>, nodes: bool) -> Result<(), E> {
        let ids = entities.start.number()..entities.end.number();
        if !ids.clone().any(|id| self.tells_of(EntityId::new(id))) {
            return Ok(());
        }
        let statements = self.graph.statements();
        let start = statements.partition_point(|statement| statement.subject < entities.start);
        let length = statements[start..].partition_point(|statement| statement.subject < entities.end);
        let told = self.told(start..start + length);
        let mut rest = told.as_slice();
        for entity in ids.map(EntityId::new) {
            let count = rest.iter().take_while(|told| told.statement.subject == entity).count();
            let (about, after) = rest.split_at(count);
            rest = after;
            if self.tells_of(entity) {
                self.entity(entity, about)?;
                if nodes {
                    self.nodes(entity, about)?;
                }
            }
        }
        Ok(())
    }

    /// Says what the nodes of statements about one entity are, those that are to be told.
    pub(super) fn statements(&mut self, numbers: Range<usize>) -> Result<(), E> {
        let told = self.told(numbers);
        let Some(first) = told.first() else { return Ok(()) };
        self.nodes(first.statement.subject, &told)
    }

    fn nodes(&mut self, entity: EntityId, told: &[Told<'a>]) -> Result<(), E> {
        match self.profile {
            Profile::Statements | Profile::Rdf12 => {
                let subject = self.node(entity);
                told.iter().try_for_each(|told| self.statement(subject, told))
            }
            Profile::Direct | Profile::Graphs => Ok(()),
        }
    }

    /// The statements of these numbers, with their objects and sources: these lie all over the memory, and looked up one
    /// right after the other they are waited for together.
    fn told(&self, numbers: Range<usize>) -> Vec<Told<'a>> {
        let graph = self.graph;
        let numbered = numbers.clone().zip(&graph.statements()[numbers]).filter(|(number, _)| self.tells(*number));
        let mut told: Vec<Told<'a>> = numbered
            .map(|(_, statement)| {
                let range = graph.ontology().property(statement.property).range;
                Told { statement, object: self.term(range, statement.object), source: None }
            })
            .collect();
        for told in &mut told {
            told.source = graph.citations(told.statement).first().map(|citation| self.source(citation));
        }
        told
    }

    /// Tells whether an entity is to be told.
    fn tells_of(&self, entity: EntityId) -> bool {
        self.scope.is_none_or(|scope| scope.subgraph.entities.binary_search(&entity).is_ok())
    }

    /// Tells whether the statement of that number is to be told.
    fn tells(&self, number: usize) -> bool {
        #[expect(clippy::cast_possible_truncation, reason = "statements are numbered with u32")]
        let id = StatementId::new(number as u32);
        self.scope.is_none_or(|scope| scope.subgraph.statements.binary_search(&id).is_ok())
    }

    /// Says what an entity is and is called, and what is plainly stated of it.
    fn entity(&mut self, entity: EntityId, told: &[Told<'a>]) -> Result<(), E> {
        let (graph, subject) = (self.graph, self.node(entity));
        let ontology = graph.ontology();
        let class = graph.entity(entity).class;
        self.triple(subject, RDF_TYPE, Term::Node(Node::Iri(&ontology.class(class).iri)))?;
        // The base class too, so that a query for events finds conferences without inference.
        if let Some(base) = ontology.base_class(class).filter(|base| base.iri != ontology.class(class).iri) {
            self.triple(subject, RDF_TYPE, Term::Node(Node::Iri(&base.iri)))?;
        }
        self.attributes(subject, graph.attributes(entity))?;
        if self.profile != Profile::Direct {
            self.sources(subject, DCTERMS_SOURCE, graph.entity_citations(entity))?;
        }
        self.plain(subject, told)
    }

    fn attributes(&mut self, subject: Node<'_>, attributes: &[Attribute]) -> Result<(), E> {
        for attribute in attributes {
            self.said(subject, attribute.property, Object::Literal(attribute.text, attribute.language))?;
        }
        Ok(())
    }

    fn sources(&mut self, subject: Node<'_>, predicate: &str, citations: &[Citation]) -> Result<(), E> {
        citations.iter().try_for_each(|citation| self.triple(subject, predicate, Term::Node(self.source(citation))))
    }

    fn source(&self, citation: &Citation) -> Node<'a> {
        let document = self.graph.id(citation.document);
        match citation.paragraph {
            None => Node::Entity(self.base(), document),
            Some(paragraph) => {
                Node::Paragraph(self.base(), document, self.graph.text(self.graph.paragraph(paragraph).number))
            }
        }
    }

    /// The plain triples of one subject's statements. Claims that differ in qualifiers only have one between them.
    fn plain(&mut self, subject: Node<'_>, told: &[Told<'a>]) -> Result<(), E> {
        let current = told.iter().filter(|told| told.statement.rank != Rank::Deprecated);
        let said = |told: &Told<'_>| (told.statement.property, told.statement.object);
        if self.profile != Profile::Graphs {
            let mut last = None;
            for told in current {
                if last.replace(said(told)) != Some(said(told)) {
                    self.stated(subject, told.statement.property, told.object, None)?;
                }
            }
            return Ok(());
        }
        // Only asked whether something is in it, so that its order reaches no output.
        let mut seen = HashSet::new();
        for told in current {
            for citation in self.graph.citations(told.statement) {
                if seen.insert((said(told), citation.document)) {
                    let source = self.node(citation.document);
                    self.stated(subject, told.statement.property, told.object, Some(source))?;
                }
            }
        }
        Ok(())
    }

    fn said(&mut self, subject: Node<'_>, property: PropertyId, object: Object) -> Result<(), E> {
        let object = self.term(self.graph.ontology().property(property).range, object);
        self.stated(subject, property, object, None)
    }

    /// A property and its value; of a date the bounds too, which sort.
    fn stated(
        &mut self,
        subject: Node<'_>,
        property: PropertyId,
        object: Term<'_>,
        graph: Option<Node<'_>>,
    ) -> Result<(), E> {
        let declared = self.graph.ontology().property(property);
        (self.sink)(Quad { subject, predicate: &declared.iri, object, graph })?;
        let (Some([earliest, latest]), Term::Typed(text, _)) = (&declared.bounds, object) else { return Ok(()) };
        let mut bound = |predicate: &str, day: &str| {
            (self.sink)(Quad { subject, predicate, object: Term::Typed(day, XSD_DATE), graph })
        };
        if is_day(text) {
            bound(earliest, text)?;
            return bound(latest, text);
        }
        let Ok(date) = Date::parse(text) else { return Ok(()) };
        for (day, predicate) in [(date.earliest, earliest), (date.latest, latest)] {
            if let Some(day) = day {
                bound(predicate, &day.to_string())?;
            }
        }
        Ok(())
    }

    fn term(&self, range: ontology::Range, object: Object) -> Term<'a> {
        let graph = self.graph;
        match object {
            Object::Entity(entity) => Term::Node(self.node(entity)),
            Object::Value(value) => Term::Node(Node::Iri(&graph.ontology().value(value).iri)),
            Object::Literal(text, language) => literal(graph, range, text, language),
        }
    }

    /// The node of a statement: what it says, its qualifiers, its rank and its sources.
    fn statement(&mut self, subject: Node<'_>, told: &Told<'a>) -> Result<(), E> {
        let (graph, Told { statement, object, source }) = (self.graph, *told);
        let hash = statement_hash(graph, statement);
        let node = Node::Statement(self.base(), &hash);
        let property = graph.ontology().property(statement.property);
        self.triple(node, RDF_TYPE, Term::Node(Node::Iri(RAP_STATEMENT)))?;
        if self.profile == Profile::Rdf12 {
            let triple = (subject, property.iri.as_str(), object);
            self.triple(node, RDF_REIFIES, Term::Triple(&triple))?;
        } else {
            self.triple(node, RDF_TYPE, Term::Node(Node::Iri(RDF_STATEMENT)))?;
            self.triple(node, RDF_SUBJECT, Term::Node(subject))?;
            self.triple(node, RDF_PREDICATE, Term::Node(Node::Iri(&property.iri)))?;
            self.triple(node, RDF_OBJECT, object)?;
        }
        for qualifier in graph.qualifiers(statement) {
            self.said(node, qualifier.property, qualifier.value)?;
        }
        let rank = match statement.rank {
            Rank::Preferred => RAP_PREFERRED,
            Rank::Normal => RAP_NORMAL,
            Rank::Deprecated => RAP_DEPRECATED,
        };
        self.triple(node, RAP_RANK, Term::Node(Node::Iri(rank)))?;
        let [_, more @ ..] = graph.citations(statement) else { return Ok(()) };
        if let Some(source) = source {
            self.triple(node, PROV_HAD_PRIMARY_SOURCE, Term::Node(source))?;
        }
        self.sources(node, PROV_HAD_PRIMARY_SOURCE, more)
    }

    /// Paragraphs, beginning with the first of a document: their documents, numbers, places in the order of reading,
    /// headings.
    pub(super) fn paragraphs(&mut self, numbers: Range<usize>) -> Result<(), E> {
        let graph = self.graph;
        let (mut document, mut position) = (None, 0);
        #[expect(clippy::cast_possible_truncation, reason = "paragraphs are numbered with u32")]
        let ids = numbers.map(|number| ParagraphId::new(number as u32));
        for (id, paragraph) in ids.map(|id| (id, graph.paragraph(id))) {
            position = if document == Some(paragraph.document) { position + 1 } else { 1 };
            document = Some(paragraph.document);
            if self.scope.is_some_and(|scope| !scope.paragraphs.contains(&id)) {
                continue;
            }
            let number = graph.text(paragraph.number);
            let node = Node::Paragraph(self.base(), graph.id(paragraph.document), number);
            self.triple(node, RDF_TYPE, Term::Node(Node::Iri(RAP_PARAGRAPH)))?;
            self.triple(node, DCTERMS_IS_PART_OF, Term::Node(self.node(paragraph.document)))?;
            self.triple(node, RAP_NUMBER, Term::Plain(number))?;
            self.triple(node, RAP_POSITION, Term::Typed(&position.to_string(), Datatype::Integer.iri()))?;
            self.attributes(node, graph.paragraph_attributes(paragraph))?;
        }
        Ok(())
    }
}

/// A statement that is told, with its object and its first source.
#[derive(Clone, Copy)]
struct Told<'a> {
    statement: &'a Statement,
    object: Term<'a>,
    source: Option<Node<'a>>,
}

/// Tells whether a date, known to be one, is a day and so its own earliest and latest.
fn is_day(date: &str) -> bool {
    date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
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

//! What is said of the data set, its entities, statements and paragraphs, as quads.

use std::collections::HashSet;

use super::{Node, Profile, Quad, Scope, Term, statement_hash};
use crate::graph::KnowledgeGraph;
use crate::model::{
    Attribute, Citation, Date, EntityId, Language, Object, ParagraphId, PropertyId, Rank, Statement, Symbol,
};
use crate::ontology::{
    DCTERMS_IS_PART_OF, DCTERMS_ISSUED, DCTERMS_LICENSE, DCTERMS_PUBLISHER, DCTERMS_SOURCE, DCTERMS_TITLE, Datatype,
    OWL_VERSION_INFO, PROV_HAD_PRIMARY_SOURCE, RAP, RAP_DEPRECATED, RAP_NORMAL, RAP_NUMBER, RAP_PARAGRAPH,
    RAP_POSITION, RAP_PREFERRED, RAP_RANK, RAP_STATEMENT, RDF_OBJECT, RDF_PREDICATE, RDF_REIFIES, RDF_STATEMENT,
    RDF_SUBJECT, RDF_TYPE, Range, VOID_DATASET, VOID_VOCABULARY, XSD_DATE,
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

    /// Says what entities are and are called, and what is stated of them.
    pub(super) fn entities(&mut self, entities: std::ops::Range<EntityId>) -> Result<(), E> {
        // One walk through the statements: to search for those of each entity would cost more than to write them.
        let mut statements = &self.graph.statements()[self.graph.statements_of(entities.start).start..];
        for entity in (entities.start.0..entities.end.0).map(EntityId) {
            let about = statements.iter().take_while(|statement| statement.subject == entity).count();
            let (about, rest) = statements.split_at(about);
            self.entity(entity, about)?;
            statements = rest;
        }
        Ok(())
    }

    /// Says what an entity is and is called, and what is stated of it, if it is to be told.
    fn entity(&mut self, entity: EntityId, statements: &[Statement]) -> Result<(), E> {
        if self.scope.is_some_and(|scope| scope.subgraph.entities.binary_search(&entity).is_err()) {
            return Ok(());
        }
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
        match self.scope {
            None => self.stated(subject, statements.iter()),
            Some(scope) => {
                let told: Vec<&Statement> = scope.subgraph.statements_of(graph, entity).collect();
                self.stated(subject, told.iter().copied())
            }
        }
    }

    /// The statements about one subject.
    fn stated<'s>(
        &mut self,
        subject: Node<'_>,
        mut statements: impl Iterator<Item = &'s Statement> + Clone,
    ) -> Result<(), E> {
        self.plain(subject, statements.clone())?;
        match self.profile {
            Profile::Statements | Profile::Rdf12 => {
                statements.try_for_each(|statement| self.statement(subject, statement))
            }
            Profile::Direct | Profile::Graphs => Ok(()),
        }
    }

    fn attributes(&mut self, subject: Node<'_>, attributes: &[Attribute]) -> Result<(), E> {
        for attribute in attributes {
            let object = Object::Literal(attribute.text, attribute.language);
            self.said(subject, attribute.property, object, None)?;
        }
        Ok(())
    }

    fn sources(&mut self, subject: Node<'_>, predicate: &str, citations: &[Citation]) -> Result<(), E> {
        for citation in citations {
            let document = self.graph.id(citation.document);
            let source = match citation.paragraph {
                None => Node::Entity(self.base(), document),
                Some(paragraph) => {
                    Node::Paragraph(self.base(), document, self.graph.text(self.graph.paragraph(paragraph).number))
                }
            };
            self.triple(subject, predicate, Term::Node(source))?;
        }
        Ok(())
    }

    /// The plain triples of one subject's statements. Claims that differ in qualifiers only have one between them.
    fn plain<'s>(&mut self, subject: Node<'_>, statements: impl Iterator<Item = &'s Statement>) -> Result<(), E> {
        let mut current: Vec<&Statement> = statements.filter(|statement| statement.rank != Rank::Deprecated).collect();
        if self.profile != Profile::Graphs {
            current.dedup_by_key(|statement| (statement.property, statement.object));
            return current
                .iter()
                .try_for_each(|statement| self.said(subject, statement.property, statement.object, None));
        }
        // Only asked whether something is in it, so that its order reaches no output.
        let mut said = HashSet::new();
        for statement in current {
            for citation in self.graph.citations(statement) {
                if said.insert((statement.property, statement.object, citation.document)) {
                    let source = self.node(citation.document);
                    self.said(subject, statement.property, statement.object, Some(source))?;
                }
            }
        }
        Ok(())
    }

    /// A property and its value; of a date the bounds too, which sort.
    fn said(
        &mut self,
        subject: Node<'_>,
        property: PropertyId,
        object: Object,
        graph: Option<Node<'_>>,
    ) -> Result<(), E> {
        let declared = self.graph.ontology().property(property);
        let object = self.term(declared.range, object);
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

    fn term(&self, range: Range, object: Object) -> Term<'a> {
        let graph = self.graph;
        match object {
            Object::Entity(entity) => Term::Node(self.node(entity)),
            Object::Value(value) => Term::Node(Node::Iri(&graph.ontology().value(value).iri)),
            Object::Literal(text, language) => literal(graph, range, text, language),
        }
    }

    /// The node of a statement: what it says, its qualifiers, its rank and its sources.
    fn statement(&mut self, subject: Node<'_>, statement: &Statement) -> Result<(), E> {
        let graph = self.graph;
        let hash = statement_hash(graph, statement);
        let node = Node::Statement(self.base(), &hash);
        let property = graph.ontology().property(statement.property);
        let object = self.term(property.range, statement.object);
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
            self.said(node, qualifier.property, qualifier.value, None)?;
        }
        let rank = match statement.rank {
            Rank::Preferred => RAP_PREFERRED,
            Rank::Normal => RAP_NORMAL,
            Rank::Deprecated => RAP_DEPRECATED,
        };
        self.triple(node, RAP_RANK, Term::Node(Node::Iri(rank)))?;
        self.sources(node, PROV_HAD_PRIMARY_SOURCE, graph.citations(statement))
    }

    /// Paragraphs, beginning with the first of a document: their documents, numbers, places in the order of reading,
    /// headings.
    pub(super) fn paragraphs(&mut self, numbers: std::ops::Range<usize>) -> Result<(), E> {
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

/// Tells whether a date, known to be one, is a day and so its own earliest and latest.
fn is_day(date: &str) -> bool {
    date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn literal(graph: &KnowledgeGraph, range: Range, text: Symbol, language: Option<Language>) -> Term<'_> {
    let lexical = graph.text(text);
    match range {
        Range::Literal(Datatype::AnyUri) => Term::Node(Node::Iri(lexical)),
        Range::Literal(Datatype::LangString | Datatype::PlainLiteral) => {
            language.map_or(Term::Plain(lexical), |language| Term::Tagged(lexical, language))
        }
        Range::Literal(Datatype::String) | Range::Entity(_) | Range::Value(_) => Term::Plain(lexical),
        Range::Literal(datatype) => Term::Typed(lexical, datatype.iri()),
    }
}

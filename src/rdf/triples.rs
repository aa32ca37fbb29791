//! What each unit of a graph says: the triples that there are, each from one unit, once.

use std::collections::BTreeSet;

use super::distinct::{Content, Distinct};
use super::said::{Listener, Predicate, Said, Shown, Side, Sources, Subject, Value, Word};
use super::{Profile, Scope};
use crate::graph::KnowledgeGraph;
use crate::model::{
    Attribute, Citation, ClassId, Date, EntityId, Object, ParagraphId, PropertyId, Rank, Statement, StatementId,
};
use crate::ontology::{Class, Ontology, PropertyKind};

/// The triples of a graph in a profile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Triples<'g> {
    pub(crate) graph: &'g KnowledgeGraph,
    pub(crate) profile: Profile,
    /// What is told; everything where there is nothing.
    pub(super) scope: Option<&'g Scope>,
    /// For each class the base class, if that is another.
    pub(super) bases: &'g [Option<ClassId>],
}

/// Returns for each class its base class, if that is another.
pub(crate) fn bases(ontology: &Ontology) -> Vec<Option<ClassId>> {
    let base = |class: &Class| {
        let own = ontology.class_by_name(&class.name)?;
        let base = ontology.base_class(own).filter(|base| base.iri != class.iri)?;
        ontology.class_by_name(&base.name)
    };
    ontology.classes().iter().map(base).collect()
}

impl<'g> Triples<'g> {
    /// Returns the triples of a whole graph.
    pub(crate) fn new(graph: &'g KnowledgeGraph, profile: Profile, bases: &'g [Option<ClassId>]) -> Self {
        Self { graph, profile, scope: None, bases }
    }

    /// Tells whether statements have nodes.
    pub(crate) fn has_nodes(&self) -> bool {
        matches!(self.profile, Profile::Statements | Profile::Rdf12)
    }

    /// Tells whether paragraphs and the sources of entities are told.
    pub(crate) fn has_sources(&self) -> bool {
        self.profile != Profile::Direct
    }

    /// Tells whether an entity is to be told.
    pub(super) fn tells_of(&self, entity: EntityId) -> bool {
        self.scope.is_none_or(|scope| scope.subgraph.entities.binary_search(&entity).is_ok())
    }

    /// Tells whether a statement is to be told.
    pub(super) fn tells(&self, statement: StatementId) -> bool {
        self.scope.is_none_or(|scope| scope.subgraph.statements.binary_search(&statement).is_ok())
    }

    /// Tells whether one entity is described, and the others are only named.
    pub(super) fn is_page(&self) -> bool {
        self.scope.is_some_and(|scope| scope.about.is_some())
    }

    /// Tells whether an entity is only named.
    fn is_named(&self, entity: EntityId) -> bool {
        self.scope.and_then(|scope| scope.about).is_some_and(|about| about != entity)
    }

    /// Says what an entity is and is called.
    pub(crate) fn entity<E>(&self, entity: EntityId, to: &mut impl Listener<E>) -> Result<(), E> {
        let subject = Subject::Entity(entity);
        let class = self.graph.entity(entity).class;
        let kind = |class| Said { subject, predicate: TYPE, value: Value::Class(class), graph: None };
        to.hear(kind(class))?;
        // The base class too, so that a query for events finds conferences without inference.
        if let Some(base) = self.bases[class.index()] {
            to.hear(kind(base))?;
        }
        let attributes = self.graph.attributes(entity);
        if self.is_named(entity) {
            let label = self.graph.ontology().known().label;
            let mut told = among(attributes.len());
            let mut labels = attributes.iter().filter(|attribute| attribute.property == label);
            return labels.try_for_each(|it| self.given(subject, it.property, object(it), &mut told, to));
        }
        self.attributes(subject, attributes, &self.stated_of(entity, attributes), to)?;
        if self.has_sources() {
            sources(subject, Word::Source, self.graph.entity_citations(entity), to)?;
        }
        Ok(())
    }

    /// Says what is plainly stated by a statement. Claims that differ in qualifiers only have one triple between them,
    /// which the first of them says; a deprecated claim has none.
    pub(crate) fn plain<E>(&self, id: StatementId, from: Sources<'_>, to: &mut impl Listener<E>) -> Result<(), E> {
        let statement = self.graph.statement(id);
        let is_alike = |other: &StatementId| self.equal(self.statement(*other).object, statement.object);
        let mut alike_before = self.before(id).take_while(is_alike);
        if !self.counts(id, from) || alike_before.any(|other| self.counts(other, from)) {
            return Ok(());
        }
        let Sources::Each = from else { return self.stated(id, from, None, to) };
        let (mut documents, mut seen) = (Vec::new(), BTreeSet::new());
        for other in self.after(id).take_while(is_alike).filter(|&other| self.counts(other, from)) {
            for citation in self.graph.citations(self.statement(other)) {
                if seen.insert(citation.document) {
                    documents.push(citation.document);
                }
            }
        }
        documents.into_iter().try_for_each(|document| self.stated(id, Sources::Merged(&[document]), Some(document), to))
    }

    /// Says what the node of a statement is: what it says, its qualifiers, its rank and its sources.
    pub(crate) fn node<E>(&self, id: StatementId, to: &mut impl Listener<E>) -> Result<(), E> {
        let (graph, statement) = (self.graph, self.graph.statement(id));
        let subject = Subject::Statement(id);
        let word = |word, value| Said { subject, predicate: Predicate::Word(word), value, graph: None };
        to.hear(word(Word::Type, Value::Word(Word::Statement)))?;
        if self.profile == Profile::Rdf12 {
            to.hear(word(Word::Reifies, Value::Triple(id)))?;
        } else {
            to.hear(word(Word::Type, Value::Word(Word::RdfStatement)))?;
            to.hear(word(Word::Subject, Value::Entity(statement.subject)))?;
            to.hear(word(Word::Predicate, Value::Property(statement.property)))?;
            to.hear(word(Word::Object, Value::Stated(id)))?;
        }
        for alike in graph.qualifiers(statement).chunk_by(|one, next| one.property == next.property) {
            let mut told = among(alike.len());
            for qualifier in alike {
                self.given(subject, qualifier.property, qualifier.value, &mut told, to)?;
            }
        }
        let rank = match statement.rank {
            Rank::Preferred => Word::Preferred,
            Rank::Normal => Word::Normal,
            Rank::Deprecated => Word::Deprecated,
        };
        to.hear(word(Word::Rank, Value::Word(rank)))?;
        sources(subject, Word::PrimarySource, graph.citations(statement), to)
    }

    /// Says what a paragraph is: its document, its number, its place in the order of reading, its headings.
    pub(crate) fn paragraph<E>(&self, id: ParagraphId, to: &mut impl Listener<E>) -> Result<(), E> {
        if self.scope.is_some_and(|scope| !scope.paragraphs.contains(&id)) {
            return Ok(());
        }
        let (subject, paragraph) = (Subject::Paragraph(id), self.graph.paragraph(id));
        for (word, value) in [
            (Word::Type, Value::Word(Word::Paragraph)),
            (Word::IsPartOf, Value::Entity(paragraph.document)),
            (Word::Number, Value::Number(id)),
            (Word::Position, Value::Position(id)),
        ] {
            to.hear(Said { subject, predicate: Predicate::Word(word), value, graph: None })?;
        }
        self.attributes(subject, self.graph.paragraph_attributes(paragraph), &Distinct::default(), to)
    }

    /// The attributes of something, without those that are said elsewhere.
    fn attributes<E>(
        &self,
        subject: Subject,
        attributes: &[Attribute],
        elsewhere: &Distinct<'g>,
        to: &mut impl Listener<E>,
    ) -> Result<(), E> {
        let key = |attribute: &Attribute| (attribute.property, attribute.language);
        debug_assert!(attributes.is_sorted_by_key(key), "what may say the same stands side by side");
        for alike in attributes.chunk_by(|one, next| key(one) == key(next)) {
            let mut told = among(alike.len());
            for attribute in alike {
                let value = object(attribute);
                if elsewhere.is_empty() || !elsewhere.contains(&self.content(attribute.property, value)) {
                    self.given(subject, attribute.property, value, &mut told, to)?;
                }
            }
        }
        Ok(())
    }

    /// A value of an attribute or qualifier and its bounds, unless one of those told says the same.
    fn given<E>(
        &self,
        subject: Subject,
        property: PropertyId,
        value: Object,
        told: &mut Option<Distinct<'g>>,
        to: &mut impl Listener<E>,
    ) -> Result<(), E> {
        let predicate = Predicate::Property(property);
        if to.wants(predicate) && is_new(told, || self.content(property, value)) {
            to.hear(Said { subject, predicate, value: Value::Given(property, value), graph: None })?;
        }
        self.bounds(subject, property, value, None, told, to)
    }

    /// What statements say of an entity that its attributes may say too. Then it is the statement that says it, so that
    /// what is read again from the triples is told in the same order.
    fn stated_of(&self, entity: EntityId, attributes: &[Attribute]) -> Distinct<'g> {
        let mut stated = Distinct::default();
        if !self.graph.states_annotations() {
            return stated;
        }
        let mut properties: Vec<PropertyId> = Vec::new();
        for &Attribute { property, .. } in attributes {
            if properties.contains(&property) {
                continue;
            }
            properties.push(property);
            let counted = self.graph.statements_with(entity, property).filter(|&id| self.counts(id, Sources::Default));
            for id in counted {
                stated.insert(self.content(property, self.statement(id).object));
            }
        }
        stated
    }

    /// The triple of a statement and its bounds, unless statements before it, or attributes, say the same.
    fn stated<E>(
        &self,
        id: StatementId,
        from: Sources<'_>,
        graph: Option<EntityId>,
        to: &mut impl Listener<E>,
    ) -> Result<(), E> {
        let &Statement { subject: entity, property, object: value, .. } = self.graph.statement(id);
        let (subject, predicate) = (Subject::Entity(entity), Predicate::Property(property));
        if to.wants(predicate) {
            to.hear(Said { subject, predicate, value: Value::Stated(id), graph })?;
        }
        // A table of statements may say an annotation, which a table of entities may say too.
        let annotates = self.graph.ontology().property(property).kind == PropertyKind::Annotation;
        let is_default = matches!(from, Sources::Default);
        let attributes = if annotates && is_default { self.graph.attributes(entity) } else { &[] };
        if self.graph.ontology().property(property).bounds.is_none() {
            return Ok(());
        }
        let mut told: Option<Distinct<'g>> = None;
        let elsewhere = self.stated_of(entity, attributes);
        let described = attributes.iter().filter(|attribute| attribute.property == property).map(object);
        let described = described.filter(|value| !elsewhere.contains(&self.content(property, *value)));
        let are_many = self.graph.has_many_before(id);
        let before = self.before(id).take_while(|_| !are_many).filter(|&other| self.counts(other, from));
        let before = before.map(|other| self.statement(other).object);
        for other in described.chain(before) {
            for (side, day) in self.days(other) {
                if let Some(day) = day {
                    told.get_or_insert_default().insert(Content::Day(property, side, self.shown(day)));
                }
            }
        }
        if are_many {
            for (side, day) in self.days(value) {
                let Some(day) = day.map(|day| self.shown(day)) else { continue };
                let counts = |other| self.counts(other, from);
                if self.graph.is_day_before(id, (&day, side == Side::Latest), from.documents(), counts) {
                    told.get_or_insert_default().insert(Content::Day(property, side, day));
                }
            }
        }
        self.bounds(subject, property, value, graph, &mut told, to)
    }

    /// The bounds of a date, each unless one of those told has the same.
    fn bounds<E>(
        &self,
        subject: Subject,
        property: PropertyId,
        value: Object,
        graph: Option<EntityId>,
        told: &mut Option<Distinct<'g>>,
        to: &mut impl Listener<E>,
    ) -> Result<(), E> {
        if self.graph.ontology().property(property).bounds.is_none() {
            return Ok(());
        }
        for (side, day) in self.days(value) {
            let predicate = Predicate::Bound(property, side);
            let Some(day) = day.filter(|_| to.wants(predicate)) else { continue };
            if is_new(told, || Content::Day(property, side, self.shown(day))) {
                to.hear(Said { subject, predicate, value: Value::Day(day), graph })?;
            }
        }
        Ok(())
    }

    /// The days that a date means at the earliest and at the latest.
    fn days(&self, value: Object) -> [(Side, Option<Shown>); 2] {
        let (earliest, latest) = match value {
            Object::Literal(symbol, _) => match self.graph.text(symbol) {
                text if is_day(text) => (Some(Shown::Written(symbol)), Some(Shown::Written(symbol))),
                text => Date::parse(text)
                    .map_or((None, None), |date| (date.earliest.map(Shown::Bound), date.latest.map(Shown::Bound))),
            },
            Object::Entity(_) | Object::Value(_) => (None, None),
        };
        [(Side::Earliest, earliest), (Side::Latest, latest)]
    }

    fn shown(&self, day: Shown) -> std::borrow::Cow<'g, str> {
        match day {
            Shown::Written(text) => self.graph.text(text).into(),
            Shown::Bound(day) => day.to_string().into(),
        }
    }

    /// What a value says of a property.
    fn content(&self, property: PropertyId, value: Object) -> Content<'g> {
        match value {
            Object::Literal(text, language) => Content::Text(property, language, self.graph.text(text)),
            Object::Entity(_) | Object::Value(_) => Content::Other(property, value),
        }
    }

    /// Tells whether two values are the same term. Texts compare by content: names are kept as often as they come.
    fn equal(&self, one: Object, other: Object) -> bool {
        match (one, other) {
            (Object::Literal(one, language), Object::Literal(other, same)) => {
                language == same && (one == other || self.graph.text(one) == self.graph.text(other))
            }
            (one, other) => one == other,
        }
    }

    fn statement(&self, id: StatementId) -> &'g Statement {
        self.graph.statement(id)
    }

    /// The statements before one that say the same property of the same subject, the nearest first.
    fn before(&self, id: StatementId) -> impl Iterator<Item = StatementId> + Clone + use<'_, 'g> {
        let all = self.graph.statements();
        (0..id.number())
            .rev()
            .map(StatementId::new)
            .take_while(move |&other| same(&all[other.index()], &all[id.index()]))
    }

    /// A statement and those after it that say the same property of the same subject.
    fn after(&self, id: StatementId) -> impl Iterator<Item = StatementId> + use<'_, 'g> {
        let all = self.graph.statements();
        let rest = (id.number()..).map(StatementId::new).take(all.len() - id.index());
        rest.take_while(move |&other| same(&all[other.index()], &all[id.index()]))
    }

    /// Tells whether a statement has a plain triple in the wanted graphs.
    fn counts(&self, id: StatementId, from: Sources<'_>) -> bool {
        let statement = self.statement(id);
        statement.rank != Rank::Deprecated
            && self.tells(id)
            && match from {
                Sources::Default => self.profile != Profile::Graphs,
                Sources::Each => self.profile == Profile::Graphs,
                Sources::Merged(documents) => {
                    let mut citations = self.graph.citations(statement).iter();
                    citations.any(|citation| documents.contains(&citation.document))
                }
            }
    }
}

/// What is told among so many values of a property in a language; one alone is always new.
fn among<'g>(values: usize) -> Option<Distinct<'g>> {
    (values > 1).then(Distinct::default)
}

fn is_new<'g>(told: &mut Option<Distinct<'g>>, content: impl FnOnce() -> Content<'g>) -> bool {
    told.as_mut().is_none_or(|told| told.insert(content()))
}

/// The sources of something, each once.
fn sources<E>(subject: Subject, word: Word, citations: &[Citation], to: &mut impl Listener<E>) -> Result<(), E> {
    for (number, citation) in citations.iter().enumerate() {
        let said = |other: &Citation| (other.document, other.paragraph) == (citation.document, citation.paragraph);
        // They are sorted, so that equal ones stand side by side.
        if !citations[..number].last().is_some_and(said) {
            let value = citation.paragraph.map_or(Value::Entity(citation.document), Value::Paragraph);
            to.hear(Said { subject, predicate: Predicate::Word(word), value, graph: None })?;
        }
    }
    Ok(())
}

const TYPE: Predicate = Predicate::Word(Word::Type);

fn same(one: &Statement, other: &Statement) -> bool {
    one.subject == other.subject && one.property == other.property
}

fn object(attribute: &Attribute) -> Object {
    Object::Literal(attribute.text, attribute.language)
}

/// Tells whether a date, known to be one, is a day and so its own earliest and latest.
fn is_day(date: &str) -> bool {
    date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

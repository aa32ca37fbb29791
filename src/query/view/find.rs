//! Where the quads of a pattern are: the units that can say them, and what is wanted of each.

use super::View;
use super::term::Term;
use super::unit::{Graphs, Units, Wanted, What, number};
use crate::model::{EntityId, Object, PropertyId};
use crate::ontology::{Property, PropertyKind};
use crate::rdf::{Profile, Word};

/// Units, and what is wanted of them.
pub(super) type Found<'a> = Vec<(Units<'a>, Wanted<'a>)>;

/// Whether units are looked for or only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Find,
    /// An estimate. Earlier queries must not change it, because it decides the order of an answer.
    Count,
}

/// What units are found for.
pub(super) struct Search<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) wanted: Wanted<'a>,
    pub(super) purpose: Purpose,
    pub(super) found: Found<'a>,
}

impl<'a> View<'a> {
    /// Finds the units that can say quads with these terms.
    pub(super) fn find(
        &self,
        subject: Option<&Term<'a>>,
        predicate: Option<&Term<'a>>,
        object: Option<&Term<'a>>,
        graphs: Graphs<'a>,
        purpose: Purpose,
    ) -> Found<'a> {
        let predicate = match predicate {
            None => None,
            Some(Term::Word(word)) => Some(*word),
            // Nothing says anything with it.
            Some(_) => return Vec::new(),
        };
        // A hidden predicate is looked for as what it stands for.
        let word = predicate.and_then(|predicate| self.index.vocabulary.hidden(predicate));
        let (predicate, hidden) = match word {
            Some(word) => (Some(self.index.vocabulary.word(word)), predicate),
            None => (predicate, None),
        };
        let wanted = Wanted { predicate, hidden, object: object.cloned(), graphs };
        let mut search = Search { view: self, wanted, purpose, found: Vec::new() };
        match (subject, object) {
            (Some(subject), _) => search.by_subject(subject),
            (None, Some(object)) => search.by_object(object),
            (None, None) => search.by_predicate(),
        }
        search.found
    }
}

impl<'a> Search<'_, 'a> {
    pub(super) fn push(&mut self, units: Units<'a>) {
        self.found.push((units, self.wanted.clone()));
    }

    /// Units of which only one predicate is wanted.
    pub(super) fn push_of(&mut self, predicate: u32, units: Units<'a>) {
        self.found.push((units, Wanted { predicate: Some(predicate), ..self.wanted.clone() }));
    }

    pub(super) fn fits(&self, predicate: u32) -> bool {
        self.wanted.predicate.is_none_or(|wanted| wanted == predicate)
    }

    /// Returns a word of the projection, if that is a predicate that is wanted.
    pub(super) fn word(&self, word: Word) -> Option<u32> {
        Some(self.view.index.vocabulary.word(word)).filter(|&number| self.fits(number))
    }

    pub(super) fn is_default(&self) -> bool {
        matches!(self.wanted.graphs, Graphs::Default)
    }

    pub(super) fn has_nodes(&self) -> bool {
        self.is_default() && self.view.triples.has_nodes()
    }

    pub(super) fn has_sources(&self) -> bool {
        self.is_default() && self.view.triples.has_sources()
    }

    /// Tells whether statements have plain triples in the graphs that are asked.
    pub(super) fn has_plain(&self) -> bool {
        self.is_default() != (self.view.triples.profile == Profile::Graphs)
    }

    /// Tells whether statements say what they are about with triples of their own.
    pub(super) fn has_reified(&self) -> bool {
        self.has_nodes() && (self.view.triples.profile == Profile::Statements || self.wanted.hidden.is_some())
    }

    fn entities(&self) -> Units<'a> {
        let all = if self.is_default() { self.view.graph.entities().len() } else { 0 };
        Units::Range(What::Entity, 0..number(all))
    }

    fn plain(&self) -> Units<'a> {
        let all = if self.has_plain() { self.view.graph.statements().len() } else { 0 };
        Units::Range(What::Plain, 0..number(all))
    }

    pub(super) fn nodes(&self) -> Units<'a> {
        let all = if self.has_nodes() { self.view.graph.statements().len() } else { 0 };
        Units::Range(What::Node, 0..number(all))
    }

    pub(super) fn paragraphs(&self) -> Units<'a> {
        let all = if self.has_sources() { self.view.graph.paragraphs().len() } else { 0 };
        Units::Range(What::Paragraph, 0..number(all))
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = (PropertyId, &'a Property)> + use<'a> {
        (0..).map(PropertyId::new).zip(self.view.graph.ontology().properties())
    }

    fn kind(&self, property: PropertyId) -> PropertyKind {
        self.view.graph.ontology().property(property).kind
    }

    // By subject

    fn by_subject(&mut self, subject: &Term<'a>) {
        let beside = self.view.index.extra.of(0, subject);
        if !beside.is_empty() {
            self.push(list(What::Extra, beside));
        }
        if let Term::Entity(entity) = *subject {
            self.about(EntityId::new(entity));
        } else if let Term::Statement(statement) = *subject
            && self.has_nodes()
        {
            self.push(Units::Range(What::Node, statement..statement + 1));
        } else if let Term::Paragraph(paragraph) = *subject
            && self.has_sources()
        {
            self.push(Units::Range(What::Paragraph, paragraph..paragraph + 1));
        }
    }

    fn about(&mut self, entity: EntityId) {
        let description = Units::Range(What::Entity, entity.number()..entity.number() + 1);
        let role = self.wanted.predicate.map(|predicate| self.view.index.vocabulary.role(predicate));
        let properties = role.map(|role| [role.property, role.bound_of]);
        if self.is_default()
            && properties.is_none_or(|both| {
                // A claim is no part of a description, unless its predicate is also one of the projection's own.
                let is_claim = |property: PropertyId| self.kind(property) == PropertyKind::Claim;
                !both.into_iter().flatten().any(is_claim) || self.is_word()
            })
        {
            self.push(description);
        }
        if !self.has_plain() {
            return;
        }
        match properties {
            None => {
                let about = self.view.index.about(self.view.graph, entity);
                self.push(Units::Range(What::Plain, about));
            }
            Some(properties) => {
                for property in properties.into_iter().flatten() {
                    let range = self.to_object(self.view.speller.of_property(entity, property));
                    self.push(Units::Range(What::Plain, range));
                }
            }
        }
    }

    /// Tells whether the predicate is one that the projection says of entities by itself.
    fn is_word(&self) -> bool {
        let vocabulary = &self.view.index.vocabulary;
        [Word::Type, Word::Source].into_iter().any(|word| self.wanted.predicate == Some(vocabulary.word(word)))
    }

    /// Narrows the statements of one subject and property to those that lead to the wanted object.
    fn to_object(&self, range: std::ops::Range<u32>) -> std::ops::Range<u32> {
        let Some(Term::Entity(object)) = self.wanted.object else { return range };
        let statements = &self.view.graph.statements()[range.start as usize..range.end as usize];
        let links = |object: Object| matches!(object, Object::Entity(_));
        // A property links entities or has none as objects; where it has, they are sorted.
        if !statements.first().is_some_and(|statement| links(statement.object)) {
            return range;
        }
        let target = |object: Object| if let Object::Entity(entity) = object { entity.number() } else { u32::MAX };
        let start = statements.partition_point(|statement| target(statement.object) < object);
        let length = statements[start..].partition_point(|statement| target(statement.object) == object);
        range.start + number(start)..range.start + number(start + length)
    }

    // By predicate

    fn by_predicate(&mut self) {
        match self.wanted.predicate {
            None => self.push(Units::Range(What::Extra, 0..number(self.view.index.extra.quads.len()))),
            Some(predicate) => {
                let beside = self.view.index.extra.of(1, &Term::Word(predicate));
                self.push(list(What::Extra, beside));
            }
        }
        let units = self.of_predicate(self.wanted.predicate);
        for units in units {
            self.push(units);
        }
    }

    /// The units that can say something with a predicate, in the order of their kinds.
    pub(super) fn of_predicate(&self, predicate: Option<u32>) -> Vec<Units<'a>> {
        let vocabulary = &self.view.index.vocabulary;
        let is = |words: &[Word]| words.iter().any(|&word| predicate == Some(vocabulary.word(word)));
        if predicate.is_none() {
            return vec![self.entities(), self.plain(), self.nodes(), self.paragraphs()];
        }
        let role = predicate.map(|predicate| vocabulary.role(predicate)).unwrap_or_default();
        let properties = || [role.property, role.bound_of].into_iter().flatten();
        let used = self.view.index.used(self.view.graph);
        let describes = properties().any(|property| used.attributes[property.index()]);
        let qualifies = properties().any(|property| used.qualifiers[property.index()]);
        let mut units = Vec::new();
        if describes || is(&[Word::Type, Word::Source]) {
            units.push(self.entities());
        }
        if self.has_plain() {
            for property in properties() {
                let stated = self.view.index.of_property(self.view.graph, property);
                units.push(list(What::Plain, stated));
            }
        }
        let of_nodes =
            [Word::Type, Word::Subject, Word::Predicate, Word::Object, Word::Reifies, Word::Rank, Word::PrimarySource];
        if qualifies || is(&of_nodes) {
            units.push(self.nodes());
        }
        if describes || is(&[Word::Type, Word::IsPartOf, Word::Number, Word::Position]) {
            units.push(self.paragraphs());
        }
        units
    }
}

pub(super) fn list(what: What, numbers: &[u32]) -> Units<'_> {
    Units::List(what, numbers.iter())
}

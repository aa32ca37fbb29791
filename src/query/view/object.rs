//! Where the quads are that have an object: by the links of entities, by kind, or from an index by key.

use super::find::{Purpose, Search, list};
use super::gauge;
use super::index::key;
use super::term::Term;
use super::unit::{Graphs, Quad, Unit, Units, Wanted, What, number};
use crate::model::{ClassId, EntityId, PropertyId, StatementId};
use crate::ontology::{self, Datatype, Property};
use crate::rdf::Word;

impl<'a> Search<'_, 'a> {
    pub(super) fn by_object(&mut self, object: &Term<'a>) {
        let beside = self.view.index.extra.of(2, object);
        if !beside.is_empty() {
            self.push(list(What::Extra, beside));
        }
        match *object {
            Term::Entity(entity) => self.by_entity(EntityId::new(entity), object),
            Term::Paragraph(_) => {
                self.by_sources(object);
                self.by_iri(object);
            }
            Term::Statement(_) => self.by_iri(object),
            Term::Triple(statement) => {
                if let Some(predicate) = self.word(Word::Reifies).filter(|_| self.has_nodes()) {
                    let alike = self.alike(StatementId::new(statement));
                    self.push_of(predicate, Units::Range(What::Node, alike));
                }
            }
            Term::Word(word) => self.by_word(word, object),
            Term::Integer(_) | Term::Held(..) | Term::Made(..) | Term::Other(_) => {
                self.by_key(self.wanted.predicate, object);
            }
        }
    }

    fn by_entity(&mut self, entity: EntityId, object: &Term<'a>) {
        let incoming = self.view.index.incoming(self.view.graph, entity);
        if self.has_plain() {
            match self.wanted.predicate {
                None => self.push(list(What::Plain, incoming)),
                Some(predicate) => {
                    let property = self.view.index.vocabulary.role(predicate).property;
                    let of = |number: &u32| self.view.graph.statement(StatementId::new(*number)).property;
                    if let Some(property) = property {
                        let start = incoming.partition_point(|number| of(number) < property);
                        let length = incoming[start..].partition_point(|number| of(number) == property);
                        self.push(list(What::Plain, &incoming[start..start + length]));
                    }
                }
            }
        }
        if let Some(predicate) = self.word(Word::Object).filter(|_| self.has_reified()) {
            self.push_of(predicate, list(What::Node, incoming));
        }
        if let Some(predicate) = self.word(Word::Subject).filter(|_| self.has_reified()) {
            let about = self.view.index.about(self.view.graph, entity);
            self.push_of(predicate, Units::Range(What::Node, about));
        }
        if let Some(predicate) = self.word(Word::IsPartOf).filter(|_| self.has_sources()) {
            let paragraphs = self.view.speller.paragraphs_of(entity);
            self.push_of(predicate, Units::Range(What::Paragraph, paragraphs));
        }
        self.by_sources(object);
        if self.has_nodes() {
            for (id, property) in self.properties() {
                if property.links_entities() && self.view.index.used(self.view.graph).qualifiers[id.index()] {
                    self.by_property(id, object);
                }
            }
        }
        self.by_iri(object);
    }

    /// What cites it.
    fn by_sources(&mut self, object: &Term<'a>) {
        if let Some(predicate) = self.word(Word::Source).filter(|_| self.has_sources()) {
            self.by_key(Some(predicate), object);
        }
        if let Some(predicate) = self.word(Word::PrimarySource).filter(|_| self.has_nodes()) {
            self.by_key(Some(predicate), object);
        }
    }

    /// What has an IRI that is written out, which can be anything's.
    fn by_iri(&mut self, object: &Term<'a>) {
        let is_iri = |property: &Property| property.range == ontology::Range::Literal(Datatype::AnyUri);
        for (id, property) in self.properties() {
            if is_iri(property) {
                self.by_property(id, object);
            }
        }
    }

    /// What has an object by a property.
    fn by_property(&mut self, property: PropertyId, object: &Term<'a>) {
        let vocabulary = &self.view.index.vocabulary;
        let predicate = vocabulary.property(property);
        // The projection's own predicates, some of which the ontology declares too, are looked for by themselves.
        let is_word = Word::ALL.iter().any(|&word| vocabulary.word(word) == predicate);
        if self.fits(predicate) && !is_word {
            self.by_key(Some(predicate), object);
        }
    }

    fn by_word(&mut self, word: u32, object: &Term<'a>) {
        let (index, graph) = (self.view.index, self.view.graph);
        if let Some(predicate) = self.word(Word::Type).filter(|_| self.is_default()) {
            for (number, _) in graph.ontology().classes().iter().enumerate() {
                let class = ClassId::new(u16::try_from(number).unwrap_or(u16::MAX));
                let base = index.bases[number];
                if index.vocabulary.class(class) == word
                    || base.is_some_and(|base| index.vocabulary.class(base) == word)
                {
                    self.push_of(predicate, list(What::Entity, index.of_class(graph, class)));
                }
            }
            if [Word::Statement, Word::RdfStatement].iter().any(|&kind| index.vocabulary.word(kind) == word) {
                self.push_of(predicate, self.nodes());
            }
            if index.vocabulary.word(Word::Paragraph) == word {
                self.push_of(predicate, self.paragraphs());
            }
        }
        let ranks = [Word::Preferred, Word::Normal, Word::Deprecated];
        if let Some(predicate) = self.word(Word::Rank)
            && ranks.iter().any(|&rank| index.vocabulary.word(rank) == word)
        {
            self.push_of(predicate, self.nodes());
        }
        if let (Some(property), Some(predicate)) = (index.vocabulary.role(word).property, self.word(Word::Predicate))
            && self.has_reified()
        {
            self.push_of(predicate, list(What::Node, index.of_property(graph, property)));
        }
        if let Some(predicate) = self.word(Word::Object).filter(|_| self.has_reified()) {
            self.by_key(Some(predicate), object);
        }
        for (id, property) in self.properties() {
            if matches!(property.range, ontology::Range::Value(_) | ontology::Range::Literal(Datatype::AnyUri)) {
                self.by_property(id, object);
            }
        }
    }

    /// The statements that say the same triple, from the first.
    fn alike(&self, first: StatementId) -> std::ops::Range<u32> {
        let graph = self.view.graph;
        let statement = graph.statement(first);
        let end = self.view.speller.of_property(statement.subject, statement.property).end;
        let object = self.view.speller.stated(first);
        let alike =
            (first.number()..end).take_while(|&other| self.view.speller.stated(StatementId::new(other)) == object);
        first.number()..first.number() + number(alike.count())
    }

    /// What has an object by a predicate, or by any. An index says so, once one is worth making. The index over all
    /// predicates holds only objects that have no number.
    fn by_key(&mut self, predicate: Option<u32>, object: &Term<'a>) {
        let wanted = Wanted { predicate, ..self.wanted.clone() };
        let units = self.of_predicate(predicate);
        if self.purpose == Purpose::Count {
            let all: usize = units.iter().map(|units| units.size_hint().0).sum();
            // An estimate: only an index could count them, and whether there is one depends on earlier queries.
            self.found.push((Units::Range(What::Extra, 0..number(all.isqrt() + 1)), wanted));
            return;
        }
        let all = || self.keys(predicate, Graphs::Default);
        let is_packed = self.view.graph.statements().len().max(self.view.graph.entities().len()) < 1 << 30;
        // Named graphs are looked through: there is an index of the default graph only.
        let keyed = if is_packed && self.is_default() {
            self.view.index.keyed(self.wanted.hidden.or(predicate), object, all)
        } else {
            None
        };
        match keyed {
            Some((list, places)) if places.is_empty() => drop(list),
            Some((list, places)) => self.found.push((Units::Keyed(list, places), wanted)),
            None => self.found.extend(units.into_iter().map(|units| (units, wanted.clone()))),
        }
    }

    /// The entries of an index by object: a key, and the unit that says it.
    fn keys(&self, predicate: Option<u32>, graphs: Graphs<'a>) -> Vec<u64> {
        let wanted = Wanted { predicate, hidden: self.wanted.hidden, object: None, graphs };
        let (mut entries, mut said): (Vec<u64>, Vec<Quad<'a>>) = (Vec::new(), Vec::new());
        for unit in self.of_predicate(predicate).into_iter().flatten() {
            gauge::tick();
            self.view.say(unit, &wanted, &mut said);
            for ([_, _, object], _) in said.drain(..) {
                if predicate.is_some() || !object.is_numbered() {
                    let unit: Option<u32> = Unit::packed(unit);
                    entries.extend(unit.map(|unit| u64::from(key(&object)) << 32 | u64::from(unit)));
                }
            }
        }
        entries
    }
}

//! What quads come from: units of the graph, of which each says a few, and the hearing of those that are wanted.

use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::View;
use super::spell::{made, typed};
use super::term::{Kind, Term};
use crate::model::{EntityId, ParagraphId, StatementId};
use crate::ontology::Datatype;
use crate::rdf::{Listener, Predicate, Said, Shown, Sources, Subject, Value};

/// A quad of our terms.
pub(super) type Quad<'a> = ([Term<'a>; 3], Option<Term<'a>>);

/// One unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) what: What,
    pub(super) number: u32,
}

/// The kinds of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The description of an entity.
    Entity,
    /// The plain triples of a statement.
    Plain,
    /// The node of a statement.
    Node,
    Paragraph,
    /// A quad that stands beside the graph.
    Extra,
}

impl Unit {
    /// Returns the unit as a number that keeps the order; nothing if its number is too large, or it stands beside the
    /// graph.
    pub(super) fn packed(self) -> Option<u32> {
        let mark = match self.what {
            What::Entity => 0,
            What::Plain => 1,
            What::Node => 2,
            What::Paragraph => 3,
            What::Extra => return None,
        };
        (self.number < 1 << 30).then_some(mark << 30 | self.number)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the half of an entry is meant")]
    fn unpacked(entry: u64) -> Self {
        let packed = entry as u32;
        let what = match packed >> 30 {
            0 => What::Entity,
            1 => What::Plain,
            2 => What::Node,
            _ => What::Paragraph,
        };
        Self { what, number: packed & ((1 << 30) - 1) }
    }
}

/// Several units, in order.
#[derive(Debug)]
pub(super) enum Units<'a> {
    Range(What, Range<u32>),
    List(What, std::slice::Iter<'a, u32>),
    Keyed(Arc<Vec<u64>>, Range<usize>),
}

impl Iterator for Units<'_> {
    type Item = Unit;

    #[inline]
    fn next(&mut self) -> Option<Unit> {
        match self {
            Self::Range(what, numbers) => numbers.next().map(|number| Unit { what: *what, number }),
            Self::List(what, numbers) => numbers.next().map(|&number| Unit { what: *what, number }),
            Self::Keyed(list, places) => places.next().map(|place| Unit::unpacked(list[place])),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Range(_, numbers) => numbers.size_hint(),
            Self::List(_, numbers) => numbers.size_hint(),
            Self::Keyed(_, places) => places.size_hint(),
        }
    }
}

/// Which graphs a pattern is about.
#[derive(Debug, Clone)]
pub(super) enum Graphs<'a> {
    /// The default graph.
    Default,
    /// All named graphs.
    Each,
    /// One named graph.
    Named(Term<'a>),
    /// Several named graphs as one: those that FROM makes the default graph of.
    Merged(Rc<Merged<'a>>),
}

/// Named graphs that are one graph to a query.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    pub(super) names: Vec<Term<'a>>,
    pub(super) documents: Vec<EntityId>,
}

/// What is wanted of units.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    pub(super) predicate: Option<u32>,
    /// The hidden predicate that is asked for with that one.
    pub(super) hidden: Option<u32>,
    pub(super) object: Option<Term<'a>>,
    pub(super) graphs: Graphs<'a>,
}

/// Hears what a unit says, and keeps what is wanted.
struct Ear<'v, 'a> {
    view: &'v View<'a>,
    wanted: &'v Wanted<'a>,
    /// The one named graph that is asked.
    name: Option<EntityId>,
    out: &'v mut Vec<Quad<'a>>,
}

impl Listener<Infallible> for Ear<'_, '_> {
    #[inline]
    fn wants(&self, predicate: Predicate) -> bool {
        self.wanted.predicate.is_none_or(|wanted| self.view.index.vocabulary.predicate(predicate) == Some(wanted))
    }

    #[inline]
    fn hear(&mut self, said: Said) -> Result<(), Infallible> {
        let Some(predicate) = self.view.index.vocabulary.predicate(said.predicate) else { return Ok(()) };
        if self.wanted.predicate.is_some_and(|wanted| wanted != predicate) {
            return Ok(());
        }
        let object = self.view.object(said.value);
        if self.wanted.object.as_ref().is_some_and(|wanted| *wanted != object) {
            return Ok(());
        }
        let subject = match said.subject {
            Subject::Entity(entity) => Term::Entity(entity.number()),
            Subject::Statement(statement) => Term::Statement(statement.number()),
            Subject::Paragraph(paragraph) => Term::Paragraph(number(paragraph.index())),
        };
        let graph = said.graph.or(self.name).map(|document| Term::Entity(document.number()));
        let predicate = self.wanted.hidden.unwrap_or(predicate);
        self.out.push(([subject, Term::Word(predicate), object], graph));
        Ok(())
    }
}

impl<'a> View<'a> {
    /// Appends the quads of a unit that are wanted.
    pub(super) fn say(&self, unit: Unit, wanted: &Wanted<'a>, out: &mut Vec<Quad<'a>>) {
        if unit.what == What::Extra {
            return self.say_extra(unit.number, wanted, out);
        }
        let name = match &wanted.graphs {
            Graphs::Named(Term::Entity(document)) => Some(EntityId::new(*document)),
            // A graph that is named as no entity holds nothing that statements say.
            Graphs::Named(_) => return,
            Graphs::Default | Graphs::Each | Graphs::Merged(_) => None,
        };
        let document = name.unwrap_or(EntityId::new(0));
        let from = match &wanted.graphs {
            Graphs::Default => Sources::Default,
            Graphs::Each => Sources::Each,
            Graphs::Named(_) => Sources::Merged(std::slice::from_ref(&document)),
            Graphs::Merged(merged) => Sources::Merged(&merged.documents),
        };
        let mut ear = Ear { view: self, wanted, name, out };
        let Ok(()) = match unit.what {
            What::Entity => self.triples.entity(EntityId::new(unit.number), &mut ear),
            What::Plain => self.triples.plain(StatementId::new(unit.number), from, &mut ear),
            What::Node if wanted.hidden.is_some() => self.reified.node(StatementId::new(unit.number), &mut ear),
            What::Node => self.triples.node(StatementId::new(unit.number), &mut ear),
            What::Paragraph => self.triples.paragraph(ParagraphId::new(unit.number), &mut ear),
            What::Extra => Ok(()),
        };
    }

    fn say_extra(&self, number: u32, wanted: &Wanted<'a>, out: &mut Vec<Quad<'a>>) {
        let (triple, graph) = &self.index.extra.quads[number as usize];
        let is_in = match (&wanted.graphs, graph) {
            (Graphs::Default, graph) => graph.is_none(),
            (Graphs::Each, graph) => graph.is_some(),
            (Graphs::Named(wanted), graph) => graph.as_ref() == Some(wanted),
            (Graphs::Merged(merged), Some(graph)) => {
                // Said once, however many of the graphs say it.
                let before = self.index.extra.of(0, &triple[0]).iter().take_while(|&&other| other < number);
                let mut before = before.map(|&other| &self.index.extra.quads[other as usize]);
                let is_merged = |graph: &Term<'static>| merged.names.iter().any(|name| name == graph);
                is_merged(graph)
                    && !before.any(|(other, graph)| other == triple && graph.as_ref().is_some_and(is_merged))
            }
            (Graphs::Merged(_), None) => false,
        };
        let predicate = wanted.predicate.is_none_or(|wanted| triple[1] == Term::Word(wanted));
        if is_in && predicate && wanted.object.as_ref().is_none_or(|wanted| *wanted == triple[2]) {
            let graph = if matches!(wanted.graphs, Graphs::Merged(_)) { None } else { graph.clone() };
            out.push((triple.clone(), graph));
        }
    }

    fn object(&self, value: Value) -> Term<'a> {
        let vocabulary = &self.index.vocabulary;
        match value {
            Value::Word(word) => Term::Word(vocabulary.word(word)),
            Value::Entity(entity) => Term::Entity(entity.number()),
            Value::Class(class) => Term::Word(vocabulary.class(class)),
            Value::Property(property) => Term::Word(vocabulary.property(property)),
            Value::Paragraph(paragraph) => Term::Paragraph(number(paragraph.index())),
            Value::Stated(id) => self.speller.stated(id),
            Value::Given(property, object) => self.speller.value(property, object),
            Value::Day(Shown::Written(day)) => Term::Held(self.graph.text(day), typed(Datatype::Date)),
            Value::Day(Shown::Bound(day)) => made(&day.to_string(), typed(Datatype::Date)),
            Value::Number(paragraph) => {
                Term::Held(self.graph.text(self.graph.paragraph(paragraph).number), Kind::PLAIN)
            }
            Value::Position(paragraph) => {
                let first = self.speller.paragraphs_of(self.graph.paragraph(paragraph).document).start;
                Term::Integer(i64::from(number(paragraph.index()) - first) + 1)
            }
            Value::Triple(id) => Term::Triple(self.first(id).number()),
        }
    }

    /// The first statement that says the same of the same.
    fn first(&self, id: StatementId) -> StatementId {
        let statement = self.graph.statement(id);
        let earlier = self.speller.of_property(statement.subject, statement.property).start..id.number();
        let object = self.speller.stated(id);
        let alike = earlier.rev().map(StatementId::new).take_while(|&other| self.speller.stated(other) == object);
        alike.last().unwrap_or(id)
    }
}

pub(super) fn number(index: usize) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "all that the graph numbers is numbered with u32")]
    let number = index as u32;
    number
}

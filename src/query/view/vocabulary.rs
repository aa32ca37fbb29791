//! The IRIs of the vocabularies, by number, and what each can say as a predicate.

use hashbrown::HashMap;

use crate::model::{ClassId, PropertyId, ValueId};
use crate::ontology::Ontology;
use crate::rdf::{Predicate, Side, Word};

/// The predicates that only the evaluator sees: subject, predicate and object of the triple that a statement reifies. No
/// query can write them.
pub(in crate::query) const HIDDEN: [&str; 3] = ["reified subject", "reified predicate", "reified object"];

/// The IRIs that the ontology and the projection use, each with a number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    iris: Vec<Box<str>>,
    // Only looked up, so that its order reaches no answer.
    numbers: HashMap<Box<str>, u32>,
    words: Vec<u32>,
    classes: Vec<u32>,
    values: Vec<u32>,
    properties: Vec<u32>,
    bounds: Vec<Option<[u32; 2]>>,
    roles: Vec<Role>,
    hidden: [u32; 3],
}

/// What a predicate can be of: a property, the bounds of one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Role {
    pub(super) property: Option<PropertyId>,
    pub(super) bound_of: Option<PropertyId>,
}

impl Vocabulary {
    pub(super) fn new(ontology: &Ontology) -> Self {
        let mut iris = Iris::default();
        let words = Word::ALL.iter().map(|word| iris.number(word.iri())).collect();
        let classes = ontology.classes().iter().map(|class| iris.number(&class.iri)).collect();
        let values = ontology.values().iter().map(|value| iris.number(&value.iri)).collect();
        let properties: Vec<_> = ontology.properties().iter().map(|property| iris.number(&property.iri)).collect();
        let bounds = ontology.properties().iter().map(|property| property.bounds.as_ref());
        let bounds: Vec<_> =
            bounds.map(|bounds| bounds.map(|both| both.each_ref().map(|iri| iris.number(iri)))).collect();
        let hidden = HIDDEN.map(|iri| iris.number(iri));
        let Iris { iris, numbers } = iris;
        let mut roles = vec![Role::default(); iris.len()];
        for (property, (&own, bounds)) in (0..).map(PropertyId::new).zip(properties.iter().zip(&bounds)) {
            roles[own as usize].property = Some(property);
            for &bound in bounds.iter().flatten() {
                roles[bound as usize].bound_of = Some(property);
            }
        }
        Self { iris, numbers, words, classes, values, properties, bounds, roles, hidden }
    }

    /// Returns the number of an IRI, adding it if it is new.
    pub(super) fn add(&mut self, iri: &str) -> u32 {
        let mut iris = Iris { iris: std::mem::take(&mut self.iris), numbers: std::mem::take(&mut self.numbers) };
        let number = iris.number(iri);
        (self.iris, self.numbers) = (iris.iris, iris.numbers);
        self.roles.resize(self.iris.len(), Role::default());
        number
    }

    pub(super) fn number(&self, iri: &str) -> Option<u32> {
        self.numbers.get(iri).copied()
    }

    pub(super) fn iri(&self, number: u32) -> &str {
        &self.iris[number as usize]
    }

    pub(super) fn role(&self, number: u32) -> Role {
        self.roles[number as usize]
    }

    pub(super) fn word(&self, word: Word) -> u32 {
        self.words[word as usize]
    }

    /// Returns what a hidden predicate stands for.
    pub(super) fn hidden(&self, number: u32) -> Option<Word> {
        let place = self.hidden.iter().position(|&hidden| hidden == number)?;
        [Word::Subject, Word::Predicate, Word::Object].get(place).copied()
    }

    pub(super) fn class(&self, class: ClassId) -> u32 {
        self.classes[class.index()]
    }

    pub(super) fn value(&self, value: ValueId) -> u32 {
        self.values[value.index()]
    }

    pub(super) fn property(&self, property: PropertyId) -> u32 {
        self.properties[property.index()]
    }

    /// Returns the number of a predicate; nothing for the bounds of a property that has none.
    pub(super) fn predicate(&self, predicate: Predicate) -> Option<u32> {
        match predicate {
            Predicate::Word(word) => Some(self.word(word)),
            Predicate::Property(property) => Some(self.property(property)),
            Predicate::Bound(property, side) => self.bounds[property.index()].map(|[earliest, latest]| match side {
                Side::Earliest => earliest,
                Side::Latest => latest,
            }),
        }
    }
}

#[derive(Default)]
struct Iris {
    iris: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Iris {
    fn number(&mut self, iri: &str) -> u32 {
        if let Some(&number) = self.numbers.get(iri) {
            return number;
        }
        #[expect(clippy::cast_possible_truncation, reason = "an ontology is a text of less than 4 GiB")]
        let number = self.iris.len() as u32;
        self.iris.push(iri.into());
        self.numbers.insert(iri.into(), number);
        number
    }
}

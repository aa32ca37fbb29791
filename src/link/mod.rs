//! From records to entities and statements: who is who.
//!
//! References are ids or names; names are folded and must name one entity only. Nothing is guessed, and nothing stops
//! the run: what cannot be linked becomes a finding at its place, and the rest goes on.

mod entities;
mod fold;
mod linked;
mod literal;
mod names;
mod order;
mod paragraphs;
mod reference;
mod statements;

pub use fold::fold;
pub use names::{NameError, Names};

use std::cell::OnceCell;

use crate::finding::{Code, Finding};
use crate::model::{Attribute, Citation, Entity, EntityId, Interner, Paragraph, Place, Qualifier, Statement};
use crate::ontology::Ontology;
use crate::read::Dataset;

/// Entities and statements in the order of the output, naming each other by number.
#[derive(Debug, Default)]
pub struct Linked {
    /// All text.
    pub(crate) texts: Interner,
    /// Sorted by id.
    pub(crate) entities: Vec<Entity>,
    /// Sorted by document and order of reading.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Sorted by subject, property, object and qualifiers.
    pub(crate) statements: Vec<Statement>,
    /// Of entities, then of paragraphs.
    pub(crate) attributes: Vec<Attribute>,
    /// Of statements.
    pub(crate) qualifiers: Vec<Qualifier>,
    /// Of entities, then of statements.
    pub(crate) citations: Vec<Citation>,
    /// The entity of each id's symbol.
    pub(crate) ids: Ids,
}

/// The entities by the symbol of their id.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    // An array: symbols are dense, and those of ids are interned before all others.
    by_symbol: Vec<Option<EntityId>>,
}

/// Links the records of a data set. Never fails: what is wrong is among the findings.
///
/// O(n log n) in the number of records.
#[must_use]
pub fn link(dataset: &Dataset, ontology: &Ontology) -> (Linked, Vec<Finding>) {
    let mut linker = Linker::new(dataset, ontology);
    let rows = linker.declare_entities();
    linker.describe_entities(&rows);
    linker.declare_paragraphs();
    let mut drafts = linker.cite_entities(&rows);
    linker.read_statements(&mut drafts);
    linker.order_statements(drafts);
    (linker.linked, linker.findings)
}

/// The work in hand: what is linked so far, and what was found wrong.
struct Linker<'a> {
    dataset: &'a Dataset,
    ontology: &'a Ontology,
    linked: Linked,
    findings: Vec<Finding>,
    paragraphs: paragraphs::Index,
    // Built when the first reference is no id: a data set that uses ids only pays nothing.
    names: OnceCell<Names>,
    suggestions: usize,
    // By symbol: the same dates come again and again, and are checked once.
    dates: Vec<bool>,
}

impl<'a> Linker<'a> {
    fn new(dataset: &'a Dataset, ontology: &'a Ontology) -> Self {
        Self {
            dataset,
            ontology,
            linked: Linked::default(),
            findings: Vec::new(),
            paragraphs: paragraphs::Index::default(),
            names: OnceCell::new(),
            suggestions: 0,
            dates: Vec::new(),
        }
    }

    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn finding(&self, code: Code, place: Place, message: impl Into<String>) -> Finding {
        Finding::new(code, self.dataset.locate(place), message)
    }
}

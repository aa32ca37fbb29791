//! Statements before they are put in order.

use std::mem::take;
use std::ops::Range;

use super::index;
use crate::model::{Citation, Interner, Object, Qualifier, Statement};

/// The statements of a chunk of rows, with their qualifiers and citations, and the texts of their literals.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) statements: Vec<Statement>,
    pub(super) qualifiers: Vec<Qualifier>,
    pub(super) citations: Vec<Citation>,
    pub(super) texts: Interner,
}

impl Drafts {
    /// Room for a statement in each row, with a qualifier and a source: growing would leave holes behind.
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self {
            statements: Vec::with_capacity(rows),
            qualifiers: Vec::with_capacity(rows),
            citations: Vec::with_capacity(rows),
            texts: Interner::default(),
        }
    }

    /// Adds sources, which several statements may share.
    pub(super) fn cite(&mut self, citations: &[Citation]) -> Range<u32> {
        let start = self.citations.len();
        self.citations.extend_from_slice(citations);
        index(start)..index(self.citations.len())
    }

    pub(super) fn push(&mut self, statement: Statement, qualifiers: &[Qualifier]) {
        let start = self.qualifiers.len();
        self.qualifiers.extend_from_slice(qualifiers);
        self.statements.push(Statement { qualifiers: index(start)..index(self.qualifiers.len()), ..statement });
    }

    /// The same with all its texts in an interner, whose symbols will be that much later.
    pub(super) fn in_texts_of(mut self, texts: &mut Interner, shift: u32) -> Self {
        let symbols = texts.intern_all(&take(&mut self.texts));
        let values = self.statements.iter_mut().map(|statement| &mut statement.object);
        for value in values.chain(self.qualifiers.iter_mut().map(|qualifier| &mut qualifier.value)) {
            if let Object::Literal(text, _) = value {
                *text = symbols[text.index()].later(shift);
            }
        }
        self
    }
}

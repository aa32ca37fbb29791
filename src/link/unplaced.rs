//! What is declared, but cannot be placed: the class of an entity is unknown, its row is malformed, its table lacks a column
//! or cannot be read.
//!
//! That is told where it is declared. What refers to it is left out without a word, so that one mistake is one finding. What
//! is in a file that cannot be read nobody knows: references to nothing are then told together.

use std::collections::BTreeSet;

use super::{Linker, Worker};
use crate::finding::Code;
use crate::model::{StatementStore, fold, visible};
use crate::ontology::{Column, Ontology};
use crate::read::{Dataset, Table, TableKind};

/// The ids and folded names of entities that cannot be placed, and the numbers of such paragraphs.
#[derive(Debug, Default)]
pub(super) struct Unplaced {
    names: BTreeSet<String>,
    paragraphs: BTreeSet<String>,
}

impl Unplaced {
    /// Collects them. O(rows of entities), once a reference is to nothing.
    fn of(dataset: &Dataset, linked: &StatementStore, ontology: &Ontology) -> Self {
        let mut unplaced = Self::default();
        for table in &dataset.tables {
            let malformed = || table.malformed().into_iter().map(|(_, text)| text);
            match table.kind() {
                TableKind::Entities => {
                    unplaced.names.extend(table.all_values(table.wrong_columns()).map(|word| fold(&word)));
                    unplaced.add(table, ontology, |id| linked.entity_by_id(&visible(id)).is_none());
                    unplaced.names.extend(malformed().flat_map(pieces));
                }
                TableKind::Paragraphs => unplaced.paragraphs.extend(malformed().flat_map(pieces)),
                TableKind::Statements => {}
            }
        }
        for table in &dataset.unplaced {
            unplaced.add(table, ontology, |_| true);
            // Which column is that of the numbers nobody knows.
            unplaced.paragraphs.extend(table.all_values(table.column_numbers()).map(|text| fold(&text)));
        }
        unplaced
    }

    fn add(&mut self, table: &Table, ontology: &Ontology, is_unplaced: impl Fn(&str) -> bool) {
        let id = table.column(Column::Id);
        let mut columns = table.columns_of(&ontology.known().naming());
        columns.extend(id);
        for row in 0..table.rows() {
            if id.is_none_or(|id| is_unplaced(&table.cell(row, id))) {
                let names = columns.iter().flat_map(|&column| table.values(row, column));
                self.names.extend(names.map(|(_, name)| fold(&name)));
            }
        }
    }
}

/// What may be a name in a row that could not be taken apart: whatever stands between delimiters or quotes.
pub(crate) fn pieces(row: &str) -> impl Iterator<Item = String> {
    raw_pieces(row).map(fold).filter(|piece| !piece.is_empty())
}

/// The same as it is written.
pub(crate) fn raw_pieces(row: &str) -> impl Iterator<Item = &str> {
    let by_cell = row.split([',', ';', '\t', '|', '"', '\n', '\r']);
    by_cell.chain(row.split('"')).map(str::trim).filter(|piece| !piece.is_empty())
}

impl Worker<'_> {
    fn unplaced(&self) -> &Unplaced {
        self.unplaced.get_or_init(|| Unplaced::of(self.dataset, self.linked, self.ontology))
    }

    /// Tells whether a reference is to an entity that cannot be placed.
    pub(super) fn is_unplaced(&self, reference: &str) -> bool {
        self.unplaced().names.contains(&fold(reference))
    }

    /// Tells whether a number may be that of a paragraph whose row is malformed.
    pub(super) fn is_unplaced_paragraph(&self, number: &str) -> bool {
        self.unplaced().paragraphs.contains(&fold(number))
    }
}

impl Linker<'_> {
    /// Tells references to nothing together where a file could not be read: the first, and how many more there are.
    pub(super) fn gather_unknown(&mut self) {
        if self.dataset.unreadable.is_empty() {
            return;
        }
        let files = format!("`{}`", self.dataset.unreadable.join("`, `"));
        for code in [Code::UnknownReference, Code::UnknownParagraph] {
            let Some((mut told, count)) = self.findings.take(code) else { continue };
            if count > 1 {
                told.message = format!("{}; {} more lead to nothing", told.message, count - 1);
            }
            told.help = Some(format!("what is meant may be in {files}, which could not be read: mend that first"));
            self.findings.push(told);
        }
    }
}

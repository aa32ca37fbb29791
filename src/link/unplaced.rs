//! Entities that are declared, but cannot be placed: their class is unknown, or their table lacks a column.
//!
//! That is told where they are declared. What refers to them is left out without a word, so that one mistake is one finding.

use std::collections::BTreeSet;

use super::Worker;
use crate::model::{StatementStore, fold, visible};
use crate::ontology::{Column, Ontology};
use crate::read::{Dataset, Table, TableKind};

/// The ids and folded names of entities that cannot be placed.
#[derive(Debug, Default)]
pub(super) struct Unplaced(BTreeSet<String>);

impl Unplaced {
    /// Collects them. O(rows of entities), once a reference is to nothing.
    fn of(dataset: &Dataset, linked: &StatementStore, ontology: &Ontology) -> Self {
        let mut unplaced = Self::default();
        for table in dataset.tables.iter().filter(|table| table.kind() == TableKind::Entities) {
            unplaced.add(table, ontology, |id| linked.entity_by_id(&visible(id)).is_none());
        }
        for table in &dataset.unplaced {
            unplaced.add(table, ontology, |_| true);
        }
        unplaced
    }

    fn add(&mut self, table: &Table, ontology: &Ontology, is_unplaced: impl Fn(&str) -> bool) {
        let naming = ontology.known().naming();
        let is_name = |column: &Option<Column>| {
            matches!(column, Some(Column::Id))
                || matches!(column, Some(Column::Term(property, _)) if naming.contains(property))
        };
        let columns: Vec<u16> =
            (0..).zip(table.columns()).filter(|(_, column)| is_name(column)).map(|(number, _)| number).collect();
        let id = table.column(Column::Id);
        for row in 0..table.rows() {
            if id.is_none_or(|id| is_unplaced(&table.cell(row, id))) {
                let names = columns.iter().flat_map(|&column| table.values(row, column));
                self.0.extend(names.map(|(_, name)| fold(&name)));
            }
        }
    }
}

impl Worker<'_> {
    /// Tells whether a reference is to an entity that cannot be placed.
    pub(super) fn is_unplaced(&self, reference: &str) -> bool {
        let unplaced = self.unplaced.get_or_init(|| Unplaced::of(self.dataset, self.linked, self.ontology));
        unplaced.0.contains(&fold(reference))
    }
}

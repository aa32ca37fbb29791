//! What is named in rows that could not be placed.
//!
//! That is told where the row is. What an entity or a paragraph lacks for it, such as a link with another, is not told again:
//! one mistake is one finding.

use std::collections::BTreeSet;
use std::mem::take;

use super::lost::Lost;
use super::names::Bearers;
use super::reference::index;
use super::unplaced::raw_pieces;
use super::{Linker, Names};
use crate::model::{EntityId, PropertyId, Spared, StatementStore, ascii_digits, visible};
use crate::ontology::{Column, Datatype, Ontology, Range};
use crate::read::{Table, TableKind};

impl Linker<'_> {
    /// Looks for what is named in rows that could not be placed. O(length of these rows).
    pub(super) fn spare(&mut self) {
        let mut lost = take(&mut self.lost);
        lost.sort_unstable();
        lost.dedup();
        let tables = || self.dataset.tables.iter().chain(&self.dataset.unplaced);
        let malformed: Vec<&str> = tables().flat_map(Table::malformed).map(|(_, text)| text).collect();
        let is_sure = self.dataset.tables.iter().all(|table| table.wrong_columns().is_empty());
        if lost.is_empty() && malformed.is_empty() && self.dataset.unplaced.is_empty() && is_sure {
            return;
        }
        let names = index(&self.names, self.dataset, &self.linked, self.ontology);
        let mut sparing = Sparing {
            linked: &self.linked,
            ontology: self.ontology,
            paragraphs: &self.paragraphs,
            names,
            seen: BTreeSet::new(),
            spared: Spared::default(),
        };
        for lost in lost {
            match lost {
                Lost::Row(place, property) => sparing.row(self.dataset.table(place.table), place.row, property),
                Lost::Sources(place) => {
                    let values = self.dataset.table(place.table).values(place.row, place.column);
                    values.for_each(|(_, text)| sparing.source(&text));
                }
            }
        }
        for table in &self.dataset.unplaced {
            for text in table.all_values(table.column_numbers()) {
                sparing.source(&text);
                sparing.dated(&text);
            }
        }
        for table in &self.dataset.tables {
            table.all_values(table.wrong_columns()).for_each(|text| sparing.source(&text));
        }
        for piece in malformed.into_iter().flat_map(raw_pieces) {
            sparing.source(piece);
            sparing.dated(piece);
        }
        self.linked.spared = sparing.spared.sorted();
    }
}

struct Sparing<'a> {
    linked: &'a StatementStore,
    ontology: &'a Ontology,
    paragraphs: &'a super::paragraphs::Index,
    names: &'a Names,
    /// What was looked up already, so that what stands in many rows costs no more than once.
    seen: BTreeSet<(Lack, String)>,
    spared: Spared,
}

/// What a thing may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lack {
    Link,
    Date,
}

impl Sparing<'_> {
    /// Spares what a row names. Of an entity's row of which one value could not be placed, what it names there.
    fn row(&mut self, table: &Table, row: u32, property: Option<PropertyId>) {
        let links = |property| matches!(self.ontology.property(property).range, Range::Entity(_));
        let is_link = property.is_none_or(links);
        let is_dated = property.is_none_or(|property| self.dates(property));
        let is_statement = table.kind() == TableKind::Statements;
        let is_whole = is_statement || property.is_none();
        for (column, meaning) in (0..).zip(table.columns()) {
            let Some(meaning) = *meaning else { continue };
            let names = match meaning {
                Column::Id | Column::Subject | Column::Object | Column::Document => is_link,
                Column::Term(term, _) => links(term) && (is_whole || property == Some(term)),
                Column::Source => true,
                Column::Class | Column::Property | Column::Rank | Column::Number => false,
            };
            for (_, text) in table.values(row, column) {
                if names && meaning == Column::Source {
                    self.source(&text);
                } else if names {
                    self.named(&text);
                }
                if is_dated && matches!(meaning, Column::Id | Column::Subject) {
                    self.dated(&text);
                }
            }
        }
    }

    /// Tells whether a statement with that property says when an event is, or whether it is at all.
    fn dates(&self, property: PropertyId) -> bool {
        match self.ontology.property(property).range {
            Range::Literal(datatype) => datatype == Datatype::Edtf,
            Range::Value(class) => class == self.ontology.known().status,
            Range::Entity(_) => false,
        }
    }

    /// Spares all that a reference may mean.
    fn named(&mut self, reference: &str) {
        let Some(meant) = self.meant_first(Lack::Link, reference) else { return };
        if meant.is_empty() && reference.contains('|') {
            // What is one value in a list of JSON may be meant as several.
            reference.split('|').map(str::trim).for_each(|part| self.named(part));
        }
        self.spared.links.extend(meant);
    }

    fn dated(&mut self, reference: &str) {
        if let Some(meant) = self.meant_first(Lack::Date, reference) {
            self.spared.dates.extend(meant);
        }
    }

    /// Spares a document and its paragraph; or what a text names that is no source.
    fn source(&mut self, text: &str) {
        let Some((document, number)) = text.rsplit_once('#') else { return self.named(text) };
        let (document, number) = (document.trim_end(), visible(number.trim_start()));
        self.named(document);
        let [document] = self.meant(document)[..] else { return };
        let symbols = [&*number, &*ascii_digits(&number)].map(|number| self.linked.texts.symbol(number));
        let found = symbols.into_iter().flatten().find_map(|number| self.paragraphs.get(&(document, number)));
        self.spared.paragraphs.extend(found);
    }

    /// What a reference may mean, where it comes for the first time.
    fn meant_first(&mut self, lack: Lack, reference: &str) -> Option<Vec<EntityId>> {
        let is_first = self.seen.insert((lack, reference.to_owned()));
        is_first.then(|| self.meant(reference))
    }

    fn meant(&self, reference: &str) -> Vec<EntityId> {
        let by_id = self.linked.entity_by_id(reference).or_else(|| self.linked.entity_by_id(&visible(reference)));
        match by_id.map_or_else(|| self.names.bearers(reference, self.linked, None), Bearers::One) {
            Bearers::Nobody => Vec::new(),
            Bearers::One(entity) => vec![entity],
            Bearers::Several(entities) => entities.to_vec(),
        }
    }
}

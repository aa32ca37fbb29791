//! What rows name, looked up before they are read, a block of rows at a time.
//!
//! In a large data set most look-ups miss the processor's cache. Where nothing else is done between them, those of a
//! block wait for memory at the same time instead of one after the other. What is not found here is looked for again when
//! its row is read: it may be a name, or a mistake to report.

use std::ops::Range;

use super::{Worker, split};
use crate::model::{Citation, EntityId, Place};
use crate::ontology::Column;

/// What is known of a row of a table of statements before it is read.
#[derive(Clone, Copy)]
pub(super) struct Ahead {
    pub(super) subject: Option<EntityId>,
    pub(super) object: Option<EntityId>,
    pub(super) source: Option<Citation>,
}

/// Blocks of rows, so small that what was looked up for them is still at hand when they are read.
pub(super) fn blocks(rows: Range<u32>) -> impl Iterator<Item = Range<u32>> {
    split(rows, 64)
}

impl Worker<'_> {
    /// Returns for each row the entity whose id stands in a column.
    pub(super) fn ids_ahead(&self, rows: &[Place], column: u16) -> Vec<Option<EntityId>> {
        let id = |row: &Place| self.linked.entity_by_id(&self.table(row.table).cell(row.row, column));
        rows.iter().map(id).collect()
    }

    /// Returns for each row its source, if it cites one paragraph by the id of its document.
    pub(super) fn sources_ahead(&self, rows: &[Place]) -> Vec<Option<Citation>> {
        let cited = |row: &Place| {
            let table = self.table(row.table);
            let place = row.at(table.column(Column::Source)?);
            let mut values = table.values(place.row, place.column);
            let (Some((_, text)), None) = (values.next(), values.next()) else { return None };
            let (document, number) = text.rsplit_once('#')?;
            Some((self.linked.entity_by_id(document)?, self.linked.texts.symbol(number)?, place))
        };
        let cited: Vec<_> = rows.iter().map(cited).collect();
        let found = |(document, number, place)| {
            let paragraph = self.paragraphs.get(&(document, number)).copied()?;
            Some(Citation { document, paragraph: Some(paragraph), place })
        };
        cited.into_iter().map(|cited| cited.and_then(found)).collect()
    }
}

//! What rows name, looked up before they are read, a block of rows at a time.
//!
//! In a large data set most look-ups miss the processor's cache. Where nothing else is done between them, those of a
//! block wait for memory at the same time instead of one after the other. What is not found here is looked for again when
//! its row is read: it may be a name, or a mistake to report.

use std::borrow::Cow;
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
        let cells: Vec<_> = rows.iter().map(|row| self.table(row.table).cell(row.row, column)).collect();
        self.linked.entities_by_id(&cells)
    }

    /// Returns for each row its source, if it cites one paragraph by the id of its document.
    pub(super) fn sources_ahead(&self, rows: &[Place]) -> Vec<Option<Citation>> {
        let source = |row: &Place| {
            let table = self.table(row.table);
            let column = table.column(Column::Source)?;
            let mut values = table.values(row.row, column);
            let (Some((_, text)), None) = (values.next(), values.next()) else { return None };
            Some((row.at(column), text))
        };
        let sources: Vec<Option<(Place, Cow<'_, str>)>> = rows.iter().map(source).collect();
        let parts = sources.iter().map(|source| source.as_ref()?.1.rsplit_once('#')).map(Option::unwrap_or_default);
        let (documents, numbers): (Vec<_>, Vec<_>) = parts.unzip();
        let (documents, numbers) = (self.linked.entities_by_id(&documents), self.linked.texts.symbols(&numbers));
        let keys = documents.into_iter().zip(numbers).map(|(document, number)| document.zip(number));
        let keys: Vec<_> = keys.collect();
        // Again with nothing else between them.
        let found: Vec<_> = keys.iter().map(|key| self.paragraphs.get(&(*key)?).copied()).collect();
        let cited = sources.iter().zip(keys.into_iter().zip(found)).map(|(source, (key, paragraph))| {
            let (place, document) = (source.as_ref()?.0, key?.0);
            Some(Citation { document, paragraph: Some(paragraph?), place })
        });
        cited.collect()
    }
}

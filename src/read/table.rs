//! A table: columns with a meaning, and rows of cells.

use std::borrow::Cow;

use super::columns::Columns;
use super::computed::Computed;
use super::content::Content;
use super::grid::Syntax;
use super::kind::TableKind;
use crate::finding::Location;
use crate::model::Place;
use crate::ontology::Column;

/// A table of the data set.
///
/// Its columns are those of the file, followed by those that the mapping adds. Rows that were reported as malformed,
/// and rows without any text, are not counted.
#[derive(Debug)]
pub struct Table {
    content: Content,
    columns: Columns,
    separator: char,
}

/// Where the text of a cell comes from.
enum Cell<'a> {
    Text(&'a str, Syntax),
    Id(String),
}

impl Table {
    pub(super) fn new(content: Content, columns: Columns, separator: char) -> Self {
        Self { content, columns, separator }
    }

    /// Returns what the rows are.
    #[must_use]
    pub fn kind(&self) -> TableKind {
        self.columns.kind
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        self.content.file()
    }

    /// Returns the meaning of each column; nothing where it is unknown, which is then reported, or left out on purpose.
    #[must_use]
    pub fn columns(&self) -> &[Option<Column>] {
        &self.columns.meanings
    }

    /// Returns the number of the first column with a meaning.
    #[must_use]
    pub fn column(&self, meaning: Column) -> Option<u16> {
        (0..).zip(self.columns()).find(|(_, column)| **column == Some(meaning)).map(|(number, _)| number)
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn rows(&self) -> u32 {
        // A row takes at least a byte of a file smaller than 4 GiB.
        u32::try_from(self.content.grid().rows()).unwrap_or(u32::MAX)
    }

    /// Returns how many bytes the text of all cells has at most.
    pub(crate) fn bytes(&self) -> usize {
        self.content.text().len()
    }

    /// Returns the text of a cell, trimmed; separators of values are text like any other. O(length of the cell).
    #[must_use]
    pub fn cell(&self, row: u32, column: u16) -> Cow<'_, str> {
        match self.text(row as usize, usize::from(column)) {
            Cell::Text(text, syntax) => syntax.whole(text),
            Cell::Id(id) => Cow::Owned(id),
        }
    }

    /// Returns the values of a cell, trimmed, with their numbers as in [`Place::value`]; empty ones are passed over.
    /// O(length of the cell).
    pub fn values(&self, row: u32, column: u16) -> impl Iterator<Item = (u16, Cow<'_, str>)> {
        let (text, id) = match self.text(row as usize, usize::from(column)) {
            Cell::Text(text, syntax) => (Some(syntax.values(text)), None),
            Cell::Id(id) => (None, Some(id).filter(|id| !id.is_empty())),
        };
        text.into_iter().flatten().chain(id.map(|id| (0, Cow::Owned(id))))
    }

    /// Returns where a value is. What the mapping adds is at the cell that it is made from, or else at the row.
    pub(super) fn locate(&self, place: Place) -> Location {
        let (row, column) = (place.row as usize, usize::from(place.column));
        if column < self.content.grid().width() {
            return self.content.place(row, column, place.value, self.separator);
        }
        match self.columns.computed(column) {
            Some(Computed::Id(template)) => self.content.place(row, template.first_column(), 0, self.separator),
            Some(Computed::Constant(_)) | None => self.content.row_place(row),
        }
    }

    fn text(&self, row: usize, column: usize) -> Cell<'_> {
        match self.columns.computed(column) {
            Some(Computed::Constant(text)) => Cell::Text(text, Syntax { separator: self.separator, quotes: false }),
            Some(Computed::Id(template)) => Cell::Id(template.id(|column| self.stored(row, column))),
            None => Cell::Text(self.raw(row, column), self.content.syntax(self.separator)),
        }
    }

    fn stored(&self, row: usize, column: usize) -> Cow<'_, str> {
        self.content.syntax(self.separator).whole(self.raw(row, column))
    }

    fn raw(&self, row: usize, column: usize) -> &str {
        &self.content.text()[self.content.grid().cell(row, column)]
    }
}

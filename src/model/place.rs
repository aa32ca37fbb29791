//! Where in the data set something stands.

/// The place of a value: table, row, column, and which of the values in its cell.
///
/// Numbers only, so that each citation can afford one; [`Dataset::locate`](crate::read::Dataset::locate) turns it into
/// file, line and column when somebody wants to see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Number of the table in the data set.
    pub table: u16,
    /// Number of the row of data, the first after the header being 0.
    pub row: u32,
    /// Number of the column, from 0; [`Place::WHOLE_ROW`] for the row as such.
    pub column: u16,
    /// Number of the value within its cell, from 0.
    pub value: u16,
}

impl Place {
    /// The column of a place that means the whole row.
    pub(crate) const WHOLE_ROW: u16 = u16::MAX;

    /// Returns the place of a row as a whole.
    #[must_use]
    pub(crate) fn row(table: u16, row: u32) -> Self {
        Self { table, row, column: Self::WHOLE_ROW, value: 0 }
    }

    /// Returns the place of a cell of the same row.
    #[must_use]
    pub(crate) fn at(self, column: u16) -> Self {
        Self { column, value: 0, ..self }
    }
}

//! What stands in a table where nobody understands it, which is reported.

use std::borrow::Cow;

use super::Table;

impl Table {
    /// Returns the columns of which it is reported that they mean nothing.
    pub(crate) fn wrong_columns(&self) -> &[u16] {
        &self.columns.wrong
    }

    /// Returns the numbers of all columns.
    pub(crate) fn column_numbers(&self) -> Vec<u16> {
        (0..).zip(self.columns()).map(|(number, _)| number).collect()
    }

    /// Returns what stands in columns, value by value.
    pub(crate) fn all_values(&self, columns: impl AsRef<[u16]>) -> impl Iterator<Item = Cow<'_, str>> {
        let columns = columns.as_ref().to_vec();
        let cells = (0..self.rows()).flat_map(move |row| columns.clone().into_iter().map(move |column| (row, column)));
        cells.flat_map(|(row, column)| self.values(row, column)).map(|(_, text)| text)
    }

    /// Tells whether a row has something in a column that means nothing: what it lacks may stand there.
    pub(crate) fn is_unsure(&self, row: u32) -> bool {
        self.columns.wrong.iter().any(|&column| self.values(row, column).next().is_some())
    }
}

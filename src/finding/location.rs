//! Where a finding is: file, line and column, or sheet and cell.

use std::cmp::Ordering;
use std::fmt;

/// A place in a file, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's path, relative to the data set's folder, with `/` between its parts.
    pub file: String,
    /// The place in the file.
    pub position: Position,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// The file as a whole.
    File,
    /// A stretch of a line of text.
    Text {
        /// Number of the line, from 1. A quoted cell with line breaks begins here.
        line: usize,
        /// Number of the first character, from 1, in Unicode code points.
        column: usize,
        /// How many code points are meant; 0 for a place between two.
        length: usize,
        /// The line, for showing; of a long line, what stands around the place.
        excerpt: String,
        /// Number of the excerpt's first character in its line: 1 unless the line is long.
        excerpt_column: usize,
    },
    /// A cell of a spreadsheet, or a row of cells.
    Cell {
        /// Name of the sheet.
        sheet: String,
        /// Column and row as the spreadsheet names them: `B7`; a whole row is `7:7`.
        cell: String,
        /// The text of the cell, or of the row.
        excerpt: String,
    },
}

impl Location {
    /// Returns the place of a file as a whole.
    #[must_use]
    pub(crate) fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), position: Position::File }
    }

    /// How many bytes its texts have.
    pub(super) fn bytes(&self) -> usize {
        self.file.len()
            + match &self.position {
                Position::File => 0,
                Position::Text { excerpt, .. } => excerpt.len(),
                Position::Cell { sheet, cell, excerpt } => sheet.len() + cell.len() + excerpt.len(),
            }
    }
}

impl Position {
    /// What places are ordered by: sheet, line or row, column, and then whatever else tells two apart.
    fn key(&self) -> (&str, usize, (usize, &str), usize, &str) {
        match self {
            Self::File => ("", 0, (0, ""), 0, ""),
            Self::Text { line, column, length, excerpt, .. } => ("", *line, (*column, ""), *length, excerpt),
            Self::Cell { sheet, cell, excerpt } => {
                let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(cell.len());
                let (letters, row) = cell.split_at(digits);
                let row = row.split(':').next().and_then(|row| row.parse().ok()).unwrap_or_default();
                // A to Z come before AA.
                (sheet, row, (letters.len(), letters), 0, excerpt)
            }
        }
    }
}

impl PartialOrd for Position {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Position {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Display for Location {
    /// Writes `file`, `file:line:column` or `file:sheet!cell`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.position {
            Position::File => f.write_str(&self.file),
            Position::Text { line, column, .. } => write!(f, "{}:{line}:{column}", self.file),
            Position::Cell { sheet, cell, .. } => write!(f, "{}:{sheet}!{cell}", self.file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_by_row_and_then_by_column() {
        let cell = |cell: &str| Position::Cell { sheet: "S".to_owned(), cell: cell.to_owned(), excerpt: String::new() };
        let sorted = ["A2", "B2", "AA2", "3:3", "A10", "A100"].map(cell);
        assert!(sorted.is_sorted());
    }
}

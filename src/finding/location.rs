//! Where a finding is: file, line and column, or sheet and cell.

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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), position: Position::File }
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

//! Cells whose texts are not ranges of a file: those of JSON and of spreadsheets, decoded into one buffer.

use super::ReadError;
use super::grid::{Grid, Syntax};
use super::text::offset;

/// More cells than this are refused: a small file can claim any number of empty ones.
const LIMIT: usize = 1 << 27;

/// The cells of a table and the buffer of their texts.
#[derive(Debug)]
pub(super) struct Cells {
    file: String,
    pub(super) text: String,
    pub(super) grid: Grid,
    start: usize,
}

impl Cells {
    /// Makes room for a table of that size.
    pub(super) fn new(file: &str, width: usize, rows: usize) -> Result<Self, ReadError> {
        if width.saturating_add(1).saturating_mul(rows) > LIMIT {
            return Err(ReadError::TooManyCells { file: file.to_owned(), limit: LIMIT });
        }
        Ok(Self { file: file.to_owned(), text: String::new(), grid: Grid::new(width), start: 0 })
    }

    /// Appends to the cell in the making.
    pub(super) fn push_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends one of several values to the cell in the making.
    pub(super) fn push_value(&mut self, value: &str, syntax: Syntax) {
        if self.text.len() > self.start {
            self.text.push(syntax.separator);
        }
        // An empty value counts, too: the space keeps its place.
        syntax.escape(value, &mut self.text);
    }

    /// Begins the next cell.
    pub(super) fn end_cell(&mut self) {
        self.grid.offsets.push(offset(self.start));
        self.text.push('\n');
        self.start = self.text.len();
    }

    /// Begins the next row.
    pub(super) fn end_row(&mut self) {
        self.grid.offsets.push(offset(self.start));
        self.grid.accept_row();
    }

    /// Gives back the memory that no cell uses.
    pub(super) fn finish(&mut self) -> Result<(), ReadError> {
        self.text.shrink_to_fit();
        self.grid.finish();
        if u32::try_from(self.text.len()).is_err() {
            return Err(ReadError::TooLarge { path: self.file.clone().into() });
        }
        Ok(())
    }
}

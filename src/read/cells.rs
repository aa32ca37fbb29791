//! Cells whose texts are not ranges of a file: those of JSON and of spreadsheets, decoded into one buffer.

use super::grid::{Grid, Syntax};
use super::text::offset;
use crate::finding::{Code, Finding, Location};

/// The cells of a table and the buffer of their texts.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) text: String,
    pub(super) grid: Grid,
    start: usize,
}

/// A table has more cells, most of them empty, or more text than fit into memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooManyCells;

impl TooManyCells {
    /// Returns the finding that says so.
    pub(super) fn finding(place: Location) -> Finding {
        let message = "the table has so many cells, most of them empty, that it does not fit into memory";
        Finding::new(Code::OversizedTable, place, message)
            .help("split it into several tables, or take out what stands far away from the rest")
    }
}

impl Cells {
    /// More cells than this are refused: a small file can claim any number of empty ones.
    pub(super) const LIMIT: usize = 1 << 27;
    /// The same for a sheet, which has only so much text.
    pub(super) const LIMIT_OF_SHEET: usize = 1 << 25;

    /// Makes room for a table of that size.
    pub(super) fn new(width: usize, rows: usize, limit: usize) -> Result<Self, TooManyCells> {
        if width.saturating_add(1).saturating_mul(rows) > limit {
            return Err(TooManyCells);
        }
        Ok(Self { text: String::new(), grid: Grid::new(width), start: 0 })
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
    pub(super) fn finish(&mut self) -> Result<(), TooManyCells> {
        self.text.shrink_to_fit();
        self.grid.finish();
        u32::try_from(self.text.len()).map(|_| ()).map_err(|_| TooManyCells)
    }
}

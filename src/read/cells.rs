//! Cells whose texts are not ranges of a file: those of JSON and of spreadsheets, decoded into one buffer.

use super::budget::{Budget, CELL, TooMuch};
use super::grid::{Grid, Syntax};
use super::text::offset;

/// The cells of a table and the buffer of their texts.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) text: String,
    pub(super) grid: Grid,
    start: usize,
    /// How many bytes of the text are charged.
    charged: usize,
}

impl Cells {
    /// Makes room for a table of that size, most of whose cells may be empty: a small file can claim any number of these.
    pub(super) fn new(width: usize, rows: usize, budget: &Budget) -> Result<Self, TooMuch> {
        budget.charge(width.saturating_add(1).saturating_mul(rows).saturating_mul(CELL))?;
        Ok(Self { text: String::new(), grid: Grid::new(width), start: 0, charged: 0 })
    }

    /// Charges the text of the cells so far, row by row.
    pub(super) fn charge(&mut self, budget: &Budget) -> Result<(), TooMuch> {
        budget.charge(self.text.len() - self.charged)?;
        self.charged = self.text.len();
        // Places in it are numbers of 32 bits.
        if u32::try_from(self.text.len()).is_err() { budget.charge(usize::MAX) } else { Ok(()) }
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
    pub(super) fn finish(&mut self) {
        self.text.shrink_to_fit();
        self.grid.finish();
    }
}

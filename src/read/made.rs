//! How much a mapping makes: a short line of `dataset.toml` may stand in each of a million rows.

use std::collections::BTreeMap;

use super::budget::{CELL, VALUE};
use super::columns::Columns;
use super::computed::{Computed, Recipe, RecipePart};
use super::content::Content;
use super::conversion::{Around, Conversion};

impl Columns {
    /// Returns about how many bytes the columns have together that the file does not have. O(columns), and O(rows) for each
    /// column that something is made of.
    pub(super) fn made(&self, content: &Content, separator: char) -> usize {
        let mut stored = Stored { content, sizes: BTreeMap::new() };
        let rows = content.grid().rows();
        let of_column = |column: usize| {
            let conversion = self.extra(column).map(|extra| &extra.conversion);
            let separator = conversion.and_then(|conversion| conversion.separator).unwrap_or(separator);
            let (bytes, values) = match self.computed(column) {
                None if conversion.is_none() => return 0,
                None => (0, stored.of(column, separator).values),
                Some(computed) => computed.size(rows, separator, &mut stored),
            };
            let converted = conversion.map_or(0, |conversion| values.saturating_mul(conversion.longest()));
            bytes.saturating_add(converted)
        };
        (0..self.meanings.len()).map(of_column).fold(0, usize::saturating_add)
    }
}

/// How large the columns of the file are, each counted once.
struct Stored<'a> {
    content: &'a Content,
    sizes: BTreeMap<(usize, char), Size>,
}

/// The bytes and values of a column.
#[derive(Clone, Copy)]
struct Size {
    bytes: usize,
    values: usize,
}

impl Stored<'_> {
    fn of(&mut self, column: usize, separator: char) -> Size {
        let content = self.content;
        *self.sizes.entry((column, separator)).or_insert_with(|| {
            let (grid, text) = (content.grid(), content.text());
            let mut size = Size { bytes: 0, values: 0 };
            for row in 0..grid.rows() {
                let cell = &text[grid.cell(row, column)];
                size.bytes += cell.len();
                size.values += 1 + cell.matches(separator).count();
            }
            size
        })
    }
}

impl Computed {
    /// The bytes that it has in all rows, and its values.
    fn size(&self, rows: usize, separator: char, stored: &mut Stored<'_>) -> (usize, usize) {
        let mut of = |column: usize| stored.of(column, separator);
        let (bytes, values) = match self {
            Self::Constant(text) => {
                let values = 1 + text.get_ref().matches(separator).count();
                (rows.saturating_mul(text.get_ref().len()), rows.saturating_mul(values))
            }
            Self::Made(recipe) => (recipe.size(rows, |column| of(column).bytes), rows),
            Self::Copy(column) => (of(*column).bytes, of(*column).values),
            Self::Either(one, other) | Self::Tagged { name: one, tag: other } => {
                (of(*one).bytes.saturating_add(of(*other).bytes), of(*one).values + of(*other).values)
            }
            Self::Part(part) => (of(part.column).bytes, rows),
            // The columns of all languages share what the column holds.
            Self::Where { .. } => (0, rows),
        };
        // One value for each row is what any table has.
        let more = values.saturating_sub(rows).saturating_mul(VALUE);
        (bytes.saturating_add(rows.saturating_mul(CELL)).saturating_add(more), values)
    }
}

impl Recipe {
    fn size(&self, rows: usize, mut bytes: impl FnMut(usize) -> usize) -> usize {
        let part = |part: &RecipePart| match part {
            RecipePart::Text(text) => rows.saturating_mul(text.len()),
            RecipePart::Cell(column) => bytes(*column),
        };
        self.parts.iter().map(part).fold(0, usize::saturating_add)
    }
}

impl Conversion {
    /// How long the longest text is that may stand for a value, or around it.
    fn longest(&self) -> usize {
        let values = self.values.iter().map(|(_, to)| to.get_ref().len()).max().unwrap_or(0);
        values.max(self.around.as_ref().map_or(0, Around::bytes))
    }
}

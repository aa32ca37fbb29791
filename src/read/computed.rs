//! Columns that a table's file does not have: constants, and texts made from other cells.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;

use super::template::slug;

/// A column that the file does not have.
#[derive(Debug)]
pub(super) enum Computed {
    /// The same text in every row.
    Constant(Spanned<String>),
    /// A text made from other cells.
    Made(Recipe),
    /// What another column holds.
    Copy(usize),
    /// A part of a cell.
    Part(Part),
    /// What one column holds, or else another.
    Either(usize, usize),
    /// The name that a column holds, with the tag of a language from another.
    Tagged {
        /// The column with the name.
        name: usize,
        /// The column with the tag.
        tag: usize,
    },
    /// What a column holds in rows where another has that text: the names of one language.
    Where {
        /// The column.
        column: usize,
        /// The other column.
        by: usize,
        /// Its text.
        is: String,
    },
}

/// A part of the cell of another column.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) column: usize,
    /// The text between parts.
    pub(super) at: String,
    /// Which of the parts it is, from 0.
    pub(super) number: usize,
    /// How many there are: the last has all that remains.
    pub(super) of: usize,
}

/// A template with the numbers of its columns.
#[derive(Debug)]
pub(super) struct Recipe {
    pub(super) parts: Vec<RecipePart>,
    /// Where the template is said.
    pub(super) span: Range<usize>,
    /// Whether the text is an id.
    pub(super) is_id: bool,
}

/// A part of a recipe.
#[derive(Debug)]
pub(super) enum RecipePart {
    /// The same text in every row.
    Text(String),
    /// The text of the row's cell in this column.
    Cell(usize),
}

impl Computed {
    /// The first column that it is made from, if there is one.
    pub(super) fn first_column(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Made(recipe) => recipe.first_column(),
            Self::Copy(column)
            | Self::Where { column, .. }
            | Self::Either(column, _)
            | Self::Tagged { name: column, .. } => Some(*column),
            Self::Part(part) => Some(part.column),
        }
    }
}

impl Part {
    /// Returns the part of a cell; empty if the cell has not so many.
    pub(super) fn of_cell<'a>(&self, cell: &'a str) -> &'a str {
        cell.splitn(self.of, self.at.as_str()).nth(self.number).unwrap_or_default().trim()
    }
}

impl Recipe {
    /// Returns the text of a row; empty if one of its cells is.
    pub(super) fn text<'a>(&self, cell: impl Fn(usize) -> Cow<'a, str>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                RecipePart::Text(part) => text.push_str(part),
                RecipePart::Cell(column) => {
                    let cell = cell(*column);
                    if cell.is_empty() {
                        return String::new();
                    }
                    text.push_str(&cell);
                }
            }
        }
        if self.is_id { slug(&text) } else { text }
    }

    fn first_column(&self) -> Option<usize> {
        self.columns().next()
    }

    /// Returns the column whose cell a row lacks, if it has others.
    pub(super) fn lacks(&self, is_empty: impl Fn(usize) -> bool) -> Option<usize> {
        let lacking = self.columns().find(|&column| is_empty(column))?;
        self.columns().any(|column| !is_empty(column)).then_some(lacking)
    }

    fn columns(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().filter_map(|part| match part {
            RecipePart::Cell(column) => Some(*column),
            RecipePart::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_made_from_cells() {
        let parts = || vec![RecipePart::Text("who-".into()), RecipePart::Cell(1), RecipePart::Cell(0)];
        let id = Recipe { parts: parts(), span: 0..0, is_id: true };
        let text = |recipe: &Recipe, cells: [&'static str; 2]| recipe.text(|column| Cow::Borrowed(cells[column]));
        assert_eq!(text(&id, [" 2", "A B"]), "who-a-b-2");
        assert_eq!(text(&id, ["2", ""]), "");
        assert_eq!(text(&Recipe { parts: parts(), span: 0..0, is_id: false }, ["2", "A B"]), "who-A B2");
        assert_eq!(Computed::Made(id).first_column(), Some(1));
    }

    #[test]
    fn the_last_part_of_a_cell_has_all_that_remains() {
        let part = |number| Part { column: 0, at: ", ".to_owned(), number, of: 2 };
        assert_eq!(
            [part(0), part(1)].map(|part| part.of_cell("Geneva, Canton, Switzerland").to_owned()),
            ["Geneva", "Canton, Switzerland"]
        );
        assert_eq!(part(1).of_cell("Geneva"), "");
    }
}

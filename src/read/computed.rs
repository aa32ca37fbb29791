//! Columns that a table's file does not have: constants, and ids made from other cells.

use std::borrow::Cow;

use super::mapping::slug;

/// A column that the file does not have.
#[derive(Debug)]
pub(super) enum Computed {
    /// The same text in every row.
    Constant(String),
    /// An id made from other cells.
    Id(IdTemplate),
}

/// A template of ids with the numbers of its columns.
#[derive(Debug)]
pub(super) struct IdTemplate(pub(super) Vec<IdPart>);

/// A part of an id.
#[derive(Debug)]
pub(super) enum IdPart {
    /// The same text in every row.
    Text(String),
    /// The text of the row's cell in this column.
    Cell(usize),
}

impl IdTemplate {
    /// Returns the id of a row; empty if one of its cells is.
    pub(super) fn id<'a>(&self, cell: impl Fn(usize) -> Cow<'a, str>) -> String {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                IdPart::Text(part) => text.push_str(part),
                IdPart::Cell(column) => {
                    let cell = cell(*column);
                    if cell.is_empty() {
                        return String::new();
                    }
                    text.push_str(&cell);
                }
            }
        }
        slug(&text)
    }

    /// The first column that the id is made from.
    pub(super) fn first_column(&self) -> usize {
        let cell = |part: &IdPart| match part {
            IdPart::Cell(column) => Some(*column),
            IdPart::Text(_) => None,
        };
        self.0.iter().find_map(cell).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_from_cells() {
        let template = IdTemplate(vec![IdPart::Text("who-".into()), IdPart::Cell(1), IdPart::Cell(0)]);
        let id = |cells: [&'static str; 2]| template.id(|column| Cow::Borrowed(cells[column]));
        assert_eq!(id([" 2", "A B"]), "who-a-b-2");
        assert_eq!(id(["2", ""]), "");
        assert_eq!(template.first_column(), 1);
    }
}

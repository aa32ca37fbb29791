//! The table that a part of a file of RDF is: cells with the lines that say them.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::finding::Location;
use crate::model::{Language, PropertyId};
use crate::ontology::Ontology;
use crate::read::cells::{Cells, TooManyCells};
use crate::read::grid::Syntax;
use crate::read::text::TextFile;

/// How the cells are written.
const SYNTAX: Syntax = Syntax { separator: '|', quotes: false, apostrophes: false };

/// How many lines behind the first a value of a cell is looked for.
const NEAR: usize = 64;

/// A table made of RDF.
#[derive(Debug)]
pub(in crate::read) struct RdfTable {
    file: Arc<TextFile>,
    headers: Vec<String>,
    pub(in crate::read) cells: Cells,
    /// For each cell, row by row, where the line of its first value begins; of an empty one, the line of the row.
    lines: Vec<u32>,
}

impl RdfTable {
    /// The name of the file.
    pub(in crate::read) fn file(&self) -> &str {
        self.file.name()
    }

    /// The headers.
    pub(in crate::read) fn headers(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(String::as_str)
    }

    /// Returns where a row is.
    pub(in crate::read) fn row_place(&self, row: usize) -> Location {
        self.file.locate_line(self.lines[row * self.headers.len()])
    }

    /// Returns where a value is: its text, if the lines where it is said have it so, else the first of them.
    pub(in crate::read) fn place(&self, row: usize, column: usize, value: u16) -> Location {
        let start = self.lines[row * self.headers.len() + column];
        let cell = &self.cells.text[self.cells.grid.cell(row, column)];
        let text = SYNTAX.values(cell).find(|(number, _)| *number == value).map(|(_, text)| text);
        let mut at = start as usize;
        for line in self.file.text()[at..].split_inclusive('\n').take(NEAR) {
            if let Some(found) = text.as_ref().and_then(|text| line.find(text.as_ref()).zip(Some(text.len()))) {
                return self.file.locate(at + found.0..at + found.0 + found.1);
            }
            at += line.len();
        }
        self.file.locate_line(start)
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Header {
    /// A reserved header.
    Word(&'static str),
    /// A property in a language.
    Term(PropertyId, Option<Language>),
}

/// A table in the making: rows of the values that there are.
#[derive(Debug, Default)]
pub(super) struct Draft<'q> {
    headers: Vec<Header>,
    /// Only looked up.
    columns: HashMap<Header, u32>,
    values: Vec<Value<'q>>,
    /// Where the values of each row end, and the line of the row.
    rows: Vec<(usize, u32)>,
}

/// A value of a cell.
#[derive(Debug, Clone)]
struct Value<'q> {
    column: u32,
    line: u32,
    text: Cow<'q, str>,
}

impl<'q> Draft<'q> {
    /// Returns an empty table that has these columns in any case.
    pub(super) fn new(headers: &[&'static str]) -> Self {
        let mut draft = Self::default();
        for header in headers {
            draft.column(Header::Word(header));
        }
        draft
    }

    fn column(&mut self, header: Header) -> u32 {
        let Self { headers, columns, .. } = self;
        *columns.entry(header).or_insert_with(|| {
            headers.push(header);
            u32::try_from(headers.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Adds a value to the row in the making.
    pub(super) fn push(&mut self, header: Header, text: impl Into<Cow<'q, str>>, line: u32) {
        let column = self.column(header);
        self.values.push(Value { column, line, text: text.into() });
    }

    /// Ends the row in the making.
    pub(super) fn end_row(&mut self, line: u32) {
        self.rows.push((self.values.len(), line));
    }

    /// Tells whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the table. O(n log n) in the values of a row, and O(cells).
    pub(super) fn finish(mut self, file: &Arc<TextFile>, ontology: &Ontology) -> Result<RdfTable, TooManyCells> {
        let mut cells = Cells::new(self.headers.len(), self.rows.len(), Cells::LIMIT)?;
        let mut lines = Vec::with_capacity(self.headers.len() * self.rows.len());
        let mut start = 0;
        for &(end, line) in &self.rows {
            let values = &mut self.values[start..end];
            start = end;
            values.sort_by_key(|value| value.column);
            let mut rest = values.iter().peekable();
            for column in 0.. {
                if column as usize == self.headers.len() {
                    break;
                }
                lines.push(rest.peek().filter(|value| value.column == column).map_or(line, |value| value.line));
                while let Some(value) = rest.next_if(|value| value.column == column) {
                    cells.push_value(&value.text, SYNTAX);
                }
                cells.end_cell();
            }
            cells.end_row();
        }
        cells.finish()?;
        let headers = self.headers.iter().map(|header| header.text(ontology)).collect();
        Ok(RdfTable { file: Arc::clone(file), headers, cells, lines })
    }
}

impl Header {
    /// The header, as tables write it.
    fn text(self, ontology: &Ontology) -> String {
        match self {
            Self::Word(word) => word.to_owned(),
            Self::Term(property, language) => tagged(&ontology.property(property).name, language),
        }
    }
}

/// A name with the tag of a language: `label@ar`.
pub(super) fn tagged(name: &str, language: Option<Language>) -> String {
    language.map_or_else(|| name.to_owned(), |language| format!("{name}@{language}"))
}

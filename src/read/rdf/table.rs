//! The table that a part of a file of RDF is: cells with the lines that say them.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::finding::Location;
use crate::model::{Language, PropertyId};
use crate::ontology::Ontology;
use crate::read::budget::{Budget, Left, TooMuch, VALUE};
use crate::read::cells::Cells;
use crate::read::grid::{LongCells, Syntax};
use crate::read::text::TextFile;

/// How the cells are written.
const SYNTAX: Syntax = Syntax { separator: '|', quotes: false, apostrophes: false };

/// How many lines behind the first a value of a cell is looked for.
const NEAR: usize = 64;

/// How many bytes behind the first it is looked for at the most: lines may be long.
const NEAR_BYTES: usize = 1 << 14;

/// A table made of RDF.
#[derive(Debug)]
pub(in crate::read) struct RdfTable {
    file: Arc<TextFile>,
    headers: Vec<String>,
    pub(in crate::read) cells: Cells,
    /// For each cell, row by row, where the line of its first value begins; of an empty one, the line of the row.
    lines: Vec<u32>,
    long_cells: LongCells,
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
        let cell = self.cells.grid.cell(row, column);
        let at = self.long_cells.range(SYNTAX, &self.cells.text, cell.clone(), value);
        let text = SYNTAX.whole(&self.cells.text[cell.start + at.start..cell.start + at.end]);
        let rest = &self.file.text()[start as usize..];
        let mut near = rest.len().min(NEAR_BYTES);
        while !rest.is_char_boundary(near) {
            near -= 1;
        }
        let mut at = start as usize;
        for line in rest[..near].split_inclusive('\n').take(NEAR) {
            if let Some(found) = line.find(&*text).filter(|_| !text.is_empty()) {
                return self.file.locate(at + found..at + found + text.len());
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
#[derive(Debug)]
pub(super) struct Draft<'q> {
    headers: Vec<Header>,
    /// Only looked up.
    columns: HashMap<Header, u32>,
    values: Vec<Value<'q>>,
    /// Where the values of each row end, and the line of the row.
    rows: Vec<(usize, u32)>,
    /// About how many bytes the values take, and how many they may: those beyond are not kept.
    bytes: usize,
    left: Left,
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
    pub(super) fn new(headers: &[&'static str], left: Left) -> Self {
        let (columns, values, rows) = (HashMap::new(), Vec::new(), Vec::new());
        let mut draft = Self { headers: Vec::new(), columns, values, rows, bytes: 0, left };
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
        let (column, text) = (self.column(header), text.into());
        self.bytes = self.bytes.saturating_add(text.len() + VALUE);
        if self.left.check(self.bytes).is_ok() {
            self.values.push(Value { column, line, text });
        }
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
    pub(super) fn finish(
        mut self,
        file: &Arc<TextFile>,
        ontology: &Ontology,
        budget: &Budget,
    ) -> Result<RdfTable, TooMuch> {
        self.left.check(self.bytes)?;
        budget.charge(self.bytes)?;
        let mut cells = Cells::new(self.headers.len(), self.rows.len(), budget)?;
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
        cells.finish();
        let headers = self.headers.iter().map(|header| header.text(ontology)).collect();
        Ok(RdfTable { file: Arc::clone(file), headers, cells, lines, long_cells: LongCells::default() })
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

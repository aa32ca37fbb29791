//! What was read of a table's file, whatever its format: headers, cells, and where they are.

use std::borrow::Cow;

use super::budget::Budget;
use super::created::CreatedTable;
use super::delimited::Delimited;
use super::grid::{Grid, Syntax};
use super::json_rows::Form;
use super::json_table::JsonTable;
use super::part::Mark;
use super::rdf::{self, RdfTable, Shown, Told};
use super::source::{File, FileKind};
use super::spreadsheet::Sheet;
use super::text::TextFile;
use super::{Context, ReadError, Setting, workbook};
use crate::finding::{Code, Finding, Findings, Location};
use crate::model::visible;

/// The content of a table's file.
#[derive(Debug)]
pub(super) enum Content {
    /// CSV or TSV.
    Delimited(Delimited),
    /// JSON Lines.
    Json(JsonTable),
    /// A sheet of a spreadsheet.
    Sheet(Sheet),
    /// A part of what a file of RDF says.
    Rdf(RdfTable),
    /// Entities that no file declares.
    Created(CreatedTable),
}

/// What was read of a file.
#[derive(Default)]
pub(super) struct Read<'a> {
    /// Its tables, with what tells how each is to be read.
    pub(super) tables: Vec<(Content, Context<'a>)>,
    /// What it says of the data set.
    pub(super) told: Told,
    /// What comes out of its first things, if it is RDF that is mapped.
    pub(super) shown: Option<Shown>,
}

impl<'a> Read<'a> {
    fn of(tables: impl Iterator<Item = (Content, Context<'a>)>) -> Self {
        Self { tables: tables.collect(), ..Self::default() }
    }
}

impl Content {
    /// Reads the tables of a file: one, or one for each sheet of a workbook. What has no header or cannot be read is
    /// reported.
    pub(super) fn read<'a>(
        file: &File,
        setting: &Setting<'a>,
        budget: &Budget,
        findings: &mut Findings,
    ) -> Result<Read<'a>, ReadError> {
        let mapping = setting.mappings.tables.get(&file.name);
        if let Some(rows) = mapping.and_then(|mapping| mapping.rows.as_ref()).filter(|_| file.kind != FileKind::Json) {
            let place = setting.config.locate(rows.span());
            let finding =
                Finding::new(Code::InvalidMapping, place, format!("{} has no lists to choose from", file.name));
            findings.push(finding.help("take the key out: it is for JSON"));
        }
        let bytes = file.bytes()?;
        if let FileKind::Spreadsheet(format) = file.kind {
            let tables = workbook::tables(&file.name, &bytes, format, (setting, budget), findings);
            return Ok(Read::of(tables.into_iter().map(|(sheet, context)| (Self::Sheet(sheet), context))));
        }
        let context = setting.context(mapping);
        let encoding = context.mapping.and_then(|mapping| mapping.encoding);
        let text = match TextFile::decode_as(&file.name, bytes, encoding) {
            Ok(text) => file.marked(text),
            Err(finding) => {
                findings.push(*finding);
                return Ok(Read::default());
            }
        };
        let read = match file.kind {
            FileKind::Delimited(delimiter) => {
                let delimiter = context.mapping.and_then(|mapping| mapping.delimiter).unwrap_or(delimiter);
                let has_quotes = context.mapping.is_none_or(|mapping| mapping.has_quotes);
                Delimited::read(text, (delimiter, has_quotes), budget, findings).map(Self::Delimited)
            }
            FileKind::JsonLines => JsonTable::read(text, Form::Lines, (&context, budget), findings).map(Self::Json),
            FileKind::Json => JsonTable::read(text, Form::Array, (&context, budget), findings).map(Self::Json),
            FileKind::Rdf(format) => {
                let held = rdf::tables(text, format, (setting, budget), findings);
                let tables = held.tables.into_iter().map(|table| (Self::Rdf(table), setting.context(None)));
                return Ok(Read { told: held.told, shown: held.shown, ..Read::of(tables) });
            }
            FileKind::Spreadsheet(_) => None,
        };
        Ok(Read::of(read.map(|read| (read, context)).into_iter()))
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        match self {
            Self::Delimited(content) => content.file.name(),
            Self::Json(content) => content.name(),
            Self::Sheet(content) => content.file(),
            Self::Rdf(content) => content.file(),
            Self::Created(content) => content.file(),
        }
    }

    /// The headers, trimmed, without characters that nobody sees.
    pub(super) fn headers(&self) -> Vec<Cow<'_, str>> {
        let clean = |header: Cow<'_, str>| match visible(&header) {
            Cow::Owned(clean) => Some(clean),
            Cow::Borrowed(_) => None,
        };
        let mut headers = self.stored_headers();
        for header in &mut headers {
            if let Some(clean) = clean(header.clone()) {
                *header = Cow::Owned(clean);
            }
        }
        headers
    }

    fn stored_headers(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Delimited(content) => content.headers().collect(),
            Self::Json(content) => content.headers().map(Cow::Borrowed).collect(),
            Self::Sheet(content) => content.headers().iter().map(Cow::from).collect(),
            Self::Rdf(content) => content.headers().map(Cow::Borrowed).collect(),
            Self::Created(_) => CreatedTable::HEADERS.map(Cow::from).to_vec(),
        }
    }

    /// Returns where a header is.
    pub(super) fn header_place(&self, column: usize) -> Location {
        match self {
            Self::Delimited(content) => content.header_place(column),
            Self::Json(content) => content.header_place(column),
            Self::Sheet(content) => content.header_place(column),
            Self::Rdf(content) => Location::file(content.file()),
            Self::Created(content) => Location::file(content.file()),
        }
    }

    /// The name of the table in `dataset.toml`: that of the file, and of the sheet if the file may have several.
    pub(super) fn table_name(&self) -> String {
        match self {
            Self::Delimited(_) | Self::Json(_) | Self::Rdf(_) | Self::Created(_) => self.file().to_owned(),
            Self::Sheet(content) => format!("{}:{}", content.file(), content.name()),
        }
    }

    /// The header of the mapping for the texts in one language, and the language, if the column is one of those.
    pub(super) fn in_language(&self, column: usize) -> Option<(&str, &str)> {
        match self {
            Self::Json(content) => content.in_language(column),
            Self::Delimited(_) | Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => None,
        }
    }

    /// What to do about a path of the mapping that no line has.
    pub(super) fn missing(&self, path: &str) -> Option<&str> {
        match self {
            Self::Json(content) => content.missing(path),
            Self::Delimited(_) | Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => None,
        }
    }

    /// The cells, as ranges of [`Content::text`].
    pub(super) fn grid(&self) -> &Grid {
        match self {
            Self::Delimited(content) => &content.grid,
            Self::Json(content) => &content.cells.grid,
            Self::Sheet(content) => &content.cells.grid,
            Self::Rdf(content) => &content.cells.grid,
            Self::Created(content) => &content.cells.grid,
        }
    }

    /// The text of the cells.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Delimited(content) => content.file.text(),
            Self::Json(content) => &content.cells.text,
            Self::Sheet(content) => &content.cells.text,
            Self::Rdf(content) => &content.cells.text,
            Self::Created(content) => &content.cells.text,
        }
    }

    /// The text of a row as it stands in its file, with its line, if the file is of lines.
    pub(super) fn row_text(&self, row: usize) -> Option<(usize, &str)> {
        match self {
            Self::Delimited(content) => Some(content.file.line_and_text(content.grid.row(row))),
            Self::Json(content) => Some(content.row_text(row)),
            Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => None,
        }
    }

    /// The rows that could not be taken apart, with their lines, if the file is of lines.
    pub(super) fn malformed(&self) -> Vec<(usize, &str)> {
        match self {
            Self::Delimited(content) => {
                content.left_out.iter().map(|row| content.file.line_and_text(row.clone())).collect()
            }
            Self::Json(content) => content.malformed(),
            Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => Vec::new(),
        }
    }

    /// What a row is to a part of a data set; nothing in a whole.
    pub(super) fn mark(&self, row: usize) -> Option<Mark> {
        match self {
            Self::Delimited(content) => content.file.mark(content.grid.row(row).start),
            Self::Json(content) => content.mark(row),
            Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => None,
        }
    }

    /// How many lines stand before the rows of a part of a data set, if it has any.
    pub(super) fn lines_before_rows(&self) -> Option<usize> {
        match self {
            Self::Delimited(content) => content.file.lines_before_rows(),
            Self::Json(content) => content.lines_before_rows(),
            Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => None,
        }
    }

    /// Tells whether all cells of a column are empty. O(rows).
    pub(super) fn is_empty_column(&self, column: usize) -> bool {
        let (grid, syntax) = (self.grid(), self.syntax('\n'));
        (0..grid.rows()).all(|row| syntax.whole(&self.text()[grid.cell(row, column)]).is_empty())
    }

    /// How the cells are to be read.
    pub(super) fn syntax(&self, separator: char) -> Syntax {
        match self {
            Self::Delimited(content) => content.syntax(separator),
            Self::Json(_) | Self::Sheet(_) | Self::Rdf(_) | Self::Created(_) => {
                Syntax { separator, quotes: false, apostrophes: false }
            }
        }
    }

    /// Returns where a row is.
    pub(super) fn row_place(&self, row: usize) -> Location {
        match self {
            Self::Delimited(content) => content.file.locate(content.grid.row(row)),
            Self::Json(content) => content.row_place(row),
            Self::Sheet(content) => content.row_place(row),
            Self::Rdf(content) => content.row_place(row),
            Self::Created(content) => content.place(row),
        }
    }

    /// Returns where a value of a cell is.
    pub(super) fn place(&self, row: usize, column: usize, value: u16, separator: char) -> Location {
        match self {
            Self::Delimited(content) => content.place(row, column, value, self.syntax(separator)),
            Self::Json(content) => content.place(row, column, value),
            Self::Sheet(content) => content.place(row, column),
            Self::Rdf(content) => content.place(row, column, value),
            Self::Created(content) => content.place(row),
        }
    }
}

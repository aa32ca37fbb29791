//! What was read of a table's file, whatever its format: headers, cells, and where they are.

use std::borrow::Cow;

use super::delimited::Delimited;
use super::grid::{Grid, Syntax};
use super::json_lines::JsonLines;
use super::source::{File, FileKind};
use super::spreadsheet::Sheet;
use super::text::TextFile;
use super::{Context, ReadError};
use crate::finding::{Finding, Location};

/// The content of a table's file.
#[derive(Debug)]
pub(super) enum Content {
    /// CSV or TSV.
    Delimited(Delimited),
    /// JSON Lines.
    JsonLines(JsonLines),
    /// A sheet of a spreadsheet.
    Sheet(Sheet),
}

impl Content {
    /// Reads a file. Returns nothing if it has no header or cannot be read, which is then reported.
    pub(super) fn read(
        file: &File,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Self>, ReadError> {
        let bytes = file.bytes()?;
        if let FileKind::Spreadsheet(format) = file.kind {
            let sheet = Sheet::read(&file.name, &bytes, format, context, findings)?;
            return Ok(sheet.map(Self::Sheet));
        }
        let text = match TextFile::decode(&file.name, bytes) {
            Ok(text) => text,
            Err(finding) => {
                findings.push(*finding);
                return Ok(None);
            }
        };
        match file.kind {
            FileKind::Delimited(delimiter) => Ok(Delimited::read(text, delimiter, findings).map(Self::Delimited)),
            FileKind::JsonLines => Ok(JsonLines::read(text, context, findings)?.map(Self::JsonLines)),
            FileKind::Spreadsheet(_) => Ok(None),
        }
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        match self {
            Self::Delimited(content) => content.file.name(),
            Self::JsonLines(content) => content.name(),
            Self::Sheet(content) => content.file(),
        }
    }

    /// The headers, trimmed.
    pub(super) fn headers(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Delimited(content) => content.headers().collect(),
            Self::JsonLines(content) => content.headers().map(Cow::Borrowed).collect(),
            Self::Sheet(content) => content.headers().iter().map(Cow::from).collect(),
        }
    }

    /// Returns where a header is.
    pub(super) fn header_place(&self, column: usize) -> Location {
        match self {
            Self::Delimited(content) => content.header_place(column),
            Self::JsonLines(content) => content.header_place(column),
            Self::Sheet(content) => content.header_place(column),
        }
    }

    /// The cells, as ranges of [`Content::text`].
    pub(super) fn grid(&self) -> &Grid {
        match self {
            Self::Delimited(content) => &content.grid,
            Self::JsonLines(content) => &content.cells.grid,
            Self::Sheet(content) => &content.cells.grid,
        }
    }

    /// The text of the cells.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Delimited(content) => content.file.text(),
            Self::JsonLines(content) => &content.cells.text,
            Self::Sheet(content) => &content.cells.text,
        }
    }

    /// How the cells are to be read.
    pub(super) fn syntax(&self, separator: char) -> Syntax {
        Syntax { separator, quotes: matches!(self, Self::Delimited(_)) }
    }

    /// Returns where a row is.
    pub(super) fn row_place(&self, row: usize) -> Location {
        match self {
            Self::Delimited(content) => content.file.locate(content.grid.row(row)),
            Self::JsonLines(content) => content.row_place(row),
            Self::Sheet(content) => content.row_place(row),
        }
    }

    /// Returns where a value of a cell is.
    pub(super) fn place(&self, row: usize, column: usize, value: u16, separator: char) -> Location {
        match self {
            Self::Delimited(content) => content.place(row, column, value, self.syntax(separator)),
            Self::JsonLines(content) => content.place(row, column, value),
            Self::Sheet(content) => content.place(row, column),
        }
    }
}

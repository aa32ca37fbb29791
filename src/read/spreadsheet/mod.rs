//! Spreadsheets: XLSX and ODS.
//!
//! Every sheet is a table, whose first row that is not empty is the header. Cells come as the sheet shows them, dates as
//! `YYYY-MM-DD` or less where less is shown. A place is a sheet and a cell. Which sheets are tables at all is told in
//! [`workbook`](super::workbook).

mod archive;
mod cell;
mod number;
mod ods;
mod ods_styles;
mod section;
mod xlsx;

use std::collections::BTreeMap;

use calamine::XlsxError;

pub(super) use self::archive::may_have_sheet;
use self::archive::{UNPACKED_LIMIT, check_size};
use self::cell::{Cell, Found};
use super::Context;
use super::budget::{Budget, TooMuch, VALUE};
use super::cells::Cells;
use crate::finding::{Code, Findings, Location, Position};
use crate::ontology::{Column, Datatype, Range};

/// Longer texts of cells are shown in part.
const EXCERPT: usize = 320;

/// The cells of a sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    file: String,
    name: String,
    headers: Vec<String>,
    header_row: u32,
    /// For each row of cells its number in the sheet, from 0.
    rows: Vec<u32>,
    /// For each column its number in the sheet, from 0.
    columns: Vec<u32>,
    pub(super) cells: Cells,
}

/// The formats of spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Office Open XML.
    Xlsx,
    /// `OpenDocument`.
    Ods,
}

/// What a workbook says of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetInfo {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// Whether a sheet has cells, and whether people see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Visible,
    Hidden,
    /// A chart, a dialog or a macro.
    NoCells,
}

/// A sheet before it is known what its columns mean.
#[derive(Debug)]
pub(super) struct Raw<'b> {
    pub(super) name: String,
    found: Found<'b>,
}

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum SheetError {
    #[error("it is no ZIP archive, as a spreadsheet must be: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("it cannot be unpacked: {0}")]
    Unpack(#[from] std::io::Error),
    #[error("it unpacks to more than {} MiB", UNPACKED_LIMIT >> 20)]
    TooLarge,
    #[error("with the cell {cell} {}", too_much.told())]
    TooMuch { cell: String, too_much: TooMuch },
    #[error("{}", .0.told())]
    Parts(TooMuch),
    #[error("{0}")]
    Xlsx(#[from] XlsxError),
    #[error("{0}")]
    Xml(#[from] quick_xml::Error),
    #[error("an entity has no meaning")]
    Entity,
    #[error("a number in it, such as that of a row or a column, is beyond what there can be")]
    Overflow,
    #[error("the file ends before its last sheet")]
    Ends,
}

/// Reads the sheets of a workbook that are wanted, each with what the workbook says of it.
pub(super) fn sheets<'b>(
    bytes: &[u8],
    format: Format,
    budget: &'b Budget,
    wanted: impl FnMut(&SheetInfo) -> bool,
) -> Result<Vec<(SheetInfo, Option<Raw<'b>>)>, SheetError> {
    let parts = check_size(bytes, UNPACKED_LIMIT)?;
    let read = match format {
        Format::Xlsx => {
            // What is read of them before any sheet is given back when all are read.
            budget.charge(parts).map_err(SheetError::Parts)?;
            let read = xlsx::sheets(bytes, budget, wanted)?;
            budget.refund(parts);
            read
        }
        Format::Ods => ods::sheets(bytes, budget, wanted)?,
    };
    let raw = |info: &SheetInfo, found| Raw { name: info.name.clone(), found };
    Ok(read.into_iter().map(|(info, found)| (info.clone(), found.map(|found| raw(&info, found)))).collect())
}

impl Raw<'_> {
    /// Tells whether the sheet has no cell with a text.
    pub(super) fn is_empty(&self) -> bool {
        self.found.cells.is_empty()
    }

    /// Returns the texts of the first two columns, row by row.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let mut rows: BTreeMap<u32, (String, String)> = BTreeMap::new();
        for cell in self.found.cells.iter().filter(|cell| cell.column < 2) {
            let (first, second) = rows.entry(cell.row).or_default();
            (if cell.column == 0 { first } else { second }).replace_range(.., self.found.shown(*cell));
        }
        rows.into_values().filter(|(first, _)| !first.is_empty()).collect()
    }

    /// Reports what is wrong with single cells.
    pub(super) fn report_faults(&self, file: &str, findings: &mut Findings) {
        for fault in &self.found.faults {
            findings.push_with(Code::UnreadableSheet, || fault.finding(file, &self.name));
        }
    }
}

/// What of a number is kept in a column.
#[derive(Clone, Copy)]
enum Keep {
    /// The text shown.
    Shown,
    /// The number itself: the column has numbers.
    Number,
    /// The text shown if it is a number, else the number: the column may have either.
    ShownNumber,
}

impl Keep {
    fn of(header: &str, context: &Context<'_>) -> Self {
        match context.meaning(header) {
            Some(Column::Term(property, _)) => match context.ontology.property(property).range {
                Range::Literal(Datatype::Integer | Datatype::Decimal | Datatype::Boolean) => Self::Number,
                Range::Literal(
                    Datatype::String
                    | Datatype::LangString
                    | Datatype::PlainLiteral
                    | Datatype::AnyUri
                    | Datatype::Edtf
                    | Datatype::Date,
                )
                | Range::Entity(_)
                | Range::Value(_) => Self::Shown,
            },
            Some(Column::Object) => Self::ShownNumber,
            Some(
                Column::Id
                | Column::Class
                | Column::Subject
                | Column::Property
                | Column::Rank
                | Column::Source
                | Column::Document
                | Column::Number,
            )
            | None => Self::Shown,
        }
    }

    fn text<'f>(self, found: &'f Found<'_>, cell: Cell) -> &'f str {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let shown = found.shown(cell);
        match (self, found.number(cell)) {
            (Self::Number, Some(number)) => number,
            (Self::ShownNumber, Some(number)) if !is_number(shown) => number,
            (Self::Shown | Self::Number | Self::ShownNumber, _) => shown,
        }
    }
}

impl Sheet {
    /// Arranges the cells of a sheet that is not empty into columns and rows.
    pub(super) fn new(file: &str, raw: Raw<'_>, context: &Context<'_>, budget: &Budget) -> Result<Self, TooMuch> {
        let Raw { name, mut found } = raw;
        found.cells.sort_by_key(|cell| (cell.row, cell.column));
        found.cells.dedup_by_key(|cell| (cell.row, cell.column));
        let all = &found.cells;
        let header_row = all.first().map_or(0, |cell| cell.row);
        let mut columns: Vec<u32> = all.iter().map(|cell| cell.column).collect();
        columns.sort_unstable();
        columns.dedup();
        let body = all.partition_point(|cell| cell.row == header_row);
        let mut rows: Vec<u32> = all[body..].iter().map(|cell| cell.row).collect();
        rows.dedup();
        let mut rest = all.iter().copied().peekable();
        let mut next = |row, column| rest.next_if(|cell| (cell.row, cell.column) == (row, column));
        let header =
            columns.iter().map(|&column| next(header_row, column).map(|cell| found.shown(cell)).unwrap_or_default());
        let headers: Vec<_> = header.map(|header| header.trim().to_owned()).collect();
        let keep: Vec<_> = headers.iter().map(|header| Keep::of(header, context)).collect();
        let mut cells = Cells::new(columns.len(), rows.len(), budget)?;
        for &row in &rows {
            for (&column, keep) in columns.iter().zip(&keep) {
                if let Some(cell) = next(row, column) {
                    cells.push_text(keep.text(&found, cell));
                }
                cells.end_cell();
            }
            cells.end_row();
        }
        cells.finish();
        // Of what the cells were charged when they were found, what is kept from here on is left.
        budget.refund(found.charged().saturating_sub(cells.text.len() + found.cells.len() * VALUE));
        Ok(Self { file: file.to_owned(), name, headers, header_row, rows, columns, cells })
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// The name of the sheet.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The headers.
    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Returns where a header is.
    pub(super) fn header_place(&self, column: usize) -> Location {
        place(&self.file, &self.name, cell_name(self.header_row, self.columns[column]), &self.headers[column])
    }

    /// Returns where a row is.
    pub(super) fn row_place(&self, row: usize) -> Location {
        let number = self.rows[row] + 1;
        // More is not shown.
        let texts: Vec<_> = (0..self.columns.len()).map(|column| self.text(row, column)).take(EXCERPT).collect();
        place(&self.file, &self.name, format!("{number}:{number}"), &texts.join(" | "))
    }

    /// Returns where a cell is.
    pub(super) fn place(&self, row: usize, column: usize) -> Location {
        let name = cell_name(self.rows[row], self.columns[column]);
        place(&self.file, &self.name, name, self.text(row, column))
    }

    fn text(&self, row: usize, column: usize) -> &str {
        &self.cells.text[self.cells.grid.cell(row, column)]
    }
}

fn place(file: &str, sheet: &str, cell: String, excerpt: &str) -> Location {
    // A finding stays small whatever the cell, and whatever the sheet is called.
    let cut = |text: &str| text.chars().take(EXCERPT).collect();
    Location { file: file.to_owned(), position: Position::Cell { sheet: cut(sheet), cell, excerpt: cut(excerpt) } }
}

/// Returns the name of a cell, such as `B7`: letters count columns in base 26 without a zero.
fn cell_name(row: u32, column: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), u64::from(column) + 1);
    while left > 0 {
        left -= 1;
        let letter = u8::try_from(left % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests;

//! Spreadsheets: XLSX and ODS.
//!
//! The first row that is not empty is the header. Dates come as `YYYY-MM-DD`, numbers as they would be typed. A place is
//! a sheet and a cell.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, copy, sink};

use calamine::{CellErrorType, Data, Ods, OdsError, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::cells::Cells;
use super::{Context, ReadError};
use crate::finding::{Code, Finding, Location, Position};
use crate::ontology::nearest;

/// A spreadsheet that unpacks to more than this is refused: a small file can unpack to any size.
const UNPACKED_LIMIT: u64 = 256 << 20;

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

/// A cell that is not empty: row, column, text.
type SheetCell = (u32, u32, String);

/// Why a sheet cannot be read.
#[derive(Debug, thiserror::Error)]
enum SheetError {
    #[error("it is no ZIP archive, as a spreadsheet must be: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("it cannot be unpacked: {0}")]
    Unpack(#[from] std::io::Error),
    #[error("it unpacks to more than {} MiB", UNPACKED_LIMIT >> 20)]
    TooLarge,
    #[error("{0}")]
    Xlsx(#[from] XlsxError),
    #[error("{0}")]
    Ods(#[from] OdsError),
    #[error("it has no sheet")]
    NoSheet,
    #[error("it has no sheet `{name}`")]
    UnknownSheet { name: String, sheets: Vec<String> },
}

impl Sheet {
    /// Reads the first sheet of a file, or the one that its mapping names. Returns nothing if it cannot be read or is
    /// empty, which is then reported.
    pub(super) fn read(
        file: &str,
        bytes: &[u8],
        format: Format,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Self>, ReadError> {
        let wanted = context.mapping.and_then(|mapping| mapping.sheet.as_ref());
        let name = wanted.map(|sheet| sheet.get_ref().as_str());
        let mut errors = Vec::new();
        let read = check_size(bytes, UNPACKED_LIMIT).and_then(|()| match format {
            Format::Xlsx => xlsx_cells(bytes, name, &mut errors),
            Format::Ods => ods_cells(bytes, name, &mut errors),
        });
        let (sheet, cells) = match (read, wanted) {
            (Ok(read), _) => read,
            (Err(SheetError::UnknownSheet { name, sheets }), Some(wanted)) => {
                let message = format!("{file} has no sheet `{name}`");
                let finding = Finding::new(Code::InvalidMapping, context.config.locate(wanted.span()), message);
                findings.push(finding.help(which_sheet(&name, &sheets)));
                return Ok(None);
            }
            (Err(error), _) => {
                let message = format!("the spreadsheet cannot be read: {error}");
                let finding = Finding::new(Code::UnreadableSheet, Location::file(file), message);
                findings.push(finding.help("open it in a spreadsheet program and save it anew, or as CSV in UTF-8"));
                return Ok(None);
            }
        };
        findings.extend(errors.iter().map(|error| error.finding(file, &sheet)));
        if cells.is_empty() {
            let finding =
                Finding::new(Code::MissingHeader, Location::file(file), format!("the sheet `{sheet}` is empty"));
            findings.push(finding.help("give it a header, or name another sheet in dataset.toml: sheet = \"…\""));
            return Ok(None);
        }
        Self::new(file, sheet, cells).map(Some)
    }

    /// Arranges the cells into columns and rows.
    fn new(file: &str, name: String, mut found: Vec<SheetCell>) -> Result<Self, ReadError> {
        found.sort_by_key(|(row, column, _)| (*row, *column));
        found.dedup_by_key(|(row, column, _)| (*row, *column));
        let header_row = found[0].0;
        let columns: Vec<u32> =
            found.iter().map(|(_, column, _)| *column).collect::<BTreeSet<_>>().into_iter().collect();
        let body = found.partition_point(|(row, ..)| *row == header_row);
        let mut rows: Vec<u32> = found[body..].iter().map(|(row, ..)| *row).collect();
        rows.dedup();
        let mut found = found.into_iter().peekable();
        let mut next = |row, column| found.next_if(|cell| (cell.0, cell.1) == (row, column)).map(|cell| cell.2);
        let header = columns.iter().map(|&column| next(header_row, column).unwrap_or_default());
        let headers = header.map(|header| header.trim().to_owned()).collect();
        let mut cells = Cells::new(file, columns.len(), rows.len())?;
        for &row in &rows {
            for &column in &columns {
                cells.push_text(&next(row, column).unwrap_or_default());
                cells.end_cell();
            }
            cells.end_row();
        }
        cells.finish()?;
        Ok(Self { file: file.to_owned(), name, headers, header_row, rows, columns, cells })
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// The headers.
    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Returns where a header is.
    pub(super) fn header_place(&self, column: usize) -> Location {
        place(&self.file, &self.name, cell_name(self.header_row, self.columns[column]), self.headers[column].clone())
    }

    /// Returns where a row is.
    pub(super) fn row_place(&self, row: usize) -> Location {
        let number = self.rows[row] + 1;
        let texts: Vec<_> = (0..self.columns.len()).map(|column| self.text(row, column)).collect();
        place(&self.file, &self.name, format!("{number}:{number}"), texts.join(" | "))
    }

    /// Returns where a cell is.
    pub(super) fn place(&self, row: usize, column: usize) -> Location {
        let name = cell_name(self.rows[row], self.columns[column]);
        place(&self.file, &self.name, name, self.text(row, column).to_owned())
    }

    fn text(&self, row: usize, column: usize) -> &str {
        &self.cells.text[self.cells.grid.cell(row, column)]
    }
}

/// A cell that holds the error of a formula.
struct CellError {
    row: u32,
    column: u32,
    error: CellErrorType,
}

impl CellError {
    fn finding(&self, file: &str, sheet: &str) -> Finding {
        let excerpt = self.error.to_string();
        let message = format!("the cell holds the error {excerpt}");
        let location = place(file, sheet, cell_name(self.row, self.column), excerpt);
        Finding::new(Code::UnreadableSheet, location, message).help("correct the formula, or write the value itself")
    }
}

/// Unpacks everything once, so that what follows cannot be surprised: the sizes that an archive declares may lie.
fn check_size(bytes: &[u8], limit: u64) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut left = limit;
    for number in 0..archive.len() {
        let entry = archive.by_index(number)?;
        let has_strings = entry.name()?.to_ascii_lowercase().ends_with("sharedstrings.xml");
        let mut unpacked = entry.take(left + 1);
        let size = if has_strings {
            let mut text = Vec::new();
            let size = unpacked.read_to_end(&mut text)?;
            check_strings(&text)?;
            size as u64
        } else {
            copy(&mut unpacked, &mut sink())?
        };
        left = left.checked_sub(size).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// Refuses a table of strings that declares more of them than it has bytes, because room is made for what it declares.
fn check_strings(xml: &[u8]) -> Result<(), SheetError> {
    let xml = String::from_utf8_lossy(xml);
    for (at, name) in xml.match_indices("uniqueCount") {
        let value =
            xml[at + name.len()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let digits = value.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if !digits.is_empty() && digits.parse().map_or(true, |count: usize| count > xml.len()) {
            return Err(SheetError::TooLarge);
        }
    }
    Ok(())
}

/// Returns the name of the wanted sheet, or of the first.
fn choose(sheets: Vec<String>, wanted: Option<&str>) -> Result<String, SheetError> {
    match wanted {
        None => sheets.into_iter().next().ok_or(SheetError::NoSheet),
        Some(name) if sheets.iter().any(|sheet| sheet == name) => Ok(name.to_owned()),
        Some(name) => Err(SheetError::UnknownSheet { name: name.to_owned(), sheets }),
    }
}

fn xlsx_cells(
    bytes: &[u8],
    wanted: Option<&str>,
    errors: &mut Vec<CellError>,
) -> Result<(String, Vec<SheetCell>), SheetError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let sheet = choose(workbook.sheet_names(), wanted)?;
    let mut cells = Vec::new();
    // Cell by cell: a range would have room for each cell between the first and the last.
    let mut reader = workbook.worksheet_cells_reader(&sheet)?;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        add(&mut cells, errors, row, column, &cell.get_value().clone().into());
    }
    Ok((sheet, cells))
}

fn ods_cells(
    bytes: &[u8],
    wanted: Option<&str>,
    errors: &mut Vec<CellError>,
) -> Result<(String, Vec<SheetCell>), SheetError> {
    let mut workbook = Ods::new(Cursor::new(bytes))?;
    let sheet = choose(workbook.sheet_names(), wanted)?;
    let range = workbook.worksheet_range(&sheet)?;
    let mut cells = Vec::new();
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, values) in (first_row..).zip(range.rows()) {
        for (column, value) in (first_column..).zip(values) {
            add(&mut cells, errors, row, column, value);
        }
    }
    Ok((sheet, cells))
}

/// Adds a cell, unless it is empty or an error.
fn add(cells: &mut Vec<SheetCell>, errors: &mut Vec<CellError>, row: u32, column: u32, value: &Data) {
    let text = match value {
        Data::Empty => return,
        Data::Error(error) => {
            errors.push(CellError { row, column, error: error.clone() });
            return;
        }
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(date) if date.is_duration() => date.as_f64().to_string(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        // The time of day, if there is one, follows a `T`.
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
    };
    if !text.trim().is_empty() {
        cells.push((row, column, text));
    }
}

fn which_sheet(name: &str, sheets: &[String]) -> String {
    match nearest(name, sheets.iter().map(String::as_str), 1).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its sheets are {}", sheets.join(", ")),
    }
}

fn place(file: &str, sheet: &str, cell: String, excerpt: String) -> Location {
    Location { file: file.to_owned(), position: Position::Cell { sheet: sheet.to_owned(), cell, excerpt } }
}

/// Returns the name of a cell, such as `B7`: letters count columns in base 26 without a zero.
fn cell_name(row: u32, column: u32) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        left -= 1;
        letters.push(char::from_digit(left % 26 + 10, 36).unwrap_or_default().to_ascii_uppercase());
        left /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests;

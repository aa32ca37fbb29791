//! Tables as [Office Open XML](https://ecma-international.org/publications-and-standards/standards/ecma-376/), one a
//! sheet.
//!
//! Rows go through temporary files, so that memory does not grow with them. Text is always text, never a formula or a
//! link; what Excel cannot hold as it is, is in the table of losses.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, Worksheet, XlsxError};

use super::labels::Labelled;
use super::network::{Cell, Column, Kind, Values};
use super::sheet::{self, Book};
use super::{ExportError, Format, Options};
use crate::contained::contained;
use crate::graph::KnowledgeGraph;
use crate::model::Direction;

/// The [most](https://support.microsoft.com/en-us/office/1672b34d-7043-467e-8e27-269d656771c3) rows of a sheet.
const ROWS: u32 = 1 << 20;
/// The most columns of a sheet.
const COLUMNS: usize = 1 << 14;
/// The most UTF-16 units of text in a cell.
const UNITS: usize = 32_767;
/// How many digits of a number Excel keeps.
const DIGITS: usize = 15;
/// The width of columns, in characters.
const WIDTH: u8 = 18;

/// Writes a part of the graph as a workbook. O(size of the output).
///
/// The library panics where it cannot write to its temporary files: the disk that has them is full.
pub(super) fn write_xlsx(
    graph: &KnowledgeGraph,
    options: &Options,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    unpanicked(|| write_workbook(graph, options, out))
}

fn unpanicked(write: impl FnOnce() -> Result<(), ExportError>) -> Result<(), ExportError> {
    contained(write).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(ExportError::Panicked(text.unwrap_or("its library gave up").to_owned()))
    })
}

/// A table of text.
pub(crate) struct TextTable<'a> {
    /// What it is called: letters.
    pub(crate) name: &'a str,
    /// The heads of its columns.
    pub(crate) columns: Vec<String>,
    /// The rows, each with a text for each column.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Writes tables as the sheets of a workbook. A column of numbers, or of days, that Excel keeps as they are written is one;
/// what is empty is no cell. O(size of the output).
///
/// # Errors
///
/// If a sheet cannot hold so much, or it cannot be written.
pub(crate) fn write_text_tables(
    tables: &[TextTable<'_>],
    right_to_left: bool,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    unpanicked(|| {
        let mut sheets = Sheets::new(right_to_left)?;
        for table in tables {
            let column = |(at, name): (usize, &String)| {
                let cells = || table.rows.iter().filter_map(|row| row.get(at)).filter(|text| !text.is_empty());
                let all = |is: fn(&str) -> bool| cells().next().is_some() && cells().all(|text| is(text));
                let kind = match (all(|text| number(text).is_some()), all(|text| date(text).is_some())) {
                    (true, _) => Kind::Number,
                    (false, true) => Kind::Day,
                    (false, false) => Kind::Text,
                };
                Column::new(name, kind)
            };
            sheets.begin(table.name, &table.columns.iter().enumerate().map(column).collect::<Vec<_>>())?;
            for row in &table.rows {
                let cells = row.iter().enumerate().filter(|(_, text)| !text.is_empty());
                let cells = cells.map(|(column, text)| Cell { column, values: Values::One(text.into()) });
                sheets.row(&cells.collect::<Vec<_>>())?;
            }
        }
        sheets.workbook.save_to_writer(&mut *out)?;
        Ok(out.flush()?)
    })
}

fn write_workbook(graph: &KnowledgeGraph, options: &Options, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let right_to_left =
        options.languages.first().is_some_and(|language| language.direction() == Direction::RightToLeft);
    let mut sheets = Sheets::new(right_to_left)?;
    if options.labels {
        sheet::write_tables(graph, options, &mut Labelled::new(graph, options, &mut sheets))?;
    } else {
        sheet::write_tables(graph, options, &mut sheets)?;
    }
    sheet::write_config(graph, &mut sheets)?;
    sheet::write_terms(graph, &mut sheets)?;
    sheets.workbook.save_to_writer(&mut *out)?;
    Ok(out.flush()?)
}

/// The workbook, with what is known of the last sheet.
struct Sheets {
    workbook: Workbook,
    right_to_left: bool,
    head: CellFormat,
    day: CellFormat,
    name: String,
    columns: Vec<Column>,
    rows: u32,
}

impl Book for Sheets {
    fn begin(&mut self, name: &str, columns: &[Column]) -> Result<(), ExportError> {
        name.clone_into(&mut self.name);
        self.columns = columns.to_vec();
        self.rows = 1;
        if columns.len() > COLUMNS {
            return Err(self.too_many("columns", COLUMNS));
        }
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_right_to_left(self.right_to_left).set_freeze_panes(1, 0)?;
        for (number, column) in (0..).zip(columns) {
            sheet.set_column_width(number, WIDTH)?;
            sheet.write_string_with_format(0, number, &*shortened(&column.header()), &self.head)?;
        }
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        if self.rows == ROWS {
            return Err(self.too_many("rows", ROWS as usize));
        }
        let last = self.workbook.worksheets().len().saturating_sub(1);
        let worksheet = self.workbook.worksheet_from_index(last)?;
        for cell in cells {
            let column = &self.columns[cell.column];
            let place = (self.rows, u16::try_from(cell.column).unwrap_or(u16::MAX));
            write_cell(worksheet, place, sheet::text(cell), column, &self.day)?;
        }
        self.rows += 1;
        Ok(())
    }
}

impl Sheets {
    fn new(right_to_left: bool) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        // The library's default is the clock.
        let epoch = ExcelDateTime::from_ymd(1980, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
        Ok(Self {
            workbook,
            right_to_left,
            head: CellFormat::new().set_bold(),
            day: CellFormat::new().set_num_format("yyyy-mm-dd"),
            name: String::new(),
            columns: Vec::new(),
            rows: 0,
        })
    }

    fn too_many(&self, what: &'static str, most: usize) -> ExportError {
        ExportError::TooMany { format: Format::Xlsx, table: self.name.clone(), what, most }
    }
}

/// Writes a cell: a number, day or truth value as such where Excel would keep it, else text.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    Column { kind, list, .. }: &Column,
    day: &CellFormat,
) -> Result<(), XlsxError> {
    match kind {
        Kind::Integer | Kind::Number if !list => {
            if let Some(number) = number(text) {
                sheet.write_number(row, column, number)?;
                return Ok(());
            }
        }
        Kind::Boolean if !list => {
            sheet.write_boolean(row, column, text == "true")?;
            return Ok(());
        }
        Kind::Day if !list => {
            if let Some(date) = date(text) {
                sheet.write_datetime_with_format(row, column, date, day)?;
                return Ok(());
            }
        }
        Kind::Integer | Kind::Number | Kind::Boolean | Kind::Day | Kind::Text => {}
    }
    sheet.write_string(row, column, &*shortened(text))?;
    Ok(())
}

/// A number that Excel keeps to the last digit, and shows as it is written.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse().ok().filter(|number: &f64| digits <= DIGITS && number.to_string() == text)
}

/// A day that Excel knows: from March 1900, for it counts a 29 February before, to the end of the year 9999.
fn date(text: &str) -> Option<ExcelDateTime> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if (year, month) < (1900, 3) {
        return None;
    }
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// A text as long as a cell can hold, with an ellipsis where it is cut.
fn shortened(text: &str) -> Cow<'_, str> {
    // No text has more units than bytes.
    if text.len() <= UNITS || text.encode_utf16().count() <= UNITS {
        return text.into();
    }
    let mut units = 1;
    let mut short: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= UNITS
        })
        .collect();
    short.push('…');
    short.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_a_cell_ends() {
        for (c, count) in [("a", UNITS), ("😀", UNITS / 2)] {
            let fits = c.repeat(count);
            assert_eq!(shortened(&fits), fits);
            let short = shortened(&c.repeat(count + 1)).into_owned();
            assert!(short.ends_with("…") && short.encode_utf16().count() <= UNITS, "{count}");
            assert!(short.encode_utf16().count() >= UNITS - 1);
        }
    }

    #[test]
    fn numbers_of_more_digits_than_excel_keeps_are_text() {
        assert_eq!(number("-123456789012345"), Some(-123_456_789_012_345.0));
        assert_eq!(["1234567890123456", "0.50", "007", "+5"].map(number), [None; 4]);
    }

    #[test]
    fn days_that_excel_does_not_know_are_text() {
        assert!(date("1900-03-01").is_some() && date("9999-12-31").is_some());
        for text in ["1900-02-28", "1899-12-31", "-0044-03-15", "10000-01-01", "2024"] {
            assert!(date(text).is_none(), "{text}");
        }
    }

    #[test]
    fn more_rows_than_a_sheet_holds_are_a_failure_that_names_the_limit() {
        let mut sheets = Sheets::new(false).unwrap();
        sheets.begin("event", &[Column::new("id", Kind::Text)]).unwrap();
        sheets.rows = ROWS - 1;
        let cells = [Cell { column: 0, values: Values::One("a".into()) }];
        sheets.row(&cells).unwrap();
        let error = sheets.row(&cells).unwrap_err();
        assert_eq!(error.to_string(), "xlsx holds at most 1048576 rows in a table, and event has more");
    }
}

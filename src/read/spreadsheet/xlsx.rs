//! Sheets of Office Open XML.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};

use super::cell::{FaultKind, Found, date, time};
use super::number::{NumberFormat, Precision, plain};
use super::section::Sections;
use super::{Kind, SheetError, SheetInfo};
use crate::contained::contained;
use crate::read::budget::Budget;

/// A sheet, and what is in it where it is wanted.
type Read<'b> = (SheetInfo, Option<Found<'b>>);

/// Reads the sheets that are wanted. The library panics where a number of a file overflows, such as that of the column
/// `AAAAAAAAA`: it is compiled to do so in every build, since the alternative is a wrong column, and here that is an error.
pub(super) fn sheets<'b>(
    bytes: &[u8],
    budget: &'b Budget,
    wanted: impl FnMut(&SheetInfo) -> bool,
) -> Result<Vec<Read<'b>>, SheetError> {
    contained(|| read(bytes, budget, wanted)).unwrap_or(Err(SheetError::Overflow))
}

fn read<'b>(
    bytes: &[u8],
    budget: &'b Budget,
    mut wanted: impl FnMut(&SheetInfo) -> bool,
) -> Result<Vec<Read<'b>>, SheetError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let infos: Vec<_> = workbook.sheets_metadata().iter().map(info).collect();
    let mut sheets = Vec::with_capacity(infos.len());
    for info in infos {
        let found = wanted(&info).then(|| cells(&mut workbook, &info.name, budget)).transpose()?;
        sheets.push((info, found));
    }
    Ok(sheets)
}

fn info(sheet: &calamine::Sheet) -> SheetInfo {
    let kind = match (sheet.typ, sheet.visible) {
        (SheetType::WorkSheet, SheetVisible::Visible) => Kind::Visible,
        (SheetType::WorkSheet, SheetVisible::Hidden | SheetVisible::VeryHidden) => Kind::Hidden,
        (SheetType::ChartSheet | SheetType::DialogSheet | SheetType::MacroSheet | SheetType::Vba, _) => Kind::NoCells,
    };
    SheetInfo { name: sheet.name.clone(), kind }
}

fn cells<'b>(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, budget: &'b Budget) -> Result<Found<'b>, SheetError> {
    let mut found = Found::new(budget);
    // Cell by cell: a range would have room for each cell between the first and the last.
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let code = |style: &calamine::Style| style.number_format.as_ref().map(|format| format.format_code.clone());
    let formats: Vec<_> =
        reader.styles().iter().map(|style| Sections::of_code(&code(style).unwrap_or_default())).collect();
    let mut empty = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let value = cell.get_value();
        let format = formats.get(style).map_or(&NumberFormat::Plain, |format| format.format(number(value)));
        let text = match value {
            DataRef::Empty => {
                found.charge((row, column), size_of::<(u32, u32)>())?;
                empty.push((row, column));
                continue;
            }
            DataRef::Error(error) => {
                found.push_fault(row, column, FaultKind::Error(error.to_string()))?;
                continue;
            }
            DataRef::Int(_) | DataRef::Float(_) => {
                found.push_number((row, column), number(value), format)?;
                continue;
            }
            DataRef::String(text) | DataRef::DurationIso(text) => Cow::Borrowed(text.as_str()),
            DataRef::SharedString(text) => Cow::Borrowed(*text),
            DataRef::Bool(value) => Cow::Owned(value.to_string()),
            DataRef::DateTime(value) => Cow::Owned(day(value, format)),
            DataRef::DateTimeIso(text) => Cow::Owned(date(text, format)),
        };
        found.push(row, column, &text, None)?;
    }
    drop(reader);
    if !empty.is_empty() {
        empty.sort_unstable();
        add_uncomputed(workbook, sheet, &empty, &mut found)?;
    }
    Ok(found)
}

/// The number of a cell; zero where it has none.
fn number(value: &DataRef<'_>) -> f64 {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has floating-point numbers only")]
        DataRef::Int(number) => *number as f64,
        DataRef::Float(number) => *number,
        DataRef::DateTime(value) => value.as_f64(),
        DataRef::Empty
        | DataRef::Error(_)
        | DataRef::String(_)
        | DataRef::SharedString(_)
        | DataRef::Bool(_)
        | DataRef::DurationIso(_)
        | DataRef::DateTimeIso(_) => 0.0,
    }
}

/// Returns a date as precisely as it is shown; a time of day or a length of time as such.
fn day(value: &ExcelDateTime, format: &NumberFormat) -> String {
    const LAST_DAY: f64 = 2_958_466.0;
    const SECONDS: f64 = 86_400.0;
    let number = value.as_f64();
    let is_time = match format {
        NumberFormat::Time => true,
        NumberFormat::Date(_) | NumberFormat::Plain | NumberFormat::Digits(_) | NumberFormat::Duration => number < 1.0,
    };
    if value.is_duration() {
        return time(number * SECONDS);
    }
    if !(0.0..LAST_DAY).contains(&number) {
        return plain(number);
    }
    if is_time {
        return time(number.fract() * SECONDS);
    }
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    match format {
        NumberFormat::Date(Precision::Year) => format!("{year:04}"),
        NumberFormat::Date(Precision::Month) => format!("{year:04}-{month:02}"),
        NumberFormat::Date(Precision::Day)
        | NumberFormat::Plain
        | NumberFormat::Digits(_)
        | NumberFormat::Time
        | NumberFormat::Duration => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// Adds the formulas among cells without a value. It takes a second look at the sheet: the reader of styles tells nothing
/// of formulas.
fn add_uncomputed(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    empty: &[(u32, u32)],
    found: &mut Found<'_>,
) -> Result<(), SheetError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        if cell.formula.is_some() && empty.binary_search(&cell.pos).is_ok() {
            found.push_fault(row, column, FaultKind::NoValue)?;
        }
    }
    Ok(())
}

//! Sheets of `OpenDocument`: cells with their styles, each repetition counted before it is made.
//!
//! Written by hand over an XML reader, because the reader of the library expands repetitions without a limit and drops
//! what the styles say. See [OpenDocument 1.3, part 3](https://docs.oasis-open.org/office/OpenDocument/v1.3/).

use std::borrow::Cow;
use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::cell::{FaultKind, Found, date, time};
use super::number::{NumberFormat, Precision};
use super::ods_styles::{Styles, attribute};
use super::{Kind, SheetError, SheetInfo};
use crate::read::budget::Budget;

/// A sheet, and what is in it where it is wanted.
type Read<'b> = (SheetInfo, Option<Found<'b>>);

/// An XML file in an archive.
type Xml<'z, 'a> = Reader<BufReader<ZipFile<'z, Cursor<&'a [u8]>>>>;

/// How many seconds a day has.
const DAY: f64 = 86_400.0;

/// A space may not be repeated more often than this.
const MOST_REPEATED: u32 = 1 << 20;

/// Reads the sheets that are wanted.
pub(super) fn sheets<'b>(
    bytes: &[u8],
    budget: &'b Budget,
    wanted: impl FnMut(&SheetInfo) -> bool,
) -> Result<Vec<Read<'b>>, SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut styles = Styles::default();
    if archive.index_for_name("styles.xml").is_some() {
        let mut reader = open(&mut archive, "styles.xml")?;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer)? {
                Event::Start(element) => {
                    charge_style(budget, &element)?;
                    styles.read(&element)?;
                }
                Event::End(element) => styles.end(element.local_name().as_ref()),
                Event::Text(text) => styles.text(&text.xml10_content()),
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let reader = open(&mut archive, "content.xml")?;
    Document { reader, styles, sheets: Vec::new(), budget, wanted }.read()
}

fn open<'z, 'a>(archive: &'z mut ZipArchive<Cursor<&'a [u8]>>, name: &str) -> Result<Xml<'z, 'a>, SheetError> {
    let mut reader = Reader::from_reader(BufReader::new(archive.by_name(name)?));
    reader.config_mut().expand_empty_elements = true;
    Ok(reader)
}

/// Charges what may be kept of a style or a sheet.
fn charge_style(budget: &Budget, element: &BytesStart<'_>) -> Result<(), SheetError> {
    const STYLE: usize = 128;
    budget.charge(STYLE + element.len()).map_err(SheetError::Parts)
}

/// How often an element is repeated, by the attribute of that name.
fn repeated(element: &BytesStart<'_>, name: &str) -> Result<u32, SheetError> {
    let times = attribute(element, name)?;
    // A number that is too large for us is too large for any sheet.
    Ok(times.map_or(1, |times| times.trim().parse().unwrap_or(u32::MAX)))
}

/// A document in the course of reading.
struct Document<'z, 'a, 'b, W> {
    reader: Xml<'z, 'a>,
    styles: Styles,
    sheets: Vec<Read<'b>>,
    budget: &'b Budget,
    wanted: W,
}

impl<'b, W: FnMut(&SheetInfo) -> bool> Document<'_, '_, 'b, W> {
    fn read(mut self) -> Result<Vec<Read<'b>>, SheetError> {
        let (mut buffer, mut depth) = (Vec::new(), 0_usize);
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer)? {
                Event::Start(element) if element.local_name().as_ref() == "table" => {
                    charge_style(self.budget, &element)?;
                    let name = attribute(&element, "table:name")?.unwrap_or_default();
                    let style = attribute(&element, "table:style-name")?.unwrap_or_default();
                    let kind = if self.styles.is_hidden(&style) { Kind::Hidden } else { Kind::Visible };
                    let info = SheetInfo { name, kind };
                    if (self.wanted)(&info) {
                        let found = Table::new(&mut self.reader, &self.styles, self.budget).read()?;
                        self.sheets.push((info, Some(found)));
                    } else {
                        self.reader.read_to_end_into(element.name(), &mut Vec::new())?;
                        self.sheets.push((info, None));
                    }
                }
                Event::Start(element) => {
                    depth += 1;
                    charge_style(self.budget, &element)?;
                    self.styles.read(&element)?;
                }
                Event::End(element) => {
                    depth = depth.saturating_sub(1);
                    self.styles.end(element.local_name().as_ref());
                }
                Event::Text(text) => self.styles.text(&text.xml10_content()),
                Event::Eof if depth > 0 => return Err(SheetError::Ends),
                Event::Eof => return Ok(self.sheets),
                _ => {}
            }
        }
    }
}

/// A sheet in the course of reading.
struct Table<'t, 'z, 'a, 'b> {
    reader: &'t mut Xml<'z, 'a>,
    styles: &'t Styles,
    /// The styles of columns: before which column one ends, and its name.
    columns: Vec<(u32, String)>,
    row: u32,
    found: Found<'b>,
    budget: &'b Budget,
}

impl<'t, 'z, 'a, 'b> Table<'t, 'z, 'a, 'b> {
    fn new(reader: &'t mut Xml<'z, 'a>, styles: &'t Styles, budget: &'b Budget) -> Self {
        Self { reader, styles, columns: Vec::new(), row: 0, found: Found::new(budget), budget }
    }

    fn read(mut self) -> Result<Found<'b>, SheetError> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-column" => {
                        let count = repeated(&element, "table:number-columns-repeated")?;
                        let style = attribute(&element, "table:default-cell-style-name")?.unwrap_or_default();
                        self.found.charge((0, 0), size_of::<(u32, String)>() + style.len())?;
                        let start = self.columns.last().map_or(0, |(end, _)| *end);
                        self.columns.push((start.saturating_add(count), style));
                    }
                    "table-row" => {
                        let times = repeated(&element, "table:number-rows-repeated")?;
                        let style = attribute(&element, "table:default-cell-style-name")?;
                        self.read_row(times, style.as_deref())?;
                        self.row = self.row.saturating_add(times);
                    }
                    // Drawings on the sheet, which may have tables of their own.
                    "shapes" => {
                        self.reader.read_to_end_into(element.name(), &mut Vec::new())?;
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "table" => return Ok(self.found),
                Event::Eof => return Err(SheetError::Ends),
                _ => {}
            }
        }
    }

    fn read_row(&mut self, times: u32, style: Option<&str>) -> Result<(), SheetError> {
        let (mut buffer, mut column) = (Vec::new(), 0_u32);
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer)? {
                Event::Start(element)
                    if matches!(element.local_name().as_ref(), "table-cell" | "covered-table-cell") =>
                {
                    let across = repeated(&element, "table:number-columns-repeated")?;
                    let mut cell = Cell::of(&element)?;
                    let text = self.read_text()?;
                    let style = cell.style.as_deref().or(style).unwrap_or_else(|| self.style_of(column));
                    let format = self.styles.format(style, cell.number(self.styles));
                    cell.show_as(format, self.styles);
                    // What is blank may well be repeated over all the sheet.
                    if !cell.is_blank(&text) {
                        let (before, faults) = (self.found.cells.len(), self.found.faults.len());
                        cell.add(&text, format, (self.row, column), &mut self.found)?;
                        for row in self.row..self.row.saturating_add(times) {
                            let first = column.saturating_add(u32::from(row == self.row));
                            for column in first..column.saturating_add(across) {
                                if self.found.cells.len() > before {
                                    self.found.repeat(row, column)?;
                                } else if self.found.faults.len() > faults {
                                    cell.add(&text, format, (row, column), &mut self.found)?;
                                }
                            }
                        }
                    }
                    column = column.saturating_add(across);
                }
                Event::End(element) if element.local_name().as_ref() == "table-row" => return Ok(()),
                Event::Eof => return Err(SheetError::Ends),
                _ => {}
            }
        }
    }

    /// The style of the cells of a column that have none of their own.
    fn style_of(&self, column: u32) -> &str {
        let number = self.columns.partition_point(|(end, _)| *end <= column);
        self.columns.get(number).map_or("", |(_, style)| style)
    }

    /// Reads what stands in a cell, to its end: its paragraphs, in a line each.
    fn read_text(&mut self) -> Result<String, SheetError> {
        let (mut text, mut buffer) = (String::new(), Vec::new());
        let (mut depth, mut paragraphs) = (0_usize, 0_usize);
        loop {
            buffer.clear();
            // A few letters may stand for a million spaces.
            self.budget.check(text.len()).map_err(SheetError::Parts)?;
            match self.reader.read_event_into(&mut buffer)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "annotation" => {
                        self.reader.read_to_end_into(element.name(), &mut Vec::new())?;
                    }
                    name => {
                        depth += 1;
                        match name {
                            "p" => {
                                paragraphs += 1;
                                text.push_str(if paragraphs > 1 { "\n" } else { "" });
                            }
                            "s" => {
                                let spaces = repeated(&element, "text:c")?.min(MOST_REPEATED);
                                text.push_str(&" ".repeat(spaces as usize));
                            }
                            "tab" => text.push('\t'),
                            "line-break" => text.push('\n'),
                            _ => {}
                        }
                    }
                },
                Event::Text(part) if paragraphs > 0 => text.push_str(&part.xml10_content()),
                Event::CData(part) if paragraphs > 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => {
                    let known = quick_xml::escape::resolve_predefined_entity(entity.as_ref()).map(str::to_owned);
                    let character = entity.resolve_char_ref()?.map(String::from);
                    text.push_str(&known.or(character).ok_or(SheetError::Entity)?);
                }
                Event::End(_) if depth == 0 => return Ok(text),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(SheetError::Ends),
                _ => {}
            }
        }
    }
}

/// What the attributes of a cell say.
struct Cell {
    value: Value,
    style: Option<String>,
    is_formula: bool,
}

/// The value of a cell.
enum Value {
    /// None, or what stands in the cell.
    Text,
    String(String),
    Number(f64),
    Date(String),
    /// A length of time.
    Seconds(f64),
    Boolean(bool),
    Error,
}

impl Cell {
    fn of(element: &BytesStart<'_>) -> Result<Self, SheetError> {
        let get = |name| attribute(element, name);
        let number = |text: Option<String>| text.and_then(|text| text.trim().parse().ok());
        let is_error = get("calcext:value-type")?.as_deref() == Some("error");
        let value = match get("office:value-type")?.as_deref() {
            _ if is_error => Value::Error,
            Some("float" | "percentage" | "currency") => {
                number(get("office:value")?).map_or(Value::Text, Value::Number)
            }
            Some("date") => get("office:date-value")?.map_or(Value::Text, Value::Date),
            Some("time") => match get("office:time-value")? {
                Some(text) => duration(&text).map_or(Value::String(text), Value::Seconds),
                None => Value::Text,
            },
            Some("boolean") => Value::Boolean(get("office:boolean-value")?.as_deref() == Some("true")),
            Some("string") => get("office:string-value")?.map_or(Value::Text, Value::String),
            Some(_) | None => Value::Text,
        };
        Ok(Self { value, style: get("table:style-name")?, is_formula: get("table:formula")?.is_some() })
    }

    /// The number by which the style chooses how the value is shown.
    fn number(&self, styles: &Styles) -> f64 {
        match &self.value {
            Value::Number(number) => *number,
            Value::Date(date) => styles.number_of(date).unwrap_or(1.0),
            Value::Seconds(seconds) => seconds / DAY,
            Value::Text | Value::String(_) | Value::Boolean(_) | Value::Error => 1.0,
        }
    }

    /// Makes a date or a time of a number that is shown as one.
    fn show_as(&mut self, format: &NumberFormat, styles: &Styles) {
        let Value::Number(number) = self.value else { return };
        match format {
            NumberFormat::Date(_) => {
                if let Some(day) = styles.date_of(number) {
                    self.value = Value::Date(day.to_string());
                }
            }
            NumberFormat::Time | NumberFormat::Duration => self.value = Value::Seconds(number * DAY),
            NumberFormat::Plain | NumberFormat::Digits(_) => {}
        }
    }

    fn is_blank(&self, text: &str) -> bool {
        match &self.value {
            Value::Text => text.trim().is_empty() && !self.is_formula,
            Value::String(text) | Value::Date(text) => text.trim().is_empty(),
            Value::Number(_) | Value::Seconds(_) | Value::Boolean(_) | Value::Error => false,
        }
    }

    fn add(&self, text: &str, format: &NumberFormat, at: (u32, u32), found: &mut Found<'_>) -> Result<(), SheetError> {
        let (row, column) = at;
        let text: Cow<'_, str> = match &self.value {
            Value::Text if self.is_formula && text.trim().is_empty() => {
                return found.push_fault(row, column, FaultKind::NoValue);
            }
            Value::Error => return found.push_fault(row, column, FaultKind::Error(text.to_owned())),
            Value::Text => text.into(),
            Value::Number(number) => return found.push_number(at, *number, format),
            Value::Date(text) if text.is_ascii() && !text.is_empty() => date(text, &as_date(format)).into(),
            Value::String(text) | Value::Date(text) => text.into(),
            Value::Seconds(seconds) if *format == NumberFormat::Time => time(seconds.rem_euclid(DAY)).into(),
            Value::Seconds(seconds) => time(*seconds).into(),
            Value::Boolean(value) => value.to_string().into(),
        };
        found.push(row, column, &text, None)
    }
}

/// A date that no style says how to show is a date of a day.
fn as_date(format: &NumberFormat) -> NumberFormat {
    match format {
        NumberFormat::Plain | NumberFormat::Digits(_) => NumberFormat::Date(Precision::Day),
        NumberFormat::Date(_) | NumberFormat::Time | NumberFormat::Duration => format.clone(),
    }
}

/// Returns the seconds of a duration such as `PT10H30M00S`.
fn duration(text: &str) -> Option<f64> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let mut rest = text.strip_prefix('P')?.replace('T', "");
    let mut seconds = 0.0;
    for (unit, length) in [('D', 86_400.0), ('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * length;
            rest = after.to_owned();
        }
    }
    rest.is_empty().then_some(if negative { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_counted_in_seconds() {
        let cases = [("PT10H30M00S", Some(37_800.0)), ("P1DT2H", Some(93_600.0)), ("-PT1M", Some(-60.0)), ("x", None)];
        for (text, seconds) in cases {
            assert_eq!(duration(text), seconds, "{text}");
        }
    }
}

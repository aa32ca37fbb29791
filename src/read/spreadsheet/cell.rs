//! Cells as they are found in a sheet, whatever its format: text, and what is wrong with some.

use super::number::{NumberFormat, Precision, plain};
use super::{SheetError, cell_name, place};
use crate::finding::{Code, Finding};
use crate::read::budget::{Budget, VALUE};
use crate::read::text::offset;

/// A cell that is not empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u32,
    /// Where its text begins, how long that is which is shown, and how long the number itself behind it, where something
    /// else is shown of it.
    start: u32,
    shown: u32,
    number: u32,
}

/// What is found in a sheet.
#[derive(Debug)]
pub(super) struct Found<'b> {
    pub(super) cells: Vec<Cell>,
    pub(super) faults: Vec<Fault>,
    /// The texts of the cells; of repeated cells, once.
    text: String,
    budget: &'b Budget,
    charged: usize,
}

/// A cell without a text that could be read.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) kind: FaultKind,
}

#[derive(Debug)]
pub(super) enum FaultKind {
    /// The error that a formula came to.
    Error(String),
    /// A formula that was never computed.
    NoValue,
}

impl<'b> Found<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        Self { cells: Vec::new(), faults: Vec::new(), text: String::new(), budget, charged: 0 }
    }

    /// Adds a cell, unless it has no text.
    pub(super) fn push(&mut self, row: u32, column: u32, text: &str, number: Option<&str>) -> Result<(), SheetError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let length = text.len() + number.map_or(0, str::len);
        // Here and in the table that is made of the sheet.
        self.charge((row, column), 2 * length)?;
        let [start, shown, number_length] = [self.text.len(), text.len(), length - text.len()].map(offset);
        self.text.push_str(text);
        self.text.push_str(number.unwrap_or_default());
        self.add(Cell { row, column, start, shown, number: number_length })
    }

    /// Adds the cell that was added last once more.
    pub(super) fn repeat(&mut self, row: u32, column: u32) -> Result<(), SheetError> {
        let Some(&last) = self.cells.last() else { return Ok(()) };
        self.charge((row, column), (last.shown + last.number) as usize)?;
        self.add(Cell { row, column, ..last })
    }

    fn add(&mut self, cell: Cell) -> Result<(), SheetError> {
        self.charge((cell.row, cell.column), size_of::<Cell>() + VALUE)?;
        self.cells.push(cell);
        Ok(())
    }

    /// Charges something that is kept of a cell.
    pub(super) fn charge(&mut self, (row, column): (u32, u32), bytes: usize) -> Result<(), SheetError> {
        self.charged += bytes;
        let too_much = |too_much| SheetError::TooMuch { cell: cell_name(row, column), too_much };
        // Places in the text are numbers of 32 bits.
        let is_long = u32::try_from(self.text.len()).is_err();
        self.budget.charge(if is_long { usize::MAX } else { bytes }).map_err(too_much)
    }

    /// What is shown of a cell.
    pub(super) fn shown(&self, cell: Cell) -> &str {
        let start = cell.start as usize;
        &self.text[start..start + cell.shown as usize]
    }

    /// The number of a cell itself, where something else is shown of it.
    pub(super) fn number(&self, cell: Cell) -> Option<&str> {
        let start = (cell.start + cell.shown) as usize;
        (cell.number > 0).then(|| &self.text[start..start + cell.number as usize])
    }

    /// How many bytes were charged.
    pub(super) fn charged(&self) -> usize {
        self.charged
    }

    /// Adds a number as its format shows it.
    pub(super) fn push_number(
        &mut self,
        (row, column): (u32, u32),
        number: f64,
        format: &NumberFormat,
    ) -> Result<(), SheetError> {
        match format {
            NumberFormat::Digits(pattern) => {
                let (text, plain) = (pattern.show(number), plain(number));
                // In a cell of statements the number may be an amount: what stands around it is no part of that.
                let number = (text != plain).then_some(plain);
                self.push(row, column, &text, number.as_deref())
            }
            NumberFormat::Plain | NumberFormat::Date(_) | NumberFormat::Time | NumberFormat::Duration => {
                self.push(row, column, &plain(number), None)
            }
        }
    }

    /// Adds an error of a formula, or a formula without a value.
    pub(super) fn push_fault(&mut self, row: u32, column: u32, kind: FaultKind) -> Result<(), SheetError> {
        let bytes = match &kind {
            FaultKind::Error(error) => error.len(),
            FaultKind::NoValue => 0,
        };
        self.charge((row, column), size_of::<Fault>() + bytes)?;
        self.faults.push(Fault { row, column, kind });
        Ok(())
    }
}

impl Fault {
    pub(super) fn finding(&self, file: &str, sheet: &str) -> Finding {
        let (message, excerpt) = match &self.kind {
            FaultKind::Error(error) => (format!("the cell holds the error {error}"), error.clone()),
            FaultKind::NoValue => ("the cell holds a formula without its value".to_owned(), String::new()),
        };
        let help = match self.kind {
            FaultKind::Error(_) => "correct the formula, or write the value itself",
            FaultKind::NoValue => "open the file in a spreadsheet program and save it, or write the value itself",
        };
        let location = place(file, sheet, cell_name(self.row, self.column), &excerpt);
        Finding::new(Code::UnreadableSheet, location, message).help(help)
    }
}

/// Returns a date in ISO 8601, with a time or not, as precisely as it is shown. A time alone stays a time.
pub(super) fn date(text: &str, format: &NumberFormat) -> String {
    let Some((date, time)) = text.split_once('T').or_else(|| text[1..].contains('-').then_some((text, ""))) else {
        return text.to_owned();
    };
    let end = |dashes| date.match_indices('-').filter(|(at, _)| *at > 0).nth(dashes).map_or(date.len(), |(at, _)| at);
    match format {
        NumberFormat::Date(Precision::Year) => date[..end(0)].to_owned(),
        NumberFormat::Date(Precision::Month) => date[..end(1)].to_owned(),
        NumberFormat::Time | NumberFormat::Duration if !time.is_empty() => time.to_owned(),
        NumberFormat::Date(Precision::Day)
        | NumberFormat::Time
        | NumberFormat::Duration
        | NumberFormat::Plain
        | NumberFormat::Digits(_) => date.to_owned(),
    }
}

/// Returns a length of time, or the time of a day, in seconds as text: `26:30`, `10:30:05`.
pub(super) fn time(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let seconds = seconds.abs().round();
    let (hours, minutes, seconds) = ((seconds / 3600.0).floor(), (seconds / 60.0).floor() % 60.0, seconds % 60.0);
    let seconds = if seconds > 0.0 { format!(":{seconds:02}") } else { String::new() };
    format!("{sign}{hours}:{minutes:02}{seconds}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_cut_to_what_is_shown() {
        let date = |text, precision| date(text, &NumberFormat::Date(precision));
        assert_eq!(date("2024-05-01", Precision::Month), "2024-05");
        assert_eq!(date("2024-05-01T10:00:00", Precision::Year), "2024");
        assert_eq!(date("-0044-03-15", Precision::Month), "-0044-03");
        assert_eq!(date("2024-05-01T10:00:00", Precision::Day), "2024-05-01");
    }

    #[test]
    fn a_time_is_no_date() {
        assert_eq!(date("10:30:00", &NumberFormat::Date(Precision::Day)), "10:30:00");
        assert_eq!(date("1899-12-30T10:30:00", &NumberFormat::Time), "10:30:00");
        assert_eq!([time(95_400.0), time(37_805.0), time(-60.0)], ["26:30", "10:30:05", "-0:01"]);
    }

    #[test]
    fn a_sheet_has_only_so_much_text() {
        let budget = Budget::of_file(0);
        budget.charge(256 << 20).unwrap();
        let mut found = Found::new(&budget);
        assert!(matches!(found.push(6, 1, "x", None), Err(SheetError::TooMuch { cell, .. }) if cell == "B7"));
    }
}

//! Figures as a table for a terminal, as CSV and as JSON: rank, groups and stats.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::Value;

use super::text::isolated;
use crate::export::quoted;
use crate::query::{WIDEST, width};

/// How many characters of a name a table shows where it lists several.
const LONGEST: usize = 40;

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FiguresFormat {
    Table,
    Csv,
    Json,
}

/// A table of figures: the names of its columns, and rows of as many texts and numbers.
pub(super) struct Figures<'a> {
    pub(super) columns: &'a [&'a str],
    pub(super) rows: Vec<Vec<Value>>,
}

impl Figures<'_> {
    /// Writes aligned columns, numbers to the right, with a line below the header.
    pub(super) fn write_table(&self, out: &mut impl Write) -> io::Result<()> {
        let header: Vec<Value> = self.columns.iter().map(|&name| name.into()).collect();
        let shown: Vec<Vec<String>> =
            std::iter::once(&header).chain(&self.rows).map(|row| row.iter().map(shown).collect()).collect();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| shown.iter().map(|row| width(&row[column]).min(WIDEST)).max().unwrap_or(0))
            .collect();
        let numeric: Vec<bool> =
            (0..self.columns.len()).map(|column| self.rows.iter().all(|row| !row[column].is_string())).collect();
        for (number, row) in shown.iter().enumerate() {
            let cells = row.iter().enumerate().map(|(column, text)| {
                let room = " ".repeat(widths[column].saturating_sub(width(text)));
                if numeric[column] { room + text } else { text.clone() + &room }
            });
            writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
            if number == 0 {
                let lines: Vec<_> = widths.iter().map(|&width| "─".repeat(width)).collect();
                writeln!(out, "{}", lines.join("  "))?;
            }
        }
        Ok(())
    }

    /// Writes comma-separated values with a header.
    pub(super) fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "{}\r\n", self.columns.join(","))?;
        for row in &self.rows {
            let fields = row.iter().map(|value| match value {
                Value::String(text) => quoted(text).into_owned(),
                Value::Null => String::new(),
                other => other.to_string(),
            });
            write!(out, "{}\r\n", fields.collect::<Vec<_>>().join(","))?;
        }
        Ok(())
    }

    /// Returns the rows as JSON: an array of objects.
    pub(super) fn to_json(&self) -> Value {
        let object = |row: &Vec<Value>| -> Value {
            self.columns.iter().zip(row).map(|(&name, value)| (name.to_owned(), value.clone())).collect()
        };
        self.rows.iter().map(object).collect()
    }
}

/// Returns a number as a value: a whole one without a fraction.
pub(super) fn figure(number: f64, whole: bool) -> Value {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, whole and never negative")]
    let count = number as u64;
    if whole { count.into() } else { number.into() }
}

/// Writes a value as JSON that people can read, and a line feed.
pub(super) fn write_json(value: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// What a terminal shows of a value: four digits of a fraction are enough there.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => isolated(text),
        Value::Null => "–".to_owned(),
        Value::Number(number) if number.is_f64() => shown_number(number.as_f64().unwrap_or_default()),
        other => other.to_string(),
    }
}

/// Returns the first words of a long name, for a table.
pub(super) fn short(name: &str) -> String {
    let end = name.char_indices().nth(LONGEST).map(|(end, _)| end);
    end.map_or_else(|| name.to_owned(), |end| format!("{}…", name[..end].trim_end()))
}

/// Returns a number with four significant digits.
pub(super) fn shown_number(number: f64) -> String {
    let digits = if number == 0.0 { 0.0 } else { number.abs().log10().floor() };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few digits, never fewer than none")]
    let places = (3.0 - digits).clamp(0.0, 17.0) as usize;
    format!("{number:.places$}")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use serde_json::json;

    use super::*;

    fn figures() -> Figures<'static> {
        let rows = vec![
            vec![json!(1), json!("Organization, one"), json!(0.123_456)],
            vec![json!(12), json!("Two"), Value::Null],
        ];
        Figures { columns: &["rank", "name", "value"], rows }
    }

    #[test]
    fn columns_are_aligned() {
        let table = expect![[r"
            rank  name                value
            ────  ─────────────────  ──────
               1  Organization, one  0.1235
              12  Two                     –
        "]];
        let mut out = Vec::new();
        figures().write_table(&mut out).unwrap();
        table.assert_eq(&String::from_utf8(out).unwrap());
    }

    #[test]
    fn fields_with_commas_are_quoted_and_nothing_is_empty() {
        let mut csv = Vec::new();
        figures().write_csv(&mut csv).unwrap();
        assert_eq!(
            String::from_utf8(csv).unwrap(),
            "rank,name,value\r\n1,\"Organization, one\",0.123456\r\n12,Two,\r\n"
        );
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        assert_eq!(short("ITU"), "ITU");
        assert_eq!(short(&"ا".repeat(41)), "ا".repeat(40) + "…");
    }

    #[test]
    fn numbers_have_four_digits() {
        for (number, text) in [(0.0, "0.000"), (0.000_012_345, "0.00001234"), (12.5, "12.50"), (1234.5, "1234")] {
            assert_eq!(shown_number(number), text);
        }
    }
}

//! CSV tables as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) has them, safe to open in a spreadsheet.
//!
//! A byte order mark comes first: without it, Excel assumes an older encoding. Other readers of CSV know the mark too.
//! A cell that a spreadsheet would take for a formula begins with an apostrophe.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::described;
use super::file::create;
use super::labels::Labelled;
use super::network::{Cell, Column};
use super::sheet::{self, Book};
use super::table::quoted;
use super::{ExportError, Options};
use crate::graph::KnowledgeGraph;
use crate::read::{CONFIG, begins_as_formula};

/// Writes a part of the graph as a folder of tables. O(size of the output).
pub(super) fn write_csv(graph: &KnowledgeGraph, options: &Options, folder: &Path) -> Result<(), ExportError> {
    let mut tables = Tables { folder, table: None };
    if options.labels {
        sheet::write_tables(graph, options, &mut Labelled::new(graph, options, &mut tables))?;
    } else {
        sheet::write_tables(graph, options, &mut tables)?;
    }
    tables.finish()?;
    write_text(folder, CONFIG, &described::toml(graph))?;
    match described::terms(graph) {
        Some(terms) => write_text(folder, described::TERMS, &terms),
        None => Ok(()),
    }
}

fn write_text(folder: &Path, name: &str, text: &str) -> Result<(), ExportError> {
    let mut out = create(folder, name)?;
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// The folder, with the table that is being written.
struct Tables<'a> {
    folder: &'a Path,
    table: Option<(BufWriter<File>, Vec<Column>)>,
}

impl Tables<'_> {
    fn finish(&mut self) -> Result<(), ExportError> {
        if let Some((mut out, _)) = self.table.take() {
            out.flush()?;
        }
        Ok(())
    }
}

impl Book for Tables<'_> {
    fn begin(&mut self, name: &str, columns: &[Column]) -> Result<(), ExportError> {
        self.finish()?;
        let mut out = create(self.folder, &format!("{name}.csv"))?;
        write!(out, "\u{FEFF}")?;
        line(&mut out, columns.iter().map(|column| column.header().into()))?;
        self.table = Some((out, columns.to_vec()));
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        let Some((out, columns)) = &mut self.table else { return Ok(()) };
        let mut cells = cells.iter().peekable();
        let fields = (0..columns.len()).map(|number| {
            let cell = cells.next_if(|cell| cell.column == number);
            cell.map_or(Cow::Borrowed(""), |cell| Cow::Borrowed(sheet::text(cell)))
        });
        Ok(line(out, fields)?)
    }
}

/// Writes a line.
pub(crate) fn line<'a>(out: &mut impl Write, fields: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
    for (number, field) in fields.enumerate() {
        let comma = if number == 0 { "" } else { "," };
        write!(out, "{comma}{}", quoted(&defused(&field)))?;
    }
    write!(out, "\r\n")
}

/// Returns a text that no spreadsheet takes for a
/// [formula](https://owasp.org/www-community/attacks/CSV_Injection): it gets an apostrophe in front if, after any
/// apostrophes, it begins as a formula may, and is no plain number. So the apostrophe can be taken away again: from
/// a text that, after all its apostrophes, begins as a formula may.
pub(crate) fn defused(text: &str) -> Cow<'_, str> {
    if begins_as_formula(text.trim_start_matches('\'')) && !is_number(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// Tells whether a text is a number that every spreadsheet reads as one.
fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn restored(text: &str) -> &str {
        let formula =
            text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        if formula { text.strip_prefix('\'').unwrap_or(text) } else { text }
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_a_cell(text in "['=+@-]{0,3}[-=a1.]{0,3}") {
            let defused = defused(&text);
            prop_assert!(is_number(&text) || !defused.starts_with(['=', '+', '-', '@']));
            prop_assert_eq!(restored(&defused), &text);
        }
    }

    #[test]
    fn what_begins_as_a_formula_gets_an_apostrophe() {
        for text in ["=1", "+1", "-x", "@x", "\tx", "\r", "'=1", "-", "-1.", "-1-1", "＝1"] {
            assert_eq!(defused(text), format!("'{text}"));
        }
    }

    #[test]
    fn numbers_and_other_text_stay_as_they_are() {
        for text in ["-1", "-0.5", "12", "a=b", "'a", "", " =1", "2024-05-27"] {
            assert_eq!(defused(text), text);
        }
    }
}

//! CSV and TSV, as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180) defines them.
//!
//! The reader only finds where cells begin and end; nothing is copied. What the RFC does not allow is a finding at its
//! place, never a row that silently swallows others.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;

use super::budget::{Budget, CELL, VALUE};
use super::grid::{Grid, LongCells, Syntax, unquoted};
use super::signature::Exported;
use super::text::{TextFile, offset};
use crate::finding::{Code, Finding, Findings, Location};

/// The cells of a delimited file.
#[derive(Debug)]
pub(super) struct Delimited {
    pub(super) file: TextFile,
    /// The cells of the header.
    header: Vec<Range<usize>>,
    pub(super) grid: Grid,
    /// The rows that cannot be split into the cells of the header.
    pub(super) left_out: Vec<Range<usize>>,
    /// Whether the program itself has written it, for spreadsheets.
    pub(super) is_exported: bool,
    delimiter: u8,
    /// Whether quotes stand around cells.
    has_quotes: bool,
    long_cells: LongCells,
}

impl Delimited {
    /// Splits a file into cells, by what stands between them and whether quotes stand around them. Returns nothing if there is no header, which is then reported, as are rows left out.
    /// O(length of the file).
    pub(super) fn read(
        file: TextFile,
        (delimiter, has_quotes): (u8, bool),
        budget: &Budget,
        findings: &mut Findings,
    ) -> Option<Self> {
        if let Err(too_much) = budget.charge(file.text().len()).and_then(|()| budget.charge(of_values(file.text()))) {
            findings.push(too_much.finding(Location::file(file.name())));
            return None;
        }
        let text = file.text();
        let (delimiter, start) = said_delimiter(text).unwrap_or((delimiter, 0));
        let mut scanner = Scanner { at: start, ..Scanner::new(text.as_bytes(), delimiter, has_quotes) };
        let header = loop {
            let mut offsets = Vec::new();
            let Some(row) = scanner.row(&mut offsets) else {
                let finding = Finding::new(Code::MissingHeader, file.locate(0..0), "the table is empty");
                findings.push(finding.help("give it a header: the names of its columns in the first line"));
                return None;
            };
            if let Err(fault) = row {
                findings.push(fault.finding(&file));
                return None;
            }
            if offsets.len() > usize::from(u16::MAX) {
                findings.push(too_wide(&file, &offsets));
                return None;
            }
            if !is_blank(text, &offsets) {
                break offsets.windows(2).map(|pair| pair[0] as usize..pair[1] as usize - 1).collect::<Vec<_>>();
            }
        };
        let (mut grid, mut left_out) = (Grid::new(header.len()), Vec::new());
        while let Some(row) = scanner.row(&mut grid.offsets) {
            let offsets = grid.last_row();
            match row {
                Err(fault) => {
                    findings.push_with(fault.code(), || fault.finding(&file));
                    left_out.extend(whole(offsets));
                }
                Ok(()) if offsets.len() == header.len() + 1 && !is_blank(text, offsets) => {
                    grid.accept_row();
                    continue;
                }
                Ok(()) if is_blank(text, offsets) => {}
                // Spreadsheet programs write empty cells behind the last column.
                Ok(()) if offsets.len() > header.len() + 1 && is_blank(text, &offsets[header.len()..]) => {
                    grid.cut_row();
                    grid.accept_row();
                    continue;
                }
                Ok(()) => {
                    findings.push_with(Code::RaggedRow, || ragged(&file, offsets, header.len()));
                    left_out.extend(whole(offsets));
                }
            }
            grid.drop_row();
        }
        grid.finish();
        if let Err(too_much) = budget.charge(grid.offsets.len() * CELL) {
            findings.push(too_much.finding(Location::file(file.name())));
            return None;
        }
        let long_cells = LongCells::default();
        let read = Self { file, header, grid, left_out, is_exported: false, delimiter, has_quotes, long_cells };
        let is_exported = Exported::of(&read.headers().collect::<Vec<_>>()).is_some();
        Some(Self { is_exported, ..read })
    }

    /// The headers, trimmed.
    pub(super) fn headers(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let syntax = Syntax { apostrophes: false, ..self.syntax('\n') };
        self.header.iter().map(move |range| syntax.whole(&self.file.text()[range.clone()]))
    }

    /// How the cells are to be read.
    pub(super) fn syntax(&self, separator: char) -> Syntax {
        Syntax { separator, quotes: self.has_quotes, apostrophes: self.is_exported }
    }

    /// The headers as they stand in the file.
    pub(super) fn header_line(&self) -> &str {
        let ends = self.header.first().zip(self.header.last());
        ends.map_or("", |(first, last)| &self.file.text()[first.start..last.end])
    }

    /// Tells whether a character stands between its cells.
    pub(super) fn is_divided_by(&self, delimiter: char) -> bool {
        char::from(self.delimiter) == delimiter
    }

    /// Returns where a header is.
    pub(super) fn header_place(&self, column: usize) -> Location {
        self.file.locate(self.header[column].clone())
    }

    /// Returns where a value of a cell is.
    pub(super) fn place(&self, row: usize, column: usize, value: u16, syntax: Syntax) -> Location {
        let cell = self.grid.cell(row, column);
        let within = self.long_cells.range(syntax, self.file.text(), cell.clone(), value);
        self.file.locate(cell.start + within.start..cell.start + within.end)
    }
}

/// The delimiter that a first line such as `sep=;` says, which some spreadsheet programs write, and where the next starts.
fn said_delimiter(text: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let delimiter = *rest.as_bytes().first()?;
    let end = rest[1.min(rest.len())..].find(|c| c != '\r').map_or(rest.len(), |at| at + 1);
    let line = rest.get(1..end)?;
    let next = rest.as_bytes().get(end);
    let ends = line.ends_with('\r') || next == Some(&b'\n');
    (delimiter.is_ascii_punctuation() || delimiter == b'\t').then_some(())?;
    ends.then_some((delimiter, "sep=".len() + end + usize::from(next == Some(&b'\n'))))
}

/// About how many bytes linking makes of the values of a text beside the first of each cell, by a part of it: only dense
/// lists of short ids have many.
fn of_values(text: &str) -> usize {
    const PART: usize = 1 << 12;
    const OF: usize = 16;
    let parts = text.as_bytes().chunks(PART).step_by(OF);
    parts.map(|part| memchr_iter(b'|', part).count()).sum::<usize>() * OF * VALUE
}

/// The finding that a header has more cells than there are numbers for.
fn too_wide(file: &TextFile, offsets: &[u32]) -> Finding {
    let message = format!("the table has {} columns; those behind {} have no numbers", offsets.len() - 1, u16::MAX);
    let place = file.locate(offsets[0] as usize..offsets[0] as usize);
    Finding::new(Code::OversizedTable, place, message).help("turn rows and columns about: a row for each thing")
}

/// The range of a whole row.
fn whole(offsets: &[u32]) -> Option<Range<usize>> {
    Some(*offsets.first()? as usize..*offsets.last()? as usize - 1)
}

/// Tells whether all cells of a row are empty, as in a blank line.
fn is_blank(text: &str, offsets: &[u32]) -> bool {
    offsets.windows(2).all(|pair| unquoted(&text[pair[0] as usize..pair[1] as usize - 1]).trim().is_empty())
}

fn ragged(file: &TextFile, offsets: &[u32], width: usize) -> Finding {
    let cells = offsets.len() - 1;
    let place = if cells > width {
        offsets[width] as usize..offsets[width + 1] as usize - 1
    } else {
        let end = offsets[cells] as usize - 1;
        end..end
    };
    let message = format!("the row has {cells} cells, but the header has {width}");
    Finding::new(Code::RaggedRow, file.locate(place), message).help(if cells > width {
        "put a cell that contains the delimiter into double quotes"
    } else {
        "write the delimiter also after empty cells"
    })
}

/// Why a row cannot be split into cells.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// A quote inside a cell that does not begin with one.
    Inside { at: usize },
    /// A quote that closes a cell which then goes on, and where the cell was opened.
    After { at: usize, opened: usize },
    /// A quote that is never closed.
    Unclosed { at: usize },
}

impl Fault {
    fn code(self) -> Code {
        match self {
            Self::Inside { .. } | Self::After { .. } => Code::StrayQuote,
            Self::Unclosed { .. } => Code::UnclosedQuote,
        }
    }

    fn finding(self, file: &TextFile) -> Finding {
        let finding = |code, at, message: &str| Finding::new(code, file.locate(at..at + 1), message);
        match self {
            Self::Inside { at } => finding(Code::StrayQuote, at, "a quote inside a cell that does not begin with one")
                .help(
                    "put the whole cell into double quotes and double those inside it, with no space around it; or write \
                     `quote-char = \"\"` in its mapping in dataset.toml, if quotes mean nothing in the table",
                ),
            Self::After { at, opened } => {
                let (line, first) = (file.line_of(at), file.line_of(opened));
                finding(Code::StrayQuote, at, "a cell goes on after the quote that closes it").help(if first == line {
                    "double the quotes inside the cell, with no space around it".to_owned()
                } else {
                    format!("the cell begins in line {first}; close its quote there, or double this one")
                })
            }
            Self::Unclosed { at } => finding(Code::UnclosedQuote, at, "the quote is never closed")
                .help("close it; all that follows belongs to the cell, so no row after this one was read"),
        }
    }
}

/// Goes through the bytes row by row. Delimiters, quotes and line ends are ASCII, so that a byte is enough to see them.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    delimiter: u8,
    has_quotes: bool,
    special: [bool; 256],
}

impl<'a> Scanner<'a> {
    fn new(bytes: &'a [u8], delimiter: u8, has_quotes: bool) -> Self {
        let mut special = [false; 256];
        for byte in [delimiter, b'\r', b'\n'] {
            special[usize::from(byte)] = true;
        }
        special[usize::from(b'"')] = has_quotes;
        Self { bytes, at: 0, delimiter, has_quotes, special }
    }

    /// Appends the start of each cell of the next row, and one more than the end of the last. Returns nothing at the
    /// end of the file.
    fn row(&mut self, offsets: &mut Vec<u32>) -> Option<Result<(), Fault>> {
        if self.at == self.bytes.len() {
            return None;
        }
        let mut fault = None;
        loop {
            offsets.push(offset(self.at));
            self.cell(&mut fault);
            if self.bytes.get(self.at) != Some(&self.delimiter) {
                break;
            }
            self.at += 1;
        }
        offsets.push(offset(self.at + 1));
        self.at += match &self.bytes[self.at..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        Some(fault.map_or(Ok(()), Err))
    }

    /// Goes to the end of a cell: a delimiter, a line end or the end of the file.
    fn cell(&mut self, fault: &mut Option<Fault>) {
        let opened = self.at;
        let opens = self.has_quotes && self.bytes.get(self.at) == Some(&b'"');
        let closed = opens && self.quoted(fault);
        let end = self.at;
        loop {
            let rest = &self.bytes[self.at..];
            self.at += rest.iter().position(|&byte| self.special[usize::from(byte)]).unwrap_or(rest.len());
            if self.bytes.get(self.at) != Some(&b'"') {
                break;
            }
            if !closed {
                fault.get_or_insert(Fault::Inside { at: self.at });
            }
            self.at += 1;
        }
        if closed && self.at > end {
            fault.get_or_insert(Fault::After { at: end - 1, opened });
        }
    }

    /// Goes behind the quote that closes a cell. Returns whether there is one.
    fn quoted(&mut self, fault: &mut Option<Fault>) -> bool {
        let opened = self.at;
        loop {
            self.at += 1;
            match &self.bytes[self.at.min(self.bytes.len())..] {
                [b'"', b'"', ..] => self.at += 1,
                [b'"', ..] => {
                    self.at += 1;
                    return true;
                }
                [_, ..] => {}
                [] => {
                    self.at = self.bytes.len();
                    fault.get_or_insert(Fault::Unclosed { at: opened });
                    return false;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;

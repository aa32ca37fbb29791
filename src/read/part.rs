//! A part of a large data set: some rows of its tables, each with its line in the file that it comes from.
//!
//! A part is read, linked and checked as a data set is. Its folder has `dataset.toml` and the headers of all tables; the
//! rows come from elsewhere. What is told of them is at their places in the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Location, Position};

/// What a row is to the part that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It declares an entity or a paragraph that belongs to the part.
    Own,
    /// It is read in full for the sake of a statement about what belongs to the part.
    Guest,
    /// It is there so that references lead to what they lead to in the whole; its statements are not read.
    Named,
    /// It is a line of JSON Lines that has columns which no line before has, and is no row.
    Head,
}

/// A row of a table, as it stands in the table's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is to the part.
    pub role: Role,
    /// Whether the part tells what is wrong with it.
    pub is_told: bool,
    /// The line where it begins, from 1.
    pub line: u32,
    /// Its text, without the end of its last line.
    pub text: String,
}

/// A part of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The folder with `dataset.toml` and the headers of the tables.
    pub(crate) folder: PathBuf,
    /// The ids of entities about which so much is said that a link from one of them belongs where its other end does.
    pub(crate) heavy: BTreeSet<String>,
    pub(super) tables: BTreeMap<String, Rows>,
}

/// The rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) named: Arc<Stretch>,
    pub(super) read: Arc<Stretch>,
}

/// Rows one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
}

/// Where a row begins in a text, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start: u32,
    pub(super) line: u32,
    pub(super) role: Role,
    pub(super) is_told: bool,
}

impl Part {
    /// Returns a part without rows of the tables of these names, whose headers are in a folder.
    #[must_use]
    pub(crate) fn new(folder: PathBuf, tables: impl IntoIterator<Item = String>) -> Self {
        Self {
            folder,
            heavy: BTreeSet::new(),
            tables: tables.into_iter().map(|name| (name, Rows::default())).collect(),
        }
    }

    /// Adds a row to a table. The rows of a table come in the order of their lines. Returns whether there is such a table,
    /// with room for the row.
    pub(crate) fn add(&mut self, table: &str, row: &Row) -> bool {
        let Some(rows) = self.tables.get_mut(table) else { return false };
        let stretch = if row.role == Role::Named { &mut rows.named } else { &mut rows.read };
        let stretch = Arc::make_mut(stretch);
        let (start, end) = (stretch.text.len(), stretch.text.len() + row.text.len() + 1);
        let (Ok(start), Ok(_)) = (u32::try_from(start), u32::try_from(end)) else { return false };
        stretch.marks.push(Mark { start, line: row.line, role: row.role, is_told: row.is_told });
        stretch.text.push_str(&row.text);
        stretch.text.push('\n');
        true
    }
}

/// The lines of the header of a table of JSON Lines, which may stand anywhere in the file: their numbers are in a file beside
/// it, a line for each. Other tables have none.
pub(super) fn heads(header: &str, folder: &Path, name: &str) -> Arc<[Mark]> {
    let Ok(numbers) = fs::read_to_string(folder.join(format!(".{name}.lines"))) else { return Arc::default() };
    let (mut marks, mut start) = (Vec::new(), 0);
    for (text, number) in header.split_inclusive('\n').zip(numbers.lines()) {
        let line = number.parse().unwrap_or(1);
        marks.push(Mark { start: u32::try_from(start).unwrap_or(u32::MAX), line, role: Role::Head, is_told: true });
        start += text.len();
    }
    marks.into()
}

/// The lines of which a part tells what is wrong, by table: those of the header, and those of rows that it tells of.
#[derive(Debug, Default)]
pub(super) struct Told {
    lines: BTreeMap<String, Vec<(usize, usize)>>,
    pub(super) heavy: BTreeSet<String>,
}

impl Told {
    pub(super) fn of(part: &Part) -> Self {
        let lines = |stretch: &Stretch| {
            let ends = stretch.marks.iter().skip(1).map(|mark| mark.start as usize).chain([stretch.text.len()]);
            let told = stretch.marks.iter().zip(ends).filter(|(mark, _)| mark.is_told);
            let lines = told.map(|(mark, end)| {
                let text = stretch.text[mark.start as usize..end].trim_end_matches(['\n', '\r']);
                let breaks = text.replace("\r\n", "\n").matches(['\n', '\r']).count();
                (mark.line as usize, mark.line as usize + breaks)
            });
            lines.collect::<Vec<_>>()
        };
        let lines = part.tables.iter().map(|(name, rows)| (name.clone(), lines(&rows.read))).collect();
        Self { lines, heavy: part.heavy.clone() }
    }

    /// Tells whether what is wrong at a place is told. What is said of a file as a whole, of its header or in `dataset.toml`
    /// every part tells.
    pub(super) fn has(&self, place: &Location, header: impl Fn(&str) -> usize) -> bool {
        let (Some(told), Position::Text { line, .. }) = (self.lines.get(&place.file), &place.position) else {
            return true;
        };
        let after = told.partition_point(|(first, _)| first <= line);
        *line <= header(&place.file) || after.checked_sub(1).is_some_and(|at| *line <= told[at].1)
    }
}

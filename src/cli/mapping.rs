//! What comes out of mapped tables, row by row, and of mapped RDF, thing by thing, so that a person sees at once what a mapping does.

use std::io::{self, Write};

use super::{CliError, Global, Outcome};
use crate::model::{Language, PropertyId};
use crate::ontology::{Column, Ontology};
use crate::read::{self, Becomes, Table, Thing};

/// So many rows of each table are shown.
const ROWS: u32 = 3;

/// Longer texts are cut.
const WIDTH: usize = 60;

/// Writes the first rows of each mapped table: cell by cell, what stands there and what it becomes. Of mapped RDF it writes the
/// first things: triple by triple.
pub(super) fn write_mapped(global: &Global) -> Result<Outcome, CliError> {
    let ontology = global.ontology_of_data()?;
    let (dataset, findings) = read::dataset(&global.source()?, &ontology)?;
    global.show_findings(&findings)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let tables = || dataset.tables.iter().chain(&dataset.unplaced).filter(|table| table.is_mapped());
    if tables().next().is_none() && dataset.mapped_rdf.is_empty() {
        global.note("no table has a mapping: write one in dataset.toml, as [table.\"name.csv\"] or [rdf.\"name.ttl\"]");
    }
    for table in tables() {
        for row in 0..table.rows().min(ROWS) {
            writeln!(out, "{}, row {} of {}", table.name(), row + 1, table.rows())?;
            write_row(table, row, &ontology, &mut out)?;
            writeln!(out)?;
        }
    }
    for shown in &dataset.mapped_rdf {
        for (number, thing) in &shown.things {
            writeln!(out, "{}, thing {number} of {}", shown.file, shown.of)?;
            write_thing(thing, &mut out)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(super::data::outcome(&findings))
}

fn write_row(table: &Table, row: u32, ontology: &Ontology, out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<Shown<'_>> = (0..)
        .zip(table.columns())
        .map(|(column, meaning)| Shown::of(table, row, column, meaning.map(|meaning| header(meaning, ontology))))
        .collect();
    for (at, shown) in columns.iter().enumerate() {
        let alike = || columns.iter().filter(|other| other.header == shown.header);
        // What is made of a column beside it is shown with it; of columns for each language, those that the row has.
        let is_first = columns.iter().position(|other| other.header == shown.header) == Some(at);
        let is_shown = match &shown.cell {
            Some(cell) => !cell.is_empty() || (is_first && alike().all(Shown::is_empty)),
            None => alike().all(|other| other.cell.is_none()) && (!shown.is_empty() || is_first),
        };
        if !is_shown {
            continue;
        }
        let from = match &shown.cell {
            Some(cell) => format!("{} \"{cell}\"", shown.header),
            None => format!("({})", shown.header),
        };
        let made = alike().filter(|other| shown.becomes.is_none() && other.cell.is_none() && !other.is_empty());
        let mut becomes: Vec<&str> =
            shown.becomes.as_deref().into_iter().chain(made.filter_map(|other| other.becomes.as_deref())).collect();
        if becomes.is_empty() {
            becomes.push("left out");
        }
        writeln!(out, "  {from} -> {}", becomes.join("; "))?;
    }
    Ok(())
}

/// A column of a row: its cell in the file, if it is there, and what it becomes.
struct Shown<'t> {
    header: &'t str,
    cell: Option<String>,
    becomes: Option<String>,
    has_values: bool,
}

impl<'t> Shown<'t> {
    fn of(table: &'t Table, row: u32, column: u16, meaning: Option<String>) -> Self {
        let values: Vec<_> = table.values(row, column).map(|(_, value)| cut(&value)).collect();
        Self {
            header: table.header(column),
            cell: table.cell_of_file(row, column).map(|cell| cut(&cell)),
            becomes: meaning.map(|meaning| format!("{meaning}: {}", values.join(" | "))),
            has_values: !values.is_empty(),
        }
    }

    fn is_empty(&self) -> bool {
        self.cell.as_ref().is_none_or(String::is_empty) && (self.becomes.is_none() || !self.has_values)
    }
}

fn write_thing(thing: &Thing, out: &mut dyn Write) -> io::Result<()> {
    for (from, becomes) in &thing.triples {
        let becomes = match becomes {
            Becomes::Text(text) => cut(text),
            Becomes::LeftOut => "left out".to_owned(),
            Becomes::Unmapped => "not mapped".to_owned(),
            Becomes::Unwritable => "no text of a table".to_owned(),
        };
        writeln!(out, "  {} -> {becomes}", cut(from))?;
    }
    if thing.more > 0 {
        let s = if thing.more == 1 { "" } else { "s" };
        writeln!(out, "  … and {} more triple{s}", thing.more)?;
    }
    Ok(())
}

/// The header that stands for a meaning.
fn header(meaning: Column, ontology: &Ontology) -> String {
    let term = |property: PropertyId, language: Option<Language>| {
        let tag = language.map(|language| format!("@{language}")).unwrap_or_default();
        format!("{}{tag}", ontology.property(property).name)
    };
    match meaning {
        Column::Id => "id".to_owned(),
        Column::Class => "class".to_owned(),
        Column::Subject => "subject".to_owned(),
        Column::Property => "property".to_owned(),
        Column::Object => "object".to_owned(),
        Column::Rank => "rank".to_owned(),
        Column::Source => "source".to_owned(),
        Column::Document => "document".to_owned(),
        Column::Number => "number".to_owned(),
        Column::Term(property, language) => term(property, language),
    }
}

/// A text in one line, and not too long.
fn cut(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

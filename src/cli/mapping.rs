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
    for (column, meaning) in (0..).zip(table.columns()) {
        let cell = table.cell_of_file(row, column);
        let from = match &cell {
            Some(cell) => format!("{} \"{}\"", table.header(column), cut(cell)),
            None => format!("({})", table.header(column)),
        };
        let becomes = match meaning {
            Some(meaning) => {
                let values: Vec<_> = table.values(row, column).map(|(_, value)| cut(&value)).collect();
                format!("{}: {}", header(*meaning, ontology), values.join(" | "))
            }
            None => "left out".to_owned(),
        };
        writeln!(out, "  {from} -> {becomes}")?;
    }
    Ok(())
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

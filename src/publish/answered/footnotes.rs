//! Rows as Markdown: a table, and below it what its rows cite.

use std::collections::BTreeMap;

use super::Telling;
use super::row::{Row, Rows, spelled};
use crate::draw::{CLOSING, markdown_line, markdown_opening};
use crate::model::Direction;

/// What follows a column of entities and has their names.
const NAME: &str = "name";

/// Returns rows as a document.
pub(super) fn written(rows: &Rows<'_>, telling: &Telling) -> String {
    let Some(&language) = rows.languages.first() else { return String::new() };
    let line = |text: &str| markdown_line(text, language.direction());
    let mut out = String::new();
    // Writing to memory does not fail.
    let _ = markdown_opening(&mut out, language, &telling.title);
    for (name, value) in &telling.values {
        out.extend(["- ", &line(name), ": ", &line(value), "\n"]);
    }
    let columns: Vec<&str> = rows.columns().collect();
    // A name is that of the entity in the column before it: the two are one.
    let shown: Vec<(&str, bool)> = columns
        .iter()
        .enumerate()
        .filter(|(at, column)| *at == 0 || **column != NAME)
        .map(|(at, column)| (*column, columns.get(at + 1) == Some(&NAME)))
        .collect();
    let heads: Vec<String> =
        shown.iter().map(|(column, is_named)| line(if *is_named { NAME } else { column })).collect();
    out.extend(["\n| ", &heads.join(" | "), " |\n|", &"---|".repeat(heads.len()), "\n"]);
    let mut notes = Notes::default();
    for row in rows.all() {
        let mut cells: Vec<String> =
            shown.iter().map(|(column, is_named)| cell(&row, column, *is_named, language.direction())).collect();
        if let Some(first) = cells.first_mut() {
            first.push_str(&notes.of(&row, language.direction()));
        }
        out.extend(["| ", &cells.join(" | "), " |\n"]);
    }
    out.push('\n');
    for note in notes.texts {
        out.extend([&note, "\n"]);
    }
    out.extend(["\n", CLOSING, "\n"]);
    out
}

/// A cell, which leads to what it names.
fn cell(row: &Row<'_>, column: &str, is_named: bool, base: Direction) -> String {
    let Some(term) = row.term(column) else {
        return row.text(NAME).filter(|_| is_named).map(|text| markdown_line(&text, base)).unwrap_or_default();
    };
    let text = if is_named { row.text(NAME) } else { None };
    let text = markdown_line(&text.or_else(|| row.text(column)).unwrap_or_default(), base);
    match term {
        oxrdf::Term::NamedNode(_) => format!("[{text}](<{}>)", spelled(term).replace(['<', '>', '|'], "")),
        oxrdf::Term::Literal(_) | oxrdf::Term::BlankNode(_) | oxrdf::Term::Triple(_) => text,
    }
}

/// The footnotes, each once, in the order in which they are first cited.
#[derive(Default)]
struct Notes {
    numbers: BTreeMap<String, usize>,
    texts: Vec<String>,
}

impl Notes {
    /// The marks of what a row cites.
    fn of(&mut self, row: &Row<'_>, base: Direction) -> String {
        let (cited, unknown) = row.cited();
        let cited = cited.into_iter().map(|cited| {
            let number = cited.paragraph.map(|number| format!(", {}", markdown_line(number, base))).unwrap_or_default();
            let text = format!("{}{number}. <{}>", markdown_line(cited.document.label, base), cited.iri);
            (cited.reference, text)
        });
        let unknown = unknown.into_iter().map(|text| (text.clone(), markdown_line(&text, base)));
        let marks = cited.chain(unknown).map(|(reference, text)| {
            let next = self.numbers.len() + 1;
            let number = *self.numbers.entry(reference).or_insert(next);
            if number == next {
                self.texts.push(format!("[^{number}]: {text}"));
            }
            format!("[^{number}]")
        });
        marks.collect()
    }
}

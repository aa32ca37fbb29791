//! What an engine must know of the rows of a piece of a table, to find out which shards need them.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use hashbrown::HashSet;
use serde::Serialize;

use super::record::write_line;
use super::{Opened, ShardError, open};
use crate::finding::{Code, Severity};
use crate::link;
use crate::model::{Language, PropertyId, ascii_digits, fold, visible};
use crate::ontology::{Column, Ontology, PropertyKind, Range};
use crate::read::{Part, Role, Row, Source, Table, TableKind};
use crate::sort;

/// A row, and what it declares and names.
#[derive(Debug, Default, Serialize)]
struct Facts<'t> {
    /// `e` declares an entity, `p` a paragraph, `s` makes a statement; `u` would declare an entity if it were not wrong. `m`,
    /// `n` and `x` are malformed, in tables of entities, paragraphs and statements.
    kind: &'static str,
    line: usize,
    text: &'t str,
    /// The id of the entity or the number of the paragraph that it declares.
    id: Option<String>,
    /// Whether the entity is a document.
    document: bool,
    /// References to the subjects of its statements, in the direction in which they are kept; or to its document.
    owners: Vec<String>,
    /// For each of these a reference to the other end of the link; nothing where there is none, or only one can be right.
    ends: Vec<String>,
    /// All references to entities, without what nobody sees; and folded.
    refs: Vec<String>,
    folded: Vec<String>,
    /// These again, to be looked up.
    #[serde(skip)]
    known: HashSet<String>,
    /// The sources: references to documents, and numbers of paragraphs.
    documents: Vec<String>,
    numbers: Vec<String>,
    /// What it is called, or calls another: folded, and for an entity as it is written.
    names: Vec<String>,
    written: Vec<String>,
    /// The acronyms, folded, each with its language.
    acronyms: Vec<String>,
    /// What stands in columns that mean nothing, which is reported: folded.
    unsure: Vec<String>,
}

impl Facts<'_> {
    fn refer(&mut self, reference: &str) {
        let clean = visible(reference);
        if self.known.contains(&*clean) {
            return;
        }
        self.known.insert(clean.clone().into_owned());
        self.folded.push(fold(reference));
        self.refs.push(clean.into_owned());
        if reference.contains('|') {
            // Where nobody is called so, each part may be meant. That a shard knows more of others changes nothing.
            reference.split('|').for_each(|part| self.refer(part.trim()));
        }
    }

    fn owned_by(&mut self, reference: &str, end: &str) {
        self.owners.push(visible(reference).into_owned());
        self.ends.push(visible(end).into_owned());
    }

    /// Adds the sources in a row.
    fn cite(&mut self, table: &Table, row: u32) {
        let Some(column) = table.column(Column::Source) else { return };
        table.values(row, column).for_each(|(_, text)| self.cited(&text));
    }

    /// Adds a source; what is none is a reference.
    fn cited(&mut self, text: &str) {
        let (document, number) = text.rsplit_once('#').unwrap_or((text, ""));
        let (document, number) = (document.trim_end(), number.trim_start());
        self.refer(document);
        self.documents.push(visible(document).into_owned());
        let number = visible(number);
        let also = ascii_digits(&number);
        if also != number {
            self.documents.push(visible(document).into_owned());
            self.numbers.push(also.into_owned());
        }
        self.numbers.push(number.into_owned());
    }
}

/// Reads a piece of a table that begins in that line of it, and writes what there is to know of its rows, a JSON object a
/// line. The header is in the folder of the plan.
///
/// # Errors
///
/// If the piece cannot be read at all, or a pipe is broken.
pub(crate) fn rows(
    folder: PathBuf,
    ontology: Ontology,
    table: &str,
    line: u32,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<(), ShardError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
    let mut part = Part::new(folder, [table.to_owned()]);
    if !part.add(table, &Row { role: Role::Guest, is_told: true, line, text }) {
        return Err(ShardError::Row(1));
    }
    let Opened { dataset, ontology, findings } = open(&Source::Part(part), ontology)?;
    let lost = |code| matches!(code, Code::WrongEncoding | Code::OversizedTable | Code::UnclosedQuote);
    if let Some(finding) = findings.into_iter().find(|it| it.severity() == Severity::Violation && lost(it.code)) {
        return Err(ShardError::Table(Box::new(finding)));
    }
    let tables = (0..).zip(&dataset.tables);
    for (number, table) in tables.filter(|(_, it)| it.file() == table) {
        let languages = &dataset.config.languages;
        let reading = Reading { table, ontology: &ontology, languages };
        let mut declared = match table.kind() {
            TableKind::Entities => link::declared(&dataset, &ontology, number),
            TableKind::Statements | TableKind::Paragraphs => Vec::new(),
        };
        sort::by_key(&mut declared, |(row, ..)| *row);
        let mut declared = declared.into_iter().peekable();
        for row in 0..table.rows() {
            let facts = match table.kind() {
                TableKind::Entities => match declared.next_if(|(declared, ..)| *declared == row) {
                    Some((_, id, class)) => reading.entity(row, id, ontology.is_a(class, ontology.known().document)),
                    None => reading.unplaced(row),
                },
                TableKind::Statements => reading.statement(row),
                TableKind::Paragraphs => reading.paragraph(row),
            };
            let Some((line, text)) = table.row_text(row) else { continue };
            let mut facts = Facts { line, text, ..facts };
            for (_, word) in table.wrong_columns().iter().flat_map(|&column| table.values(row, column)) {
                facts.cited(&word);
                facts.unsure.push(fold(&word));
            }
            write_line(&facts, out)?;
        }
        // What refers to a row that could not be taken apart is left out without a word, too.
        let kind = match table.kind() {
            TableKind::Entities => "m",
            TableKind::Paragraphs => "n",
            TableKind::Statements => "x",
        };
        for (line, text) in table.malformed() {
            let mut facts = Facts { kind, line, text, names: link::pieces(text).collect(), ..Facts::default() };
            link::raw_pieces(text).for_each(|piece| facts.cited(piece));
            write_line(&facts, out)?;
        }
    }
    Ok(())
}

/// A table while its rows are looked at.
struct Reading<'a> {
    table: &'a Table,
    ontology: &'a Ontology,
    languages: &'a [Language],
}

impl<'a> Reading<'a> {
    fn cell(&self, row: u32, column: Column) -> String {
        self.table.column(column).map(|column| self.table.cell(row, column).into_owned()).unwrap_or_default()
    }

    /// The columns of properties.
    fn terms(&self) -> impl Iterator<Item = (u16, PropertyId, Option<Language>)> + use<'a> {
        (0..).zip(self.table.columns()).filter_map(|(number, column)| match column {
            Some(Column::Term(property, language)) => Some((number, *property, *language)),
            _ => None,
        })
    }

    fn links(&self, property: PropertyId) -> bool {
        matches!(self.ontology.property(property).range, Range::Entity(_))
    }

    fn entity(&self, row: u32, id: String, document: bool) -> Facts<'a> {
        let mut facts = Facts { kind: "e", document, ..Facts::default() };
        facts.owned_by(&id, "");
        self.name(row, &mut facts);
        for (column, property, _) in self.terms() {
            if self.ontology.property(property).kind != PropertyKind::Claim || !self.links(property) {
                continue;
            }
            for (_, text) in self.table.values(row, column) {
                facts.refer(&text);
                if let Some(kept) = self.ontology.property(property).written_as {
                    facts.owned_by(&text, if self.ontology.property(kept).functional { "" } else { &id });
                }
            }
        }
        facts.cite(self.table, row);
        Facts { id: Some(id), ..facts }
    }

    /// A row that declares nothing, for its id or its class is wrong: what refers to it is left out without a word.
    fn unplaced(&self, row: u32) -> Facts<'a> {
        let mut facts = Facts { kind: "u", ..Facts::default() };
        self.name(row, &mut facts);
        let id = self.cell(row, Column::Id);
        facts.refer(&id);
        facts.names.push(fold(&id));
        for (column, _, _) in self.terms().filter(|(_, property, _)| self.links(*property)) {
            self.table.values(row, column).for_each(|(_, text)| facts.refer(&text));
        }
        facts.cite(self.table, row);
        facts
    }

    /// Adds what the entity of a row is called, in the order in which it has its names.
    fn name(&self, row: u32, facts: &mut Facts<'a>) {
        let known = self.ontology.known();
        let naming = known.naming();
        let mut columns: Vec<_> = self.terms().filter(|(_, property, _)| naming.contains(property)).collect();
        sort::by_key(&mut columns, |(_, property, language)| (*property, *language));
        for (column, property, language) in columns {
            for (_, text) in self.table.values(row, column) {
                let folded = fold(&text);
                if property == known.acronym {
                    let tag = language.as_ref().map_or("", Language::as_str);
                    facts.acronyms.push(format!("{tag}\u{1F}{folded}"));
                }
                facts.names.push(folded);
                facts.written.push(text.into_owned());
            }
        }
    }

    fn statement(&self, row: u32) -> Facts<'a> {
        let mut facts = Facts { kind: "s", ..Facts::default() };
        let (subject, object) = (self.cell(row, Column::Subject), self.cell(row, Column::Object));
        let word = self.cell(row, Column::Property);
        let property = self.ontology.tagged_property(&word, self.languages).ok().map(|(property, _)| property);
        let link = property.is_some_and(|property| self.links(property));
        let is_turned = property.is_some_and(|it| link && self.ontology.property(it).written_as.is_some());
        let kept = property.and_then(|it| self.ontology.property(it).written_as.or(Some(it)));
        let is_spread = link && kept.is_some_and(|kept| !self.ontology.property(kept).functional);
        let (owner, end) = if is_turned { (&object, &subject) } else { (&subject, &object) };
        facts.owned_by(owner, if is_spread { end } else { "" });
        facts.refer(&subject);
        // What an unknown property would link is looked for as well.
        if link || property.is_none() {
            facts.refer(&object);
        }
        if property.is_some_and(|property| self.ontology.known().naming().contains(&property)) {
            facts.names.push(fold(&object));
        }
        for (column, _, _) in self.terms().filter(|(_, property, _)| self.links(*property)) {
            for (_, text) in self.table.values(row, column) {
                facts.refer(&text);
            }
        }
        facts.cite(self.table, row);
        facts
    }

    fn paragraph(&self, row: u32) -> Facts<'a> {
        let mut facts = Facts { kind: "p", ..Facts::default() };
        let document = self.cell(row, Column::Document);
        facts.owned_by(&document, "");
        facts.refer(&document);
        Facts { id: Some(visible(&self.cell(row, Column::Number)).into_owned()), ..facts }
    }
}

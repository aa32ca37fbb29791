//! Terms of the data set's own, from a table or sheet called `terms`.
//!
//! They are read before all other tables, which may use them, and become Turtle, as if they stood in a file of
//! `ontology`. A row that declares no term that could be used is reported, and the rest is read all the same.

mod term;

use std::collections::BTreeMap;

use oxrdf::NamedNode;

use super::content::Content;
use super::signature::{TERMS_SHEET, TERMS_TURTLE};
use crate::finding::{Code, Finding, Findings, Location};
use crate::model::{Language, fold};
use crate::ontology::{Ontology, nearest};

/// The columns of a table of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Kind,
    SubClassOf,
    SubPropertyOf,
    Domain,
    Range,
    Inverse,
    Colour,
    Shape,
    Label(Language),
    Definition(Language),
}

/// The headers without a language.
const HEADERS: [(&str, Column); 9] = [
    ("name", Column::Name),
    ("kind", Column::Kind),
    ("subClassOf", Column::SubClassOf),
    ("subPropertyOf", Column::SubPropertyOf),
    ("domain", Column::Domain),
    ("range", Column::Range),
    ("inverse", Column::Inverse),
    ("colour", Column::Colour),
    ("shape", Column::Shape),
];

/// What a row declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Class,
    Property,
    Qualifier,
    Value,
}

const KINDS: [(&str, Kind); 4] =
    [("class", Kind::Class), ("property", Kind::Property), ("qualifier", Kind::Qualifier), ("value", Kind::Value)];

/// Tells whether a sheet, or a file without its extension, is called as a table of terms is.
pub(super) fn is_called_so(name: &str) -> bool {
    name.eq_ignore_ascii_case(TERMS_SHEET)
}

/// The name of a file without its extension.
pub(super) fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Tells whether headers are those of a table of terms: a term in each row, or its Turtle.
pub(super) fn are_of_terms(headers: &[impl AsRef<str>]) -> bool {
    let has = |wanted: &str| headers.iter().any(|header| header.as_ref() == wanted);
    (has("name") && has("kind")) || are_turtle(headers)
}

/// Tells whether headers are those of a table of Turtle, as a workbook that was exported has the terms.
fn are_turtle(headers: &[impl AsRef<str>]) -> bool {
    matches!(headers, [only] if only.as_ref() == TERMS_TURTLE)
}

/// Tells whether a table declares terms, by its name and its headers.
pub(super) fn is_terms(content: &Content) -> bool {
    let name = match content {
        Content::Sheet(sheet) => sheet.name(),
        Content::Delimited(_) | Content::Json(_) | Content::Rdf(_) | Content::Created(_) => stem(content.file()),
    };
    is_called_so(name) && are_of_terms(&content.headers())
}

/// A row whose name and kind can be used.
#[derive(Debug, Clone)]
struct Declared {
    row: usize,
    name: String,
    kind: Kind,
}

/// Returns the Turtle of the terms of a table. `base` is that of the data set's IRIs.
pub(super) fn turtle(content: &Content, ontology: &Ontology, base: &str, findings: &mut Findings) -> String {
    let namespace = format!("{}/terms#", base.trim_end_matches(['/', '#']));
    let mut reading = Reading {
        content,
        ontology,
        namespace,
        columns: Vec::new(),
        declared: Vec::new(),
        by_name: BTreeMap::new(),
        naming: BTreeMap::new(),
        findings,
    };
    if are_turtle(&content.headers()) {
        let rows = 0..content.grid().rows();
        return rows.map(|row| reading.text(row, 0)).collect::<Vec<_>>().join("\n");
    }
    reading.read_headers();
    reading.declare();
    let rows = reading.declared.clone();
    let written: Vec<_> = rows.iter().filter_map(|row| reading.term(row)).collect();
    written.join("\n")
}

struct Reading<'a> {
    content: &'a Content,
    ontology: &'a Ontology,
    namespace: String,
    columns: Vec<Option<Column>>,
    declared: Vec<Declared>,
    /// The numbers of the declared terms by their folded names.
    by_name: BTreeMap<String, usize>,
    /// The numbers of the properties that name an inverse, by its folded name.
    naming: BTreeMap<String, usize>,
    findings: &'a mut Findings,
}

impl Reading<'_> {
    fn read_headers(&mut self) {
        for (number, header) in self.content.headers().into_iter().enumerate() {
            let (name, tag) = header.split_once('@').map_or((&*header, None), |(name, tag)| (name, Some(tag)));
            let place = || self.content.header_place(number);
            let plain = HEADERS.iter().find(|(known, _)| *known == &*header).map(|(_, column)| *column);
            let column = match (plain, name, tag.map(Language::parse)) {
                (Some(column), ..) => Some(column),
                (None, "label", Some(Ok(language))) => Some(Column::Label(language)),
                (None, "definition", Some(Ok(language))) => Some(Column::Definition(language)),
                (None, "label" | "definition", None | Some(Err(_))) => {
                    let finding = Finding::new(Code::InvalidLanguage, place(), format!("`{header}` needs a language"));
                    self.findings.push(finding.help(format!("write `{name}@en`, or another tag after the `@`")));
                    None
                }
                (None, "", _) => None,
                (None, ..) => {
                    let finding = Finding::new(Code::UnknownHeader, place(), format!("unknown column `{header}`"));
                    let known = HEADERS.iter().map(|(known, _)| *known);
                    let help = match nearest(&header, known.clone(), 1).first() {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!(
                            "a table of terms has {}, label@… and definition@…",
                            known.collect::<Vec<_>>().join(", ")
                        ),
                    };
                    self.findings.push(finding.help(help));
                    None
                }
            };
            self.columns.push(column);
        }
    }

    /// Reads names and kinds.
    fn declare(&mut self) {
        for row in 0..self.content.grid().rows() {
            let (name, kind) = (self.cell(row, Column::Name), self.cell(row, Column::Kind));
            let Some(kind) = self.kind(row, &kind) else { continue };
            if !self.is_free(row, &name, kind) {
                continue;
            }
            let inverse = self.cell(row, Column::Inverse);
            if !inverse.is_empty() {
                self.naming.entry(fold(&inverse)).or_insert(self.declared.len());
            }
            self.by_name.insert(fold(&name), self.declared.len());
            self.declared.push(Declared { row, name, kind });
        }
    }

    fn kind(&mut self, row: usize, word: &str) -> Option<Kind> {
        let found = KINDS.iter().find(|(name, _)| *name == word.to_lowercase()).map(|(_, kind)| *kind);
        if found.is_none() {
            let kinds = KINDS.map(|(name, _)| name).join(", ");
            self.report(row, Column::Kind, format!("`{word}` is no kind of term"), format!("write one of: {kinds}"));
        }
        found
    }

    /// Tells whether a term can have that name, or reports why not.
    fn is_free(&mut self, row: usize, name: &str, kind: Kind) -> bool {
        let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if !name.starts_with(char::is_alphabetic) || !name.chars().all(legal) {
            let help = "begin with a letter, and use letters, digits, `-` and `_` only, as in `hostCountry`; its label may be any text";
            self.report(row, Column::Name, format!("`{name}` cannot name a term"), help);
            return false;
        }
        let taken = match kind {
            Kind::Class => self.ontology.class_by_name(name).is_some(),
            Kind::Property | Kind::Qualifier => {
                self.ontology.column(name, &[]).is_ok() || self.ontology.property_by_name(name).is_some()
            }
            Kind::Value => self.ontology.value_by_name(name).is_some(),
        };
        if taken {
            self.report(
                row,
                Column::Name,
                format!("the ontology has a term `{name}` already"),
                "use that one, or give yours another name",
            );
        }
        let again = self.by_name.contains_key(&fold(name));
        if again {
            self.report(
                row,
                Column::Name,
                format!("the term `{name}` is already declared"),
                "each term has one row and a name of its own",
            );
        }
        !taken && !again
    }

    fn own(&self, name: &str) -> String {
        NamedNode::new_unchecked(format!("{}{name}", self.namespace)).to_string()
    }

    fn report(&mut self, row: usize, column: Column, message: String, help: impl Into<String>) {
        let place = self.place(row, column);
        self.findings.push(Finding::new(Code::InvalidTerm, place, message).help(help));
    }

    fn place(&self, row: usize, column: Column) -> Location {
        let number = self.columns.iter().position(|known| *known == Some(column));
        number.map_or_else(|| self.content.row_place(row), |number| self.content.place(row, number, 0, '|'))
    }

    /// The text of a row under a column; empty where the table has none.
    fn cell(&self, row: usize, column: Column) -> String {
        let number = self.columns.iter().position(|known| *known == Some(column));
        number.map_or_else(String::new, |number| self.text(row, number))
    }

    fn text(&self, row: usize, number: usize) -> String {
        let raw = &self.content.text()[self.content.grid().cell(row, number)];
        self.content.syntax('|').whole(raw).into_owned()
    }

    fn values(&self, row: usize, column: Column) -> Vec<String> {
        let Some(number) = self.columns.iter().position(|known| *known == Some(column)) else { return Vec::new() };
        let raw = &self.content.text()[self.content.grid().cell(row, number)];
        self.content.syntax('|').values(raw).map(|(_, text)| text.into_owned()).collect()
    }
}

//! Tables with labels in place of local names, for people to read: headers, classes, properties and controlled values.
//!
//! Tables are read with labels as well as with names. Where a label would mean something else then, the name stays.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::network::{Cell, Column, Values};
use super::sheet::{self, Book};
use super::{ExportError, Options};
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, Language, PropertyId};
use crate::ontology::{self, Ontology, RESERVED, Range, preferred};

/// Headers that are the tables' own and no terms.
const OWN: [&str; 9] = ["label", "iri", "type", "validFrom", "validTo", "year", "language", "value", "weight"];

/// Writes tables whose terms are labels.
pub(super) struct Labelled<'a, B> {
    book: &'a mut B,
    ontology: &'a Ontology,
    /// The languages of labels, best first.
    languages: &'a [Language],
    /// The languages in which words are looked for first when the tables are read.
    spoken: &'a [Language],
    columns: Vec<Meaning>,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// Text, numbers, ids.
    Other,
    /// Classes.
    Class,
    /// Properties.
    Property,
    /// Controlled values of a class.
    Value(ClassId),
    /// Values of the property that stands in the column of that number.
    Claimed(usize),
}

impl<'a, B: Book> Labelled<'a, B> {
    /// Returns a book whose tables come out in the first of the languages that has a label.
    pub(super) fn new(graph: &'a KnowledgeGraph, options: &'a Options, book: &'a mut B) -> Self {
        let spoken = &graph.config().languages;
        Self { book, ontology: graph.ontology(), languages: &options.languages, spoken, columns: Vec::new() }
    }

    /// What a column is called, but for its language.
    fn header(&self, column: &Column) -> Option<String> {
        let name = column.name.as_str();
        if column.language.is_none() && OWN.contains(&name) {
            return None;
        }
        let reserved = if name == "sources" { "source" } else { name };
        if let Some(reserved) = RESERVED.iter().find(|known| known.name == reserved) {
            let tag = self.languages.first().map(|language| language.primary().to_string()).unwrap_or_default();
            return Some(reserved.label(&tag).to_owned());
        }
        let property = self.ontology.property_by_name(name)?;
        let label = self.property_label(property)?;
        let written = column.language.map_or_else(|| label.to_owned(), |language| format!("{label}@{language}"));
        let meaning = ontology::Column::Term(property, column.language);
        (self.ontology.column(&written, self.spoken) == Ok(meaning)).then(|| label.to_owned())
    }

    /// The label of a property, if it means this one alone.
    fn property_label(&self, id: PropertyId) -> Option<&'a str> {
        let label = preferred(&self.ontology.property(id).labels, self.languages)?;
        (self.ontology.property_called(label, self.spoken) == Ok(id)).then_some(label)
    }

    fn meaning(&self, columns: &[Column], column: &Column) -> Meaning {
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        match column.name.as_str() {
            "class" | "type" => Meaning::Class,
            "property" => Meaning::Property,
            "rank" => self.ontology.class_by_name("Rank").map_or(Meaning::Other, Meaning::Value),
            "value" => place("property").map_or(Meaning::Other, Meaning::Claimed),
            name => self.ontology.property_by_name(name).map_or(Meaning::Other, |id| self.values_of(id)),
        }
    }

    fn values_of(&self, property: PropertyId) -> Meaning {
        match self.ontology.property(property).range {
            Range::Value(class) => Meaning::Value(class),
            Range::Entity(_) | Range::Literal(_) => Meaning::Other,
        }
    }

    /// The word for a term in a cell, if there is one that means it.
    fn word(&self, meaning: Meaning, name: &str) -> Option<&'a str> {
        let ontology = self.ontology;
        match meaning {
            Meaning::Other | Meaning::Claimed(_) => None,
            Meaning::Property => self.property_label(ontology.property_by_name(name)?),
            Meaning::Class => {
                let id = ontology.class_by_name(name)?;
                let label = preferred(&ontology.class(id).labels, self.languages)?;
                let entity = ontology.known().entity;
                let found = ontology.class_called(label, |class| ontology.is_a(class, entity), self.spoken);
                (found == Ok(id)).then_some(label)
            }
            Meaning::Value(class) => {
                let id = ontology.value_by_name(name)?;
                let label = preferred(&ontology.value(id).labels, self.languages)?;
                (ontology.value_called(label, class, self.spoken) == Ok(id)).then_some(label)
            }
        }
    }

    /// A cell in words. Local names have no `|`, so that a list can be taken apart at each.
    fn in_words<'c>(&self, cell: &Cell<'c>, cells: &[Cell<'c>]) -> Cell<'c> {
        let meaning = match self.columns.get(cell.column) {
            Some(Meaning::Claimed(by)) => {
                let property = cells.iter().find(|cell| cell.column == *by).map_or("", sheet::text);
                self.ontology.property_by_name(property).map_or(Meaning::Other, |id| self.values_of(id))
            }
            Some(meaning) => *meaning,
            None => Meaning::Other,
        };
        if matches!(meaning, Meaning::Other) {
            return cell.clone();
        }
        let names = sheet::text(cell).split('|');
        let words =
            names.map(|name| self.word(meaning, name).map_or_else(|| name.to_owned(), |word| word.replace('|', "\\|")));
        let words: Vec<_> = words.collect();
        Cell { column: cell.column, values: Values::One(Cow::Owned(words.join("|"))) }
    }
}

impl<B: Book> Book for Labelled<'_, B> {
    fn begin(&mut self, name: &str, columns: &[Column]) -> Result<(), ExportError> {
        self.columns = columns.iter().map(|column| self.meaning(columns, column)).collect();
        let mut taken: BTreeSet<String> = columns.iter().map(Column::header).collect();
        let labelled = columns.iter().map(|column| {
            let label = self.header(column).map(|name| Column { name, ..column.clone() });
            label.filter(|label| taken.insert(label.header())).unwrap_or_else(|| column.clone())
        });
        self.book.begin(name, &labelled.collect::<Vec<_>>())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError> {
        let words: Vec<_> = cells.iter().map(|cell| self.in_words(cell, cells)).collect();
        self.book.row(&words)
    }
}

//! What leads to nothing in a shard, for the whole to find what may be meant.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use super::ShardError;
use super::record::{self, Record};
use crate::link::{MOST_SUGGESTIONS, Open, Unknown};
use crate::model::StatementStore;
use crate::ontology::Ontology;

/// What leads to nothing, with the finding that says so.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OpenRecord {
    /// The finding as JSON.
    pub(super) finding: serde_json::Value,
    pub(super) unknown: What,
    /// The word that is none.
    pub(super) word: String,
    /// The entity in whose row it stands, if it is no other row.
    subject: Option<String>,
    /// Whether it stands in the row of a paragraph.
    is_paragraph: bool,
    /// In what order the shard has come upon it.
    number: usize,
}

/// What leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum What {
    Entity,
    Property,
    /// A controlled value of the class of that name.
    Value(String),
    /// A paragraph of the document of that id.
    Paragraph(String),
}

impl OpenRecord {
    pub(super) fn of(open: &Open, number: usize, linked: &StatementStore, ontology: &Ontology) -> Self {
        let (unknown, word) = match &open.unknown {
            Unknown::Entity(word) => (What::Entity, word),
            Unknown::Property(word) => (What::Property, word),
            Unknown::Value(class, word) => (What::Value(ontology.class(*class).name.clone()), word),
            Unknown::Paragraph(document, word) => (What::Paragraph(linked.id(*document).to_owned()), word),
        };
        let finding = serde_json::from_str(&record::told(&open.finding)).unwrap_or_default();
        let subject = open.subject.map(|subject| linked.id(subject).to_owned());
        Self { finding, unknown, word: word.clone(), subject, is_paragraph: open.is_paragraph, number }
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A text by which records are in the order in which one process comes upon what they tell: paragraphs, the rows of
    /// entities by their ids, other rows; and in a row as it is read.
    pub(super) fn key(&self) -> String {
        let (file, line) = (self.finding["file"].as_str().unwrap_or_default(), self.finding["line"].as_u64());
        let row = format!("{file}\u{1F}{:010}\u{1F}{:010}", line.unwrap_or_default(), self.number);
        match &self.subject {
            Some(subject) => format!("1\u{1F}{subject}\u{1F}{row}"),
            None if self.is_paragraph => format!("0\u{1F}{row}"),
            None => format!("2\u{1F}{row}"),
        }
    }
}

/// What is open in all shards.
#[derive(Debug, Default)]
pub(super) struct AllOpen {
    /// Each with whether something is looked for that is like it.
    pub(super) words: Vec<(OpenRecord, bool)>,
    /// The documents among those that are cited wrongly that have paragraphs.
    pub(super) with_paragraphs: BTreeSet<String>,
}

impl AllOpen {
    /// Takes records of what is open, in the order of their keys, and of the documents that have paragraphs.
    pub(super) fn of(open: Vec<OpenRecord>, with_paragraphs: BTreeSet<String>) -> Self {
        let mut count = 0;
        let counted = |open: &OpenRecord| {
            count += usize::from(!matches!(&open.unknown, What::Paragraph(id) if !with_paragraphs.contains(id)));
            // As when all is read by one process.
            count <= MOST_SUGGESTIONS && !open.word.is_empty()
        };
        let are_sought: Vec<bool> = open.iter().map(counted).collect();
        Self { words: open.into_iter().zip(are_sought).collect(), with_paragraphs }
    }
}

/// What is looked for in all names, and the documents all of whose paragraphs are.
#[derive(Debug, Default, Serialize)]
struct Sought {
    words: BTreeSet<String>,
    documents: BTreeSet<String>,
}

/// Reads what shards left open, in the order of the keys, with the cited documents that have paragraphs; and writes of which
/// words something alike is to be looked for among all names, and of which documents all paragraphs are needed.
///
/// # Errors
///
/// If what comes is no record, or a pipe is broken.
pub(crate) fn sought(input: impl BufRead, out: &mut impl Write) -> Result<(), ShardError> {
    let (mut open, mut documents) = (Vec::new(), BTreeSet::new());
    for record in record::read(input) {
        let record = record?;
        take(&record, &mut open, &mut documents)?;
    }
    let mut sought = Sought::default();
    for (open, _) in AllOpen::of(open, documents).words.into_iter().filter(|(_, is_sought)| *is_sought) {
        match open.unknown {
            What::Entity => drop(sought.words.insert(open.word)),
            What::Paragraph(document) => drop(sought.documents.insert(document)),
            What::Property | What::Value(_) => {}
        }
    }
    Ok(record::write_line(&sought, out)?)
}

/// Takes a record, if it is one of what is open or of a document that has paragraphs.
pub(super) fn take(
    record: &Record<'_>,
    open: &mut Vec<OpenRecord>,
    documents: &mut BTreeSet<String>,
) -> Result<(), ShardError> {
    match &*record.what {
        "open" => open.push(record.said()?),
        "document" => documents.extend(record.one.as_deref().map(str::to_owned)),
        _ => {}
    }
    Ok(())
}

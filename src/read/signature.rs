//! How tables begin that the program itself has written for analysts.

use crate::model::fold;
use crate::ontology::RESERVED;

/// The sheet of a workbook that says what `dataset.toml` says.
pub(crate) const CONFIG_SHEET: &str = "dataset";

/// What the table or the sheet of terms of the data set's own is called.
pub(crate) const TERMS_SHEET: &str = "terms";

/// The header of terms that are Turtle, a statement in each row.
pub(crate) const TERMS_TURTLE: &str = "turtle";

/// A table as the exports of CSV and XLSX write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exported {
    /// Entities of a class, with what is claimed of them for people to see.
    Entities,
    /// All statements, with the names of both ends.
    Statements,
    /// The paragraphs of documents.
    Paragraphs,
    /// The keys of `dataset.toml` with their values.
    Config,
}

const SIGNATURES: [(Exported, &[&str]); 4] = [
    (Exported::Entities, &["id", "label", "iri", "class", "type"]),
    (
        Exported::Statements,
        &["subject", "subjectLabel", "property", "label", "object", "objectLabel", "value", "language", "iri"],
    ),
    (Exported::Paragraphs, &["document", "number", "iri"]),
    (Exported::Config, &["key", "value"]),
];

impl Exported {
    /// Tells by its headers what a table is, if it is such a one.
    pub(super) fn of(headers: &[impl AsRef<str>]) -> Option<Self> {
        let begins = |(_, start): &&(Self, &[&str])| {
            headers.len() >= start.len()
                && headers.iter().zip(*start).all(|(header, wanted)| canonical(header.as_ref()) == *wanted)
        };
        SIGNATURES.iter().find(begins).map(|(exported, _)| *exported)
    }
}

/// What a header of such a table is called where names are written: that of a reserved word may be its label.
pub(super) fn canonical(header: &str) -> &str {
    let folded = fold(header);
    let is_it = |label: &str| label == header || fold(label) == folded;
    let reserved = RESERVED.iter().find(|reserved| reserved.labels.iter().any(|(_, label)| is_it(label)));
    match reserved.map_or(header, |reserved| reserved.name) {
        "source" => "sources",
        name => name,
    }
}

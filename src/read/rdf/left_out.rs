//! What a file of RDF says and no table takes: counted, and told once for each kind.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};
use crate::read::text::TextFile;
use crate::read::toml_string;

/// Kinds of what is left out. Each is told in the order of this list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeftOut {
    /// Things of a class that is not known.
    Class(String),
    /// Things of which no class is said.
    NoClass,
    /// Things without an IRI, of a class that is known.
    Blank,
    /// Triples with a property that is not known, or that such a thing cannot have.
    Property(String),
    /// Triples of a property that lead to a thing without an IRI.
    ToBlank(String),
    /// Texts of a property that are empty.
    Empty(String),
    /// Tags of languages of texts of a property that has none.
    Language(String),
}

/// How many kinds are told one by one.
const MOST: usize = 50;

/// How often something is left out, and the line that says it first.
#[derive(Debug, Default)]
pub(super) struct Count(BTreeMap<LeftOut, (usize, u32)>);

impl Count {
    pub(super) fn add(&mut self, what: LeftOut, line: u32) {
        let (count, _) = self.0.entry(what).or_insert((0, line));
        *count += 1;
    }

    /// Returns what is to be told.
    pub(super) fn findings(self, file: &TextFile) -> Vec<Finding> {
        let more = self.0.len().saturating_sub(MOST);
        let mut findings = Vec::new();
        for (what, (count, line)) in self.0.into_iter().take(MOST) {
            let (message, help) = what.told(count, file.name());
            let finding = Finding::new(Code::UnmappedRdf, file.locate_line(line), message);
            findings.push(finding.help(help));
        }
        if more > 0 {
            let message = format!("{more} more classes and properties of {} are left out", file.name());
            let finding = Finding::new(Code::UnmappedRdf, crate::finding::Location::file(file.name()), message);
            findings.push(finding.help("map those that matter in dataset.toml"));
        }
        findings
    }
}

impl LeftOut {
    fn told(&self, count: usize, file: &str) -> (String, String) {
        let s = if count == 1 { "" } else { "s" };
        let are = if count == 1 { "is" } else { "are" };
        let map = |key: &str, iri: &str| {
            let (file, iri) = (toml_string(file), toml_string(iri));
            format!("say in dataset.toml what it means: [rdf.{file}] {key} = {{ {iri} = \"…\" }}; \"\" leaves it out")
        };
        match self {
            Self::Class(iri) => (format!("{count} thing{s} of the class <{iri}> {are} left out"), map("classes", iri)),
            Self::NoClass => (
                format!("{count} thing{s} without a class {are} left out"),
                "only things of a class that is known or mapped are entities".to_owned(),
            ),
            Self::Blank => (
                format!("{count} thing{s} without an IRI {are} left out"),
                "give them IRIs: others could not refer to them".to_owned(),
            ),
            Self::Property(iri) => (format!("{count} triple{s} with <{iri}> {are} left out"), map("properties", iri)),
            Self::ToBlank(iri) => (
                format!("{count} triple{s} with <{iri}> {are} left out: a thing without an IRI is no entity"),
                "give it an IRI, or put the value itself in its place".to_owned(),
            ),
            Self::Empty(iri) => (
                format!("{count} empty text{s} of <{iri}> {are} left out"),
                "take the triple out, or give it a text".to_owned(),
            ),
            Self::Language(iri) => (
                format!("the language{s} of {count} text{s} of <{iri}> {are} left out"),
                "the property that it is mapped to takes no language".to_owned(),
            ),
        }
    }
}

//! Tables of a TOML document, read key by key, each mistake reported at its place.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::text::TextFile;
use crate::finding::{Code, Finding, Findings};
use crate::ontology::nearest;
use crate::sort;

/// A table of a TOML document.
#[derive(Clone)]
pub(super) struct Section<'a> {
    file: &'a TextFile,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    report: &'a Report,
}

/// What is wrong with a document.
#[derive(Debug)]
pub(super) struct Report {
    findings: RefCell<Findings>,
    /// Whether the document has mistakes of syntax, behind which keys may be hidden.
    is_torn: bool,
}

/// A string and its key.
pub(super) type Entry = (Spanned<String>, Spanned<String>);

/// Returns a finding about a place of `dataset.toml`.
fn invalid(file: &TextFile, span: Range<usize>, message: impl Into<String>) -> Finding {
    Finding::new(Code::InvalidConfig, file.locate(span), message)
}

impl Report {
    /// Returns an empty report on a document with or without mistakes of syntax.
    pub(super) fn new(is_torn: bool) -> Self {
        Self { findings: RefCell::default(), is_torn }
    }

    /// Takes in a finding.
    pub(super) fn add(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// Returns the findings.
    pub(super) fn into_findings(self) -> Findings {
        self.findings.into_inner()
    }
}

impl<'a> Section<'a> {
    pub(super) fn new(file: &'a TextFile, table: &'a DeTable<'a>, span: Range<usize>, report: &'a Report) -> Self {
        Self { file, table, span, report }
    }

    /// Tells whether the document has mistakes of syntax.
    pub(super) fn is_torn(&self) -> bool {
        self.report.is_torn
    }

    /// Where the section is named.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Reports a mistake.
    pub(super) fn mistake(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.report.add(invalid(self.file, span, message).help(help));
    }

    /// The keys, in the order of the file.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a Spanned<DeString<'a>>> + use<'a> {
        let mut keys: Vec<_> = self.table.keys().collect();
        sort::by_key(&mut keys, |key| key.span().start);
        keys.into_iter()
    }

    /// Reports keys that are not known.
    pub(super) fn allow(&self, known: &[&str]) {
        for key in self.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let near = nearest(key.get_ref(), known.iter().copied(), 1);
            let help = match near.first() {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("the keys known here are {}", known.join(", ")),
            };
            self.mistake(key.span(), format!("unknown key `{}`", key.get_ref()), help);
        }
    }

    /// Returns the value of a key, if it is there.
    pub(super) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// Returns the string of a key, if it is there.
    pub(super) fn string(&self, key: &str) -> Option<Spanned<String>> {
        self.as_string(self.value(key)?)
    }

    /// Returns the string of a key that must be there.
    pub(super) fn required(&self, key: &str, example: &str) -> Option<Spanned<String>> {
        if self.value(key).is_none() {
            self.missing(key, example);
        }
        self.string(key)
    }

    /// Returns the strings of a key: an array, or one alone; none if it is not there.
    pub(super) fn strings(&self, key: &str) -> Vec<Spanned<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::String(_) => self.as_string(value).into_iter().collect(),
            DeValue::Array(array) => array.iter().filter_map(|value| self.as_string(value)).collect(),
            _ => {
                self.expected("a string or an array of strings", value);
                Vec::new()
            }
        }
    }

    /// Returns the table of a key, if it is there.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let (name, value) = self.table.get_key_value(key)?;
        let mut table = self.as_table(value)?;
        table.span = name.span();
        Some(table)
    }

    /// Returns the tables of a key: an array of them, or one alone; none if it is not there.
    pub(super) fn tables(&self, key: &str) -> Vec<Self> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(array) => array.iter().filter_map(|value| self.as_table(value)).collect(),
            _ => self.table(key).into_iter().collect(),
        }
    }

    /// Returns a value as a table.
    pub(super) fn as_table(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Self> {
        let Some(table) = value.get_ref().as_table() else {
            self.expected("a table", value);
            return None;
        };
        Some(Self { table, span: value.span(), ..self.clone() })
    }

    /// Returns all keys with their values, in the order of the file.
    pub(super) fn values(&self) -> Vec<(Spanned<String>, &'a Spanned<DeValue<'a>>)> {
        let entry = |key: &'a Spanned<Cow<'a, str>>| {
            let value = self.value(key.get_ref().as_ref())?;
            Some((Spanned::new(key.span(), key.get_ref().to_string()), value))
        };
        self.keys().filter_map(entry).collect()
    }

    /// Returns all keys with their strings, in the order of the file.
    pub(super) fn texts(&self) -> Vec<Entry> {
        self.values().into_iter().filter_map(|(key, value)| Some((key, self.as_string(value)?))).collect()
    }

    /// Reports that a key is missing, unless it may only be hidden.
    pub(super) fn missing(&self, key: &str, example: &str) {
        if !self.report.is_torn {
            let help = format!("add a line such as `{example}`");
            self.mistake(self.span.clone(), format!("the key `{key}` is missing"), help);
        }
    }

    /// Returns a value as a string.
    pub(super) fn as_string(&self, value: &Spanned<DeValue<'_>>) -> Option<Spanned<String>> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.expected("a string", value);
        }
        Some(Spanned::new(value.span(), text?.to_owned()))
    }

    /// Reports a value of the wrong type.
    pub(super) fn expected(&self, wanted: &str, value: &Spanned<DeValue<'_>>) {
        // What could not be read has a value that nobody wrote.
        if !self.report.is_torn {
            let message = format!("expected {wanted}, found {}", value.get_ref().type_str());
            self.mistake(value.span(), message, format!("write {wanted}"));
        }
    }
}

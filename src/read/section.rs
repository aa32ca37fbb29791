//! Tables of a TOML document, read key by key, each mistake with its place.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::text::TextFile;
use crate::finding::{Code, Finding};
use crate::ontology::nearest;

/// A table of a TOML document.
pub(super) struct Section<'a> {
    file: &'a TextFile,
    table: &'a DeTable<'a>,
    span: Range<usize>,
}

/// A string and its key.
pub(super) type Entry = (Spanned<String>, Spanned<String>);

/// Returns a finding about a place of `dataset.toml`.
pub(super) fn invalid(file: &TextFile, span: Range<usize>, message: impl Into<String>) -> Finding {
    Finding::new(Code::InvalidConfig, file.locate(span), message)
}

impl<'a> Section<'a> {
    pub(super) fn new(file: &'a TextFile, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { file, table, span }
    }

    /// The file that the section is in.
    pub(super) fn file(&self) -> &'a TextFile {
        self.file
    }

    /// The keys, in the order of the file.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a Spanned<DeString<'a>>> {
        let mut keys: Vec<_> = self.table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter()
    }

    /// Refuses keys that are not known.
    pub(super) fn allow(&self, known: &[&str]) -> Result<(), Box<Finding>> {
        let Some(key) = self.keys().find(|key| !known.contains(&key.get_ref().as_ref())) else {
            return Ok(());
        };
        let near = nearest(key.get_ref(), known.iter().copied(), 1);
        let help = match near.first() {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the keys known here are {}", known.join(", ")),
        };
        Err(invalid(self.file, key.span(), format!("unknown key `{}`", key.get_ref())).help(help).into())
    }

    /// Returns the string of a key, if it is there.
    pub(super) fn string(&self, key: &str) -> Result<Option<Spanned<String>>, Box<Finding>> {
        self.table.get(key).map(|value| self.as_string(value)).transpose()
    }

    /// Returns the string of a key that must be there.
    pub(super) fn required(&self, key: &str, example: &str) -> Result<Spanned<String>, Box<Finding>> {
        self.string(key)?.ok_or_else(|| self.missing(key, example).into())
    }

    /// Returns the strings of a key; none if it is not there.
    pub(super) fn strings(&self, key: &str) -> Result<Vec<Spanned<String>>, Box<Finding>> {
        let Some(value) = self.table.get(key) else {
            return Ok(Vec::new());
        };
        let array = value.get_ref().as_array().ok_or_else(|| self.expected("an array of strings", value))?;
        array.iter().map(|value| self.as_string(value)).collect()
    }

    /// Returns the table of a key, if it is there.
    pub(super) fn table(&self, key: &str) -> Result<Option<Self>, Box<Finding>> {
        let Some((name, value)) = self.table.get_key_value(key) else {
            return Ok(None);
        };
        let table = value.get_ref().as_table().ok_or_else(|| self.expected("a table", value))?;
        Ok(Some(Self { file: self.file, table, span: name.span() }))
    }

    /// Returns all keys with their strings, in the order of the file.
    pub(super) fn texts(&self) -> Result<Vec<Entry>, Box<Finding>> {
        let entry = |key: &Spanned<Cow<'a, str>>| {
            let value = self.table.get_key_value(key.get_ref().as_ref()).map(|(_, value)| self.as_string(value));
            Some(value?.map(|value| (Spanned::new(key.span(), key.get_ref().to_string()), value)))
        };
        self.keys().filter_map(entry).collect()
    }

    /// Returns the finding that a key is missing.
    pub(super) fn missing(&self, key: &str, example: &str) -> Finding {
        invalid(self.file, self.span.clone(), format!("the key `{key}` is missing"))
            .help(format!("add a line such as `{example}`"))
    }

    fn as_string(&self, value: &Spanned<DeValue<'_>>) -> Result<Spanned<String>, Box<Finding>> {
        let text = value.get_ref().as_str().ok_or_else(|| self.expected("a string", value))?;
        Ok(Spanned::new(value.span(), text.to_owned()))
    }

    fn expected(&self, wanted: &str, value: &Spanned<DeValue<'_>>) -> Box<Finding> {
        let message = format!("expected {wanted}, found {}", value.get_ref().type_str());
        Box::new(invalid(self.file, value.span(), message))
    }
}

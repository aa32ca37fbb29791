//! The columns of JSON Lines: which keys are headers, and which lead to nested values.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::Context;
use super::json::{Kind, Object, plain_text, range};
use super::text::TextFile;
use crate::finding::{Code, Finding};

/// A column: the keys that lead to its values.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) text: String,
    pub(super) path: Vec<String>,
    /// The key where it first appears.
    pub(super) place: Range<usize>,
}

/// Returns the columns in the order of first appearance; keys that never have a value come last. Keys with nested values
/// that nothing reaches are reported.
pub(super) fn headers(
    file: &TextFile,
    rows: &[(Range<usize>, Object<'_>)],
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<Header> {
    let mut headers = Headers { context, found: Vec::new(), seen: BTreeMap::new() };
    let mut empty = Vec::new();
    for (key, value) in rows.iter().flat_map(|(_, object)| &object.0) {
        let (Ok(name), place) = (plain_text(key), range(key, file.text())) else {
            continue;
        };
        let known = headers.seen.get(name.as_ref()).copied();
        let entry = match known {
            None | Some(Entry::Empty) => headers.entry(&name, value, &place),
            Some(entry) => entry,
        };
        match entry {
            Entry::Empty if known.is_none() => empty.push((name.clone().into_owned(), place)),
            Entry::Nested if known != Some(entry) => findings.push(nested_value(file, &name, place)),
            Entry::Languages => headers.add_languages(&name, value, file.text()),
            Entry::Empty | Entry::Nested | Entry::Column => {}
        }
        headers.seen.insert(name.into_owned(), entry);
    }
    empty.retain(|(name, _)| headers.seen.get(name) == Some(&Entry::Empty));
    headers.found.extend(empty.into_iter().map(|(name, place)| Header { path: vec![name.clone()], text: name, place }));
    headers.found
}

/// Returns the finding that a column has nested values.
pub(super) fn nested_value(file: &TextFile, header: &str, place: Range<usize>) -> Finding {
    let message = format!("`{header}` has nested values");
    let help = format!("map the parts that matter in dataset.toml, with dots: columns = {{ \"{header}.…\" = \"…\" }}");
    Finding::new(Code::UnknownHeader, file.locate(place), message).help(help)
}

/// The columns and keys found so far.
struct Headers<'a> {
    context: &'a Context<'a>,
    found: Vec<Header>,
    seen: BTreeMap<String, Entry>,
}

/// What is known of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// It has had no value yet, so it may become any of the others.
    Empty,
    /// It is a column, or a group of columns that the mapping names.
    Column,
    /// It has texts by language, and each language is a column.
    Languages,
    /// Its values are nested, which is reported.
    Nested,
}

impl Headers<'_> {
    /// Adds the columns of a key that is new.
    fn entry(&mut self, name: &str, value: &RawValue, place: &Range<usize>) -> Entry {
        let below = |(header, _): &(toml::Spanned<String>, _)| {
            let rest = header.get_ref().strip_prefix(name)?.strip_prefix('.')?;
            let path = std::iter::once(name).chain(rest.split('.')).map(str::to_owned).collect();
            Some(Header { text: header.get_ref().clone(), path, place: place.clone() })
        };
        let mapped: Vec<_> =
            self.context.mapping.into_iter().flat_map(|mapping| &mapping.columns).filter_map(below).collect();
        if !mapped.is_empty() {
            self.found.extend(mapped);
            return Entry::Column;
        }
        let column = Header { text: name.to_owned(), path: vec![name.to_owned()], place: place.clone() };
        if is_left_out(self.context, name) {
            self.found.push(column);
            return Entry::Column;
        }
        match kind_of_values(value) {
            Kind::Null => Entry::Empty,
            Kind::Object if Kind::of(value) == Kind::Object && self.needs_language(name) => Entry::Languages,
            Kind::Object | Kind::Array => Entry::Nested,
            Kind::Plain => {
                self.found.push(column);
                Entry::Column
            }
        }
    }

    fn needs_language(&self, name: &str) -> bool {
        self.context.ontology.is_text_in_languages(name, self.context.languages)
    }

    fn add_languages(&mut self, name: &str, texts: &RawValue, file: &str) {
        for (key, _) in Object::parse(texts.get()).map(|object| object.0).unwrap_or_default() {
            let Ok(tag) = plain_text(key) else {
                continue;
            };
            let header = format!("{name}@{tag}");
            if self.seen.insert(header.clone(), Entry::Column).is_none() {
                let path = vec![name.to_owned(), tag.into_owned()];
                self.found.push(Header { text: header, path, place: range(key, file) });
            }
        }
    }
}

/// Tells whether the mapping leaves a key out on purpose.
pub(super) fn is_left_out(context: &Context<'_>, key: &str) -> bool {
    let mut columns = context.mapping.into_iter().flat_map(|mapping| &mapping.columns);
    columns.any(|(name, target)| name.get_ref() == key && target.get_ref().trim().is_empty())
}

/// The kind of a value, or of the first in an array.
fn kind_of_values(value: &RawValue) -> Kind {
    match Kind::of(value) {
        Kind::Array => {
            let values = serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default();
            values.into_iter().map(Kind::of).find(|kind| *kind != Kind::Null).unwrap_or(Kind::Null)
        }
        kind => kind,
    }
}

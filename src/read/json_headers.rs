//! The columns of JSON and JSON Lines: which keys are headers, and which lead to nested values.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::value::RawValue;

use super::Context;
use super::json::{Found, Kind, Object, Objects, plain_text, range};
use super::json_missing::near;
use super::json_path::{Step, path};
use super::text::TextFile;
use crate::finding::{Code, Finding, Findings};

/// A column: the keys that lead to its values.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) text: String,
    pub(super) path: Vec<Step>,
    /// The key where it first appears.
    pub(super) place: Range<usize>,
    /// The header that the mapping has for it, and the language, if the column is that of one language.
    pub(super) in_language: Option<(String, String)>,
    /// The language in quotes, as it stands in each line that has a text in it and no escapes.
    pub(super) quoted: Option<String>,
}

/// How many columns are made of the languages beside the texts of one path: more than there are in all the world's
/// translated books.
const MOST_LANGUAGES: usize = 1000;

impl Header {
    fn plain(text: &str, place: Range<usize>) -> Self {
        Self { text: text.to_owned(), path: vec![Step::plain(text)], place, in_language: None, quoted: None }
    }
}

/// Returns the columns in the order of first appearance; keys that never have a value come last. Keys with nested values
/// that nothing reaches are reported.
pub(super) fn headers(
    file: &TextFile,
    rows: &[(Range<usize>, Object<'_>)],
    context: &Context<'_>,
    findings: &mut Findings,
) -> (Vec<Header>, Missing) {
    let mut below: BTreeMap<String, Vec<Header>> = BTreeMap::new();
    let mut missing = Missing::new();
    for (first, headers) in mapped(file, rows, context, (&mut missing, findings)) {
        below.entry(first).or_default().extend(headers);
    }
    let mut headers = Headers { context, mapped: below, found: Vec::new(), seen: BTreeMap::new() };
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
    headers.found.extend(empty.into_iter().map(|(name, place)| Header::plain(&name, place)));
    (headers.found, missing)
}

/// Paths of the mapping that no line has, each with what to do about it.
pub(super) type Missing = BTreeMap<String, String>;

/// Returns the finding that a column has nested values.
pub(super) fn nested_value(file: &TextFile, header: &str, place: Range<usize>) -> Finding {
    let message = format!("`{header}` has nested values");
    let help = format!("map the parts that matter in dataset.toml, with dots: columns = {{ \"{header}.…\" = \"…\" }}");
    Finding::new(Code::UnknownHeader, file.locate(place), message).help(help)
}

/// The columns and keys found so far.
struct Headers<'a> {
    context: &'a Context<'a>,
    /// The paths that the mapping names, by their first keys.
    mapped: BTreeMap<String, Vec<Header>>,
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
        if let Some(mapped) = self.mapped.remove(name) {
            self.found.extend(mapped.into_iter().map(|header| Header { place: place.clone(), ..header }));
            return Entry::Column;
        }
        let column = Header::plain(name, place.clone());
        if self.context.leaves_out(name) {
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
                let path = vec![Step::plain(name), Step::plain(&tag)];
                self.found.push(Header {
                    text: header,
                    path,
                    place: range(key, file),
                    in_language: None,
                    quoted: None,
                });
            }
        }
    }
}

/// The paths that a mapping names by their first keys, those to texts in several languages once for each. What no line has
/// is no column.
fn mapped(
    file: &TextFile,
    rows: &[(Range<usize>, Object<'_>)],
    context: &Context<'_>,
    (missing, findings): (&mut Missing, &mut Findings),
) -> Vec<(String, Vec<Header>)> {
    let Some(mapping) = context.mapping else { return Vec::new() };
    let objects: Vec<_> = rows.iter().map(|(_, object)| object).collect();
    let (mut mapped, mut seen) = (Vec::new(), BTreeSet::new());
    for (name, _) in mapping.headers().filter(|(header, _)| seen.insert((*header).to_owned())) {
        let Some(path) = path(name).filter(|path| path.len() > 1) else { continue };
        let first = path.first().map(|step| step.key.clone()).unwrap_or_default();
        if let Some(help) = near(&objects, &path) {
            missing.insert(name.to_owned(), help);
            // The key has a part that is mapped, if not rightly: that is told.
            let is_there = objects.iter().any(|object| object.get(&first).is_some());
            mapped.extend(is_there.then(|| (first, Vec::new())));
            continue;
        }
        let header = |path, in_language| Header { text: name.to_owned(), path, place: 0..0, in_language, quoted: None };
        let target = mapping.targets(name).and_then(|targets| targets.first());
        let Some(key) = target.and_then(|target| target.language.as_ref()) else {
            mapped.push((first, vec![header(path, None)]));
            continue;
        };
        if let Some(help) = near(&objects, &beside(&path, key.get_ref())) {
            let message = format!("{} has no `{}` beside `{name}`", file.name(), key.get_ref());
            findings.push(Finding::new(Code::InvalidMapping, context.config.locate(key.span()), message).help(help));
        }
        let tags = languages(rows, &path, key.get_ref());
        if tags.len() > MOST_LANGUAGES {
            let message =
                format!("the texts of `{name}` are in {} languages, of which {MOST_LANGUAGES} are read", tags.len());
            let finding = Finding::new(Code::OversizedTable, file.locate(0..0), message);
            findings.push(finding.help(format!("correct what `{}` holds: these are no languages", key.get_ref())));
        }
        let in_language = tags.into_iter().take(MOST_LANGUAGES).map(|tag| {
            let mut path = path.clone();
            if let [.., step, _] = path.as_mut_slice() {
                step.filters.push((key.get_ref().clone(), tag.clone()));
            }
            let is_plain = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let quoted = is_plain.then(|| format!("\"{tag}\""));
            Header { quoted, ..header(path, Some((name.to_owned(), tag))) }
        });
        mapped.push((first, in_language.collect()));
    }
    mapped
}

/// The path to a key beside that where a path ends.
fn beside(path: &[Step], key: &str) -> Vec<Step> {
    let mut beside = path.to_vec();
    if let Some(last) = beside.last_mut() {
        *last = Step::plain(key);
    }
    beside
}

/// The values of a key beside that where a path ends; the empty text where there is none.
fn languages(rows: &[(Range<usize>, Object<'_>)], path: &[Step], key: &str) -> BTreeSet<String> {
    let beside = beside(path, key);
    let mut tags = BTreeSet::from([String::new()]);
    for (_, object) in rows {
        let found = Found::along(&beside, object, &mut Objects::default());
        tags.extend(found.values.iter().filter_map(|tag| plain_text(tag).ok()).map(Cow::into_owned));
    }
    tags
}

/// The kind of a value, or of the first in an array.
fn kind_of_values(value: &RawValue) -> Kind {
    match Kind::of(value) {
        Kind::Array => {
            let values = serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default();
            values.into_iter().map(Kind::of).find(|kind| *kind != Kind::Null).unwrap_or(Kind::Null)
        }
        kind @ (Kind::Null | Kind::Plain | Kind::Object) => kind,
    }
}

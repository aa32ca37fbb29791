//! `dataset.toml`: what the data set as a whole is, and how tables that were not made for it are mapped.

mod publication;
mod torn;
mod value;

pub use publication::Publication;
pub(in crate::read) use value::is_place;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mapping::Mapping;
use super::rdf::RdfMapping;
use super::section::{Report, Section};
use super::text::TextFile;
use crate::finding::{Finding, Findings, Location};
use crate::model::{Language, WrittenDate};
use crate::ontology::PREFIXES;
use torn::Torn;
use value::{edtf, iri, language};

/// What `dataset.toml` says of the data set.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// A short name; part of the names of files.
    pub id: String,
    /// The IRI that all IRIs of the data set begin with; ends in `/` or `#`.
    pub base: String,
    /// The IRI of the licence.
    pub license: String,
    /// The languages of the data set, in the order in which a name is looked for.
    pub languages: Vec<Language>,
    /// The languages in which every entity must have a label: the first language, unless said otherwise.
    pub required_languages: Vec<Language>,
    /// Who publishes the data set.
    pub publisher: Option<String>,
    /// The version of the data set.
    pub version: Option<String>,
    /// The date of the data.
    pub date: Option<WrittenDate>,
    /// The ids of the documents whose paragraphs the statements cover; of all documents where there is none.
    pub reports: Vec<String>,
    /// The files of Turtle that declare more terms, by their names in the folder.
    pub ontology: Vec<String>,
    /// The title by language.
    pub title: BTreeMap<Language, String>,
    /// What is said besides for those who find the data set in a catalogue.
    pub publication: Publication,
    /// More prefixes for queries and output: namespace IRIs by prefix.
    pub prefixes: BTreeMap<String, String>,
}

/// The mappings by the file that they are for.
#[derive(Debug, Default)]
pub(super) struct Mappings {
    /// Those of tables, or of sheets.
    pub(super) tables: BTreeMap<String, Mapping>,
    /// Those of files of RDF.
    pub(super) rdf: BTreeMap<String, RdfMapping>,
    /// Whether some of them cannot be understood.
    pub(super) is_torn: bool,
}

/// The keys that `dataset.toml` may have at its top.
pub(crate) const KEYS: &[&str] = &[
    "base",
    "contact",
    "date",
    "description",
    "download",
    "id",
    "keywords",
    "languages",
    "license",
    "ontology",
    "prefixes",
    "publisher",
    "publisher-iri",
    "rdf",
    "released",
    "report",
    "required-languages",
    "site",
    "table",
    "title",
    "version",
];

/// What a data set is called whose `dataset.toml` does not say; nothing is made of it.
const NO_ID: &str = "data";

/// The base of a data set whose `dataset.toml` does not say; nothing is made of it, and nothing can be there.
const NO_BASE: &str = "https://data-set.invalid/";

/// The longest base that IRIs may begin with, about what browsers take as an address.
const LONGEST_BASE: usize = 2_000;

/// Reads `dataset.toml`, and reports all its mistakes. What is missing or wrong is replaced by something of no use, so that
/// the tables can be checked all the same.
pub(super) fn parse(file: &TextFile, findings: &mut Findings) -> (Config, Mappings, Lacking) {
    let (document, errors) = DeTable::parse_recoverable(file.text());
    let report = Report::new(!errors.is_empty());
    let torn = Torn::of(file, &errors);
    let root = Section::new(file, document.get_ref(), 0..0, &report);
    root.allow(KEYS);
    let (config, mappings) = (config(&root), Mappings { is_torn: torn.is_open(), ..mappings(&root) });
    let lacking = NEEDED.iter().filter_map(|(key, example)| {
        let lacking = Report::new(root.is_torn());
        if root.value(key).is_none() {
            Section::new(file, document.get_ref(), 0..0, &lacking).missing(key, example);
        }
        Some((*key, lacking.into_findings().into_vec().pop()?))
    });
    let lacking = lacking.collect();
    let mut mistakes = report.into_findings();
    mistakes.retain(|finding| !torn.explains(finding));
    findings.extend(torn.into_findings());
    findings.append(mistakes);
    (config, mappings, lacking)
}

/// Keys that are needed and missing, each with the finding that says so: a file of RDF may tell them.
pub(super) type Lacking = Vec<(&'static str, Finding)>;

const NEEDED: [(&str, &str); 2] = [
    ("base", "base = \"https://example.org/id/\""),
    ("license", "license = \"https://creativecommons.org/licenses/by/4.0/\""),
];

fn config(root: &Section<'_>) -> Config {
    let tags = root.strings("languages");
    if tags.is_empty() && root.value("languages").is_none_or(|value| value.get_ref().is_array()) {
        root.missing("languages", "languages = [\"en\"]");
    }
    let languages = languages(root, tags);
    let required = languages_among(root, root.strings("required-languages"), &languages);
    let id = root.required("id", "id = \"c24\"");
    let (base_iri, license) = (root.string("base"), root.string("license"));
    Config {
        id: id.and_then(|id| free_prefix(root, &id)).unwrap_or_else(|| NO_ID.to_owned()),
        base: base_iri.and_then(|iri| base(root, &iri)).unwrap_or_else(|| NO_BASE.to_owned()),
        license: license.and_then(|license| iri(root, &license)).unwrap_or_else(|| NO_BASE.to_owned()),
        // An empty array asks for none.
        required_languages: if required.is_empty() && root.value("required-languages").is_none() {
            languages.first().copied().into_iter().collect()
        } else {
            required
        },
        languages,
        publisher: root.string("publisher").map(Spanned::into_inner),
        version: root.string("version").map(Spanned::into_inner),
        date: root.string("date").and_then(|date| edtf(root, &date)),
        reports: reports(root),
        ontology: root.strings("ontology").into_iter().map(Spanned::into_inner).collect(),
        title: value::texts(root, "title"),
        publication: publication::parse(root),
        prefixes: prefixes(root),
    }
}

/// Returns the place of the value of a top-level key; the file as a whole if there is none.
pub(super) fn value_place(file: &TextFile, key: &str) -> Location {
    place_of(file, key, |value| Some(value.span()))
}

/// Returns the place of one of the values of a top-level key: of an array, or of the one that stands alone.
pub(super) fn item_place(file: &TextFile, key: &str, number: usize) -> Location {
    place_of(file, key, |value| match value.get_ref() {
        DeValue::Array(array) => Some(array.get(number)?.span()),
        _ => Some(value.span()),
    })
}

fn place_of(file: &TextFile, key: &str, of: impl Fn(&Spanned<DeValue<'_>>) -> Option<Range<usize>>) -> Location {
    let document = DeTable::parse(file.text()).ok();
    let span = document.as_ref().and_then(|document| of(document.get_ref().get(key)?));
    span.map_or_else(|| Location::file(file.name()), |span| file.locate(span))
}

/// The reports, each once.
fn reports(root: &Section<'_>) -> Vec<String> {
    let mut reports: Vec<String> = Vec::new();
    for report in root.strings("report") {
        if reports.contains(report.get_ref()) {
            let message = format!("the report `{}` is named twice", report.get_ref());
            root.mistake(report.span(), message, "name each report once");
        }
        // What is named twice stays, so that the numbers of values are those of the file.
        reports.push(report.into_inner());
    }
    reports
}

fn languages(root: &Section<'_>, tags: Vec<Spanned<String>>) -> Vec<Language> {
    let mut languages = Vec::new();
    for tag in tags {
        let Some(language) = language(root, tag.get_ref(), tag.span()) else { continue };
        if languages.contains(&language) {
            let message = format!("the language `{language}` is named twice");
            root.mistake(tag.span(), message, "name each language once");
        } else {
            languages.push(language);
        }
    }
    languages
}

fn languages_among(root: &Section<'_>, tags: Vec<Spanned<String>>, all: &[Language]) -> Vec<Language> {
    for tag in &tags {
        if Language::parse(tag.get_ref()).is_ok_and(|language| !all.contains(&language)) {
            let message = format!("`{}` is required, but not one of the languages", tag.get_ref());
            root.mistake(tag.span(), message, "add it to `languages`");
        }
    }
    languages(root, tags)
}

fn id(root: &Section<'_>, id: &Spanned<String>) -> Option<String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.get_ref().starts_with(|c: char| c.is_ascii_alphabetic()) && id.get_ref().chars().all(legal) {
        return Some(id.get_ref().clone());
    }
    let message = format!("`{}` cannot name a data set", id.get_ref());
    root.mistake(id.span(), message, "begin with a letter, and use ASCII letters, digits, `-` and `_` only");
    None
}

fn base(root: &Section<'_>, base: &Spanned<String>) -> Option<String> {
    let text = iri(root, base)?;
    if !is_place(&text) {
        let message = format!("the base `{text}` is no place where anything could be");
        root.mistake(
            base.span(),
            message,
            "write an address such as `https://example.org/`, or a name such as `urn:x:y/`",
        );
        return None;
    }
    if text.len() > LONGEST_BASE {
        let message = format!("the base has {} bytes, of which {LONGEST_BASE} are the most", text.len());
        root.mistake(base.span(), message, "it begins every IRI of the data set: choose a short one");
        return None;
    }
    if text.ends_with(['/', '#']) {
        return Some(text);
    }
    let message = format!("the base `{text}` ends neither in `/` nor in `#`");
    root.mistake(base.span(), message, format!("ids are appended to it: write `{text}/`"));
    None
}

fn prefixes(root: &Section<'_>) -> BTreeMap<String, String> {
    let texts = root.table("prefixes").map(|section| section.texts()).unwrap_or_default();
    let entry = |(prefix, namespace)| {
        let (prefix, namespace) = (free_prefix(root, &prefix), iri(root, &namespace));
        prefix.zip(namespace)
    };
    texts.into_iter().filter_map(entry).collect()
}

/// A name for IRIs that no vocabulary has taken: queries and Turtle know those already.
fn free_prefix(root: &Section<'_>, prefix: &Spanned<String>) -> Option<String> {
    let name = id(root, prefix)?;
    if PREFIXES.iter().any(|(taken, _)| *taken == name) {
        root.mistake(prefix.span(), format!("`{name}` is the prefix of a vocabulary"), "choose another name");
        return None;
    }
    Some(name)
}

fn mappings(root: &Section<'_>) -> Mappings {
    let mut mappings = Mappings::default();
    if let Some(tables) = root.table("table") {
        let names = tables.keys().filter_map(|name| Some((name.get_ref().to_string(), Mapping::parse(&tables, name)?)));
        mappings.tables.extend(names);
    }
    if let Some(files) = root.table("rdf") {
        let names =
            files.keys().filter_map(|name| Some((name.get_ref().to_string(), RdfMapping::parse(&files, name)?)));
        mappings.rdf.extend(names);
    }
    mappings
}

#[cfg(test)]
mod tests;

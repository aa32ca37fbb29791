//! `dataset.toml`: what the data set as a whole is, and how tables that were not made for it are mapped.

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::NamedNode;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mapping::Mapping;
use super::rdf::RdfMapping;
use super::section::{Entry, Report, Section};
use super::text::TextFile;
use crate::finding::{Code, Finding, Location};
use crate::model::{Language, WrittenDate};
use crate::ontology::PREFIXES;

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
}

/// The keys that `dataset.toml` may have at its top.
pub const KEYS: &[&str] = &[
    "base",
    "date",
    "id",
    "languages",
    "license",
    "ontology",
    "prefixes",
    "publisher",
    "rdf",
    "report",
    "required-languages",
    "table",
    "title",
    "version",
];

/// What a data set is called whose `dataset.toml` does not say; nothing is made of it.
const NO_ID: &str = "data";

/// The base of a data set whose `dataset.toml` does not say; nothing is made of it, and nothing can be there.
const NO_BASE: &str = "https://data-set.invalid/";

/// Reads `dataset.toml`, and reports all its mistakes. What is missing or wrong is replaced by something of no use, so that
/// the tables can be checked all the same.
pub(super) fn parse(file: &TextFile, findings: &mut Vec<Finding>) -> (Config, Mappings, Lacking) {
    let (document, errors) = DeTable::parse_recoverable(file.text());
    let report = Report::new(!errors.is_empty());
    for error in errors {
        let end = file.text().len();
        let place = file.locate(error.span().unwrap_or(end..end));
        let finding = Finding::new(Code::InvalidConfig, place, error.message());
        report.add(finding.help("see https://toml.io for what may be written here"));
    }
    let root = Section::new(file, document.get_ref(), 0..0, &report);
    root.allow(KEYS);
    let (config, mappings) = (config(&root), mappings(&root));
    let lacking = NEEDED.iter().filter_map(|(key, example)| {
        let lacking = Report::new(root.is_torn());
        if root.value(key).is_none() {
            Section::new(file, document.get_ref(), 0..0, &lacking).missing(key, example);
        }
        Some((*key, lacking.into_findings().pop()?))
    });
    let lacking = lacking.collect();
    findings.extend(report.into_findings());
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
        title: titles(root),
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
    tags.into_iter().filter_map(|tag| language(root, tag.get_ref(), tag.span())).collect()
}

fn language(root: &Section<'_>, tag: &str, span: Range<usize>) -> Option<Language> {
    let language = Language::parse(tag);
    if let Err(error) = &language {
        root.mistake(span, error.to_string(), "write a tag such as `en` or `zh-Hans`");
    }
    language.ok()
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

fn iri(root: &Section<'_>, iri: &Spanned<String>) -> Option<String> {
    match NamedNode::new(iri.get_ref()) {
        Ok(iri) => Some(iri.into_string()),
        Err(error) => {
            let message = format!("`{}` is not an absolute IRI: {error}", iri.get_ref());
            root.mistake(iri.span(), message, "write a whole address, such as `https://example.org/`");
            None
        }
    }
}

fn base(root: &Section<'_>, base: &Spanned<String>) -> Option<String> {
    let text = iri(root, base)?;
    if text.ends_with(['/', '#']) {
        return Some(text);
    }
    let message = format!("the base `{text}` ends neither in `/` nor in `#`");
    root.mistake(base.span(), message, format!("ids are appended to it: write `{text}/`"));
    None
}

fn edtf(root: &Section<'_>, date: &Spanned<String>) -> Option<WrittenDate> {
    match WrittenDate::parse(date.get_ref()) {
        Ok(written) => Some(written),
        Err(error) => {
            let message = format!("`{}` is not a date: {error}", date.get_ref());
            root.mistake(date.span(), message, "write a date such as `2024-05`");
            None
        }
    }
}

fn titles(root: &Section<'_>) -> BTreeMap<Language, String> {
    let texts = root.table("title").map(|section| section.texts()).unwrap_or_default();
    let entry = |(tag, title): Entry| Some((language(root, tag.get_ref(), tag.span())?, title.into_inner()));
    texts.into_iter().filter_map(entry).collect()
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
mod tests {
    use super::*;

    const MINIMAL: &str = "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\", \"ar\"]\n";

    fn file(more: &str) -> TextFile {
        TextFile::new("dataset.toml", format!("{MINIMAL}{more}"))
    }

    /// Place, message and help of each mistake.
    fn mistakes(text: &str) -> Vec<[String; 3]> {
        let mut findings = Vec::new();
        let (_, _, lacking) = parse(&TextFile::new("dataset.toml", text.to_owned()), &mut findings);
        findings.extend(lacking.into_iter().map(|(_, finding)| finding));
        let shown =
            |finding: Finding| [finding.location.to_string(), finding.message, finding.help.unwrap_or_default()];
        findings.into_iter().map(shown).collect()
    }

    /// The places of the mistakes.
    fn places(text: &str) -> Vec<String> {
        mistakes(text).into_iter().map(|[place, ..]| place).collect()
    }

    /// What is read of a file without a mistake.
    fn right(more: &str) -> Config {
        let mut findings = Vec::new();
        let (config, ..) = parse(&file(more), &mut findings);
        assert_eq!(findings, []);
        config
    }

    #[test]
    fn the_first_language_is_required_unless_said_otherwise() {
        let config = right("");
        assert_eq!(config.required_languages, [Language::parse("en").unwrap()]);
        let config = right("required-languages = [\"ar\"]");
        assert_eq!(config.required_languages, [Language::parse("ar").unwrap()]);
    }

    #[test]
    fn titles_and_prefixes_are_read() {
        let config = right("[title]\nar = \"تقرير\"\n[prefixes]\nwd = \"http://www.wikidata.org/entity/\"");
        assert_eq!(config.title[&Language::parse("ar").unwrap()], "تقرير");
        assert_eq!(config.prefixes["wd"], "http://www.wikidata.org/entity/");
    }

    #[test]
    fn all_mistakes_are_reported_in_one_run() {
        let text = "id = \"1\"\nlicence = \"y\"\nlanguages = [\"en\", \"english\"]\nbase = 1\n[titel]\n";
        let expected = [
            ["dataset.toml:2:1", "unknown key `licence`", "did you mean `license`?"],
            ["dataset.toml:5:2", "unknown key `titel`", "did you mean `title`?"],
            ["dataset.toml:3:20", "`english` is not a language tag", "write a tag such as `en` or `zh-Hans`"],
            ["dataset.toml:4:8", "expected a string, found integer", "write a string"],
            [
                "dataset.toml:1:6",
                "`1` cannot name a data set",
                "begin with a letter, and use ASCII letters, digits, `-` and `_` only",
            ],
            [
                "dataset.toml:1:1",
                "the key `license` is missing",
                "add a line such as `license = \"https://creativecommons.org/licenses/by/4.0/\"`",
            ],
        ];
        assert_eq!(mistakes(text), expected);
    }

    #[test]
    fn what_is_behind_a_mistake_of_syntax_is_not_missed() {
        let found = mistakes("id = \"x\nbase = = 1\nversoin = \"1\"\n");
        assert!(found.len() >= 3 && found.iter().all(|[place, ..]| place != "dataset.toml:1:1"), "{found:?}");
        assert!(found.iter().any(|[place, ..]| place == "dataset.toml:3:1"), "{found:?}");
    }

    #[test]
    fn wrong_values_are_refused_at_their_place() {
        let cases = [
            ("date = \"May\"", "dataset.toml:5:8"),
            ("publisher = 1", "dataset.toml:5:13"),
            ("required-languages = [\"fr\"]", "dataset.toml:5:23"),
            ("report = [\"a\", \"b\", \"a\"]", "dataset.toml:5:21"),
            ("report = 24", "dataset.toml:5:10"),
            ("required-languages = [\"french\"]", "dataset.toml:5:23"),
            ("[title]\nenglish = \"x\"", "dataset.toml:6:1"),
            ("[prefixes]\nwd = \"wikidata\"", "dataset.toml:6:6"),
            ("[table.\"a.csv\"]\ncolumn = {}", "dataset.toml:6:1"),
            ("x = = 1", "dataset.toml:5:5"),
        ];
        for (more, place) in cases {
            assert!(places(&format!("{MINIMAL}{more}")).contains(&place.to_owned()), "{more}");
        }
    }

    #[test]
    fn the_base_is_an_absolute_iri_that_ids_can_follow() {
        for wrong in ["example.org/", "https://example.org", "https://exa mple.org/"] {
            assert_eq!(places(&MINIMAL.replacen("https://example.org/", wrong, 1)), ["dataset.toml:2:8"], "{wrong}");
        }
    }
}

//! `dataset.toml`: what the data set as a whole is, and how tables that were not made for it are mapped.

use std::collections::BTreeMap;
use std::ops::Range;

use oxigraph::model::NamedNode;
use toml::Spanned;
use toml::de::DeTable;

use super::mapping::Mapping;
use super::section::{Section, invalid};
use super::text::TextFile;
use crate::finding::{Finding, Location};
use crate::model::{Date, Language};
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
    /// The date of the data, as EDTF.
    pub date: Option<String>,
    /// The id of the document whose paragraphs the statements cover.
    pub report: Option<String>,
    /// The files of Turtle that declare more terms, by their names in the folder.
    pub ontology: Vec<String>,
    /// The title by language.
    pub title: BTreeMap<Language, String>,
    /// More prefixes for queries and output: namespace IRIs by prefix.
    pub prefixes: BTreeMap<String, String>,
}

/// The mappings by the file that they are for.
pub(super) type Mappings = BTreeMap<String, Mapping>;

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
    "report",
    "required-languages",
    "table",
    "title",
    "version",
];

/// Reads `dataset.toml`. Fails with its first mistake.
pub(super) fn parse(file: &TextFile) -> Result<(Config, Mappings), Box<Finding>> {
    let document = DeTable::parse(file.text()).map_err(|error| {
        let end = file.text().len();
        invalid(file, error.span().unwrap_or(end..end), error.message())
    })?;
    let root = Section::new(file, document.get_ref(), 0..0);
    root.allow(KEYS)?;
    let languages = languages(file, root.strings("languages")?)?;
    let Some(&first) = languages.first() else {
        return Err(root.missing("languages", "languages = [\"en\"]").into());
    };
    let required = languages_among(file, root.strings("required-languages")?, &languages)?;
    let config = Config {
        id: free_prefix(file, &root.required("id", "id = \"c24\"")?)?,
        base: base(file, &root.required("base", "base = \"https://example.org/id/\"")?)?,
        license: iri(file, &root.required("license", "license = \"https://creativecommons.org/licenses/by/4.0/\"")?)?,
        languages,
        required_languages: if required.is_empty() { vec![first] } else { required },
        publisher: root.string("publisher")?.map(Spanned::into_inner),
        version: root.string("version")?.map(Spanned::into_inner),
        date: root.string("date")?.map(|date| edtf(file, date)).transpose()?,
        report: root.string("report")?.map(Spanned::into_inner),
        ontology: root.strings("ontology")?.into_iter().map(Spanned::into_inner).collect(),
        title: titles(file, &root)?,
        prefixes: prefixes(file, &root)?,
    };
    Ok((config, mappings(&root)?))
}

/// Returns the place of the value of a top-level key; the file as a whole if there is none.
pub(super) fn value_place(file: &TextFile, key: &str) -> Location {
    let document = DeTable::parse(file.text()).ok();
    let span = document.as_ref().and_then(|document| Some(document.get_ref().get(key)?.span()));
    span.map_or_else(|| Location::file(file.name()), |span| file.locate(span))
}

fn languages(file: &TextFile, tags: Vec<Spanned<String>>) -> Result<Vec<Language>, Box<Finding>> {
    tags.into_iter().map(|tag| language(file, tag.get_ref(), tag.span())).collect()
}

fn language(file: &TextFile, tag: &str, span: Range<usize>) -> Result<Language, Box<Finding>> {
    Language::parse(tag)
        .map_err(|error| invalid(file, span, error.to_string()).help("write a tag such as `en` or `zh-Hans`").into())
}

fn languages_among(
    file: &TextFile,
    tags: Vec<Spanned<String>>,
    all: &[Language],
) -> Result<Vec<Language>, Box<Finding>> {
    if let Some(other) = tags.iter().find(|tag| Language::parse(tag.get_ref()).is_ok_and(|tag| !all.contains(&tag))) {
        let message = format!("`{}` is required, but not one of the languages", other.get_ref());
        return Err(invalid(file, other.span(), message).help("add it to `languages`").into());
    }
    languages(file, tags)
}

fn id(file: &TextFile, id: &Spanned<String>) -> Result<String, Box<Finding>> {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.get_ref().starts_with(|c: char| c.is_ascii_alphabetic()) && id.get_ref().chars().all(legal) {
        return Ok(id.get_ref().clone());
    }
    let message = format!("`{}` cannot name a data set", id.get_ref());
    Err(invalid(file, id.span(), message)
        .help("begin with a letter, and use ASCII letters, digits, `-` and `_` only")
        .into())
}

fn iri(file: &TextFile, iri: &Spanned<String>) -> Result<String, Box<Finding>> {
    NamedNode::new(iri.get_ref()).map(NamedNode::into_string).map_err(|error| {
        let message = format!("`{}` is not an absolute IRI: {error}", iri.get_ref());
        invalid(file, iri.span(), message).help("write a whole address, such as `https://example.org/`").into()
    })
}

fn base(file: &TextFile, base: &Spanned<String>) -> Result<String, Box<Finding>> {
    let text = iri(file, base)?;
    if text.ends_with(['/', '#']) {
        return Ok(text);
    }
    let finding = invalid(file, base.span(), format!("the base `{text}` ends neither in `/` nor in `#`"));
    Err(finding.help(format!("ids are appended to it: write `{text}/`")).into())
}

fn edtf(file: &TextFile, date: Spanned<String>) -> Result<String, Box<Finding>> {
    match Date::parse(date.get_ref()) {
        Ok(_) => Ok(date.into_inner()),
        Err(error) => {
            let message = format!("`{}` is not a date: {error}", date.get_ref());
            Err(invalid(file, date.span(), message).help("write a date such as `2024-05`").into())
        }
    }
}

fn titles(file: &TextFile, root: &Section<'_>) -> Result<BTreeMap<Language, String>, Box<Finding>> {
    let texts = root.table("title")?.map(|section| section.texts()).transpose()?.unwrap_or_default();
    texts.into_iter().map(|(tag, title)| Ok((language(file, tag.get_ref(), tag.span())?, title.into_inner()))).collect()
}

fn prefixes(file: &TextFile, root: &Section<'_>) -> Result<BTreeMap<String, String>, Box<Finding>> {
    let texts = root.table("prefixes")?.map(|section| section.texts()).transpose()?.unwrap_or_default();
    let entry = |(prefix, namespace)| Ok((free_prefix(file, &prefix)?, iri(file, &namespace)?));
    texts.into_iter().map(entry).collect()
}

/// A name for IRIs that no vocabulary has taken: queries and Turtle know those already.
fn free_prefix(file: &TextFile, prefix: &Spanned<String>) -> Result<String, Box<Finding>> {
    let name = id(file, prefix)?;
    if PREFIXES.iter().any(|(taken, _)| *taken == name) {
        let message = format!("`{name}` is the prefix of a vocabulary");
        return Err(invalid(file, prefix.span(), message).help("choose another name").into());
    }
    Ok(name)
}

fn mappings(root: &Section<'_>) -> Result<Mappings, Box<Finding>> {
    let Some(tables) = root.table("table")? else {
        return Ok(Mappings::new());
    };
    let names = tables.keys().map(|name| Ok((name.get_ref().to_string(), Mapping::parse(&tables, name)?)));
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\", \"ar\"]\n";

    fn file(more: &str) -> TextFile {
        TextFile::new("dataset.toml", format!("{MINIMAL}{more}"))
    }

    /// Place, message and help of the first mistake.
    fn mistake(text: &str) -> (String, String, String) {
        let finding = parse(&TextFile::new("dataset.toml", text.to_owned())).unwrap_err();
        (finding.location.to_string(), finding.message, finding.help.unwrap_or_default())
    }

    #[test]
    fn the_first_language_is_required_unless_said_otherwise() {
        let (config, _) = parse(&file("")).unwrap();
        assert_eq!(config.required_languages, [Language::parse("en").unwrap()]);
        let (config, _) = parse(&file("required-languages = [\"ar\"]")).unwrap();
        assert_eq!(config.required_languages, [Language::parse("ar").unwrap()]);
    }

    #[test]
    fn titles_and_prefixes_are_read() {
        let (config, _) =
            parse(&file("[title]\nar = \"تقرير\"\n[prefixes]\nwd = \"http://www.wikidata.org/entity/\"")).unwrap();
        assert_eq!(config.title[&Language::parse("ar").unwrap()], "تقرير");
        assert_eq!(config.prefixes["wd"], "http://www.wikidata.org/entity/");
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        let (place, message, help) = mistake("id = \"x\"\nlicence = \"y\"\n");
        assert_eq!((place.as_str(), message.as_str()), ("dataset.toml:2:1", "unknown key `licence`"));
        assert_eq!(help, "did you mean `license`?");
    }

    #[test]
    fn a_missing_key_is_named_with_an_example() {
        let (place, message, help) = mistake("id = \"x\"\nlanguages = [\"en\"]\n");
        assert_eq!((place.as_str(), message.as_str()), ("dataset.toml:1:1", "the key `base` is missing"));
        assert_eq!(help, "add a line such as `base = \"https://example.org/id/\"`");
    }

    #[test]
    fn wrong_values_are_refused_at_their_place() {
        let cases = [
            ("date = \"May\"", "dataset.toml:5:8"),
            ("publisher = 1", "dataset.toml:5:13"),
            ("required-languages = [\"fr\"]", "dataset.toml:5:23"),
            ("required-languages = [\"french\"]", "dataset.toml:5:23"),
            ("[title]\nenglish = \"x\"", "dataset.toml:6:1"),
            ("[prefixes]\nwd = \"wikidata\"", "dataset.toml:6:6"),
            ("[table.\"a.csv\"]\ncolumn = {}", "dataset.toml:6:1"),
            ("x = = 1", "dataset.toml:5:5"),
        ];
        for (more, place) in cases {
            assert_eq!(mistake(&format!("{MINIMAL}{more}")).0, place, "{more}");
        }
    }

    #[test]
    fn the_base_is_an_absolute_iri_that_ids_can_follow() {
        for wrong in ["example.org/", "https://example.org", "https://exa mple.org/"] {
            assert_eq!(mistake(&MINIMAL.replacen("https://example.org/", wrong, 1)).0, "dataset.toml:2:8", "{wrong}");
        }
    }
}

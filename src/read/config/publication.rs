//! The keys of `dataset.toml` that nothing but a release needs: what a catalogue says of a data set.

use std::collections::BTreeMap;

use toml::Spanned;

use super::value::{edtf, iri, is_place, language, texts};
use crate::model::{Language, WrittenDate};
use crate::read::section::Section;

/// What a catalogue says of a data set besides its title, licence, publisher and version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publication {
    /// What the data set holds, in a few sentences, by language.
    pub description: BTreeMap<Language, String>,
    /// What it is about, by language.
    pub keywords: BTreeMap<Language, Vec<String>>,
    /// The IRI of the publisher.
    pub publisher_iri: Option<String>,
    /// Where questions are answered: an address of a page, or of mail (`mailto:`).
    pub contact: Option<String>,
    /// The day on which this version is released.
    pub released: Option<WrittenDate>,
    /// The address of the folder from which a release is downloaded; ends in `/`.
    pub download: Option<String>,
    /// The address of the site; ends in `/`.
    pub site: Option<String>,
}

/// Reads the keys, and reports their mistakes.
pub(super) fn parse(root: &Section<'_>) -> Publication {
    let address = |key: &str| root.string(key).and_then(|text| folder(root, &text));
    Publication {
        description: texts(root, "description"),
        keywords: keywords(root),
        publisher_iri: root.string("publisher-iri").and_then(|text| iri(root, &text)),
        contact: root.string("contact").and_then(|text| contact(root, &text)),
        released: root.string("released").and_then(|text| day(root, &text)),
        download: address("download"),
        site: address("site"),
    }
}

fn keywords(root: &Section<'_>) -> BTreeMap<Language, Vec<String>> {
    let Some(section) = root.table("keywords") else { return BTreeMap::new() };
    let entries = section.values().into_iter().filter_map(|(tag, _)| {
        let language = language(root, tag.get_ref(), tag.span())?;
        let words = section.strings(tag.get_ref()).into_iter().filter_map(|word| keyword(root, word));
        Some((language, words.collect()))
    });
    entries.collect()
}

fn keyword(root: &Section<'_>, word: Spanned<String>) -> Option<String> {
    if !word.get_ref().trim().is_empty() && !word.get_ref().contains('|') {
        return Some(word.into_inner());
    }
    root.mistake(word.span(), "a keyword is a text without `|`", "write several keywords as several texts");
    None
}

/// An address of the web or of mail.
fn contact(root: &Section<'_>, text: &Spanned<String>) -> Option<String> {
    let address = iri(root, text)?;
    let is_mail = address.strip_prefix("mailto:").is_some_and(|mail| mail.contains('@'));
    if is_mail || is_web(&address) {
        return Some(address);
    }
    let message = format!("`{address}` is an address neither of mail nor of the web");
    root.mistake(text.span(), message, "write `mailto:name@example.org` or the address of a page");
    None
}

/// An address of the web that what is in it is appended to.
fn folder(root: &Section<'_>, text: &Spanned<String>) -> Option<String> {
    let address = iri(root, text)?;
    if !is_web(&address) || address.contains(['?', '#']) {
        let message = format!("`{address}` is no address of a folder on the web");
        root.mistake(text.span(), message, "write an address such as `https://example.org/data/`");
        return None;
    }
    Some(if address.ends_with('/') { address } else { address + "/" })
}

/// A single day.
fn day(root: &Section<'_>, text: &Spanned<String>) -> Option<WrittenDate> {
    let date = edtf(root, text)?;
    if date.date().earliest.is_some_and(|day| day.to_string() == date.text()) {
        return Some(date);
    }
    root.mistake(text.span(), format!("`{}` is no single day", date.text()), "write a day such as `2024-05-27`");
    None
}

fn is_web(address: &str) -> bool {
    is_place(address) && ["http://", "https://"].iter().any(|scheme| address.to_ascii_lowercase().starts_with(scheme))
}

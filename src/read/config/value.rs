//! Values of `dataset.toml` that are more than a text: languages, IRIs, dates, texts by language.

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::NamedNode;
use toml::Spanned;

use crate::model::{Language, WrittenDate};
use crate::read::section::{Entry, Section};

/// A tag of a language.
pub(super) fn language(root: &Section<'_>, tag: &str, span: Range<usize>) -> Option<Language> {
    let language = Language::parse(tag);
    if let Err(error) = &language {
        root.mistake(span, error.to_string(), "write a tag such as `en` or `zh-Hans`");
    }
    language.ok()
}

/// An absolute IRI.
pub(super) fn iri(root: &Section<'_>, iri: &Spanned<String>) -> Option<String> {
    match NamedNode::new(iri.get_ref()) {
        Ok(iri) => Some(iri.into_string()),
        Err(error) => {
            let message = format!("`{}` is not an absolute IRI: {error}", iri.get_ref());
            root.mistake(iri.span(), message, "write a whole address, such as `https://example.org/`");
            None
        }
    }
}

/// Tells whether an IRI can be what others begin with: an address of the web, or a name that is registered as one. Pages
/// link to what begins with it, so that it must be neither code nor data, and no file of whoever reads them.
pub(in crate::read) fn is_place(iri: &str) -> bool {
    const NAMES: [&str; 6] = ["urn", "tag", "did", "ark", "info", "doi"];
    let Some((scheme, rest)) = iri.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|rest| !rest.starts_with(['/', '#', '?'])),
        name => NAMES.contains(&name),
    }
}

/// A date in the Extended Date/Time Format.
pub(super) fn edtf(root: &Section<'_>, date: &Spanned<String>) -> Option<WrittenDate> {
    match WrittenDate::parse(date.get_ref()) {
        Ok(written) => Some(written),
        Err(error) => {
            let message = format!("`{}` is not a date: {error}", date.get_ref());
            root.mistake(date.span(), message, "write a date such as `2024-05`");
            None
        }
    }
}

/// The table of a key: a text for each language.
pub(super) fn texts(root: &Section<'_>, key: &str) -> BTreeMap<Language, String> {
    let texts = root.table(key).map(|section| section.texts()).unwrap_or_default();
    let entry = |(tag, text): Entry| Some((language(root, tag.get_ref(), tag.span())?, text.into_inner()));
    texts.into_iter().filter_map(entry).collect()
}

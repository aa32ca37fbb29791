//! The record of the data set for search engines: a [`Dataset`](https://schema.org/Dataset) of schema.org.

use serde_json::{Value, json};

use super::about::About;
use super::pack::Packed;

/// Returns the record.
pub(super) fn record<'f>(about: &About<'_>, files: impl Iterator<Item = &'f Packed>) -> Value {
    let distribution: Vec<_> = files.map(|file| download(about, file)).collect();
    let mut record = dataset(about);
    record["@context"] = json!("https://schema.org/");
    record["@type"] = json!("Dataset");
    record["@id"] = json!(about.base());
    record["distribution"] = json!(distribution);
    record["isAccessibleForFree"] = json!(true);
    record
}

/// What every record in the words of schema.org says of the data set.
pub(super) fn dataset(about: &About<'_>) -> Value {
    let keywords: Vec<_> = about.keywords().map(|(_, word)| word).collect();
    let languages: Vec<_> = about.languages.iter().map(ToString::to_string).collect();
    json!({
        "name": about.title(),
        "description": about.description(),
        "license": about.license.iri,
        "version": about.version,
        "datePublished": about.issued,
        "url": about.graph.config().publication.site.as_deref().unwrap_or(about.base()),
        "identifier": about.version_iri(),
        "keywords": keywords,
        "inLanguage": languages,
        "publisher": agent(about),
        "creator": agent(about),
        "size": size(about),
    })
}

/// Who publishes the data set.
pub(super) fn agent(about: &About<'_>) -> Value {
    let mut agent = json!({"@type": "Organization", "@id": about.publisher_iri, "name": about.publisher});
    if about.graph.config().publication.publisher_iri.is_some() {
        agent["url"] = json!(about.publisher_iri);
    }
    if let Some(address) = about.contact() {
        let mail = address.strip_prefix("mailto:");
        let (key, address) = mail.map_or(("url", address), |mail| ("email", mail));
        agent["contactPoint"] = json!({"@type": "ContactPoint", key: address});
    }
    agent
}

/// How much the data set holds.
pub(super) fn size(about: &About<'_>) -> Value {
    let quantity = |(what, n): (&str, usize)| json!({"@type": "QuantitativeValue", "unitText": what, "value": n});
    about.counts.map(quantity).into_iter().collect()
}

fn download(about: &About<'_>, file: &Packed) -> Value {
    json!({
        "@type": "DataDownload",
        "name": file.title,
        "description": file.description(),
        "contentUrl": about.address(&file.name),
        "encodingFormat": formats(file),
        "contentSize": file.bytes.to_string(),
        "sha256": file.sha256,
    })
}

/// The media type of a file; of one that is packed, that of how it is, and that of what is in it.
pub(super) fn formats(file: &Packed) -> Value {
    match file.packing() {
        Some(packing) => json!([packing.media_type(), file.media_type()]),
        None => json!(file.media_type()),
    }
}

//! The record of the data set for archives of research: [RO-Crate 1.3](https://w3id.org/ro/crate/1.3), which lists every file.

use serde_json::{Value, json};

use super::about::About;
use super::pack::Packed;
use super::schema;

/// The name of the record, as the specification asks for it.
pub(super) const FILE: &str = "ro-crate-metadata.json";

/// Returns the record, of a folder with these files.
pub(super) fn record(about: &About<'_>, files: &[Packed]) -> Value {
    let parts: Vec<_> = files.iter().map(|file| json!({"@id": file.name})).collect();
    let keywords: Vec<_> = about.keywords().map(|(_, word)| word.as_str()).collect();
    let languages: Vec<_> = about.languages.iter().map(ToString::to_string).collect();
    let sizes = about.counts.map(|(what, _)| json!({"@id": format!("#{what}")}));
    let mut graph = vec![
        json!({
            "@id": FILE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.3"},
        }),
        json!({
            "@id": "./",
            "@type": "Dataset",
            "name": about.title(),
            "description": about.description(),
            "datePublished": about.issued,
            "version": about.version,
            "license": {"@id": about.license.iri},
            "publisher": {"@id": about.publisher_iri},
            "author": {"@id": about.publisher_iri},
            "identifier": {"@id": "#identifier"},
            "url": about.base(),
            "keywords": keywords.join(", "),
            "inLanguage": languages,
            "size": sizes,
            "creditText": about.citation(),
            "hasPart": parts,
        }),
        json!({
            "@id": about.license.iri,
            "@type": "CreativeWork",
            "name": about.license.name,
            "description": format!("The licence of the data: {}", about.license.name),
            "url": about.license.iri,
        }),
    ];
    graph.push(json!({
        "@id": "#identifier",
        "@type": "PropertyValue",
        "propertyID": "https://schema.org/URL",
        "name": "IRI of the version",
        "value": about.version_iri(),
        "url": about.version_iri(),
    }));
    graph.extend(agents(about));
    graph.extend(about.counts.map(|(what, n)| {
        json!({"@id": format!("#{what}"), "@type": "QuantitativeValue", "name": what, "unitText": what, "value": n})
    }));
    graph.extend(files.iter().map(|file| entity(about, file)));
    json!({"@context": "https://w3id.org/ro/crate/1.3/context", "@graph": graph})
}

/// The publisher, and where questions are answered.
fn agents(about: &About<'_>) -> Vec<Value> {
    let mut agent = schema::agent(about);
    let contact = agent.as_object_mut().and_then(|agent| agent.remove("contactPoint"));
    let Some(mut contact) = contact else { return vec![agent] };
    contact["@id"] = json!("#contact");
    contact["name"] = json!(format!("{}: questions", about.publisher));
    contact["contactType"] = json!("customer service");
    agent["contactPoint"] = json!({"@id": "#contact"});
    vec![agent, contact]
}

fn entity(about: &About<'_>, file: &Packed) -> Value {
    json!({
        "@id": file.name,
        "@type": "File",
        "name": file.title,
        "description": file.description(),
        "encodingFormat": schema::formats(file),
        "contentSize": file.bytes.to_string(),
        "contentUrl": about.address(&file.name),
        "sha256": file.sha256,
    })
}

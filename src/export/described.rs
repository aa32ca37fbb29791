//! What `dataset.toml` says of a data set, to go out with its tables and come in again.

use oxrdf::Term;
use oxrdfio::{RdfFormat, RdfParser};

use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::read::{KeyValue, toml_of};

/// The file of the terms that the data set adds to the ontology.
pub(super) const TERMS: &str = "terms.ttl";

/// Returns the keys of `dataset.toml` with their values, those of a table with a dot: `title.en`.
pub(super) fn described(graph: &KnowledgeGraph) -> Vec<(String, KeyValue)> {
    let config = graph.config();
    let tags = |languages: &[Language]| KeyValue::Several(languages.iter().map(Language::to_string).collect());
    let one = |key: &str, text: &str| (key.to_owned(), KeyValue::One(text.to_owned()));
    let mut keys = vec![one("id", &config.id), one("base", &config.base), one("license", &config.license)];
    keys.push(("languages".to_owned(), tags(&config.languages)));
    keys.push(("required-languages".to_owned(), tags(&config.required_languages)));
    for (key, text) in [("publisher", &config.publisher), ("version", &config.version)] {
        keys.extend(text.as_ref().map(|text| one(key, text)));
    }
    keys.extend(config.date.as_ref().map(|date| one("date", date.text())));
    let publication = &config.publication;
    keys.extend(publication.released.as_ref().map(|date| one("released", date.text())));
    for (key, address) in [
        ("publisher-iri", &publication.publisher_iri),
        ("contact", &publication.contact),
        ("download", &publication.download),
        ("site", &publication.site),
    ] {
        keys.extend(address.as_ref().map(|address| one(key, address)));
    }
    if !config.reports.is_empty() {
        keys.push(("report".to_owned(), KeyValue::Several(config.reports.clone())));
    }
    keys.extend(config.title.iter().map(|(language, title)| one(&format!("title.{language}"), title)));
    keys.extend(publication.description.iter().map(|(language, text)| one(&format!("description.{language}"), text)));
    let words = publication.keywords.iter();
    keys.extend(words.map(|(tag, words)| (format!("keywords.{tag}"), KeyValue::Several(words.clone()))));
    keys.extend(config.prefixes.iter().map(|(prefix, iri)| one(&format!("prefixes.{prefix}"), iri)));
    keys
}

/// Returns `dataset.toml`; with the file of terms, if there is one beside it.
pub(super) fn toml(graph: &KnowledgeGraph) -> String {
    let mut keys = described(graph);
    if terms(graph).is_some() {
        keys.insert(0, ("ontology".to_owned(), KeyValue::Several(vec![TERMS.to_owned()])));
    }
    toml_of(keys)
}

/// Returns the Turtle of the terms that the data set adds to the ontology, if it does.
pub(super) fn terms(graph: &KnowledgeGraph) -> Option<String> {
    let texts: Vec<_> = graph.ontology().texts().skip(1).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Returns the same as Turtle without prefixes, a statement in each text.
pub(super) fn term_statements(graph: &KnowledgeGraph) -> Vec<String> {
    let parsed = graph.ontology().texts().skip(1).flat_map(|text| {
        // The ontology was made of these texts.
        RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()).filter_map(Result::ok)
    });
    let object = |object: &Term| match object {
        // What leads nowhere has no name.
        Term::BlankNode(_) => "[]".to_owned(),
        other => other.to_string(),
    };
    parsed.map(|quad| format!("{} {} {} .", quad.subject, quad.predicate, object(&quad.object))).collect()
}

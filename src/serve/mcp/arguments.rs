//! What tools are called with.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::graph::KnowledgeGraph;
use crate::model::Language;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    pub(super) text: String,
    pub(super) class: Option<String>,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Describe {
    pub(super) entity: String,
    pub(super) property: Option<String>,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paths {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) most: Option<usize>,
    pub(super) longest: Option<usize>,
    #[serde(default)]
    pub(super) directed: bool,
    pub(super) language: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paragraph {
    #[serde(rename = "paragraph")]
    pub(super) name: String,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Questions {
    pub(super) about: Option<String>,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    pub(super) question: String,
    #[serde(default)]
    pub(super) values: BTreeMap<String, Value>,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draw {
    pub(super) around: Option<String>,
    pub(super) steps: Option<usize>,
    pub(super) section: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    #[serde(default)]
    pub(super) classes: Vec<String>,
    pub(super) as_of: Option<String>,
    #[serde(default)]
    pub(super) events: bool,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Query {
    #[serde(rename = "query")]
    pub(super) text: String,
    pub(super) language: Option<String>,
    pub(super) limit: Option<usize>,
    pub(super) cursor: Option<String>,
}

/// Reads what a tool is called with.
pub(super) fn read<T: DeserializeOwned>(tool: &str, arguments: &Map<String, Value>) -> Result<T, Refusal> {
    serde_json::from_value(Value::Object(arguments.clone())).map_err(|error| {
        Refusal::new(format!("the arguments of `{tool}` are wrong: {error}"))
            .help(format!("the input schema of `{tool}` says what it takes"))
    })
}

/// The languages to try, the one that is wanted first.
pub(super) fn languages(graph: &KnowledgeGraph, wanted: Option<&str>) -> Result<Vec<Language>, Refusal> {
    let wanted = wanted.map(|tag| {
        let wrong = |_| Refusal::new(format!("`{tag}` is the tag of no language")).help("write one such as en or ar");
        Language::parse(tag).map_err(wrong)
    });
    Ok(graph.languages(wanted.transpose()?))
}

//! The tool that asks in SPARQL, within the limits of every query.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::arguments::{self, languages};
use super::part::{Called, Part};
use super::refusal::Refusal;
use super::tell::{Members, Teller};
use crate::model::ParagraphId;
use crate::ontology::PARAGRAPH_PATH;
use crate::publish::{Cited, find_paragraph};
use crate::rdf::{Profile, base_iri};
use crate::serve::flow;
use crate::serve::job::Job;
use crate::serve::problem::Problem;
use crate::serve::server::Server;

const USUAL: usize = 20;
/// The most bytes of an answer: what is larger is not read by anyone who calls tools.
const MOST_BYTES: usize = 8 << 20;

const SOLUTIONS: &str = "application/sparql-results+json";
const TRIPLES: &str = "application/n-triples";

/// What a query gives.
pub(super) enum Given {
    /// Solutions: the names of the variables, and for each row its cells, those that are bound.
    Rows(Vec<String>, Vec<Members>),
    Boolean(bool),
    Triples(Vec<String>),
}

/// Asks a query, in a process of its own.
pub(super) async fn given(server: &Server, query: String) -> Result<Given, Refusal> {
    let limits = server.options.page;
    let job = Job {
        query,
        profile: Profile::default().name().to_owned(),
        dataset: None,
        solutions: Some(SOLUTIONS.to_owned()),
        boolean: Some(SOLUTIONS.to_owned()),
        graph: Some(TRIPLES.to_owned()),
        told: None,
        time: limits.time,
        refused: None,
        memory: limits.memory,
        rows: limits.rows,
        language: String::new(),
    };
    let running = server.served.pool.ask(&job).await.map_err(Problem::from)?;
    let (media_type, bytes) = flow::collect(running, MOST_BYTES).await?;
    if media_type == TRIPLES {
        let lines: BTreeSet<String> = String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect();
        return Ok(Given::Triples(lines.into_iter().collect()));
    }
    let broken = |_| Refusal::new("the server failed to answer");
    let answer: Value = serde_json::from_slice(&bytes).map_err(broken)?;
    if let Some(value) = answer["boolean"].as_bool() {
        return Ok(Given::Boolean(value));
    }
    let texts =
        |value: &Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let rows = answer["results"]["bindings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|row| row.iter().map(|(name, term)| (name.clone(), cell(term))).collect());
    Ok(Given::Rows(texts(&answer["head"]["vars"]), rows.collect()))
}

/// A term by what it says: an IRI, or the text of a literal. Only triples within triples have parts.
fn cell(term: &Value) -> Value {
    term["value"].clone()
}

/// Answers a query.
pub(super) async fn query(server: &Server, called: Called<'_>) -> Result<Value, Refusal> {
    let asked: arguments::Query = arguments::read(called.tool, called.arguments)?;
    let graph = &server.served.graph;
    let languages = languages(graph, asked.language.as_deref())?;
    let part = Part::read(called, asked.limit, asked.cursor.as_deref(), USUAL)?;
    let given = given(server, asked.text).await?;
    // What was given is told without waiting for anything.
    let teller = Teller::new(graph, languages);
    let (answer, total) = match given {
        Given::Boolean(value) => (json!({"boolean": value}), 1),
        Given::Triples(lines) => {
            let shown: Vec<_> = part.of(&lines).collect();
            let cited = cited(&teller, shown.iter().flat_map(|line| line.split(['<', '>'])));
            (json!({"total": lines.len(), "triples": shown, "citations": cited}), lines.len())
        }
        Given::Rows(columns, rows) => {
            let shown: Vec<_> = part.of(&rows).collect();
            let cited = cited(&teller, shown.iter().flat_map(|row| row.values()).filter_map(Value::as_str));
            (json!({"columns": columns, "total": rows.len(), "rows": shown, "citations": cited}), rows.len())
        }
    };
    Ok(teller.told(answer, part.next(total)))
}

/// The paragraphs among the terms of an answer.
fn cited<'t>(teller: &Teller<'_>, terms: impl Iterator<Item = &'t str>) -> Value {
    let graph = teller.graph;
    let iris: BTreeSet<&str> =
        terms.filter(|term| term.starts_with(base_iri(graph)) && term.contains(PARAGRAPH_PATH)).collect();
    let paragraphs: BTreeSet<ParagraphId> =
        iris.into_iter().filter_map(|iri| find_paragraph(graph, iri).ok()).collect();
    let cited = paragraphs
        .into_iter()
        .map(|paragraph| Cited::new(graph, graph.paragraph(paragraph).document, Some(paragraph), &teller.languages));
    teller.citations(&cited.collect::<Vec<_>>())
}

//! The tool that asks in SPARQL, within the limits of every query.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::arguments::{self, languages};
use super::part::{Called, Part};
use super::refusal::Refusal;
use super::tell::{Members, Teller};
use crate::graph::KnowledgeGraph;
use crate::ontology::PARAGRAPH_PATH;
use crate::publish::{Cited, PARAGRAPHS, Source, find_paragraph, find_sources};
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
        refused: None,
        time: limits.time,
        memory: limits.memory,
        rows: limits.rows,
        language: None,
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
        Given::Boolean(value) => (json!({"boolean": value, "note": UNCITED}), 1),
        Given::Triples(lines) => {
            let shown: Vec<_> = part.of(&lines).collect();
            let terms = shown.iter().flat_map(|line| line.split(['<', '>']));
            let cited: BTreeSet<_> = terms.filter_map(|term| paragraph(graph, term)).collect();
            let mut answer = json!({"total": lines.len(), "triples": shown});
            if cited.is_empty() && !shown.is_empty() {
                answer["note"] = json!(UNCITED);
            }
            answer["citations"] = citations(&teller, &cited);
            (answer, lines.len())
        }
        Given::Rows(columns, rows) => {
            let shown: Vec<_> = part.of(&rows).collect();
            let cited: Vec<_> = shown.iter().map(|row| cited_in(graph, row)).collect();
            let uncited = cited.iter().enumerate().filter(|(_, cited)| cited.is_empty());
            let uncited: Vec<usize> = uncited.map(|(number, _)| number + 1).collect();
            let mut answer = json!({"columns": columns, "total": rows.len(), "rows": shown});
            if !uncited.is_empty() {
                (answer["uncited"], answer["note"]) = (json!(uncited), json!(UNCITED));
            }
            answer["citations"] = citations(&teller, &cited.into_iter().flatten().collect());
            (answer, rows.len())
        }
    };
    Ok(teller.told(answer, part.next(total)))
}

/// What to do about what names no paragraph. Which statement a row stands for nobody knows but who wrote the query.
const UNCITED: &str = "What names no paragraph cannot be cited as it is. \
    Before you say it, look up what states it: `paths` from one entity to the other, or `describe` with an entity and a \
    `property`; or ask again for prov:hadPrimarySource of the statement.";

/// The sources that a row names: those that the column has which questions have for them, and the paragraphs whose IRIs stand
/// in others.
fn cited_in(graph: &KnowledgeGraph, row: &Members) -> BTreeSet<Source> {
    let cells = row.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
    let cited = cells.flat_map(|(name, value)| {
        if name == PARAGRAPHS { find_sources(graph, value).0 } else { paragraph(graph, value).into_iter().collect() }
    });
    cited.collect()
}

/// The paragraph of an IRI.
fn paragraph(graph: &KnowledgeGraph, term: &str) -> Option<Source> {
    let is_iri = term.starts_with(base_iri(graph)) && term.contains(PARAGRAPH_PATH);
    let paragraph = is_iri.then(|| find_paragraph(graph, term).ok()).flatten()?;
    Some((graph.paragraph(paragraph).document, Some(paragraph)))
}

fn citations(teller: &Teller<'_>, sources: &BTreeSet<Source>) -> Value {
    let cited =
        sources.iter().map(|&(document, paragraph)| Cited::new(teller.graph, document, paragraph, &teller.languages));
    teller.citations(&cited.collect::<Vec<_>>())
}

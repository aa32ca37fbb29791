//! Asking an endpoint in SPARQL, within the limits of a query here.

use std::io;

use oxrdf::{Term, Triple, Variable};
use oxrdfio::{RdfFormat, RdfParser};
use sparesults::{QueryResultsFormat, QueryResultsParseError, QueryResultsParser, ReaderQueryResultsParserOutput};
use ureq::http::Method;

use super::client::{Client, Reading, Sent};
use super::{Address, Event, Options, RemoteError};
use crate::graph::KnowledgeGraph;
use crate::query::{self, Answer, QueryError, Row};
use crate::rdf::segment;

const ACCEPT: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.8, \
    text/tab-separated-values;q=0.3, application/n-triples;q=0.9, text/turtle;q=0.5";

/// Asks an endpoint a query, in which the prefixes of a graph are known. What is refused here is not asked there.
///
/// The answer is in order as that of a query here, and held to the same limits: what is read of it, unpacked, is no more
/// than the memory of a query.
///
/// # Errors
///
/// If the query is refused or is no SPARQL, the endpoint does not answer, or exceeds the limits.
pub(crate) fn ask(
    graph: &KnowledgeGraph,
    endpoint: &Address,
    query: &str,
    limits: &query::Options,
    options: &Options,
) -> Result<Answer, RemoteError> {
    let query = query::self_contained(graph, query)?;
    let told = |_: &Event<'_>| {};
    let options = Options { timeout: limits.timeout.unwrap_or(options.timeout), tries: 1, ..options.clone() };
    let client = Client::new(&[endpoint], &options, &told)?;
    let answered = answer(&client, endpoint, &query, limits);
    answered.map_err(|error| if is_late(&error) { late(&options) } else { error })
}

/// Asks an endpoint a query that needs nothing else.
pub(super) fn answer(
    client: &Client<'_>,
    endpoint: &Address,
    query: &str,
    limits: &query::Options,
) -> Result<Answer, RemoteError> {
    let form = format!("query={}", segment(query));
    let sent = Sent { media_type: "application/x-www-form-urlencoded", gzip: false, bytes: form.as_bytes() };
    let address = endpoint.to_string();
    let answer = client.ask(Method::POST, &address, ACCEPT, Some(sent))?;
    let answer = answer.ok_or_else(|| RemoteError::NoStore { address: address.clone() })?;
    let media_type = answer.media_type();
    let most = limits.max_memory.map_or(u64::MAX, |most| most as u64);
    let mut body = answer.body(most)?;
    let results = QueryResultsFormat::from_media_type(&media_type).filter(|format| *format != QueryResultsFormat::Csv);
    let read = match (results, RdfFormat::from_media_type(&media_type)) {
        (Some(format), _) => solutions(&mut body, format, query, limits),
        (None, Some(format @ (RdfFormat::NTriples | RdfFormat::Turtle))) => triples(&mut body, format, limits),
        (None, _) => {
            let wanted = "results of SPARQL as JSON, XML or TSV, N-Triples or Turtle";
            return Err(RemoteError::MediaType { address, media_type, wanted });
        }
    };
    // An answer may be complete before its end, which must come all the same.
    let read = read.and_then(|answer| {
        io::copy(&mut body, &mut io::sink()).map_err(Failed::Read)?;
        Ok(answer)
    });
    read.map_err(|error| match error {
        Failed::Read(source) => RemoteError::broken_off(address, source, most),
        Failed::Rows(limit) => QueryError::TooManyRows { limit }.into(),
    })
}

/// Why an answer is not read to its end.
enum Failed {
    Read(io::Error),
    Rows(usize),
}

impl From<QueryResultsParseError> for Failed {
    fn from(error: QueryResultsParseError) -> Self {
        Self::Read(error.into())
    }
}

fn solutions(
    body: &mut Reading,
    format: QueryResultsFormat,
    query: &str,
    limits: &query::Options,
) -> Result<Answer, Failed> {
    let solutions = match QueryResultsParser::from_format(format).for_reader(body)? {
        ReaderQueryResultsParserOutput::Boolean(value) => return Ok(Answer::Boolean(value)),
        ReaderQueryResultsParserOutput::Solutions(solutions) => solutions,
    };
    let variables = solutions.variables().to_vec();
    let mut rows: Vec<Row> = Vec::new();
    for solution in solutions {
        let solution = solution?;
        may_have(rows.len(), limits)?;
        rows.push(variables.iter().map(|variable| solution.get(variable).cloned()).collect::<Vec<Option<Term>>>());
    }
    let variables = variables.into_iter().map(Variable::into_string).collect();
    Ok(Answer::Solutions { variables, rows }.in_order(query))
}

fn triples(body: &mut Reading, format: RdfFormat, limits: &query::Options) -> Result<Answer, Failed> {
    let mut triples: Vec<Triple> = Vec::new();
    for quad in RdfParser::from_format(format).without_named_graphs().for_reader(body) {
        let quad = quad.map_err(|error| Failed::Read(error.into()))?;
        may_have(triples.len(), limits)?;
        triples.push(quad.into());
    }
    Ok(Answer::Graph(triples).in_order(""))
}

/// Tells whether there may be one more.
fn may_have(n: usize, limits: &query::Options) -> Result<(), Failed> {
    limits.max_rows.filter(|limit| n >= *limit).map_or(Ok(()), |limit| Err(Failed::Rows(limit)))
}

/// Tells whether the time was over.
fn is_late(error: &RemoteError) -> bool {
    let is_timeout = |error: &ureq::Error| matches!(error, ureq::Error::Timeout(_));
    match error {
        RemoteError::NotAnswered { source, .. } => is_timeout(source),
        RemoteError::BrokenOff { source, .. } => {
            source.get_ref().and_then(|source| source.downcast_ref()).is_some_and(is_timeout)
        }
        _ => false,
    }
}

fn late(options: &Options) -> RemoteError {
    QueryError::Timeout { limit: options.timeout }.into()
}

//! The [Graph Store HTTP Protocol](https://www.w3.org/TR/sparql11-http-rdf-update/), for reading: a graph as a whole.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use oxrdf::NamedNode;

use super::digest;
use super::flow;
use super::job::{Job, TRIPLES, Written};
use super::negotiate;
use super::parameters::Parameters;
use super::problem::Problem;
use super::sent;
use super::server::Server;
use crate::rdf::Profile;

const ALLOWED: &str = "GET, HEAD, OPTIONS";
const VARY: &str = "Accept";
/// The most bytes of a yes or no.
const MOST_OF_A_YES: usize = 1 << 10;

/// Answers with a graph.
pub(super) async fn graph(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    match *request.method() {
        Method::GET | Method::HEAD => {}
        Method::PUT | Method::POST | Method::DELETE | Method::PATCH => {
            return Err(Problem::new(StatusCode::FORBIDDEN, "update", "graphs are read-only")
                .help("change the tables of the data set instead"));
        }
        _ => return Err(Problem::method_not_allowed(ALLOWED)),
    }
    let asked = request.headers();
    let parameters = Parameters::parse(request.uri().query().unwrap_or_default())?;
    let named = match (parameters.first("default"), parameters.first("graph")) {
        (Some(_), None) => None,
        (None, Some(iri)) => {
            let iri = NamedNode::new(iri).map_err(|_| Problem::bad_request("the graph is not an absolute IRI"))?;
            Some(iri)
        }
        (Some(_), Some(_)) | (None, None) => {
            return Err(Problem::bad_request("either `default` or `graph` must be there"));
        }
    };
    let media_type = media_type(asked)?;
    let job = |query: String| job(&server, named.as_ref(), query, media_type);
    let pattern = match &named {
        Some(iri) => format!("{{ GRAPH {iri} {{ ?s ?p ?o }} }}"),
        None => "{ ?s ?p ?o }".to_owned(),
    };
    let tag = sent::tag(&digest::short(&[&server.served.digest, &pattern, media_type]));
    let running = server.served.pool.ask(&job(format!("ASK {pattern}"))).await?;
    let (_, exists) = flow::collect(running, MOST_OF_A_YES).await?;
    if named.is_some() && !String::from_utf8_lossy(&exists).contains("true") {
        return Err(Problem::not_found());
    }
    if sent::is_known(asked, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    let running = server.served.pool.ask(&job(format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}"))).await?;
    flow::answer(running, &tag, VARY).await
}

fn media_type(asked: &HeaderMap) -> Result<&'static str, Problem> {
    let offers: Vec<_> = TRIPLES.iter().filter(|offer| offer.1 != Written::Page).copied().collect();
    let chosen = negotiate::choose(asked, &offers).map(|offer| offer.0);
    // A browser, which would rather have a page, is sent what it can show.
    let chosen = chosen.or_else(|| negotiate::choose(asked, &TRIPLES).map(|_| "text/turtle"));
    chosen.ok_or_else(|| Problem::not_acceptable(&offers.iter().map(|offer| offer.0).collect::<Vec<_>>()))
}

/// Named graphs are those of the sources; the default graph is that of queries.
fn job(server: &Server, named: Option<&NamedNode>, query: String, media_type: &str) -> Job {
    let profile = if named.is_some() { Profile::Graphs } else { Profile::default() };
    let limits = server.options.download;
    Job {
        query,
        profile: profile.name().to_owned(),
        dataset: None,
        solutions: None,
        boolean: Some("application/json".to_owned()),
        graph: Some(media_type.to_owned()),
        told: None,
        refused: None,
        time: limits.time,
        memory: limits.memory,
        rows: limits.rows,
        language: None,
    }
}

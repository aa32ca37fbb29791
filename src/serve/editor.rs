//! What the editor of queries asks while one is written: what a word may become, and whether there is a mistake.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use tokio::task::spawn_blocking;

use super::answer::failure;
use super::parameters::Parameters;
use super::problem::{Problem, read_only};
use super::sent;
use super::server::Server;
use super::sparql;
use crate::model::Language;
use crate::publish::completions;
use crate::query;

/// Answers with what a word that was begun may become, as JSON.
pub(super) async fn complete(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    let tag = sent::tag(&server.served.digest);
    if sent::is_known(request.headers(), &tag) {
        return Ok(sent::not_modified(&tag, ""));
    }
    let parameters = Parameters::parse(request.uri().query().unwrap_or_default())?;
    let graph = &server.served.graph;
    let wanted = parameters.first("lang").and_then(|tag| Language::parse(tag).ok());
    let word = parameters.first("q").unwrap_or_default();
    let found = completions(graph, server.served.names(), word, &graph.languages(wanted));
    let found: Vec<_> =
        found.iter().map(|one| json!({"text": one.text, "label": one.label, "kind": one.kind.name()})).collect();
    Ok(sent::body("application/json", json!({"completions": found}).to_string(), &tag, ""))
}

/// Answers whether a query may be asked: nothing if it may, else what is wrong with it and where.
pub(super) async fn check(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    if *request.method() != Method::POST {
        return Err(Problem::method_not_allowed("POST, OPTIONS"));
    }
    let Some(query) = sparql::query_of(request).await? else {
        return Err(Problem::bad_request("there is no parameter `query`"));
    };
    let graph = Arc::clone(&server.served.graph);
    let checked = spawn_blocking(move || query::check(&graph, &query).err().map(|error| failure(&error, &query)));
    match checked.await {
        Ok(None) => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(Some(failure)) => Err(failure.into()),
        Err(_) => Err(Problem::internal()),
    }
}

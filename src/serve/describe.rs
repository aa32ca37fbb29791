//! What the server says of itself and of its data set, to programs and people.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName};
use axum::response::Response;

use super::address::SPARQL;
use super::digest;
use super::job::{TRIPLES, Written};
use super::negotiate;
use super::options::{Limits, Options};
use super::parameters::Parameters;
use super::problem::{Problem, read_only};
use super::sent;
use super::server::Server;
use super::wish;
use crate::publish::{self, LimitDescribed, QueryLimits};
use crate::query;
use crate::rdf;

/// Where the data set is described.
pub(super) const VOID: &str = "/.well-known/void";

const VARY: &str = "Accept, Accept-Language, Host, X-Forwarded-Proto";

/// Answers at the address of queries when there is none: with the Service Description, or a page to ask at.
pub(super) fn service(server: &Arc<Server>, asked: &HeaderMap, parameters: &Parameters) -> Result<Response, Problem> {
    let (media_type, written) = offered(asked)?;
    let endpoint = format!("{}{SPARQL}", origin(asked));
    let language = wish::language(parameters, asked, &server.served.languages).ok_or_else(Problem::internal)?;
    let tag = sent::tag(&digest::short(&[&server.served.digest, &endpoint, media_type, language.as_str()]));
    if sent::is_known(asked, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    let body = match written {
        Written::Page => {
            let limits = [server.options.page, server.options.download].map(limits);
            publish::endpoint_page(&server.served.graph, limits, language, server.served.violations()).into_bytes()
        }
        Written::As(format) => {
            let triples = publish::service_description(&server.served.graph, &endpoint, &described(&server.options));
            written_as(server, triples, format)?
        }
    };
    Ok(sent::body(media_type, body, &tag, VARY))
}

/// Answers with what is known of the data set.
pub(super) async fn void(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    let asked = request.headers();
    let offers: Vec<_> = TRIPLES.iter().filter(|offer| offer.1 != Written::Page).copied().collect();
    let chosen = negotiate::choose(asked, &offers).or_else(|| {
        // For a browser, what it can show.
        negotiate::choose(asked, &TRIPLES).map(|_| &TRIPLES[0])
    });
    let Some(&(media_type, Written::As(format))) = chosen else {
        return Err(Problem::not_acceptable(&offers.iter().map(|offer| offer.0).collect::<Vec<_>>()));
    };
    let origin = origin(asked);
    let tag = sent::tag(&digest::short(&[&server.served.digest, &origin, media_type]));
    if sent::is_known(asked, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    let graph = &server.served.graph;
    let triples = publish::void_description(graph, &format!("{origin}{VOID}"), Some(&format!("{origin}{SPARQL}")));
    Ok(sent::body(media_type, written_as(&server, triples, format)?, &tag, VARY))
}

fn offered(asked: &HeaderMap) -> Result<(&'static str, Written), Problem> {
    let chosen = negotiate::choose(asked, &TRIPLES).copied();
    chosen.ok_or_else(|| Problem::not_acceptable(&TRIPLES.map(|offer| offer.0)))
}

fn written_as(server: &Server, triples: Vec<oxrdf::Triple>, format: query::Format) -> Result<Vec<u8>, Problem> {
    let prefixes = rdf::prefixes(&server.served.graph);
    publish::triples::written(triples, format, &prefixes).map_err(|_| Problem::internal())
}

fn limits(limits: Limits) -> QueryLimits {
    QueryLimits { seconds: limits.time.as_secs(), rows: limits.rows, megabytes: limits.memory >> 20 }
}

/// The limits, as they are described to programs. The unit of rows is that of what is counted.
fn described(options: &Options) -> Vec<LimitDescribed> {
    let Options { page, download, .. } = options;
    let limit = |name, label, most, unit| LimitDescribed { name, label, most, unit };
    let n = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    vec![
        limit("page-time", "seconds until the answer is there, of answers as pages", page.time.as_secs(), "SEC"),
        limit("page-rows", "rows or triples of an answer as a page", n(page.rows), "C62"),
        limit("time", "seconds until the answer is there", download.time.as_secs(), "SEC"),
        limit("rows", "rows or triples of an answer", n(download.rows), "C62"),
        limit("memory", "bytes of memory of a query, besides the graph", n(download.memory), "AD"),
        limit("length", "bytes of a query", n(query::MAX_LENGTH), "AD"),
    ]
}

/// The scheme and the host by which the server is asked.
pub(super) fn origin(asked: &HeaderMap) -> String {
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let scheme = match text(HeaderName::from_static("x-forwarded-proto")) {
        Some("https") => "https",
        Some(_) | None => "http",
    };
    // Which hosts there may be is checked before.
    format!("{scheme}://{}", text(HOST).unwrap_or("localhost"))
}

//! Which address is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::LINK;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::any;
use tower_http::compression::CompressionLayer;

use super::address::{MCP, SPARQL};
use super::data;
use super::describe::{self, VOID};
use super::editor;
use super::explore;
use super::guard::guard;
use super::mcp;
use super::negotiate;
use super::parameters::{Parameters, decoded};
use super::problem::{Problem, read_only};
use super::question::{self, OPENAPI, QUESTIONS};
use super::reconcile::{self, RECONCILE};
use super::sent;
use super::server::{Current, Served, Server};
use super::sparql;
use super::store;
use super::wish;
use crate::model::Language;
use crate::publish::{Site, Subject};

/// Where it is said what is wrong with data that are not shown, within the folder of a language.
const CHANGES: &str = "changes";

/// Returns what answers all requests.
pub(super) fn router(current: Current) -> Router {
    Router::new()
        .route(SPARQL, any(sparql::endpoint))
        .route(VOID, any(describe::void))
        .route("/graph", any(store::graph))
        .route("/complete", any(editor::complete))
        .route("/check", any(editor::check))
        .route(QUESTIONS, any(question::list))
        .route("/questions/{name}", any(question::ask))
        .route(RECONCILE, any(reconcile::service))
        .route("/reconcile/suggest/{of}", any(reconcile::suggest))
        .route("/reconcile/preview", any(reconcile::preview))
        .route(OPENAPI, any(question::openapi))
        .route(MCP, any(mcp::endpoint))
        .route("/", any(entrance))
        .route("/explore", any(to_explorer))
        .route("/query", any(to_editor))
        .route("/data/{name}", any(data_file))
        // Browsers ask for one on their own.
        .route("/favicon.ico", any(async || StatusCode::NO_CONTENT))
        .fallback(other)
        .layer(from_fn_with_state(current.clone(), guard))
        .layer(CompressionLayer::new())
        .with_state(current)
}

/// Leads to the start in the language that is wanted most.
async fn entrance(
    State(server): State<Arc<Server>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    read_only(&method)?;
    // The base of the IRIs may be the root itself.
    let base = data::resource(&server.served, &headers, &uri).await;
    match base {
        Some(response) if !wants_page(&headers) => response,
        Some(_) | None => to_start(&server.served, &headers, &uri),
    }
}

/// Whether a page is wanted more than data.
fn wants_page(headers: &HeaderMap) -> bool {
    const OFFERS: [(&str, bool); 3] = [("text/html", true), ("text/turtle", false), ("application/ld+json", false)];
    negotiate::choose(headers, &OFFERS).is_some_and(|offer| offer.1)
}

/// Leads to the explorer in the language that is wanted most.
async fn to_explorer(
    State(server): State<Arc<Server>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    read_only(&method)?;
    lead(&server.served, &headers, &uri, "explore")
}

/// Leads to the page to ask at, with what is asked.
async fn to_editor(method: Method, uri: Uri) -> Result<Response, Problem> {
    read_only(&method)?;
    let asked = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    sent::redirect(StatusCode::PERMANENT_REDIRECT, &format!("{SPARQL}{asked}"), "")
}

fn to_start(served: &Served, headers: &HeaderMap, uri: &Uri) -> Result<Response, Problem> {
    lead(served, headers, uri, "index.html")
}

fn lead(served: &Served, headers: &HeaderMap, uri: &Uri, to: &str) -> Result<Response, Problem> {
    let parameters = Parameters::parse(uri.query().unwrap_or_default()).unwrap_or_default();
    let language = wish::language(&parameters, headers, &served.languages).ok_or_else(Problem::internal)?;
    sent::redirect(StatusCode::FOUND, &format!("/{language}/{to}"), "Accept, Accept-Language")
}

async fn data_file(
    State(server): State<Arc<Server>>,
    method: Method,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    read_only(&method)?;
    data::file(&server.served, &headers, &name).await
}

/// A page, what pages use, or where an IRI of the data set leads.
async fn other(State(app): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    let (served, headers, uri) = (&app.served, request.headers(), request.uri());
    if let Some(response) = data::resource(served, headers, uri).await {
        return response;
    }
    let path = decoded(uri.path()).map_err(|_| Problem::not_found())?;
    let path = path.strip_prefix('/').unwrap_or(&path);
    let (folder, rest) = path.split_once('/').unwrap_or((path, ""));
    match served.languages.iter().find(|language| language.as_str() == folder) {
        Some(&language) if rest.is_empty() => {
            sent::redirect(StatusCode::PERMANENT_REDIRECT, &format!("/{language}/index.html"), "")
        }
        Some(&language) if rest.starts_with("picture/") && rest.strip_suffix(".svg").is_some() => {
            picture(served, headers, language, rest.to_owned()).await
        }
        Some(&language) if rest == CHANGES => changes(served, headers, language).await,
        Some(&language) => {
            match explore::answer(served, headers, language, rest, uri.query().unwrap_or_default()).await {
                Some(response) => response,
                None => page(served, headers, language, rest.to_owned()).await,
            }
        }
        None => asset(served, headers, path).await,
    }
}

async fn page(served: &Served, headers: &HeaderMap, language: Language, path: String) -> Result<Response, Problem> {
    let tag = sent::tag(&served.digest);
    let is_known = sent::is_known(headers, &tag);
    let refused = served.refused.clone();
    let found = served.pages.with(move |site| {
        let address = site.address(&path, language)?;
        let page = if is_known { String::new() } else { site.page_beside(address, language, refused.as_deref()) };
        let data = match address.subject {
            Subject::Entity(entity) => Some(site.data_path(entity, crate::export::Format::Turtle)),
            _ => None,
        };
        Some((page, data))
    });
    let Some((page, data)) = found.await? else { return Err(Problem::not_found()) };
    if is_known {
        return Ok(sent::not_modified(&tag, ""));
    }
    let mut response = sent::body("text/html", page, &tag, "");
    if let Some(data) = data {
        let link = format!("</{}>; rel=\"alternate\"; type=\"text/turtle\"", data::encoded(&data));
        sent::set(response.headers_mut(), LINK, &link);
    }
    Ok(response)
}

/// What is wrong with data that are not shown.
async fn changes(served: &Served, headers: &HeaderMap, language: Language) -> Result<Response, Problem> {
    let tag = sent::tag(&served.digest);
    if sent::is_known(headers, &tag) {
        return Ok(sent::not_modified(&tag, ""));
    }
    let refused = served.refused.clone();
    let page = served.pages.with(move |site| site.changes(language, refused.as_deref())).await?;
    Ok(sent::body("text/html", page, &tag, ""))
}

/// A picture by itself, which its page leads to.
async fn picture(served: &Served, headers: &HeaderMap, language: Language, path: String) -> Result<Response, Problem> {
    let tag = sent::tag(&served.digest);
    if sent::is_known(headers, &tag) {
        return Ok(sent::not_modified(&tag, ""));
    }
    let svg = served.pages.with(move |site| site.picture_svg(&path, language)).await?;
    Ok(sent::body("image/svg+xml", svg.ok_or_else(Problem::not_found)?, &tag, ""))
}

async fn asset(served: &Served, headers: &HeaderMap, name: &str) -> Result<Response, Problem> {
    let assets = served.assets.get_or_try_init(async || {
        let ready = |site: &Site<'_>| {
            let assets = site.assets().into_iter();
            assets.map(|asset| (asset.name, asset.media_type, asset.text.into())).collect()
        };
        served.pages.with(ready).await
    });
    let Some((_, media_type, text)) = assets.await?.iter().find(|asset| asset.0 == name) else {
        return Err(Problem::not_found());
    };
    let tag = sent::tag(&served.digest);
    if sent::is_known(headers, &tag) {
        return Ok(sent::not_modified(&tag, ""));
    }
    Ok(sent::body(media_type, text.clone(), &tag, ""))
}

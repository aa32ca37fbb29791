//! The explorer: its pages, what can be taken along from them, and names as they are typed.

use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::describe;
use super::digest;
use super::parameters::Parameters;
use super::problem::Problem;
use super::sent;
use super::server::Served;
use crate::link::NameError;
use crate::model::{EntityId, Language};
use crate::publish::{Exploration, Hit, Looking, Taken};
use crate::rdf::segment;

/// Where it is, within the folder of a language.
const HERE: &str = "explore";
const SEARCH: &str = "search";
/// What a page depends on besides its address: it cites where it is.
const VARY: &str = "Host, X-Forwarded-Proto";
/// The most names that are found at once.
const MOST_HITS: usize = 20;

/// Answers at a path of the explorer; nothing at any other.
pub(super) async fn answer(
    served: &Served,
    headers: &HeaderMap,
    language: Language,
    path: &str,
    query: &str,
) -> Option<Result<Response, Problem>> {
    match path {
        HERE => Some(page(served, headers, language, query).await),
        SEARCH => Some(search(served, headers, language, query)),
        _ => {
            let taken = Taken::from_extension(path.strip_prefix(HERE)?.strip_prefix('.')?)?;
            let name = path.to_owned();
            Some(file(served, headers, language, query, (taken, name)).await)
        }
    }
}

/// What was typed: one name leads to what has it, several are shown to choose from.
async fn page(served: &Served, headers: &HeaderMap, language: Language, query: &str) -> Result<Response, Problem> {
    let parameters = Parameters::parse(query)?;
    let typed = parameters.first("find").map(str::trim).filter(|typed| !typed.is_empty()).map(str::to_owned);
    let found = typed.as_deref().map(|typed| served.graph.find(typed));
    if let Some(Ok(entity)) = found {
        let kept = parameters.pairs().filter(|(name, _)| !matches!(*name, "find" | "focus" | "from" | "undone"));
        let pairs = kept.map(|(name, value)| format!("{name}={}", segment(value)));
        let to = segment(served.graph.id(entity));
        // Somebody at an entity asks for the way to another.
        let step = match parameters.first("from") {
            Some(from) => format!("path={},{to}", segment(from)),
            None => format!("add={to}"),
        };
        let pairs: Vec<String> = pairs.chain([step]).collect();
        return sent::redirect(StatusCode::SEE_OTHER, &format!("/{language}/{HERE}?{}", pairs.join("&")), "");
    }
    // A page says where it is.
    let origin = describe::origin(headers);
    let tag = sent::tag(&digest::short(&[&served.digest, &origin]));
    if sent::is_known(headers, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    let (graph, index, refused) = (served.graph.clone(), served.names().clone(), served.refused.clone());
    let found = served.pages.with(move |site| {
        let mut looking = Looking { origin, refused: refused.as_deref(), ..Looking::default() };
        match Exploration::read(&graph, parameters.pairs()) {
            Ok(exploration) => looking.exploration = exploration,
            Err(error) => looking.wrong = Some(error.to_string()),
        }
        looking.focus = parameters.first("focus").and_then(|focus| {
            let known = |id: &str| graph.entity_by_id(id);
            match focus.split_once(',') {
                Some((one, other)) => Some((known(one)?, Some(known(other)?))),
                None => Some((known(focus)?, None::<EntityId>)),
            }
        });
        looking.from = parameters.first("from").and_then(|from| graph.entity_by_id(from));
        if let Some(typed) = typed.as_deref() {
            let (mut hits, n) = index.find(&graph, typed, MOST_HITS);
            if let (true, Some(Err(NameError::Unknown(near)))) = (hits.is_empty(), &found) {
                hits = Hit::alike(&graph, near, MOST_HITS);
            }
            looking.typed = Some((typed, hits, n));
        }
        (looking.wrong.is_some(), site.explore(&looking, language))
    });
    let (is_wrong, page) = found.await?;
    let mut response = sent::body("text/html", page, &tag, VARY);
    if is_wrong {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    Ok(response)
}

async fn file(
    served: &Served,
    headers: &HeaderMap,
    language: Language,
    query: &str,
    (taken, name): (Taken, String),
) -> Result<Response, Problem> {
    let parameters = Parameters::parse(query)?;
    let tag = sent::tag(&served.digest);
    if sent::is_known(headers, &tag) {
        return Ok(sent::not_modified(&tag, ""));
    }
    let graph = served.graph.clone();
    let exploration =
        Exploration::read(&graph, parameters.pairs()).map_err(|error| Problem::bad_request(error.to_string()))?;
    let bytes = served.pages.with(move |_| exploration.taken(&graph, taken, &graph.languages(Some(language))));
    let bytes = bytes.await?.map_err(|error| Problem::bad_request(error.to_string()))?;
    let mut response = sent::body(taken.media_type(), bytes, &tag, "");
    let disposition = format!("attachment; filename=\"{name}\"");
    sent::set(response.headers_mut(), CONTENT_DISPOSITION, &disposition);
    Ok(response)
}

/// The entities that have a name with what was typed in it, as JSON.
fn search(served: &Served, headers: &HeaderMap, language: Language, query: &str) -> Result<Response, Problem> {
    let parameters = Parameters::parse(query)?;
    let tag = sent::tag(&served.digest);
    if sent::is_known(headers, &tag) {
        return Ok(sent::not_modified(&tag, ""));
    }
    let (graph, typed) = (&served.graph, parameters.first("q").unwrap_or_default());
    let (hits, n) = served.names().find(graph, typed, MOST_HITS);
    let languages = graph.languages(Some(language));
    let hits = hits.into_iter().map(|hit| {
        let class = graph.ontology().class(graph.entity(hit.entity).class);
        json!({
            "id": graph.id(hit.entity),
            "label": graph.label(hit.entity, &languages),
            "name": hit.name,
            "language": hit.language.map(|language| language.to_string()),
            "class": crate::ontology::preferred(&class.labels, &languages).unwrap_or(&class.name),
        })
    });
    let body = json!({"hits": hits.collect::<Vec<_>>(), "found": n}).to_string();
    Ok(sent::body("application/json", body, &tag, ""))
}

//! Names of a spreadsheet matched to entities: the
//! [Reconciliation Service API 0.2](https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/), which
//! OpenRefine speaks.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{Method, Uri};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::data::encoded;
use super::describe;
use super::digest;
use super::guard::WITHIN_OTHERS;
use super::negotiate;
use super::parameters::Parameters;
use super::problem::{Problem, read_only};
use super::sent;
use super::server::{Served, Server};
use super::sparql;
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, Object, fold};
use crate::ontology::{RAP, preferred};
use crate::publish::{self, Address, FindError, Subject, find};
use crate::rdf::base_iri;
use crate::sort;

/// Where names are matched.
pub(super) const RECONCILE: &str = "/reconcile";

/// The most questions of a request, and the most candidates for each.
const MOST_QUERIES: usize = 500;
const MOST_CANDIDATES: usize = 50;

/// The size of a preview, in pixels.
const PREVIEW: (u16, u16) = (420, 220);

/// What is asked of a name.
#[derive(Deserialize)]
struct Query {
    #[serde(rename = "query")]
    name: String,
    #[serde(default, rename = "type")]
    class: Option<Value>,
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Known>,
}

/// What is known besides.
#[derive(Deserialize)]
struct Known {
    pid: String,
    v: Value,
}

/// What is asked of entities that are known.
#[derive(Deserialize)]
struct Extension {
    ids: Vec<String>,
    properties: Vec<Wanted>,
}

#[derive(Deserialize)]
struct Wanted {
    id: String,
}

/// Answers with the manifest, with candidates for names, or with what is known of entities.
pub(super) async fn service(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let in_address = request.uri().query().unwrap_or_default().to_owned();
    let mut parameters = Parameters::parse(&in_address)?;
    match *request.method() {
        Method::GET | Method::HEAD => {}
        Method::POST => parameters.extend(Parameters::parse(&sparql::text(request).await?)?),
        _ => return Err(Problem::method_not_allowed("GET, HEAD, POST, OPTIONS")),
    }
    let app = &server.served;
    let said = match (parameters.first("queries"), parameters.first("extend")) {
        (Some(queries), _) => candidates(app, queries)?,
        (None, Some(extension)) => extended(&app.graph, extension)?,
        (None, None) => manifest(&app.graph, &describe::origin(&headers)),
    };
    Ok(sent::body("application/json", said.to_string(), "", ""))
}

/// Answers while a name of an entity, a class or a property is written.
pub(super) async fn suggest(
    State(server): State<Arc<Server>>,
    Path(of): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let parameters = Parameters::parse(uri.query().unwrap_or_default())?;
    let (graph, prefix) = (&server.served.graph, parameters.first("prefix").unwrap_or_default());
    let languages = graph.languages(None);
    let has = |label: &str| fold(label).contains(&fold(prefix));
    let result: Vec<Value> = match of.as_str() {
        "entity" => {
            let hits = server.served.names().find(graph, prefix, MOST_CANDIDATES).0;
            hits.into_iter().map(|hit| named(graph, hit.entity, &languages)).collect()
        }
        "type" => classes(graph, &languages).into_iter().filter(|class| has(text(class, "name"))).collect(),
        "property" => properties(graph, &languages).into_iter().filter(|one| has(text(one, "name"))).collect(),
        "properties" => {
            let said = json!({"properties": properties(graph, &languages)});
            return Ok(sent::body("application/json", said.to_string(), "", ""));
        }
        _ => return Err(Problem::not_found()),
    };
    Ok(sent::body("application/json", json!({ "result": result }).to_string(), "", ""))
}

/// Answers with a small page about an entity, to be shown within another: that is what it is for.
pub(super) async fn preview(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    let (app, asked) = (&server.served, request.headers());
    let parameters = Parameters::parse(request.uri().query().unwrap_or_default())?;
    let id = parameters.first("id").unwrap_or_default();
    let entity = app.graph.entity_by_id(id).ok_or_else(Problem::not_found)?;
    let Some(language) = negotiate::language(asked, &app.languages) else { return Err(Problem::internal()) };
    let tag = sent::tag(&digest::short(&[&app.digest, id, language.as_str()]));
    let mut response = if sent::is_known(asked, &tag) {
        sent::not_modified(&tag, "Accept-Language")
    } else {
        let path = app.pages.with(move |site| site.path(Address { subject: Subject::Entity(entity), part: 0 })).await?;
        let page = format!("/{language}/{}", encoded(&path));
        sent::body("text/html", publish::preview_page(&app.graph, entity, language, &page), &tag, "Accept-Language")
    };
    sent::set(response.headers_mut(), CONTENT_SECURITY_POLICY, WITHIN_OTHERS);
    Ok(response)
}

fn manifest(graph: &KnowledgeGraph, origin: &str) -> Value {
    let languages = graph.languages(None);
    let config = graph.config();
    let here = format!("{origin}{RECONCILE}");
    let suggest = |of: &str| json!({"service_url": here, "service_path": format!("/suggest/{of}")});
    json!({
        "versions": ["0.2"],
        "name": preferred(&config.title, &languages).unwrap_or(&config.id),
        "identifierSpace": base_iri(graph),
        "schemaSpace": RAP,
        "view": {"url": format!("{}{{{{id}}}}", base_iri(graph))},
        "defaultTypes": classes(graph, &languages),
        "suggest": {"entity": suggest("entity"), "type": suggest("type"), "property": suggest("property")},
        "preview": {"url": format!("{here}/preview?id={{{{id}}}}"), "width": PREVIEW.0, "height": PREVIEW.1},
        "extend": {"propose_properties": suggest("properties"), "property_settings": []},
    })
}

fn classes(graph: &KnowledgeGraph, languages: &[Language]) -> Vec<Value> {
    let all = graph.ontology().classes().iter();
    all.map(|class| json!({"id": class.name, "name": preferred(&class.labels, languages).unwrap_or(&class.name)}))
        .collect()
}

fn properties(graph: &KnowledgeGraph, languages: &[Language]) -> Vec<Value> {
    let all = graph.ontology().properties().iter();
    all.map(|one| json!({"id": one.name, "name": preferred(&one.labels, languages).unwrap_or(&one.name)})).collect()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn named(graph: &KnowledgeGraph, entity: EntityId, languages: &[Language]) -> Value {
    let class = graph.ontology().class(graph.entity(entity).class);
    let class = json!({"id": class.name, "name": preferred(&class.labels, languages).unwrap_or(&class.name)});
    json!({"id": graph.id(entity), "name": graph.label(entity, languages), "type": [class], "notable": [class]})
}

/// The candidates for each name.
fn candidates(served: &Served, queries: &str) -> Result<Value, Problem> {
    let wrong = |_| Problem::bad_request("`queries` is not what the Reconciliation Service API says");
    let queries: BTreeMap<String, Query> = serde_json::from_str(queries).map_err(wrong)?;
    if queries.len() > MOST_QUERIES {
        return Err(Problem::bad_request(format!("there are more than {MOST_QUERIES} queries")));
    }
    let answers = queries.into_iter().map(|(key, query)| (key, json!({"result": matched(served, &query)})));
    Ok(Value::Object(answers.collect::<Map<_, _>>()))
}

fn matched(served: &Served, query: &Query) -> Vec<Value> {
    let graph = &served.graph;
    let languages = graph.languages(None);
    let wanted = fold(&query.name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, EntityId)> = served
        .names()
        .find(graph, &query.name, MOST_CANDIDATES)
        .0
        .into_iter()
        .map(|hit| (likeness(&wanted, &fold(hit.name)), hit.entity))
        .collect();
    if found.is_empty()
        && let Err(FindError::Unknown { near, .. }) = find(graph, &query.name)
    {
        found = near.iter().filter_map(|name| Some((50, find(graph, name).ok()?))).collect();
        // An entity may have several names that are like it.
        sort::by_key(&mut found, |&(_, entity)| entity);
        found.dedup();
    }
    found.retain(|&(_, entity)| is_of(graph, entity, query.class.as_ref()));
    let is_only = found.iter().filter(|(score, _)| *score == 100).count() == 1;
    let mut scored: Vec<(u8, bool, EntityId)> = found
        .into_iter()
        .map(|(score, entity)| {
            let agree = query.properties.iter().filter(|known| agrees(graph, entity, known)).count();
            let more = u8::try_from(agree * 10).unwrap_or(u8::MAX);
            (score.saturating_add(more), score == 100 && is_only, entity)
        })
        .collect();
    sort::by_key(&mut scored, |&(score, _, entity)| (std::cmp::Reverse(score), entity));
    scored.truncate(query.limit.unwrap_or(10).min(MOST_CANDIDATES));
    let shown = |(score, is_match, entity): (u8, bool, EntityId)| {
        let mut candidate = named(graph, entity, &languages);
        candidate["score"] = json!(score);
        candidate["match"] = json!(is_match);
        candidate
    };
    scored.into_iter().map(shown).collect()
}

/// How much of a name was written, in hundredths.
fn likeness(wanted: &str, name: &str) -> u8 {
    let (wanted, name) = (wanted.chars().count(), name.chars().count().max(1));
    u8::try_from((wanted * 100 / name).min(100)).unwrap_or(100)
}

/// Tells whether an entity is of one of the classes that are wanted, if any.
fn is_of(graph: &KnowledgeGraph, entity: EntityId, wanted: Option<&Value>) -> bool {
    let ontology = graph.ontology();
    let is_a = |name: &Value| {
        let class = name.as_str().or_else(|| name.get("id").and_then(Value::as_str));
        let class = class.and_then(|name| ontology.class_by_name(name));
        class.is_some_and(|class| ontology.is_a(graph.entity(entity).class, class))
    };
    match wanted {
        None | Some(Value::Null) => true,
        Some(Value::Array(names)) => names.is_empty() || names.iter().any(is_a),
        Some(name) => is_a(name),
    }
}

/// Tells whether something that is known is stated of an entity.
fn agrees(graph: &KnowledgeGraph, entity: EntityId, known: &Known) -> bool {
    let value = known.v.as_str().or_else(|| known.v.get("id").and_then(Value::as_str)).unwrap_or_default();
    values(graph, entity, &known.pid).iter().any(|stated| {
        text(stated, "id") == value
            || fold(text(stated, "name")) == fold(value)
            || fold(text(stated, "str")) == fold(value)
    })
}

/// What is stated of an entity by a property.
fn values(graph: &KnowledgeGraph, entity: EntityId, property: &str) -> Vec<Value> {
    let Some(property) = graph.ontology().property_by_name(property) else { return Vec::new() };
    let languages = graph.languages(None);
    let attributes = graph.texts_of(entity, property).map(|attribute| json!({"str": graph.text(attribute.text)}));
    let statements = graph.statements_of(entity).map(|id| graph.statement(id));
    let statements =
        statements.filter(|statement| statement.property == property).map(|statement| match statement.object {
            Object::Entity(object) => json!({"id": graph.id(object), "name": graph.label(object, &languages)}),
            other => json!({"str": graph.object_label(other, &languages)}),
        });
    attributes.chain(statements).collect()
}

/// What is known of entities, by property.
fn extended(graph: &KnowledgeGraph, extension: &str) -> Result<Value, Problem> {
    let wrong = |_| Problem::bad_request("`extend` is not what the Reconciliation Service API says");
    let extension: Extension = serde_json::from_str(extension).map_err(wrong)?;
    let languages = graph.languages(None);
    let ontology = graph.ontology();
    let meta: Vec<Value> = extension
        .properties
        .iter()
        .map(|wanted| {
            let property = ontology.property_by_name(&wanted.id).map(|property| ontology.property(property));
            let name = property.and_then(|property| preferred(&property.labels, &languages));
            json!({"id": wanted.id, "name": name.unwrap_or(&wanted.id)})
        })
        .collect();
    let row = |id: &String| {
        let entity = graph.entity_by_id(id);
        let of = |wanted: &Wanted| entity.map(|entity| values(graph, entity, &wanted.id)).unwrap_or_default();
        let cells = extension.properties.iter().map(|wanted| (wanted.id.clone(), json!(of(wanted))));
        (id.clone(), Value::Object(cells.collect()))
    };
    Ok(json!({"meta": meta, "rows": extension.ids.iter().take(MOST_QUERIES).map(row).collect::<Map<_, _>>()}))
}

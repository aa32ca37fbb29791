//! Named questions over HTTP: a list, a form and an answer for each, and a description of all for programs
//! ([OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0)).

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::digest;
use super::flow;
use super::job::{RESULTS, Written};
use super::negotiate;
use super::parameters::Parameters;
use super::problem::{Problem, read_only};
use super::sent;
use super::server::Server;
use super::wish::{self, Wish};
use crate::model::Language;
use crate::publish::{self, AnswerFormat, AskError, Kind, Question, Telling};

/// Where questions are.
pub(super) const QUESTIONS: &str = "/questions/";
/// Where they are described.
pub(super) const OPENAPI: &str = "/openapi.json";

const VARY: &str = "Accept, Accept-Language";
const LISTS: [(&str, bool); 2] = [("application/json", false), ("text/html", true)];

fn languages(server: &Server, parameters: &Parameters, asked: &HeaderMap) -> Vec<Language> {
    server.served.graph.languages(wish::language(parameters, asked, &server.served.languages))
}

/// Answers with all questions.
pub(super) async fn list(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    let asked = request.headers();
    let Some(&(media_type, is_page)) = negotiate::choose(asked, &LISTS) else {
        return Err(Problem::not_acceptable(&LISTS.map(|offer| offer.0)));
    };
    let parameters = Parameters::parse(request.uri().query().unwrap_or_default())?;
    let languages = languages(&server, &parameters, asked);
    let text = if is_page {
        publish::questions_page(&server.served.questions, &languages, server.served.violations())
    } else {
        names(&server.served.questions, &languages)
    };
    Ok(sent::body(media_type, text, &sent::tag(&digest::short(&[&server.served.digest, &text_of(&languages)])), VARY))
}

fn text_of(languages: &[Language]) -> String {
    languages.iter().map(Language::as_str).collect::<Vec<_>>().join(",")
}

fn names(questions: &[Question], languages: &[Language]) -> String {
    let named = questions.iter().map(|question| {
        json!({"name": question.name, "summary": question.summary(languages), "href": format!("{QUESTIONS}{}", question.name)})
    }).collect::<Vec<_>>();
    format!("{:#}\n", json!({ "questions": named }))
}

/// Answers a question, or shows its form.
pub(super) async fn ask(
    State(server): State<Arc<Server>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    read_only(request.method())?;
    let asked = request.headers();
    let question = server.served.questions.iter().find(|question| question.name == name);
    let question = question.ok_or_else(Problem::not_found)?;
    let parameters = Parameters::parse(request.uri().query().unwrap_or_default())?;
    let chosen = negotiate::choose(asked, &answers()).map(|offer| offer.1);
    let is_page = chosen == Some(Form::Of(Written::Page));
    // The language of the page is no value.
    if is_page && parameters.pairs().all(|(name, _)| name == "lang") {
        let languages = languages(&server, &parameters, asked);
        let page = publish::question_page(&server.served.graph, question, &languages, server.served.violations());
        let tag = sent::tag(&digest::short(&[&server.served.digest, &text_of(&languages)]));
        return Ok(sent::body("text/html", page, &tag, VARY));
    }
    let values = parameters.pairs().filter(|(name, _)| !matches!(*name, "format" | "lang"));
    let values: Vec<_> = values.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = publish::asked(&server.served.graph, question, &values).map_err(|error| refused(&error))?;
    let named = parameters.first("format").map(AnswerFormat::from_name);
    let told = match (named, chosen) {
        (Some(named), _) => named,
        (None, Some(Form::Told(format))) => Some(format),
        (None, Some(Form::Of(_)) | None) => None,
    };
    let wish = match told {
        Some(format) => told_as(&server, question, &values, format)?,
        None => Wish::of(&parameters, asked, &server.served.languages)?,
    };
    let limits = wish.limits(&server.options);
    let job = wish.job(query, limits, server.served.violations());
    let tag = wish::tag(&job, &server.served.digest);
    if sent::is_known(asked, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    flow::answer(server.served.pool.ask(&job).await?, &tag, VARY).await
}

/// What an answer can be sent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// What the answer to any query can be.
    Of(Written),
    /// What the answer to a question can be besides.
    Told(AnswerFormat),
}

/// The media types in which the answer to a question can be sent. Sentences have none of their own.
fn answers() -> Vec<(&'static str, Form)> {
    let told = [AnswerFormat::Xlsx, AnswerFormat::Markdown].map(|format| (format.media_type(), Form::Told(format)));
    RESULTS.iter().map(|&(name, written)| (name, Form::Of(written))).chain(told).collect()
}

fn told_as(
    server: &Server,
    question: &Question,
    values: &[(String, String)],
    format: AnswerFormat,
) -> Result<Wish, Problem> {
    let telling = Telling::new(&server.served.graph, question, values);
    telling.check(question, format).map_err(|error| {
        Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", error.to_string()).help("ask for another format")
    })?;
    Ok(Wish::told(format, telling))
}

fn refused(error: &AskError) -> Problem {
    let problem = Problem::new(StatusCode::BAD_REQUEST, "parameter", error.to_string());
    match error.near() {
        [] => problem,
        near => problem.help(format!("did you mean {}?", near.join(", "))),
    }
}

/// Answers with the description of all questions.
pub(super) async fn openapi(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    let graph = &server.served.graph;
    let languages = graph.languages(None);
    let config = graph.config();
    let title = crate::ontology::preferred(&config.title, &languages).unwrap_or(&config.id);
    let paths: Map<String, Value> = server
        .served
        .questions
        .iter()
        .map(|question| (format!("{QUESTIONS}{}", question.name), json!({ "get": operation(question, &languages) })))
        .collect();
    let described = json!({
        "openapi": "3.1.0",
        "info": {"title": title, "version": config.version.clone().unwrap_or_else(|| "0".to_owned())},
        "paths": paths,
    });
    let tag = sent::tag(&server.served.digest);
    Ok(sent::body("application/json", format!("{described:#}\n"), &tag, ""))
}

fn operation(question: &Question, languages: &[Language]) -> Value {
    let mut parameters: Vec<Value> = question.parameters.iter().map(parameter).collect();
    let formats = ["json", "xml", "csv", "tsv", "table", "html", "xlsx", "md"];
    let formats: Vec<_> =
        formats.into_iter().chain((!question.sentence.is_empty()).then_some(AnswerFormat::Sentence.name())).collect();
    parameters.push(json!({
        "name": "format", "in": "query", "required": false,
        "description": "the format, where Accept cannot say it", "schema": {"type": "string", "enum": formats},
    }));
    let content: Map<String, Value> =
        answers().iter().map(|offer| (offer.0.to_owned(), json!({"schema": {}}))).collect();
    json!({
        "operationId": question.name,
        "summary": question.summary(languages),
        "parameters": parameters,
        "responses": {
            "200": {"description": "the answer, with its paragraphs in `paragraphs`", "content": content},
            "400": {"description": "a value is none of its kind", "content": {"application/problem+json": {"schema": {}}}},
        },
    })
}

fn parameter(parameter: &publish::Parameter) -> Value {
    let (schema, description) = match &parameter.kind {
        Kind::Entity(class) => (json!({"type": "string"}), format!("one of {class}, by any of its names")),
        Kind::Year => (json!({"type": "string", "pattern": "^[0-9]{4}$"}), "a year".to_owned()),
        Kind::Date => (json!({"type": "string"}), "a date, as precise as it is known".to_owned()),
        Kind::Number => (json!({"type": "number"}), "a number".to_owned()),
        Kind::Text => (json!({"type": "string"}), "a text".to_owned()),
        Kind::Language => (json!({"type": "string"}), "the tag of a language".to_owned()),
        Kind::Choice(words) => (json!({"type": "string", "enum": words}), "one of these".to_owned()),
    };
    json!({
        "name": parameter.name, "in": "query", "required": false, "description": description,
        "schema": schema, "example": parameter.value,
    })
}

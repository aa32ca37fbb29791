//! How an answer is wanted: in which formats, of which graphs, within which limits.

use axum::http::HeaderMap;
use oxrdf::NamedNode;

use super::digest;
use super::job::{Dataset, Job, RESULTS, TRIPLES, Written, offers};
use super::negotiate;
use super::options::{Limits, Options};
use super::parameters::Parameters;
use super::problem::Problem;
use super::sent;
use crate::model::Language;
use crate::publish::{AnswerFormat, Telling};
use crate::query::{Format, Shape};
use crate::rdf::Profile;

/// How an answer is wanted.
pub(super) struct Wish {
    profile: Profile,
    dataset: Option<Dataset>,
    solutions: Option<&'static str>,
    graph: Option<&'static str>,
    language: Option<Language>,
    told: Option<(AnswerFormat, Telling)>,
}

/// The language that a request names, else the one that it accepts most.
pub(super) fn language(parameters: &Parameters, headers: &HeaderMap, languages: &[Language]) -> Option<Language> {
    let named = parameters.first("lang");
    let named = named.and_then(|tag| languages.iter().find(|language| language.as_str() == tag).copied());
    named.or_else(|| negotiate::language(headers, languages))
}

impl Wish {
    pub(super) fn of(parameters: &Parameters, headers: &HeaderMap, languages: &[Language]) -> Result<Self, Problem> {
        let profile = match parameters.first("profile") {
            Some(name) => Profile::from_name(name).ok_or_else(|| {
                Problem::bad_request("there is no such profile")
                    .help(format!("use one of {}", Profile::ALL.map(Profile::name).join(", ")))
            })?,
            None => Profile::default(),
        };
        let all = |name| parameters.all(name).map(str::to_owned).collect::<Vec<_>>();
        let dataset = Dataset { default: all("default-graph-uri"), named: all("named-graph-uri") };
        if let Some(wrong) = dataset.default.iter().chain(&dataset.named).find(|iri| NamedNode::new(*iri).is_err()) {
            return Err(Problem::bad_request(format!("the graph `{wrong}` is not an absolute IRI")));
        }
        let dataset = (dataset != Dataset::default()).then_some(dataset);
        let (solutions, graph) = match parameters.first("format") {
            Some(name) => named(name)?,
            None => (
                negotiate::choose(headers, &RESULTS).map(|offer| offer.0),
                negotiate::choose(headers, &TRIPLES).map(|offer| offer.0),
            ),
        };
        if solutions.is_none() && graph.is_none() {
            let offered: Vec<_> = RESULTS.iter().chain(&TRIPLES).map(|offer| offer.0).collect();
            return Err(Problem::not_acceptable(&offered));
        }
        let language = language(parameters, headers, languages);
        Ok(Self { profile, dataset, solutions, graph, language, told: None })
    }

    /// The answer to a question, in a form that other queries do not have.
    pub(super) fn told(format: AnswerFormat, telling: Telling) -> Self {
        let told = Some((format, telling));
        Self { profile: Profile::default(), dataset: None, solutions: Some(JSON), graph: None, language: None, told }
    }

    /// What a query may take: less where its answer is a page.
    pub(super) fn limits(&self, options: &Options) -> Limits {
        let is_page = |name: Option<&str>| name == Some(PAGE);
        if is_page(self.solutions) || is_page(self.graph) { options.page } else { options.download }
    }

    pub(super) fn job(self, query: String, limits: Limits, refused: Option<usize>) -> Job {
        let named = |name: Option<&str>| name.map(str::to_owned);
        // Only a page is in a language: other answers are the same for all.
        let is_page = [self.solutions, self.graph].contains(&Some(PAGE));
        let language = self.language.filter(|_| is_page).map(|language| language.to_string());
        Job {
            query,
            profile: self.profile.name().to_owned(),
            dataset: self.dataset,
            solutions: named(self.solutions),
            boolean: named(self.solutions),
            graph: named(self.graph),
            told: self.told,
            time: limits.time,
            memory: limits.memory,
            rows: limits.rows,
            language,
            refused: refused.filter(|_| is_page),
        }
    }
}

/// The media type of solutions that are always acceptable.
const JSON: &str = "application/sparql-results+json";
/// The media type of a page.
const PAGE: &str = "text/html";

/// The media types of a format that is named in the address.
fn named(name: &str) -> Result<(Option<&'static str>, Option<&'static str>), Problem> {
    if name == "html" || name == PAGE {
        return Ok((Some(PAGE), Some(PAGE)));
    }
    let Some(format) = Format::from_name(name).or_else(|| as_clients_name(name)) else {
        let names = Format::ALL.map(Format::name).join(", ");
        return Err(Problem::bad_request("there is no such format").help(format!("use one of {names}, html")));
    };
    let of = |shape| offers(shape).iter().find(|offer| offer.1 == Written::As(format)).map(|offer| offer.0);
    Ok((of(Shape::Solutions), of(Shape::Graph)))
}

/// The format of a name that clients send besides `Accept`, `SPARQLWrapper` among them: one of theirs, or a media type.
fn as_clients_name(name: &str) -> Option<Format> {
    match name {
        "rdf+xml" => Some(Format::RdfXml),
        "json-ld" => Some(Format::JsonLd),
        "n3" => Some(Format::Turtle),
        "n-triples" => Some(Format::NTriples),
        _ => RESULTS.iter().chain(&TRIPLES).find(|offer| offer.0 == name).and_then(|offer| match offer.1 {
            Written::As(format) => Some(format),
            Written::Page => None,
        }),
    }
}

/// The tag of an answer; none if it may be another each time.
pub(super) fn tag(job: &Job, digest: &str) -> String {
    let upper = job.query.to_ascii_uppercase();
    if ["NOW", "RAND", "UUID", "STRUUID"].iter().any(|name| upper.contains(name)) {
        return String::new();
    }
    let asked = serde_json::to_string(job).unwrap_or_default();
    sent::tag(&digest::short(&[digest, &asked]))
}

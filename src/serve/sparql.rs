//! The [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/), for queries.
//!
//! An answer that fits into the memory set aside for it is sent when it is whole, with the status that it has come to.
//! What is larger is sent while it is found; if it cannot be brought to its end, the connection is broken off, so that
//! nobody takes a part for the whole.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use hyper::body::Frame;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::digest;
use super::job::{Dataset, Job, RESULTS, TRIPLES, Written, offers};
use super::negotiate;
use super::options::Limits;
use super::parameters::Parameters;
use super::pool::{Next, Refused, Running};
use super::problem::Problem;
use super::sent;
use super::server::Server;
use crate::query::{Format, Shape};
use crate::rdf::Profile;

/// The most bytes of a request: the longest query, with every letter escaped.
const MOST_BYTES: usize = 256 << 10;
/// How long a request may take to come.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes that are kept until an answer is whole.
const KEPT: usize = 4 << 20;

const ALLOWED: &str = "GET, HEAD, POST, OPTIONS";
const VARY: &str = "Accept";

/// Answers a request at the address of queries.
pub(super) async fn endpoint(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let asked = match *request.method() {
        Method::GET | Method::HEAD => Asked::of_get(&request)?,
        Method::POST => Asked::of_post(request).await?,
        _ => return Err(Problem::method_not_allowed(ALLOWED)),
    };
    let Asked { query: Some(query), parameters } = asked else {
        return Err(Problem::bad_request("there is no parameter `query`").help("send one, such as query=ASK {}"));
    };
    let wish = Wish::of(&parameters, &headers)?;
    let limits = server.options.download;
    let job = wish.job(query, limits);
    let tag = tag(&job, &server.served.digest);
    if !tag.is_empty() && sent::is_known(&headers, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    let running = server.served.pool.ask(&job).await.map_err(Problem::from)?;
    let mut response = answer(running, &tag).await?;
    advertise(response.headers_mut(), &limits);
    Ok(response)
}

/// What is asked.
struct Asked {
    query: Option<String>,
    parameters: Parameters,
}

impl Asked {
    fn of_get(request: &Request) -> Result<Self, Problem> {
        let parameters = parameters(request.uri().query().unwrap_or_default())?;
        Self::of_parameters(parameters)
    }

    fn of_parameters(parameters: Parameters) -> Result<Self, Problem> {
        if parameters.first("update").is_some() {
            return Err(update());
        }
        let query = parameters.first("query").map(str::to_owned);
        if parameters.all("query").nth(1).is_some() {
            return Err(Problem::bad_request("there are several parameters `query`").help("send each by itself"));
        }
        Ok(Self { query, parameters })
    }

    async fn of_post(request: Request) -> Result<Self, Problem> {
        let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let mut of_address = parameters(request.uri().query().unwrap_or_default())?;
        match media_type.as_str() {
            "application/x-www-form-urlencoded" => {
                let text = text(request).await?;
                of_address.extend(parameters(&text)?);
                Self::of_parameters(of_address)
            }
            "application/sparql-query" => {
                let query = text(request).await?;
                let Self { query: other, parameters } = Self::of_parameters(of_address)?;
                if other.is_some() {
                    return Err(Problem::bad_request("there is a query in the body and one in the address"));
                }
                Ok(Self { query: Some(query), parameters })
            }
            "application/sparql-update" => Err(update()),
            _ => Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "a query is sent as application/sparql-query or application/x-www-form-urlencoded",
            )
            .help("name its media type in Content-Type")
            .header(
                HeaderName::from_static("accept-post"),
                HeaderValue::from_static("application/sparql-query, application/x-www-form-urlencoded"),
            )),
        }
    }
}

fn parameters(text: &str) -> Result<Parameters, Problem> {
    Parameters::parse(text).map_err(|_| Problem::bad_request("a parameter is no UTF-8"))
}

fn update() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "update", "updates are refused: the graph is read-only")
        .help("ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables of the data set instead")
}

/// Reads the body of a request, which must come in time.
async fn text(request: Request) -> Result<String, Problem> {
    let body = request.into_body();
    let too_large = || {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", format!("a request may have {MOST_BYTES} bytes"))
            .help("ask in several queries")
    };
    if body.size_hint().lower() > MOST_BYTES as u64 {
        return Err(too_large());
    }
    let late = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "late", "the request did not come in time");
    let bytes = timeout(PATIENCE, to_bytes(body, MOST_BYTES)).await.map_err(late)?.map_err(|_| too_large())?;
    String::from_utf8(bytes.to_vec()).map_err(|_| Problem::bad_request("the body is no UTF-8"))
}

/// How an answer is wanted.
struct Wish {
    profile: Profile,
    dataset: Option<Dataset>,
    solutions: Option<&'static str>,
    graph: Option<&'static str>,
}

impl Wish {
    fn of(parameters: &Parameters, headers: &HeaderMap) -> Result<Self, Problem> {
        let profile = match parameters.first("profile") {
            Some(name) => Profile::from_name(name).ok_or_else(|| {
                Problem::bad_request("there is no such profile")
                    .help(format!("use one of {}", Profile::ALL.map(Profile::name).join(", ")))
            })?,
            None => Profile::default(),
        };
        let all = |name| parameters.all(name).map(str::to_owned).collect::<Vec<_>>();
        let dataset = Dataset { default: all("default-graph-uri"), named: all("named-graph-uri") };
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
        Ok(Self { profile, dataset, solutions, graph })
    }

    fn job(self, query: String, limits: Limits) -> Job {
        let named = |name: Option<&str>| name.map(str::to_owned);
        Job {
            query,
            profile: self.profile.name().to_owned(),
            dataset: self.dataset,
            solutions: named(self.solutions),
            boolean: named(self.solutions),
            graph: named(self.graph),
            time: limits.time,
            memory: limits.memory,
            rows: limits.rows,
        }
    }
}

/// The media types of a format that is named in the address.
fn named(name: &str) -> Result<(Option<&'static str>, Option<&'static str>), Problem> {
    let Some(format) = Format::from_name(name) else {
        let names = Format::ALL.map(Format::name).join(", ");
        return Err(Problem::bad_request("there is no such format").help(format!("use one of {names}")));
    };
    let of = |shape| offers(shape).iter().find(|offer| offer.1 == Written::As(format)).map(|offer| offer.0);
    Ok((of(Shape::Solutions), of(Shape::Graph)))
}

/// The tag of an answer; none if it may be another each time.
fn tag(job: &Job, digest: &str) -> String {
    let upper = job.query.to_ascii_uppercase();
    if ["NOW", "RAND", "UUID", "STRUUID"].iter().any(|name| upper.contains(name)) {
        return String::new();
    }
    let asked = serde_json::to_string(job).unwrap_or_default();
    sent::tag(&digest::short(&[digest, &asked]))
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Busy => Self::busy(2),
            Refused::Changed => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "changed",
                "the data set has changed since it was read, and cannot be queried until it is read again",
            ),
            Refused::Failed => Self::internal(),
        }
    }
}

/// Says what a query may take.
fn advertise(headers: &mut HeaderMap, limits: &Limits) {
    headers.insert(HeaderName::from_static("x-limit-rows"), limits.rows.into());
    headers.insert(HeaderName::from_static("x-limit-seconds"), limits.time.as_secs().into());
}

/// Sends an answer.
async fn answer(mut running: Running, tag: &str) -> Result<Response, Problem> {
    let mut media_type = String::new();
    let mut kept = Vec::new();
    loop {
        match running.next().await {
            Next::Begin(name) => media_type = name,
            Next::Part(bytes) => kept.extend(bytes),
            Next::End => return Ok(sent::body(&media_type, kept, tag, VARY)),
            Next::Failed(failure) => return Err(failure.into()),
        }
        if kept.len() > KEPT {
            let body = Body::new(Flowing::start(kept, running));
            return Ok(sent::body(&media_type, body, tag, VARY));
        }
    }
}

/// An answer that is sent while it is found.
struct Flowing(mpsc::Receiver<Result<Bytes, BrokenOff>>);

/// There is no more of an answer, though it is not whole.
#[derive(Debug, thiserror::Error)]
#[error("the answer is not whole")]
struct BrokenOff;

impl Flowing {
    fn start(kept: Vec<u8>, mut running: Running) -> Self {
        const AHEAD: usize = 16;
        let (sender, receiver) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            let mut next = Ok(Bytes::from(kept));
            loop {
                let is_last = next.is_err();
                // Nobody takes it any more: the query ends with it.
                if sender.send(next).await.is_err() || is_last {
                    return;
                }
                next = match running.next().await {
                    Next::Part(bytes) => Ok(Bytes::from(bytes)),
                    Next::End => return,
                    Next::Begin(_) | Next::Failed(_) => Err(BrokenOff),
                };
            }
        });
        Self(receiver)
    }
}

impl HttpBody for Flowing {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        self.0.poll_recv(context).map(|next| next.map(|part| part.map(Frame::data)))
    }
}

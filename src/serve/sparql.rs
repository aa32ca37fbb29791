//! The [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/), for queries.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use tokio::time::timeout;

use super::describe;
use super::flow;
use super::options::Limits;
use super::parameters::Parameters;
use super::problem::Problem;
use super::sent;
use super::server::Server;
use super::wish::{self, Wish};

/// The most bytes of a request: the longest query, with every letter escaped.
const MOST_BYTES: usize = 256 << 10;
/// How long a request may take to come.
const PATIENCE: Duration = Duration::from_secs(10);
const ALLOWED: &str = "GET, HEAD, POST, OPTIONS";
const VARY: &str = "Accept, Accept-Language";

/// Answers a request at the address of queries.
pub(super) async fn endpoint(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = match *request.method() {
        Method::GET | Method::HEAD => Asked::of_get(&request)?,
        Method::POST => Asked::of_post(request).await?,
        _ => return Err(Problem::method_not_allowed(ALLOWED)),
    };
    let Asked { query: Some(query), parameters } = asked else {
        if is_read && asked.parameters.pairs().all(|(name, _)| name == "lang") {
            return describe::service(&server, &headers, &asked.parameters);
        }
        return Err(Problem::bad_request("there is no parameter `query`").help("send one, such as query=ASK {}"));
    };
    let wish = Wish::of(&parameters, &headers, &server.served.languages)?;
    let limits = wish.limits(&server.options);
    let job = wish.job(query, limits, server.served.violations());
    let tag = wish::tag(&job, &server.served.digest);
    if !tag.is_empty() && sent::is_known(&headers, &tag) {
        return Ok(sent::not_modified(&tag, VARY));
    }
    let running = server.served.pool.ask(&job).await?;
    let mut response = flow::answer(running, &tag, VARY).await?;
    advertise(response.headers_mut(), &limits);
    Ok(response)
}

/// Returns the query of a request that sends one, as the protocol has it.
pub(super) async fn query_of(request: Request) -> Result<Option<String>, Problem> {
    Ok(Asked::of_post(request).await?.query)
}

/// What is asked.
struct Asked {
    query: Option<String>,
    parameters: Parameters,
}

impl Asked {
    fn of_get(request: &Request) -> Result<Self, Problem> {
        let parameters = Parameters::parse(request.uri().query().unwrap_or_default())?;
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
        let mut of_address = Parameters::parse(request.uri().query().unwrap_or_default())?;
        match media_type.as_str() {
            "application/x-www-form-urlencoded" => {
                let text = text(request).await?;
                of_address.extend(Parameters::parse(&text)?);
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

fn update() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "update", "updates are refused: the graph is read-only")
        .help("ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables of the data set instead")
}

/// Reads the body of a request, which must come in time.
pub(super) async fn text(request: Request) -> Result<String, Problem> {
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

/// Says what a query may take.
fn advertise(headers: &mut HeaderMap, limits: &Limits) {
    headers.insert(HeaderName::from_static("x-limit-rows"), limits.rows.into());
    headers.insert(HeaderName::from_static("x-limit-seconds"), limits.time.as_secs().into());
}

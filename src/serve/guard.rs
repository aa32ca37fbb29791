//! What holds for every request and every answer, whatever it is about: for whom the server answers, what browsers may do
//! with what it sends, and how problems are laid out.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, ALLOW,
    CONTENT_SECURITY_POLICY, HOST, HeaderValue, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::Instant;

use super::address::{MCP, SPARQL};
use super::options::Event;
use super::parameters::Parameters;
use super::problem::Problem;
use super::rate;
use super::server::{Peer, Server};
use super::wish;

/// Nothing from elsewhere, nothing that stands in a page itself, and no page within another.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for a page that is made to be shown within another: it has no script, no form, and nothing that is done.
pub(super) const WITHIN_OTHERS: &str = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'";

/// The methods that something is answered to.
const METHODS: &str = "GET, HEAD, POST, OPTIONS";

/// Lets a request through, and finishes its answer.
pub(super) async fn guard(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let asked = request.headers().clone();
    let from = request.extensions().get::<Peer>().map(|peer| peer.0);
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let query = request.uri().query().unwrap_or_default().to_owned();
    let mut response = if !is_known(&asked, request.uri().host(), &server.options.hosts) {
        Problem::new(StatusCode::MISDIRECTED_REQUEST, "unknown-host", "this server has another name").into_response()
    } else if request.method() == Method::OPTIONS {
        preflight(&asked)
    } else if let Some(seconds) = from.and_then(|from| too_often(&server, from.ip(), &asked, &path, begun)) {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-often", "this address asks too often")
            .help(format!("ask again in {seconds} seconds, and less often"))
            .header(RETRY_AFTER, seconds.into())
            .into_response()
    } else {
        next.run(request).await
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let query = Parameters::parse(&query).unwrap_or_default();
        response = problem.rendered(&asked, wish::language(&query, &asked, &server.served.languages));
    }
    protect(response.headers_mut());
    if let Some(from) = from {
        let status = response.status().as_u16();
        (server.tell)(&Event::Answered { from, method, path, status, after: begun.elapsed() });
    }
    response
}

/// Returns when to ask again, if an address asks too often what takes long to answer.
fn too_often(server: &Server, from: IpAddr, asked: &HeaderMap, path: &str, now: Instant) -> Option<u32> {
    let is_costly = [SPARQL, MCP, "/graph", "/reconcile"].contains(&path) || path.starts_with("/questions/");
    let client = rate::client(from, asked, &server.options.proxies);
    if is_costly { server.rates.take(client, now).err() } else { None }
}

/// Tells whether a server is asked by a name that is its own. A page from elsewhere whose name was made to lead here
/// would otherwise read what only this machine may (DNS rebinding); addresses in digits cannot be made to lead elsewhere.
///
/// There must be [one field `Host`](https://www.rfc-editor.org/rfc/rfc9112#section-3.2), or what stands between believes one
/// and the server another. An address may name a host, too.
fn is_known(asked: &HeaderMap, in_address: Option<&str>, hosts: &[String]) -> bool {
    let is_own = |host: &str| {
        let name = host_name(host);
        name.parse::<IpAddr>().is_ok() || is_named(name, hosts)
    };
    let mut fields = asked.get_all(HOST).iter();
    let (Some(host), None) = (fields.next(), fields.next()) else { return false };
    host.to_str().is_ok_and(is_own) && in_address.is_none_or(is_own)
}

/// Returns the name or the address of a host, without its port.
pub(super) fn host_name(host: &str) -> &str {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.trim_end_matches('.')
}

/// Tells whether a name is one of the server's own.
pub(super) fn is_named(name: &str, hosts: &[String]) -> bool {
    let is_own = |own: &str| own.eq_ignore_ascii_case(name);
    is_own("localhost") || hosts.iter().any(|own| is_own(own))
}

/// Answers what browsers ask before they let a page from elsewhere ask.
fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    *response.body_mut() = Body::empty();
    let headers = response.headers_mut();
    headers.insert(ALLOW, HeaderValue::from_static(METHODS));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    // Clients send headers of their own, which harm nobody.
    let wanted = asked.get(ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.unwrap_or(HeaderValue::from_static("*")));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

/// Adds what every answer carries.
fn protect(headers: &mut HeaderMap) {
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        // What is served may be read by everyone who can reach it, and there is nobody to be logged in.
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "Link, ETag, Retry-After, Content-Disposition"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // One page is made to be shown within others, and says so itself.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_answers_to_its_own_names_and_to_addresses_in_digits() {
        let hosts = ["kg.example.org".to_owned()];
        for (host, known) in [
            ("localhost:7878", true),
            ("LOCALHOST.", true),
            ("127.0.0.1:7878", true),
            ("[::1]:7878", true),
            ("kg.example.org", true),
            ("KG.example.org:443", true),
            ("evil.example.org:7878", false),
            ("localhost.evil.example.org", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static(host))]);
            assert_eq!(is_known(&headers, None, &hosts), known, "{host}");
        }
        assert!(!is_known(&HeaderMap::new(), None, &hosts));
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("localhost"))]);
        assert!(is_known(&headers, Some("127.0.0.1"), &hosts) && !is_known(&headers, Some("evil.example.org"), &hosts));
        headers.append(HOST, HeaderValue::from_static("localhost"));
        assert!(!is_known(&headers, None, &hosts), "a client that says it twice says nothing");
    }
}

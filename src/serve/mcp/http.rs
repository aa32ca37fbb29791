//! The protocol over [streamable HTTP](https://modelcontextprotocol.io/specification/2025-11-25/basic/transports), without
//! sessions: each request is answered by itself, as JSON.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use super::speaker::Speaker;
use crate::serve::describe;
use crate::serve::guard;
use crate::serve::problem::Problem;
use crate::serve::server::{Current, Server};
use crate::serve::sparql;

/// Answers a message.
pub(in crate::serve) async fn endpoint(
    State(server): State<Arc<Server>>,
    request: Request,
) -> Result<Response, Problem> {
    if *request.method() != Method::POST {
        return Err(Problem::method_not_allowed("POST, OPTIONS")
            .help("this is where assistants speak the Model Context Protocol: give them the address of this page"));
    }
    if !is_own_origin(request.headers(), &server.options.hosts) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "origin", "pages from elsewhere are not answered here"));
    }
    let origin = describe::origin(request.headers());
    // The whole message must come in time, and has the length of all that is sent here.
    let (head, body) = request.into_parts();
    let text = sparql::text(Request::from_parts(head.clone(), body)).await?;
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        // By which names the server is asked is checked for all requests (`guard`).
        .disable_allowed_hosts();
    let speak = move || Ok(Speaker::new(Current::new(Arc::clone(&server)), Some(origin.clone())));
    let service = StreamableHttpService::new(speak, Arc::new(NeverSessionManager::default()), config);
    Ok(service.handle(Request::from_parts(head, Body::from(text))).await.map(Body::new))
}

/// Tells whether a request comes from no page, or from one of this server or of this machine: the protocol asks for it.
fn is_own_origin(asked: &HeaderMap, hosts: &[String]) -> bool {
    let Some(origin) = asked.get(ORIGIN) else { return true };
    let Some((_, of_page)) = origin.to_str().ok().and_then(|origin| origin.split_once("://")) else { return false };
    let is_same = asked.get(HOST).is_some_and(|host| host.as_bytes() == of_page.as_bytes());
    let name = guard::host_name(of_page);
    let is_loopback = name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    is_same || is_loopback || guard::is_named(name, hosts)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn pages_of_this_server_and_of_this_machine_are_answered() {
        let hosts = ["kg.example.org".to_owned()];
        for (origin, is_own) in [
            ("http://localhost:6274", true),
            ("http://127.0.0.1:6274", true),
            ("http://[::1]:6274", true),
            ("https://kg.example.org", true),
            ("http://192.0.2.7:7878", true),
            ("http://192.0.2.7", false),
            ("https://evil.example.org", false),
            ("https://kg.example.org.evil.example.org", false),
            ("null", false),
        ] {
            let asked = HeaderMap::from_iter([
                (HOST, HeaderValue::from_static("192.0.2.7:7878")),
                (ORIGIN, HeaderValue::from_static(origin)),
            ]);
            assert_eq!(is_own_origin(&asked, &hosts), is_own, "{origin}");
        }
        assert!(is_own_origin(&HeaderMap::new(), &hosts));
    }
}

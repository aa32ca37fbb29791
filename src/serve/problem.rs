//! What is answered when there is nothing else to answer:
//! [problem details](https://www.rfc-editor.org/rfc/rfc9457), or the same as text or as a page.
//!
//! It says what the client did and can do, and nothing of the server: no path, no cause from within.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::frame::Failure;
use super::negotiate;
use super::parameters::NotUtf8;
use crate::model::Language;
use crate::publish::{ProblemShown, problem_page};

/// The methods of what is only read.
const READING: &str = "GET, HEAD, OPTIONS";

/// Tells whether a request only reads; what does more is refused.
pub(super) fn read_only(method: &Method) -> Result<(), Problem> {
    let may = matches!(*method, Method::GET | Method::HEAD);
    if may { Ok(()) } else { Err(Problem::method_not_allowed(READING)) }
}

/// Why a request is not answered as it wishes.
#[derive(Debug, Clone)]
pub(super) struct Problem(Box<Said>);

/// How a problem is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Json,
    Text,
    Page,
}

#[derive(Debug, Clone)]
struct Said {
    status: StatusCode,
    kind: String,
    detail: String,
    help: Option<String>,
    place: Option<(usize, usize)>,
    excerpt: Option<String>,
    headers: HeaderMap,
}

impl Problem {
    pub(super) fn new(status: StatusCode, kind: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Said {
            status,
            kind: kind.to_owned(),
            detail: detail.into(),
            help: None,
            place: None,
            excerpt: None,
            headers: HeaderMap::new(),
        }))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(super) fn header(mut self, name: axum::http::HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "there is nothing at this address")
    }

    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", detail)
    }

    pub(super) fn not_acceptable(offered: &[&str]) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", "this cannot be sent in any media type of Accept")
            .help(format!("accept one of {}", offered.join(", ")))
    }

    pub(super) fn method_not_allowed(allowed: &'static str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", format!("only {allowed} are answered here"))
            .header(ALLOW, HeaderValue::from_static(allowed))
    }

    pub(super) fn busy(seconds: u32) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many are asking at once")
            .help(format!("ask again in {seconds} seconds"))
            .header(RETRY_AFTER, seconds.into())
    }

    pub(super) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed to answer")
    }

    /// Returns what is wrong, with the place marked where it has one, and what to do about it where that is not said yet.
    pub(super) fn words(self) -> (String, Option<String>) {
        let said = *self.0;
        match said.excerpt {
            // An excerpt has the help in it.
            Some(excerpt) => (excerpt.trim_end().to_owned(), None),
            None => (said.detail, said.help),
        }
    }

    /// Lays it out for who asked; a page in a language, if there is one.
    pub(super) fn rendered(self, asked: &HeaderMap, language: Option<Language>) -> Response {
        const OFFERS: [(&str, Layout); 4] = [
            ("application/problem+json", Layout::Json),
            ("text/plain", Layout::Text),
            ("application/json", Layout::Json),
            ("text/html", Layout::Page),
        ];
        // Who accepts none of these must know nevertheless.
        let layout = negotiate::choose(asked, &OFFERS).map_or(Layout::Json, |offer| offer.1);
        let (media_type, text) = match (layout, language) {
            (Layout::Json, _) => ("application/problem+json", format!("{:#}\n", self.0.json())),
            (Layout::Page, Some(language)) => ("text/html; charset=utf-8", self.0.page(language)),
            (Layout::Text, _) | (Layout::Page, None) => ("text/plain; charset=utf-8", self.0.text()),
        };
        let mut response = (self.0.status, Body::from(text)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
        headers.extend(self.0.headers);
        response
    }
}

impl Said {
    fn json(&self) -> Value {
        let mut members = Map::new();
        members.insert("type".to_owned(), json!(format!("urn:rapporteur:problem:{}", self.kind)));
        members.insert("title".to_owned(), json!(self.status.canonical_reason().unwrap_or_default()));
        members.insert("status".to_owned(), json!(self.status.as_u16()));
        members.insert("detail".to_owned(), json!(self.detail));
        if let Some(help) = &self.help {
            members.insert("help".to_owned(), json!(help));
        }
        if let Some((line, column)) = self.place {
            members.insert("line".to_owned(), json!(line));
            members.insert("column".to_owned(), json!(column));
        }
        if let Some(excerpt) = &self.excerpt {
            members.insert("excerpt".to_owned(), json!(excerpt));
        }
        Value::Object(members)
    }

    fn page(&self, language: Language) -> String {
        let shown = ProblemShown {
            title: self.status.canonical_reason().unwrap_or_default(),
            detail: &self.detail,
            help: self.help.as_deref(),
            excerpt: self.excerpt.as_deref(),
        };
        problem_page(shown, language)
    }

    fn text(&self) -> String {
        let reason = self.status.canonical_reason().unwrap_or_default();
        let detail = match &self.excerpt {
            Some(excerpt) => excerpt.trim_end(),
            None => &self.detail,
        };
        // An excerpt has the help in it.
        let help = self.help.iter().filter(|_| self.excerpt.is_none()).map(|help| format!("help: {help}\n"));
        format!("{} {reason}\n\n{detail}\n{}", self.status.as_u16(), help.collect::<String>())
    }
}

impl From<NotUtf8> for Problem {
    fn from(_: NotUtf8) -> Self {
        Self::bad_request("a parameter is no UTF-8")
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            return Self::internal();
        }
        Self(Box::new(Said {
            status,
            kind: failure.kind,
            detail: failure.detail,
            help: failure.help,
            place: failure.place,
            excerpt: failure.excerpt,
            headers: HeaderMap::new(),
        }))
    }
}

/// A problem is laid out where what the client accepts is known (`guard`).
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

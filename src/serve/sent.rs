//! Answers that are the same as long as the data are: with the tag by which a client asks whether they still are.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// The tag of what depends on the data, and on nothing else than its address. It is weak, since what is sent is
/// compressed for some.
pub(super) fn tag(digest: &str) -> String {
    format!("W/\"{digest}\"")
}

/// Tells whether a client has what has this tag.
pub(super) fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|tags| tags.split(',')).any(|known| known.trim() == "*" || bare(known) == bare(tag))
}

/// Says that nothing changed.
pub(super) fn not_modified(tag: &str, vary: &'static str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    mark(response.headers_mut(), tag, vary);
    response
}

/// Sends something.
pub(super) fn body(media_type: &str, body: impl Into<Body>, tag: &str, vary: &'static str) -> Response {
    let mut response = body.into().into_response();
    set(response.headers_mut(), CONTENT_TYPE, &with_charset(media_type));
    mark(response.headers_mut(), tag, vary);
    response
}

/// Sends elsewhere.
pub(super) fn redirect(status: StatusCode, to: &str, vary: &'static str) -> Result<Response, Problem> {
    let mut response = status.into_response();
    let to = HeaderValue::from_str(to).map_err(|_| Problem::not_found())?;
    response.headers_mut().insert(LOCATION, to);
    if !vary.is_empty() {
        response.headers_mut().insert(VARY, HeaderValue::from_static(vary));
    }
    Ok(response)
}

/// Text says how its characters are written.
fn with_charset(media_type: &str) -> String {
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

/// Adds by what it is known again, and that it must be asked for each time.
pub(super) fn mark(headers: &mut HeaderMap, tag: &str, vary: &'static str) {
    if !tag.is_empty() {
        set(headers, ETAG, tag);
    }
    if !vary.is_empty() {
        headers.insert(VARY, HeaderValue::from_static(vary));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
}

/// Adds a header, if its text is one.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

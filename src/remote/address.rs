//! Addresses of stores: of HTTP or HTTPS, with no login in them.

use std::fmt;
use std::net::IpAddr;

use ureq::http::Uri;

use super::RemoteError;
use crate::rdf::segment;

/// Where a store or an endpoint answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    text: String,
    is_secure: bool,
    is_here: bool,
}

impl Address {
    /// Reads an address such as `https://example.org/ds/data`.
    ///
    /// # Errors
    ///
    /// If it is none of HTTP or HTTPS, has a login in it, which others on this machine could see, or a fragment.
    pub(crate) fn parse(text: &str) -> Result<Self, RemoteError> {
        let wrong = |reason| RemoteError::Address { address: without_login(text), reason };
        let uri: Uri = text.parse().map_err(|_| wrong("it is no address"))?;
        let is_secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            Some(_) => return Err(wrong("only http and https are spoken")),
            None => return Err(wrong("it begins with neither http:// nor https://")),
        };
        let authority = uri.authority().ok_or_else(|| wrong("it names no host"))?;
        if authority.as_str().contains('@') {
            return Err(wrong("it has a login in it, which others on this machine can see"));
        }
        if text.contains('#') {
            return Err(wrong("a fragment is sent to no server"));
        }
        let host = authority.host();
        if host.is_empty() {
            return Err(wrong("it names no host"));
        }
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let is_here = host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback());
        // A parameter follows a path, which is `/` where none is written.
        let scheme = if is_secure { "https" } else { "http" };
        let asked = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        Ok(Self { text: format!("{scheme}://{authority}{}{asked}", uri.path()), is_secure, is_here })
    }

    /// Tells whether what is sent there can be read on the way.
    pub(super) fn is_open(&self) -> bool {
        !self.is_secure && !self.is_here
    }

    /// Tells whether it is one of HTTPS.
    pub(super) fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Returns the address of a graph by [indirect identification]: a named one, or the default graph.
    ///
    /// [indirect identification]: https://www.w3.org/TR/sparql11-http-rdf-update/#indirect-graph-identification
    pub(super) fn of_graph(&self, name: Option<&str>) -> String {
        let parameter = name.map_or_else(|| "default".to_owned(), |name| format!("graph={}", segment(name)));
        let sign = if self.text.contains('?') { '&' } else { '?' };
        format!("{}{sign}{parameter}", self.text)
    }
}

/// The text of an address without a login, as messages may show it.
fn without_login(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit_once('@').map_or(&rest[..end], |(_, host)| host);
    format!("{scheme}://{host}{}", &rest[end..])
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_without_a_login_are_taken() {
        for text in [
            "",
            "data",
            "/store",
            "example.org/store",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://",
            "http:///store",
            "https://me@example.org/",
            "https://me:secret@example.org/",
            "https://example.org/#default",
            "http://exa mple.org/",
        ] {
            let error = Address::parse(text).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn what_can_be_read_on_the_way_is_known() {
        for (text, is_open) in [
            ("https://example.org/store", false),
            ("http://example.org/store", true),
            ("http://localhost:7878/store", false),
            ("http://127.0.0.1:7878", false),
            ("http://[::1]:7878/store", false),
            ("http://127.0.0.1.example.org/", true),
            ("http://10.0.0.1/", true),
        ] {
            assert_eq!(Address::parse(text).unwrap().is_open(), is_open, "{text}");
        }
    }

    #[test]
    fn graphs_are_named_by_parameters() {
        let store = Address::parse("http://localhost:7878/store").unwrap();
        assert_eq!(store.of_graph(None), "http://localhost:7878/store?default");
        assert_eq!(
            store.of_graph(Some("https://example.org/a?b=c&d#e")),
            "http://localhost:7878/store?graph=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%23e"
        );
        let store = Address::parse("http://localhost/?login=no").unwrap();
        assert_eq!(store.of_graph(None), "http://localhost/?login=no&default");
        assert_eq!(Address::parse("http://localhost").unwrap().of_graph(None), "http://localhost/?default");
        let store = Address::parse("http://localhost?login=no").unwrap();
        assert_eq!(store.of_graph(None), "http://localhost/?login=no&default");
    }
}

//! Where in a store graphs are, and what is said of them there.

use std::io::Read;

use oxrdf::Term;
use oxrdfio::RdfFormat;
use ureq::http::Method;

use super::client::{Answer, Client};
use super::{Address, RemoteError, ask};
use crate::query;

/// Where in a store a graph goes, or comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The address of the [Graph Store HTTP Protocol](https://www.w3.org/TR/sparql11-http-rdf-update/).
    pub store: Address,
    /// The address of queries, by which triples are counted as well.
    pub endpoint: Option<Address>,
    /// The named graph that takes what is in none of its own; nothing for the default graph.
    pub graph: Option<String>,
}

/// The syntaxes that graphs come back in. Both are read line by line or statement by statement, and ask for nothing.
const ACCEPT: &str = "application/n-triples, text/turtle;q=0.5";

impl Place {
    /// Returns the addresses that are asked.
    pub(super) fn addresses(&self) -> Vec<&Address> {
        [Some(&self.store), self.endpoint.as_ref()].into_iter().flatten().collect()
    }

    /// Returns the name in the store of a graph of the data set; nothing for the default graph.
    pub(super) fn named<'n>(&'n self, name: Option<&'n str>) -> Option<&'n str> {
        name.or(self.graph.as_deref())
    }

    /// Gets a graph of the store and hands its text on, with its syntax; nothing if there is no such graph.
    pub(super) fn get<T>(
        &self,
        client: &Client<'_>,
        name: Option<&str>,
        most: u64,
        read: impl FnOnce(&mut dyn Read, RdfFormat) -> Result<T, std::io::Error>,
    ) -> Result<Option<T>, RemoteError> {
        let address = self.store.of_graph(name);
        let Some(answer) = client.ask(Method::GET, &address, ACCEPT, None)? else { return Ok(None) };
        let format = syntax(&answer, &address)?;
        let mut body = answer.body(most)?;
        let read = read(&mut body, format);
        Ok(Some(read.map_err(|source| RemoteError::broken_off(address, source, most))?))
    }

    /// Checks that a query finds so many triples in a graph of the store, if an endpoint is known.
    pub(super) fn check_count(&self, client: &Client<'_>, name: Option<&str>, n: u64) -> Result<(), RemoteError> {
        let Some((endpoint, found)) = self.endpoint.as_ref().zip(client.trying(|| self.count(client, name))?) else {
            return Ok(());
        };
        if found == n {
            return Ok(());
        }
        let (address, name) = (endpoint.to_string(), name.map(str::to_owned));
        Err(RemoteError::Counted { address, name, expected: n, found })
    }

    /// Returns how many triples a query finds in a graph of the store; nothing if no endpoint is known.
    fn count(&self, client: &Client<'_>, name: Option<&str>) -> Result<Option<u64>, RemoteError> {
        let Some(endpoint) = &self.endpoint else { return Ok(None) };
        let pattern = "{ ?s ?p ?o }";
        let pattern = name.map_or_else(|| pattern.to_owned(), |name| format!("{{ GRAPH <{name}> {pattern} }}"));
        let query = format!("SELECT (COUNT(*) AS ?n) {pattern}");
        let answer = ask::answer(client, endpoint, &query, &query::Options::default())?;
        let counted = if let query::Answer::Solutions { rows, .. } = &answer { rows.first() } else { None };
        let Some(Some(Term::Literal(number))) = counted.and_then(|row| row.first()) else { return Ok(None) };
        Ok(number.value().parse().ok())
    }
}

/// Returns the syntax of an answer, if it is one that was asked for.
fn syntax(answer: &Answer, address: &str) -> Result<RdfFormat, RemoteError> {
    let media_type = answer.media_type();
    match RdfFormat::from_media_type(&media_type) {
        Some(format @ (RdfFormat::NTriples | RdfFormat::Turtle)) => Ok(format),
        _ => Err(RemoteError::MediaType {
            address: address.to_owned(),
            media_type,
            wanted: "application/n-triples or text/turtle",
        }),
    }
}

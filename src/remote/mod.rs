//! Stores elsewhere, asked only when somebody names one: the only place that connects.
//!
//! [`push()`] puts the graph into a store by the [Graph Store HTTP Protocol] and looks whether it arrived, [`pull()`] gets
//! graphs from there, [`ask()`] asks an endpoint by the [SPARQL 1.1 Protocol]. Where to is an [`Address`] that somebody
//! typed: nothing in a data set, and nothing that is answered, causes a request.
//!
//! [Graph Store HTTP Protocol]: https://www.w3.org/TR/sparql11-http-rdf-update/
//! [SPARQL 1.1 Protocol]: https://www.w3.org/TR/sparql11-protocol/

mod address;
mod ask;
mod client;
mod content;
mod error;
mod place;
mod pull;
mod push;
mod tls;

pub(crate) use address::Address;
pub(crate) use ask::ask;
pub(crate) use client::{Event, Login, Options};
pub(crate) use error::RemoteError;
pub(crate) use place::Place;
pub(crate) use pull::pull;
pub(crate) use push::push;

#[cfg(test)]
mod tests;

//! The graph for assistants, in the [Model Context Protocol](https://modelcontextprotocol.io/specification/2025-11-25): tools
//! that look things up and ask, resources that are entities and paragraphs. Everything that is told is cited.
//!
//! [`converse`] speaks it over stdin and stdout, [`endpoint`] over HTTP, both through [`Speaker`](speaker::Speaker). There
//! are no sessions: each call says all that it needs, and where a long answer goes on is said by the answer.

mod arguments;
mod http;
mod look;
mod part;
mod picture;
mod query;
mod question;
mod refusal;
mod resource;
mod schema;
mod speaker;
mod stdio;
mod tell;
mod tool;

pub(super) use http::endpoint;
pub(crate) use stdio::converse;

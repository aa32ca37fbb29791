//! The graph asked in [SPARQL 1.2](https://www.w3.org/TR/sparql12-query/), without a server.
//!
//! An [`Engine`] holds the quads of a graph, and the ontology, in memory; [`Engine::run`] answers SELECT, ASK,
//! CONSTRUCT and DESCRIBE within the limits of [`Options`]; [`ask`] answers one query and loads no more than that needs;
//! [`fn@write`] writes the [`Answer`] in one of the
//! [`Format`]s, and [`render`] shows an error at its place in the query. Nothing here writes to the graph, reads a file
//! or reaches the network: updates, LOAD among them, and SERVICE are refused.
//!
//! The same query gives the same answer in the same order, in every run: rows and triples are sorted unless ORDER BY
//! says how, and blank nodes are numbered. Only the functions that are made to differ do: NOW, RAND, UUID and STRUUID.
//! Which rows LIMIT without ORDER BY leaves, and in which order ORDER BY leaves rows that it holds equal, is the
//! engine's choice.

mod answer;
mod engine;
mod error;
mod format;
mod limits;
mod needs;
mod syntax;
mod table;
#[cfg(test)]
mod tests;
mod token;
mod word;

pub use answer::Answer;
pub use engine::{Engine, Options, ask};
pub use error::{Place, QueryError, SyntaxError, render};
pub use format::{Format, Shape, write};

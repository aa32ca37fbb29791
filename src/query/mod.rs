//! The graph asked in [SPARQL 1.2](https://www.w3.org/TR/sparql12-query/), without a server.
//!
//! An [`Engine`] asks a graph in place: quads are told from it as a query looks for them, and kept nowhere.
//! [`Engine::run`] answers SELECT, ASK, CONSTRUCT and DESCRIBE within the limits of [`Options`], [`Engine::start`] gives
//! rows while they are found; [`fn@write`] and [`write_stream`] write them in one of the [`Format`]s, and [`render`] shows
//! an error at its place in the query. Nothing here writes to the graph, reads a file or reaches the network: updates, LOAD
//! among them, and SERVICE are refused.
//!
//! The same query gives the same answer in the same order, in every run, whatever was asked before. An [`Answer`] is
//! sorted unless ORDER BY says how; a [`Stream`] is in the order of the evaluation. Blank nodes are numbered. Only the
//! functions that are made to differ do: NOW, RAND, UUID and STRUUID. Which rows LIMIT without ORDER BY leaves, and in
//! which order ORDER BY leaves rows that it holds equal, is the engine's choice.

mod answer;
mod brief;
mod engine;
mod error;
mod format;
mod job;
mod limits;
mod options;
mod results;
mod rewrite;
mod syntax;
mod table;
#[cfg(test)]
mod tests;
mod token;
mod view;
mod watch;
mod word;

pub use answer::Answer;
pub(crate) use engine::self_contained;
pub use engine::{Engine, check};
pub use error::{Place, QueryError, SyntaxError, render};
pub use format::{Format, Shape, write, write_stream};
pub(crate) use job::Graphs;
pub(crate) use limits::MAX_LENGTH;
pub use options::Options;
pub use results::{Results, Row, Stream};
pub(crate) use table::{WIDEST, width};
pub(crate) use watch::{Watch, resident};

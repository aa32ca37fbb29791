//! Links organizations, initiatives and events into one graph in which every statement cites its paragraph.
//!
//! The links are a graph of petgraph's, on which all algorithms of that library run. This is `examples/petgraph.rs`:
//!
//! ```
//! use std::error::Error;
//! use std::io::{self, Write as _};
//!
//! use rapporteur::petgraph::algo::{articulation_points::articulation_points, astar, connected_components};
//! use rapporteur::petgraph::visit::UndirectedAdaptor;
//! use rapporteur::{ontology::Ontology, read::Source};
//!
//! fn main() -> Result<(), Box<dyn Error>> {
//!     let (graph, _findings) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
//!     let (links, languages) = (graph.petgraph(), graph.languages(None));
//!     let name = |node| graph.label(links[node], &languages);
//!     let mut out = io::stdout();
//!
//!     // How many parts are there that nothing links?
//!     writeln!(out, "{} parts", connected_components(links))?;
//!
//!     // How is one body connected with another, whichever way the links lead?
//!     let (from, to) = (graph.node(graph.find("ITU")?), graph.node(graph.find("UNESCO")?));
//!     if let Some((hops, path)) = astar(UndirectedAdaptor(links), from, |node| node == to, |_| 1, |_| 0) {
//!         writeln!(out, "{hops} hops: {}", path.into_iter().map(name).collect::<Vec<_>>().join(" – "))?;
//!     }
//!
//!     // Without whom would others be cut off?
//!     let mut points: Vec<_> = articulation_points(UndirectedAdaptor(links)).into_iter().collect();
//!     points.sort_unstable();
//!     let first = points.first().map_or("nobody", |&node| name(node));
//!     writeln!(out, "{} entities, the first of them {first}", points.len())?;
//!     Ok(())
//! }
//! ```
//!
//! # The flow
//!
//! The modules are the stages of the program, and each knows only those before it.
//!
//! | stage | function | from | to |
//! |---|---|---|---|
//! | [`ontology`] | [`ontology::Ontology::shipped`] | Turtle | the declared terms |
//! | [`mod@read`] | [`read::dataset`] | files | tables whose every value keeps its place |
//! | [`mod@link`] | [`link::link`] | tables | entities and statements |
//! | [`mod@validate`] | [`validate::validate`] | entities and statements | the same, with findings |
//! | [`graph`] | [`graph::KnowledgeGraph::new`] | what is validated | the graph |
//! | [`rdf`] | [`rdf::quads`] | the graph | quads |
//! | [`export`] | [`export::write_graph`] | quads | a file in one of the formats |
//! | [`draw`] | [`draw::diagram`], [`draw::Picture::write`] | a part of the graph | a picture |
//! | [`query`] | [`query::Engine::run`] | the graph and a question | an answer |
//! | [`publish`] | [`publish::build()`] | all of this | a folder of files, a site among them |
//! | [`cli`] | [`cli::run`] | what was typed | all of this, a server, stores elsewhere |
//!
//! [`model`] holds the words of the data and [`finding`] what is wrong with them. [`open`] goes from files to the graph, and most
//! programs begin with it. What the program does besides (a new data set, one in parts, a release, a server, stores elsewhere)
//! is called by commands only.
//!
//! # Example
//!
//! ```
//! use rapporteur::{ontology::Ontology, read::Source};
//!
//! let (graph, findings) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
//! let itu = graph.find("ITU").expect("the report names the ITU");
//! assert_eq!(graph.id(itu), "itu");
//! assert!(findings.iter().all(|finding| finding.severity() != rapporteur::finding::Severity::Violation));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod begin;
pub mod cli;
mod contained;
pub mod draw;
mod ended;
pub mod export;
pub mod finding;
pub mod graph;
pub mod link;
pub mod model;
pub mod ontology;
mod parallel;
pub mod publish;
pub mod query;
pub mod rdf;
pub mod read;
mod remote;
mod serve;
mod shard;
mod sort;
mod temporary;
pub mod validate;

pub use petgraph;

use finding::Finding;
use graph::KnowledgeGraph;
use ontology::Ontology;
use read::{ReadError, Source};

/// Reads, links and validates a data set, and returns its graph with all findings, sorted.
///
/// There is a graph also when there are violations: it holds what could be linked.
///
/// # Errors
///
/// If the data set or its `dataset.toml` cannot be read at all.
pub fn open(source: &Source, ontology: Ontology) -> Result<(KnowledgeGraph, Vec<Finding>), ReadError> {
    let (ontology, mut findings) = read::ontology(source, ontology)?;
    let (mut dataset, more) = read::dataset(source, &ontology)?;
    findings.extend(more);
    findings.extend(link::create(&mut dataset, &ontology));
    let (linked, more) = link::link(&dataset, &ontology);
    findings.extend(more);
    let (validated, more) = validate::validate(linked, &dataset, &ontology);
    findings.extend(more);
    finding::sort(&mut findings);
    Ok((KnowledgeGraph::new(validated, dataset, ontology), findings))
}

#[cfg(test)]
mod tests;

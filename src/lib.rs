//! Links organizations, initiatives and events into one graph in which every statement cites its paragraph.
//!
//! # The flow
//!
//! The modules are the stages, and each imports only those before it.
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
//! | [`query`] | [`query::Engine::run`] | quads and a question | an answer |
//! | [`publish`] | [`publish::build()`], [`publish::entity_page`] | all of this | what is shown: a folder of files, a page |
//! | [`cli`] | [`cli::run`] | what was typed | all of this |
//!
//! [`model`] holds the words of the data and [`finding`] what is wrong with them. [`open`] goes from files to the graph.
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

pub mod cli;
pub mod draw;
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
    let (dataset, mut findings) = read::dataset(source, &ontology)?;
    let (linked, more) = link::link(&dataset, &ontology);
    findings.extend(more);
    let (validated, more) = validate::validate(linked, &dataset, &ontology);
    findings.extend(more);
    finding::sort(&mut findings);
    Ok((KnowledgeGraph::new(validated, dataset, ontology), findings))
}

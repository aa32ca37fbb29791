//! All tests that look at the crate from outside, in one program.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a test fails by panicking, and its own speed does not matter"
)]

/// Folders of input with everything that must come out of them.
mod cases;
/// The program as its users run it.
mod cli;
/// Questions to the shipped data, with their answers.
mod competency;
/// Queries that are meant to take all time, memory or stack.
mod endless;
/// The graph in the formats of graph tools.
mod feeds;
/// Tables that others made, by mapping alone.
mod foreign;
/// What is nearly right, from a corpus, changed at random.
mod fuzz;
/// Files that are made from others and kept beside them.
mod generated;
/// Small inputs that ask for much.
mod hostile;
/// What holds for any data.
mod laws;
/// What a careful reader finds in the report.
mod links;
/// What findings say, in full.
mod messages;
/// Planted mistakes, each found at its place.
mod mistakes;
/// What the ontology promises.
mod ontology;
/// The public interface as a list.
mod public;
/// Queries, answered as a store answers them.
mod queries;
/// Questions by their names.
mod questions;
/// RDF that others made.
mod rdf;
/// What is written, read again.
mod readback;
/// What is published of a version.
mod release;
/// Several reports in a data set.
mod reports;
/// What goes out comes in.
mod round_trip;
/// The server, asked over a connection.
mod serve;
/// The site of a build, crawled.
mod site;
/// Stores elsewhere.
mod stores;
/// Terms of the data set's own.
mod terms;
/// The sources themselves: sizes, imports, names.
mod tidy;
/// Folders and files that appear whole or not at all, whatever happens to the program.
mod whole;
/// Words of tables as people write them.
mod words;
/// Names, languages and characters as people write them.
mod written;

/// Folders with data sets, as the tests of the stages have them.
mod folders;

use std::path::Path;

use folders::{copy_shipped, dataset, repository, with_questions};
use rapporteur::finding::Finding;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::ontology::Ontology;
use rapporteur::read::Source;

/// Opens a data set in a folder.
fn open(folder: &Path) -> (KnowledgeGraph, Vec<Finding>) {
    rapporteur::open(&Source::Folder(folder.to_owned()), Ontology::shipped().unwrap()).unwrap()
}

/// Opens the shipped data set.
fn shipped() -> KnowledgeGraph {
    open(&repository("data/c24")).0
}

/// Sends a signal to a process, and tells whether it was there. The shell does it: not every machine has a program for it.
pub(crate) fn signalled(signal: &str, process: &str) -> bool {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("kill {signal} {process}")]).stderr(std::process::Stdio::null());
    shell.status().is_ok_and(|status| status.success())
}

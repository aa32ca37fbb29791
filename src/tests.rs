//! Data sets that the tests of several stages read.

#[path = "../tests/suite/folders.rs"]
mod folders;

pub(crate) use folders::{dataset, repository, with_questions};

use std::path::Path;

use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::read::Source;

/// Opens a data set in a folder.
pub(crate) fn open(folder: &Path) -> (KnowledgeGraph, Vec<Finding>) {
    crate::open(&Source::Folder(folder.to_owned()), Ontology::shipped().unwrap()).unwrap()
}

/// Opens the shipped data set.
pub(crate) fn shipped() -> KnowledgeGraph {
    open(&repository("data/c24")).0
}

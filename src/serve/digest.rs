//! By what it is known that data are the same: to a client that has an answer already, and to the processes that answer
//! queries, which read the data for themselves.

use sha2::{Digest as _, Sha256};

use crate::graph::KnowledgeGraph;
use crate::model::hexadecimal;

/// Returns a digest of a data set by the stamp of its files, and of the version of the program.
pub(super) fn of_data(graph: &KnowledgeGraph, stamp: &str) -> String {
    short(&[env!("CARGO_PKG_VERSION"), &graph.config().id, stamp])
}

/// Returns a digest of several texts.
pub(super) fn short(texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text.as_bytes());
    }
    hexadecimal(&digest.finalize()[..16])
}

//! Statements to RDF: the graph as quads, in one of four provenance profiles.
//!
//! [`quads`] streams them in an order that depends on the content only. There are no blank nodes. This module alone
//! mints IRIs; it writes no syntax.

mod describe;
mod identity;
mod iri;
mod profile;
mod term;

pub use identity::statement_hash;
pub use iri::{Node, base_iri};
pub use profile::Profile;
pub use term::{Quad, Term};

use crate::graph::KnowledgeGraph;
use crate::ontology::PREFIXES;

/// Hands every quad of a graph to `sink`, subject by subject, and stops at its first error.
///
/// O(quads), with memory that does not grow with them.
///
/// # Errors
///
/// If the sink fails.
pub fn quads<E>(
    graph: &KnowledgeGraph,
    profile: Profile,
    sink: &mut impl FnMut(Quad<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut describe = describe::Describe { graph, profile, sink };
    describe.dataset()?;
    for entity in graph.entity_ids() {
        describe.entity(entity)?;
    }
    if profile != Profile::Direct {
        describe.paragraphs()?;
    }
    Ok(())
}

/// Returns the prefixes that the output and every query know: those of the vocabularies, the data set's own name for its
/// base, and those that it declares, sorted by prefix.
#[must_use]
pub fn prefixes(graph: &KnowledgeGraph) -> Vec<(String, String)> {
    let config = graph.config();
    let mut prefixes: std::collections::BTreeMap<String, String> =
        PREFIXES.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).to_owned())).collect();
    prefixes.insert(config.id.clone(), config.base.clone());
    prefixes.extend(config.prefixes.clone());
    prefixes.into_iter().collect()
}

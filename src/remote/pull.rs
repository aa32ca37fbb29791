//! Getting graphs from a store.

use std::collections::BTreeSet;
use std::io::{self, Read};

use oxrdfio::{RdfFormat, RdfParser};

use super::client::{Client, Event, Options};
use super::{Place, RemoteError};
use crate::graph::KnowledgeGraph;
use crate::rdf::{self, Profile, Projection};

/// What came from a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pulled {
    /// The lines of N-Triples, or of N-Quads where there are named graphs: sorted, each once.
    pub lines: Vec<String>,
    /// The graphs that the store does not have.
    pub missing: Vec<String>,
}

/// Gets the graphs that a push of a graph in a profile puts into a store, as it was before: what is in the graph of the
/// place is in none. O(triples log triples), in the memory of all lines.
///
/// # Errors
///
/// If the store cannot be asked, says no, has more than so many bytes, or counts another number of triples.
pub(crate) fn pull(
    graph: &KnowledgeGraph,
    profile: Profile,
    place: &Place,
    most: u64,
    options: &Options,
    told: &dyn Fn(&Event<'_>),
) -> Result<Pulled, RemoteError> {
    let mut names = BTreeSet::from([None]);
    if profile.needs_named_graphs() {
        rdf::quads(&Projection::new(graph, profile), &mut |quad| {
            names.insert(quad.graph.map(|name| name.to_iri()));
            Ok::<_, RemoteError>(())
        })?;
    }
    let client = Client::new(&place.addresses(), options, told)?;
    let mut pulled = Pulled { lines: Vec::new(), missing: Vec::new() };
    let mut left = most;
    for name in &names {
        let in_store = place.named(name.as_deref());
        let got = client
            .trying(|| place.get(&client, in_store, left, |reader, format| lines(reader, format, name.as_deref())))?;
        let Some((lines, bytes)) = got else {
            pulled.missing.push(in_store.unwrap_or("the default graph").to_owned());
            continue;
        };
        place.check_count(&client, in_store, lines.len() as u64)?;
        left = left.saturating_sub(bytes);
        pulled.lines.extend(lines);
    }
    pulled.lines.sort_unstable();
    Ok(pulled)
}

/// Returns the triples of a document as lines, each once, and how many bytes these are.
fn lines(reader: &mut dyn Read, format: RdfFormat, graph: Option<&str>) -> io::Result<(BTreeSet<String>, u64)> {
    let (mut lines, mut bytes) = (BTreeSet::new(), 0);
    let graph = graph.map(|graph| format!(" <{graph}>")).unwrap_or_default();
    for quad in RdfParser::from_format(format).without_named_graphs().for_reader(reader) {
        let quad = quad?;
        let line = format!("{} {} {}{graph} .", quad.subject, quad.predicate, quad.object);
        bytes += line.len() as u64;
        lines.insert(line);
    }
    Ok((lines, bytes))
}

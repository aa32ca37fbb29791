//! Putting the graph into a store, and looking whether it is there.
//!
//! A graph of the store is replaced by its first part and added to by the others, one after the other. To do any of this
//! again doubles nothing, because a graph is a set of triples and none of ours has blank nodes: what may have arrived
//! is sent once more, and a push that was broken off is begun anew. What is said at the end is looked up first: all
//! triples are got back and compared.

use std::collections::BTreeMap;
use std::io::Write as _;

use ureq::http::Method;

use super::client::{Client, Event, Options, Sent};
use super::content::Content;
use super::{Place, RemoteError};
use crate::export::{Cut, Cutter, Part, Piece, push_line};
use crate::graph::KnowledgeGraph;
use crate::rdf::{self, Profile, Projection};

/// What is in a store now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pushed {
    /// The graphs with their triples; the name is nothing for the default graph.
    pub graphs: Vec<(Option<String>, u64)>,
    /// Whether the store has each number, day and tag of a language as it was sent, or in a form of its own.
    pub is_as_sent: bool,
}

/// A graph on its way.
struct Way {
    cutter: Cutter,
    /// What is packed of the part that is made.
    packed: Vec<u8>,
    content: Content,
    parts: usize,
}

/// Puts a graph into a store: each graph of the profile replaces the one of its name there, in parts that are cut as
/// asked for. O(triples), in the memory of a part for each graph.
///
/// # Errors
///
/// If the store cannot be asked, says no, or has something else than what was sent. Until then graphs of the store may
/// be there in part.
pub(crate) fn push(
    graph: &KnowledgeGraph,
    profile: Profile,
    place: &Place,
    cut: Cut,
    options: &Options,
    told: &dyn Fn(&Event<'_>),
) -> Result<Pushed, RemoteError> {
    let client = Client::new(&place.addresses(), options, told)?;
    let mut ways: BTreeMap<String, Way> = BTreeMap::new();
    let projection = Projection::new(graph, profile);
    let (mut line, mut name, mut borrowed) = (String::new(), String::new(), rdf::Borrowed::default());
    rdf::quads(&projection, &mut |mut quad| {
        name.clear();
        if let Some(graph) = quad.graph.take() {
            graph.push_to(&mut name);
        }
        line.clear();
        push_line(&quad, &mut line);
        if !ways.contains_key(&name) {
            if place.graph.as_ref() == Some(&name) {
                return Err(RemoteError::SameGraph(name.clone()));
            }
            let way = Way { cutter: Cutter::new(cut), packed: Vec::new(), content: Content::default(), parts: 0 };
            ways.insert(name.clone(), way);
        }
        let Some(Way { cutter, packed, content, parts }) = ways.get_mut(&name) else { return Ok(()) };
        content.add(borrowed.quad(&quad).into());
        let mut sink = |piece: Piece<'_>| send(&client, place, &name, cut, piece, packed, parts);
        cutter.push(line.as_bytes(), &mut sink)
    })?;
    let mut pushed = Pushed { graphs: Vec::new(), is_as_sent: true };
    let mut sent = Vec::new();
    for (name, Way { cutter, mut packed, content, mut parts }) in ways {
        cutter.finish(&mut |piece: Piece<'_>| send(&client, place, &name, cut, piece, &mut packed, &mut parts))?;
        sent.push((name, content));
    }
    for (name, content) in sent {
        let name = place.named(Some(name.as_str()).filter(|name| !name.is_empty()));
        pushed.is_as_sent &= check(&client, place, name, &content)?;
        pushed.graphs.push((name.map(str::to_owned), content.triples));
    }
    Ok(pushed)
}

/// Takes a piece of a part, and sends the part when it is whole.
fn send(
    client: &Client<'_>,
    place: &Place,
    name: &str,
    cut: Cut,
    piece: Piece<'_>,
    packed: &mut Vec<u8>,
    parts: &mut usize,
) -> Result<(), RemoteError> {
    let Part { lines, bytes, .. } = match piece {
        Piece::Bytes(bytes) => return Ok(packed.write_all(bytes)?),
        Piece::End(part) => part,
    };
    let name = place.named(Some(name).filter(|name| !name.is_empty()));
    let address = place.store.of_graph(name);
    // The first replaces what was there, however often it is sent; the others are added, however often.
    let method = if *parts == 0 { Method::PUT } else { Method::POST };
    let sent = Sent { media_type: "application/n-triples", gzip: cut.gzip, bytes: packed };
    client.trying(|| match client.ask(method.clone(), &address, "*/*", Some(sent))? {
        Some(_) => Ok(()),
        None => Err(RemoteError::NoStore { address: place.store.to_string() }),
    })?;
    packed.clear();
    *parts += 1;
    client.tell(&Event::Sent { graph: name, part: *parts, triples: lines, bytes });
    Ok(())
}

/// Compares what is in a graph of the store with what was sent. Tells whether it is written in the same way.
fn check(client: &Client<'_>, place: &Place, name: Option<&str>, sent: &Content) -> Result<bool, RemoteError> {
    let found = client.trying(|| {
        place.get(client, name, u64::MAX, |reader, format| Content::read(reader, format).map_err(Into::into))
    })?;
    let found = found.unwrap_or_default();
    if !found.means(sent) {
        let name = name.map(str::to_owned);
        return Err(RemoteError::Different { name, sent: sent.triples, found: found.triples });
    }
    place.check_count(client, name, sent.triples)?;
    Ok(found.is_written_as(sent))
}

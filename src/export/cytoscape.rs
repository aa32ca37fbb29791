//! [Cytoscape.js JSON](https://js.cytoscape.org/#notation/elements-json), as Cytoscape.js, Cytoscape and networkx read it.
//!
//! Nodes and edges share one space of ids, so those of edges begin with `edge:`, which no key of a node does. `name` is
//! what Cytoscape shows, `value` and `key` are what networkx takes for the names of nodes and edges.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Options;
use super::network::{Claims, Edge, Network, Node, json};
use crate::graph::KnowledgeGraph;

/// Writes a part of the graph as Cytoscape.js JSON. O(size of the output).
pub(super) fn write_cytoscape(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Nested);
    let about = Value::Object(network.to_json());
    write!(out, "{{\"data\":{about},\"directed\":{},\"multigraph\":true,\"elements\":{{\"nodes\":", network.directed)?;
    json::nodes(out, &network, |node| json!({"data": of_node(node, &network)}))?;
    write!(out, ",\"edges\":")?;
    json::edges(out, &network, |edge| json!({"data": of_edge(edge, &network)}))?;
    writeln!(out, "}}}}")
}

fn of_node(node: &Node<'_>, network: &Network<'_>) -> Map<String, Value> {
    let mut data = node.to_json(network);
    for (name, text) in [("id", node.key), ("value", node.key), ("name", node.label)] {
        data.insert(name.to_owned(), text.into());
    }
    data
}

fn of_edge(edge: &Edge<'_>, network: &Network<'_>) -> Map<String, Value> {
    let mut data = edge.to_json(network);
    data.insert("id".to_owned(), format!("edge:{}", edge.key).into());
    for (name, text) in [("key", &*edge.key), ("source", edge.source), ("target", edge.target)] {
        data.insert(name.to_owned(), text.into());
    }
    data
}

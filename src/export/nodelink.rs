//! Node-link JSON, as [networkx](https://networkx.org/documentation/stable/reference/readwrite/json_graph.html) and
//! [D3](https://d3js.org/d3-force/link) read it: lists of nodes and of edges, whose ends are ids of nodes.

use std::io::{self, Write};

use serde_json::Value;

use super::Options;
use super::network::{Claims, Network, json};
use crate::graph::KnowledgeGraph;

/// Writes a part of the graph as node-link JSON. O(size of the output).
pub(super) fn write_node_link(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Nested);
    let about = Value::Object(network.to_json());
    write!(out, "{{\"directed\":{},\"multigraph\":true,\"graph\":{about},\"nodes\":", network.directed)?;
    json::nodes(out, &network, |node| {
        let mut object = node.to_json(&network);
        object.insert("id".to_owned(), (*node.key).into());
        Value::Object(object)
    })?;
    write!(out, ",\"edges\":")?;
    json::edges(out, &network, |edge| {
        let mut object = edge.to_json(&network);
        for (name, text) in [("key", &*edge.key), ("source", edge.source), ("target", edge.target)] {
            object.insert(name.to_owned(), text.into());
        }
        Value::Object(object)
    })?;
    writeln!(out, "}}")
}

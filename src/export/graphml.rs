//! [GraphML](http://graphml.graphdrawing.org/primer/graphml-primer.html), as networkx, igraph, yEd and Gephi read it.
//!
//! Each column has one key for nodes and one for edges, because readers drop keys for both; days are strings, because
//! no reader knows a type of dates; lists are joined as tables write them.

use std::io::{self, Write};

use super::Options;
use super::network::{Cell, Claims, Column, Kind, Network};
use super::table::joined;
use super::xml::escaped;
use crate::graph::KnowledgeGraph;

/// Writes a part of the graph as `GraphML`. O(size of the output).
pub(super) fn write_graphml(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Text);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"\
         http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">"
    )?;
    keys(out, "node", "n", network.node_columns())?;
    keys(out, "edge", "e", network.edge_columns())?;
    let direction = if network.directed { "directed" } else { "undirected" };
    writeln!(out, "  <graph id=\"{}\" edgedefault=\"{direction}\">", escaped(&graph.config().id))?;
    network.write_nodes(out, |node, out| {
        writeln!(out, "    <node id=\"{}\">", node.key)?;
        data(out, "n", &node.cells, network.node_columns())?;
        writeln!(out, "    </node>")
    })?;
    network.write_edges(out, |edge, out| {
        writeln!(out, "    <edge id=\"{}\" source=\"{}\" target=\"{}\">", edge.key, edge.source, edge.target)?;
        data(out, "e", &edge.cells, network.edge_columns())?;
        writeln!(out, "    </edge>")
    })?;
    writeln!(out, "  </graph>\n</graphml>")
}

/// Declares the columns of nodes or of edges.
fn keys(out: &mut impl Write, target: &str, prefix: &str, columns: &[Column]) -> io::Result<()> {
    for (number, column) in columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Integer if !column.list => "long",
            Kind::Number if !column.list => "double",
            Kind::Boolean if !column.list => "boolean",
            Kind::Integer | Kind::Number | Kind::Boolean | Kind::Text | Kind::Day => "string",
        };
        let name = column.id();
        writeln!(out, "  <key id=\"{prefix}{number}\" for=\"{target}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    Ok(())
}

/// Writes the cells of a row.
fn data(out: &mut impl Write, prefix: &str, cells: &[Cell<'_>], columns: &[Column]) -> io::Result<()> {
    for cell in cells {
        let text = joined(cell, &columns[cell.column]);
        writeln!(out, "      <data key=\"{prefix}{}\">{}</data>", cell.column, escaped(&text))?;
    }
    Ok(())
}

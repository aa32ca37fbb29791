//! [GraphML](http://graphml.graphdrawing.org/primer/graphml-primer.html), as networkx, igraph, yEd and Gephi read it.
//!
//! Each column has one key for nodes and one for edges, because readers drop keys for both; days are strings, because
//! no reader knows a type of dates; lists are joined as tables write them.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Options;
use super::network::{Cell, Claims, Column, Kind, Network, digest};
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
        writeln!(out, "    <node id=\"{}\">", token(node.key))?;
        data(out, "n", &node.cells, network.node_columns())?;
        writeln!(out, "    </node>")
    })?;
    network.write_edges(out, |edge, out| {
        let (key, source, target) = (token(&edge.key), token(edge.source), token(edge.target));
        writeln!(out, "    <edge id=\"{key}\" source=\"{source}\" target=\"{target}\">")?;
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

/// An id as a token of names of XML, which those of GraphML have to be; a hash of one that is none.
fn token(id: &str) -> Cow<'_, str> {
    if id.chars().all(is_name_character) { id.into() } else { digest(id).into() }
}

/// Tells whether a [name of XML](https://www.w3.org/TR/xml/#NT-NameChar) may have a character.
fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '.' | ':' | '_' | '\u{B7}' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{203F}'..='\u{2040}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_script_stay_ids_where_xml_takes_them() {
        for id in ["itu", "منظمة-1", "国际电联", "МСЭ.2", "a:b"] {
            assert_eq!(token(id), id);
        }
        for id in ["عربي~1", "m²"] {
            let token = token(id);
            assert!(token.starts_with('x') && token.len() == 21 && token.is_ascii(), "{token}");
        }
    }
}

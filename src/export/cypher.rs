//! A script of [Cypher](https://neo4j.com/docs/cypher-manual/5/) that adds the graph to a Neo4j database; run again, it
//! changes nothing.
//!
//! Entities are merged by their IRIs, relationships by their keys, in batches that are lists of literals, so that the plan
//! of a statement serves the next one too. Names are between backquotes and strings escaped, so that no text is code.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Options;
use super::neo4j::{ENTITY, labels, spelled};
use super::network::{Cell, Claims, Column, Edge, Kind, Network, Node};
use crate::graph::KnowledgeGraph;
use crate::rdf;

/// The most rows of a statement.
const BATCH: usize = 500;

/// Writes a part of the graph as a script. O(size of the output).
pub(super) fn write_cypher(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Text);
    let entity = name(ENTITY);
    writeln!(out, "CREATE CONSTRAINT `entity_iri` IF NOT EXISTS FOR (n:{entity}) REQUIRE n.`iri` IS UNIQUE;")?;
    let columns = network.node_columns();
    for class in network.classes() {
        let mut nodes = network.nodes_where(|entity| graph.entity(entity).class == class).peekable();
        let Some(first) = nodes.peek() else { continue };
        let labels: Vec<_> = labels(&network, first.entity).into_iter().map(name).collect();
        let labels = labels.join(":");
        let then = format!(
            "MERGE (n:{entity} {{`iri`: row.`iri`}})\nSET n = row{}\nSET n:{labels}",
            days(columns, "n", "row")
        );
        unwind(out, nodes.map(|node| node_row(&node, columns)), &then)?;
    }
    if !network.directed {
        return edges(&network, network.edges(), out);
    }
    for property in network.properties() {
        edges(&network, network.edges_where(|statement| statement.property == property), out)?;
    }
    Ok(())
}

/// Writes edges of one property.
fn edges<'g>(network: &Network<'g>, edges: impl Iterator<Item = Edge<'g>>, out: &mut impl Write) -> io::Result<()> {
    let (entity, columns) = (name(ENTITY), network.edge_columns());
    let mut edges = edges.peekable();
    let Some(first) = edges.peek() else { return Ok(()) };
    let then = format!(
        "MATCH (a:{entity} {{`iri`: row.source}})\nMATCH (b:{entity} {{`iri`: row.target}})\n\
         MERGE (a)-[r:{} {{`key`: row.edge.`key`}}]->(b)\nSET r = row.edge{}",
        name(first.property),
        days(columns, "r", "row.edge")
    );
    unwind(out, edges.map(|edge| edge_row(network, &edge, columns)), &then)
}

/// Writes statements that do something with each row.
fn unwind(out: &mut impl Write, rows: impl Iterator<Item = String>, then: &str) -> io::Result<()> {
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        write!(out, "UNWIND [")?;
        for (number, row) in rows.by_ref().take(BATCH).enumerate() {
            write!(out, "{}\n  {row}", if number == 0 { "" } else { "," })?;
        }
        writeln!(out, "\n] AS row\n{then};")?;
    }
    Ok(())
}

/// The expressions that turn the texts in a map's columns of days into dates; empty if there are no such columns.
fn days(columns: &[Column], variable: &str, map: &str) -> String {
    let mut text = String::new();
    for column in columns.iter().filter(|column| column.kind == Kind::Day) {
        let name = name(&column.id());
        // Writing to a string does not fail.
        let _ = if column.list {
            write!(text, ", {variable}.{name} = [day IN {map}.{name} | date(day)]")
        } else {
            write!(text, ", {variable}.{name} = date({map}.{name})")
        };
    }
    text
}

fn node_row(node: &Node<'_>, columns: &[Column]) -> String {
    format!("{{`key`: {}{}}}", string(node.key), cells(&node.cells, columns))
}

fn edge_row(network: &Network<'_>, edge: &Edge<'_>, columns: &[Column]) -> String {
    let graph = network.graph;
    let iri = |entity| string(&rdf::Node::Entity(rdf::base_iri(graph), graph.id(entity)).to_string());
    let [source, target] = edge.ends.map(iri);
    let (key, cells) = (string(&edge.key), cells(&edge.cells, columns));
    format!("{{source: {source}, target: {target}, edge: {{`key`: {key}{cells}}}}}")
}

/// The entries of a map, each after a comma.
fn cells(cells: &[Cell<'_>], columns: &[Column]) -> String {
    let mut text = String::new();
    for cell in cells {
        let column = &columns[cell.column];
        let values: Vec<_> = cell.values.iter().map(|value| literal(column.kind, value)).collect();
        let values = values.join(", ");
        let (open, close) = if column.list { ("[", "]") } else { ("", "") };
        // Writing to a string does not fail.
        let _ = write!(text, ", {}: {open}{values}{close}", name(&column.id()));
    }
    text
}

/// A value as a literal; a day as the text of one.
fn literal(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Integer | Kind::Number | Kind::Boolean => spelled(kind, text).into_owned(),
        Kind::Day | Kind::Text => string(&spelled(kind, text)),
    }
}

/// A [name](https://neo4j.com/docs/cypher-manual/5/syntax/naming/) between backquotes. The names are local names of IRIs,
/// which have no backslash.
fn name(text: &str) -> String {
    format!("`{}`", text.replace('`', "``"))
}

/// A [string](https://neo4j.com/docs/cypher-manual/5/queries/expressions/) as a literal.
///
/// Cypher 5 replaces `\uXXXX` before it looks at anything else. So nothing that has a meaning is written in that way, and
/// no backslash is followed by a `u` of the text, since not all versions see that the backslash is escaped itself.
fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    let mut after_backslash = false;
    for c in text.chars() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '\'' => literal.push_str("\\'"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            'u' if after_backslash => literal.push_str("\\u0075"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}') => {
                // Writing to a string does not fail.
                let _ = write!(literal, "\\u{:04X}", u32::from(c));
            }
            c => literal.push(c),
        }
        after_backslash = c == '\\';
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_end_where_they_should() {
        assert_eq!(string("'; DROP CONSTRAINT x; //"), r"'\'; DROP CONSTRAINT x; //'");
        assert_eq!(string("a\\"), r"'a\\'");
        assert_eq!(string("\\'"), r"'\\\''");
    }

    #[test]
    fn no_backslash_of_a_text_makes_an_escape_of_what_follows() {
        assert_eq!(string("C:\\users\\u0027"), r"'C:\\\u0075sers\\\u00750027'");
        assert_eq!(string("\u{1}\n\t\u{2028}"), r"'\u0001\n\t\u2028'");
    }

    #[test]
    fn names_stay_between_their_backquotes() {
        assert_eq!(name("a`b"), "`a``b`");
    }

    #[test]
    fn numbers_are_literals_and_days_texts() {
        assert_eq!(literal(Kind::Integer, "010"), "10");
        assert_eq!(literal(Kind::Number, "-12"), "-12.0");
        assert_eq!(literal(Kind::Boolean, "true"), "true");
        assert_eq!(literal(Kind::Day, "2024-05-27"), "'2024-05-27'");
        let column = Column::new("validFrom", Kind::Day);
        assert_eq!(days(&[column], "n", "row"), ", n.`validFrom` = date(row.`validFrom`)");
    }

    #[test]
    fn a_statement_has_no_more_rows_than_a_batch() {
        let mut out = Vec::new();
        unwind(&mut out, (0..=BATCH).map(|number| number.to_string()), "RETURN row").unwrap();
        let script = String::from_utf8(out).unwrap();
        assert_eq!(script.matches("UNWIND").count(), 2);
        assert!(script.ends_with("UNWIND [\n  500\n] AS row\nRETURN row;\n"));
    }
}

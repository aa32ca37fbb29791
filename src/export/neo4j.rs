//! Comma-separated values for
//! [`neo4j-admin database import full`](https://neo4j.com/docs/operations-manual/current/import/full-import/): nodes,
//! relationships, and the command that imports them.
//!
//! The importer splits lists wherever the delimiter is, quoted or not, so that one is chosen that no value contains. An
//! empty field is no value, a quoted empty one an empty text; backslashes are characters like any other.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use super::file::create;
use super::network::{Cell, Claims, Column, Kind, Network, Used};
use super::table::quoted;
use super::{ExportError, Format, Options};
use crate::graph::KnowledgeGraph;
use crate::model::EntityId;

/// The label of all nodes.
pub(super) const ENTITY: &str = "Entity";

/// The names of the files in a folder.
pub(super) const FILES: [&str; 3] = ["nodes.csv", "relationships.csv", "import.txt"];

/// Writes a part of the graph as a folder. O(size of the output).
pub(super) fn write_neo4j(graph: &KnowledgeGraph, options: &Options, folder: &Path) -> Result<(), ExportError> {
    let network = Network::new(graph, options, Claims::Text);
    let delimiter = delimiter(&network).ok_or(ExportError::NoDelimiter(Format::Neo4j))?;
    let [of_nodes, of_relationships, of_command] = FILES;
    let mut out = create(folder, of_nodes)?;
    nodes(&network, delimiter, &mut out)?;
    out.flush()?;
    let mut out = create(folder, of_relationships)?;
    relationships(&network, delimiter, &mut out)?;
    out.flush()?;
    let mut out = create(folder, of_command)?;
    write!(out, "{}", command(delimiter))?;
    Ok(out.flush()?)
}

fn nodes(network: &Network<'_>, delimiter: char, out: &mut impl Write) -> io::Result<()> {
    node_header(network.node_columns(), out)?;
    node_rows(network, delimiter, out)
}

fn node_header(columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    write!(out, "key:ID(entity),:LABEL")?;
    header(columns, out)
}

fn node_rows(network: &Network<'_>, delimiter: char, out: &mut impl Write) -> io::Result<()> {
    let columns = network.node_columns();
    network.write_nodes(out, |node, out| {
        let labels = labels(network, node.entity).join(&delimiter.to_string());
        write!(out, "{},{}", node.key, quoted(&labels))?;
        row(&node.cells, columns, delimiter, out)
    })
}

fn relationships(network: &Network<'_>, delimiter: char, out: &mut impl Write) -> io::Result<()> {
    relationship_header(network.edge_columns(), out)?;
    relationship_rows(network, delimiter, out)
}

fn relationship_header(columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    write!(out, ":START_ID(entity),:END_ID(entity),:TYPE,key:string")?;
    header(columns, out)
}

fn relationship_rows(network: &Network<'_>, delimiter: char, out: &mut impl Write) -> io::Result<()> {
    let columns = network.edge_columns();
    network.write_edges(out, |edge, out| {
        write!(out, "{},{},{},{}", edge.source, edge.target, quoted(edge.property), edge.key)?;
        row(&edge.cells, columns, delimiter, out)
    })
}

/// Writes the names and types of columns, and ends the line.
fn header(columns: &[Column], out: &mut impl Write) -> io::Result<()> {
    for column in columns {
        let kind = match column.kind {
            Kind::Text => "string",
            Kind::Day => "date",
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Boolean => "boolean",
        };
        let list = if column.list { "[]" } else { "" };
        write!(out, ",{}", quoted(&format!("{}:{kind}{list}", column.id())))?;
    }
    writeln!(out)
}

/// Writes the cells of a row, and ends the line.
fn row(cells: &[Cell<'_>], columns: &[Column], delimiter: char, out: &mut impl Write) -> io::Result<()> {
    let mut cells = cells.iter().peekable();
    for (number, column) in columns.iter().enumerate() {
        write!(out, ",")?;
        if let Some(cell) = cells.next_if(|cell| cell.column == number) {
            let values: Vec<_> = cell.values.iter().map(|value| spelled(column.kind, value)).collect();
            let text = values.join(&*delimiter.to_string());
            write!(out, "{}", if text.is_empty() { Cow::Borrowed("\"\"") } else { quoted(&text) })?;
        }
    }
    writeln!(out)
}

/// The labels of a node: that of all, its base class and its class.
pub(super) fn labels<'g>(network: &Network<'g>, entity: EntityId) -> Vec<&'g str> {
    let ontology = network.graph.ontology();
    let class = network.graph.entity(entity).class;
    let name = ontology.class(class).name.as_str();
    let mut labels = vec![ENTITY, ontology.base_class(class).map_or(name, |base| &base.name), name];
    labels.dedup();
    labels
}

/// A value as Neo4j reads it.
pub(super) fn spelled(kind: Kind, text: &str) -> Cow<'_, str> {
    match kind {
        Kind::Integer => text.parse::<i64>().map_or(text.into(), |number| number.to_string().into()),
        Kind::Number => text.parse::<f64>().map_or(text.into(), |number| format!("{number:?}").into()),
        Kind::Day if text.find('-').is_some_and(|hyphen| hyphen > 4) => format!("+{text}").into(),
        Kind::Day | Kind::Boolean | Kind::Text => text.into(),
    }
}

/// A character that no value of a list contains and no label.
fn delimiter(network: &Network<'_>) -> Option<char> {
    free(&seen(network))
}

/// The first of the characters that may delimit lists that is not among some.
fn free(seen: &BTreeSet<char>) -> Option<char> {
    [';', '|', '\u{1F}'].into_iter().chain('\u{E000}'..='\u{F8FF}').find(|c| !seen.contains(c))
}

/// Those of the characters that may delimit lists that a value of a list or a label contains.
pub(super) fn seen(network: &Network<'_>) -> BTreeSet<char> {
    let mut seen = BTreeSet::new();
    let mut see = |cells: &[Cell<'_>], columns: &[Column]| {
        let lists = cells.iter().filter(|cell| columns[cell.column].list);
        seen.extend(
            lists.flat_map(|cell| cell.values.iter()).flat_map(|value| value.chars()).filter(|c| is_candidate(*c)),
        );
    };
    network.nodes().for_each(|node| see(&node.cells, network.node_columns()));
    network.edges().for_each(|edge| see(&edge.cells, network.edge_columns()));
    let ontology = network.graph.ontology();
    let names = network.classes().into_iter().flat_map(|class| {
        let base = ontology.base_class(class).map(|base| base.name.as_str());
        [Some(ontology.class(class).name.as_str()), base]
    });
    seen.extend(names.flatten().flat_map(str::chars).filter(|c| is_candidate(*c)));
    seen
}

/// Writes what belongs to a part of a data set as the files of a folder, with the columns and the delimiter that the whole
/// needs: nodes and relationships without their headers, if it is not for the headers.
pub(super) fn write_part(network: &Network<'_>, used: &Used, folder: &Path, is_head: bool) -> Result<(), ExportError> {
    let delimiter = free(&used.delimiters).ok_or(ExportError::NoDelimiter(Format::Neo4j))?;
    let [of_nodes, of_relationships, of_command] = FILES;
    let (mut nodes, mut relationships) = (create(folder, of_nodes)?, create(folder, of_relationships)?);
    if is_head {
        node_header(network.node_columns(), &mut nodes)?;
        relationship_header(network.edge_columns(), &mut relationships)?;
        write!(create(folder, of_command)?, "{}", command(delimiter))?;
    } else {
        node_rows(network, delimiter, &mut nodes)?;
        relationship_rows(network, delimiter, &mut relationships)?;
    }
    nodes.flush()?;
    Ok(relationships.flush()?)
}

/// Tells whether a character may delimit lists: the importer's default, else one that hardly any text contains.
fn is_candidate(c: char) -> bool {
    matches!(c, ';' | '|' | '\u{1F}' | '\u{E000}'..='\u{F8FF}')
}

/// The command that imports the files, with what it must be told of them.
fn command(delimiter: char) -> String {
    let delimiter = match delimiter {
        ';' | '|' => delimiter.to_string(),
        other => format!("U+{:04X}", u32::from(other)),
    };
    format!(
        "In this folder, while the database does not run:\n\n\
         neo4j-admin database import full neo4j --nodes=nodes.csv --relationships=relationships.csv \
         --multiline-fields=true --array-delimiter=\"{delimiter}\"\n\n\
         Then, in the database, so that entities are found by their IRIs:\n\n\
         CREATE CONSTRAINT `entity_iri` IF NOT EXISTS FOR (n:`Entity`) REQUIRE n.`iri` IS UNIQUE;\n\n\
         A value of more than 4 million characters needs --read-buffer-size.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: Kind, list: bool, values: &[&str]) -> String {
        let columns = [Column { list, ..Column::new("a", kind) }, Column::new("b", Kind::Text)];
        let cells = [Cell { column: 0, values: values.iter().map(|&value| value.into()).collect() }];
        let mut out = Vec::new();
        row(&cells, &columns, ';', &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_empty_text_is_quoted_and_no_value_is_empty() {
        assert_eq!(written(Kind::Text, false, &[""]), ",\"\",\n");
    }

    #[test]
    fn quotes_are_doubled_and_backslashes_are_not() {
        assert_eq!(written(Kind::Text, false, &["a \"b\" \\"]), ",\"a \"\"b\"\" \\\",\n");
        assert_eq!(written(Kind::Text, false, &["two\nlines"]), ",\"two\nlines\",\n");
    }

    #[test]
    fn lists_have_the_delimiter_between_their_values() {
        assert_eq!(written(Kind::Text, true, &["a", "b,c"]), ",\"a;b,c\",\n");
    }

    #[test]
    fn numbers_and_days_are_as_the_importer_reads_them() {
        assert_eq!(spelled(Kind::Integer, "+007"), "7");
        assert_eq!(spelled(Kind::Number, "12"), "12.0");
        assert_eq!(spelled(Kind::Day, "2024-05-27"), "2024-05-27");
        assert_eq!(spelled(Kind::Day, "-0044-03-15"), "-0044-03-15");
        assert_eq!(spelled(Kind::Day, "12024-05-27"), "+12024-05-27");
    }

    #[test]
    fn a_delimiter_that_cannot_be_seen_is_named_by_its_number() {
        assert!(command('\u{1F}').contains("--array-delimiter=\"U+001F\""));
        assert!(command(';').contains("--array-delimiter=\";\""));
    }
}

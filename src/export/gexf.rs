//! [GEXF 1.3](https://gexf.net/), as Gephi and networkx read it.
//!
//! When something is valid is its spell, in days; colours are those of the classes, sizes follow the number of edges.
//! Parallel edges must differ in kind, so further edges of one property between the same ends are numbered.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Options;
use super::network::{Cell, Claims, Column, Edge, Kind, Network, Node, Validity};
use super::xml::escaped;
use crate::graph::KnowledgeGraph;
use crate::model::Day;
use crate::ontology::{Shape, preferred};

/// The size of a node without edges.
const SMALLEST: f64 = 10.0;

/// Writes a part of the graph as GEXF. O(size of the output).
pub(super) fn write_gexf(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Text);
    let title = preferred(&graph.config().title, &network.languages).unwrap_or(&graph.config().id);
    let direction = if network.directed { "directed" } else { "undirected" };
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" \
         xmlns:viz=\"http://gexf.net/1.3/viz\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n  \
         <meta>\n    <creator>rapporteur</creator>\n    <description>{}</description>\n  </meta>\n  \
         <graph defaultedgetype=\"{direction}\" idtype=\"string\" mode=\"dynamic\" timeformat=\"date\" \
         timerepresentation=\"interval\">",
        escaped(title)
    )?;
    attributes(out, "node", network.node_columns())?;
    attributes(out, "edge", network.edge_columns())?;
    writeln!(out, "    <nodes count=\"{}\">", network.n_nodes())?;
    let degrees = network.degrees();
    network.write_nodes(out, |node, out| write_node(out, node, degrees[node.number], &network))?;
    writeln!(out, "    </nodes>\n    <edges count=\"{}\">", network.n_edges())?;
    network.write_edges(out, |edge, out| write_edge(out, edge, &network))?;
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn write_node(out: &mut impl Write, node: &Node<'_>, degree: usize, network: &Network<'_>) -> io::Result<()> {
    writeln!(out, "      <node id=\"{}\" label=\"{}\">", node.key, escaped(node.label))?;
    values(out, &node.cells, network.node_columns())?;
    spell(out, node.valid)?;
    if let Some([r, g, b]) = node.base.colour.map(|colour| colour.0) {
        writeln!(out, "        <viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>")?;
    }
    #[expect(clippy::cast_precision_loss, reason = "a size need not be exact")]
    let size = SMALLEST * (1.0 + degree as f64).sqrt();
    writeln!(out, "        <viz:size value=\"{size:.1}\"/>")?;
    if let Some(shape) = node.base.shape.and_then(shape) {
        writeln!(out, "        <viz:shape value=\"{shape}\"/>")?;
    }
    writeln!(out, "      </node>")
}

fn write_edge(out: &mut impl Write, edge: &Edge<'_>, network: &Network<'_>) -> io::Result<()> {
    let Edge { key, source, target, weight, .. } = edge;
    let (kind, label) = (kind(edge), escaped(edge.label));
    writeln!(
        out,
        "      <edge id=\"{key}\" source=\"{source}\" target=\"{target}\" kind=\"{kind}\" label=\"{label}\" \
         weight=\"{weight}\">"
    )?;
    values(out, &edge.cells, network.edge_columns())?;
    spell(out, edge.valid)?;
    writeln!(out, "      </edge>")
}

/// Tells whether a column is an attribute of the graph's; label and weight are GEXF's own.
fn is_own(column: &Column) -> bool {
    column.language.is_some() || !matches!(column.name.as_str(), "label" | "weight")
}

/// Declares the columns of nodes or of edges.
fn attributes(out: &mut impl Write, class: &str, columns: &[Column]) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
    for (number, column) in columns.iter().enumerate().filter(|(_, column)| is_own(column)) {
        let kind = match column.kind {
            _ if column.list => "liststring",
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Boolean => "boolean",
            Kind::Text | Kind::Day => "string",
        };
        writeln!(out, "      <attribute id=\"{number}\" title=\"{}\" type=\"{kind}\"/>", column.id())?;
    }
    writeln!(out, "    </attributes>")
}

/// Writes the cells of a row.
fn values(out: &mut impl Write, cells: &[Cell<'_>], columns: &[Column]) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for cell in cells.iter().filter(|cell| is_own(&columns[cell.column])) {
        let list;
        let text = match &*cell.values {
            [value] if !columns[cell.column].list => value,
            values => {
                list = listed(values);
                &*list
            }
        };
        writeln!(out, "          <attvalue for=\"{}\" value=\"{}\"/>", cell.column, escaped(text))?;
    }
    writeln!(out, "        </attvalues>")
}

/// A list as Gephi parses it: in quotes, with `\` before a quote or `\`, and no other escapes.
fn listed(values: &[Cow<'_, str>]) -> String {
    let mut list = String::from("[");
    for (number, value) in values.iter().enumerate() {
        list.push_str(if number == 0 { "\"" } else { ", \"" });
        for c in value.chars() {
            if matches!(c, '"' | '\\') {
                list.push('\\');
            }
            list.push(c);
        }
        list.push('"');
    }
    list.push(']');
    list
}

/// Writes when something is valid, if anything is known of it that the XSD has a form for: it has none for the year 0.
fn spell(out: &mut impl Write, valid: Validity) -> io::Result<()> {
    let bound = |name, day: Option<Day>| {
        day.filter(|day| day.year != 0).map(|day| format!(" {name}=\"{day}\"")).unwrap_or_default()
    };
    let (start, end) = (bound("start", valid.from), bound("end", valid.to));
    if start.is_empty() && end.is_empty() {
        return Ok(());
    }
    writeln!(out, "        <spells><spell{start}{end}/></spells>")
}

/// The kind of an edge: its property and, from the second between the same ends on, a number.
fn kind<'g>(edge: &Edge<'g>) -> Cow<'g, str> {
    let property = edge.property;
    if edge.repetition == 1 { property.into() } else { format!("{property} {}", edge.repetition).into() }
}

/// The shape of GEXF that is most like ours, if there is one.
fn shape(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Box => Some("square"),
        Shape::Ellipse => Some("disc"),
        Shape::Hexagon
        | Shape::Octagon
        | Shape::Note
        | Shape::House
        | Shape::Parallelogram
        | Shape::Tab
        | Shape::Folder
        | Shape::Component => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Mode, View};
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn each_edge_has_two_ends_among_the_nodes() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        for mode in Mode::ALL {
            let options = Options { view: View { mode, ..View::default() }, ..Options::default() };
            let network = Network::new(&graph, &options, Claims::Text);
            assert_eq!(network.edges().count(), network.n_edges());
            assert!(network.edges().map(|edge| edge.ends).eq(network.ends()));
            assert_eq!(network.degrees().iter().sum::<usize>(), 2 * network.n_edges());
            assert!(network.nodes().enumerate().all(|(number, node)| network.number(node.entity) == number));
        }
    }

    #[test]
    fn a_list_escapes_quotes_and_backslashes_and_nothing_else() {
        assert_eq!(listed(&["a, b]".into(), "\"c\"\\\n".into()]), "[\"a, b]\", \"\\\"c\\\"\\\\\n\"]");
    }
}

//! [CX2](https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/), as Cytoscape,
//! Cytoscape Web and NDEx read it.
//!
//! Every attribute is declared before the aspect that has it, and every mapping of the style names its type: where these
//! may be left out by the specification, readers fail. Nodes are numbered; their keys are an attribute.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Options;
use super::network::{Claims, Column, Kind, Network, json};
use crate::graph::KnowledgeGraph;
use crate::ontology::{Class, Shape};

/// Writes a part of the graph as CX2. O(size of the output).
pub(super) fn write_cx2(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Text);
    let attributes = network.to_json();
    let counts = [
        ("attributeDeclarations", 1),
        ("networkAttributes", 1),
        ("nodes", network.n_nodes()),
        ("edges", network.n_edges()),
        ("visualProperties", 1),
    ];
    let counts = counts.map(|(name, count)| json!({"name": name, "elementCount": count}));
    let declared = attributes.keys().map(|name| (name.clone(), json!({"d": "string"})));
    let declarations = json!({
        "networkAttributes": declared.collect::<Map<_, _>>(),
        "nodes": declarations(network.node_columns(), &["key", "name"]),
        "edges": declarations(network.edge_columns(), &["key"]),
    });
    writeln!(out, "[{},", json!({"CXVersion": "2.0", "hasFragments": false}))?;
    writeln!(out, "{},", json!({"metaData": counts}))?;
    writeln!(out, "{},", json!({"attributeDeclarations": [declarations]}))?;
    write!(out, "{},\n{{\"nodes\":", json!({"networkAttributes": [attributes]}))?;
    json::nodes(out, &network, |node| {
        let mut values = node.to_json(&network);
        values.insert("key".to_owned(), (*node.key).into());
        values.insert("name".to_owned(), node.label.into());
        json!({"id": node.number, "v": values})
    })?;
    write!(out, "}},\n{{\"edges\":")?;
    json::edges(out, &network, |edge| {
        let mut values = edge.to_json(&network);
        values.insert("key".to_owned(), (*edge.key).into());
        let [source, target] = edge.ends.map(|end| network.number(end));
        json!({"id": edge.number, "s": source, "t": target, "v": values})
    })?;
    writeln!(out, "}},\n{},", json!({"visualProperties": [style(&network)]}))?;
    writeln!(out, "{}]", json!({"status": [{"error": "", "success": true}]}))
}

/// The types of columns, and of the attributes that every element has besides.
fn declarations(columns: &[Column], texts: &[&str]) -> Map<String, Value> {
    let texts = texts.iter().map(|&name| (name.to_owned(), json!({"d": "string"})));
    let columns = columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Integer => "long",
            Kind::Number => "double",
            Kind::Boolean => "boolean",
            Kind::Text | Kind::Day => "string",
        };
        let list = if column.list { "list_of_" } else { "" };
        (column.id(), json!({"d": format!("{list}{kind}")}))
    });
    columns.chain(texts).collect()
}

/// How the network looks: labels, and the colour and shape of each class.
fn style(network: &Network<'_>) -> Value {
    let classes = network.graph.ontology().classes();
    let mapped = |value: fn(&Class) -> Option<String>| -> Vec<Value> {
        let known = classes.iter().filter_map(|class| value(class).map(|value| (&class.name, value)));
        known.map(|(name, value)| json!({"v": name, "vp": value})).collect()
    };
    let by_class = |map: Vec<Value>| json!({"type": "DISCRETE", "definition": {"attribute": "type", "type": "string", "map": map}});
    let text = |attribute| json!({"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": "string"}});
    let arrow = if network.directed { "triangle" } else { "none" };
    json!({
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {"NODE_BACKGROUND_COLOR": "#FFFFFF", "NODE_SHAPE": "ellipse"},
            "edge": {"EDGE_TARGET_ARROW_SHAPE": arrow},
        },
        "nodeMapping": {
            "NODE_LABEL": text("name"),
            "NODE_BACKGROUND_COLOR": by_class(mapped(|class| class.colour.map(|colour| colour.to_string()))),
            "NODE_SHAPE": by_class(mapped(|class| class.shape.map(|shape| self::shape(shape).to_owned()))),
        },
        "edgeMapping": {"EDGE_LABEL": text("label")},
    })
}

/// The [shape of Cytoscape](https://cytoscape.org/cx/cx2/cx2-visual-styles) that is most like ours.
fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Box | Shape::Component => "rectangle",
        Shape::Note | Shape::Folder => "round-rectangle",
        Shape::House => "triangle",
        Shape::Tab => "diamond",
        Shape::Hexagon | Shape::Octagon | Shape::Parallelogram => shape.name(),
        Shape::Ellipse => "ellipse",
    }
}

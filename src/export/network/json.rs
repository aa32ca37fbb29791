//! Rows, cells and claims as JSON, for the formats that are JSON and for those that hold claims as text.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Cell, Claim, Column, Edge, Kind, Network, Node};
use crate::ontology::preferred;

/// Writes the nodes as an array, a line each.
pub(in crate::export) fn nodes<'g>(
    out: &mut impl Write,
    network: &Network<'g>,
    row: impl Fn(&Node<'g>) -> Value + Sync,
) -> io::Result<()> {
    out.write_all(b"[")?;
    network.write_nodes(out, |node, out| line(out, node.number, &row(node)))?;
    out.write_all(b"\n]")
}

/// Writes the edges as an array, a line each.
pub(in crate::export) fn edges<'g>(
    out: &mut impl Write,
    network: &Network<'g>,
    row: impl Fn(&Edge<'g>) -> Value + Sync,
) -> io::Result<()> {
    out.write_all(b"[")?;
    network.write_edges(out, |edge, out| line(out, edge.number, &row(edge)))?;
    out.write_all(b"\n]")
}

fn line(out: &mut Vec<u8>, number: usize, row: &Value) -> io::Result<()> {
    out.extend(if number == 0 { &b"\n"[..] } else { b",\n" });
    Ok(serde_json::to_writer(out, row)?)
}

impl Network<'_> {
    /// Returns what the network is: its name in the chosen language, and what identifies the data set.
    pub(in crate::export) fn to_json(&self) -> Map<String, Value> {
        let config = self.graph.config();
        let title = preferred(&config.title, &self.languages).unwrap_or(&config.id);
        let always = [("id", &*config.id), ("name", title), ("license", &config.license)];
        let version = config.version.as_deref().map(|version| ("version", version));
        always.into_iter().chain(version).map(|(name, text)| (name.to_owned(), text.into())).collect()
    }
}

impl Node<'_> {
    /// Returns the cells of a node and, where they are to be nested, its claims.
    pub(in crate::export) fn to_json(&self, network: &Network<'_>) -> Map<String, Value> {
        let mut object = Map::new();
        insert(&mut object, &self.cells, network.node_columns());
        if network.nests_claims() && !self.claims.is_empty() {
            let claims = self.claims.iter().map(|claim| Value::Object(claim.to_json(network.claim_columns())));
            object.insert("claims".to_owned(), claims.collect());
        }
        object
    }
}

impl Edge<'_> {
    /// Returns the cells of an edge.
    pub(in crate::export) fn to_json(&self, network: &Network<'_>) -> Map<String, Value> {
        let mut object = Map::new();
        insert(&mut object, &self.cells, network.edge_columns());
        object
    }
}

/// The claims of a node as JSON text: an array of objects.
pub(super) fn claims(claims: &[Claim<'_>], columns: &[Column]) -> String {
    Value::Array(claims.iter().map(|claim| Value::Object(claim.to_json(columns))).collect()).to_string()
}

impl Claim<'_> {
    /// Returns the claim as an object: its key as `id`, its value, and its other columns.
    pub(super) fn to_json(&self, columns: &[Column]) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("id".to_owned(), self.key.as_str().into());
        object.insert("value".to_owned(), self.value.into());
        if let Some(language) = self.language {
            object.insert("language".to_owned(), language.as_str().into());
        }
        insert(&mut object, &self.cells, columns);
        object
    }
}

/// Adds the cells of a row to an object.
fn insert(object: &mut Map<String, Value>, cells: &[Cell<'_>], columns: &[Column]) {
    for cell in cells {
        let column = &columns[cell.column];
        let mut values = cell.values.iter().map(|value| spelled(column.kind, value));
        let value = if column.list { Value::Array(values.collect()) } else { values.next().unwrap_or_default() };
        object.insert(column.id(), value);
    }
}

/// A value as JSON; numbers are exact, or their column would be one of text.
fn spelled(kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Integer => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        Kind::Number => text.parse::<f64>().map_or_else(|_| text.into(), Value::from),
        Kind::Boolean => (text == "true").into(),
        Kind::Text | Kind::Day => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_json_however_they_are_written() {
        for (kind, text, json) in [
            (Kind::Integer, "+5", "5"),
            (Kind::Integer, "007", "7"),
            (Kind::Integer, "-9007199254740992", "-9007199254740992"),
            (Kind::Number, ".50", "0.5"),
            (Kind::Text, "5", "\"5\""),
            (Kind::Boolean, "true", "true"),
        ] {
            assert_eq!(spelled(kind, text).to_string(), json, "{text}");
        }
    }
}

//! [Parquet](https://parquet.apache.org/docs/file-format/): tables of nodes, edges and claims, as DuckDB, Spark, pandas
//! and pyarrow read them, with the columns `id`, `src` and `dst` that GraphFrames asks for.
//!
//! Languages are columns, for a column of SQL has a name and no key; numbers, truth values and days have their types.

mod table;

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;

use super::network::{Claims, Column, Kind, Network};
use super::{ExportError, Options};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use table::{Field, Schema};

/// The names of the files in a folder.
pub(super) const FILES: [&str; 3] = ["nodes.parquet", "edges.parquet", "claims.parquet"];

/// Writes a part of the graph as `nodes.parquet`, `edges.parquet` and `claims.parquet` into a folder. O(size of the
/// output); of the memory that the rows take, no more than those of a few parts.
pub(super) fn write_parquet(graph: &KnowledgeGraph, options: &Options, folder: &Path) -> Result<(), ExportError> {
    write_network(&Network::new(graph, options, Claims::Nested), folder)
}

/// Writes a network as the files of a folder.
pub(super) fn write_network(network: &Network<'_>, folder: &Path) -> Result<(), ExportError> {
    let file = |name: &str, write: fn(&Network<'_>, File) -> io::Result<File>| {
        let path = folder.join(name);
        let written = File::create(&path).and_then(|file| write(network, file).map(drop));
        written.map_err(|source| ExportError::File { path: path.display().to_string(), source })
    };
    let [of_nodes, of_edges, of_claims] = FILES;
    file(of_nodes, nodes)?;
    file(of_edges, edges)?;
    file(of_claims, claims)
}

/// How many nodes or statements are made into row groups of their own, at the same time as others.
const PART: usize = 1 << 15;

fn nodes(network: &Network<'_>, file: File) -> io::Result<File> {
    let schema = Schema::new(fields(&[required("id")], network.node_columns()))?;
    table::write_table(&schema, &network.node_parts(PART), file, |part, rows| {
        network.nodes_of(part.clone(), |_| true).try_for_each(|node| rows.add(&[Some(node.key)], &node.cells))
    })
}

fn edges(network: &Network<'_>, file: File) -> io::Result<File> {
    let first = ["id", "src", "dst", "relationship"].map(required);
    let schema = Schema::new(fields(&first, network.edge_columns()))?;
    table::write_table(&schema, &network.edge_parts(PART), file, |part, rows| {
        network.edges_of(part.clone(), |_| true).try_for_each(|edge| {
            rows.add(&[Some(&edge.key), Some(edge.source), Some(edge.target), Some(edge.property)], &edge.cells)
        })
    })
}

/// The statements with a literal or a controlled value, which belong to a node by its `subject`.
fn claims(network: &Network<'_>, file: File) -> io::Result<File> {
    let language = Field { required: false, ..required("language") };
    let first = [required("id"), required("subject"), required("value"), language];
    let schema = Schema::new(fields(&first, network.claim_columns()))?;
    table::write_table(&schema, &network.node_parts(PART), file, |part, rows| {
        network.nodes_of(part.clone(), |_| true).try_for_each(|node| {
            node.claims.iter().try_for_each(|claim| {
                let language = claim.language.as_ref().map(Language::as_str);
                rows.add(&[Some(&claim.key), Some(node.key), Some(claim.value), language], &claim.cells)
            })
        })
    })
}

/// A column of text that every row has.
fn required(name: &str) -> Field {
    Field { name: name.to_owned(), kind: Kind::Text, list: false, required: true }
}

/// The fields of a table. Names are told apart by more than case, which SQL does not see.
fn fields(first: &[Field], columns: &[Column]) -> Vec<Field> {
    let mut fields = first.to_vec();
    let mut taken: BTreeSet<String> = fields.iter().map(|field| field.name.clone()).collect();
    for column in columns {
        let mut name = column.id();
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        fields.push(Field { name, kind: column.kind, list: column.list, required: false });
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_differ_in_case_only() {
        let columns = ["Id", "count", "Count", "COUNT"].map(|name| Column {
            name: name.to_owned(),
            language: None,
            kind: Kind::Text,
            list: false,
        });
        let names = fields(&[required("id")], &columns).into_iter().map(|field| field.name).collect::<Vec<_>>();
        assert_eq!(names, ["id", "Id_", "count", "Count_", "COUNT__"]);
    }
}

//! What belongs to a part of a data set, written so that what is written of all parts is what is written of the whole.

use std::io::{self, Write};
use std::path::Path;

use super::network::{Claims, Network, Used};
use super::{ExportError, FolderFormat, Format, Options, neo4j, ntriples, parquet, projection};
use crate::graph::KnowledgeGraph;
use crate::rdf::{self, Part};

/// Returns which columns the feeds need for what belongs to a part of a data set, as a line of JSON.
pub(crate) fn columns_of(graph: &KnowledgeGraph) -> String {
    let mut used = Network::used(graph);
    used.delimiters = neo4j::seen(&Network::of_part(graph, &Options::default(), Claims::Text, &used));
    used.to_json(graph)
}

/// Writes what belongs to a part as N-Triples or N-Quads; what is said of the data set itself only where that is asked for.
pub(crate) fn write_lines(
    graph: &KnowledgeGraph,
    format: Format,
    options: &Options,
    has_dataset: bool,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let projection = projection(graph, format, options)?;
    let parts: Vec<Part> =
        rdf::parts(&projection).into_iter().filter(|part| has_dataset || *part != Part::Dataset).collect();
    Ok(ntriples::write_parts(&projection, &parts, out)?)
}

/// Writes what belongs to a part as a folder of files, with the columns that the whole needs, which all parts have told.
pub(crate) fn write_tables(
    graph: &KnowledgeGraph,
    format: FolderFormat,
    options: &Options,
    columns: &[String],
    is_head: bool,
    folder: &Path,
) -> Result<(), ExportError> {
    let mut used = Used::default();
    for json in columns {
        used.add_json(graph, json).map_err(io::Error::from)?;
    }
    match format {
        FolderFormat::Parquet => {
            parquet::write_network(&Network::of_part(graph, options, Claims::Nested, &used), folder)
        }
        FolderFormat::Neo4j => {
            neo4j::write_part(&Network::of_part(graph, options, Claims::Text, &used), &used, folder, is_head)
        }
        FolderFormat::Csv => Err(ExportError::Folder(Format::Csv)),
    }
}

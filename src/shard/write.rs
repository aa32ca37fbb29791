//! What of the output belongs to a shard.

use std::io::Write;
use std::path::Path;

use super::{Opened, ShardError, open};
use crate::export::{self, FolderFormat, Format, Options};
use crate::graph::KnowledgeGraph;
use crate::link;
use crate::ontology::Ontology;
use crate::read::{Part, Source};
use crate::validate;

fn graph(part: Part, ontology: Ontology) -> Result<KnowledgeGraph, ShardError> {
    let Opened { dataset, ontology, .. } = open(&Source::Part(part), ontology)?;
    let (linked, ..) = link::link_part(&dataset, &ontology);
    let (validated, _) = validate::validate(linked, &dataset, &ontology);
    Ok(KnowledgeGraph::new(validated, dataset, ontology))
}

/// Writes what of N-Triples or N-Quads belongs to a shard; what is said of the data set itself only where that is asked for.
///
/// # Errors
///
/// If the shard cannot be read, the format cannot hold what the options ask for, or a pipe is broken.
pub(crate) fn write_blocks(
    part: Part,
    ontology: Ontology,
    format: Format,
    options: &Options,
    has_dataset: bool,
    out: &mut impl Write,
) -> Result<(), ShardError> {
    Ok(export::write_lines(&graph(part, ontology)?, format, options, has_dataset, out)?)
}

/// Writes what of a format that is a folder belongs to a shard, with the columns that [`check`](super::check()) tells of all
/// shards, each a line of JSON: rows without headers, or headers without rows where these are asked for.
///
/// # Errors
///
/// If the shard cannot be read, or a file cannot be written.
pub(crate) fn write_folder(
    part: Part,
    ontology: Ontology,
    format: FolderFormat,
    options: &Options,
    columns: &[String],
    is_head: bool,
    folder: &Path,
) -> Result<(), ShardError> {
    let graph = graph(part, ontology)?;
    let languages = graph.languages(options.languages.first().copied());
    let options = Options { languages, ..options.clone() };
    export::write_tables(&graph, format, &options, columns, is_head, folder).map_err(ShardError::from)
}

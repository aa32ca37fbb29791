//! A graph in parts, as loaders of stores take it: a folder of files of lines, and a manifest that says what they are.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::cut::{Cut, Lines, Part, Piece};
use super::file::create;
use super::folder::{Others, replace_folder};
use super::{ExportError, Format, Options, ntriples, projection};
use crate::graph::KnowledgeGraph;
use crate::model::hexadecimal;

/// The name of the manifest.
const MANIFEST: &str = "manifest.json";

/// What parts are called before their number.
const PREFIX: &str = "part-";

/// What the manifest says, in this order.
#[derive(Serialize)]
struct Manifest<'a> {
    dataset: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    format: &'a str,
    media_type: &'a str,
    profile: &'a str,
    gzip: bool,
    statements: u64,
    parts: Vec<Entry>,
}

/// What it says of a part.
#[derive(Serialize)]
struct Entry {
    file: String,
    statements: u64,
    bytes: u64,
    unpacked: u64,
    sha256: String,
}

/// Writes a graph as N-Triples or N-Quads in parts, into a folder that appears whole or not at all. A triple or quad is a
/// line, and no line is cut. Without blank nodes, parts can be loaded in any order, and again. The same graph gives the
/// same bytes.
///
/// # Errors
///
/// If the format has no lines, cannot hold what the options ask for, or the output fails.
pub(crate) fn write_split(
    graph: &KnowledgeGraph,
    format: Format,
    options: &Options,
    cut: Cut,
    folder: &Path,
) -> Result<(), ExportError> {
    let (Format::NTriples | Format::NQuads) = format else { return Err(ExportError::Lines(format)) };
    let projection = projection(graph, format, options)?;
    let ours = |path: &Path| path.to_str().is_some_and(is_ours);
    replace_folder(folder, &Others::Refused(&ours), |folder| {
        let mut files = Files { folder, format, gzip: cut.gzip, open: None, entries: Vec::new() };
        let mut lines = Lines::new(cut, |piece: Piece<'_>| files.take(piece));
        ntriples::write_ntriples(&projection, &mut lines)?;
        lines.finish()?;
        let config = graph.config();
        let manifest = Manifest {
            dataset: &config.id,
            version: config.version.as_deref(),
            format: format.name(),
            media_type: format.media_type(),
            profile: options.profile.name(),
            gzip: cut.gzip,
            statements: files.entries.iter().map(|entry| entry.statements).sum(),
            parts: files.entries,
        };
        let mut out = create(folder, MANIFEST)?;
        serde_json::to_writer_pretty(&mut out, &manifest).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    })
}

/// Tells whether an earlier run may have written a file.
fn is_ours(name: &str) -> bool {
    let number = name.strip_prefix(PREFIX).map(|rest| rest.strip_suffix(".gz").unwrap_or(rest));
    let number = number.and_then(|rest| rest.strip_suffix(".nt").or_else(|| rest.strip_suffix(".nq")));
    name == MANIFEST || number.is_some_and(|number| number.len() >= 5 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The files of the parts.
struct Files<'a> {
    folder: &'a Path,
    format: Format,
    gzip: bool,
    open: Option<(BufWriter<File>, Sha256)>,
    entries: Vec<Entry>,
}

impl Files<'_> {
    /// The name of the part that is written.
    fn name(&self) -> String {
        let packed = if self.gzip { ".gz" } else { "" };
        format!("{PREFIX}{:05}.{}{packed}", self.entries.len() + 1, self.format.extension())
    }

    fn take(&mut self, piece: Piece<'_>) -> io::Result<()> {
        match piece {
            Piece::Bytes(bytes) => {
                if self.open.is_none() {
                    let file = create(self.folder, &self.name()).map_err(io::Error::other)?;
                    self.open = Some((file, Sha256::new()));
                }
                if let Some((file, digest)) = &mut self.open {
                    digest.update(bytes);
                    file.write_all(bytes)?;
                }
            }
            Piece::End(Part { lines, unpacked, bytes }) => {
                if let Some((mut file, digest)) = self.open.take() {
                    file.flush()?;
                    let (file, sha256) = (self.name(), hexadecimal(&digest.finalize()));
                    self.entries.push(Entry { file, statements: lines, bytes, unpacked, sha256 });
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_earlier_runs_are_replaced() {
        for name in ["manifest.json", "part-00001.nt", "part-00001.nq.gz", "part-123456.nt.gz"] {
            assert!(is_ours(name), "{name}");
        }
        for name in ["part-1.nt", "part-00001.ttl", "part-x0001.nt", "parts.json", "part-00001.nt.gz.bak", ""] {
            assert!(!is_ours(name), "{name}");
        }
    }
}

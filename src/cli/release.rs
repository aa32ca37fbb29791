use std::path::PathBuf;

use clap::Args;

use super::build::left_out;
use super::data::{Opened, outcome};
use super::size::size;
use super::{CliError, Global, Outcome};
use crate::publish::{self, ReleaseError};

/// Check the data set, then write what is published of a version of it
///
/// The graph in every format, packed, with SHA-256 checksums; the records by which others find, cite and reuse it (DCAT-AP,
/// VoID, schema.org, Croissant, RO-Crate, CITATION.cff); the ontology with pages in six languages; and rules of redirection
/// by which IRIs lead to pages and data. dataset.toml must say a title, a description, a publisher, a version and the day of
/// the release. Nothing is written if the data set has violations. The same data give the same bytes.
#[derive(Debug, Args)]
pub(super) struct Release {
    /// The folder to write to
    #[arg(long, short, value_name = "FOLDER", default_value = "release")]
    output: PathBuf,
    /// Cut N-Triples, N-Quads and FollowTheMoney into files of at most so many bytes, packed: 500MB, 2GiB
    #[arg(long, value_name = "SIZE", default_value = "1GB", value_parser = size)]
    split: u64,
}

impl Release {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let Opened { graph, findings } = global.open()?;
        global.show_findings(&findings)?;
        if outcome(&findings) == Outcome::Violations {
            global.note("nothing is written, because the data set has violations");
            return Ok(Outcome::Violations);
        }
        global.may_write(&graph, &self.output)?;
        let wanted = publish::Release { language: global.lang, most: self.split };
        let released = match publish::release(&graph, &self.output, wanted) {
            Err(ReleaseError::Lacking(findings)) => {
                global.show_findings(&findings)?;
                global.note("nothing is written, because dataset.toml does not say what a catalogue must know");
                return Ok(Outcome::Violations);
            }
            released => released?,
        };
        for left in &released.left_out {
            global.note(&left_out(left));
        }
        if released.is_without_site {
            let note = "redirects lead to https://example.org/, because dataset.toml does not say where the `site` is";
            global.note(note);
        }
        let (files, megabytes) = (released.n_files, released.bytes.div_ceil(1_000_000));
        global.note(&format!("wrote {files} files, {megabytes} MB, to {}", self.output.display()));
        Ok(Outcome::Clean)
    }
}

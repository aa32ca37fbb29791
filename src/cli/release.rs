use std::path::PathBuf;

use clap::Args;

use super::build::left_out;
use super::data::{Opened, outcome};
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

/// Reads a number of bytes: with a unit of the SI or of IEC, or without.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 8] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("kB", 1_000),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("", 1),
    ];
    let found = UNITS.iter().find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)));
    let number = found.and_then(|(number, unit)| number.trim().parse::<u64>().ok()?.checked_mul(unit));
    number.filter(|&bytes| bytes > 0).ok_or_else(|| "write a size such as 500MB or 2GiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_of_a_thousand_or_of_1024() {
        let cases = [("1", 1), ("500MB", 500_000_000), ("2 GiB", 2 << 30), ("3kB", 3_000)];
        for (text, expected) in cases {
            assert_eq!(size(text), Ok(expected), "{text}");
        }
        for text in ["", "MB", "0", "-1", "1.5GB", "99999999999GB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}

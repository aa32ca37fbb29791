//! Reading what is named on the command line: files, streams and devices, none of which is read without end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::CliError;

/// The most bytes that are read of a query.
pub(super) const QUERY: u64 = 1 << 20;

/// The most bytes that are read of a file of terms.
pub(super) const TERMS: u64 = 64 << 20;

/// Reads a text of so many bytes at the most.
pub(super) fn read_text(path: &Path, most: u64) -> Result<String, CliError> {
    let failed = |error: io::Error| CliError::new(format!("cannot read {}: {error}", path.display()));
    read_stream(File::open(path).map_err(failed)?, &path.display().to_string(), most)
}

/// Reads a stream to its end, if that comes after so many bytes at the most.
pub(super) fn read_stream(stream: impl Read, name: &str, most: u64) -> Result<String, CliError> {
    let failed = |error: io::Error| CliError::new(format!("cannot read {name}: {error}"));
    let mut bytes = Vec::new();
    stream.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        let error = CliError::new(format!("{name} is not read: it has more than {} MiB", most >> 20));
        return Err(error.help("name a file that has an end, and is not as long"));
    }
    String::from_utf8(bytes)
        .map_err(|error| CliError::new(format!("cannot read {name}: it is not UTF-8: {}", error.utf8_error())))
}

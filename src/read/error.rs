//! Why a data set cannot be read.

use std::io;
use std::path::PathBuf;

use crate::finding::Finding;

/// Why a data set cannot be read at all. What is wrong with its tables is a [`Finding`] instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such folder.
    #[error("there is no folder {}", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A folder is no data set.
    #[error("the folder {} has no dataset.toml", path.display())]
    NoConfig {
        /// The folder.
        path: PathBuf,
    },
    /// A file is no data set by itself.
    #[error("{} is no data set by itself; name the folder that it is in", path.display())]
    NotAlone {
        /// The file.
        path: PathBuf,
    },
    /// `dataset.toml` has a mistake.
    #[error("{}: {}", finding.location, finding.message)]
    Config {
        /// The mistake.
        finding: Box<Finding>,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file is too large.
    #[error("{} has 4 GiB or more; split it into several tables", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// A file that is no table is too long.
    #[error("{} has {mebibytes} MiB or more, which no such file needs", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// The limit.
        mebibytes: u64,
    },
    /// The name of a file cannot be written down in a finding.
    #[error("the name of {} is not UTF-8; rename the file", path.display())]
    FileName {
        /// The file.
        path: PathBuf,
    },
    /// A file is a link to a file outside of the data set.
    #[error("{} leads out of the data set's folder; copy the file into it", path.display())]
    Outside {
        /// The link.
        path: PathBuf,
    },
    /// The data set needs more memory than there is.
    #[error(
        "the tables have {bytes} bytes and would take about {needed} bytes of memory, but {available} bytes are the limit: {limit}"
    )]
    Memory {
        /// The size of the tables.
        bytes: u64,
        /// How much memory they would take.
        needed: u64,
        /// How much there is.
        available: u64,
        /// What says so.
        limit: String,
    },
    /// The data set has more tables than there are numbers for.
    #[error("the data set has more than {} tables", u16::MAX)]
    TooManyTables,
}

impl From<Box<Finding>> for ReadError {
    fn from(finding: Box<Finding>) -> Self {
        Self::Config { finding }
    }
}

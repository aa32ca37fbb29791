//! A data set in shards, for one that an engine holds on many machines.
//!
//! A shard is a small data set: the rows that declare what belongs to it, those that make statements about that, and of
//! whatever else they name as much as is needed to know who is who. It is read, linked, checked and written as any data
//! set is, and tells only what belongs to it. The engine moves rows and knows no rule.
//!
//! | step | from | to |
//! |---|---|---|
//! | [`split()`], [`split_lines`] | the bytes of a table | pieces that end where rows end |
//! | [`plan()`] | `dataset.toml` and headers | the tables, and why it cannot be done in shards |
//! | [`rows()`] | a piece | of each row what it declares and names |
//! | [`check()`] | the rows of a shard | findings, and what only the whole can tell |
//! | [`sought`], [`like()`], [`finish()`] | what shards left open | the last findings |
//! | [`write_blocks`], [`write_folder`] | the rows of a shard | its part of the output |
//!
//! Records are JSON Lines; what is to be read of a shard is [CSV](https://www.rfc-editor.org/rfc/rfc4180) with every text
//! quoted.

mod check;
mod finish;
mod input;
mod like;
mod lines;
mod open;
mod plan;
mod record;
mod rows;
mod split;
mod write;

pub(crate) use check::check;
pub(crate) use finish::finish;
pub(crate) use input::part;
pub(crate) use like::like;
pub(crate) use lines::split_lines;
pub(crate) use open::sought;
pub(crate) use plan::plan;
pub(crate) use rows::rows;
pub(crate) use split::split;
pub(crate) use write::{write_blocks, write_folder};

use std::io;

use crate::export::ExportError;
use crate::finding::Finding;
use crate::ontology::{Ontology, OntologyError};
use crate::read::{Dataset, ReadError, Source};

/// Why a step cannot be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShardError {
    /// The data set cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its terms cannot be used.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// Its part of the output cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A pipe is broken.
    #[error("cannot read what comes, or write what goes out")]
    Io(#[from] io::Error),
    /// What comes is no record.
    #[error("line {line} of what comes is no record")]
    Record {
        /// The line, from 1.
        line: usize,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// What comes is no row of a shard.
    #[error("row {0} of the shard is no row of it")]
    Row(usize),
    /// A table cannot be read in pieces.
    #[error("{}: {}", .0.location, .0.message)]
    Table(Box<Finding>),
}

/// A data set with its ontology and what was found when it was read.
struct Opened {
    dataset: Dataset,
    ontology: Ontology,
    findings: Vec<Finding>,
}

fn open(source: &Source, ontology: Ontology) -> Result<Opened, ShardError> {
    let (ontology, mut findings) = crate::read::ontology(source, ontology)?;
    let (dataset, more) = crate::read::dataset(source, &ontology)?;
    findings.extend(more);
    Ok(Opened { dataset, ontology, findings })
}

#[cfg(test)]
mod tests;

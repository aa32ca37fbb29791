//! Opens a data set: `dataset.toml` and tables in which every value keeps its place.
//!
//! [`dataset`] reads CSV, TSV, JSON Lines and spreadsheets alike into [`Table`]s and tells by the ontology what their
//! columns mean. It knows nothing of entities; that is left to [`link`](crate::link). A table of text is kept as it is
//! in the file, and its cells are ranges of that text.

mod cells;
mod columns;
mod computed;
mod config;
mod content;
mod delimited;
mod grid;
mod json;
mod json_headers;
mod json_lines;
mod kind;
mod mapping;
mod memory;
mod nearby;
mod section;
mod source;
mod spreadsheet;
mod table;
mod terms;
mod text;
mod vocabulary;

pub use config::{Config, KEYS as CONFIG_KEYS};
pub use kind::TableKind;
pub use nearby::NearbyError;
pub use source::Source;
pub use table::Table;
pub use vocabulary::ontology;

use std::cmp::Reverse;
use std::io;
use std::path::PathBuf;

use self::config::Mappings;
use self::content::Content;
use self::mapping::Mapping;
use self::source::{CONFIG, File};
use self::text::TextFile;
use crate::finding::{Code, Finding, Location};
use crate::model::{Language, Place};
use crate::ontology::{Ontology, nearest};
use crate::parallel;

/// A data set as it was read.
#[derive(Debug)]
pub struct Dataset {
    /// What `dataset.toml` says of the data set.
    pub config: Config,
    /// The tables, sorted by the names of their files.
    pub tables: Vec<Table>,
    config_file: TextFile,
}

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
    /// A table has more columns than there are numbers for.
    #[error("{file} has {} columns or more", u16::MAX)]
    TooManyColumns {
        /// The file.
        file: String,
    },
    /// A table has more cells than fit into memory, most of them empty.
    #[error("{file} has more than {limit} cells, most of them empty; split it into several tables")]
    TooManyCells {
        /// The file.
        file: String,
        /// How many cells a table may have.
        limit: usize,
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

/// What besides its file tells how a table is to be read.
struct Context<'a> {
    mapping: Option<&'a Mapping>,
    config: &'a TextFile,
    ontology: &'a Ontology,
    /// Those of the data set, in which words may be written.
    languages: &'a [Language],
}

impl Context<'_> {
    /// The character between two values of a cell.
    fn separator(&self) -> char {
        self.mapping.and_then(|mapping| mapping.separator).unwrap_or('|')
    }
}

/// Reads a data set. What is wrong with its tables comes as findings, and the rest of them is read all the same.
///
/// # Errors
///
/// If there is no `dataset.toml`, it has a mistake, or a file cannot be read.
pub fn dataset(source: &Source, ontology: &Ontology) -> Result<(Dataset, Vec<Finding>), ReadError> {
    let config_file = TextFile::decode(CONFIG, source.config()?)?;
    let (config, mappings) = config::parse(&config_file)?;
    let files = source.tables()?;
    if u16::try_from(files.len()).is_err() {
        return Err(ReadError::TooManyTables);
    }
    memory::check(files.iter().map(File::size).sum())?;
    let mut findings = mappings_without_file(&mappings, &files, &config_file);
    let mut tables = Vec::new();
    let languages = config.languages.as_slice();
    // The largest come first, for then no thread waits for one at the end.
    let mut largest: Vec<_> = files.iter().enumerate().collect();
    largest.sort_by_key(|(_, file)| Reverse(file.size()));
    let mut read = parallel::all(&largest, |&(number, file)| {
        (number, table(file, &Context { mapping: mappings.get(&file.name), config: &config_file, ontology, languages }))
    });
    read.sort_by_key(|(number, _)| *number);
    for (_, read) in read {
        let (table, more) = read?;
        tables.extend(table);
        findings.extend(more);
    }
    Ok((Dataset { config, tables, config_file }, findings))
}

/// Reads a table. Returns nothing but findings if it cannot be used.
fn table(file: &File, context: &Context<'_>) -> Result<(Option<Table>, Vec<Finding>), ReadError> {
    let mut findings = Vec::new();
    let Some(read) = Content::read(file, context, &mut findings)? else { return Ok((None, findings)) };
    if context.mapping.is_none() && terms::is_terms(&read) {
        return Ok((None, findings));
    }
    let columns = columns::columns(&read, context, &mut findings)?;
    Ok((columns.map(|columns| Table::new(read, columns, context.separator())), findings))
}

fn mappings_without_file(mappings: &Mappings, files: &[File], config: &TextFile) -> Vec<Finding> {
    let missing = mappings.iter().filter(|(name, _)| files.iter().all(|file| file.name != **name));
    let finding = |(name, mapping): (&String, &Mapping)| {
        let message = format!("the data set has no table `{name}`");
        let finding = Finding::new(Code::InvalidMapping, config.locate(mapping.span.clone()), message);
        let near = nearest(name, files.iter().map(|file| file.name.as_str()), 1);
        finding.help(match near.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the file's name with its extension, as in [table.\"who.xlsx\"]".to_owned(),
        })
    };
    missing.map(finding).collect()
}

impl Dataset {
    /// Returns where a value is: file, line and column, or sheet and cell.
    #[must_use]
    pub fn locate(&self, place: Place) -> Location {
        self.tables[usize::from(place.table)].locate(place)
    }

    /// Returns where `dataset.toml` gives the value of a key; the file as a whole if it does not.
    #[must_use]
    pub fn locate_config(&self, key: &str) -> Location {
        config::value_place(&self.config_file, key)
    }
}

#[cfg(test)]
mod tests;

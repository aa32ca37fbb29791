//! A data set to begin with: a `dataset.toml` with every key explained, and a workbook or CSV files with a sheet for each
//! base class, one of paragraphs and one of statements.
//!
//! Everything in it follows from the ontology: headings and lists are its labels in the chosen language. The new folder
//! appears whole or not at all.

mod book;
mod config;
mod delimited;
mod words;
mod workbook;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::XlsxError;

use self::book::Maker;
use self::config::Config;
use self::words::Words;
use crate::model::Language;
use crate::ontology::{Ontology, PREFIXES};
use crate::read::CONFIG;
use crate::temporary::Temporary;

/// What the new data set is to be.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The title; that of the report, or else the name of the folder, unless said otherwise.
    pub title: Option<String>,
    /// The names of the reports that it is about: one without a name where there are none.
    pub reports: Vec<String>,
    /// The language of headings, lists and names.
    pub language: Language,
    /// What the tables are written as.
    pub tables: Tables,
}

/// What the tables of a new data set are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tables {
    /// One workbook.
    Workbook,
    /// A CSV file for each sheet.
    Csv,
}

/// Why there is no new data set.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BeginError {
    /// There is something at that path.
    #[error("{} is there already, and nothing is written over", path.display())]
    Exists {
        /// The path.
        path: PathBuf,
    },
    /// A path that does not end in a name.
    #[error("{} is not the name of a new folder", path.display())]
    Name {
        /// The path.
        path: PathBuf,
    },
    /// A folder or file cannot be written.
    #[error("cannot make {}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The workbook cannot be written.
    #[error("cannot write the workbook")]
    Workbook(#[from] XlsxError),
}

/// The name of the workbook.
pub(crate) const WORKBOOK: &str = "data.xlsx";

/// Makes a folder with a new data set, which is valid and can be built. Returns the names of its files, sorted.
///
/// # Errors
///
/// If there is something at the path already, or it cannot be written; nothing is left behind then.
pub(crate) fn begin(folder: &Path, options: &Options, ontology: &Ontology) -> Result<Vec<String>, BeginError> {
    let Some(name) = folder.file_name() else { return Err(BeginError::Name { path: folder.to_owned() }) };
    if fs::symlink_metadata(folder).is_ok() {
        return Err(BeginError::Exists { path: folder.to_owned() });
    }
    let files = files(&name.to_string_lossy(), options, ontology)?;
    let failed = |source| BeginError::Io { path: folder.to_owned(), source };
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed)?;
    let temporary = tempfile::Builder::new().prefix(".rapporteur-").tempdir_in(parent).map_err(failed)?;
    let _known = Temporary::new(temporary.path());
    // The temporary folder is for its owner only; the one inside is as any other.
    let inside = temporary.path().join("new");
    fs::create_dir(&inside).map_err(failed)?;
    for (name, bytes) in &files {
        fs::write(inside.join(name), bytes).map_err(failed)?;
    }
    fs::rename(&inside, folder).map_err(failed)?;
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// The files of a new data set in a folder of that name, sorted by name.
fn files(folder: &str, options: &Options, ontology: &Ontology) -> Result<Vec<(String, Vec<u8>)>, BeginError> {
    let words = Words::of(options.language);
    let languages = languages(options.language);
    let maker = Maker { ontology, words, languages: &languages, reports: &options.reports };
    let sheets = maker.sheets();
    let mut files: Vec<(String, Vec<u8>)> = match options.tables {
        Tables::Workbook => vec![(WORKBOOK.to_owned(), workbook::xlsx(&sheets, words, options.language)?)],
        Tables::Csv => {
            let file = |sheet| (format!("{}.csv", sheet_file(sheet)), delimited::csv(sheet).into_bytes());
            sheets.iter().map(file).collect()
        }
    };
    let title = options.title.as_ref().or(options.reports.first()).map_or(folder, String::as_str);
    let id = config::id_of(folder, |id| PREFIXES.iter().any(|(prefix, _)| *prefix == id));
    let reports: Vec<_> = (0..options.reports.len().max(1)).map(book::report_id).collect();
    let config = Config { id: &id, title, reports: &reports, languages: &languages, table: "members.xlsx" };
    files.push((CONFIG.to_owned(), config.text().into_bytes()));
    files.sort();
    Ok(files)
}

fn sheet_file(sheet: &book::Sheet) -> &str {
    &sheet.file
}

/// The languages of names: the chosen one, and English, in which most bodies have a name too.
fn languages(first: Language) -> Vec<Language> {
    let english = Language::parse("en").into_iter().filter(|&english| english != first);
    [first].into_iter().chain(english).collect()
}

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use clap::Args;

use super::shell::in_shell;
use super::{CliError, Global, Outcome};
use crate::begin::{self, BeginError, Options, Tables};
use crate::model::Language;

/// Make a new data set: a workbook to fill in, and a dataset.toml that explains itself
///
/// It is valid and can be built as it is. Headings and drop-down lists are in the language of --lang. A folder that is
/// there already is never written over.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The title of the data set
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The name of the report that it is about. May be repeated
    #[arg(long, value_name = "NAME")]
    report: Vec<String>,
    /// Make CSV files instead of a workbook
    #[arg(long)]
    csv: bool,
}

impl New {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let english = || Language::parse("en").map_err(CliError::new);
        let options = Options {
            title: self.title.clone(),
            reports: self.report.clone(),
            language: global.lang.map_or_else(english, Ok)?,
            tables: if self.csv { Tables::Csv } else { Tables::Workbook },
        };
        begin::begin(&self.folder, &options, &global.ontology()?).map_err(|error| match error {
            BeginError::Exists { .. } | BeginError::Name { .. } => CliError::new(error).help("name another folder"),
            BeginError::Io { .. } | BeginError::Workbook(_) => CliError::new(error),
        })?;
        global.tell_if_unspoken();
        let folder = in_shell(&self.folder.display().to_string());
        let tables = if self.csv { "*.csv" } else { begin::WORKBOOK };
        global.note(&format!("fill in   {}/{tables}", self.folder.display()));
        global.note(&format!("check it  rapporteur --data {folder} check"));
        global.note(&format!("draw it   rapporteur --data {folder} draw -o picture.svg"));
        Ok(Outcome::Clean)
    }
}

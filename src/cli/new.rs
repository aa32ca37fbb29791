use std::path::PathBuf;

use clap::Args;

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
        let folder = in_shell(&self.folder.display().to_string());
        let tables = if self.csv { "*.csv" } else { begin::WORKBOOK };
        global.note(&format!("fill in   {}/{tables}", self.folder.display()));
        global.note(&format!("check it  rapporteur --data {folder} check"));
        global.note(&format!("draw it   rapporteur --data {folder} draw -o picture.svg"));
        Ok(Outcome::Clean)
    }
}

/// A text as a shell takes it for one word.
fn in_shell(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:".contains(c);
    if text.chars().all(is_plain) {
        text.to_owned()
    } else if cfg!(windows) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(not(windows))]
    fn a_folder_is_one_word_of_a_shell() {
        for (folder, word) in [
            ("mine", "mine"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("بيانات/1", "بيانات/1"),
            ("$x", "'$x'"),
            ("~x", "'~x'"),
        ] {
            assert_eq!(super::in_shell(folder), word);
        }
    }
}

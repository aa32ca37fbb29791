use std::io;
use std::path::PathBuf;

use clap::Args;

use super::data::{Opened, outcome, unread};
use super::hint::hint;
use super::stats::write_stats;
use super::{CliError, Global, Outcome};
use crate::publish::{self, LeftOut, Reason};

/// Check the data set, then write everything: RDF, diagrams, a page that shows them, and a manifest
///
/// Nothing is written if the data set has violations. The same data give the same bytes.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder to write to
    #[arg(long, short, value_name = "FOLDER", default_value = "out")]
    output: PathBuf,
}

impl Build {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let Opened { graph, findings } = global.open()?;
        global.show_findings(&findings)?;
        if outcome(&findings) == Outcome::Violations {
            global.note("nothing is written, because the data set has violations");
            return Ok(Outcome::Violations);
        }
        global.may_write(&graph, &self.output)?;
        let wanted = publish::Build { language: global.lang, hints: hint };
        let built = publish::build(&graph, &findings, &self.output, wanted)?;
        for left in &built.left_out {
            global.note(&left_out(left));
        }
        if !global.quiet {
            write_stats(&graph, &mut io::stdout().lock())?;
        }
        if let Some(line) = unread(&findings) {
            global.note(&line);
        }
        global.note(&format!("wrote {} files to {}", built.n_files, self.output.display()));
        Ok(Outcome::Clean)
    }
}

/// What is said of something that is not written.
fn left_out(LeftOut { name, reason }: &LeftOut) -> String {
    let help = match reason {
        Reason::TooManyEntities { .. } => "; see `rapporteur draw --around`",
        Reason::TooManySections { .. } => "; see `rapporteur draw --section`",
        Reason::NoRoom(_) => "",
    };
    format!("{name} is left out: {reason}{help}")
}

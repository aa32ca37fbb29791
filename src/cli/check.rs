use std::io::{self, Write as _};

use clap::Args;

use super::data::{Opened, count, outcome};
use super::{CliError, Global, Outcome};
use crate::finding::{self, MessageFormat, Severity};

/// Check the data set and show what is wrong
///
/// Findings go to stdout, each with its place, why it is wrong and how to mend it. The exit code is 1 if one of them is
/// a violation.
#[derive(Debug, Args)]
pub(super) struct Check {}

impl Check {
    #[expect(clippy::unused_self, reason = "every subcommand runs in the same way")]
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let Opened { graph, findings } = global.open()?;
        let stdout = io::stdout();
        let color = global.color_on(&stdout);
        let mut out = io::BufWriter::new(stdout.lock());
        finding::write_findings(&global.shown(&findings), global.message_format(), color, &mut out)?;
        out.flush()?;
        if global.message_format() == MessageFormat::Human {
            let [violations, warnings, infos] = Severity::ALL.map(|severity| count(&findings, severity));
            let (entities, statements) = (graph.entities().len(), graph.statements().len());
            global.note(&format!(
                "{entities} entities, {statements} statements: {violations} violations, {warnings} warnings, {infos} infos"
            ));
        }
        Ok(outcome(&findings))
    }
}

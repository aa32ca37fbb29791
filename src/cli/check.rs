use std::collections::BTreeMap;
use std::io::{self, Write as _};

use clap::Args;

use super::data::{Opened, count, outcome, unread};
use super::mapping::write_mapped;
use super::{CliError, Global, Outcome};
use crate::finding::{self, Code, Finding, MessageFormat, Severity};

/// Check the data set and show what is wrong
///
/// Findings go to stdout, each with its place, why it is wrong and how to mend it; of each kind the first ten, unless
/// --all is given. The exit code is 1 if one of them is a violation.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Show what came out of each cell of the first rows of each mapped table, and nothing else
    #[arg(long)]
    mapping: bool,
}

impl Check {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        if self.mapping {
            return write_mapped(global);
        }
        let Opened { graph, findings } = global.open()?;
        let stdout = io::stdout();
        let color = global.color_on(&stdout);
        let mut out = io::BufWriter::new(stdout.lock());
        finding::write_findings(&global.shown(&findings), global.style(color), &mut out)?;
        out.flush()?;
        if global.message_format() == MessageFormat::Human {
            let [violations, warnings, infos] = Severity::ALL.map(|severity| count(&findings, severity));
            let (entities, statements) = (graph.entities().len(), graph.statements().len());
            global.note(&format!(
                "{entities} entities, {statements} statements: {violations} violations, {warnings} warnings, {infos} infos"
            ));
            by_code(&findings).iter().chain(&unread(&findings)).for_each(|line| global.note(line));
        }
        Ok(outcome(&findings))
    }
}

/// Returns how many findings there are of each kind, the worst first; nothing if there is none.
fn by_code(findings: &[Finding]) -> Option<String> {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.severity(), finding.code)).or_default() += finding.times();
    }
    let counts: Vec<_> = counts.iter().map(|((_, code), count)| format!("{count} {}", code.name())).collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

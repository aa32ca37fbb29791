use std::collections::BTreeMap;
use std::io::{self, Write as _};

use clap::Args;
use serde_json::Value;

use super::data::{count, outcome, unread, wordless};
use super::figures::Figures;
use super::mapping::write_mapped;
use super::{CliError, Global, Outcome};
use crate::finding::{self, Code, Finding, MessageFormat, Severity};
use crate::publish::{self, FairCheck, FairResult};

/// Check the data set and show what is wrong
///
/// Findings go to stdout, each with its place, why it is wrong and how to mend it; of each kind the first ten, unless
/// --all is given. The exit code is 1 if one of them is a violation.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Show what came out of each cell of the first rows of each mapped table, and of each triple of the first things of each
    /// mapped file of RDF, and nothing else
    #[arg(long)]
    mapping: bool,
    /// Check besides what a release needs and what helps others to find and reuse it: of the ontology the 24 checks of
    /// FOOPS!, as a table
    #[arg(long, conflicts_with = "mapping")]
    publish: bool,
}

impl Check {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        if self.mapping {
            return write_mapped(global);
        }
        let (graph, mut findings) = global.open_and_ask()?;
        if self.publish {
            findings.extend(publish::lacking(&graph));
            findings.extend(publish::publication_findings(&graph));
        }
        let stdout = io::stdout();
        let color = global.color_on(&stdout);
        let mut out = io::BufWriter::new(stdout.lock());
        finding::write_findings(&global.shown(&findings), global.style(color), &mut out)?;
        if self.publish && global.message_format() == MessageFormat::Human {
            write_checks(&publish::fair_checks(&graph), &mut out)?;
        }
        out.flush()?;
        if global.message_format() == MessageFormat::Human {
            let [violations, warnings, infos] = Severity::ALL.map(|severity| count(&findings, severity));
            let (entities, statements) = (graph.entities().len(), graph.statements().len());
            global.note(&format!(
                "{entities} entities, {statements} statements: {violations} violations, {warnings} warnings, {infos} infos"
            ));
            let lines = [by_code(&findings), unread(&findings), wordless(&findings)];
            lines.iter().flatten().for_each(|line| global.note(line));
        }
        Ok(outcome(&findings))
    }
}

/// Writes the checks of the ontology as a table, with how many came out how.
fn write_checks(checks: &[FairCheck], out: &mut impl io::Write) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for FairCheck { name, principle, asks, result } in checks {
        *counts.entry(result.name()).or_default() += 1;
        let missing = match result {
            FairResult::Missing(missing) => missing.join(", "),
            FairResult::Met | FairResult::Prepared | FairResult::Unseen => String::new(),
        };
        let principle = principle.to_string();
        rows.push([*name, &principle, asks, result.name(), &missing].map(Value::from).to_vec());
    }
    let columns = &["check", "principle", "asks for", "result", "missing"];
    Figures { columns, rows }.write_table(out)?;
    let counts: Vec<_> = counts.iter().map(|(result, n)| format!("{n} {result}")).collect();
    writeln!(out, "{} checks of the ontology: {}", checks.len(), counts.join(", "))
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

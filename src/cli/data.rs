//! Opening the data set: from --data, the current folder, data/ or the program itself, to the graph.

use std::io;
use std::path::Path;

use super::{CliError, Global, Outcome};
use crate::finding::{self, Finding, Severity};
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::read::{ReadError, Source};

/// The graph, and what was found wrong on the way to it, sorted.
pub(super) struct Opened {
    pub(super) graph: KnowledgeGraph,
    pub(super) findings: Vec<Finding>,
}

impl Global {
    /// Reads, links and validates the data set.
    pub(super) fn open(&self) -> Result<Opened, CliError> {
        let ontology = self.ontology()?;
        let source = self.source()?;
        let (graph, findings) = crate::open(&source, ontology).map_err(|error| self.read_error(error))?;
        Ok(Opened { graph, findings })
    }

    /// Opens the data set for a subcommand that only asks it something: violations are counted, not shown.
    pub(super) fn open_for_reading(&self) -> Result<KnowledgeGraph, CliError> {
        let Opened { graph, findings } = self.open()?;
        let violations = count(&findings, Severity::Violation);
        if violations > 0 {
            self.note(&format!("warning: the data set has {violations} violations; `rapporteur check` shows them"));
        }
        Ok(graph)
    }

    pub(super) fn ontology(&self) -> Result<Ontology, CliError> {
        let mut texts = Vec::new();
        for path in &self.ontology {
            let text = std::fs::read_to_string(path);
            texts.push(text.map_err(|error| CliError::new(format!("cannot read {}: {error}", path.display())))?);
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        Ok(Ontology::with(&texts)?)
    }

    /// The ontology with the terms of the data set.
    pub(super) fn ontology_of_data(&self) -> Result<Ontology, CliError> {
        let (ontology, findings) =
            crate::read::ontology(&self.source()?, self.ontology()?).map_err(|error| self.read_error(error))?;
        self.show_findings(&findings)?;
        Ok(ontology)
    }

    fn source(&self) -> Result<Source, CliError> {
        match &self.data {
            Some(folder) => Ok(Source::Folder(folder.clone())),
            None => Ok(Source::nearby(Path::new(""))?),
        }
    }

    /// A mistake in dataset.toml is shown like any other finding.
    fn read_error(&self, error: ReadError) -> CliError {
        match error {
            ReadError::Config { finding } => {
                let mut text = Vec::new();
                // Writing to memory does not fail.
                drop(finding::write_findings(
                    &[*finding],
                    self.message_format(),
                    self.color_on(&io::stderr()),
                    &mut text,
                ));
                CliError::rendered(String::from_utf8_lossy(&text).into_owned())
            }
            other => other.into(),
        }
    }

    /// Writes findings to stderr: all, or without those of severity info.
    pub(super) fn show_findings(&self, findings: &[Finding]) -> Result<(), CliError> {
        let shown = self.shown(findings);
        let stderr = io::stderr();
        let color = self.color_on(&stderr);
        Ok(finding::write_findings(&shown, self.message_format(), color, &mut stderr.lock())?)
    }

    /// The findings to show.
    pub(super) fn shown(&self, findings: &[Finding]) -> Vec<Finding> {
        let wanted = |finding: &&Finding| match finding.severity() {
            Severity::Violation => true,
            Severity::Warning => !self.quiet,
            Severity::Info => self.verbose,
        };
        findings.iter().filter(wanted).cloned().collect()
    }
}

/// Returns how many findings have a severity.
pub(super) fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity() == severity).count()
}

/// Returns how a subcommand ended, by its findings.
pub(super) fn outcome(findings: &[Finding]) -> Outcome {
    if count(findings, Severity::Violation) == 0 { Outcome::Clean } else { Outcome::Violations }
}

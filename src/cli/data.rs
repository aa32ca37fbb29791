//! Opening the data set: from --data, the current folder, data/ or the program itself, to the graph.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{CliError, Global, Outcome, input};
use crate::finding::{self, Code, Finding, Position, Severity};
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::publish::check_questions;
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
        self.note_source(&source);
        let (graph, findings) = crate::open(&source, ontology).map_err(|error| self.read_error(error))?;
        Ok(Opened { graph, findings })
    }

    /// Says which data set it is.
    pub(super) fn note_source(&self, source: &Source) {
        self.note(&match source {
            Source::Folder(folder) => format!("data set: {}", folder.display()),
            Source::Part(part) => format!("a part of the data set: {}", part.folder.display()),
            Source::File(file) => format!("data set: {}", file.display()),
            Source::Embedded => "data set: the one that is part of the program".to_owned(),
        });
    }

    /// Reads, links and validates the data set, and asks its questions.
    pub(super) fn open_and_ask(&self) -> Result<(Arc<KnowledgeGraph>, Vec<Finding>), CliError> {
        let Opened { graph, mut findings } = self.open()?;
        let graph = Arc::new(graph);
        findings.extend(check_questions(&graph));
        finding::sort(&mut findings);
        Ok((graph, findings))
    }

    /// Opens the data set for a subcommand that only asks it something: violations are counted, not shown.
    pub(super) fn open_for_reading(&self) -> Result<KnowledgeGraph, CliError> {
        let Opened { graph, findings } = self.open()?;
        // What the graph is called, and where it is, is not known then.
        let config: Vec<_> = findings.iter().filter(|finding| finding.code == Code::InvalidConfig).cloned().collect();
        if !config.is_empty() {
            return Err(self.rendered(&config));
        }
        let violations = count(&findings, Severity::Violation);
        if violations > 0 {
            self.note(&format!("warning: the data set has {violations} violations; `rapporteur check` shows them"));
        }
        Ok(graph)
    }

    pub(super) fn ontology(&self) -> Result<Ontology, CliError> {
        let mut texts = Vec::new();
        for path in &self.ontology {
            texts.push(input::read_text(path, input::TERMS)?);
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

    pub(super) fn source(&self) -> Result<Source, CliError> {
        match &self.data {
            Some(path) if path.is_file() => Ok(Source::File(path.clone())),
            Some(folder) => Ok(Source::Folder(folder.clone())),
            None => Ok(Source::nearby(Path::new(""))?),
        }
    }

    /// Refuses to write to what the data set or its ontology is read from.
    pub(super) fn may_write(&self, graph: &KnowledgeGraph, output: &Path) -> Result<(), CliError> {
        let mut inputs = graph.inputs().clone();
        self.ontology.iter().for_each(|path| inputs.add(path.clone()));
        let Some(input) = inputs.at(output) else { return Ok(()) };
        let (output, input) = (output.display(), input.display());
        Err(CliError::new(format!("{output} is not written: {input}, which the data set is read from, would be lost"))
            .help("name another output with -o"))
    }

    /// A mistake in dataset.toml is shown like any other finding.
    fn read_error(&self, error: ReadError) -> CliError {
        if let ReadError::Config { finding } = error { self.rendered(&[*finding]) } else { error.into() }
    }

    /// Findings without which nothing can be done, as a failure.
    fn rendered(&self, findings: &[Finding]) -> CliError {
        let mut text = Vec::new();
        // Writing to memory does not fail.
        drop(finding::write_findings(findings, self.style(self.color_on(&io::stderr())), &mut text));
        CliError::rendered(String::from_utf8_lossy(&text).into_owned())
    }

    /// Writes findings to stderr: all, or without those of severity info.
    pub(super) fn show_findings(&self, findings: &[Finding]) -> Result<(), CliError> {
        let shown = self.shown(findings);
        let stderr = io::stderr();
        let color = self.color_on(&stderr);
        Ok(finding::write_findings(&shown, self.style(color), &mut stderr.lock())?)
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

/// Returns the files and sheets that are not read, in one line; nothing if there is none.
pub(super) fn unread(findings: &[Finding]) -> Option<String> {
    const MOST: usize = 10;
    let names: Vec<_> = findings
        .iter()
        .filter(|finding| matches!(finding.code, Code::UnreadFile | Code::UnreadSheet))
        .map(|finding| match &finding.location.position {
            Position::Cell { sheet, .. } => format!("{}:{sheet}", finding.location.file),
            Position::File | Position::Text { .. } => finding.location.file.clone(),
        })
        .collect();
    let more = names.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("not read: {}{more}", names[..names.len().min(MOST)].join(", ")))
}

/// Returns where the words of the ontology are to be found, in one line, if one is not known.
pub(super) fn wordless(findings: &[Finding]) -> Option<String> {
    let is_word =
        |code| matches!(code, Code::UnknownHeader | Code::UnknownClass | Code::UnknownProperty | Code::UnknownValue);
    let told = "`rapporteur words` lists the words of tables, and `rapporteur words WORD` those that are like one";
    findings.iter().any(|finding| is_word(finding.code)).then(|| told.to_owned())
}

/// Returns how many findings have a severity.
pub(super) fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity() == severity).map(Finding::times).sum()
}

/// Returns how a subcommand ended, by its findings.
pub(super) fn outcome(findings: &[Finding]) -> Outcome {
    if count(findings, Severity::Violation) == 0 { Outcome::Clean } else { Outcome::Violations }
}

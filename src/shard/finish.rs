//! The last findings, of what shards left open.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};
use std::path::PathBuf;

use serde::Deserialize;

use super::ShardError;
use super::like::Spelled;
use super::open::{AllOpen, OpenRecord, What, take};
use super::record::{self, Record, told};
use crate::finding::{self, Code, Finding, Findings, Location, Position, Severity};
use crate::link;
use crate::ontology::Ontology;
use crate::read::{self, CONFIG, Source};
use crate::validate::{self, OPEN_IT};

/// A finding as it is told in JSON.
#[derive(Debug, Clone, Deserialize)]
struct Told {
    code: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    length: Option<usize>,
    focus: Option<String>,
    message: String,
    help: Option<String>,
}

impl Told {
    fn read(record: &Record<'_>) -> Result<Finding, ShardError> {
        Ok(record.said::<Self>()?.finding())
    }

    fn finding(self) -> Finding {
        let code = Code::from_name(&self.code).unwrap_or(Code::InvalidConfig);
        let position = match (self.line, self.column) {
            (Some(line), Some(column)) => Position::Text {
                line,
                column,
                length: self.length.unwrap_or_default(),
                excerpt: String::new(),
                excerpt_column: 1,
            },
            _ => Position::File,
        };
        let mut finding = Finding::new(code, Location { file: self.file, position }, self.message);
        (finding.focus, finding.help) = (self.focus, self.help);
        finding
    }
}

/// What all shards have told.
#[derive(Default)]
struct All {
    findings: Findings,
    open: Vec<OpenRecord>,
    with_paragraphs: BTreeSet<String>,
    names: Spelled,
    /// The numbers of the paragraphs of documents.
    numbers: BTreeMap<String, Vec<String>>,
    /// By property: its statements, each with its ends.
    edges: BTreeMap<String, Vec<(String, String, Finding)>>,
    /// How many findings of a kind there are, where not all have come.
    counts: Vec<(Code, usize)>,
    /// By row, the first subject of whose statements none has a source.
    without_source: BTreeMap<Location, Finding>,
    uncited: Vec<(String, Finding)>,
    has_several_reports: bool,
}

/// Reads what shards have told and left open, and writes all findings as JSON Lines, sorted, as one process does that reads
/// all. Returns whether there are violations.
///
/// # Errors
///
/// If what comes is no record, the data set's terms cannot be read, or a pipe is broken.
pub(crate) fn finish(
    folder: PathBuf,
    ontology: Ontology,
    input: impl BufRead,
    out: &mut impl Write,
) -> Result<bool, ShardError> {
    let (ontology, _) = read::ontology(&Source::Folder(folder), ontology)?;
    let mut all = All::default();
    for record in record::read(input) {
        all.take(&record?)?;
    }
    let mut findings = all.into_findings(&ontology);
    finding::sort(&mut findings);
    for finding in &findings {
        writeln!(out, "{}", told(finding))?;
    }
    Ok(findings.iter().any(|finding| finding.severity() == Severity::Violation))
}

impl All {
    fn take(&mut self, record: &Record<'_>) -> Result<(), ShardError> {
        let text = |part: &Option<std::borrow::Cow<'_, str>>| part.as_deref().unwrap_or_default().to_owned();
        let (one, other, said) = (text(&record.one), text(&record.other), text(&record.text));
        match &*record.what {
            "finding" => self.finding(Told::read(record)?),
            // As many rows have the same mistake as this one, which is the first.
            "rows" => {
                let mut finding = Told::read(record)?;
                finding.focus = None;
                self.findings.push(link::in_rows((finding, other.parse().unwrap_or(1))));
            }
            "all" => {
                self.counts.extend(Code::from_name(&one).zip(said.parse().ok()));
            }
            "isolated" | "undated" => self.findings.push(Told::read(record)?),
            "uncited" => self.uncited.push((one, Told::read(record)?)),
            "reports" => self.has_several_reports = said.parse::<usize>().is_ok_and(|count| count > 1),
            "number" => self.numbers.entry(one).or_default().push(other),
            "like" => match other.split_once('\u{1F}') {
                Some((bearer, number)) => self.names.add_name(bearer, number.parse().unwrap_or_default(), &said),
                None => self.names.add_id(&said),
            },
            "edge" => {
                let finding = Told::read(record)?;
                self.edges.entry(finding.message.clone()).or_default().push((one, other, finding));
            }
            _ => take(record, &mut self.open, &mut self.with_paragraphs)?,
        }
        Ok(())
    }

    fn finding(&mut self, finding: Finding) {
        if finding.code == Code::StatementWithoutSource {
            let first = self.without_source.entry(finding.location.clone()).or_insert_with(|| finding.clone());
            if finding.focus < first.focus {
                *first = finding;
            }
        } else {
            self.findings.push(finding);
        }
    }

    fn into_findings(mut self, ontology: &Ontology) -> Vec<Finding> {
        let rest = std::mem::take(&mut self.without_source).into_values();
        self.findings.extend(rest);
        for (document, mut finding) in std::mem::take(&mut self.uncited) {
            if !self.has_several_reports {
                let number = finding.focus.as_deref().and_then(|focus| focus.strip_prefix(&format!("{document}#")));
                finding.focus = number.map(str::to_owned);
                finding.message = finding.message.replacen(&format!("{document}#"), "", 1);
            }
            self.findings.push(finding);
        }
        self.add_circles();
        self.add_open(ontology);
        for (code, all) in std::mem::take(&mut self.counts) {
            self.findings.count(code, all);
        }
        self.findings.into_vec()
    }

    fn add_circles(&mut self) {
        for (property, edges) in std::mem::take(&mut self.edges) {
            let ends = edges.iter().map(|(from, to, _)| (from.as_str(), to.as_str()));
            for circle in validate::circles(ends) {
                let is_in = |id: &str| circle.binary_search(&id).is_ok();
                let inside = edges.iter().filter(|(from, to, _)| is_in(from) && is_in(to));
                let Some((subject, _, last)) = inside.max_by(|a, b| a.2.location.cmp(&b.2.location)) else { continue };
                let message = validate::circle(&property, &circle);
                let finding = Finding::new(Code::CyclicPart, last.location.clone(), message);
                self.findings.push(finding.help(OPEN_IT).about(subject.as_str()));
            }
        }
    }

    fn add_open(&mut self, ontology: &Ontology) {
        let open = AllOpen::of(std::mem::take(&mut self.open), std::mem::take(&mut self.with_paragraphs));
        for (record, is_sought) in open.words {
            let help = match &record.unknown {
                What::Entity => {
                    let near = if is_sought { self.names.like(&record.word) } else { Vec::new() };
                    link::help_for_reference(&record.word, &near)
                }
                What::Property => {
                    let near = if is_sought { ontology.like_property(&record.word) } else { Vec::new() };
                    link::help_for_property(&near)
                }
                What::Value(class) => match ontology.class_by_name(class) {
                    Some(class) => {
                        let near = if is_sought { ontology.like_value(&record.word, class) } else { Vec::new() };
                        link::help_for_value(&near, class, ontology)
                    }
                    None => String::new(),
                },
                What::Paragraph(id) if !open.with_paragraphs.contains(id) => link::help_without_paragraphs(id),
                What::Paragraph(id) => {
                    let numbers = self.numbers.get(id).filter(|_| is_sought);
                    let numbers = numbers.into_iter().flatten().map(String::as_str);
                    link::help_like(id, &record.word, numbers)
                }
            };
            if let Ok(told) = serde_json::from_value::<Told>(record.finding) {
                let mut finding = told.finding();
                finding.help = Some(help);
                // What a mapping says is told once, whatever rows have it.
                let is_said_once = finding.location.file == CONFIG;
                self.findings.push(if is_said_once { finding.in_a_row() } else { finding });
            }
        }
    }
}

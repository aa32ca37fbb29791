//! The terms that a data set adds to the ontology: files of Turtle that `dataset.toml` names, and tables of terms.

use super::budget::{Budget, Total};
use super::config;
use super::content::Content;
use super::source::{CONFIG, File, FileKind, Source};
use super::text::TextFile;
use super::{ReadError, Setting, terms, workbook};
use crate::finding::{Code, Finding, Findings, Location};
use crate::ontology::Ontology;

/// Returns the ontology with the terms of a data set's own, for its tables to use. What is wrong with them comes as
/// findings, and the rest is added all the same; mistakes in `dataset.toml` are left to [`dataset`](super::dataset).
///
/// # Errors
///
/// If there is no `dataset.toml`, or a file cannot be read.
pub fn ontology(source: &Source, ontology: Ontology) -> Result<(Ontology, Vec<Finding>), ReadError> {
    let config_file = TextFile::decode(CONFIG, source.config()?)?;
    let mut mistakes = Findings::default();
    let (config, mappings, lacking) = config::parse(&config_file, &mut mistakes);
    if !mistakes.kept().is_empty() || lacking.iter().any(|(key, _)| *key == "base") {
        return Ok((ontology, Vec::new()));
    }
    let total = Total::of(0);
    let mut adding = Adding { ontology, findings: Findings::default() };
    for name in &config.ontology {
        let place = config::value_place(&config_file, "ontology");
        match TextFile::decode(name, source.file(name)?) {
            Ok(text) => adding.add(text.text(), name, place),
            Err(finding) => adding.findings.push(*finding),
        }
    }
    for file in source.files(&|_| false)?.0.into_iter().filter(|file| !mappings.tables.contains_key(&file.name)) {
        let setting = Setting {
            mappings: &mappings,
            config: &config_file,
            ontology: &adding.ontology,
            described: &config,
            has_tables: true,
            total: &total,
        };
        if let Some(content) = table(&file, &setting)? {
            let turtle = terms::turtle(&content, &adding.ontology, &config.base, &mut adding.findings);
            adding.add(&turtle, &file.name, Location::file(&file.name));
        }
    }
    Ok((adding.ontology, adding.findings.into_vec()))
}

/// Reads the table of terms of a file, if it has one. What is wrong with the file itself is reported when all tables are
/// read.
fn table(file: &File, setting: &Setting<'_>) -> Result<Option<Content>, ReadError> {
    if let FileKind::Spreadsheet(format) = file.kind {
        let sheet = workbook::terms(&file.name, &file.bytes()?, format, (setting, &Budget::of_file(file.size())))
            .map(Content::Sheet);
        return Ok(sheet.filter(terms::is_terms));
    }
    if matches!(file.kind, FileKind::Rdf(_)) || !terms::is_called_so(terms::stem(&file.name)) {
        return Ok(None);
    }
    let read = Content::read(file, setting, &Budget::of_file(file.size()), &mut Findings::default())?;
    Ok(read.tables.into_iter().map(|(content, _)| content).find(terms::is_terms))
}

/// The ontology as far as it is put together.
struct Adding {
    ontology: Ontology,
    findings: Findings,
}

impl Adding {
    /// Adds the terms of a Turtle text, or reports why they cannot be added.
    fn add(&mut self, turtle: &str, name: &str, place: Location) {
        let texts: Vec<&str> = self.ontology.texts().skip(1).chain([turtle]).collect();
        match Ontology::with(&texts) {
            Ok(ontology) => self.ontology = ontology,
            Err(error) => {
                let cause = std::error::Error::source(&error).map_or_else(String::new, |cause| format!(": {cause}"));
                let message = format!("the terms of {name} cannot be used: {error}{cause}");
                let finding = Finding::new(Code::InvalidTerm, place, message);
                self.findings.push(finding.help("correct the file; the data set is read without its terms"));
            }
        }
    }
}

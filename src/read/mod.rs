//! Opens a data set: `dataset.toml` and tables in which every value keeps its place.
//!
//! [`dataset`] reads CSV, TSV, JSON and spreadsheets alike into `Table`s and tells by the ontology what their
//! columns mean. It knows nothing of entities; that is left to [`link`](crate::link). A table of text is kept as it is
//! in the file, and its cells are ranges of that text.

mod alone;
mod budget;
mod cells;
mod columns;
mod computed;
mod config;
mod content;
mod conversion;
mod created;
mod date_format;
mod delimited;
mod delimiter;
mod error;
mod exported;
mod filtered;
mod grid;
mod inputs;
mod json;
mod json_array;
mod json_headers;
mod json_missing;
mod json_path;
mod json_places;
mod json_rows;
mod json_shape;
mod json_table;
mod keys;
mod kind;
mod listed;
mod made;
mod mapped;
mod mapping;
mod memory;
mod nearby;
mod part;
mod question;
mod rdf;
mod section;
mod signature;
mod snapshot;
mod source;
mod spreadsheet;
mod table;
mod target;
mod template;
mod terms;
mod text;
mod unmatched;
mod unread;
mod vocabulary;
mod workbook;

pub(crate) use columns::Reference;
pub use config::{Config, Publication};
pub(crate) use created::Created;
pub use error::ReadError;
pub(crate) use filtered::RowLeftOut;
pub(crate) use grid::begins_as_formula;
pub(crate) use inputs::Inputs;
pub(crate) use json_shape::Shape;
pub(crate) use keys::{KeyValue, toml_of, toml_string};
pub(crate) use kind::TableKind;
pub(crate) use listed::listed;
pub(crate) use nearby::NearbyError;
pub use part::Part;
pub(crate) use part::{Role, Row};
pub(crate) use question::QuestionFile;
pub(crate) use rdf::{Becomes, Thing};
pub(crate) use signature::{CONFIG_SHEET, TERMS_SHEET, TERMS_TURTLE};
pub(crate) use snapshot::Snapshot;
pub(crate) use source::CONFIG;
pub use source::Source;
pub(crate) use table::Table;
pub use vocabulary::ontology;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use self::budget::{Budget, Total};
use self::columns::Columns;
use self::config::Mappings;
use self::content::Content;
use self::created::CreatedTable;
use self::mapping::Mapping;
use self::rdf::{Shown, Told};
use self::source::File;
use self::text::TextFile;
use crate::finding::{Code, Finding, Findings, Location, Severity};
use crate::model::{Language, Place, PropertyId};
use crate::ontology::{Column, Ontology};
use crate::parallel;
use crate::sort;

/// A data set as it was read.
#[derive(Debug)]
pub struct Dataset {
    /// What `dataset.toml` says of the data set.
    pub(crate) config: Config,
    /// The tables, sorted by the names of their files.
    pub(crate) tables: Vec<Table>,
    /// Tables that lack a column without which they are of no use, which is reported.
    pub(crate) unplaced: Vec<Table>,
    /// The files of tables that could not be read, which is reported.
    pub(crate) unreadable: Vec<String>,
    /// The questions of its own, sorted by name.
    pub(crate) questions: Vec<QuestionFile>,
    /// The files that it was read from.
    pub(crate) inputs: Inputs,
    /// What comes out of the first things of each file of RDF that is mapped.
    pub(crate) mapped_rdf: Vec<Shown>,
    config_file: TextFile,
    /// The lines that are told of, if the data set is a part of another.
    told: Option<part::Told>,
}

/// What tells how the tables are to be read.
struct Setting<'a> {
    mappings: &'a Mappings,
    config: &'a TextFile,
    ontology: &'a Ontology,
    /// What `dataset.toml` says of the data set.
    described: &'a Config,
    /// Whether there are tables that are not RDF.
    has_tables: bool,
    /// What all files together may take.
    total: &'a Total,
}

impl<'a> Setting<'a> {
    fn context(&self, mapping: Option<&'a Mapping>) -> Context<'a> {
        Context { mapping, config: self.config, ontology: self.ontology, languages: &self.described.languages }
    }
}

/// What besides its file tells how a table is to be read.
#[derive(Clone, Copy)]
struct Context<'a> {
    mapping: Option<&'a Mapping>,
    config: &'a TextFile,
    ontology: &'a Ontology,
    /// Those of the data set, in which words may be written.
    languages: &'a [Language],
}

impl Context<'_> {
    /// The character between two values of a cell.
    fn separator(&self) -> char {
        self.mapping.and_then(|mapping| mapping.separator).unwrap_or('|')
    }

    /// The character between two values of a cell under a header.
    fn separator_of(&self, header: &str) -> char {
        let target = self.mapping.and_then(|mapping| mapping.targets(header)?.first());
        target.and_then(|target| target.conversion.separator).unwrap_or_else(|| self.separator())
    }

    /// What a header means, if it means something.
    fn meaning(&self, header: &str) -> Option<Column> {
        let mapped = self.mapping.and_then(|mapping| mapping.targets(header)?.first());
        self.ontology.column_meant(mapped.map_or(header, |target| &target.property), self.languages, |_| true).ok()
    }

    /// Tells whether the mapping leaves a column out on purpose.
    fn leaves_out(&self, header: &str) -> bool {
        self.mapping.is_some_and(|mapping| mapping.leaves_out(header))
    }
}

/// Reads a data set. What is wrong with its tables comes as findings, and the rest of them is read all the same.
///
/// # Errors
///
/// If there is no `dataset.toml`, it has a mistake, or a file cannot be read.
pub fn dataset(source: &Source, ontology: &Ontology) -> Result<(Dataset, Vec<Finding>), ReadError> {
    let config_file = TextFile::decode(CONFIG, source.config()?)?;
    let mut findings = Findings::default();
    let (config, mappings, mut lacking) = config::parse(&config_file, &mut findings);
    let (mut files, others) = source.files(&|name| mappings.tables.contains_key(name))?;
    // Without their mappings tables would seem to be full of mistakes.
    files.retain(|file| !mappings.is_torn && !config.ontology.contains(&file.name));
    // Nobody knows which JSON mappings name that cannot be understood.
    let is_known = |name: &&String| !(mappings.is_torn && source::is_json(name));
    let unread = others.iter().filter(|name| !config.ontology.contains(name)).filter(is_known);
    findings.extend(unread::unread(unread, source.folder()));
    memory::check(files.iter().map(File::size).sum(), files.iter().map(File::weight).sum())?;
    findings.extend(unmatched::mappings_without_file(&mappings, (&files, &others), &config_file));
    let has_tables = files.iter().any(|file| !file.is_rdf() && !terms::is_called_so(terms::stem(&file.name)));
    let total = &Total::of(files.iter().map(File::size).sum());
    let setting =
        Setting { mappings: &mappings, config: &config_file, ontology, described: &config, has_tables, total };
    let (mut tables, mut unplaced, mut unreadable, mut told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut mapped_rdf = Vec::new();
    // The largest come first, for then no thread waits for one at the end.
    let mut largest: Vec<_> = files.iter().enumerate().collect();
    sort::by_key(&mut largest, |(_, file)| Reverse(file.size()));
    let mut read = parallel::all(&largest, |&(number, file)| (number, self::tables(file, &setting)));
    sort::by_key(&mut read, |(number, _)| *number);
    for (number, read) in read {
        let (more_tables, (of_dataset, shown), more) = read?;
        told.push(of_dataset);
        mapped_rdf.extend(shown);
        if more.kept().iter().any(|finding| leaves_all_out(finding, more_tables.is_empty())) {
            unreadable.push(files[number].name.clone());
        }
        let (complete, others): (Vec<_>, Vec<_>) = more_tables.into_iter().partition(Table::is_complete);
        tables.extend(complete);
        unplaced.extend(others);
        findings.append(more);
    }
    if u16::try_from(tables.len()).is_err() {
        return Err(ReadError::TooManyTables);
    }
    if let Err(too_much) = total.check() {
        (tables, unplaced) = (Vec::new(), Vec::new());
        unreadable = files.iter().map(|file| file.name.clone()).collect();
        findings = Findings::default();
        findings.push(too_much.of_all(Location::file(CONFIG)));
    }
    let mut config = config;
    for told in told {
        told.fill(&mut config, &mut lacking);
    }
    findings.extend(lacking.into_iter().map(|(_, finding)| finding));
    let questions = question::questions(source, &mut findings)?;
    let unread = findings.kept().iter().filter(|finding| finding.code == Code::UnreadFile);
    let unread: BTreeSet<&str> = unread.map(|finding| finding.location.file.as_str()).collect();
    let read = files.iter().filter(|file| !unread.contains(file.name.as_str()));
    let inputs = Inputs::of(source, read, &config.ontology);
    let told = if let Source::Part(part) = source { Some(part::Told::of(part)) } else { None };
    let read = Dataset { config, tables, unplaced, unreadable, questions, inputs, mapped_rdf, config_file, told };
    if read.is_part() {
        let is_of_columns = |finding: &Finding| read.tables.iter().any(|table| table.has_in_columns(finding));
        findings.retain(|finding| read.tells_of(&finding.location) || is_of_columns(finding));
    }
    Ok((read, findings.into_vec()))
}

/// Tables, what is told of the data set and shown of mapped RDF, and findings.
type Found = (Vec<Table>, (Told, Option<Shown>), Findings);

/// Reads the tables of a file. What cannot be used comes to nothing but findings.
fn tables(file: &File, setting: &Setting<'_>) -> Result<Found, ReadError> {
    let (mut findings, mut tables) = (Findings::default(), Vec::new());
    if setting.total.check().is_err() {
        return Ok((tables, (Told::default(), None), findings));
    }
    let budget = Budget::of_file(file.size());
    let read = Content::read(file, setting, &budget, &mut findings)?;
    for (read, context) in read.tables {
        if context.mapping.is_none() && terms::is_terms(&read) {
            continue;
        }
        if let Some(finding) = delimiter::wrong_delimiter(&read, &context) {
            // Whatever else was found follows from that.
            findings = Findings::default();
            findings.push(finding);
            continue;
        }
        let Some(columns) = columns::columns(&read, &context, &mut findings) else { continue };
        if let Err(too_much) = budget.charge(columns.made(&read, context.separator())) {
            let place = context.mapping.map(|mapping| context.config.locate(mapping.span.clone()));
            let message = format!("what the mapping makes of {} is left out: {}", read.table_name(), too_much.told());
            let place = place.unwrap_or_else(|| Location::file(file.name.as_str()));
            findings
                .push(Finding::new(Code::OversizedTable, place, message).help("shorten what is written in each row"));
            continue;
        }
        let mut table = Table::new(read, columns, context.separator());
        if let Some(mapping) = context.mapping {
            table.filter(mapping, &context, &mut findings);
        }
        tables.push(table);
    }
    // Of a file that is left out nothing is kept.
    if !tables.is_empty() {
        setting.total.add(&budget);
    }
    Ok((tables, (read.told, read.shown), findings))
}

/// Tells whether a finding means that a file or a sheet of it is not read, so that nobody knows what is in it. An empty one
/// has nothing.
fn leaves_all_out(finding: &Finding, no_table: bool) -> bool {
    match finding.code {
        Code::WrongEncoding | Code::WrongDelimiter | Code::OversizedTable | Code::InvalidRdf => true,
        Code::MissingHeader => false,
        _ => no_table && finding.severity() == Severity::Violation,
    }
}

impl Dataset {
    /// Returns where a value is: file, line and column, or sheet and cell.
    #[must_use]
    pub(crate) fn locate(&self, place: Place) -> Location {
        self.table(place.table).locate(place)
    }

    /// Returns where in `dataset.toml` a value is said that is not that of its file, if its mapping says it.
    pub(crate) fn said(&self, place: Place) -> Option<Location> {
        self.table(place.table).said(place).map(|span| self.config_file.locate(span))
    }

    /// Returns a table; behind those that can be linked, those that lack a column.
    pub(crate) fn table(&self, number: u16) -> &Table {
        let number = usize::from(number);
        self.tables.get(number).unwrap_or_else(|| &self.unplaced[number - self.tables.len()])
    }

    /// Tells whether the data set is a part of another.
    pub(crate) fn is_part(&self) -> bool {
        self.told.is_some()
    }

    /// Tells whether what a row declares belongs to the data set: in a whole everything does.
    pub(crate) fn owns(&self, place: Place) -> bool {
        self.told.is_none() || self.tables[usize::from(place.table)].role(place.row) == Some(Role::Own)
    }

    /// Tells whether so much is said about the entity of an id that a link from it belongs where its other end does.
    pub(crate) fn is_heavy(&self, id: &str) -> bool {
        self.told.as_ref().is_some_and(|told| told.heavy.contains(id))
    }

    /// Tells whether what is wrong at a place is told here, and not by another part.
    pub(crate) fn tells_of(&self, place: &Location) -> bool {
        let header = |file: &str| {
            let mut tables = self.tables.iter().filter(|table| table.file() == file);
            tables.find_map(Table::lines_before_rows).unwrap_or(usize::MAX)
        };
        self.told.as_ref().is_none_or(|told| told.has(place, header))
    }

    /// Keeps those of some findings that are told here.
    pub(crate) fn tell(&self, findings: &mut Findings) {
        if self.is_part() {
            findings.retain(|finding| self.tells_of(&finding.location));
        }
    }

    /// Adds a table of entities that no file declares, whose labels are in a language.
    pub(crate) fn add_created(&mut self, entities: Vec<Created>, language: Language, label: PropertyId) {
        // What does not fit would be more entities than there are cells to name them.
        let Ok(content) = CreatedTable::new(entities).map(Content::Created) else { return };
        if u16::try_from(self.tables.len() + 1).is_ok() {
            let meanings = vec![Some(Column::Id), Some(Column::Class), Some(Column::Term(label, Some(language)))];
            self.tables.push(Table::new(content, Columns::plain(TableKind::Entities, meanings), '|'));
        }
    }

    /// Returns the id that a mapping makes of a name.
    pub(crate) fn id_of(name: &str) -> String {
        template::slug(name)
    }

    /// Returns where `dataset.toml` names the report of that number among [`Config::reports`].
    #[must_use]
    pub(crate) fn locate_report(&self, number: usize) -> Location {
        config::item_place(&self.config_file, "report", number)
    }
}

#[cfg(test)]
pub(crate) use config::KEYS as CONFIG_KEYS;
#[cfg(test)]
mod tests;

//! What the columns of a table mean: by their headers, or by the table's mapping.

mod named;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use hashbrown::HashMap;

use self::named::numbered;
pub(super) use self::named::{by_number, named};
use super::Context;
use super::computed::Computed;
use super::content::Content;
use super::conversion::Conversion;
use super::keys::toml_string;
use super::kind::{Need, TableKind};
use crate::finding::{Code, Finding, Findings};
use crate::model::{ClassId, PropertyId};
use crate::ontology::{Column, HeaderError};

/// For how many headers that mean nothing one is looked for that is like them.
pub(super) const MOST_SUGGESTIONS: usize = 100;

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) kind: TableKind,
    /// The meaning of each column: those of the file, then the computed ones.
    pub(super) meanings: Vec<Option<Column>>,
    /// Whether no column is missing without which the table is of no use.
    pub(super) is_complete: bool,
    headers: Vec<String>,
    computed: Vec<Computed>,
    /// For each column what the mapping says besides its meaning.
    extras: Vec<Option<Box<Extra>>>,
    /// The columns of which it is reported that they mean nothing.
    pub(super) wrong: Vec<u16>,
}

/// What a mapping says of a column besides its meaning.
#[derive(Debug, Default)]
pub(super) struct Extra {
    pub(super) conversion: Conversion,
    pub(super) reference: Reference,
}

/// What a mapping says of the references in a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The class of the entities that are meant.
    pub class: Option<ClassId>,
    /// The class of the entities that are made of references to nothing.
    pub create: Option<ClassId>,
}

impl Columns {
    /// Returns columns of the file with these meanings and nothing else.
    pub(super) fn plain(kind: TableKind, meanings: Vec<Option<Column>>) -> Self {
        let (headers, computed, extras, wrong) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { kind, meanings, is_complete: true, headers, computed, extras, wrong }
    }

    fn of(kind: TableKind, slots: Vec<Slot>) -> Self {
        let mut columns = Self::plain(kind, slots.iter().map(|slot| slot.meaning).collect());
        for slot in slots {
            columns.headers.push(slot.header);
            columns.computed.extend(slot.computed);
            columns.extras.push(slot.extra);
        }
        if columns.extras.iter().all(Option::is_none) {
            columns.extras.clear();
        }
        columns
    }

    /// Tells whether the text of every column is that of the file, as it is where no mapping says otherwise.
    #[inline]
    pub(super) fn are_stored(&self) -> bool {
        self.computed.is_empty() && self.extras.is_empty()
    }

    /// Returns the computed column of that number, if it is one.
    pub(super) fn computed(&self, column: usize) -> Option<&Computed> {
        self.computed.get(column.checked_sub(self.meanings.len() - self.computed.len())?)
    }

    /// Returns what the mapping says of a column besides its meaning.
    pub(super) fn extra(&self, column: usize) -> Option<&Extra> {
        self.extras.get(column)?.as_deref()
    }

    /// Returns the header of a column; of a computed one, what it stands for.
    pub(super) fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", String::as_str)
    }
}

/// Tells what the columns of a table mean. What is wrong with its headers and its mapping is reported. Returns nothing if
/// there are more columns than numbers for them.
pub(super) fn columns(table: &Content, context: &Context<'_>, findings: &mut Findings) -> Option<Columns> {
    let headers: Vec<_> = table.headers().into_iter().map(Cow::into_owned).collect();
    if headers.len() >= usize::from(u16::MAX) {
        findings.push(too_many(table, headers.len()));
        return None;
    }
    let names = numbered(&headers);
    let numbers = |names: &[String]| (0..names.len()).rev().map(|number| (names[number].clone(), number)).collect();
    let used = context.mapping.iter().flat_map(|mapping| mapping.headers()).map(|(header, _)| header.to_owned());
    let mut reading = Reading {
        content: table,
        kind: likely_kind(&headers, context),
        first_of: numbers(&headers),
        number_of: numbers(&names),
        used: used.collect(),
        n_suggested: 0,
        headers,
        names,
        context,
        slots: Vec::new(),
        later: Vec::new(),
        lost: Vec::new(),
        wrong: BTreeSet::new(),
        meant: BTreeSet::new(),
        findings,
    };
    reading.add_columns_of_file();
    if let Some(mapping) = context.mapping {
        reading.check_mapped_headers(mapping);
        reading.add_constants(mapping);
        reading.add_class(mapping);
        reading.add_id(mapping);
        reading.add_templates(mapping);
    }
    let mut later = std::mem::take(&mut reading.later);
    reading.slots.append(&mut later);
    if reading.slots.len() >= usize::from(u16::MAX) {
        reading.findings.push(too_many(table, reading.slots.len()));
        return None;
    }
    let kind = TableKind::of(|column| {
        reading.slots.iter().any(|slot| slot.meaning == Some(column)) || reading.lost.contains(&column)
    });
    reading.drop_misplaced(kind);
    reading.drop_repeated();
    let is_complete = reading.check_needed(kind);
    let wrong = reading.wrong.iter().filter_map(|&column| u16::try_from(column).ok()).collect();
    Some(Columns { is_complete, wrong, ..Columns::of(kind, reading.slots) })
}

/// Tells by the columns that are clear what a table is, so that words with several meanings may be clear too.
fn likely_kind(headers: &[String], context: &Context<'_>) -> TableKind {
    let mut meanings: Vec<Column> = headers.iter().filter_map(|header| context.meaning(header)).collect();
    meanings.extend(context.mapping.iter().filter(|mapping| mapping.id.is_some()).map(|_| Column::Id));
    TableKind::of(|column| meanings.contains(&column))
}

/// The finding that a table has more columns than there are numbers for.
fn too_many(table: &Content, columns: usize) -> Finding {
    let message = format!("the table has {columns} columns; those behind {} have no numbers", u16::MAX);
    let finding = Finding::new(Code::OversizedTable, table.header_place(0), message);
    finding.help("turn rows and columns about: a row for each thing")
}

/// The columns of a table while their meaning is found out.
pub(super) struct Reading<'a> {
    pub(super) content: &'a Content,
    /// What the table seems to be.
    kind: TableKind,
    pub(super) headers: Vec<String>,
    /// The headers, each distinct.
    pub(super) names: Vec<String>,
    /// The number of the first column of each header, and that of each name.
    first_of: BTreeMap<String, usize>,
    pub(super) number_of: BTreeMap<String, usize>,
    /// The headers that the mapping names.
    used: BTreeSet<String>,
    /// How often what is like an unknown header was looked for.
    pub(super) n_suggested: usize,
    pub(super) context: &'a Context<'a>,
    pub(super) slots: Vec<Slot>,
    /// Columns that come after those of the file.
    pub(super) later: Vec<Slot>,
    /// What columns would mean whose mapping is wrong, which is reported.
    pub(super) lost: Vec<Column>,
    /// The columns of the file of which it is reported that they mean nothing.
    pub(super) wrong: BTreeSet<usize>,
    /// What headers may mean that mean nothing; empty for a column without one.
    meant: BTreeSet<String>,
    pub(super) findings: &'a mut Findings,
}

pub(super) struct Slot {
    pub(super) header: String,
    pub(super) meaning: Option<Column>,
    pub(super) said: Said,
    /// How it is made, unless it is in the file.
    pub(super) computed: Option<Computed>,
    pub(super) extra: Option<Box<Extra>>,
}

/// Where the meaning of a column is said.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// By the header of that number.
    Header(usize),
    /// In this range of `dataset.toml`.
    Mapping(Range<usize>),
}

impl Reading<'_> {
    /// Adds the columns of the file, by their mapping or else by their headers.
    fn add_columns_of_file(&mut self) {
        if self.add_exported() {
            return;
        }
        for column in 0..self.headers.len() {
            if self.add_mapped(column) {
                continue;
            }
            let (header, said) = (self.headers[column].clone(), Said::Header(column));
            let meaning = self.meaning_by_header(column, &header, &said);
            self.slots.push(Slot { header, meaning, said, computed: None, extra: None });
        }
    }

    /// Returns what a column that is not mapped means by its header, or reports that it means nothing.
    fn meaning_by_header(&mut self, column: usize, header: &str, said: &Said) -> Option<Column> {
        let mapping = self.context.mapping;
        if mapping.is_some_and(|mapping| mapping.is_strict) {
            return None;
        }
        if header.is_empty() {
            // Spreadsheet programs write empty columns that somebody once clicked into.
            if !self.content.is_empty_column(column) {
                let message = format!("column {} has no header", column + 1);
                self.meant.insert(String::new());
                self.report(Code::MissingHeader, said, message, "name the column, or remove it");
            }
            return None;
        }
        if let Some(&first) = self.first_of.get(header).filter(|first| **first < column) {
            let message = format!("column {} has the same header `{header}`", first + 1);
            let help = format!(
                "put several values into one cell, rename a column, or map it in dataset.toml as {:?}",
                self.names[column]
            );
            self.report(Code::DuplicateHeader, said, message, help);
            return None;
        }
        if self.used.contains(&self.names[column]) {
            // What is made of it may well have the same header.
            return self
                .context
                .ontology
                .column_meant(header, self.context.languages, |id| self.takes(id))
                .ok()
                .filter(|meaning| *meaning != Column::Id || mapping.is_none_or(|mapping| mapping.id.is_none()));
        }
        self.meaning(header, header, said)
    }

    /// Returns what a header means, or reports that it means nothing.
    pub(super) fn meaning(&mut self, name: &str, header: &str, said: &Said) -> Option<Column> {
        let (ontology, languages) = (self.context.ontology, self.context.languages);
        let is_suggested = self.n_suggested < MOST_SUGGESTIONS;
        let found = if is_suggested {
            ontology.column_of(name, languages, |id| self.takes(id))
        } else {
            ontology.column_meant(name, languages, |id| self.takes(id))
        };
        let error = match found {
            Ok(column) => return Some(column),
            Err(error) => error,
        };
        self.n_suggested += 1;
        let message = error.to_string();
        match (&error, said) {
            (HeaderError::Unknown { nearest, .. }, _) if !nearest.is_empty() => {
                self.meant.extend(nearest.iter().cloned());
                let help = format!("did you mean `{}`?", nearest.join("` or `"));
                self.report(Code::UnknownHeader, said, message, help);
            }
            (HeaderError::Unknown { .. }, Said::Header(_)) => {
                let help = format!(
                    "say in dataset.toml what it means: [table.{}] columns = {{ {} = \"…\" }}; \"\" leaves it out",
                    toml_string(&self.content.table_name()),
                    toml_string(header)
                );
                self.report(Code::UnknownHeader, said, message, help);
            }
            (HeaderError::Unknown { .. }, Said::Mapping(_)) => {
                self.report(Code::UnknownHeader, said, message, "write the name of a property of the ontology");
            }
            (HeaderError::Ambiguous { candidates, .. }, _) => {
                let help = format!("write the one that is meant: `{}`", candidates.join("` or `"));
                self.report(Code::AmbiguousWord, said, message, help);
            }
            (HeaderError::Language(_), _) => {
                self.report(
                    Code::InvalidLanguage,
                    said,
                    message,
                    "write a tag such as `en` or `zh-Hans` after the `@`",
                );
            }
            (HeaderError::LanguageMissing(_) | HeaderError::LanguageUnused(_), _) => {
                let help =
                    "names and other texts for people have a language; dates, numbers, ids and addresses have none";
                self.report(Code::InvalidLanguage, said, message, help);
            }
        }
        None
    }

    /// Tells whether a table of this kind may have a column of a property.
    fn takes(&self, property: PropertyId) -> bool {
        self.kind.refuses(Column::Term(property, None), self.context.ontology).is_none()
    }

    /// Takes the meaning from columns that a table of that kind cannot have.
    fn drop_misplaced(&mut self, kind: TableKind) {
        let mut slots = std::mem::take(&mut self.slots);
        for slot in &mut slots {
            if let Some(help) = slot.meaning.and_then(|meaning| kind.refuses(meaning, self.context.ontology)) {
                let message = format!("`{}` cannot be a column of a table of {}", slot.header, kind.rows());
                self.report(Code::UnknownHeader, &slot.said, message, help);
                slot.meaning = None;
            }
        }
        self.slots = slots;
    }

    /// Takes the meaning from columns that mean what another means already. Several columns of a mapped table may hold
    /// values of one property.
    fn drop_repeated(&mut self) {
        let mut slots = std::mem::take(&mut self.slots);
        let mut first: HashMap<Column, usize> = HashMap::new();
        for later in 0..slots.len() {
            let Some(meaning) = slots[later].meaning else {
                continue;
            };
            // The first keeps its meaning, so it stays the first.
            let earlier = *first.entry(meaning).or_insert(later);
            if earlier == later {
                continue;
            }
            let (before, after) = slots.split_at_mut(later);
            let (earlier, slot) = (&before[earlier], &mut after[0]);
            let by_headers = matches!((&earlier.said, &slot.said), (Said::Header(_), Said::Header(_)));
            if by_headers || !matches!(meaning, Column::Term(..) | Column::Source) {
                let message = format!("`{}` means the same as `{}`", slot.header, earlier.header);
                self.report(Code::DuplicateHeader, &slot.said, message, "keep one of the two columns");
                slot.meaning = None;
            }
        }
        self.slots = slots;
    }

    /// Reports columns that a table of that kind needs and lacks, unless what they would mean is already reported.
    /// Returns whether there is none.
    fn check_needed(&mut self, kind: TableKind) -> bool {
        let lacking = |need: &&Need| !self.slots.iter().any(|slot| slot.meaning == Some(need.column));
        let missing: Vec<_> = kind.needs().iter().filter(lacking).collect();
        let may_be_there = |need: &&&Need| ["", need.header].iter().any(|header| self.meant.contains(*header));
        for need in missing.iter().filter(|need| !self.lost.contains(&need.column) && !may_be_there(need)) {
            let message = format!("a table of {} needs the column `{}`", kind.rows(), need.header);
            let place = self.content.header_place(0);
            self.findings.push(Finding::new(Code::MissingHeader, place, message).help(need.help));
        }
        missing.is_empty()
    }

    /// Reports a column: in the table with that code, or in `dataset.toml` if it is there that its meaning is said.
    pub(super) fn report(&mut self, code: Code, said: &Said, message: String, help: impl Into<String>) {
        let finding = match said {
            Said::Header(column) => {
                self.wrong.insert(*column);
                Finding::new(code, self.content.header_place(*column), message)
            }
            Said::Mapping(span) => {
                Finding::new(Code::InvalidMapping, self.context.config.locate(span.clone()), message)
            }
        };
        self.findings.push(finding.help(help));
    }
}

//! What the columns of a table mean: by their headers, or by the table's mapping.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::computed::{Computed, IdPart, IdTemplate};
use super::content::Content;
use super::kind::{Need, TableKind};
use super::mapping::{Mapping, Part, Template};
use super::text::TextFile;
use super::{Context, ReadError};
use crate::finding::{Code, Finding};
use crate::model::Language;
use crate::ontology::{Column, HeaderError, Ontology, WordError, nearest};

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) kind: TableKind,
    /// The meaning of each column: those of the file, then the computed ones.
    pub(super) meanings: Vec<Option<Column>>,
    computed: Vec<Computed>,
}

impl Columns {
    /// Returns the computed column of that number, if it is one.
    pub(super) fn computed(&self, column: usize) -> Option<&Computed> {
        self.computed.get(column.checked_sub(self.meanings.len() - self.computed.len())?)
    }
}

/// Tells what the columns of a table mean. Returns nothing if it lacks one that it needs, which is then reported like
/// all that is wrong with its headers and its mapping.
pub(super) fn columns(
    content: &Content,
    &Context { mapping, config, ontology, languages }: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Option<Columns>, ReadError> {
    let headers = content.headers();
    let added = mapping.map_or(0, |mapping| mapping.constants.len() + 2);
    if headers.len() + added >= usize::from(u16::MAX) {
        return Err(ReadError::TooManyColumns { file: content.file().to_owned() });
    }
    let slots = Vec::with_capacity(headers.len() + added);
    let mut reading = Reading { content, headers, config, ontology, languages, slots, computed: Vec::new(), findings };
    reading.add_columns_of_file(mapping);
    if let Some(mapping) = mapping {
        reading.check_mapped_headers(mapping);
        reading.add_constants(mapping);
        reading.add_class(mapping);
        reading.add_id(mapping);
    }
    let kind = TableKind::of(|column| reading.slots.iter().any(|slot| slot.meaning == Some(column)));
    reading.drop_misplaced(kind);
    reading.drop_repeated();
    let complete = reading.check_needed(kind);
    let meanings = reading.slots.iter().map(|slot| slot.meaning).collect();
    Ok(complete.then_some(Columns { kind, meanings, computed: reading.computed }))
}

/// The columns of a table while their meaning is found out.
struct Reading<'a> {
    content: &'a Content,
    headers: Vec<Cow<'a, str>>,
    config: &'a TextFile,
    ontology: &'a Ontology,
    languages: &'a [Language],
    slots: Vec<Slot>,
    computed: Vec<Computed>,
    findings: &'a mut Vec<Finding>,
}

struct Slot {
    header: String,
    meaning: Option<Column>,
    said: Said,
}

/// Where the meaning of a column is said.
enum Said {
    /// By the header of that number.
    Header(usize),
    /// In this range of `dataset.toml`.
    Mapping(Range<usize>),
}

impl Reading<'_> {
    /// Adds the columns of the file, by their mapping or else by their headers.
    fn add_columns_of_file(&mut self, mapping: Option<&Mapping>) {
        let mut first = BTreeMap::new();
        for (column, header) in self.headers.clone().into_iter().enumerate() {
            let header = header.into_owned();
            let mapped = mapping.and_then(|mapping| mapping.columns.iter().find(|(name, _)| *name.get_ref() == header));
            let said = mapped.map_or(Said::Header(column), |(_, target)| Said::Mapping(target.span()));
            let name = mapped.map_or(header.as_str(), |(_, target)| target.get_ref().trim());
            let mut meaning = None;
            if mapped.is_none() && header.is_empty() {
                let message = format!("column {} has no header", column + 1);
                self.report(Code::MissingHeader, &said, message, "name the column, or remove it");
            } else if let Some(first) = first.get(&header) {
                let message = format!("column {first} has the same header `{header}`");
                let place = self.content.header_place(column);
                let finding = Finding::new(Code::DuplicateHeader, place, message);
                self.findings.push(finding.help("put several values into one cell, or rename a column"));
            } else if mapped.is_none() && is_part_of_id(mapping, &header) {
                // It may well be called `id` itself.
                meaning = self.ontology.column(name, self.languages).ok().filter(|meaning| *meaning != Column::Id);
            } else if !name.is_empty() {
                meaning = self.meaning(name, &header, &said);
            }
            first.entry(header.clone()).or_insert(column + 1);
            self.slots.push(Slot { header, meaning, said });
        }
    }

    /// Returns what a header means, or reports that it means nothing.
    fn meaning(&mut self, name: &str, header: &str, said: &Said) -> Option<Column> {
        let error = match self.ontology.column(name, self.languages) {
            Ok(column) => return Some(column),
            Err(error) => error,
        };
        let message = error.to_string();
        match (&error, said) {
            (HeaderError::Unknown { nearest, .. }, _) if !nearest.is_empty() => {
                let help = format!("did you mean `{}`?", nearest.join("` or `"));
                self.report(Code::UnknownHeader, said, message, help);
            }
            (HeaderError::Unknown { .. }, Said::Header(_)) => {
                let help = format!(
                    "say in dataset.toml what it means: [table.{:?}] columns = {{ {header:?} = \"…\" }}; \"\" leaves it out",
                    self.content.file()
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

    /// Reports headers of the mapping that the table does not have.
    fn check_mapped_headers(&mut self, mapping: &Mapping) {
        for (name, _) in &mapping.columns {
            if !self.headers.iter().any(|header| header == name.get_ref()) {
                self.report_missing(name.get_ref(), name.span());
            }
        }
    }

    fn report_missing(&mut self, name: &str, span: Range<usize>) {
        let message = format!("{} has no column `{name}`", self.content.file());
        let help = match nearest(name, self.headers.iter().map(AsRef::as_ref), 1).first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are {}", self.headers.join(", ")),
        };
        self.report(Code::InvalidMapping, &Said::Mapping(span), message, help);
    }

    fn add_constants(&mut self, mapping: &Mapping) {
        for (name, text) in &mapping.constants {
            let (header, said) = (name.get_ref().clone(), Said::Mapping(name.span()));
            let meaning = self.meaning(&header, &header, &said);
            self.slots.push(Slot { header, meaning, said });
            self.computed.push(Computed::Constant(text.get_ref().clone()));
        }
    }

    fn add_class(&mut self, mapping: &Mapping) {
        let Some(class) = &mapping.class else {
            return;
        };
        let said = Said::Mapping(class.span());
        if let Err(error) = self.ontology.class_called(class.get_ref(), |_| true, self.languages) {
            let message = format!("`{}` is no class of the ontology", class.get_ref());
            let help = match error {
                WordError::Ambiguous(several) => format!("write the one that is meant: `{}`", several.join("` or `")),
                WordError::Unknown(near) if near.is_empty() => {
                    "write the name of a class, such as `Organization`".to_owned()
                }
                WordError::Unknown(near) => format!("did you mean `{}`?", near.join("` or `")),
            };
            self.report(Code::InvalidMapping, &said, message, help);
        }
        self.slots.push(Slot { header: "class".to_owned(), meaning: Some(Column::Class), said });
        self.computed.push(Computed::Constant(class.get_ref().clone()));
    }

    fn add_id(&mut self, mapping: &Mapping) {
        let Some(template) = &mapping.id else {
            return;
        };
        let Template(parts) = template.get_ref();
        let mut resolved = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Text(text) => resolved.push(IdPart::Text(text.clone())),
                Part::Header(name) => match self.headers.iter().position(|header| header == name) {
                    Some(column) => resolved.push(IdPart::Cell(column)),
                    None => self.report_missing(name, template.span()),
                },
            }
        }
        let said = Said::Mapping(template.span());
        self.slots.push(Slot { header: "id".to_owned(), meaning: Some(Column::Id), said });
        self.computed.push(Computed::Id(IdTemplate(resolved)));
    }

    /// Takes the meaning from columns that a table of that kind cannot have.
    fn drop_misplaced(&mut self, kind: TableKind) {
        let mut slots = std::mem::take(&mut self.slots);
        for slot in &mut slots {
            if let Some(help) = slot.meaning.and_then(|meaning| kind.refuses(meaning, self.ontology)) {
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
        for later in 1..slots.len() {
            let (before, after) = slots.split_at_mut(later);
            let slot = &mut after[0];
            let Some(meaning) = slot.meaning else {
                continue;
            };
            let Some(earlier) = before.iter().find(|other| other.meaning == Some(meaning)) else {
                continue;
            };
            let by_headers = matches!((&earlier.said, &slot.said), (Said::Header(_), Said::Header(_)));
            if by_headers || !matches!(meaning, Column::Term(..) | Column::Source) {
                let message = format!("`{}` means the same as `{}`", slot.header, earlier.header);
                self.report(Code::DuplicateHeader, &slot.said, message, "keep one of the two columns");
                slot.meaning = None;
            }
        }
        self.slots = slots;
    }

    /// Reports columns that a table of that kind needs and lacks. Returns whether there is none.
    fn check_needed(&mut self, kind: TableKind) -> bool {
        let lacking = |need: &&Need| !self.slots.iter().any(|slot| slot.meaning == Some(need.column));
        let missing: Vec<_> = kind.needs().iter().filter(lacking).collect();
        for need in &missing {
            let message = format!("a table of {} needs the column `{}`", kind.rows(), need.header);
            self.report(Code::MissingHeader, &Said::Header(0), message, need.help);
        }
        missing.is_empty()
    }

    /// Reports a column: in the table with that code, or in `dataset.toml` if it is there that its meaning is said.
    fn report(&mut self, code: Code, said: &Said, message: String, help: impl Into<String>) {
        let finding = match said {
            Said::Header(column) => Finding::new(code, self.content.header_place(*column), message),
            Said::Mapping(span) => Finding::new(Code::InvalidMapping, self.config.locate(span.clone()), message),
        };
        self.findings.push(finding.help(help));
    }
}

/// Tells whether ids are made from the cells under a header, so that it needs no other meaning.
fn is_part_of_id(mapping: Option<&Mapping>, header: &str) -> bool {
    let template = mapping.and_then(|mapping| mapping.id.as_ref());
    let is_part = |part: &Part| matches!(part, Part::Header(name) if name == header);
    template.is_some_and(|template| template.get_ref().0.iter().any(is_part))
}

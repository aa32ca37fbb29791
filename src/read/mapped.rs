//! The columns that a mapping makes: of the file's own, and besides them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::Context;
use super::columns::{Extra, MOST_SUGGESTIONS, Reading, Reference, Said, Slot, by_number};
use super::computed::{Computed, Part, Recipe, RecipePart};
use super::mapping::Mapping;
use super::target::{Split, Target};
use super::template::{self, Template};
use crate::finding::{Code, Finding};
use crate::model::{ClassId, Language};
use crate::ontology::{self, Column, WordError, nearest};

/// How many columns are named of a table that has not the one that is wanted.
const MOST_NAMED: usize = 50;

/// The language of a text of which it is not said: undetermined, by ISO 639-2.
const UNDETERMINED: &str = "und";

impl Reading<'_> {
    /// Adds a column of the file as it is mapped. Returns whether it is.
    pub(super) fn add_mapped(&mut self, column: usize) -> bool {
        let Some(mapping) = self.context.mapping else { return false };
        let language = self.content.in_language(column);
        let name = language.map_or(self.names[column].as_str(), |(header, _)| header);
        let tag = language.map(|(_, tag)| tag.to_owned());
        let position = format!("#{}", column + 1);
        let Some(targets) = mapping.targets(name).or_else(|| mapping.targets(&position)) else { return false };
        let header = self.headers[column].clone();
        let is_plain = |target: &Target| target.split.is_none() && (target.language.is_none() || tag.is_some());
        // The first that needs nothing else is the column itself; the others come later.
        let own = targets.iter().position(is_plain);
        let slot = if let Some(own) = own {
            let slot = self.target_slot(&targets[own], &header, tag.as_deref(), None);
            if slot.meaning.is_none() && !targets[own].property.is_empty() {
                self.wrong.insert(column);
            }
            slot
        } else {
            let said = Said::Mapping(targets.first().map_or(0..0, |target| target.span.clone()));
            Slot { header: header.clone(), meaning: None, said, computed: None, extra: None }
        };
        self.slots.push(slot);
        for (_, target) in targets.iter().enumerate().filter(|(number, _)| Some(*number) != own) {
            match &target.split {
                Some(split) => self.add_parts(column, split),
                None if target.language.is_some() && tag.is_none() => self.add_languages(column, target),
                None => {
                    let slot = self.target_slot(target, &header, tag.as_deref(), Some(Computed::Copy(column)));
                    self.later.push(slot);
                }
            }
        }
        true
    }

    /// Returns the column that a target makes.
    fn target_slot(&mut self, target: &Target, header: &str, tag: Option<&str>, computed: Option<Computed>) -> Slot {
        let said = Said::Mapping(target.span.clone());
        let meaning = match (target.property.as_str(), tag) {
            ("", _) => None,
            (property, None) => self.meaning(property, header, &said),
            (property, Some(tag)) => self.meaning_in(property, tag, header, &said),
        };
        let mut extra = Extra { conversion: target.conversion.clone(), reference: self.reference(target, meaning) };
        if let Some(around) = &mut extra.conversion.around {
            around.is_id = self.is_id(meaning);
        }
        let is_needed = !extra.conversion.is_nothing() || extra.reference != Reference::default();
        Slot { header: header.to_owned(), meaning, said, computed, extra: is_needed.then(|| Box::new(extra)) }
    }

    /// Returns what a property means with a language that stands in the data. Texts without one are undetermined.
    fn meaning_in(&mut self, property: &str, tag: &str, header: &str, said: &Said) -> Option<Column> {
        let Context { ontology, languages, .. } = self.context;
        if tag.is_empty() && !ontology.is_text_in_languages(property, languages) {
            return self.meaning(property, header, said);
        }
        let tag = if tag.is_empty() { UNDETERMINED } else { tag };
        self.meaning(&format!("{property}@{tag}"), header, said)
    }

    /// Returns what a target says of references, and reports what cannot be.
    fn reference(&mut self, target: &Target, meaning: Option<Column>) -> Reference {
        let is_reference = match meaning {
            Some(Column::Term(property, _)) => {
                matches!(self.context.ontology.property(property).range, ontology::Range::Entity(_))
            }
            Some(Column::Subject | Column::Object | Column::Document) | None => true,
            Some(Column::Id | Column::Class | Column::Property | Column::Rank | Column::Source | Column::Number) => {
                false
            }
        };
        for class in [&target.class, &target.create].into_iter().flatten().filter(|_| !is_reference) {
            let message = format!("`{}` does not refer to entities", target.property);
            let help = "take the class away: it tells which entities a reference may mean";
            self.report(Code::InvalidMapping, &Said::Mapping(class.span()), message, help);
        }
        let mut of = |name: &Option<Spanned<String>>| name.as_ref().and_then(|name| self.class(name));
        Reference { class: of(&target.class), create: of(&target.create) }
    }

    /// Returns the class of that name, or reports that there is none.
    fn class(&mut self, name: &Spanned<String>) -> Option<ClassId> {
        let found = self.context.ontology.class_called(name.get_ref(), |_| true, self.context.languages);
        if let Err(error) = &found {
            let message = format!("`{}` is no class of the ontology", name.get_ref());
            let help = match error {
                WordError::Ambiguous(several) => format!("write the one that is meant: `{}`", several.join("` or `")),
                WordError::Unknown(near) if near.is_empty() => {
                    "write the name of a class, such as `Organization`".to_owned()
                }
                WordError::Unknown(near) => format!("did you mean `{}`?", near.join("` or `")),
            };
            self.report(Code::InvalidMapping, &Said::Mapping(name.span()), message, help);
        }
        found.ok()
    }

    fn add_parts(&mut self, column: usize, split: &Split) {
        let header = self.headers[column].clone();
        for (number, target) in split.into.iter().enumerate() {
            let part = Part { column, at: split.at.clone(), number, of: split.into.len() };
            let slot = self.target_slot(target, &header, None, Some(Computed::Part(part)));
            self.later.push(slot);
        }
    }

    /// Adds a column for each language that another column names.
    fn add_languages(&mut self, column: usize, target: &Target) {
        let Some(language) = &target.language else { return };
        let Some(by) = self.position(language.get_ref()) else {
            return self.report_missing(language.get_ref(), language.span());
        };
        let (grid, text) = (self.content.grid(), self.content.text());
        let syntax = self.content.syntax('\n');
        let mut tags: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..grid.rows() {
            if !syntax.whole(&text[grid.cell(row, column)]).is_empty() {
                tags.entry(syntax.whole(&text[grid.cell(row, by)]).into_owned()).or_insert(row);
            }
        }
        let header = self.headers[column].clone();
        for (tag, row) in tags {
            if !tag.is_empty() && Language::parse(&tag).is_err() {
                let place = self.content.place(row, by, 0, '\n');
                let finding = Finding::new(Code::InvalidLanguage, place, format!("`{tag}` is not a language tag"));
                self.findings.push(finding.help("write a tag such as `en` or `zh-Hans`"));
                continue;
            }
            let computed = Computed::Where { column, by, is: tag.clone() };
            let slot = self.target_slot(target, &header, Some(&tag), Some(computed));
            self.later.push(slot);
        }
    }

    /// Reports headers of the mapping that the table does not have.
    pub(super) fn check_mapped_headers(&mut self, mapping: &Mapping) {
        let named: Vec<_> = mapping.columns.iter().map(|(name, _)| (name.get_ref().clone(), name.span())).collect();
        let filters = mapping.filters.iter().map(|filter| (filter.column.get_ref().clone(), filter.column.span()));
        let in_languages = (0..self.headers.len()).filter_map(|column| self.content.in_language(column));
        let in_languages: BTreeSet<String> = in_languages.map(|(header, _)| header.to_owned()).collect();
        for (name, span) in named.into_iter().chain(filters) {
            if self.position(&name).is_none() && !in_languages.contains(&name) {
                self.report_missing(&name, span);
            }
        }
    }

    /// The column of a header, or of a number such as `#3`.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let found = self.number_of.get(name).copied();
        found.or_else(|| by_number(name).filter(|column| *column < self.names.len()))
    }

    fn report_missing(&mut self, name: &str, span: Range<usize>) {
        if let Some(help) = self.content.missing(name) {
            let message = format!("no object of {} has `{name}`", self.content.table_name());
            return self.report(Code::InvalidMapping, &Said::Mapping(span), message, help);
        }
        let message = format!("{} has no column `{name}`", self.content.table_name());
        self.n_suggested += 1;
        // Each time all columns are looked through.
        let names = self.names.iter().map(String::as_str).filter(|_| self.n_suggested <= MOST_SUGGESTIONS);
        let help = if let Some(near) = nearest(name, names, 1).first() {
            format!("did you mean `{near}`?")
        } else {
            let shown = &self.names[..self.names.len().min(MOST_NAMED)];
            let more = self.names.len() - shown.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("its columns are {}{more}", shown.join(", "))
        };
        self.report(Code::InvalidMapping, &Said::Mapping(span), message, help);
    }

    pub(super) fn add_constants(&mut self, mapping: &Mapping) {
        for (name, text) in &mapping.constants {
            let (header, said) = (name.get_ref().clone(), Said::Mapping(name.span()));
            let meaning = self.meaning(&header, &header, &said);
            let computed = Some(Computed::Constant(text.clone()));
            self.later.push(Slot { header, meaning, said, computed, extra: None });
        }
    }

    pub(super) fn add_class(&mut self, mapping: &Mapping) {
        let Some(class) = &mapping.class else { return };
        if self.class(class).is_none() {
            return self.lost.push(Column::Class);
        }
        let computed = Some(Computed::Constant(class.clone()));
        let (header, said) = ("class".to_owned(), Said::Mapping(class.span()));
        self.later.push(Slot { header, meaning: Some(Column::Class), said, computed, extra: None });
    }

    pub(super) fn add_id(&mut self, mapping: &Mapping) {
        let Some(template) = &mapping.id else { return };
        let Some(parts) = self.recipe(template.get_ref(), &template.span()) else {
            return self.lost.push(Column::Id);
        };
        let computed = Some(Computed::Made(Recipe { parts, span: template.span(), is_id: true }));
        let (header, said) = ("id".to_owned(), Said::Mapping(template.span()));
        self.later.push(Slot { header, meaning: Some(Column::Id), said, computed, extra: None });
    }

    pub(super) fn add_templates(&mut self, mapping: &Mapping) {
        for (target, template) in &mapping.templates {
            let Some(parts) = self.recipe(template, &target.span) else { continue };
            let mut slot = self.target_slot(target, &target.property, None, None);
            let is_id = self.is_id(slot.meaning);
            slot.computed = Some(Computed::Made(Recipe { parts, span: target.span.clone(), is_id }));
            self.later.push(slot);
        }
    }

    /// Tells whether the values under a meaning are ids, or references that are best written as ids.
    fn is_id(&self, meaning: Option<Column>) -> bool {
        match meaning {
            Some(Column::Id | Column::Subject | Column::Document) => true,
            Some(Column::Term(property, _)) => {
                matches!(self.context.ontology.property(property).range, ontology::Range::Entity(_))
            }
            Some(
                Column::Class | Column::Property | Column::Object | Column::Rank | Column::Source | Column::Number,
            )
            | None => false,
        }
    }

    /// Returns a template with the numbers of its columns, or reports those that the table does not have.
    fn recipe(&mut self, template: &Template, span: &Range<usize>) -> Option<Vec<RecipePart>> {
        let mut parts = Vec::with_capacity(template.0.len());
        for part in &template.0 {
            match part {
                template::Part::Text(text) => parts.push(RecipePart::Text(text.clone())),
                template::Part::Header(name) => match self.position(name) {
                    Some(column) => parts.push(RecipePart::Cell(column)),
                    None => self.report_missing(name, span.clone()),
                },
            }
        }
        (parts.len() == template.0.len()).then_some(parts)
    }
}

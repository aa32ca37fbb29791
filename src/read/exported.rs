//! The columns of tables that the program itself has written: CSV and XLSX for analysts come in as they went out.
//!
//! What such a table shows for people and says again elsewhere (labels of ends, IRIs, first and last days, the best claims)
//! is left out.

use super::columns::{Reading, Said, Slot};
use super::computed::Computed;
use super::signature::{Exported, canonical};
use crate::model::PropertyId;
use crate::ontology::{Column, PropertyKind};

/// Columns of every table that say nothing new.
const SHOWN: [&str; 8] = ["label", "iri", "type", "validFrom", "validTo", "year", "subjectLabel", "objectLabel"];

impl Reading<'_> {
    /// Adds the columns of the file if the program has written it. Returns whether it has.
    pub(super) fn add_exported(&mut self) -> bool {
        let exported = match Exported::of(&self.headers) {
            Some(exported) if self.context.mapping.is_none() => exported,
            Some(_) | None => return false,
        };
        for column in 0..self.headers.len() {
            let (header, said) = (self.headers[column].clone(), Said::Header(column));
            let name = canonical(&header).to_owned();
            let meaning = match exported {
                Exported::Entities => self.of_entities(&name, &said),
                Exported::Statements => self.of_statements(&name, &said),
                Exported::Paragraphs => self.of_paragraphs(&name, &said),
                Exported::Config => None,
            };
            self.slots.push(Slot { header, meaning, said, computed: None, extra: None });
        }
        if exported == Exported::Statements {
            self.add_made();
        }
        true
    }

    fn of_entities(&mut self, header: &str, said: &Said) -> Option<Column> {
        match header {
            "id" => Some(Column::Id),
            "class" => Some(Column::Class),
            "sources" => Some(Column::Source),
            shown if SHOWN.contains(&shown) => None,
            // A claim is in the table of statements too, with all that is said of it.
            _ => self.of_kind(header, said, PropertyKind::Annotation),
        }
    }

    fn of_statements(&mut self, header: &str, said: &Said) -> Option<Column> {
        match header {
            "subject" => Some(Column::Subject),
            "rank" => Some(Column::Rank),
            "sources" => Some(Column::Source),
            "property" | "object" | "value" | "language" => None,
            shown if SHOWN.contains(&shown) => None,
            _ => self.of_kind(header, said, PropertyKind::Qualifier),
        }
    }

    fn of_paragraphs(&mut self, header: &str, said: &Said) -> Option<Column> {
        match header {
            "document" => Some(Column::Document),
            "number" => Some(Column::Number),
            "iri" => None,
            _ => self.of_kind(header, said, PropertyKind::Annotation),
        }
    }

    /// What a header of a property means, if the property is of a kind. One that would have had the name of another column
    /// ends with `_`.
    fn of_kind(&mut self, header: &str, said: &Said, kind: PropertyKind) -> Option<Column> {
        let ontology = self.context.ontology;
        let (name, tag) = header.split_once('@').map_or((header, None), |(name, tag)| (name, Some(tag)));
        let called = |name: &str| ontology.property_called(name, self.context.languages).ok();
        let name = if called(name).is_some() { name } else { name.trim_end_matches('_') };
        let of_kind = |property: PropertyId| ontology.property(property).kind == kind;
        if called(name).is_some_and(|property| !of_kind(property)) {
            return None;
        }
        let plain = tag.map_or_else(|| name.to_owned(), |tag| format!("{name}@{tag}"));
        self.meaning(&plain, header, said)
    }

    /// The columns of statements that are made of two each: the property with the language of its value, and the object or
    /// the value.
    fn add_made(&mut self) {
        let position =
            |wanted: &str| self.headers.iter().position(|header| canonical(header) == wanted).unwrap_or_default();
        let [property, language, object, value] = ["property", "language", "object", "value"].map(position);
        let made = [
            (property, Column::Property, Computed::Tagged { name: property, tag: language }),
            (object, Column::Object, Computed::Either(object, value)),
        ];
        for (column, meaning, computed) in made {
            let (header, said) = (self.headers[column].clone(), Said::Header(column));
            self.later.push(Slot { header, meaning: Some(meaning), said, computed: Some(computed), extra: None });
        }
    }
}

//! Rules over entities.

use std::hash::BuildHasher as _;
use std::ops::Range as Places;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::Check;
use crate::finding::Code;
use crate::model::{EntityId, Language, Object, push_folded};
use crate::ontology::{Column, Range};

/// A folded name, as its place among all of them, in a language, and whose it is.
type Name = (Places<usize>, Option<Language>, EntityId);

impl Check<'_> {
    /// An event has a date or a status.
    pub(super) fn undated_event(&mut self) {
        if self.is_part_unread() {
            return;
        }
        let known = self.ontology.known();
        let mut dated = vec![false; self.linked.entities().len()];
        for statement in self.current() {
            let status = matches!(self.ontology.property(statement.property).range, Range::Value(class) if class == known.status);
            if status || self.is_date(statement) {
                dated[statement.subject.index()] = true;
            }
        }
        for entity in self.linked.entity_ids() {
            let is_unsure = || self.is_unsure(self.linked.entity(entity).place);
            let is_spared = || self.linked.spared.dates.binary_search(&entity).is_ok() || is_unsure();
            if self.is_a(entity, known.event) && !dated[entity.index()] && !is_spared() {
                let message = format!("the event `{}` has neither a date nor a status", self.linked.id(entity));
                self.report_entity(
                    Code::UndatedEvent,
                    self.cell(self.linked.entity(entity).place, Column::Id),
                    entity,
                    message,
                    "give it a startDate, or an eventStatus such as planned",
                );
            }
        }
    }

    /// An entity has a label in each required language.
    pub(super) fn missing_label(&mut self) {
        let label = self.ontology.known().label;
        let required = self.dataset.config.required_languages.clone();
        for entity in self.linked.entity_ids() {
            for language in required.iter().copied() {
                if self.linked.texts_of(entity, label).any(|attribute| attribute.language == Some(language)) {
                    continue;
                }
                if self.is_unsure(self.linked.entity(entity).place) {
                    break;
                }
                let message = format!("`{}` has no label in `{language}`", self.linked.id(entity));
                let place = self.cell(self.linked.entity(entity).place, Column::Term(label, Some(language)));
                let help = format!("fill the column label@{language}");
                self.report_entity(Code::MissingLabel, place, entity, message, &help);
            }
        }
    }

    /// Some statement, qualifier or source links an entity with the rest.
    pub(super) fn isolated_entity(&mut self) {
        if self.is_part_unread() {
            return;
        }
        let mut linked = vec![false; self.linked.entities().len()];
        let mut link = |entity: EntityId| linked[entity.index()] = true;
        self.linked.paragraphs().iter().for_each(|paragraph| link(paragraph.document));
        self.linked.spared.links.iter().copied().for_each(&mut link);
        // Many statements may share the same sources.
        self.linked.all_citations().iter().for_each(|citation| link(citation.document));
        for statement in self.linked.statements() {
            for qualifier in self.linked.qualifiers(statement) {
                if let Object::Entity(entity) = qualifier.value {
                    link(entity);
                }
            }
            if let Object::Entity(object) = statement.object {
                link(statement.subject);
                link(object);
            }
        }
        let is_unsure = |entity: EntityId| self.is_unsure(self.linked.entity(entity).place);
        let unlinked: Vec<_> = self.linked.entity_ids().filter(|&it| !linked[it.index()] && !is_unsure(it)).collect();
        for entity in unlinked {
            let message = format!("nothing links `{}` with another entity", self.linked.id(entity));
            self.report_entity(
                Code::IsolatedEntity,
                self.cell(self.linked.entity(entity).place, Column::Id),
                entity,
                message,
                "say what it has to do with the others, or take it out",
            );
        }
    }

    /// Two entities with one acronym: no mistake, but a name that leads to neither.
    pub(super) fn shared_acronym(&mut self) {
        let acronym = self.ontology.known().acronym;
        // Only looked up, never walked: its order reaches no output.
        let mut bearers: HashTable<Name> = HashTable::with_capacity(self.linked.entities().len());
        let (mut names, hashes) = (String::new(), DefaultHashBuilder::default());
        for entity in self.linked.entity_ids() {
            for attribute in self.linked.texts_of(entity, acronym) {
                let start = names.len();
                push_folded(self.linked.text(attribute.text), &mut names);
                let (name, language) = (&names[start..], attribute.language);
                let is_same = |(places, other, _): &Name| *other == language && names[places.clone()] == *name;
                let hash = |(places, language, _): &Name| hashes.hash_one((&names[places.clone()], language));
                let first = match bearers.entry(hashes.hash_one((name, &language)), is_same, hash) {
                    Entry::Occupied(known) => known.get().2,
                    Entry::Vacant(place) => {
                        place.insert((start..names.len(), language, entity));
                        continue;
                    }
                };
                names.truncate(start);
                if first != entity {
                    let message =
                        format!("`{}` has the same acronym as `{}`", self.linked.id(entity), self.linked.id(first));
                    self.report_entity(
                        Code::SharedAcronym,
                        attribute.place,
                        entity,
                        message,
                        "refer to either by its id",
                    );
                }
            }
        }
    }
}

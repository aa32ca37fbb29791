//! References to entities and controlled values, by id or by name.

use std::sync::OnceLock;

use super::entities::did_you_mean;
use super::{Linker, NameError, Names, Worker};
use crate::finding::Code;
use crate::model::{ClassId, EntityId, Language, Object, Place, PropertyId, StatementStore, ValueId, visible};
use crate::ontology::{Ontology, Range, WordError};
use crate::read::Dataset;

/// How many unknown references get suggestions: looking for near names reads all names.
const MOST_SUGGESTIONS: usize = 100;

impl Linker<'_> {
    /// Returns the names most like a reference to nothing.
    pub(super) fn suggest(&mut self, reference: &str) -> Vec<String> {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            return Vec::new();
        }
        let names = index(&self.names, self.dataset, &self.linked, self.ontology);
        names.suggest(reference, &self.linked)
    }
}

/// The index of names, made when it is first needed.
fn index<'a>(names: &'a OnceLock<Names>, dataset: &Dataset, linked: &StatementStore, ontology: &Ontology) -> &'a Names {
    names.get_or_init(|| {
        let mut names = Names::index(linked, ontology);
        names.add_from_tables(dataset, linked, ontology);
        names
    })
}

impl Worker<'_> {
    /// Returns the entity that a reference names: by its id, else by a name that is its alone. If the mapping of the column
    /// says of which class it is, others of that name do not count.
    pub(super) fn entity(&mut self, reference: &str, place: Place) -> Option<EntityId> {
        let class = self.table(place.table).reference(place.column).class;
        let is_wanted =
            |entity: EntityId| class.is_none_or(|class| self.ontology.is_a(self.linked.entity(entity).class, class));
        let by_id = self.linked.entity_by_id(reference).or_else(|| self.linked.entity_by_id(&visible(reference)));
        if let Some(entity) = by_id.filter(|&entity| is_wanted(entity)) {
            return Some(entity);
        }
        match index(self.names, self.dataset, self.linked, self.ontology).find_among(reference, self.linked, is_wanted)
        {
            Ok(entity) => Some(entity),
            Err(NameError::Ambiguous(candidates)) => {
                let ids: Vec<_> = candidates.iter().map(|&entity| format!("`{}`", self.linked.id(entity))).collect();
                let message = format!("`{reference}` names {} entities", ids.len());
                let finding = self.finding(Code::AmbiguousReference, place, message);
                self.report(finding.help(format!("write the id that is meant: {}", ids.join(" or "))));
                None
            }
            // Why that one is no entity is told where it is declared.
            Err(NameError::Unknown(_)) if self.is_unplaced(reference) => None,
            Err(NameError::Unknown(_)) => {
                self.unknown.push((self.findings.len(), reference.to_owned()));
                let kind = class.map_or("entity", |class| self.ontology.class(class).name.as_str());
                let finding = self.finding(Code::UnknownReference, place, format!("no {kind} is called `{reference}`"));
                self.report(finding);
                None
            }
        }
    }

    /// Returns what a cell of a property means: an entity, a controlled value or a literal.
    pub(super) fn object(
        &mut self,
        property: PropertyId,
        language: Option<Language>,
        text: &str,
        place: Place,
    ) -> Option<Object> {
        match self.ontology.property(property).range {
            Range::Entity(_) => self.entity(text, place).map(Object::Entity),
            Range::Value(class) => self.value(class, text, place).map(Object::Value),
            Range::Literal(_) => self.literal(property, text, place).map(|text| Object::Literal(text, language)),
        }
    }

    fn value(&mut self, class: ClassId, text: &str, place: Place) -> Option<ValueId> {
        match self.ontology.value_called(text, class, &self.dataset.config.languages) {
            Ok(value) => return Some(value),
            Err(WordError::Ambiguous(several)) => self.report_ambiguous(text, &several, place),
            Err(WordError::Unknown(near)) => {
                let of_class = self.ontology.values().iter().filter(|value| self.ontology.is_a(value.class, class));
                let names: Vec<_> = of_class.map(|value| value.name.as_str()).collect();
                let all = format!("one of: {}", names.join(", "));
                let kind = self.ontology.class(class).name.to_lowercase();
                let finding = self.finding(Code::UnknownValue, place, format!("unknown {kind} `{text}`"));
                self.report(finding.help(did_you_mean(&near, &all)));
            }
        }
        None
    }
}

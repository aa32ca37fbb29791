//! References to entities and controlled values, by id or by name.

use std::sync::OnceLock;

use super::names::Bearers;
use super::{Linker, Names, Unknown, Worker};
use crate::finding::Code;
use crate::model::{ClassId, EntityId, Language, Object, Place, PropertyId, StatementStore, ValueId, visible};
use crate::ontology::{Ontology, Range};
use crate::read::Dataset;

/// How many unknown references get suggestions: looking for near names reads all names.
pub(crate) const MOST_SUGGESTIONS: usize = 100;

/// How many of those are named that a reference may mean.
const MOST_CANDIDATES: usize = 10;

/// How many controlled values are named that a word may have meant.
const MOST_VALUES: usize = 50;

/// The most classes that help names where none is like a word.
const MOST_CLASSES: usize = 20;

/// Longer texts are like nothing.
const LONGEST: usize = 1000;

impl Linker<'_> {
    /// Returns the names most like a reference to nothing.
    pub(super) fn suggest(&mut self, reference: &str) -> Vec<String> {
        if !self.may_suggest(reference) {
            return Vec::new();
        }
        let names = index(&self.names, self.dataset, &self.linked, self.ontology);
        names.suggest(reference, &self.linked)
    }
}

/// Help that names the nearest words, or says what else to do.
fn did_you_mean(near: &[String], otherwise: &str) -> String {
    if near.is_empty() {
        return otherwise.to_owned();
    }
    let quoted: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
    format!("did you mean {}?", quoted.join(" or "))
}

/// What to do about a reference to nothing, by the names that are like it.
pub(crate) fn help_for_reference(reference: &str, near: &[String]) -> String {
    if near.is_empty() && reference.contains('|') {
        return "`|` is part of this value: write each name as a value of its own".to_owned();
    }
    did_you_mean(near, "add the entity to a table, or correct the name")
}

/// What to do about a class that there is not, by those that are like it.
pub(super) fn help_for_class(near: &[String], ontology: &Ontology) -> String {
    let entity = ontology.known().entity;
    let first = ontology.classes().iter().filter(|class| class.parents.contains(&entity));
    let first: Vec<_> = first.map(|class| class.name.as_str()).take(MOST_CLASSES).collect();
    did_you_mean(near, &format!("classes are {} and those below them", first.join(", ")))
}

/// What to do about a property that there is not, by those that are like it.
pub(crate) fn help_for_property(near: &[String]) -> String {
    did_you_mean(near, "write a property of the ontology, or what it is called in one of its languages")
}

/// What to do about a controlled value of a class that there is not, by those that are like it.
pub(crate) fn help_for_value(near: &[String], class: ClassId, ontology: &Ontology) -> String {
    if !near.is_empty() {
        return did_you_mean(near, "");
    }
    let of_class = ontology.values().iter().filter(|value| ontology.is_a(value.class, class));
    let names: Vec<_> = of_class.map(|value| value.name.as_str()).take(MOST_VALUES).collect();
    format!("one of: {}", names.join(", "))
}

impl Linker<'_> {
    /// Says which controlled value of a class may be meant by a word that is none.
    pub(super) fn like_value(&mut self, class: ClassId, word: &str) -> String {
        let near = if self.may_suggest(word) { self.ontology.like_value(word, class) } else { Vec::new() };
        help_for_value(&near, class, self.ontology)
    }

    /// Tells whether something that may be meant by a text is looked for: of so many texts it is, and of none that is so long
    /// that nobody has misspelled it.
    pub(super) fn may_suggest(&mut self, text: &str) -> bool {
        self.suggestions += 1;
        self.suggestions <= MOST_SUGGESTIONS && !text.is_empty()
    }
}

/// The index of names, made when it is first needed.
pub(super) fn index<'a>(
    names: &'a OnceLock<Names>,
    dataset: &Dataset,
    linked: &StatementStore,
    ontology: &Ontology,
) -> &'a Names {
    names.get_or_init(|| {
        let mut names = Names::index(linked, ontology);
        names.add_from_tables(dataset, linked, ontology);
        names
    })
}

/// A text to look for what is like it; nothing of one that is too long to be kept until then.
pub(super) fn suggestible(text: &str) -> String {
    if text.len() > LONGEST { String::new() } else { text.to_owned() }
}

impl Worker<'_> {
    /// Returns the entity that a reference names: by its id, else by a name that is its alone. If the mapping of the column
    /// says of which class it is, others of that name do not count.
    pub(super) fn entity(&mut self, reference: &str, place: Place) -> Option<EntityId> {
        let class = self.table(place.table).reference(place.column).class;
        let wanted = class.map(|class| (class, self.ontology));
        let is_wanted = |entity: EntityId| super::names::is_of(entity, wanted, self.linked);
        let by_id = self.linked.entity_by_id(reference).or_else(|| self.linked.entity_by_id(&visible(reference)));
        if let Some(entity) = by_id.filter(|&entity| is_wanted(entity)) {
            return Some(entity);
        }
        let names = index(self.names, self.dataset, self.linked, self.ontology);
        match names.bearers(reference, self.linked, wanted) {
            Bearers::One(entity) => Some(entity),
            Bearers::Several(candidates) => {
                let first = candidates.iter().take(MOST_CANDIDATES);
                let mut ids: Vec<_> = first.map(|&entity| format!("`{}`", self.linked.id(entity))).collect();
                let more = candidates.len() - ids.len();
                ids.extend((more > 0).then(|| format!("one of {more} others")));
                let message = format!("`{reference}` names {} entities", candidates.len());
                let finding = self.finding(Code::AmbiguousReference, place, message);
                self.report(finding.help(format!("write the id that is meant: {}", ids.join(" or "))));
                None
            }
            // Why that one is no entity is told where it is declared.
            Bearers::Nobody if self.is_unplaced(reference) => None,
            Bearers::Nobody => {
                if let Some(finding) = self.entity_left_out(reference, class, place) {
                    self.report(finding);
                    return None;
                }
                let kind = class.map_or("entity", |class| self.ontology.class(class).name.as_str());
                let finding = self.finding(Code::UnknownReference, place, format!("no {kind} is called `{reference}`"));
                let kept = self.findings.keep(finding);
                self.leave(kept, Unknown::Entity(suggestible(reference)));
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
        match self.ontology.value_meant(text, class, &self.dataset.config.languages) {
            Ok(value) => return Some(value),
            Err(several) if several.is_empty() => {
                let kind = self.ontology.class(class).name.to_lowercase();
                let finding = self.finding(Code::UnknownValue, place, format!("unknown {kind} `{text}`"));
                let kept = self.findings.keep(finding);
                self.leave(kept, Unknown::Value(class, suggestible(text)));
            }
            Err(several) => {
                let mut names: Vec<_> =
                    several.into_iter().map(|value| self.ontology.value(value).name.clone()).collect();
                names.sort_unstable();
                names.dedup();
                names.truncate(MOST_CANDIDATES);
                self.report_ambiguous(text, &names, place);
            }
        }
        None
    }
}

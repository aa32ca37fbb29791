//! The index of names: which entities a label, alternative label or acronym names.

use std::collections::BTreeMap;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use crate::model::{
    Attribute, ClassId, EntityId, Object, PropertyId, StatementStore, Symbol, fold, folds_to, push_folded, words,
};
use crate::ontology::{Column, Ontology, nearest};
use crate::parallel;
use crate::read::{Dataset, TableKind};
use crate::sort;

/// How many entities are indexed at a time.
const CHUNK: usize = 1 << 14;
/// How many names are suggested.
const MOST_SUGGESTED: usize = 3;

/// The entities by their folded names. It holds no text: a name that is found is compared with those of the entity.
#[derive(Debug)]
pub(crate) struct Names {
    naming: [PropertyId; 3],
    // For each hash of a name the last of the entities that have it. Only looked up, never walked: its order reaches no
    // output.
    table: HashTable<(u64, u32)>,
    // An entity for each of its names, and the one before it with the same hash, counted from 1. So many that are called
    // alike cost no more than others.
    bearers: Vec<(EntityId, u32)>,
    /// Who bears a name that many bear, by the name and the class that is wanted: found once, not for each reference.
    crowds: Mutex<Crowds>,
    hasher: DefaultHashBuilder,
    /// The entities by the folded names that statements give them.
    stated: BTreeMap<String, Vec<EntityId>>,
    // Made when the first name is unknown.
    spelled: OnceLock<Vec<Spelled>>,
}

/// More bearers of a name than this are sought once, and known from then on.
const CROWD: usize = 32;

/// Bearers of names by name and class.
type Crowds = BTreeMap<(String, Option<ClassId>), Bearers>;

/// The class whose entities are wanted, and what knows of its subclasses; nothing where all are.
pub(super) type Wanted<'a> = Option<(ClassId, &'a Ontology)>;

/// Tells whether an entity is wanted.
pub(super) fn is_of(entity: EntityId, wanted: Wanted<'_>, store: &StatementStore) -> bool {
    wanted.is_none_or(|(class, ontology)| ontology.is_a(store.entity(entity).class, class))
}

/// Who bears a name.
#[derive(Debug, Clone)]
pub(super) enum Bearers {
    Nobody,
    One(EntityId),
    /// Several, sorted.
    Several(Arc<[EntityId]>),
}

/// A folded name, and how it is first written.
#[derive(Debug)]
struct Spelled {
    folded: String,
    text: Symbol,
}

/// Why a name does not lead to an entity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Nothing has that name; the names that contain its words, then those most like it.
    #[error("no entity has that name")]
    Unknown(Vec<String>),
    /// More than one entity has it.
    #[error("{} entities have that name", .0.len())]
    Ambiguous(Vec<EntityId>),
}

impl Names {
    /// Indexes the names of all entities. O(length of all).
    pub(crate) fn index(store: &StatementStore, ontology: &Ontology) -> Self {
        let naming = ontology.known().naming();
        let state = DefaultHashBuilder::default();
        let entities: Vec<EntityId> = store.entity_ids().collect();
        let chunks: Vec<&[EntityId]> = entities.chunks(CHUNK).collect();
        let chunked = parallel::all(&chunks, |entities| {
            let mut folded = String::new();
            let names =
                entities.iter().flat_map(|&entity| named(store, &naming, entity).map(move |name| (entity, name)));
            let indexed = names.map(|(entity, name)| {
                folded.clear();
                push_folded(store.text(name.text), &mut folded);
                (state.hash_one(folded.as_str()), entity)
            });
            indexed.collect::<Vec<_>>()
        });
        let length = chunked.iter().map(Vec::len).sum();
        let (mut table, mut bearers) = (HashTable::with_capacity(length), Vec::with_capacity(length));
        for (number, (hash, entity)) in (1..).zip(chunked.into_iter().flatten()) {
            match table.entry(hash, |(other, _)| *other == hash, |(hash, _)| *hash) {
                Entry::Occupied(mut last) => {
                    let last: &mut (u64, u32) = last.get_mut();
                    bearers.push((entity, last.1));
                    last.1 = number;
                }
                Entry::Vacant(free) => {
                    bearers.push((entity, 0));
                    free.insert((hash, number));
                }
            }
        }
        let (stated, spelled, crowds) = (BTreeMap::new(), OnceLock::new(), Mutex::default());
        let mut names = Self { naming, table, bearers, crowds, hasher: state, stated, spelled };
        for statement in store.statements().iter().filter(|statement| naming.contains(&statement.property)) {
            match statement.object {
                Object::Literal(text, _) => names.add_stated(statement.subject, store.text(text)),
                Object::Entity(_) | Object::Value(_) => {}
            }
        }
        names.sort_stated();
        names
    }

    /// Adds the names that tables of statements give, before they are linked, to entities that are named by their ids or
    /// by a name in their tables. O(rows of statements).
    pub(super) fn add_from_tables(&mut self, dataset: &Dataset, store: &StatementStore, ontology: &Ontology) {
        let (mut stated, mut known) = (Vec::new(), BTreeMap::<String, bool>::new());
        for table in dataset.tables.iter().filter(|table| table.kind() == TableKind::Statements) {
            let columns = [Column::Subject, Column::Property, Column::Object].map(|column| table.column(column));
            let [Some(subject), Some(property), Some(object)] = columns else { continue };
            for row in 0..table.rows() {
                let word = table.cell(row, property);
                let is_naming = || {
                    let property = ontology.tagged_property(&word, &dataset.config.languages);
                    property.is_ok_and(|(property, _)| self.naming.contains(&property))
                };
                let is_naming = known.get(&*word).copied().unwrap_or_else(is_naming);
                if !known.contains_key(&*word) {
                    known.insert(word.clone().into_owned(), is_naming);
                }
                if is_naming {
                    let reference = table.cell(row, subject);
                    let entity = store.entity_by_id(&reference).or_else(|| self.find(&reference, store).ok());
                    stated.extend(entity.map(|entity| (entity, table.cell(row, object))));
                }
            }
        }
        for (entity, name) in stated {
            self.add_stated(entity, &name);
        }
        self.sort_stated();
    }

    fn sort_stated(&mut self) {
        for entities in self.stated.values_mut() {
            entities.sort_unstable();
            entities.dedup();
        }
        // What was found before is not all.
        self.crowds = Mutex::default();
    }

    fn add_stated(&mut self, entity: EntityId, name: &str) {
        self.stated.entry(fold(name)).or_default().push(entity);
    }

    /// Returns the one entity of that name. O(length of the name, and of the names of those who have it).
    ///
    /// # Errors
    ///
    /// If no entity or more than one has it; the names most like an unknown one are not looked for.
    pub(crate) fn find(&self, name: &str, store: &StatementStore) -> Result<EntityId, NameError> {
        match self.bearers(name, store, None) {
            Bearers::Nobody => Err(NameError::Unknown(Vec::new())),
            Bearers::One(entity) => Ok(entity),
            Bearers::Several(entities) => Err(NameError::Ambiguous(entities.to_vec())),
        }
    }

    /// Returns who bears a name, of all or of those of a class.
    pub(super) fn bearers(&self, name: &str, store: &StatementStore, wanted: Wanted<'_>) -> Bearers {
        let folded = fold(name);
        let hash = self.hasher.hash_one(folded.as_str());
        let first = self.table.find(hash, |(other, _)| *other == hash).map_or(0, |(_, first)| *first);
        let stated = self.stated.get(&folded).map_or(&[][..], Vec::as_slice);
        let alike = || {
            let bearer = |number: &u32| self.bearers.get((*number as usize).wrapping_sub(1));
            let numbers = std::iter::successors(Some(first), move |number| bearer(number).map(|(_, next)| *next));
            numbers.map_while(move |number| bearer(&number)).map(|(entity, _)| *entity)
        };
        if stated.len() + alike().take(CROWD).count() < CROWD {
            return self.sought(&folded, alike().chain(stated.iter().copied()), store, wanted);
        }
        let key = (folded, wanted.map(|(class, _)| class));
        // Held while the bearers are sought, so that nobody seeks the same at the same time.
        let mut crowds = self.crowds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = crowds.get(&key) {
            return known.clone();
        }
        let found = self.sought(&key.0, alike().chain(stated.iter().copied()), store, wanted);
        crowds.insert(key, found.clone());
        found
    }

    fn sought(
        &self,
        folded: &str,
        alike: impl Iterator<Item = EntityId>,
        store: &StatementStore,
        wanted: Wanted<'_>,
    ) -> Bearers {
        let stated = self.stated.get(folded);
        let bears = |entity: EntityId| {
            named(store, &self.naming, entity).any(|name| folds_to(store.text(name.text), folded))
                || stated.is_some_and(|stated| stated.binary_search(&entity).is_ok())
        };
        let mut found: Vec<EntityId> = alike.filter(|&entity| is_of(entity, wanted, store) && bears(entity)).collect();
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Bearers::Nobody,
            [entity] => Bearers::One(*entity),
            _ => Bearers::Several(found.into()),
        }
    }

    /// Returns a few names and ids that may be meant by an unknown one, as they are written: the shortest of those that
    /// contain all its words, then those most like it. O(length of all names).
    pub(crate) fn suggest(&self, name: &str, store: &StatementStore) -> Vec<String> {
        let spelled = self.spelled(store).iter().map(|name| (name.folded.as_str(), store.text(name.text)));
        suggested(name, &spelled.collect::<Vec<_>>(), store.entity_ids().map(|entity| store.id(entity)))
    }

    /// All folded names, sorted, each once.
    fn spelled(&self, store: &StatementStore) -> &[Spelled] {
        self.spelled.get_or_init(|| {
            let names = store.entity_ids().flat_map(|entity| named(store, &self.naming, entity));
            let mut spelled: Vec<Spelled> =
                names.map(|name| Spelled { folded: fold(store.text(name.text)), text: name.text }).collect();
            sort::by(&mut spelled, |one, other| one.folded.cmp(&other.folded));
            spelled.dedup_by(|again, first| again.folded == first.folded);
            spelled
        })
    }
}

/// Returns a few of some names and ids that may be meant by an unknown one, as [`Names::suggest`] does. The names are folded
/// and as they are written, sorted, each once. Of names in several parts, those suggested of each part, put together, lead to
/// the same.
pub(crate) fn suggested<'a>(
    name: &str,
    spelled: &[(&'a str, &'a str)],
    ids: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let folded = fold(name);
    let wanted: Vec<&str> = words(&folded).collect();
    let contains = |name: &&(&str, &str)| {
        let among = |wanted: &&str| words(name.0).any(|word| means(wanted, word));
        !wanted.is_empty() && wanted.iter().all(among)
    };
    let mut containing: Vec<_> = spelled.iter().filter(contains).collect();
    sort::by_key(&mut containing, |(folded, _)| (folded.chars().count(), *folded));
    let mut suggested: Vec<String> =
        containing.iter().take(MOST_SUGGESTED).map(|(_, written)| (*written).to_owned()).collect();
    let alike = nearest(&folded, spelled.iter().map(|(folded, _)| *folded).chain(ids), MOST_SUGGESTED);
    for near in alike {
        let found = spelled.binary_search_by(|(folded, _)| (*folded).cmp(near.as_str()));
        let written = found.map_or(near, |found| spelled[found].1.to_owned());
        if !suggested.contains(&written) {
            suggested.push(written);
        }
    }
    suggested.truncate(MOST_SUGGESTED);
    suggested
}

/// The attributes that name an entity.
fn named<'a>(
    store: &'a StatementStore,
    naming: &'a [PropertyId],
    entity: EntityId,
) -> impl Iterator<Item = &'a Attribute> + use<'a> {
    store.attributes(entity).iter().filter(|attribute| naming.contains(&attribute.property))
}

/// Tells whether a word is meant by another: by itself or by its first letters, at least three, and in Arabic with the
/// article or without.
fn means(wanted: &str, word: &str) -> bool {
    let begins = |wanted: &str, word: &str| word == wanted || word.starts_with(wanted) && wanted.chars().count() > 2;
    begins(wanted, word) || begins(without_article(wanted), without_article(word))
}

/// A word without the Arabic article, alone or joined with a preposition: people name a thing in the other form as well.
fn without_article(word: &str) -> &str {
    let bare = ["ال", "لل", "بال", "وال"].iter().find_map(|article| word.strip_prefix(article));
    bare.filter(|bare| bare.chars().count() > 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ontology::Ontology;
    use crate::read::{self, Source};

    fn store() -> (StatementStore, Ontology) {
        let ontology = Ontology::shipped().unwrap();
        let (dataset, _) = read::dataset(&Source::Embedded, &ontology).unwrap();
        (crate::link::link(&dataset, &ontology).0, ontology)
    }

    #[test]
    fn every_name_leads_to_all_that_have_it_and_to_nobody_else() {
        let (store, ontology) = store();
        let names = Names::index(&store, &ontology);
        let naming = ontology.known().naming();
        let mut bearers: BTreeMap<String, BTreeSet<EntityId>> = BTreeMap::new();
        for entity in store.entity_ids() {
            for name in named(&store, &naming, entity) {
                bearers.entry(fold(store.text(name.text))).or_default().insert(entity);
            }
        }
        for (name, expected) in bearers {
            let found = match names.find(&name, &store) {
                Ok(found) => vec![found],
                Err(NameError::Ambiguous(found)) => found,
                Err(NameError::Unknown(_)) => Vec::new(),
            };
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{name}");
        }
        assert_eq!(names.find("nobody at all", &store), Err(NameError::Unknown(Vec::new())));
    }

    #[test]
    fn a_part_of_a_name_suggests_the_names_that_contain_its_words() {
        let (store, ontology) = store();
        let names = Names::index(&store, &ontology);
        let suggested = names.suggest("Partner2Connect", &store);
        assert!(
            !suggested.is_empty() && suggested.iter().all(|name| name.contains("Partner2Connect")),
            "{suggested:?}"
        );
        // Words in any order, and begun ones; what is misspelled is found by its spelling.
        assert_eq!(names.suggest("compact digital", &store)[0], "Global Digital Compact");
        assert_eq!(names.suggest("Global Digital Comp", &store)[0], "Global Digital Compact");
        assert_eq!(names.suggest("Globl Digitl Compact", &store)[0], "Global Digital Compact");
        assert!(names.suggest("مجلس تعددية فعالة", &store)[0].contains("التعددية"), "with the article or without");
        assert!(names.suggest("zzzzzzzz", &store).is_empty());
    }
}

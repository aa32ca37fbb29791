//! The index of names: which entities a label, alternative label or acronym names.

use std::collections::BTreeMap;

use crate::model::{Attribute, EntityId, Interner, StatementStore, Symbol, fold, folds_to};
use crate::ontology::{Ontology, nearest};

/// Folded names and the entities that they name.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_folded: BTreeMap<String, Named>,
}

/// The meaning of a folded name: the name as it is first written, and its entities, sorted.
#[derive(Debug)]
struct Named {
    text: Symbol,
    entities: Vec<EntityId>,
}

/// Why a name does not lead to an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// Nothing has that name; the names most like it, nearest first.
    Unknown(Vec<String>),
    /// More than one entity has it.
    Ambiguous(Vec<EntityId>),
}

impl StatementStore {
    /// Returns the one entity of that name. O(names), without an index: for a command that asks once.
    ///
    /// # Errors
    ///
    /// If no entity has it, with the names most like it; or if several have.
    pub(crate) fn entity_by_name(&self, name: &str, ontology: &Ontology) -> Result<EntityId, NameError> {
        let (naming, folded) = (ontology.known().naming(), fold(name));
        let bears = |&entity: &EntityId| {
            let mut names = self.attributes(entity).iter().filter(|attribute| naming.contains(&attribute.property));
            names.any(|attribute| folds_to(self.text(attribute.text), &folded))
        };
        match self.entity_ids().filter(bears).collect::<Vec<_>>().as_slice() {
            [] => {
                let described = self.entity_ids().map(|entity| (entity, self.attributes(entity)));
                let ids = self.entity_ids().map(|entity| self.id(entity));
                let names = Names::index(described, &self.texts, ontology);
                Err(NameError::Unknown(names.suggest(name, ids, &self.texts)))
            }
            [entity] => Ok(*entity),
            several => Err(NameError::Ambiguous(several.to_vec())),
        }
    }
}

impl Names {
    /// Indexes the names among the attributes of entities. O(n log n) in their number.
    pub(super) fn index<'a>(
        described: impl Iterator<Item = (EntityId, &'a [Attribute])>,
        texts: &Interner,
        ontology: &Ontology,
    ) -> Self {
        let naming = ontology.known().naming();
        let mut by_folded: BTreeMap<String, Named> = BTreeMap::new();
        for (entity, attributes) in described {
            for attribute in attributes.iter().filter(|attribute| naming.contains(&attribute.property)) {
                let named = by_folded.entry(fold(texts.text(attribute.text)));
                let named = named.or_insert_with(|| Named { text: attribute.text, entities: Vec::new() });
                if !named.entities.contains(&entity) {
                    named.entities.push(entity);
                }
            }
        }
        for named in by_folded.values_mut() {
            named.entities.sort_unstable();
        }
        Self { by_folded }
    }

    /// Returns the one entity of that name. O(log n).
    ///
    /// # Errors
    ///
    /// If no entity or more than one has it; the names most like an unknown one are not looked for.
    pub(super) fn find(&self, name: &str) -> Result<EntityId, NameError> {
        match self.by_folded.get(&fold(name)).map(|named| named.entities.as_slice()) {
            None | Some([]) => Err(NameError::Unknown(Vec::new())),
            Some([entity]) => Ok(*entity),
            Some(several) => Err(NameError::Ambiguous(several.to_vec())),
        }
    }

    /// Returns up to three names and ids most like an unknown one, as they are written. O(n).
    pub(super) fn suggest<'a>(
        &'a self,
        name: &str,
        ids: impl Iterator<Item = &'a str>,
        texts: &Interner,
    ) -> Vec<String> {
        let near = nearest(&fold(name), self.by_folded.keys().map(String::as_str).chain(ids), 3);
        let written = |near: String| self.by_folded.get(&near).map_or(near, |named| texts.text(named.text).to_owned());
        near.into_iter().map(written).collect()
    }
}

//! The index of names: which entities a label, alternative label or acronym names.

use std::collections::BTreeMap;

use super::fold::fold;
use crate::model::{Attribute, EntityId, Interner, Symbol};
use crate::ontology::{Ontology, nearest};

/// The local names of the properties whose values name an entity.
const NAMING: [&str; 3] = ["label", "altLabel", "acronym"];

/// Folded names and the entities that they name.
#[derive(Debug, Default)]
pub struct Names {
    by_folded: BTreeMap<String, Named>,
}

/// What a folded name stands for: the name as it is first written, and the entities, sorted.
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

impl Names {
    /// Indexes the names among the attributes of entities. O(n log n) in their number.
    pub(crate) fn index<'a>(
        described: impl Iterator<Item = (EntityId, &'a [Attribute])>,
        texts: &Interner,
        ontology: &Ontology,
    ) -> Self {
        let naming: Vec<_> = NAMING.iter().filter_map(|name| ontology.property_by_name(name)).collect();
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
    pub fn find(&self, name: &str) -> Result<EntityId, NameError> {
        match self.by_folded.get(&fold(name)).map(|named| named.entities.as_slice()) {
            None | Some([]) => Err(NameError::Unknown(Vec::new())),
            Some([entity]) => Ok(*entity),
            Some(several) => Err(NameError::Ambiguous(several.to_vec())),
        }
    }

    /// Returns up to three names and ids most like an unknown one, as they are written. O(n).
    pub(crate) fn suggest<'a>(
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

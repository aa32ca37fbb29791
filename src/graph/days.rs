//! Which claims of an entity mean a day at the earliest or latest: looked up where an entity has very many dates.

use std::sync::{Arc, PoisonError};

use hashbrown::HashMap;

use super::KnowledgeGraph;
use crate::model::{Date, EntityId, Object, PropertyId, Rank, StatementId};

/// Fewer statements are looked through.
const FEW: usize = 16;

/// The statements about an entity with a property by the day that they mean, those of each sorted.
// Only looked up, never walked.
#[derive(Debug, Default)]
pub(super) struct Days(HashMap<Key, Vec<StatementId>>);

/// A day, whether it is the latest that is meant, and a document that is cited for it; or none, for all.
type Key = (String, bool, Option<EntityId>);

/// The days of entities with very many dates.
pub(super) type ManyDays = HashMap<(EntityId, PropertyId), Arc<Days>>;

impl KnowledgeGraph {
    /// Tells whether an entity has so many statements with the property of one of them that their days are better looked up
    /// by [`KnowledgeGraph::is_day_before`]. O(1).
    pub(crate) fn has_many_before(&self, id: StatementId) -> bool {
        let (all, same) = (self.statements(), self.statement(id));
        let before = id.index().checked_sub(FEW).map(|before| &all[before]);
        before.is_some_and(|before| (before.subject, before.property) == (same.subject, same.property))
    }

    /// Tells whether a statement before one about the same entity, with the same property, means a day; a deprecated one
    /// does not count, nor one that cites none of some documents. O(statements of the entity) the first time, then in
    /// proportion to the documents, and to how many statements next before it do not count.
    pub(crate) fn is_day_before(
        &self,
        id: StatementId,
        (day, is_latest): (&str, bool),
        documents: Option<&[EntityId]>,
        counts: impl Fn(StatementId) -> bool,
    ) -> bool {
        let statement = self.statement(id);
        let key = (statement.subject, statement.property);
        let known = || self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let days = known().get(&key).map(Arc::clone);
        let days = days.unwrap_or_else(|| {
            let made = Arc::new(self.days_of(key));
            known().insert(key, Arc::clone(&made));
            made
        });
        let is_before = |document: Option<EntityId>| {
            let all = days.0.get(&(day.to_owned(), is_latest, document)).map_or(&[][..], Vec::as_slice);
            all[..all.partition_point(|other| *other < id)].iter().rev().any(|&other| counts(other))
        };
        match documents {
            None => is_before(None),
            Some(documents) => documents.iter().any(|&document| is_before(Some(document))),
        }
    }

    fn days_of(&self, (entity, property): (EntityId, PropertyId)) -> Days {
        let mut days = Days::default();
        for id in self.statements_with(entity, property) {
            let statement = self.statement(id);
            let Object::Literal(text, _) = statement.object else { continue };
            let Ok(date) = Date::parse(self.text(text)) else { continue };
            if statement.rank == Rank::Deprecated {
                continue;
            }
            let cited = self.citations(statement).iter().map(|citation| Some(citation.document));
            for (day, is_latest) in [(date.earliest, false), (date.latest, true)] {
                let Some(day) = day.map(|day| day.to_string()) else { continue };
                for document in cited.clone().chain([None]) {
                    let all = days.0.entry((day.clone(), is_latest, document)).or_default();
                    if all.last() != Some(&id) {
                        all.push(id);
                    }
                }
            }
        }
        days
    }
}

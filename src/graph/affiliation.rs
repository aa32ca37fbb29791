//! What organizations have in common, as links between them: whoever has a part in the same initiative, event or
//! document works with the other in it.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use super::{KnowledgeGraph, Mode, View};
use crate::model::{EntityId, Object, StatementId};

/// The class of those who are linked.
pub(super) const ORGANIZATION: &str = "Organization";
/// The classes of what organizations have a part in, where both are drawn.
pub(super) const TWO_MODE: [&str; 2] = ["Initiative", "Event"];
/// The classes of what organizations can have in common.
pub(super) const ONE_MODE: [&str; 3] = ["Initiative", "Event", "Document"];

/// Two organizations, the first by id before the other, and what both have a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The one.
    pub one: EntityId,
    /// The other.
    pub other: EntityId,
    /// What they share, sorted, with the statements that say that the one and then that the other has a part in it.
    pub things: Vec<SharedThing>,
}

/// Something that is shared, with the statements that say so.
pub type SharedThing = (EntityId, Vec<StatementId>);

impl KnowledgeGraph {
    /// Returns the pairs of organizations in a view that have something in common, sorted; the view's mode does not
    /// matter. O(things × the square of the organizations of each).
    #[must_use]
    pub fn shared(&self, view: &View) -> Vec<Shared> {
        let subgraph = self.subgraph(&View { mode: Mode::OneMode, ..view.clone() });
        let mut parts: BTreeMap<EntityId, BTreeMap<EntityId, Vec<StatementId>>> = BTreeMap::new();
        for &id in &subgraph.statements {
            let statement = self.statement(id);
            if let Object::Entity(object) = statement.object {
                let subject_first = self.is_of(statement.subject, &[ORGANIZATION]);
                let (one, thing) =
                    if subject_first { (statement.subject, object) } else { (object, statement.subject) };
                parts.entry(thing).or_default().entry(one).or_default().push(id);
            }
        }
        let mut shared: BTreeMap<(EntityId, EntityId), Vec<SharedThing>> = BTreeMap::new();
        for (&thing, organizations) in &parts {
            for (&one, of_one) in organizations {
                for (&other, of_other) in organizations.range((Excluded(one), Unbounded)) {
                    let statements = of_one.iter().chain(of_other).copied().collect();
                    shared.entry((one, other)).or_default().push((thing, statements));
                }
            }
        }
        shared.into_iter().map(|((one, other), things)| Shared { one, other, things }).collect()
    }

    /// Tells whether an entity is of one of these classes or of a subclass.
    pub(super) fn is_of(&self, entity: EntityId, classes: &[&str]) -> bool {
        let (ontology, class) = (self.ontology(), self.entity(entity).class);
        classes.iter().any(|name| ontology.class_by_name(name).is_some_and(|wanted| ontology.is_a(class, wanted)))
    }
}

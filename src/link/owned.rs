//! What of all that is linked belongs to a part of a data set. To a whole everything does.

use crate::model::{EntityId, Object, Statement, StatementStore};
use crate::ontology::Ontology;
use crate::read::Dataset;

/// Tells whether an entity belongs to the data set: a part of one names others, too, and leaves them to other parts.
pub(crate) fn owns_entity(linked: &StatementStore, dataset: &Dataset, entity: EntityId) -> bool {
    dataset.owns(linked.entity(entity).place)
}

/// Tells whether a statement belongs to the data set: to the part of its subject. Of a subject about which too much is said
/// for one part, a link belongs to the part of its other end, unless only one of its kind can be right: these have to be
/// compared.
pub(crate) fn owns_statement(
    linked: &StatementStore,
    dataset: &Dataset,
    ontology: &Ontology,
    statement: &Statement,
) -> bool {
    if !dataset.is_part() {
        return true;
    }
    let entity = match statement.object {
        Object::Entity(object) if is_spread(ontology, statement) && dataset.is_heavy(linked.id(statement.subject)) => {
            object
        }
        _ => statement.subject,
    };
    owns_entity(linked, dataset, entity)
}

fn is_spread(ontology: &Ontology, statement: &Statement) -> bool {
    !ontology.property(statement.property).functional
}

//! The links of each entity, in both directions.

use super::KnowledgeGraph;
use crate::link::Linked;
use crate::model::{EntityId, Object, Statement, StatementId};

/// Where the statements from and to each entity stand, so that its links are found without a search.
#[derive(Debug)]
pub(super) struct Links {
    /// For each entity the number of its first statement as a subject, and one more than the last of all.
    from: Vec<u32>,
    /// For each entity where those that lead to it begin in `incoming`, and where the last of all end.
    to: Vec<u32>,
    incoming: Vec<StatementId>,
}

/// Which way links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Back,
    Either,
}

impl Links {
    /// O(entities + statements).
    pub(super) fn of(linked: &Linked) -> Self {
        let mut from = vec![0; linked.entities().len() + 1];
        let mut to = from.clone();
        for statement in linked.statements() {
            from[statement.subject.index() + 1] += 1;
            if let Some(object) = object(statement) {
                to[object.index() + 1] += 1;
            }
        }
        add_up(&mut from);
        add_up(&mut to);
        let mut incoming = vec![StatementId(0); to.last().map_or(0, |&all| all as usize)];
        let mut next = to.clone();
        for (number, statement) in (0..).map(StatementId).zip(linked.statements()) {
            if let Some(object) = object(statement) {
                let place = &mut next[object.index()];
                incoming[*place as usize] = number;
                *place += 1;
            }
        }
        Self { from, to, incoming }
    }

    fn outgoing(&self, entity: EntityId) -> impl Iterator<Item = StatementId> + use<> {
        (self.from[entity.index()]..self.from[entity.index() + 1]).map(StatementId)
    }

    fn incoming(&self, entity: EntityId) -> &[StatementId] {
        &self.incoming[self.to[entity.index()] as usize..self.to[entity.index() + 1] as usize]
    }
}

impl KnowledgeGraph {
    /// Returns the statements that link an entity with another, in both directions, sorted. O(statements) when links
    /// are first asked for, then O(statements of the entity).
    #[must_use]
    pub fn links_of(&self, entity: EntityId) -> Vec<StatementId> {
        let mut links: Vec<_> = self.links(entity, Way::Either).map(|(_, link)| link).collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    /// The links of an entity, deprecated ones too, with the entity at the other end.
    pub(super) fn links(&self, entity: EntityId, way: Way) -> impl Iterator<Item = (EntityId, StatementId)> {
        let links = self.links.get_or_init(|| Links::of(self));
        let forward = (way != Way::Back).then(|| links.outgoing(entity));
        let back = (way != Way::Forward).then(|| links.incoming(entity));
        let forward = forward.into_iter().flatten().filter_map(|link| Some((object(self.statement(link))?, link)));
        let back = back.into_iter().flatten().map(|&link| (self.statement(link).subject, link));
        forward.chain(back)
    }
}

/// The entity that a statement leads to.
pub(super) fn object(statement: &Statement) -> Option<EntityId> {
    match statement.object {
        Object::Entity(object) => Some(object),
        Object::Value(_) | Object::Literal(..) => None,
    }
}

/// Turns counts, each in the place behind its own, into where the things counted begin.
fn add_up(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

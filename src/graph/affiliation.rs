//! What organizations have in common, as links between them: whoever has a part in the same initiative, event or
//! document works with the other in it. That two work together may also be stated.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

use super::{KnowledgeGraph, Mode, View};
use crate::model::{ClassId, EntityId, Object, Statement, StatementId};
use crate::sort;

/// Two organizations, the first by id before the other, and what both have a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The one.
    pub one: EntityId,
    /// The other.
    pub other: EntityId,
    /// What they share, sorted, with the statements that say that the one and then that the other has a part in it.
    pub things: Vec<SharedThing>,
    /// The statements that the two work together.
    pub stated: Vec<StatementId>,
}

impl Shared {
    /// Returns how much links the two: how many things they share, and one where it is only stated that they work together.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.things.len().max(1)
    }

    /// Returns all statements that link the two.
    pub fn statements(&self) -> impl Iterator<Item = StatementId> {
        self.things.iter().flat_map(|(_, statements)| statements).chain(&self.stated).copied()
    }
}

/// Something that is shared, with the statements that say so.
pub type SharedThing = (EntityId, Vec<StatementId>);

/// What organizations have a part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// Who has a part in each thing, and what says so.
    things: BTreeMap<EntityId, BTreeMap<EntityId, Vec<StatementId>>>,
    /// What each organization has a part in, sorted.
    organizations: BTreeMap<EntityId, Vec<EntityId>>,
    /// By an organization and one after it, the statements that the two work together.
    stated: BTreeMap<EntityId, BTreeMap<EntityId, Vec<StatementId>>>,
    /// How many organizations are left out of what is shared.
    left_out: usize,
}

/// How many pairs of organizations are looked at. Everybody at a congress of thousands works with everybody else there,
/// which tells nothing of any of them.
const MOST_PAIRS: usize = 1 << 19;

/// How many things a pair may share for this, one with another.
const SHARED_BY_PAIR: usize = 16;

impl Sharing {
    /// Returns how many organizations are left out of what is shared: those with least in common with others, where all
    /// together share more than can be looked at.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Keeps the organizations that share most, as many as make no more than so many pairs. What is stated stays.
    /// O(n log n).
    #[must_use]
    pub(crate) fn within(mut self, most: usize) -> Self {
        let pairs = |n: usize| n.saturating_mul(n.saturating_sub(1)) / 2;
        let is_over = |shared: usize, organizations: usize| {
            shared > most.saturating_mul(SHARED_BY_PAIR) || shared.min(pairs(organizations)) > most
        };
        let shared = self.things.values().map(|parts| pairs(parts.len())).fold(0, usize::saturating_add);
        if !is_over(shared, self.organizations.len()) {
            return self;
        }
        let shared = |things: &Vec<EntityId>| things.iter().map(|thing| self.things[thing].len() - 1).sum::<usize>();
        let mut by_shared: Vec<_> = self.organizations.iter().map(|(&one, things)| (shared(things), one)).collect();
        sort::by_key(&mut by_shared, |&(shared, one)| (Reverse(shared), one));
        let (mut counts, mut sum, mut kept) = (BTreeMap::<EntityId, usize>::new(), 0_usize, BTreeSet::new());
        for (_, one) in &by_shared {
            for thing in &self.organizations[one] {
                let count = counts.entry(*thing).or_default();
                sum = sum.saturating_add(*count);
                *count += 1;
            }
            if is_over(sum, kept.len() + 1) {
                break;
            }
            kept.insert(*one);
        }
        self.left_out += self.organizations.len() - kept.len();
        self.organizations.retain(|one, _| kept.contains(one));
        for parts in self.things.values_mut() {
            parts.retain(|one, _| kept.contains(one));
        }
        self
    }

    /// Returns the organizations, sorted.
    pub fn organizations(&self) -> impl Iterator<Item = EntityId> {
        let all: BTreeSet<EntityId> = self.organizations.keys().chain(self.stated.keys()).copied().collect();
        all.into_iter()
    }

    /// Returns those after an organization that have something in common with it. O(things of it × organizations of each).
    #[must_use]
    pub fn partners(&self, one: EntityId) -> BTreeSet<EntityId> {
        let stated = self.stated.get(&one).into_iter().flat_map(BTreeMap::keys).copied();
        self.shared(one).map(|(other, ..)| other).chain(stated).collect()
    }

    /// Returns the pairs of an organization and those after it, sorted. O(things of it × organizations of each).
    #[must_use]
    pub(crate) fn pairs_of(&self, one: EntityId) -> Vec<Shared> {
        let mut shared: BTreeMap<EntityId, Shared> = BTreeMap::new();
        let pair = |other| Shared { one, other, things: Vec::new(), stated: Vec::new() };
        for (other, thing, statements) in self.shared(one) {
            let statements = statements.iter().copied().flatten().copied().collect();
            shared.entry(other).or_insert_with(|| pair(other)).things.push((thing, statements));
        }
        for (&other, statements) in self.stated.get(&one).into_iter().flatten() {
            shared.entry(other).or_insert_with(|| pair(other)).stated.clone_from(statements);
        }
        shared.into_values().collect()
    }

    /// Returns the pairs of an organization and any other, those with most in common first and then in the order of the
    /// others. O(things of it × organizations of each + organizations).
    #[must_use]
    pub(crate) fn pairs_with(&self, organization: EntityId) -> Vec<Shared> {
        let things = self.organizations.get(&organization).into_iter().flatten();
        let others = things.flat_map(|thing| self.things[thing].keys()).copied();
        let stated = self.stated.iter().filter(|(_, others)| others.contains_key(&organization)).map(|(&one, _)| one);
        let before: BTreeSet<EntityId> = others.chain(stated).filter(|&other| other < organization).collect();
        let pair = |one: EntityId| self.pairs_of(one).into_iter().find(|pair| pair.other == organization);
        let mut pairs = self.pairs_of(organization);
        pairs.extend(before.into_iter().filter_map(pair));
        let other = |pair: &Shared| if pair.one == organization { pair.other } else { pair.one };
        sort::by_key(&mut pairs, |pair| (Reverse(pair.weight()), other(pair)));
        pairs
    }

    /// Returns all pairs, sorted. O(things × the square of the organizations of each).
    pub fn pairs(&self) -> impl Iterator<Item = Shared> {
        self.organizations().flat_map(|one| self.pairs_of(one))
    }

    /// The organizations after one that share something with it, with each such thing and the statements of both.
    fn shared(&self, one: EntityId) -> impl Iterator<Item = (EntityId, EntityId, [&Vec<StatementId>; 2])> {
        let things = self.organizations.get(&one).into_iter().flatten();
        things.filter_map(move |thing| Some((*thing, self.things[thing].get(&one)?))).flat_map(
            move |(thing, of_one)| {
                let others = self.things[&thing].range((Excluded(one), Unbounded));
                others.map(move |(&other, of_other)| (other, thing, [of_one, of_other]))
            },
        )
    }
}

impl KnowledgeGraph {
    /// Returns what the organizations in a view have a part in; the view's mode does not matter. Where they share more than
    /// can be looked at, those with least in common are [left out](Sharing::left_out). O(n log n).
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// use rapporteur::graph::View;
    ///
    /// let sharing = graph.sharing(&View::default());
    /// let [itu, undp] = ["itu", "undp"].map(|id| graph.find(id).unwrap());
    /// let pair = sharing.pairs().find(|pair| (pair.one, pair.other) == (itu, undp)).unwrap();
    /// assert!(!pair.things.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sharing(&self, view: &View) -> Sharing {
        let subgraph = self.subgraph(&View { mode: Mode::OneMode, ..view.clone() });
        let mut things: BTreeMap<EntityId, BTreeMap<EntityId, Vec<StatementId>>> = BTreeMap::new();
        let mut stated: BTreeMap<EntityId, BTreeMap<EntityId, Vec<StatementId>>> = BTreeMap::new();
        for &id in &subgraph.statements {
            let statement = self.statement(id);
            if let Object::Entity(object) = statement.object {
                if [statement.subject, object]
                    .iter()
                    .all(|&end| self.is_of(end, &[self.ontology().known().organization]))
                {
                    let (one, other) = (statement.subject.min(object), statement.subject.max(object));
                    stated.entry(one).or_default().entry(other).or_default().push(id);
                    continue;
                }
                let subject_first = self.is_of(statement.subject, &[self.ontology().known().organization]);
                let (one, thing) =
                    if subject_first { (statement.subject, object) } else { (object, statement.subject) };
                things.entry(thing).or_default().entry(one).or_default().push(id);
            }
        }
        let mut organizations: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        for (&thing, parts) in &things {
            for &one in parts.keys() {
                organizations.entry(one).or_default().push(thing);
            }
        }
        Sharing { things, organizations, stated, left_out: 0 }.within(MOST_PAIRS)
    }

    /// Returns what a statement counts as a link: the count that it gives, unless that is of a unit of its own; else one.
    #[must_use]
    pub fn weight(&self, statement: &Statement) -> usize {
        let known = self.ontology().known();
        if self.qualifier(statement, known.unit).is_some() {
            return 1;
        }
        match self.qualifier(statement, known.count) {
            Some(Object::Literal(count, _)) => self.text(count).parse().unwrap_or(1).max(1),
            Some(Object::Entity(_) | Object::Value(_)) | None => 1,
        }
    }

    /// Tells whether an entity is of one of these classes or of a subclass.
    pub(crate) fn is_of(&self, entity: EntityId, classes: &[ClassId]) -> bool {
        let (ontology, class) = (self.ontology(), self.entity(entity).class);
        classes.iter().any(|&wanted| ontology.is_a(class, wanted))
    }
}

//! What the steps of an exploration show, and how much there is besides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::mode::{Seen, partners};
use super::{AT_A_TIME, Exploration, Step, dates};
use crate::graph::ends;
use crate::graph::{Chosen, Filter, Hop, KnowledgeGraph, Mode, Selection, Shared, View};
use crate::model::{ClassId, EntityId, Object, PropertyId, Rank, StatementId, WrittenDate};
use crate::sort;

/// The most entities that are shown: more are not read in one picture, and not laid out while somebody waits.
pub(crate) const MOST_ENTITIES: usize = 500;

/// Which neighbours of an entity are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Along {
    /// All of them.
    Any,
    /// Those that a property links, from the entity to them, or back from them to the entity.
    Property(PropertyId, bool),
    /// Those of a class or a subclass of it.
    Class(ClassId),
}

/// How many neighbours there are, and how many of them are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Shown.
    pub shown: usize,
    /// In all.
    pub all: usize,
}

/// What did not find room: the step and how many entities it would have shown besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// The number of the step.
    pub step: usize,
    /// How many entities.
    pub n: usize,
}

/// A neighbour, with the property of the link and whether it leads back.
type Neighbour = (EntityId, PropertyId, bool);

/// What an exploration shows.
#[derive(Debug)]
pub(crate) struct Explored<'g> {
    graph: &'g KnowledgeGraph,
    without_classes: Vec<ClassId>,
    without_properties: Vec<PropertyId>,
    filter: Filter,
    mode: Mode,
    /// What is shown after each step.
    stages: Vec<BTreeSet<EntityId>>,
    left: Vec<Left>,
    /// What is seen of it at last.
    seen: Seen,
}

impl Exploration {
    /// Takes the steps. O(steps · links of the entities that they open · log).
    #[must_use]
    pub(crate) fn explored<'g>(&self, graph: &'g KnowledgeGraph) -> Explored<'g> {
        let filter = Filter { as_of: self.as_of.as_ref().map(WrittenDate::date), ..Filter::default() };
        let mut explored = Explored {
            graph,
            without_classes: self.without_classes.clone(),
            without_properties: self.without_properties.clone(),
            filter,
            mode: self.mode,
            stages: Vec::with_capacity(self.steps.len()),
            left: Vec::new(),
            seen: Seen::default(),
        };
        let mut shown = BTreeSet::new();
        for (number, step) in self.steps.iter().enumerate() {
            let left = explored.take(step, &mut shown);
            explored.left.extend((left > 0).then_some(Left { step: number, n: left }));
            explored.stages.push(shown.clone());
        }
        let entities = explored.visible(explored.stages.last());
        explored.seen = Seen::of(graph, explored.chosen_of(entities), self.mode);
        explored
    }
}

impl Explored<'_> {
    /// Takes a step, and returns how many entities found no room.
    fn take(&self, step: &Step, shown: &mut BTreeSet<EntityId>) -> usize {
        let wanted = match *step {
            Step::Add(entity) => vec![entity],
            Step::Hide(entity) => {
                shown.remove(&entity);
                return 0;
            }
            Step::Close(entity) => {
                let near: BTreeSet<EntityId> =
                    self.all_neighbours(entity).into_iter().map(|(other, ..)| other).collect();
                let is_held = |other: EntityId| {
                    let mut links = self.all_neighbours(other).into_iter();
                    links.any(|(third, ..)| third != entity && third != other && shown.contains(&third))
                };
                let loose: Vec<EntityId> =
                    shown.iter().copied().filter(|other| near.contains(other) && !is_held(*other)).collect();
                shown.retain(|other| !loose.contains(other));
                return 0;
            }
            Step::Path(route) => {
                let paths = self.paths(route);
                let through = paths.iter().flatten().map(|hop| hop.to);
                [route.from, route.to].into_iter().chain(through).collect()
            }
            Step::Partners { entity, all } => {
                shown.insert(entity);
                let near = self.partners(entity).into_iter();
                let near = near.map(|(other, pair)| pair.things.into_iter().map(|(thing, _)| thing).chain([other]));
                let near = near.map(Iterator::collect::<Vec<EntityId>>);
                let new = near.filter(|near| near.iter().any(|other| !shown.contains(other)));
                new.take(if all { usize::MAX } else { AT_A_TIME }).flatten().collect()
            }
            Step::Open { entity, along, all } => {
                shown.insert(entity);
                let mut next = self.next(entity, along, shown);
                next.truncate(if all { usize::MAX } else { AT_A_TIME });
                next
            }
        };
        let mut seen = BTreeSet::new();
        let is_new = |entity: &EntityId| !shown.contains(entity) && seen.insert(*entity);
        let new: Vec<EntityId> = wanted.into_iter().filter(is_new).collect();
        let room = MOST_ENTITIES.saturating_sub(shown.len());
        shown.extend(new.iter().take(room));
        new.len().saturating_sub(room)
    }

    /// The neighbours that are not shown yet, those with most links first.
    fn next(&self, entity: EntityId, along: Along, shown: &BTreeSet<EntityId>) -> Vec<EntityId> {
        let near: BTreeSet<EntityId> = self
            .all_neighbours(entity)
            .into_iter()
            .filter(|&(other, property, backward)| {
                !shown.contains(&other) && other != entity && self.is_along(along, other, property, backward)
            })
            .map(|(other, ..)| other)
            .collect();
        let mut near: Vec<EntityId> = near.into_iter().collect();
        near.sort_by_cached_key(|&other| (Reverse(self.graph.links_of(other).len()), other));
        near
    }

    fn is_along(&self, along: Along, other: EntityId, property: PropertyId, backward: bool) -> bool {
        match along {
            Along::Any => true,
            Along::Property(wanted, back) => {
                wanted == property && (back == backward || self.graph.ontology().property(property).symmetric)
            }
            Along::Class(class) => self.graph.ontology().is_a(self.graph.entity(other).class, class),
        }
    }

    /// The neighbours of an entity that may be shown, each with the property of the link and whether it leads back.
    fn neighbours(&self, entity: EntityId) -> Vec<Neighbour> {
        let links = self.graph.links_of(entity).into_iter().filter(|&link| self.may_show(link));
        let mut neighbours = self.ends(entity, links);
        neighbours.retain(|&(other, ..)| self.may_show_entity(other));
        neighbours
    }

    /// The same without filters: steps are taken without them, so that a filter only takes away what is there.
    fn all_neighbours(&self, entity: EntityId) -> Vec<Neighbour> {
        self.ends(entity, self.graph.links_of(entity).into_iter().filter(|&link| self.is_drawn(link)))
    }

    fn ends(&self, entity: EntityId, links: impl Iterator<Item = StatementId>) -> Vec<Neighbour> {
        let ends = links.filter_map(|link| {
            let statement = self.graph.statement(link);
            let Object::Entity(object) = statement.object else { return None };
            let backward = statement.subject != entity;
            let other = if backward { statement.subject } else { object };
            let symmetric = self.graph.ontology().property(statement.property).symmetric;
            Some((other, statement.property, backward && !symmetric))
        });
        ends.collect()
    }

    fn is_drawn(&self, link: StatementId) -> bool {
        self.graph.statement(link).rank != Rank::Deprecated
    }

    fn may_show(&self, link: StatementId) -> bool {
        let statement = self.graph.statement(link);
        self.is_drawn(link)
            && !self.without_properties.contains(&statement.property)
            && self.filter.keeps_statement(self.graph, link)
    }

    fn may_show_entity(&self, entity: EntityId) -> bool {
        let class = self.graph.entity(entity).class;
        self.filter.keeps(self.graph, entity)
            && !self.without_classes.iter().any(|&without| self.graph.ontology().is_a(class, without))
    }

    /// Returns the entities that are shown, sorted: those that the last step left, without what is filtered out, and as far
    /// as the mode has a side for them.
    #[must_use]
    pub(crate) fn entities(&self) -> &BTreeSet<EntityId> {
        &self.seen.entities
    }

    /// Returns the statements that lines stand for, sorted.
    #[must_use]
    pub(crate) fn statements(&self) -> &BTreeSet<StatementId> {
        &self.seen.statements
    }

    /// Returns what two organizations that are shown have in common, if lines stand for that.
    #[must_use]
    pub(crate) fn shared(&self, one: EntityId, other: EntityId) -> Option<&Shared> {
        let (one, other) = (one.min(other), one.max(other));
        let at = self.seen.pairs.binary_search_by_key(&(one, other), |pair| (pair.one, pair.other)).ok()?;
        self.seen.pairs.get(at)
    }

    /// Returns how many entities the steps show, with what filters and the mode leave out.
    #[must_use]
    pub(crate) fn n_before_filters(&self) -> usize {
        self.stages.last().map_or(0, BTreeSet::len)
    }

    fn visible(&self, stage: Option<&BTreeSet<EntityId>>) -> BTreeSet<EntityId> {
        let all = stage.into_iter().flatten().copied();
        all.filter(|&entity| self.may_show_entity(entity)).collect()
    }

    /// Entities with the links between them.
    fn chosen_of(&self, entities: BTreeSet<EntityId>) -> Chosen {
        let statements = self.links_between(&entities, |link| self.may_show(link));
        Chosen { title: String::new(), entities, statements }
    }

    /// The links between entities that are wanted.
    fn links_between(
        &self,
        entities: &BTreeSet<EntityId>,
        is_wanted: impl Fn(StatementId) -> bool,
    ) -> BTreeSet<StatementId> {
        let links = entities.iter().flat_map(|&entity| self.graph.links_of(entity)).filter(|&link| is_wanted(link));
        // Both ends: links are between entities.
        links.filter(|&link| ends(self.graph.statement(link)).all(|end| entities.contains(&end))).collect()
    }

    /// Returns what each step shows, before the mode; the same only once in a row.
    #[must_use]
    pub(crate) fn chosen(&self) -> Vec<Chosen> {
        let mut stages: Vec<Chosen> = Vec::new();
        for stage in &self.stages {
            let entities = self.visible(Some(stage));
            if stages.last().is_none_or(|last| last.entities != entities) {
                stages.push(self.chosen_of(entities));
            }
        }
        stages
    }

    /// Returns the view of what a step shows, with the mode. Organizations and what they have a part in are chosen already,
    /// so that those without a part in anything are there too.
    #[must_use]
    pub(crate) fn view(&self, mut chosen: Chosen, title: String) -> View {
        let mut mode = self.mode;
        if mode == Mode::TwoMode {
            let seen = Seen::of(self.graph, chosen, mode);
            chosen = Chosen { title: String::new(), entities: seen.entities, statements: seen.statements };
            mode = Mode::Statements;
        }
        chosen.title = title;
        View { selection: Selection::Chosen(chosen), mode, filter: self.filter.clone() }
    }

    /// Returns the dates on which something in the picture begins or ends, whatever the date that it is looked at, sorted:
    /// days, or where there are many, months or years.
    #[must_use]
    pub(crate) fn dates(&self) -> Vec<String> {
        let Some(stage) = self.stages.last() else { return Vec::new() };
        dates::dates(self.graph, stage, &self.links_between(stage, |link| self.is_drawn(link)))
    }

    /// Returns the paths of a route, hop by hop.
    #[must_use]
    pub(crate) fn paths(&self, route: super::Route) -> Vec<Vec<Hop>> {
        self.graph.paths(route.from, route.to, route.options())
    }

    /// Returns the organizations that work with one, with what both have in common: those with most first.
    #[must_use]
    pub(crate) fn partners(&self, entity: EntityId) -> Vec<(EntityId, Shared)> {
        let pairs = partners(self.graph, entity).into_iter();
        pairs.map(|pair| (if pair.one == entity { pair.other } else { pair.one }, pair)).collect()
    }

    /// Returns what found no room.
    #[must_use]
    pub(crate) fn left(&self) -> &[Left] {
        &self.left
    }

    /// Returns how an entity is linked: each relation with how many it links, and how many of them are shown. Those with
    /// most first.
    #[must_use]
    pub(crate) fn relations(&self, entity: EntityId) -> Vec<(PropertyId, bool, Count)> {
        let neighbours = self.neighbours(entity);
        let counts = self.counted(neighbours.iter().map(|&(other, property, back)| ((property, back), other)));
        counts.into_iter().map(|((property, back), count)| (property, back, count)).collect()
    }

    /// Returns with which classes an entity is linked, each with how many of it, and how many of them are shown.
    #[must_use]
    pub(crate) fn classes(&self, entity: EntityId) -> Vec<(ClassId, Count)> {
        let neighbours = self.neighbours(entity);
        self.counted(neighbours.iter().map(|&(other, ..)| (self.graph.entity(other).class, other)))
    }

    /// Returns how many neighbours an entity has, and how many of them are shown.
    #[must_use]
    pub(crate) fn around(&self, entity: EntityId) -> Count {
        let counts = self.counted(self.neighbours(entity).iter().map(|&(other, ..)| ((), other)));
        counts.first().map_or(Count::default(), |((), count)| *count)
    }

    fn counted<K: Ord + Copy>(&self, found: impl Iterator<Item = (K, EntityId)>) -> Vec<(K, Count)> {
        let shown = &self.seen.entities;
        let mut members: BTreeMap<K, BTreeSet<EntityId>> = BTreeMap::new();
        for (key, other) in found {
            members.entry(key).or_default().insert(other);
        }
        let counted = members.into_iter().map(|(key, members)| {
            let n_shown = members.iter().filter(|member| shown.contains(member)).count();
            (key, Count { shown: n_shown, all: members.len() })
        });
        let mut counted: Vec<(K, Count)> = counted.collect();
        sort::by_key(&mut counted, |&(key, count)| (Reverse(count.all), key));
        counted
    }
}

#[cfg(test)]
mod tests;

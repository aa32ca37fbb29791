//! What the steps of an exploration show, and how much there is besides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{AT_A_TIME, Exploration, Step};
use crate::graph::{Chosen, Filter, KnowledgeGraph, PathOptions};
use crate::model::{ClassId, EntityId, Object, PropertyId, Rank, StatementId, WrittenDate};
use crate::publish::statement::ends;

/// The most entities that are shown: more are not read in one picture, and not laid out while somebody waits.
pub const MOST_ENTITIES: usize = 500;

/// Which neighbours of an entity are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Along {
    /// All of them.
    Any,
    /// Those that a property links, from the entity to them, or back from them to the entity.
    Property(PropertyId, bool),
    /// Those of a class or a subclass of it.
    Class(ClassId),
}

/// How many neighbours there are, and how many of them are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Shown.
    pub shown: usize,
    /// In all.
    pub all: usize,
}

/// What did not find room: the step and how many entities it would have shown besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The number of the step.
    pub step: usize,
    /// How many entities.
    pub n: usize,
}

/// A neighbour, with the property of the link and whether it leads back.
type Neighbour = (EntityId, PropertyId, bool);

/// What an exploration shows.
#[derive(Debug)]
pub struct Explored<'g> {
    graph: &'g KnowledgeGraph,
    without_classes: Vec<ClassId>,
    without_properties: Vec<PropertyId>,
    filter: Filter,
    /// What is shown after each step.
    stages: Vec<BTreeSet<EntityId>>,
    left: Vec<Left>,
}

impl Exploration {
    /// Takes the steps. O(steps · links of the entities that they open · log).
    #[must_use]
    pub fn explored<'g>(&self, graph: &'g KnowledgeGraph) -> Explored<'g> {
        let filter = Filter { as_of: self.as_of.as_ref().map(WrittenDate::date), ..Filter::default() };
        let mut explored = Explored {
            graph,
            without_classes: self.without_classes.clone(),
            without_properties: self.without_properties.clone(),
            filter,
            stages: Vec::with_capacity(self.steps.len()),
            left: Vec::new(),
        };
        let mut shown = BTreeSet::new();
        for (number, step) in self.steps.iter().enumerate() {
            let left = explored.take(step, &mut shown);
            explored.left.extend((left > 0).then_some(Left { step: number, n: left }));
            explored.stages.push(shown.clone());
        }
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
            Step::Path(from, to) => {
                let paths = self.graph.paths(from, to, PathOptions::default());
                let through = paths.iter().flatten().map(|hop| hop.to);
                [from, to].into_iter().chain(through).collect()
            }
            Step::Open { entity, along, all } => {
                shown.insert(entity);
                let mut next = self.next(entity, along, shown);
                next.truncate(if all { usize::MAX } else { AT_A_TIME });
                next
            }
        };
        let new: Vec<EntityId> = wanted.into_iter().filter(|entity| !shown.contains(entity)).collect();
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
        let is_drawn = |&link: &StatementId| self.graph.statement(link).rank != Rank::Deprecated;
        self.ends(entity, self.graph.links_of(entity).into_iter().filter(is_drawn))
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

    fn may_show(&self, link: StatementId) -> bool {
        let statement = self.graph.statement(link);
        statement.rank != Rank::Deprecated
            && !self.without_properties.contains(&statement.property)
            && self.filter.keeps_statement(self.graph, link)
    }

    fn may_show_entity(&self, entity: EntityId) -> bool {
        let class = self.graph.entity(entity).class;
        self.filter.keeps(self.graph, entity)
            && !self.without_classes.iter().any(|&without| self.graph.ontology().is_a(class, without))
    }

    /// Returns the entities that are shown, sorted: those that the last step left, without what is filtered out.
    #[must_use]
    pub fn entities(&self) -> BTreeSet<EntityId> {
        self.visible(self.stages.last())
    }

    fn visible(&self, stage: Option<&BTreeSet<EntityId>>) -> BTreeSet<EntityId> {
        let all = stage.into_iter().flatten().copied();
        all.filter(|&entity| self.may_show_entity(entity)).collect()
    }

    /// Returns the statements between the entities that are shown, sorted.
    #[must_use]
    pub fn statements(&self) -> BTreeSet<StatementId> {
        self.between(&self.entities())
    }

    fn between(&self, entities: &BTreeSet<EntityId>) -> BTreeSet<StatementId> {
        let links = entities.iter().flat_map(|&entity| self.graph.links_of(entity));
        // Both ends: links are between entities.
        let is_inside = |link: &StatementId| ends([self.graph.statement(*link)]).all(|end| entities.contains(&end));
        links.filter(|&link| self.may_show(link)).filter(is_inside).collect()
    }

    /// Returns what each step shows, as pictures are made of it; the same picture only once in a row.
    #[must_use]
    pub fn chosen(&self) -> Vec<Chosen> {
        let mut stages: Vec<Chosen> = Vec::new();
        for stage in &self.stages {
            let entities = self.visible(Some(stage));
            if stages.last().is_some_and(|last| last.entities == entities) {
                continue;
            }
            let statements = self.between(&entities);
            stages.push(Chosen { title: String::new(), entities, statements });
        }
        stages
    }

    /// Returns what found no room.
    #[must_use]
    pub fn left(&self) -> &[Left] {
        &self.left
    }

    /// Returns how an entity is linked: each relation with how many it links, and how many of them are shown. Those with
    /// most first.
    #[must_use]
    pub fn relations(&self, entity: EntityId) -> Vec<(PropertyId, bool, Count)> {
        let neighbours = self.neighbours(entity);
        let counts = self.counted(neighbours.iter().map(|&(other, property, back)| ((property, back), other)));
        counts.into_iter().map(|((property, back), count)| (property, back, count)).collect()
    }

    /// Returns with which classes an entity is linked, each with how many of it, and how many of them are shown.
    #[must_use]
    pub fn classes(&self, entity: EntityId) -> Vec<(ClassId, Count)> {
        let neighbours = self.neighbours(entity);
        self.counted(neighbours.iter().map(|&(other, ..)| (self.graph.entity(other).class, other)))
    }

    /// Returns how many neighbours an entity has, and how many of them are shown.
    #[must_use]
    pub fn around(&self, entity: EntityId) -> Count {
        let counts = self.counted(self.neighbours(entity).iter().map(|&(other, ..)| ((), other)));
        counts.first().map_or(Count::default(), |((), count)| *count)
    }

    fn counted<K: Ord + Copy>(&self, found: impl Iterator<Item = (K, EntityId)>) -> Vec<(K, Count)> {
        let shown = self.entities();
        let mut members: BTreeMap<K, BTreeSet<EntityId>> = BTreeMap::new();
        for (key, other) in found {
            members.entry(key).or_default().insert(other);
        }
        let counted = members.into_iter().map(|(key, members)| {
            let n_shown = members.iter().filter(|member| shown.contains(member)).count();
            (key, Count { shown: n_shown, all: members.len() })
        });
        let mut counted: Vec<(K, Count)> = counted.collect();
        counted.sort_by_key(|&(key, count)| (Reverse(count.all), key));
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    fn graph() -> KnowledgeGraph {
        crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
    }

    fn shown(graph: &KnowledgeGraph, address: &[(&'static str, &str)]) -> usize {
        Exploration::read(graph, address.iter().copied()).unwrap().explored(graph).entities().len()
    }

    #[test]
    fn neighbours_come_a_few_at_a_time_until_all_are_there() {
        let graph = graph();
        let steps = [("open", "itu"), ("open", "itu"), ("open", "itu,,all")];
        assert!(Exploration::read(&graph, steps).is_err());
        let counts: Vec<usize> = (1..=2).map(|n| shown(&graph, &vec![("open", "itu"); n])).collect();
        assert_eq!(counts, [1 + AT_A_TIME, 1 + 2 * AT_A_TIME]);
        let all = shown(&graph, &[("open", "itu,all")]);
        let explored = Exploration::read(&graph, [("open", "itu")]).unwrap().explored(&graph);
        let itu = graph.find("ITU").unwrap();
        assert_eq!(explored.around(itu), Count { shown: AT_A_TIME, all: all - 1 });
        let relations = explored.relations(itu);
        assert!(relations.iter().all(|(.., count)| count.shown <= count.all));
        assert_eq!(explored.classes(itu).iter().map(|(_, count)| count.all).sum::<usize>(), all - 1);
        // Each relation opens what it counts.
        for (property, back, count) in relations {
            let step = Step::Open { entity: itu, along: Along::Property(property, back), all: true };
            let opened = Exploration::default().with(step).explored(&graph).entities();
            assert_eq!(opened.len(), 1 + count.all);
        }
    }

    #[test]
    fn what_is_hidden_or_filtered_is_not_shown_and_what_is_closed_keeps_what_others_hold() {
        let graph = graph();
        assert_eq!(shown(&graph, &[("open", "itu"), ("hide", "itu")]), AT_A_TIME);
        assert_eq!(shown(&graph, &[("open", "itu"), ("no", "Organization")]), {
            let all = Exploration::read(&graph, [("open", "itu")]).unwrap().explored(&graph).entities();
            let organization = graph.ontology().class_by_name("Organization").unwrap();
            all.iter().filter(|&&one| !graph.ontology().is_a(graph.entity(one).class, organization)).count()
        });
        let closed = Exploration::read(&graph, [("add", "itu"), ("open", "equals,all"), ("close", "equals")]).unwrap();
        let closed = closed.explored(&graph);
        let [itu, equals] = ["itu", "equals"].map(|id| graph.entity_by_id(id).unwrap());
        assert!(closed.entities().contains(&itu) || !closed.neighbours(equals).iter().any(|(other, ..)| *other == itu));
        assert!(closed.entities().contains(&equals));
        let early = shown(&graph, &[("open", "itu,all"), ("as_of", "1990")]);
        assert!(early < shown(&graph, &[("open", "itu,all")]), "{early}");
    }

    #[test]
    fn what_finds_no_room_is_counted() {
        let graph = graph();
        let steps = graph.entity_ids().map(Step::Add).collect();
        let explored = Exploration { steps, ..Exploration::default() }.explored(&graph);
        assert_eq!(explored.entities().len(), MOST_ENTITIES);
        assert_eq!(explored.left().iter().map(|left| left.n).sum::<usize>(), graph.entities().len() - MOST_ENTITIES);
    }

    #[test]
    fn a_path_shows_what_is_on_it() {
        let graph = graph();
        let [from, to] = ["EQUALS", "Guy Ryder"].map(|name| graph.find(name).unwrap());
        let explored = Exploration::default().with(Step::Path(from, to)).explored(&graph);
        assert!(explored.entities().len() > 2 && !explored.statements().is_empty());
    }
}

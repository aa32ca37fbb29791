//! Cuts the part of the graph out that a view asks for.

use std::collections::BTreeSet;

use super::links::object;
use super::select::ends;
use super::{KnowledgeGraph, Mode, PathOptions, Selection, View};
use crate::link;
use crate::model::{ClassId, EntityId, ParagraphId, PropertyId, Rank, Statement, StatementId};

/// Entities and statements of a graph, both sorted. The ends of every statement are among the entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subgraph {
    /// The entities.
    pub entities: Vec<EntityId>,
    /// The statements: links, claims with a literal, deprecated ones too.
    pub statements: Vec<StatementId>,
}

impl KnowledgeGraph {
    /// Returns the entities and statements that a view shows: of the whole all, of a section what it states, of what
    /// surrounds an entity and of paths the links and what is claimed of their ends, and of what something else has chosen
    /// just that. Between organizations
    /// ([`Mode::TwoMode`], [`Mode::OneMode`]) deprecated links do not count, and only what has a part in something is
    /// kept; in the mode of organizations alone a step leads from one to another, over what both have a part in.
    /// O(n log n).
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// use rapporteur::graph::{Selection, View};
    ///
    /// let section = graph.sections_called("7").remove(0);
    /// let section = graph.subgraph(&View::from(Selection::Section(section)));
    /// assert!(!section.statements.is_empty());
    /// assert!(section.entities.len() < graph.entities().len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subgraph(&self, view: &View) -> Subgraph {
        let candidates = match (view.mode, &view.selection) {
            (Mode::OneMode, Selection::Around(entity, steps)) => {
                self.candidates(&Selection::Around(*entity, steps.saturating_mul(2)))
            }
            (_, selection) => self.candidates(selection),
        };
        let kept = |statement: &StatementId| view.filter.keeps_statement(self, *statement);
        let mut statements: Vec<StatementId> = candidates.into_iter().filter(kept).collect();
        let mut entities: Vec<EntityId> = match view.selection {
            Selection::Whole => self.entity_ids().collect(),
            Selection::Around(..) | Selection::Section(_) | Selection::Path(..) => {
                let all = statements.iter().flat_map(|&id| ends(self.statement(id))).chain(view.selection.named());
                all.collect::<BTreeSet<_>>().into_iter().collect()
            }
            Selection::Chosen(ref chosen) => {
                let all =
                    statements.iter().flat_map(|&id| ends(self.statement(id))).chain(chosen.entities.iter().copied());
                all.collect::<BTreeSet<_>>().into_iter().collect()
            }
        };
        match view.mode {
            Mode::Statements => {
                let named: BTreeSet<EntityId> = view.selection.named().collect();
                entities.retain(|entity| named.contains(entity) || view.filter.keeps(self, *entity));
            }
            Mode::TwoMode | Mode::OneMode => {
                let sides = self.sides(view, &entities);
                statements.retain(|&id| sides.join(self.statement(id)) || links(self.statement(id)).is_none());
                let linked = statements.iter().filter_map(|&id| links(self.statement(id)));
                let linked: BTreeSet<EntityId> = linked.flat_map(<[EntityId; 2]>::from).collect();
                entities = linked.into_iter().collect();
            }
        }
        let among = |entity: EntityId| entities.binary_search(&entity).is_ok();
        if matches!(view.selection, Selection::Around(..) | Selection::Path(..)) {
            let claims = entities.iter().flat_map(|&entity| self.statements_of(entity));
            statements.extend(claims.filter(|id| links(self.statement(*id)).is_none() && kept(id)));
            statements.sort_unstable();
            statements.dedup();
        }
        statements.retain(|&id| ends(self.statement(id)).all(among));
        Subgraph { entities, statements }
    }

    /// Returns what belongs to a part of a data set, if the graph is of one: the entities, the statements about them, whose
    /// objects may be others, and the paragraphs. O(n log n).
    pub(crate) fn own(&self) -> Option<(Subgraph, BTreeSet<ParagraphId>)> {
        if !self.dataset.is_part() {
            return None;
        }
        let owns = |entity: EntityId| self.dataset.owns(self.entity(entity).place);
        let entities = self.entity_ids().filter(|&entity| owns(entity)).collect();
        let statements =
            self.statements_where(|it| link::owns_statement(&self.store, &self.dataset, &self.ontology, it));
        let paragraphs = self.store.paragraph_ids().filter(|&id| self.dataset.owns(self.paragraph(id).place));
        Some((Subgraph { entities, statements }, paragraphs.collect()))
    }

    /// The statements of a part, before anything is left out, sorted.
    fn candidates(&self, selection: &Selection) -> Vec<StatementId> {
        match selection {
            Selection::Whole => self.statements_where(|_| true),
            Selection::Section(section) => self.statements_in_section(section),
            Selection::Around(entity, depth) => {
                let near = self.neighbourhood(*entity, depth.saturating_sub(1));
                let links: BTreeSet<_> = near.into_iter().flat_map(|entity| self.links_of(entity)).collect();
                links.into_iter().collect()
            }
            Selection::Path(from, to) => self.shortest_paths(*from, *to),
            Selection::Chosen(chosen) => chosen.statements.iter().copied().collect(),
        }
    }

    /// The statements of all shortest paths, sorted. O(statements).
    fn shortest_paths(&self, from: EntityId, to: EntityId) -> Vec<StatementId> {
        let options = PathOptions::default();
        let (after, before) = (self.distances(to, options), self.distances(from, options));
        let shortest = after[from.index()];
        if from == to || shortest == usize::MAX {
            return Vec::new();
        }
        // No path is followed: through wide layers there are more than can be counted.
        let leads = |one: EntityId, other: EntityId| {
            let length = before[one.index()].saturating_add(1).saturating_add(after[other.index()]);
            length == shortest
        };
        self.statements_where(|statement| {
            let ends = links(statement).filter(|_| statement.rank != Rank::Deprecated);
            ends.is_some_and(|(one, other)| leads(one, other) || leads(other, one))
        })
    }

    /// Who is on which side of a view between organizations.
    fn sides(&self, view: &View, entities: &[EntityId]) -> Sides {
        let known = self.ontology().known();
        let things: &[ClassId] = match view.mode {
            Mode::TwoMode => &[known.initiative, known.event],
            Mode::Statements | Mode::OneMode => &[known.initiative, known.event, known.document],
        };
        let ontology = self.ontology();
        let symmetric = |property: &PropertyId| ontology.property(*property).symmetric;
        let marked = ontology.property_ids().filter(|&property| ontology.property(property).takes_part);
        // In two modes all links between the sides are drawn, each with its name; what follows from them is not.
        let parts: Vec<PropertyId> = match (view.mode, view.filter.taking_part.as_slice()) {
            (Mode::Statements | Mode::TwoMode, []) => ontology.property_ids().collect(),
            (Mode::OneMode, []) => marked.collect(),
            (_, chosen) => chosen.to_vec(),
        };
        let stated = parts.iter().copied().filter(symmetric).collect();
        let are_alone = view.mode == Mode::OneMode;
        let mut sides = Sides { organizations: BTreeSet::new(), things: BTreeSet::new(), are_alone, parts, stated };
        for &entity in entities {
            if self.is_of(entity, &[known.organization]) {
                if view.filter.keeps_dates(self, entity) {
                    sides.organizations.insert(entity);
                }
            } else if self.is_of(entity, things) && view.filter.keeps(self, entity) {
                sides.things.insert(entity);
            }
        }
        sides
    }
}

/// The two sides of an affiliation network.
struct Sides {
    organizations: BTreeSet<EntityId>,
    things: BTreeSet<EntityId>,
    /// Whether organizations are to be linked with each other.
    are_alone: bool,
    /// The properties that mean taking part in something, and those that mean working together.
    parts: Vec<PropertyId>,
    stated: Vec<PropertyId>,
}

impl Sides {
    /// Tells whether a statement links an organization with something that it has a part in.
    fn join(&self, statement: &Statement) -> bool {
        links(statement).is_some_and(|(one, other)| {
            let across = |one, other| self.organizations.contains(&one) && self.things.contains(&other);
            let is_stated = self.are_alone && self.stated.contains(&statement.property);
            let works_together = is_stated && [one, other].iter().all(|end| self.organizations.contains(end));
            let has_part = self.parts.contains(&statement.property) && (across(one, other) || across(other, one));
            statement.rank != Rank::Deprecated && one != other && (has_part || works_together)
        })
    }
}

/// The subject and the object of a statement, if it links two entities.
fn links(statement: &Statement) -> Option<(EntityId, EntityId)> {
    Some((statement.subject, object(statement)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Filter;
    use crate::ontology::Ontology;
    use crate::read::Source;

    fn graph() -> KnowledgeGraph {
        crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
    }

    #[test]
    fn the_whole_is_everything() {
        let graph = graph();
        let whole = graph.subgraph(&View::default());
        assert_eq!(whole.entities.len(), graph.entities().len());
        assert_eq!(whole.statements.len(), graph.statements().len());
    }

    #[test]
    fn around_an_entity_are_its_links_and_what_is_claimed_of_their_ends() {
        let graph = graph();
        let event = graph.find("sids4").unwrap();
        let near = graph.subgraph(&Selection::Around(event, 1).into());
        let (links_of, claims): (Vec<_>, Vec<_>) =
            near.statements.iter().partition(|&&id| links(graph.statement(id)).is_some());
        assert_eq!(links_of.into_iter().copied().collect::<Vec<_>>(), graph.links_of(event));
        assert!(claims.iter().any(|&&id| graph.statement(id).subject == event));
    }

    #[test]
    fn two_modes_are_organizations_and_what_they_have_a_part_in() {
        let graph = graph();
        let view = View { mode: Mode::TwoMode, ..View::default() };
        let network = graph.subgraph(&view);
        let known = graph.ontology().known();
        for &entity in &network.entities {
            let classes = [known.organization, known.initiative, known.event];
            assert!(graph.is_of(entity, &classes), "{}", graph.id(entity));
        }
        for (one, other) in network.statements.iter().filter_map(|&id| links(graph.statement(id))) {
            assert_ne!(graph.is_of(one, &[known.organization]), graph.is_of(other, &[known.organization]));
        }
        let events = View { filter: Filter { classes: vec![known.event], ..Filter::default() }, ..view };
        let fewer = graph.subgraph(&events);
        assert!(!fewer.entities.is_empty() && fewer.entities.len() < network.entities.len());
        assert!(fewer.entities.iter().all(|&entity| !graph.is_of(entity, &[known.initiative])));
    }
}

//! The links as petgraph's graph: nodes are entities, edges the statements that link two of them.
//!
//! Here are also the views of it that leave nodes or edges out, as petgraph's own adaptors, so that every algorithm of
//! petgraph runs on the whole and on any part.

use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeReference, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef as _, NodeFiltered};

use super::{KnowledgeGraph, when};
use crate::model::{ClassId, Date, EntityId, Object, PropertyId, Rank, Statement, StatementId, StatementStore};

/// A node for each entity, in the order of their ids, and an edge for each statement that links two, in the order of
/// the statements. Statements about the same two entities are parallel edges. All ranks are in it, deprecated ones too.
pub type Links = DiGraph<EntityId, StatementId>;

/// Which way links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Either,
}

/// O(entities + statements).
pub(super) fn build(store: &StatementStore) -> Links {
    let linking = || store.statement_ids().filter_map(|id| Some((id, object(store.statement(id))?)));
    let mut links = Links::with_capacity(store.entities().len(), linking().count());
    for entity in store.entity_ids() {
        links.add_node(entity);
    }
    for (id, object) in linking() {
        links.add_edge(node(store.statement(id).subject), node(object), id);
    }
    links
}

/// The node of an entity: both have the same number.
fn node(entity: EntityId) -> NodeIndex {
    NodeIndex::new(entity.index())
}

impl KnowledgeGraph {
    /// Returns the links as [petgraph](https://docs.rs/petgraph)'s graph, on which every algorithm of that library runs.
    /// O(entities + statements) when first asked for, then O(1).
    ///
    /// Statements keep the direction from subject to object; [`Reversed`](petgraph::visit::Reversed) turns it round, and
    /// [`UndirectedAdaptor`](petgraph::visit::UndirectedAdaptor) takes no notice of it.
    ///
    /// ```
    /// use petgraph::{algo, visit::UndirectedAdaptor};
    /// use rapporteur::{ontology::Ontology, petgraph, read::Source};
    ///
    /// let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let links = graph.petgraph();
    /// let [from, to] = ["itu", "gdc"].map(|id| graph.node(graph.find(id).unwrap()));
    /// let hops = algo::dijkstra(UndirectedAdaptor(links), from, Some(to), |_| 1);
    /// assert_eq!(hops[&to], 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn petgraph(&self) -> &Links {
        self.links.get_or_init(|| build(&self.store))
    }

    /// Returns the node of an entity in [`KnowledgeGraph::petgraph`]. O(1).
    #[must_use]
    pub fn node(&self, entity: EntityId) -> NodeIndex {
        node(entity)
    }

    /// Returns the links between entities of which something is true.
    pub fn entities_where(
        &self,
        wanted: impl Fn(EntityId) -> bool,
    ) -> NodeFiltered<&Links, impl Fn(NodeIndex) -> bool> {
        let links = self.petgraph();
        NodeFiltered::from_fn(links, move |node| wanted(links[node]))
    }

    /// Returns the links whose statements something is true of.
    pub fn links_where<'g>(
        &'g self,
        wanted: impl Fn(&Statement) -> bool + 'g,
    ) -> EdgeFiltered<&'g Links, impl Fn(EdgeReference<'g, StatementId>) -> bool> {
        EdgeFiltered::from_fn(self.petgraph(), move |edge| wanted(self.statement(*edge.weight())))
    }

    /// Returns the links between entities of some classes or of their subclasses.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// use rapporteur::petgraph::visit::IntoEdgeReferences;
    ///
    /// let classes = [graph.ontology().class_by_name("Event").unwrap()];
    /// let events = graph.of_classes(&classes);
    /// assert!((&events).edge_references().count() < graph.petgraph().edge_count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_classes(&self, classes: &[ClassId]) -> NodeFiltered<&Links, impl Fn(NodeIndex) -> bool> {
        self.entities_where(|entity| {
            let class = self.entity(entity).class;
            classes.iter().any(|&wanted| self.ontology.is_a(class, wanted))
        })
    }

    /// Returns the links that some properties make.
    pub fn of_properties<'g>(
        &'g self,
        properties: &'g [PropertyId],
    ) -> EdgeFiltered<&'g Links, impl Fn(EdgeReference<'g, StatementId>) -> bool> {
        self.links_where(|statement| properties.contains(&statement.property))
    }

    /// Returns the links of some ranks. Those of [`Rank::Deprecated`] are known to be wrong.
    pub fn of_ranks<'g>(
        &'g self,
        ranks: &'g [Rank],
    ) -> EdgeFiltered<&'g Links, impl Fn(EdgeReference<'g, StatementId>) -> bool> {
        self.links_where(|statement| ranks.contains(&statement.rank))
    }

    /// Returns the links that may hold on a date: what has no date, and what its dates and those of its ends do not rule
    /// out.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// use rapporteur::model::Date;
    /// use rapporteur::petgraph::visit::IntoEdgeReferences;
    ///
    /// let then = graph.as_of(Date::parse("1900")?);
    /// assert!((&then).edge_references().count() < graph.petgraph().edge_count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn as_of<'g>(&'g self, date: Date) -> EdgeFiltered<&'g Links, impl Fn(EdgeReference<'g, StatementId>) -> bool> {
        let exists = move |entity| when::dates(self, entity).is_none_or(|dates| dates.may_include(&date));
        self.links_where(move |statement| {
            when::term(self, statement).may_include(&date)
                && exists(statement.subject)
                && object(statement).is_none_or(exists)
        })
    }

    /// Returns the statements that link an entity with another, in both directions, sorted. O(statements) when links
    /// are first asked for, then O(statements of the entity).
    #[must_use]
    pub fn links_of(&self, entity: EntityId) -> Vec<StatementId> {
        let mut links: Vec<_> = self.steps(entity, Way::Either).map(|(_, link)| link).collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    /// Returns the statements of others that lead to an entity, as many as there are, in no order. O(links of the entity).
    pub(crate) fn links_to(&self, entity: EntityId) -> impl Iterator<Item = StatementId> {
        let others = self.petgraph().edges_directed(node(entity), Direction::Incoming);
        others.filter(move |link| link.source() != node(entity)).map(|link| *link.weight())
    }

    /// The links of an entity, deprecated ones too, with the entity at the other end.
    pub(super) fn steps(&self, entity: EntityId, way: Way) -> impl Iterator<Item = (EntityId, StatementId)> {
        let links = self.petgraph();
        let back = (way == Way::Either).then(|| links.edges_directed(node(entity), Direction::Incoming));
        let forward = links.edges(node(entity)).map(|link| (links[link.target()], *link.weight()));
        forward.chain(back.into_iter().flatten().map(|link| (links[link.source()], *link.weight())))
    }
}

/// The entity that a statement leads to.
pub(super) fn object(statement: &Statement) -> Option<EntityId> {
    match statement.object {
        Object::Entity(object) => Some(object),
        Object::Value(_) | Object::Literal(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo;
    use petgraph::visit::{IntoEdgeReferences as _, IntoNodeIdentifiers as _, NodeIndexable as _, Reversed};

    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    fn graph() -> KnowledgeGraph {
        crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
    }

    #[test]
    fn every_statement_between_two_entities_is_an_edge() {
        let graph = graph();
        let links = graph.petgraph();
        assert_eq!(links.node_count(), graph.entities().len());
        let linking = graph.statements_where(|statement| object(statement).is_some());
        assert_eq!(links.edge_weights().copied().collect::<Vec<_>>(), linking);
        for link in links.edge_references() {
            let statement = graph.statement(*link.weight());
            assert_eq!((links[link.source()], Some(links[link.target()])), (statement.subject, object(statement)));
        }
    }

    #[test]
    fn statements_about_the_same_two_entities_are_parallel_edges() {
        let graph = graph();
        let mut pairs: Vec<_> = graph.petgraph().edge_references().map(|link| (link.source(), link.target())).collect();
        let all = pairs.len();
        pairs.sort_unstable();
        pairs.dedup();
        assert!(pairs.len() < all);
    }

    #[test]
    fn a_view_leaves_out_what_it_says() {
        let graph = graph();
        let ontology = graph.ontology();
        let (event, part_of) = (ontology.class_by_name("Event").unwrap(), ontology.property_by_name("partOf").unwrap());
        let events = graph.of_classes(std::slice::from_ref(&event));
        let n_events = (&events).node_identifiers().count();
        assert_eq!(n_events, graph.counts().by_class["Event"]);
        let parts = graph.of_properties(std::slice::from_ref(&part_of));
        let n_parts = (&parts).edge_references().count();
        assert_eq!(n_parts, graph.statements_where(|statement| statement.property == part_of).len());
        let good = graph.of_ranks(&[Rank::Preferred, Rank::Normal]);
        assert!((&good).edge_references().all(|link| graph.statement(*link.weight()).rank != Rank::Deprecated));
        let then = graph.as_of(Date::parse("2023-06-01").unwrap());
        let n_then = (&then).edge_references().count();
        assert!(n_then > 0 && n_then < graph.petgraph().edge_count());
        // Views lie over views, and petgraph's algorithms run on them.
        let both = NodeFiltered::from_fn(&parts, |node| (&events).node_identifiers().any(|event| event == node));
        assert!(algo::kosaraju_scc(Reversed(&both)).iter().all(|component| component.len() == 1));
        assert!(both.node_bound() >= n_events);
    }
}

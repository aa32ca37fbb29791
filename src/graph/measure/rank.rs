//! Entities in the order of a measure.

use super::Measure;
use crate::graph::{KnowledgeGraph, Mode, View};
use crate::model::EntityId;
use crate::sort;

/// Entities by a measure, the greatest value first, then by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// What the values are called: the name of the measure and, of estimates, that they are.
    pub name: String,
    /// The entities.
    pub ranks: Vec<Ranked>,
    /// How many entities the graph has that was measured.
    pub entities: usize,
    /// How many pairs of them are linked.
    pub links: usize,
    /// From how many entities paths were followed, if not from all that have a link: then the values are estimates.
    pub pivots: Option<usize>,
}

/// An entity with its place in a ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// One more than how many entities have a greater value.
    pub rank: usize,
    /// The entity.
    pub entity: EntityId,
    /// The value of the measure.
    pub value: f64,
}

impl KnowledgeGraph {
    /// Ranks the entities of a view. The classes of its filter say who is ranked, by their links with all; between
    /// organizations, what links them. Costs as [`KnowledgeGraph::simple`] and [`Measure::of`].
    #[must_use]
    pub fn rank(&self, measure: Measure, view: &View) -> Ranking {
        let mut view = view.clone();
        let classes = match view.mode {
            Mode::Statements => std::mem::take(&mut view.filter.classes),
            Mode::TwoMode | Mode::OneMode => Vec::new(),
        };
        let graph = self.simple(&view);
        let measured = measure.of(&graph);
        let mut values: Vec<(EntityId, f64)> =
            graph.node_weights().copied().zip(measured.values.iter().copied()).collect();
        values.retain(|&(entity, _)| classes.is_empty() || self.is_of(entity, &classes));
        sort::by(&mut values, |one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let mut ranks: Vec<Ranked> = Vec::with_capacity(values.len());
        for (before, (entity, value)) in values.into_iter().enumerate() {
            let equal = ranks.last().filter(|last| last.value.total_cmp(&value).is_eq());
            let rank = equal.map_or(before + 1, |last| last.rank);
            ranks.push(Ranked { rank, entity, value });
        }
        let name = measured.name(measure);
        Ranking { name, ranks, entities: graph.node_count(), links: graph.edge_count(), pivots: measured.pivots }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Filter;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn who_is_equal_has_the_same_rank_and_a_class_is_ranked_by_its_links_with_all() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let all = graph.rank(Measure::Degree, &View::default());
        assert_eq!(graph.id(all.ranks[0].entity), "itu");
        for (number, ranked) in all.ranks.iter().enumerate() {
            assert_eq!(ranked.rank, 1 + all.ranks.iter().filter(|other| other.value > ranked.value).count());
            assert!(number == 0 || all.ranks[number - 1].value >= ranked.value);
        }
        let event = graph.ontology().known().event;
        let filter = Filter { classes: vec![event], ..Filter::default() };
        let events = graph.rank(Measure::Degree, &View { filter, ..View::default() });
        assert_eq!((events.entities, events.links), (all.entities, all.links));
        let expected = all.ranks.iter().filter(|ranked| graph.is_of(ranked.entity, &[event]));
        assert!(
            expected
                .map(|ranked| (ranked.entity, ranked.value))
                .eq(events.ranks.iter().map(|ranked| (ranked.entity, ranked.value)))
        );
    }
}

//! The dates that matter in a picture: those on which something in it begins or ends.

use std::collections::BTreeSet;

use crate::graph::{KnowledgeGraph, when};
use crate::model::{Day, EntityId, StatementId};

/// The most dates that a reader goes through one by one; where there are more, months or years stand for them.
const MOST_DATES: usize = 24;
/// The most of all.
const MOST_YEARS: usize = 60;

/// Returns the dates on which entities and what is said of them begin or end, as days, months or years, sorted.
pub(super) fn dates(
    graph: &KnowledgeGraph,
    entities: &BTreeSet<EntityId>,
    links: &BTreeSet<StatementId>,
) -> Vec<String> {
    let of_entities = entities.iter().filter_map(|&entity| when::dates(graph, entity));
    let of_links = links.iter().map(|&link| when::term(graph, graph.statement(link)));
    let bounds = of_entities.chain(of_links).flat_map(|dates| [dates.start, dates.end]).flatten();
    // A day within is as good as the first or the last.
    let days: BTreeSet<Day> = bounds.filter_map(|date| date.earliest.or(date.latest)).collect();
    // `-01-01` and `-01` say no more than the year and the month.
    let short = |day: &Day, left: usize| {
        let text = day.to_string();
        text.get(..text.len() - left).unwrap_or(&text).to_owned()
    };
    let written = |left: usize| -> Vec<String> {
        let mut texts: Vec<String> = days.iter().map(|day| short(day, left)).collect();
        texts.dedup();
        texts
    };
    let [by_day, by_month, by_year] = [0, "-01".len(), "-01-01".len()].map(written);
    if by_day.len() <= MOST_DATES {
        return by_day;
    }
    if by_month.len() <= MOST_DATES {
        return by_month;
    }
    let every = by_year.len().div_ceil(MOST_YEARS).max(1);
    by_year.into_iter().step_by(every).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WrittenDate;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn the_dates_of_a_picture_are_few_sorted_and_can_be_asked_for() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let all: BTreeSet<EntityId> = graph.entity_ids().collect();
        let links: BTreeSet<StatementId> = graph.statement_ids().collect();
        let whole = dates(&graph, &all, &links);
        assert!(whole.len() > 5 && whole.len() <= MOST_YEARS && whole.is_sorted(), "{whole:?}");
        assert!(whole.iter().all(|date| date.len() == 4), "{whole:?}");
        let event = graph.entity_by_id("sids4").unwrap();
        let one = dates(&graph, &BTreeSet::from([event]), &BTreeSet::new());
        assert!(!one.is_empty() && one.iter().all(|date| date.len() == 10), "{one:?}");
        assert!(whole.iter().chain(&one).all(|date| WrittenDate::parse(date).is_ok()));
        assert_eq!(dates(&graph, &BTreeSet::new(), &BTreeSet::new()), Vec::<String>::new());
    }
}

//! The dates of entities and statements, and whether they rule out a day.

use super::KnowledgeGraph;
use crate::model::{Date, Day, EntityId, Object, PropertyId, Rank, Statement, StatementId};

/// When something begins and ends, each as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dates {
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
}

impl Dates {
    /// Tells whether what is known does not rule a date out.
    pub(crate) fn may_include(&self, date: &Date) -> bool {
        !self.start.is_some_and(|start| date.is_before(&start)) && !self.end.is_some_and(|end| end.is_before(date))
    }
}

/// Returns a date as EDTF: a day, a month, a year, or the first and the last day that it may mean.
pub(crate) fn written(date: &Date) -> String {
    if let (Some(earliest), Some(latest)) = (date.earliest, date.latest) {
        let day = earliest.to_string();
        if let Some(same) = [day.as_str(), &day[..day.len() - 3], &day[..day.len() - 6]]
            .into_iter()
            .find(|text| Date::parse(text).as_ref() == Ok(date))
        {
            return same.to_owned();
        }
        return format!("{earliest}/{latest}");
    }
    let day = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    format!("{}/{}", day(date.earliest), day(date.latest))
}

/// Returns the dates of an entity, if it has any. An event whose start alone is known ends on the same date.
pub(crate) fn dates(graph: &KnowledgeGraph, entity: EntityId) -> Option<Dates> {
    let known = graph.ontology().known();
    let (start, end) = (claimed(graph, entity, known.start_date), claimed(graph, entity, known.end_date));
    let end = if is_event(graph, entity) { end.or(start) } else { end };
    (start.is_some() || end.is_some()).then_some(Dates { start, end })
}

/// Tells whether an entity is an event.
pub(crate) fn is_event(graph: &KnowledgeGraph, entity: EntityId) -> bool {
    graph.is_of(entity, &[graph.ontology().known().event])
}

/// Returns the bounds of a statement: its qualifiers `start` and `end`.
pub(crate) fn term(graph: &KnowledgeGraph, statement: &Statement) -> Dates {
    let bound = |property| date(graph, graph.qualifier(statement, property)?);
    let known = graph.ontology().known();
    Dates { start: bound(known.start), end: bound(known.end) }
}

/// Returns the date that the best claims of an entity give a property. If they differ, it covers all of them.
pub(crate) fn claimed(graph: &KnowledgeGraph, entity: EntityId, property: PropertyId) -> Option<Date> {
    let claims = best_claims(graph, entity, property);
    let dates = claims.into_iter().filter_map(|statement| date(graph, statement.object));
    dates.reduce(|one, other| Date {
        earliest: one.earliest.zip(other.earliest).map(|(one, other)| one.min(other)),
        latest: one.latest.zip(other.latest).map(|(one, other)| one.max(other)),
    })
}

/// Returns the statements of the best rank that give an entity a property; deprecated ones never.
pub(crate) fn best_claims(graph: &KnowledgeGraph, entity: EntityId, property: PropertyId) -> Vec<&Statement> {
    best_claim_ids(graph, entity, property).into_iter().map(|id| graph.statement(id)).collect()
}

/// Returns the numbers of the statements of the best rank that give an entity a property; deprecated ones never.
pub(crate) fn best_claim_ids(graph: &KnowledgeGraph, entity: EntityId, property: PropertyId) -> Vec<StatementId> {
    let rank = |id: &StatementId| graph.statement(*id).rank;
    let claims = graph.statements_with(entity, property);
    let claims: Vec<_> = claims.filter(|id| rank(id) != Rank::Deprecated).collect();
    let best = claims.iter().map(rank).min();
    claims.into_iter().filter(|id| Some(rank(id)) == best).collect()
}

fn date(graph: &KnowledgeGraph, object: Object) -> Option<Date> {
    match object {
        Object::Literal(text, _) => Date::parse(graph.text(text)).ok(),
        Object::Entity(_) | Object::Value(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_ruled_out_only_where_no_day_of_it_can_be_meant() {
        let date = |text: &str| Date::parse(text).ok();
        let dates = |start, end| Dates { start: date(start), end: date(end) };
        for (start, end, day, may) in [
            ("2024-05", "2024-05", "2024-05-27", true),
            ("2024-05", "2024-05", "2024-06-01", false),
            ("2024", "", "2025", true),
            ("2024", "", "2023-12-31", false),
            ("", "2024-04-25", "2024-04", true),
            ("", "", "1900", true),
        ] {
            assert_eq!(dates(start, end).may_include(&date(day).unwrap()), may, "{start}/{end} {day}");
        }
    }

    #[test]
    fn dates_are_written_as_short_as_they_are_precise() {
        for text in ["2024-05-27", "2024-05", "2024", "2024-05-27/2024-05-30", "2023-11-01/.."] {
            assert_eq!(written(&Date::parse(text).unwrap()), text);
        }
    }
}

//! Nothing is a part of itself.

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use super::Check;
use crate::finding::Code;
use crate::model::{EntityId, Object, PropertyId, Statement};

/// How many of the entities of a circle a finding names.
const MOST_NAMED: usize = 5;

impl Check<'_> {
    /// No transitive property leads from an entity back to it.
    ///
    /// One finding for each set of entities that reach each other, at the statement that comes last in the tables.
    /// O(statements), and for each such set once more.
    pub(super) fn cyclic_part(&mut self) {
        let transitive =
            (0..).map(PropertyId).zip(self.ontology.properties()).filter(|(_, p)| p.transitive && !p.symmetric);
        for (property, _) in transitive.collect::<Vec<_>>() {
            let statements: Vec<&Statement> =
                self.current().filter(|statement| statement.property == property).collect();
            let edges = statements.iter().filter_map(|statement| edge(statement));
            let graph = DiGraphMap::<EntityId, ()>::from_edges(edges);
            for mut component in tarjan_scc(&graph) {
                if component.len() > 1 || component.iter().any(|&entity| graph.contains_edge(entity, entity)) {
                    component.sort_unstable();
                    self.report_cycle(property, &component, &statements);
                }
            }
        }
    }

    fn report_cycle(&mut self, property: PropertyId, component: &[EntityId], statements: &[&Statement]) {
        let inside = |statement: &&&Statement| {
            let inside = |entity| component.binary_search(&entity).is_ok();
            edge(statement).is_some_and(|(from, to)| inside(from) && inside(to))
        };
        let Some(last) = statements.iter().filter(inside).max_by_key(|statement| statement.place) else { return };
        let ids: Vec<_> = component.iter().map(|&entity| format!("`{}`", self.linked.id(entity))).collect();
        let name = &self.ontology.property(property).name;
        let message = match ids.as_slice() {
            [one] => format!("{one} is `{name}` itself"),
            several => {
                let (shown, more) = several.split_at(several.len().min(MOST_NAMED));
                let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
                format!("{}{more} are each `{name}` the other", shown.join(", "))
            }
        };
        self.report(
            Code::CyclicPart,
            last.place,
            last.subject,
            message,
            "take out the statement that closes the circle",
        );
    }
}

fn edge(statement: &Statement) -> Option<(EntityId, EntityId)> {
    match statement.object {
        Object::Entity(object) => Some((statement.subject, object)),
        Object::Value(_) | Object::Literal(..) => None,
    }
}

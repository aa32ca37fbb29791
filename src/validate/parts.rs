//! Nothing is a part of itself.

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::Check;
use crate::finding::Code;
use crate::model::{EntityId, Object, PropertyId, Statement};

/// How many of the entities of a circle a finding names.
const MOST_NAMED: usize = 5;

/// Returns the sets of things that lead to each other, and those that lead to themselves, each sorted. O(edges).
pub(crate) fn circles<T: Copy + Ord + std::hash::Hash>(edges: impl IntoIterator<Item = (T, T)>) -> Vec<Vec<T>> {
    let graph = DiGraphMap::<T, ()>::from_edges(edges);
    // Not by Tarjan's algorithm, which petgraph recurses in: a long chain would overflow the stack.
    let mut components = kosaraju_scc(&graph);
    components
        .retain(|component| component.len() > 1 || component.iter().any(|&thing| graph.contains_edge(thing, thing)));
    for component in &mut components {
        component.sort_unstable();
    }
    components
}

/// Says that some entities are in a circle, by their sorted ids and the name of the property.
pub(crate) fn circle(name: &str, ids: &[&str]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| format!("`{id}`")).collect();
    match ids.as_slice() {
        [one] => format!("{one} is `{name}` itself"),
        several => {
            let (shown, more) = several.split_at(several.len().min(MOST_NAMED));
            let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
            format!("{}{more} are each `{name}` the other", shown.join(", "))
        }
    }
}

/// What to do about a circle.
pub(crate) const OPEN_IT: &str = "take out the statement that closes the circle";

impl Check<'_> {
    /// No transitive property leads from an entity back to it.
    ///
    /// One finding for each set of entities that reach each other, at the statement that comes last in the tables.
    /// O(statements), and for each such set once more. A circle leads through several parts of a data set: the whole looks
    /// for it.
    pub(super) fn cyclic_part(&mut self) {
        if self.dataset.is_part() {
            return;
        }
        let transitive =
            self.ontology.property_ids().zip(self.ontology.properties()).filter(|(_, p)| p.transitive && !p.symmetric);
        for (property, _) in transitive.collect::<Vec<_>>() {
            let statements: Vec<&Statement> =
                self.current().filter(|statement| statement.property == property).collect();
            for component in circles(self.between_both(&statements)) {
                self.report_cycle(property, &component, &statements);
            }
        }
    }

    /// The edges that can be on a cycle: from what something leads to, to what leads on. Most often there is none.
    fn between_both(&self, statements: &[&Statement]) -> Vec<(EntityId, EntityId)> {
        let edges = statements.iter().filter_map(|statement| edge(statement));
        let entities = self.linked.entities().len();
        let (mut leads, mut reached) = (vec![false; entities], vec![false; entities]);
        for (from, to) in edges.clone() {
            leads[from.index()] = true;
            reached[to.index()] = true;
        }
        edges.filter(|(from, to)| reached[from.index()] && leads[to.index()]).collect()
    }

    fn report_cycle(&mut self, property: PropertyId, component: &[EntityId], statements: &[&Statement]) {
        let inside = |statement: &&&Statement| {
            let inside = |entity| component.binary_search(&entity).is_ok();
            edge(statement).is_some_and(|(from, to)| inside(from) && inside(to))
        };
        let Some(last) = statements.iter().filter(inside).max_by_key(|statement| statement.place) else { return };
        let ids: Vec<_> = component.iter().map(|&entity| self.linked.id(entity)).collect();
        let message = circle(&self.ontology.property(property).name, &ids);
        self.report(Code::CyclicPart, last.place, last.subject, message, OPEN_IT);
    }
}

fn edge(statement: &Statement) -> Option<(EntityId, EntityId)> {
    match statement.object {
        Object::Entity(object) => Some((statement.subject, object)),
        Object::Value(_) | Object::Literal(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Code;
    use crate::ontology::Ontology;
    use crate::read::Source;
    use std::fmt::Write as _;

    /// How many cycles are found where each of so many organizations is a part of the next, and the last of `last`.
    fn cycles(chain: usize, last: &str) -> usize {
        let folder = tempfile::tempdir().unwrap();
        let mut table = "id,class,partOf\n".to_owned();
        for number in 0..chain {
            writeln!(table, "o{number},Organization,o{}", number + 1).unwrap();
        }
        writeln!(table, "o{chain},Organization,{last}").unwrap();
        std::fs::write(folder.path().join("o.csv"), table).unwrap();
        let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n[title]\nen = \"T\"\n";
        std::fs::write(folder.path().join("dataset.toml"), config).unwrap();
        let source = Source::Folder(folder.path().to_owned());
        let (_, findings) = crate::open(&source, Ontology::shipped().unwrap()).unwrap();
        findings.iter().filter(|finding| finding.code == Code::CyclicPart).count()
    }

    #[test]
    fn a_chain_of_any_length_is_followed_to_its_end() {
        assert_eq!(cycles(50_000, ""), 0);
        assert_eq!(cycles(50_000, "o0"), 1);
    }

    #[test]
    fn what_hangs_on_a_circle_is_not_part_of_it() {
        assert_eq!(cycles(3, "o2"), 1);
        assert_eq!(cycles(2, "o2"), 1);
    }
}

//! Names as they are typed: every name in every language that contains what was written, best first.

use std::cmp::Reverse;

use crate::graph::KnowledgeGraph;
use crate::link::NameError;
use crate::model::{EntityId, Language, fold};
use crate::sort;

/// The names of all entities, folded, one after the other in one text.
#[derive(Debug)]
pub(crate) struct SearchIndex {
    /// Each name between two line breaks, which no folded name has.
    text: String,
    /// The names, in the order in which they stand in the text.
    names: Vec<Name>,
    degrees: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    start: usize,
    entity: EntityId,
    attribute: usize,
    is_acronym: bool,
}

/// An entity that was found, and the name by which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit<'g> {
    /// The entity.
    pub entity: EntityId,
    /// The name that matched.
    pub name: &'g str,
    /// The language of that name.
    pub language: Option<Language>,
}

impl<'g> Hit<'g> {
    /// Returns the entities that bear names, each with the first of these, as far as there is room: of names that are like one
    /// that nobody has.
    #[must_use]
    pub(crate) fn alike(graph: &'g KnowledgeGraph, names: &[String], most: usize) -> Vec<Self> {
        let mut hits: Vec<Self> = Vec::new();
        for name in names {
            let bearers = match graph.find(name) {
                Ok(entity) => vec![entity],
                Err(NameError::Ambiguous(entities)) => entities,
                Err(NameError::Unknown(_)) => Vec::new(),
            };
            for hit in bearers.into_iter().filter_map(|entity| Self::of(graph, entity, name)) {
                if hits.len() < most && !hits.iter().any(|known| known.entity == hit.entity) {
                    hits.push(hit);
                }
            }
        }
        hits
    }

    /// An entity with a name of it or its id; nothing if it is not called so.
    fn of(graph: &'g KnowledgeGraph, entity: EntityId, name: &str) -> Option<Self> {
        if graph.id(entity) == name {
            return Some(Self { entity, name: graph.id(entity), language: None });
        }
        let mut names = graph.attributes(entity).iter();
        let found = names.find(|attribute| graph.text(attribute.text) == name)?;
        Some(Self { entity, name: graph.text(found.text), language: found.language })
    }
}

/// How well a name answers: the whole of it, its beginning, the beginning of a word, within a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    Word,
    Within,
}

/// How a name is ranked: whether it fits in part only, how, whether it is no acronym, the links of its entity, its place.
type Rank = (bool, Fit, bool, Reverse<u32>, usize);

impl SearchIndex {
    /// Returns the index of a graph. O(length of all names).
    #[must_use]
    pub(crate) fn new(graph: &KnowledgeGraph) -> Self {
        let naming = graph.ontology().known().naming();
        let acronym = graph.ontology().known().acronym;
        let (mut text, mut names) = ("\n".to_owned(), Vec::new());
        for entity in graph.entity_ids() {
            let attributes = graph.attributes(entity).iter().enumerate();
            for (attribute, named) in attributes.filter(|(_, attribute)| naming.contains(&attribute.property)) {
                names.push(Name { start: text.len(), entity, attribute, is_acronym: named.property == acronym });
                text.push_str(&fold(graph.text(named.text)));
                text.push('\n');
            }
        }
        let degrees = graph.petgraph();
        let degree = |entity: EntityId| degrees.edges(graph.node(entity)).count() + incoming(graph, entity);
        let degrees = graph.entity_ids().map(|entity| u32::try_from(degree(entity)).unwrap_or(u32::MAX)).collect();
        Self { text, names, degrees }
    }

    /// Returns the entities that have a name with what was typed in it, best first: the whole name, an acronym, the
    /// beginning of a name, of a word, then the rest; among equals those with most links. O(length of all names), which
    /// is some milliseconds for a million names.
    #[must_use]
    pub(crate) fn find<'g>(&self, graph: &'g KnowledgeGraph, typed: &str, most: usize) -> (Vec<Hit<'g>>, usize) {
        let wanted = fold(typed);
        if wanted.is_empty() {
            return (Vec::new(), 0);
        }
        let finder = memchr::memmem::Finder::new(wanted.as_bytes());
        // Names are in the order of their entities: of each entity the one that fits best is kept while all are gone
        // through.
        let mut found: Vec<(Rank, Name)> = Vec::new();
        let mut number = 0;
        for at in finder.find_iter(self.text.as_bytes()) {
            while self.names.get(number + 1).is_some_and(|next| next.start <= at) {
                number += 1;
            }
            let Some(&name) = self.names.get(number) else { continue };
            let fit = self.fit(name, at, wanted.len());
            let degree = Reverse(self.degrees.get(name.entity.index()).copied().unwrap_or_default());
            let rank = (fit != Fit::Whole, fit, !name.is_acronym, degree, name.start);
            match found.last_mut() {
                Some((best, before)) if before.entity == name.entity => {
                    if rank < *best {
                        (*best, *before) = (rank, name);
                    }
                }
                Some(_) | None => found.push((rank, name)),
            }
        }
        let n = found.len();
        if n > most {
            found.select_nth_unstable_by_key(most, |(rank, _)| *rank);
            found.truncate(most);
        }
        sort::by_key(&mut found, |(rank, _)| *rank);
        let hits = found.into_iter().filter_map(|(_, name)| {
            let attribute = graph.attributes(name.entity).get(name.attribute)?;
            Some(Hit { entity: name.entity, name: graph.text(attribute.text), language: attribute.language })
        });
        (hits.collect(), n)
    }

    fn fit(&self, name: Name, at: usize, length: usize) -> Fit {
        let bytes = self.text.as_bytes();
        let (before, after) = (at.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(at + length));
        match (at == name.start, after, before) {
            (true, Some(b'\n'), _) => Fit::Whole,
            (true, ..) => Fit::Beginning,
            (false, _, Some(b' ' | b'(' | b'-')) => Fit::Word,
            (false, ..) => Fit::Within,
        }
    }
}

fn incoming(graph: &KnowledgeGraph, entity: EntityId) -> usize {
    graph.petgraph().edges_directed(graph.node(entity), petgraph::Direction::Incoming).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn the_best_name_comes_first_and_every_language_is_searched() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let index = SearchIndex::new(&graph);
        let first = |typed: &str| index.find(&graph, typed, 5).0.first().map(|hit| graph.id(hit.entity));
        for (typed, id) in
            [("itu", "itu"), ("WHO", "who"), ("مجتمع", "wsis"), ("International Telecommunication U", "itu")]
        {
            assert!(first(typed).is_some(), "{typed}");
            if id != "wsis" {
                assert_eq!(first(typed), Some(id), "{typed}");
            }
        }
        let (hits, n) = index.find(&graph, "a", 5);
        assert!(hits.len() == 5 && n > 100);
        assert_eq!(index.find(&graph, "  ", 5), (Vec::new(), 0));
        assert_eq!(index.find(&graph, "\n", 5), (Vec::new(), 0));
        assert_eq!(index.find(&graph, "no such thing at all", 5), (Vec::new(), 0));
    }
}

//! What is found by more than the graph's own order: made when a query first needs it, and kept for the next.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use hashbrown::HashMap;

use super::term::Term;
use super::vocabulary::Vocabulary;
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, EntityId, Language, Object, PropertyId, Rank, Statement, StatementId, hexadecimal};
use crate::rdf::{self, statement_hash};

/// What queries share.
#[derive(Debug)]
pub(in crate::query) struct Index {
    pub(super) vocabulary: Vocabulary,
    pub(super) bases: Vec<Option<ClassId>>,
    /// The languages of the graph's texts.
    pub(super) languages: Vec<Language>,
    pub(super) extra: Extra,
    by_property: OnceLock<Groups>,
    incoming: OnceLock<Groups>,
    by_subject: OnceLock<Vec<u32>>,
    by_class: OnceLock<Groups>,
    hashes: OnceLock<Hashes>,
    /// How many statements were hashed one by one.
    hashed: AtomicU32,
    documents: OnceLock<Vec<EntityId>>,
    used: OnceLock<Used>,
    keyed: Mutex<HashMap<Option<u32>, Keyed>>,
}

/// The triples that are no part of the graph: those of the ontology, and what is said of the data set.
#[derive(Debug, Default)]
pub(super) struct Extra {
    pub(super) quads: Vec<([Term<'static>; 3], Option<Term<'static>>)>,
    /// By subject, predicate and object.
    // Only looked up, so that the order of the maps reaches no answer.
    by: [HashMap<Term<'static>, Vec<u32>>; 3],
}

/// Numbers in groups: where each group begins and the last ends, and what is in them.
#[derive(Debug)]
pub(super) struct Groups {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

/// The hashes of all statements, and the statements in the order of their hashes.
#[derive(Debug)]
struct Hashes {
    of: Vec<[u8; 10]>,
    sorted: Vec<u32>,
}

/// Which properties attributes and qualifiers have.
#[derive(Debug)]
pub(super) struct Used {
    pub(super) attributes: Vec<bool>,
    pub(super) qualifiers: Vec<bool>,
}

/// The index of a predicate by object: made when it is asked for the third time.
#[derive(Debug, Default)]
struct Keyed {
    asked: u32,
    list: Option<Arc<Vec<u64>>>,
}

/// After so many single hashes all statements are hashed: sorting and grouping ask for the same ones again and again.
const HASHED: u32 = 20_000;

/// How often a predicate's triples are looked through before they are put in order.
const ASKED: u32 = 3;

impl Extra {
    pub(super) fn push(&mut self, triple: [Term<'static>; 3], graph: Option<Term<'static>>) {
        if self.of(0, &triple[0]).iter().any(|&number| self.quads[number as usize] == (triple.clone(), graph.clone())) {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "an ontology is a text of less than 4 GiB")]
        let number = self.quads.len() as u32;
        for (map, term) in self.by.iter_mut().zip(&triple) {
            map.entry(term.clone()).or_default().push(number);
        }
        self.quads.push((triple, graph));
    }

    /// The numbers of those with a term in a place: subject, predicate, object.
    pub(super) fn of<'i>(&'i self, place: usize, term: &Term<'i>) -> &'i [u32] {
        // Terms that live long are looked up by terms that do not.
        let map: &HashMap<Term<'i>, Vec<u32>> = &self.by[place];
        map.get(term).map_or(&[], Vec::as_slice)
    }
}

impl Groups {
    /// Puts things in groups, each group in their order. O(things).
    fn of(groups: usize, things: impl Iterator<Item = (u32, Option<usize>)> + Clone) -> Self {
        let mut starts = vec![0; groups + 1];
        for (_, group) in things.clone() {
            if let Some(group) = group {
                starts[group + 1] += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; sum as usize];
        for (number, group) in things {
            if let Some(group) = group {
                numbers[next[group] as usize] = number;
                next[group] += 1;
            }
        }
        Self { starts, numbers }
    }

    pub(super) fn group(&self, group: usize) -> &[u32] {
        &self.numbers[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

fn numbered(graph: &KnowledgeGraph) -> impl Iterator<Item = (u32, &Statement)> + Clone {
    (0..).zip(graph.statements())
}

impl Index {
    /// Returns the index of a graph, with no quads beside it.
    pub(super) fn new(graph: &KnowledgeGraph) -> Self {
        Self {
            vocabulary: Vocabulary::new(graph.ontology()),
            bases: rdf::bases(graph.ontology()),
            languages: languages(graph),
            extra: Extra::default(),
            by_property: OnceLock::new(),
            incoming: OnceLock::new(),
            by_subject: OnceLock::new(),
            by_class: OnceLock::new(),
            hashes: OnceLock::new(),
            hashed: AtomicU32::new(0),
            documents: OnceLock::new(),
            used: OnceLock::new(),
            keyed: Mutex::default(),
        }
    }

    /// The statements of each property.
    pub(super) fn of_property(&self, graph: &KnowledgeGraph, property: PropertyId) -> &[u32] {
        let groups = self.by_property.get_or_init(|| {
            let statements = numbered(graph).map(|(number, statement)| (number, Some(statement.property.index())));
            Groups::of(graph.ontology().properties().len(), statements)
        });
        groups.group(property.index())
    }

    /// The statements that lead to an entity, by property and then by subject.
    pub(super) fn incoming(&self, graph: &KnowledgeGraph, entity: EntityId) -> &[u32] {
        let groups = self.incoming.get_or_init(|| {
            let properties = (0..graph.ontology().properties().len()).filter_map(|number| u16::try_from(number).ok());
            let numbers = properties.flat_map(|property| self.of_property(graph, PropertyId::new(property)).iter());
            let object = |&number: &u32| match graph.statement(StatementId::new(number)).object {
                Object::Entity(object) => (number, Some(object.index())),
                Object::Value(_) | Object::Literal(..) => (number, None),
            };
            Groups::of(graph.entities().len(), numbers.map(object))
        });
        groups.group(entity.index())
    }

    /// The statements about an entity. O(1).
    pub(super) fn about(&self, graph: &KnowledgeGraph, entity: EntityId) -> Range<u32> {
        let starts = self.by_subject.get_or_init(|| {
            let statements = numbered(graph).map(|(number, statement)| (number, Some(statement.subject.index())));
            Groups::of(graph.entities().len(), statements).starts
        });
        starts[entity.index()]..starts[entity.index() + 1]
    }

    /// The entities of a class, as the data give it.
    pub(super) fn of_class(&self, graph: &KnowledgeGraph, class: ClassId) -> &[u32] {
        let groups = self.by_class.get_or_init(|| {
            let entities = (0..).zip(graph.entities());
            Groups::of(graph.ontology().classes().len(), entities.map(|(number, it)| (number, Some(it.class.index()))))
        });
        groups.group(class.index())
    }

    /// The documents that statements with plain triples cite, which name the graphs, sorted.
    pub(super) fn documents(&self, graph: &KnowledgeGraph) -> &[EntityId] {
        self.documents.get_or_init(|| {
            let current = graph.statements().iter().filter(|statement| statement.rank != Rank::Deprecated);
            let mut cited = vec![false; graph.entities().len()];
            for citation in current.flat_map(|statement| graph.citations(statement)) {
                cited[citation.document.index()] = true;
            }
            graph.entity_ids().filter(|document| cited[document.index()]).collect()
        })
    }

    /// Which properties attributes and qualifiers have.
    pub(super) fn used(&self, graph: &KnowledgeGraph) -> &Used {
        self.used.get_or_init(|| {
            let properties = graph.ontology().properties().len();
            let mut used = Used { attributes: vec![false; properties], qualifiers: vec![false; properties] };
            let entities = graph.entity_ids().flat_map(|entity| graph.attributes(entity));
            let paragraphs = graph.paragraphs().iter().flat_map(|paragraph| graph.paragraph_attributes(paragraph));
            for attribute in entities.chain(paragraphs) {
                used.attributes[attribute.property.index()] = true;
            }
            for qualifier in graph.statements().iter().flat_map(|statement| graph.qualifiers(statement)) {
                used.qualifiers[qualifier.property.index()] = true;
            }
            used
        })
    }

    /// The statement with a hash.
    pub(super) fn by_hash(&self, graph: &KnowledgeGraph, hash: &str) -> Option<StatementId> {
        let wanted = from_hex(hash)?;
        let Hashes { of, sorted } = self.hashes(graph);
        let place = sorted.binary_search_by_key(&wanted, |&number| of[number as usize]).ok()?;
        Some(StatementId::new(sorted[place]))
    }

    /// The hash of a statement.
    pub(super) fn hash(&self, graph: &KnowledgeGraph, id: StatementId) -> String {
        if self.hashes.get().is_some() || self.hashed.fetch_add(1, Ordering::Relaxed) >= HASHED {
            hexadecimal(&self.hashes(graph).of[id.index()])
        } else {
            statement_hash(graph, graph.statement(id))
        }
    }

    /// Hashes all statements, on two threads, because no other index costs as much.
    fn hashes(&self, graph: &KnowledgeGraph) -> &Hashes {
        self.hashes.get_or_init(|| {
            let hash = |statement: &Statement| from_hex(&statement_hash(graph, statement)).unwrap_or_default();
            let (one, other) = graph.statements().split_at(graph.statements().len() / 2);
            let of = thread::scope(|scope| {
                let other_half = scope.spawn(|| other.iter().map(hash).collect::<Vec<_>>());
                let mut of: Vec<_> = one.iter().map(hash).collect();
                of.extend(other_half.join().unwrap_or_else(|_| other.iter().map(hash).collect()));
                of
            });
            let mut sorted: Vec<u32> = numbered(graph).map(|(number, _)| number).collect();
            sorted.sort_unstable_by_key(|&number| of[number as usize]);
            Hashes { of, sorted }
        })
    }

    /// The entries of a predicate, or of all, and among them the range of those with an object's [`key`]. Nothing if the
    /// predicate was asked for too seldom for an index. `all` gives the entries to make it of.
    pub(super) fn keyed(
        &self,
        predicate: Option<u32>,
        object: &Term<'_>,
        all: impl FnOnce() -> Vec<u64>,
    ) -> Option<(Arc<Vec<u64>>, Range<usize>)> {
        let list = {
            let mut keyed = self.keyed.lock().unwrap_or_else(PoisonError::into_inner);
            let known = keyed.entry(predicate).or_default();
            known.asked = known.asked.saturating_add(1);
            if known.list.is_none() && known.asked < ASKED {
                return None;
            }
            known.list.clone()
        };
        // Made without the lock, so that a query that ends here leaves the others alone.
        let list = list.unwrap_or_else(|| {
            let mut list = all();
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
            let list = Arc::new(list);
            let mut keyed = self.keyed.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(keyed.entry(predicate).or_default().list.get_or_insert(list))
        });
        let wanted = u64::from(key(object));
        let start = list.partition_point(|entry| entry >> 32 < wanted);
        let length = list[start..].partition_point(|entry| entry >> 32 == wanted);
        Some((list, start..start + length))
    }
}

/// What an object is looked up by: terms that are equal have the same.
pub(super) fn key(object: &Term<'_>) -> u32 {
    // The same in every run, and for every thread.
    let mut hasher = DefaultHasher::new();
    object.hash(&mut hasher);
    #[expect(clippy::cast_possible_truncation, reason = "any part of a hash will do")]
    let key = hasher.finish() as u32;
    key
}

/// The languages of all texts, in the order of their tags.
fn languages(graph: &KnowledgeGraph) -> Vec<Language> {
    let mut languages = Vec::new();
    let mut add = |language: Option<Language>| {
        if let Some(language) = language.filter(|language| !languages.contains(language)) {
            languages.push(language);
        }
    };
    let entities = graph.entity_ids().flat_map(|entity| graph.attributes(entity));
    let paragraphs = graph.paragraphs().iter().flat_map(|paragraph| graph.paragraph_attributes(paragraph));
    entities.chain(paragraphs).for_each(|attribute| add(attribute.language));
    for statement in graph.statements() {
        for value in std::iter::once(statement.object).chain(graph.qualifiers(statement).iter().map(|it| it.value)) {
            if let Object::Literal(_, language) = value {
                add(language);
            }
        }
    }
    languages.extend(graph.config().title.keys());
    languages.sort();
    languages.dedup();
    languages
}

fn from_hex(text: &str) -> Option<[u8; 10]> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let digits: Vec<u8> = text.as_bytes().iter().map(digit).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.try_into().ok().filter(|_| digits.len() == 20)
}

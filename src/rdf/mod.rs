//! Statements to RDF: the graph as quads, in one of four provenance profiles.
//!
//! [`quads`] streams them in an order that depends on the content only. There are no blank nodes. This module alone
//! mints IRIs; it writes no syntax.

mod describe;
mod distinct;
mod identity;
mod iri;
mod profile;
mod said;
mod term;
mod triples;

pub(crate) use identity::statement_hash;
pub use iri::Node;
pub(crate) use iri::{base_iri, segment};
pub use profile::Profile;
pub(crate) use said::{Listener, Predicate, Said, Shown, Side, Sources, Subject, Value, Word};
pub(crate) use term::Borrowed;
pub use term::{Quad, Term};
pub(crate) use triples::{Triples, bases};

use std::collections::BTreeSet;
use std::ops::Range;

use crate::graph::{KnowledgeGraph, Subgraph, View};
use crate::model::{ClassId, EntityId, Object, ParagraphId, StatementId};
use crate::ontology::PREFIXES;

/// What of a graph is to be told as quads, and how statements carry their sources.
#[derive(Debug)]
pub struct Projection<'g> {
    graph: &'g KnowledgeGraph,
    profile: Profile,
    /// What is told; everything where there is nothing.
    scope: Option<Scope>,
    bases: Vec<Option<ClassId>>,
}

/// A part of the graph, with the paragraphs that its entities and statements cite.
#[derive(Debug)]
struct Scope {
    subgraph: Subgraph,
    /// The entities, and the subjects of statements that belong to other parts of a data set.
    told: Vec<EntityId>,
    paragraphs: BTreeSet<ParagraphId>,
    /// The one entity that is described, if the others are only named.
    about: Option<EntityId>,
}

impl<'g> Projection<'g> {
    /// Returns the projection of the whole graph.
    #[must_use]
    pub fn new(graph: &'g KnowledgeGraph, profile: Profile) -> Self {
        Self { graph, profile, scope: None, bases: bases(graph.ontology()) }
    }

    /// Returns the projection of a view of the graph: its entities and statements, with the paragraphs that they cite.
    #[must_use]
    pub fn of(graph: &'g KnowledgeGraph, profile: Profile, view: &View) -> Self {
        let own = graph.own().map(|(subgraph, paragraphs)| {
            let subjects = subgraph.statements.iter().map(|&id| graph.statement(id).subject);
            let told: BTreeSet<EntityId> = subjects.chain(subgraph.entities.iter().copied()).collect();
            Scope { subgraph, told: told.into_iter().collect(), paragraphs, about: None }
        });
        let scope = own.or_else(|| (*view != View::default()).then(|| Scope::new(graph, graph.subgraph(view), None)));
        Self { graph, profile, scope, bases: bases(graph.ontology()) }
    }

    /// Returns what is said of one entity and of others in statements that link to it, with the paragraphs that say so. The
    /// others have their classes and labels, and the data set has no title: each has a page of its own to tell more.
    pub(crate) fn about(graph: &'g KnowledgeGraph, profile: Profile, entity: EntityId) -> Self {
        let said = graph.statements_of(entity);
        let statements: BTreeSet<StatementId> = said.chain(graph.links_of(entity)).collect();
        let linked = statements.iter().flat_map(|&id| {
            let statement = graph.statement(id);
            let object = match statement.object {
                Object::Entity(object) => object,
                Object::Value(_) | Object::Literal(..) => entity,
            };
            [statement.subject, object]
        });
        let entities: BTreeSet<EntityId> = linked.chain([entity]).collect();
        let subgraph =
            Subgraph { entities: entities.into_iter().collect(), statements: statements.into_iter().collect() };
        let scope = Scope::new(graph, subgraph, Some(entity));
        Self { graph, profile, scope: Some(scope), bases: bases(graph.ontology()) }
    }
}

impl Projection<'_> {
    /// Tells whether less than the whole graph is told.
    pub(crate) fn is_part(&self) -> bool {
        self.scope.is_some()
    }
}

impl Scope {
    fn new(graph: &KnowledgeGraph, subgraph: Subgraph, about: Option<EntityId>) -> Self {
        let described = subgraph.entities.iter().filter(|&&entity| about.is_none_or(|about| about == entity));
        let entities = described.flat_map(|&entity| graph.entity_citations(entity));
        let statements = subgraph.statements.iter().flat_map(|&id| graph.citations(graph.statement(id)));
        let paragraphs = entities.chain(statements).filter_map(|citation| citation.paragraph).collect();
        Self { told: subgraph.entities.clone(), subgraph, paragraphs, about }
    }

    /// Appends the parts that tell something of this one, so that a small part of a large graph costs little.
    fn parts(&self, profile: Profile, parts: &mut Vec<Part>) {
        for run in self.told.chunk_by(|a, b| a.number() + 1 == b.number()) {
            let ends = run.chunks(PIECE).filter_map(|piece| Some((piece.first()?, piece.last()?)));
            parts.extend(ends.map(|(first, last)| Part::Entities(first.number()..last.number() + 1)));
        }
        if profile != Profile::Direct {
            let numbers: Vec<usize> = self.paragraphs.iter().map(|paragraph| paragraph.index()).collect();
            let runs = numbers.chunk_by(|a, b| a + 1 == *b).filter_map(|run| Some(*run.first()?..run.last()? + 1));
            parts.extend(runs.map(Part::Paragraphs));
        }
    }
}

/// Hands every quad of a projection to `sink`, subject by subject, and stops at its first error.
///
/// O(quads), with memory that grows only with the statements about one entity, not with all.
///
/// # Errors
///
/// If the sink fails.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// use rapporteur::rdf::{Profile, Projection, quads};
///
/// let mut n_quads = 0;
/// quads(&Projection::new(&graph, Profile::Direct), &mut |quad| {
///     assert_eq!(quad.graph, None);
///     n_quads += 1;
///     Ok::<_, std::convert::Infallible>(())
/// })?;
/// assert!(n_quads > graph.statements().len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quads<E>(projection: &Projection<'_>, sink: &mut impl FnMut(Quad<'_>) -> Result<(), E>) -> Result<(), E> {
    parts(projection).into_iter().try_for_each(|part| quads_of(projection, part, sink))
}

/// A part of a projection's quads. All parts in their order are the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is said of the data set.
    Dataset,
    /// What is said of entities, by their numbers, and the statements about them.
    Entities(Range<u32>),
    /// What is said of an entity with so many statements that their nodes are parts of their own.
    Entity(u32),
    /// The nodes of statements about one entity, by their numbers.
    Statements(Range<usize>),
    /// What is said of paragraphs, by their numbers.
    Paragraphs(Range<usize>),
}

/// How many entities are a part, and how many paragraphs at least.
const PART: u32 = 512;

/// How many entities are a part of a view.
const PIECE: usize = 64;

/// How many statements are a part, unless those about one entity are more and have no nodes.
const STATEMENTS: usize = 4096;

/// Returns the parts of a projection's quads, each small, so that several can be written at the same time.
#[must_use]
pub(crate) fn parts(projection: &Projection<'_>) -> Vec<Part> {
    let graph = projection.graph;
    let mut parts = vec![Part::Dataset];
    if let Some(scope) = &projection.scope {
        scope.parts(projection.profile, &mut parts);
        return parts;
    }
    entity_parts(projection, &mut parts);
    if projection.profile != Profile::Direct {
        let paragraphs = graph.paragraphs();
        let mut start = 0;
        let mut end = 0;
        for document in paragraphs.chunk_by(|a, b| a.document == b.document) {
            end += document.len();
            if end - start >= PART as usize || end == paragraphs.len() {
                parts.push(Part::Paragraphs(start..end));
                start = end;
            }
        }
    }
    parts
}

/// Appends the parts of entities and statements.
fn entity_parts(projection: &Projection<'_>, parts: &mut Vec<Part>) {
    let graph = projection.graph;
    let nodes = matches!(projection.profile, Profile::Statements | Profile::Rdf12);
    // The first entity and statement of a part, and the number of the statement that comes next.
    let (mut start, mut first, mut next) = (0, 0, 0);
    for about in graph.statements().chunk_by(|a, b| a.subject == b.subject) {
        let entity = about[0].subject.number();
        let numbers = next..next + about.len();
        while entity - start >= PART || (numbers.end - first > STATEMENTS && entity > start) {
            let end = entity.min(start + PART);
            parts.push(Part::Entities(start..end));
            (start, first) = (end, next);
        }
        next = numbers.end;
        if nodes && about.len() > STATEMENTS {
            parts.push(Part::Entity(entity));
            let pieces = numbers.clone().step_by(STATEMENTS);
            parts.extend(pieces.map(|piece| Part::Statements(piece..next.min(piece + STATEMENTS))));
            (start, first) = (entity + 1, next);
        }
    }
    let end = graph.entity_ids().last().map_or(0, |last| last.number() + 1);
    parts.extend((start..end).step_by(PART as usize).map(|start| Part::Entities(start..end.min(start + PART))));
}

/// Hands the quads of one part of a projection to `sink`.
///
/// # Errors
///
/// If the sink fails.
pub(crate) fn quads_of<E>(
    projection: &Projection<'_>,
    part: Part,
    sink: &mut impl FnMut(Quad<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let Projection { graph, profile, scope, bases } = projection;
    let triples = Triples { scope: scope.as_ref(), ..Triples::new(graph, *profile, bases) };
    let mut describe = describe::Describe { triples, sink };
    match part {
        Part::Dataset => describe.dataset(),
        Part::Entities(entities) => describe.entities(EntityId::new(entities.start)..EntityId::new(entities.end), true),
        Part::Entity(entity) => describe.entities(EntityId::new(entity)..EntityId::new(entity + 1), false),
        Part::Statements(numbers) => describe.statements(numbers),
        Part::Paragraphs(paragraphs) => describe.paragraphs(paragraphs),
    }
}

/// Returns the prefixes that the output and every query know: those of the vocabularies, the data set's own name for its
/// base, and those that it declares, sorted by prefix.
#[must_use]
pub fn prefixes(graph: &KnowledgeGraph) -> Vec<(String, String)> {
    let config = graph.config();
    let mut prefixes: std::collections::BTreeMap<String, String> =
        PREFIXES.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).to_owned())).collect();
    prefixes.insert(config.id.clone(), config.base.clone());
    prefixes.extend(config.prefixes.clone());
    prefixes.into_iter().collect()
}

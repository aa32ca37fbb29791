//! The engine: the quads in a store, and each query on a thread of its own.

use std::convert::Infallible;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{CancellationToken, SparqlEvaluator};
use oxigraph::store::Store;

use super::answer::{self, Answer};
use super::needs::Needs;
use super::{QueryError, limits, syntax, token};
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::parallel;
use crate::rdf::{self, Profile};

/// What a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The time until the answer must be there; nothing for no limit.
    pub timeout: Option<Duration>,
    /// The most rows or triples that the answer may have; nothing for no limit.
    pub max_rows: Option<usize>,
}

impl Default for Options {
    /// A minute, and a million rows.
    fn default() -> Self {
        Self { timeout: Some(Duration::from_mins(1)), max_rows: Some(1_000_000) }
    }
}

/// Answers one query as an [`Engine`] of the graph would, but loads only what the query can touch.
///
/// The limit of time is that of the answer: loading is not counted.
///
/// # Errors
///
/// As [`Engine::new`] and [`Engine::run`].
pub fn ask(graph: &KnowledgeGraph, profile: Profile, query: &str, options: &Options) -> Result<Answer, QueryError> {
    limits::check(query, &token::tokens(query))?;
    let prefixes = rdf::prefixes(graph);
    let needs = thread::scope(|scope| {
        let parse = || Needs::of(query, &prefixes);
        let thread = thread::Builder::new().stack_size(stack(query)).spawn_scoped(scope, parse);
        thread.map(thread::ScopedJoinHandle::join)
    });
    let needs = needs.map_err(QueryError::Thread)?.map_err(|_| QueryError::Stopped)?;
    Engine::load(graph, profile, &needs)?.run(query, options)
}

/// A graph that can be asked.
pub struct Engine {
    store: Store,
    evaluator: SparqlEvaluator,
    prefixes: Vec<(String, String)>,
}

impl Engine {
    /// Returns an engine that holds the quads of a graph in a profile, and the triples of the ontology in the default
    /// graph. O(quads), about 400 bytes for each.
    ///
    /// # Errors
    ///
    /// If a prefix of the data set stands for no IRI, or the quads cannot be loaded.
    pub fn new(graph: &KnowledgeGraph, profile: Profile) -> Result<Self, QueryError> {
        Self::load(graph, profile, &Needs::everything())
    }

    fn load(graph: &KnowledgeGraph, profile: Profile, needs: &Needs) -> Result<Self, QueryError> {
        let engine = Self::from_quads(rdf::prefixes(graph), declarations(graph.ontology(), needs)?)?;
        let projection = rdf::Projection::new(graph, profile);
        let quads = |part: &rdf::Part| {
            let mut quads: Vec<Quad> = Vec::new();
            let Ok(()) = rdf::quads_of(&projection, part.clone(), &mut |quad| {
                if needs.include(&quad) {
                    quads.push(quad.into());
                }
                Ok::<_, Infallible>(())
            });
            quads
        };
        let mut transaction = engine.store.start_transaction().map_err(QueryError::Store)?;
        let Ok(()) = parallel::in_order(&rdf::parts(&projection), quads, |quads| {
            transaction.extend(&quads);
            Ok::<_, Infallible>(())
        });
        transaction.commit().map_err(QueryError::Store)?;
        Ok(engine)
    }

    /// Returns an engine that holds quads, and knows prefixes.
    pub(crate) fn from_quads(prefixes: Vec<(String, String)>, quads: Vec<Quad>) -> Result<Self, QueryError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, namespace) in &prefixes {
            evaluator = evaluator.with_prefix(prefix, namespace).map_err(|source| QueryError::Prefix {
                prefix: prefix.clone(),
                namespace: namespace.clone(),
                source,
            })?;
        }
        let store = Store::new().map_err(QueryError::Store)?;
        // One transaction, which is faster than the bulk loader as long as the store is in memory.
        store.extend(quads).map_err(QueryError::Store)?;
        Ok(Self { store, evaluator, prefixes })
    }

    /// Answers a query.
    ///
    /// After the time-out this returns at once, but the thread of the query may work on: the engine looks at its
    /// cancellation only when it takes a quad from the store, and never while it sorts or joins. A program ends it by
    /// ending; a caller that lives on and needs the thread gone runs queries in a process of their own, which also
    /// bounds the memory that a join, a sort or a long string takes before there is a row.
    ///
    /// # Errors
    ///
    /// If the query is no SPARQL query, is refused, fails, or exceeds the limits of the options.
    pub fn run(&self, query: &str, options: &Options) -> Result<Answer, QueryError> {
        limits::check(query, &token::tokens(query))?;
        let cancellation = CancellationToken::new();
        let job = Job {
            store: self.store.clone(),
            evaluator: self.evaluator.clone(),
            prefixes: self.prefixes.clone(),
            query: query.to_owned(),
            max_rows: options.max_rows,
            cancellation: cancellation.clone(),
        };
        let (sender, receiver) = mpsc::channel();
        thread::Builder::new()
            .name("query".to_owned())
            .stack_size(stack(query))
            // Nobody listens any more after the time-out.
            .spawn(move || drop(sender.send(job.run())))
            .map_err(QueryError::Thread)?;
        let Some(limit) = options.timeout else { return receiver.recv().unwrap_or(Err(QueryError::Stopped)) };
        // A cancelled query can look like one that found nothing. No such answer is seen: what comes before the
        // cancellation is whole, and what comes after it has no receiver.
        receiver.recv_timeout(limit).unwrap_or_else(|error| match error {
            RecvTimeoutError::Timeout => {
                cancellation.cancel();
                Err(QueryError::Timeout { limit })
            }
            RecvTimeoutError::Disconnected => Err(QueryError::Stopped),
        })
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("prefixes", &self.prefixes).finish_non_exhaustive()
    }
}

/// The stack that every query has.
const STACK: usize = 16 << 20;

/// The stack that each byte of a query adds.
///
/// The parser, the optimizer and the evaluation recurse as deep as a query is nested or its chains of operators are
/// long, which its length bounds. Of 30 kinds of such queries, those that take most took 1.2 KiB per byte when optimized
/// (nested brackets; those that are never closed take at most twice that) and 23 KiB per byte when not (a sum of many
/// terms). The memory is reserved, and used only as far as the recursion goes.
const STACK_PER_BYTE: usize = if cfg!(debug_assertions) { 40 << 10 } else { 4 << 10 };

/// The stack that a query may take.
fn stack(query: &str) -> usize {
    STACK + query.len() * STACK_PER_BYTE
}

/// A query, with all that its thread needs.
struct Job {
    store: Store,
    evaluator: SparqlEvaluator,
    prefixes: Vec<(String, String)>,
    query: String,
    max_rows: Option<usize>,
    cancellation: CancellationToken,
}

impl Job {
    fn run(self) -> Result<Answer, QueryError> {
        let evaluator = self.evaluator.clone().with_cancellation_token(self.cancellation);
        let prepared = evaluator
            .parse_query(&self.query)
            .map_err(|source| Box::new(syntax::explain(&self.query, &self.evaluator, &self.prefixes, source)))?;
        let results = prepared.on_store(&self.store).execute().map_err(QueryError::Evaluation)?;
        answer::gather(results, &token::tokens(&self.query), self.max_rows)
    }
}

/// Returns the triples of the ontology that a query can touch: the labels of its terms, and which class is a subclass of
/// which.
fn declarations(ontology: &Ontology, needs: &Needs) -> Result<Vec<Quad>, QueryError> {
    let quads = ontology.texts().flat_map(|text| RdfParser::from_format(RdfFormat::Turtle).for_slice(text));
    let needed = quads.filter(|quad| match quad {
        Ok(quad) => borrowed(quad).is_none_or(|quad| needs.include(&quad)),
        Err(_) => true,
    });
    needed.collect::<Result<_, _>>().map_err(|error| QueryError::Ontology(Box::new(error.into())))
}

/// Returns a quad of the ontology as ours; nothing if it has a blank node. A language is left out, which no need looks
/// at.
fn borrowed(quad: &Quad) -> Option<rdf::Quad<'_>> {
    let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return None };
    let object = match &quad.object {
        Term::NamedNode(node) => rdf::Term::Node(rdf::Node::Iri(node.as_str())),
        Term::Literal(text) if text.language().is_some() || text.datatype() == xsd::STRING => {
            rdf::Term::Plain(text.value())
        }
        Term::Literal(text) => rdf::Term::Typed(text.value(), text.datatype().as_str()),
        Term::BlankNode(_) | Term::Triple(_) => return None,
    };
    let subject = rdf::Node::Iri(subject.as_str());
    Some(rdf::Quad { subject, predicate: quad.predicate.as_str(), object, graph: None })
}

//! The engine: a graph that is asked in place, each query on a thread of its own.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use oxrdf::{GraphName, NamedNode, Quad};
use oxrdfio::{RdfFormat, RdfParser};
use spareval::QueryEvaluator;
use spargebra::algebra::QueryDataset;
use spargebra::{Query, SparqlParser};

use super::answer::{self, Answer};
use super::results::{Message, Results, Signals, timeout};
use super::rewrite::Rewritten;
use super::view::{self, Asked, Ended, Index, View};
use super::{QueryError, limits, syntax, token};
use crate::graph::KnowledgeGraph;
use crate::rdf::{self, Profile};

/// What a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The time until the answer must be there; nothing for no limit.
    pub timeout: Option<Duration>,
    /// The most rows or triples that the answer may have; nothing for no limit.
    pub max_rows: Option<usize>,
    /// The most bytes that a query may take; nothing for no limit. An engine counts the terms of an evaluation with their
    /// text, in rows that take about as much again.
    pub max_memory: Option<usize>,
}

impl Default for Options {
    /// A minute, a million rows, and half a gigabyte.
    fn default() -> Self {
        Self { timeout: Some(Duration::from_mins(1)), max_rows: Some(1_000_000), max_memory: Some(512 << 20) }
    }
}

/// A graph that can be asked, by many threads at once.
///
/// It holds no quads: they are told from the graph as a query asks for them. What a query needs to find them sooner is
/// made when it is first needed, and kept for the next. A clone shares them.
#[derive(Clone)]
pub struct Engine {
    graph: Arc<KnowledgeGraph>,
    index: Arc<Index>,
    profile: Profile,
    parser: SparqlParser,
    prefixes: Vec<(String, String)>,
    graphs: Option<Graphs>,
}

/// The [graphs that a query is asked of](https://www.w3.org/TR/sparql12-query/#rdfDataset), in place of those that it names
/// itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Graphs {
    /// Those that are its default graph together.
    pub default: Vec<NamedNode>,
    /// Those that it may name.
    pub named: Vec<NamedNode>,
}

/// Checks a query without answering it: whether it is SPARQL, with the prefixes of a graph, and nothing that is refused.
/// It takes some tenths of a second at most.
///
/// # Errors
///
/// If the query is no SPARQL query, or is refused.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// use rapporteur::query::check;
///
/// assert!(check(&graph, "ASK { ?who rap:leads ?what }").is_ok());
/// let error = check(&graph, "ASK { ?who rap:leads }").unwrap_err();
/// assert_eq!(error.place().map(|place| place.line), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(graph: &KnowledgeGraph, query: &str) -> Result<(), QueryError> {
    let query = token::without_mark(query);
    limits::check(query, &token::tokens(query))?;
    let prefixes = rdf::prefixes(graph);
    let parser = parser(graph, &prefixes)?;
    let parsed = parser.clone().parse_query(query);
    parsed.map_err(|source| Box::new(syntax::explain(query, &parser, &prefixes, source)))?;
    Ok(())
}

/// Checks a query as [`check`] does, and returns it with those prefixes declared that it uses and does not declare itself,
/// and with a base if it needs one: before its first line, so that lines keep their numbers.
pub(crate) fn self_contained(graph: &KnowledgeGraph, query: &str) -> Result<String, QueryError> {
    check(graph, query)?;
    let query = token::without_mark(query);
    let tokens = token::tokens(query);
    let prefix = |token: &token::Token<'_>| {
        let (prefix, _) = token.text.split_once(':').filter(|_| token.kind == token::Kind::Name)?;
        Some(prefix.to_owned())
    };
    let declared = tokens.windows(2).filter(|pair| pair[0].is_word("PREFIX")).filter_map(|pair| prefix(&pair[1]));
    let declared: BTreeSet<String> = declared.collect();
    let used: BTreeSet<String> = tokens.iter().filter_map(prefix).filter(|prefix| !declared.contains(prefix)).collect();
    let known = rdf::prefixes(graph);
    let missing = known.iter().filter(|(prefix, _)| used.contains(prefix));
    let declared: Vec<_> = missing.map(|(prefix, namespace)| format!("PREFIX {prefix}: <{namespace}> ")).collect();
    let is_whole = |iri: &str| iri.find([':', '/', '?', '#']).is_some_and(|at| iri[at..].starts_with(':'));
    let is_relative = |token: &token::Token<'_>| token.kind == token::Kind::Iri && !is_whole(&token.text[1..]);
    let base = if tokens.iter().any(is_relative) { format!("BASE <{}> ", rdf::base_iri(graph)) } else { String::new() };
    Ok(base + &declared.concat() + query)
}

/// The parser that knows some prefixes. IRIs that are not whole are meant from the base of the data set's.
fn parser(graph: &KnowledgeGraph, prefixes: &[(String, String)]) -> Result<SparqlParser, QueryError> {
    let base = SparqlParser::new().with_base_iri(rdf::base_iri(graph));
    // Without a base they are refused.
    let mut parser = base.unwrap_or_else(|_| SparqlParser::new());
    for (prefix, namespace) in prefixes {
        parser = parser.with_prefix(prefix, namespace).map_err(|source| QueryError::Prefix {
            prefix: prefix.clone(),
            namespace: namespace.clone(),
            source,
        })?;
    }
    Ok(parser)
}

impl Engine {
    /// Returns an engine that asks a graph in a profile, and the triples of its ontology in the default graph.
    /// O(triples of the ontology + texts of the graph).
    ///
    /// # Errors
    ///
    /// If a prefix of the data set stands for no IRI, or the ontology cannot be read.
    pub fn new(graph: Arc<KnowledgeGraph>, profile: Profile) -> Result<Self, QueryError> {
        let mut quads: Vec<Quad> = Vec::new();
        for text in graph.ontology().texts() {
            for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
                quads.push(quad.map_err(|error| QueryError::Ontology(Box::new(error.into())))?);
            }
        }
        let projection = rdf::Projection::new(&graph, profile);
        let Ok(()) = rdf::quads_of(&projection, rdf::Part::Dataset, &mut |quad| {
            quads.push(quad.into());
            Ok::<_, Infallible>(())
        });
        let prefixes = rdf::prefixes(&graph);
        Self::with(graph, profile, prefixes, quads)
    }

    /// Returns an engine that asks a graph, and quads that stand beside it.
    pub(super) fn with(
        graph: Arc<KnowledgeGraph>,
        profile: Profile,
        prefixes: Vec<(String, String)>,
        quads: Vec<Quad>,
    ) -> Result<Self, QueryError> {
        let parser = parser(&graph, &prefixes)?;
        let index = Arc::new(view::index(&graph, quads));
        Ok(Self { graph, index, profile, parser, prefixes, graphs: None })
    }

    /// Returns an engine that asks these graphs, whatever graphs a query names. O(prefixes).
    #[must_use]
    pub(crate) fn on(&self, graphs: Graphs) -> Self {
        Self { graphs: Some(graphs), ..self.clone() }
    }

    /// Returns what tells whether queries are being evaluated.
    pub(super) fn running(&self) -> Running {
        Running(Arc::downgrade(&self.index))
    }

    /// Answers a query, with all its rows or triples in an order that depends on the graph and the query only.
    ///
    /// # Errors
    ///
    /// If the query is no SPARQL query, is refused, fails, or exceeds the limits of the options.
    pub fn run(&self, query: &str, options: &Options) -> Result<Answer, QueryError> {
        self.start(query, options)?.gather(query)
    }

    /// Begins to answer a query: rows and triples come as they are found, in the order of the evaluation, which is the
    /// same in every run.
    ///
    /// Past a limit of time or memory the evaluation ends within milliseconds, unless it does what it does without
    /// terms: parse and optimize, take products of patterns without variables, or build one long text. The answer ends
    /// in time even then, but the thread works on.
    ///
    /// # Errors
    ///
    /// If the query is no SPARQL query, is refused, fails before there is a row, or exceeds the limits of the options.
    pub fn start(&self, query: &str, options: &Options) -> Result<Results, QueryError> {
        let query = token::without_mark(query);
        limits::check(query, &token::tokens(query))?;
        let deadline = options.timeout.and_then(|limit| Instant::now().checked_add(limit));
        let signals = Signals::default();
        let job = Job {
            graph: Arc::clone(&self.graph),
            index: Arc::clone(&self.index),
            profile: self.profile,
            parser: self.parser.clone(),
            prefixes: self.prefixes.clone(),
            graphs: self.graphs.clone(),
            query: query.to_owned(),
            options: *options,
            limits: view::Limits { deadline, bytes: options.max_memory, abandoned: Arc::clone(&signals.abandoned) },
            exceeded: Arc::clone(&signals.exceeded),
        };
        let (sender, receiver) = mpsc::channel();
        thread::Builder::new()
            .name("query".to_owned())
            .stack_size(stack(query))
            .spawn(move || job.run(&sender))
            .map_err(QueryError::Thread)?;
        Results::begin(receiver, signals, deadline, *options)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("prefixes", &self.prefixes).finish_non_exhaustive()
    }
}

/// Tells whether queries of an engine are being evaluated: each holds its index, as does the engine.
#[derive(Debug)]
pub(super) struct Running(Weak<Index>);

impl Running {
    pub(super) fn is_any(&self) -> bool {
        self.0.strong_count() > 1
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
    graph: Arc<KnowledgeGraph>,
    index: Arc<Index>,
    profile: Profile,
    parser: SparqlParser,
    prefixes: Vec<(String, String)>,
    graphs: Option<Graphs>,
    query: String,
    options: Options,
    limits: view::Limits,
    exceeded: Arc<AtomicBool>,
}

impl Job {
    fn run(mut self, sender: &Sender<Message>) {
        view::limit(std::mem::take(&mut self.limits));
        // What unwinds was working for this query only; the indexes are made whole or not at all.
        let last = match catch_unwind(AssertUnwindSafe(|| self.answer(sender))) {
            Ok(Ok(())) => Message::End,
            Ok(Err(error)) => Message::Failed(error),
            Err(cause) => Message::Failed(match cause.downcast_ref::<Ended>() {
                Some(Ended::Time) => timeout(&self.options),
                Some(Ended::Memory) => QueryError::TooMuchMemory { limit: self.options.max_memory.unwrap_or(0) },
                Some(Ended::Abandoned) | None => QueryError::Stopped,
            }),
        };
        let is_exceeded =
            matches!(&last, Message::Failed(QueryError::Timeout { .. } | QueryError::TooMuchMemory { .. }));
        self.exceeded.store(is_exceeded, Ordering::Relaxed);
        // Nobody may be listening any more.
        drop(sender.send(last));
    }

    fn answer(&self, sender: &Sender<Message>) -> Result<(), QueryError> {
        let mut query = self
            .parser
            .clone()
            .parse_query(&self.query)
            .map_err(|source| Box::new(syntax::explain(&self.query, &self.parser, &self.prefixes, source)))?;
        if let Some(Graphs { default, named }) = self.graphs.clone() {
            let (Query::Select { dataset, .. }
            | Query::Construct { dataset, .. }
            | Query::Describe { dataset, .. }
            | Query::Ask { dataset, .. }) = &mut query;
            *dataset = Some(QueryDataset { default, named: Some(named) });
        }
        let (from, named) = match query.dataset() {
            Some(dataset) => (Some(dataset.default.clone()), Some(dataset.named.clone().unwrap_or_default())),
            None => (None, None),
        };
        let from = from.map(|names| names.into_iter().map(Into::into).collect());
        let view = Rc::new(View::new(&self.graph, &self.index, self.profile, from));
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = &mut query;
        let rewritten = Rewritten::of(pattern, self.profile);
        if rewritten.is_per_graph {
            return Err(QueryError::PerGraph);
        }
        view.count_alone(pattern);
        view.order(pattern);
        let evaluator = QueryEvaluator::new();
        let mut prepared = evaluator.prepare(&query);
        // The view takes several FROM for one graph, in which a triple is once.
        prepared.dataset_mut().set_default_graph(vec![GraphName::DefaultGraph]);
        if let Some(mut named) = named {
            let mut seen: Vec<NamedNode> = Vec::new();
            named.retain(|name| {
                !seen.contains(name) && {
                    seen.push(name.clone());
                    true
                }
            });
            prepared.dataset_mut().set_available_named_graphs(named.into_iter().map(Into::into).collect());
        }
        let results = prepared.execute(Asked(Rc::clone(&view))).map_err(QueryError::Evaluation)?;
        answer::send(results, &token::tokens(&self.query), self.options.max_rows, sender)?;
        if rewritten.computes && view.met_long_integer() {
            return Err(QueryError::LongInteger);
        }
        Ok(())
    }
}

//! The engine: a graph that is asked in place.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::{Arc, Weak};
use std::time::Instant;

use oxrdf::Quad;
use oxrdfio::{RdfFormat, RdfParser};
use spargebra::SparqlParser;

use super::answer::{self, Answer};
use super::job::{Graphs, Job, Shared};
use super::results::{Results, Signals};
use super::token::Token;
use super::view;
use super::{Options, QueryError, brief, limits, syntax, token};
use crate::graph::KnowledgeGraph;
use crate::rdf::{self, Profile};

/// A graph that can be asked, by many threads at once.
///
/// It holds no quads: they are told from the graph as a query asks for them. What a query needs to find them sooner is
/// made when it is first needed, and kept for the next. A clone shares them.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
    graphs: Option<Graphs>,
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
    let prefix = |token: &Token<'_>| {
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
    let is_relative = |token: &Token<'_>| token.kind == token::Kind::Iri && !is_whole(&token.text[1..]);
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
        let index = view::index(&graph, quads);
        Ok(Self { shared: Arc::new(Shared { graph, index, profile, parser, prefixes }), graphs: None })
    }

    /// Returns an engine that asks these graphs, whatever graphs a query names. O(graphs).
    #[must_use]
    pub(crate) fn on(&self, graphs: Graphs) -> Self {
        Self { graphs: Some(graphs), ..self.clone() }
    }

    /// Returns what tells whether queries are being evaluated.
    pub(super) fn running(&self) -> Running {
        Running(Arc::downgrade(&self.shared))
    }

    /// Answers a query, with all its rows or triples in an order that depends on the graph and the query only.
    ///
    /// # Errors
    ///
    /// If the query is no SPARQL query, is refused, fails, or exceeds the limits of the options.
    pub fn run(&self, query: &str, options: &Options) -> Result<Answer, QueryError> {
        let query = token::without_mark(query);
        let tokens = token::tokens(query);
        answer::gather(self.begin(query, &tokens, options)?, &tokens)
    }

    /// Begins to answer a query: rows and triples come as they are found, in the order of the evaluation, which is the
    /// same in every run.
    ///
    /// A query has a thread of its own, unless it is answered in a few steps: that is tried first, on the thread of the
    /// caller, with queries that are short and plain. That takes some tenths of a millisecond at most, and what it takes to
    /// make the indexes that such a query is the first to need.
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
        self.begin(query, &token::tokens(query), options)
    }

    /// Begins to answer a query that has these tokens.
    fn begin(&self, query: &str, tokens: &[Token<'_>], options: &Options) -> Result<Results, QueryError> {
        limits::check(query, tokens)?;
        let deadline = options.timeout.and_then(|limit| Instant::now().checked_add(limit));
        let signals = Signals::default();
        let job = Job {
            shared: Arc::clone(&self.shared),
            graphs: self.graphs.clone(),
            query: query.to_owned(),
            options: *options,
            deadline,
            signals: signals.clone(),
        };
        let whole = if brief::may_be(tokens) { job.at_once() } else { None };
        let receiver = match whole {
            Some(receiver) => receiver,
            None => job.on_a_thread()?,
        };
        Results::begin(receiver, signals, deadline, *options)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("prefixes", &self.shared.prefixes).finish_non_exhaustive()
    }
}

/// Tells whether queries of an engine are being evaluated: each holds what the engine does.
#[derive(Debug)]
pub(super) struct Running(Weak<Shared>);

impl Running {
    pub(super) fn is_any(&self) -> bool {
        self.0.strong_count() > 1
    }
}

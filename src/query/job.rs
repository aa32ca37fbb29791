//! The work on one query: on a thread of its own, by which it can be ended, or at once if it takes few steps.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Instant;

use oxrdf::{GraphName, NamedNode};
use spareval::QueryEvaluator;
use spargebra::algebra::QueryDataset;
use spargebra::{Query, SparqlParser};

use super::results::{Message, Signals, timeout};
use super::rewrite::Rewritten;
use super::view::{self, Asked, Ended, Index, View};
use super::{Options, QueryError, answer, syntax};
use crate::graph::KnowledgeGraph;
use crate::rdf::Profile;

/// What all queries of an engine are asked of.
pub(super) struct Shared {
    pub(super) graph: Arc<KnowledgeGraph>,
    pub(super) index: Index,
    pub(super) profile: Profile,
    pub(super) parser: SparqlParser,
    pub(super) prefixes: Vec<(String, String)>,
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

/// A query that passes the limits, with all that it takes to answer it.
pub(super) struct Job {
    pub(super) shared: Arc<Shared>,
    pub(super) graphs: Option<Graphs>,
    pub(super) query: String,
    pub(super) options: Options,
    /// When its time is over.
    pub(super) deadline: Option<Instant>,
    pub(super) signals: Signals,
}

impl Job {
    /// Answers the query on this thread and returns all that it gives; nothing if that takes more than a few steps.
    pub(super) fn at_once(&self) -> Option<Receiver<Message>> {
        let (sender, receiver) = mpsc::channel();
        self.run(view::Patience::Brief, &sender).then_some(receiver)
    }

    /// Begins to answer the query on a thread of its own.
    pub(super) fn on_a_thread(self) -> Result<Receiver<Message>, QueryError> {
        let (sender, receiver) = mpsc::channel();
        thread::Builder::new()
            .name("query".to_owned())
            .stack_size(stack(&self.query))
            .spawn(move || self.run(view::Patience::ToTheEnd, &sender))
            .map_err(QueryError::Thread)?;
        Ok(receiver)
    }

    /// Answers the query, and tells whether it was patient enough for that.
    fn run(&self, patience: view::Patience, sender: &Sender<Message>) -> bool {
        let (bytes, abandoned) = (self.options.max_memory, Arc::clone(&self.signals.abandoned));
        view::limit(view::Limits { deadline: self.deadline, bytes, abandoned, patience });
        // What unwinds was working for this query only; the indexes are made whole or not at all.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.answer(sender)));
        view::lift_limits();
        let last = match outcome {
            Ok(Ok(())) => Message::End,
            Ok(Err(error)) => Message::Failed(error),
            Err(cause) => Message::Failed(match cause.downcast_ref::<Ended>() {
                Some(Ended::Patience) => return false,
                Some(Ended::Time) => timeout(&self.options),
                Some(Ended::Memory) => QueryError::TooMuchMemory { limit: self.options.max_memory.unwrap_or(0) },
                Some(Ended::Abandoned) | None => QueryError::Stopped,
            }),
        };
        let is_exceeded =
            matches!(&last, Message::Failed(QueryError::Timeout { .. } | QueryError::TooMuchMemory { .. }));
        self.signals.exceeded.store(is_exceeded, Ordering::Relaxed);
        // Nobody may be listening any more.
        drop(sender.send(last));
        true
    }

    fn answer(&self, sender: &Sender<Message>) -> Result<(), QueryError> {
        let Shared { graph, index, profile, parser, prefixes } = &*self.shared;
        let parsed = parser.clone().parse_query(&self.query);
        let mut query = parsed.map_err(|source| Box::new(syntax::explain(&self.query, parser, prefixes, source)))?;
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
        let view = Rc::new(View::new(graph, index, *profile, from));
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = &mut query;
        let rewritten = Rewritten::of(pattern, *profile);
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
        answer::send(results, &self.query, self.options.max_rows, sender)?;
        if rewritten.computes && view.met_long_integer() {
            return Err(QueryError::LongInteger);
        }
        Ok(())
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

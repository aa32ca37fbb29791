//! Results on their way from the evaluation of a query to whoever asked.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use oxrdf::{Literal, Term, Triple};

use super::{Options, QueryError, Shape};
use crate::export::defused as csv_defused;

/// A solution: a term for each variable, or nothing where it is unbound.
pub type Row = Vec<Option<Term>>;

/// What a query gives, as it is found.
#[derive(Debug)]
pub enum Results {
    /// The solutions of SELECT.
    Solutions {
        /// The names of the variables, without question marks.
        variables: Vec<String>,
        /// The solutions.
        rows: Stream<Row>,
    },
    /// The yes or no of ASK.
    Boolean(bool),
    /// The triples of CONSTRUCT and DESCRIBE.
    Graph(Stream<Triple>),
}

/// Rows or triples in the order in which they are found, until the last or the first error.
///
/// To drop it ends the query.
#[derive(Debug)]
pub struct Stream<T> {
    waiting: VecDeque<T>,
    source: Option<Source>,
    /// Whether texts get an apostrophe that a spreadsheet would take for formulas.
    is_safe: bool,
}

/// What the evaluation of a query sends.
#[derive(Debug)]
pub(super) enum Message {
    Variables(Vec<String>),
    Rows(Vec<Row>),
    Boolean(bool),
    Graph,
    Triples(Vec<Triple>),
    End,
    Failed(QueryError),
}

/// The evaluation that results come from.
#[derive(Debug)]
struct Source {
    receiver: Receiver<Message>,
    signals: Signals,
    deadline: Option<Instant>,
    options: Options,
}

/// What the evaluation of a query and whoever asked tell each other beside the messages.
#[derive(Debug, Clone, Default)]
pub(super) struct Signals {
    /// Set when nobody waits for the answer any more.
    pub(super) abandoned: Arc<AtomicBool>,
    /// Set when a limit of time or memory ended the query: there is an error behind whatever was found.
    pub(super) exceeded: Arc<AtomicBool>,
}

/// How long after its limit a query may take to say that it ended.
const GRACE: Duration = Duration::from_millis(100);

impl Results {
    /// Waits for what kind of results a query has.
    pub(super) fn begin(
        receiver: Receiver<Message>,
        signals: Signals,
        deadline: Option<Instant>,
        options: Options,
    ) -> Result<Self, QueryError> {
        let source = Source { receiver, signals, deadline, options };
        match source.next() {
            Message::Variables(variables) => Ok(Self::Solutions { variables, rows: Stream::of(source) }),
            Message::Graph => Ok(Self::Graph(Stream::of(source))),
            Message::Boolean(value) => {
                if let Message::Failed(error) = source.next() {
                    Err(error)
                } else {
                    Ok(Self::Boolean(value))
                }
            }
            Message::Failed(error) => Err(error),
            Message::Rows(_) | Message::Triples(_) | Message::End => Err(QueryError::Stopped),
        }
    }

    /// Puts an apostrophe before each text that a spreadsheet would take for a formula. What is written as CSV or TSV can
    /// be opened by people then; programs get other texts than those of the graph.
    #[must_use]
    pub(crate) fn safe_for_spreadsheets(self) -> Self {
        match self {
            Self::Solutions { variables, rows } => {
                Self::Solutions { variables, rows: Stream { is_safe: true, ..rows } }
            }
            Self::Boolean(_) | Self::Graph(_) => self,
        }
    }

    /// Returns what kind of results they are.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self {
            Self::Solutions { .. } => Shape::Solutions,
            Self::Boolean(_) => Shape::Boolean,
            Self::Graph(_) => Shape::Graph,
        }
    }
}

impl Source {
    fn next(&self) -> Message {
        // Not to be handed out any more: it takes time, and is of no answer.
        while self.signals.exceeded.load(Ordering::Relaxed) {
            match self.receiver.recv() {
                Ok(
                    Message::Variables(_)
                    | Message::Rows(_)
                    | Message::Boolean(_)
                    | Message::Graph
                    | Message::Triples(_),
                ) => {}
                Ok(last @ (Message::End | Message::Failed(_))) => return last,
                Err(_) => return Message::Failed(QueryError::Stopped),
            }
        }
        let Some(deadline) = self.deadline else {
            return self.receiver.recv().unwrap_or(Message::Failed(QueryError::Stopped));
        };
        // Results that are there are handed out, however late they are asked for.
        match self.receiver.try_recv() {
            Ok(message) => return message,
            Err(TryRecvError::Disconnected) => return Message::Failed(QueryError::Stopped),
            Err(TryRecvError::Empty) => {}
        }
        let left = (deadline + GRACE).saturating_duration_since(Instant::now());
        match self.receiver.recv_timeout(left) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => Message::Failed(timeout(&self.options)),
            Err(RecvTimeoutError::Disconnected) => Message::Failed(QueryError::Stopped),
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.signals.abandoned.store(true, Ordering::Relaxed);
    }
}

impl<T> Stream<T> {
    fn of(source: Source) -> Self {
        Self { waiting: VecDeque::new(), source: Some(source), is_safe: false }
    }

    /// Tells whether the next must be waited for.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_empty() && self.source.is_some()
    }

    /// Takes the next message, which `taken` makes items of; nothing after the last.
    fn fill(&mut self, taken: impl FnOnce(Message) -> Option<Vec<T>>) -> Result<(), QueryError> {
        let Some(source) = &self.source else { return Ok(()) };
        match source.next() {
            Message::End => self.source = None,
            Message::Failed(error) => {
                self.source = None;
                return Err(error);
            }
            message @ (Message::Variables(_)
            | Message::Rows(_)
            | Message::Boolean(_)
            | Message::Graph
            | Message::Triples(_)) => self.waiting.extend(taken(message).unwrap_or_default()),
        }
        Ok(())
    }

    fn take(&mut self, taken: fn(Message) -> Option<Vec<T>>) -> Option<Result<T, QueryError>> {
        while self.is_waiting() {
            if let Err(error) = self.fill(taken) {
                return Some(Err(error));
            }
        }
        self.waiting.pop_front().map(Ok)
    }
}

impl Iterator for Stream<Row> {
    type Item = Result<Row, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.take(|message| if let Message::Rows(rows) = message { Some(rows) } else { None })?;
        if !self.is_safe {
            return Some(row);
        }
        Some(row.map(|row| row.into_iter().map(|term| term.map(defused)).collect()))
    }
}

impl Iterator for Stream<Triple> {
    type Item = Result<Triple, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.take(|message| if let Message::Triples(triples) = message { Some(triples) } else { None })
    }
}

/// A literal that begins as a formula may, with an apostrophe before it.
pub(super) fn defused(term: Term) -> Term {
    let Term::Literal(literal) = term else { return term };
    let Cow::Owned(text) = csv_defused(literal.value()) else { return literal.into() };
    let literal = match (literal.language(), literal.datatype()) {
        (Some(language), _) => Literal::new_language_tagged_literal_unchecked(text, language),
        (None, datatype) => Literal::new_typed_literal(text, datatype),
    };
    literal.into()
}

/// The error of a query that takes too long.
pub(super) fn timeout(options: &Options) -> QueryError {
    QueryError::Timeout { limit: options.timeout.unwrap_or_default() }
}

//! Why a query has no answer, and how that is shown: the place marked in the query, with help.

use std::fmt::{self, Write as _};
use std::io;
use std::ops::Range;
use std::time::Duration;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use oxrdf::IriParseError;
use oxrdfio::RdfParseError;
use spareval::QueryEvaluationError;
use spargebra::SparqlSyntaxError;

use super::token::without_mark;
use super::{Format, Shape};
use crate::model::escape_controls;

/// Why there is no engine, or no answer, or why an answer cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// A prefix stands for something that is no IRI.
    #[error("the prefix `{prefix}` stands for `{namespace}`, which is not an IRI")]
    Prefix {
        /// The prefix, without its colon.
        prefix: String,
        /// What it stands for.
        namespace: String,
        /// The cause.
        #[source]
        source: IriParseError,
    },
    /// The ontology's triples cannot be read.
    #[error("cannot read the ontology")]
    Ontology(#[source] Box<RdfParseError>),
    /// The query has too many bytes.
    #[error("the query has {length} bytes; it may have {limit}")]
    TooLong {
        /// Its bytes.
        length: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Too many brackets are within each other.
    #[error("{place}: more than {limit} brackets within each other")]
    TooDeep {
        /// The first bracket too many.
        place: Place,
        /// How many there may be.
        limit: usize,
    },
    /// Calls are within each other that the parser of the engine reads again and again.
    #[error("{place}: too many calls within each other")]
    TooEntangled {
        /// The first bracket too many.
        place: Place,
    },
    /// It is no query, but an update.
    #[error("{place}: {operation} is an update, and the graph is read-only")]
    Update {
        /// The keyword that says so.
        place: Place,
        /// The keyword, in upper case.
        operation: String,
    },
    /// It asks another endpoint.
    #[error("{place}: SERVICE is refused: a query asks no other endpoint")]
    Service {
        /// The keyword.
        place: Place,
    },
    /// It is not SPARQL.
    #[error(transparent)]
    Syntax(#[from] Box<SyntaxError>),
    /// It took too long.
    #[error("the query took longer than {limit:?}")]
    Timeout {
        /// The time that it had.
        limit: Duration,
    },
    /// It took too much memory.
    #[error("the query took more than {} MB of memory", limit >> 20)]
    TooMuchMemory {
        /// How many bytes it may take.
        limit: usize,
    },
    /// It computes with integers, and met one that the engine cannot compute with.
    #[error("the query compares or computes, and meets an integer of more than 64 bits")]
    LongInteger,
    /// It counts or limits within each of several graphs, which the engine does over all of them.
    #[error("a subquery within GRAPH of a variable has LIMIT, OFFSET or aggregates without GROUP BY")]
    PerGraph,
    /// The answer is too large.
    #[error("the answer has more than {limit} rows")]
    TooManyRows {
        /// How many there may be.
        limit: usize,
    },
    /// The engine failed while it looked for the answer.
    #[error("the query cannot be evaluated")]
    Evaluation(#[source] QueryEvaluationError),
    /// No thread can be started.
    #[error("cannot start a thread for the query")]
    Thread(#[source] io::Error),
    /// The engine gave up without saying why, which is a mistake in it.
    #[error("the engine stopped without an answer")]
    Stopped,
    /// The format cannot hold that kind of answer.
    #[error("{} cannot hold {shape}", format.name())]
    Unsupported {
        /// The format.
        format: Format,
        /// What kind of answer it is.
        shape: Shape,
    },
    /// RDF/XML writes predicates as names of elements.
    #[error("rdfxml cannot write `{iri}`, which does not end in a name")]
    Name {
        /// The predicate, or the class of a node.
        iri: String,
    },
    /// The answer cannot be written.
    #[error("cannot write the answer")]
    Write(#[from] io::Error),
}

/// Why a text is not SPARQL.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
#[non_exhaustive]
pub struct SyntaxError {
    /// What is wrong or, at the end of the query, where something is missing.
    pub place: Place,
    /// What is wrong with it.
    pub message: String,
    /// What could stand there, most telling first; nothing if the fault is of another kind.
    pub expected: Vec<&'static str>,
    /// What to do about it.
    pub help: Option<String>,
    /// What the engine's parser says.
    pub source: SparqlSyntaxError,
}

/// A place in a query. It is shown as `line:column`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Number of the line, from 1.
    pub line: usize,
    /// Number of the first character in its line, from 1, in Unicode code points.
    pub column: usize,
    /// The bytes that are meant; an empty range is a place between two.
    pub range: Range<usize>,
}

impl Place {
    /// Returns the place of these bytes of a query. O(length).
    pub(super) fn new(query: &str, range: Range<usize>) -> Self {
        let before = &query[..range.start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        Self { line, column: before[line_start..].chars().count() + 1, range }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl QueryError {
    /// Returns the place in the query that it is about, if there is one.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::TooDeep { place, .. }
            | Self::TooEntangled { place }
            | Self::Update { place, .. }
            | Self::Service { place } => Some(place),
            Self::Syntax(error) => Some(&error.place),
            Self::Prefix { .. }
            | Self::Ontology(_)
            | Self::TooLong { .. }
            | Self::Timeout { .. }
            | Self::TooMuchMemory { .. }
            | Self::LongInteger
            | Self::PerGraph
            | Self::TooManyRows { .. }
            | Self::Evaluation(_)
            | Self::Thread(_)
            | Self::Stopped
            | Self::Unsupported { .. }
            | Self::Name { .. }
            | Self::Write(_) => None,
        }
    }

    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Syntax(error) => error.help.clone(),
            Self::TooLong { .. } => Some("ask in several queries".to_owned()),
            Self::TooDeep { .. } => Some("remove brackets that nothing needs, or ask in several queries".to_owned()),
            Self::TooEntangled { .. } => {
                Some("give the inner calls a name with BIND, and use that in the outer ones".to_owned())
            }
            Self::Update { .. } => Some(
                "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables of the data set instead".to_owned(),
            ),
            Self::Service { .. } => {
                Some("export the graph to a store that may reach the network, and ask there".to_owned())
            }
            Self::Timeout { .. } => {
                Some("link all patterns by variables, name a property or a class, or allow more time".to_owned())
            }
            Self::TooMuchMemory { .. } => {
                Some("link all patterns by variables, order or group fewer rows, or allow more memory".to_owned())
            }
            Self::PerGraph => Some("group by the variable of the graph, outside of GRAPH".to_owned()),
            Self::LongInteger => Some("compare it as text, with STR".to_owned()),
            Self::TooManyRows { .. } => Some("narrow the patterns, add LIMIT, or allow more rows".to_owned()),
            Self::Name { .. } => Some("use turtle, ntriples or jsonld".to_owned()),
            Self::Unsupported { shape, .. } => {
                let fitting = Format::ALL.into_iter().filter(|format| format.holds(*shape));
                Some(format!("use {}", alternatives(&fitting.map(Format::name).collect::<Vec<_>>())))
            }
            Self::Prefix { .. }
            | Self::Ontology(_)
            | Self::Evaluation(_)
            | Self::Thread(_)
            | Self::Stopped
            | Self::Write(_) => None,
        }
    }

    /// Returns what is wrong, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        let message = self.to_string();
        let place = self.place().map(|place| format!("{place}: ")).unwrap_or_default();
        message.strip_prefix(&place).unwrap_or(&message).to_owned()
    }
}

/// Lays out an error for a person: what is wrong, where in the query, what was expected, what to do.
///
/// `query` is the text that was asked. The result ends without a line break.
#[must_use]
pub fn render(error: &QueryError, query: &str, color: bool) -> String {
    let query = without_mark(query);
    let mut group = Group::with_title(Level::ERROR.primary_title(escape_controls(&error.message()).into_owned()));
    if let Some(place) = error.place().filter(|place| query.get(place.range.clone()).is_some()) {
        let mark = AnnotationKind::Primary.span(place.range.clone()).label(expectation(error));
        group = group.element(Snippet::source(query).path("query").annotation(mark));
    }
    if !matches!(error, QueryError::Syntax(_)) {
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        group =
            group.elements(causes.map(|cause| Level::NOTE.message(escape_controls(&cause.to_string()).into_owned())));
    }
    group = group.elements(error.help().map(|help| Level::HELP.message(escape_controls(&help).into_owned())));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Says what was expected at the place, if that is known.
fn expectation(error: &QueryError) -> Option<String> {
    const MAX_SHOWN: usize = 8;
    let QueryError::Syntax(error) = error else { return None };
    match error.expected.as_slice() {
        [] => None,
        expected if expected.len() > MAX_SHOWN => Some(format!("expected {}…", expected[..MAX_SHOWN].join(", "))),
        expected => Some(format!("expected {}", alternatives(expected))),
    }
}

/// Lists words as alternatives: `a, b or c`.
pub(super) fn alternatives(words: &[&str]) -> String {
    let mut list = String::new();
    for (number, word) in words.iter().enumerate() {
        let separator = match number {
            0 => "",
            _ if number + 1 == words.len() => " or ",
            _ => ", ",
        };
        // Writing to a string does not fail.
        let _ = write!(list, "{separator}{word}");
    }
    list
}

//! The process of queries, from within: it reads questions and writes answers, one after the other.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::sync::Arc;

use oxrdf::NamedNode;

use super::address;
use super::digest;
use super::error::ServeError;
use super::frame::{self, Failure, Frame, Parts};
use super::job::{Job, Written};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::{self, AnswerShown};
use crate::query::{self, Engine, Graphs, Options, QueryError, Shape};
use crate::rdf::{self, Profile};

/// Answers queries, each a line, until there are no more.
///
/// It is for the process that a server starts: what it reads and writes is between the two. It ends by itself after a
/// query that may still be at work.
///
/// # Errors
///
/// If the server is gone.
pub(crate) fn answer_queries(
    graph: KnowledgeGraph,
    questions: impl BufRead,
    answers: &mut impl Write,
) -> Result<(), ServeError> {
    let mut asked = Asked { prefixes: rdf::prefixes(&graph), graph: Arc::new(graph), engines: BTreeMap::new() };
    // What the first query needs is made before it comes.
    drop(asked.engine(Profile::default()));
    frame::write(&Frame::Ready(digest::of_data(&asked.graph, &asked.graph.inputs().stamp())), answers)?;
    answers.flush()?;
    for question in questions.lines() {
        let job: Job = serde_json::from_str(&question?).map_err(io::Error::other)?;
        let last = match asked.answer(&job, answers) {
            Ok(()) => Frame::End,
            Err(error) => Frame::Failed(failure(&error, &job.query)),
        };
        frame::write(&last, answers)?;
        answers.flush()?;
        if matches!(last, Frame::Failed(Failure { is_last: true, .. })) {
            break;
        }
    }
    Ok(())
}

/// The graph, with the engines that were needed until now.
struct Asked {
    graph: Arc<KnowledgeGraph>,
    prefixes: Vec<(String, String)>,
    engines: BTreeMap<&'static str, Engine>,
}

impl Asked {
    fn engine(&mut self, profile: Profile) -> Result<Engine, QueryError> {
        if let Some(engine) = self.engines.get(profile.name()) {
            return Ok(engine.clone());
        }
        let engine = Engine::new(Arc::clone(&self.graph), profile)?;
        self.engines.insert(profile.name(), engine.clone());
        Ok(engine)
    }

    fn answer(&mut self, job: &Job, answers: &mut impl Write) -> Result<(), QueryError> {
        let engine = self.engine(job.profile())?;
        let named = |iris: &[String]| iris.iter().map(NamedNode::new_unchecked).collect();
        let graphs =
            job.dataset.as_ref().map(|graphs| Graphs { default: named(&graphs.default), named: named(&graphs.named) });
        let engine = match graphs {
            Some(graphs) => engine.on(graphs),
            None => engine,
        };
        let options = Options {
            timeout: Some(job.time),
            max_rows: Some(job.rows),
            // Rows take about as much as the terms that stand in them.
            max_memory: Some(job.memory / 2),
        };
        let results = engine.start(&job.query, &options)?;
        if let Some((format, telling)) = &job.told {
            let answer = results.gather(&job.query)?;
            let mut told = Vec::new();
            let failed = |error| QueryError::Write(io::Error::other(error));
            publish::tell(&self.graph, &answer, telling, *format, &mut told).map_err(failed)?;
            frame::write(&Frame::Begin(format.media_type().to_owned()), answers)?;
            let mut parts = Parts::new(answers);
            parts.write_all(&told)?;
            return Ok(parts.flush()?);
        }
        let shape = results.shape();
        let Some((media_type, written)) = job.wanted(shape) else {
            // Of the other formats that are accepted none can hold it.
            let other = if shape == Shape::Graph { query::Format::Csv } else { query::Format::Turtle };
            return Err(QueryError::Unsupported { format: other, shape });
        };
        frame::write(&Frame::Begin(media_type.to_owned()), answers)?;
        let mut parts = Parts::new(answers);
        let format = match written {
            Written::As(format) => format,
            Written::Page => {
                let answer = results.gather(&job.query)?;
                let place = |iri: &str| address::path_of(&self.graph, iri);
                let wanted = job.language.as_deref().and_then(|tag| Language::parse(tag).ok());
                let Some(language) = wanted.or_else(|| self.graph.languages(None).first().copied()) else {
                    return Err(QueryError::Stopped);
                };
                let shown = AnswerShown { query: &job.query, place: &place, language, refused: job.refused };
                let page = publish::answer_page(&self.graph, &answer, shown);
                parts.write_all(page.as_bytes())?;
                parts.flush()?;
                return Ok(());
            }
        };
        if let Some(results) = query::write_stream(results, format, &mut parts)? {
            let answer = results.gather(&job.query)?;
            query::write(&answer, format, &self.prefixes, &mut parts)?;
        }
        parts.flush()?;
        Ok(())
    }
}

/// How a failure is told to who asked.
pub(super) fn failure(error: &QueryError, query: &str) -> Failure {
    let (status, kind) = kind(error);
    let is_last = matches!(
        error,
        QueryError::Timeout { .. } | QueryError::TooMuchMemory { .. } | QueryError::Stopped | QueryError::Write(_)
    );
    Failure {
        status,
        kind: kind.to_owned(),
        detail: error.to_string(),
        help: error.help(),
        place: error.place().map(|place| (place.line, place.column)),
        excerpt: error.place().map(|_| query::render(error, query, false)),
        is_last,
    }
}

/// The status of HTTP that a failure has, and its name.
fn kind(error: &QueryError) -> (u16, &'static str) {
    match error {
        QueryError::Syntax(_) => (400, "syntax"),
        QueryError::Update { .. } => (403, "update"),
        QueryError::Service { .. } => (403, "service"),
        QueryError::Unsupported { .. } | QueryError::Name { .. } => (406, "not-acceptable"),
        QueryError::TooLong { .. } => (413, "too-long"),
        QueryError::TooDeep { .. } => (422, "too-deep"),
        QueryError::TooEntangled { .. } => (422, "too-entangled"),
        QueryError::TooManyRows { .. } => (422, "too-many-rows"),
        QueryError::TooMuchMemory { .. } => (422, "too-much-memory"),
        QueryError::LongInteger | QueryError::PerGraph | QueryError::Evaluation(_) => (422, "not-evaluated"),
        QueryError::Timeout { .. } => (504, "timeout"),
        QueryError::Prefix { .. }
        | QueryError::Ontology(_)
        | QueryError::Thread(_)
        | QueryError::Stopped
        | QueryError::Write(_) => (500, "internal"),
    }
}

//! Data that change while they are served: they are read and checked beside those that are shown, and take over between two
//! requests if nothing is wrong with them.
//!
//! Files are looked at each second: that takes a call of the system for each, and works on every file system, on those of
//! a network too, of whose changes the system tells nobody.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

use super::options::{Data, Event, Program};
use super::server::{Current, Server};
use crate::finding::{self, Finding, Severity};
use crate::graph::KnowledgeGraph;
use crate::publish::{RefusedData, check_questions};
use crate::read::{Inputs, ReadError, Snapshot, Source};

/// Why data cannot be read.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;
/// Opens a data set.
pub(crate) type Open = Box<dyn Fn() -> Result<(KnowledgeGraph, Vec<Finding>), Failure> + Send>;
/// Returns the program that answers queries about the data that are there, with these files of the ontology.
pub(crate) type ProgramOf = Box<dyn Fn(&Source, &[PathBuf]) -> Program + Send>;

/// Data that are read again when they have changed.
pub(crate) struct Watch {
    source: Source,
    ontology: Vec<PathBuf>,
    open: Open,
    program: ProgramOf,
    /// The files that were read last.
    known: Inputs,
    /// What tells whether they changed since.
    stamp: String,
}

/// The files changed again and again while they were read.
#[derive(Debug, thiserror::Error)]
#[error("the data set is being written, and cannot be read meanwhile")]
struct Unsettled;

/// There is a mistake in the program, which the data bring to light.
#[derive(Debug, thiserror::Error)]
#[error("the program has a mistake, and cannot read the data set")]
struct Mistaken;

/// How often it is looked whether the data changed. They are read when nothing changed for as long.
const EVERY: Duration = Duration::from_secs(1);
/// How often data are read that change meanwhile.
const TRIES: usize = 5;

impl Watch {
    /// Returns how the data set at a source, with files of the ontology, is read again: by `open`. What `program` returns
    /// answers queries about it.
    #[must_use]
    pub(crate) fn new(source: Source, ontology: Vec<PathBuf>, open: Open, program: ProgramOf) -> Self {
        Self { source, ontology, open, program, known: Inputs::default(), stamp: String::new() }
    }

    /// Reads the data, and keeps a copy of their files, so that every process reads the same.
    ///
    /// # Errors
    ///
    /// If they cannot be read or copied, or are being written all the time.
    pub(crate) fn read(&mut self) -> Result<Data, Failure> {
        for _ in 0..TRIES {
            let before = self.now();
            let opened = (self.open)();
            let copied = match &opened {
                Ok((graph, _)) => {
                    self.known = graph.inputs().clone();
                    self.ontology.iter().for_each(|path| self.known.add(path.clone()));
                    Some(Snapshot::take(&self.source, graph.inputs(), &self.ontology))
                }
                Err(_) => None,
            };
            // What is read for the first time may be more than was known; it is looked at from then on.
            if self.now() != before {
                continue;
            }
            // What is wrong is not read again before it changed.
            self.stamp = before;
            let (graph, mut findings) = opened?;
            let Some(snapshot) = copied.transpose()? else { break };
            let graph = Arc::new(graph);
            findings.extend(check_questions(&graph));
            finding::sort(&mut findings);
            let program = (self.program)(snapshot.source(), snapshot.ontology());
            return Ok(Data { graph, findings, program, snapshot: Some(snapshot) });
        }
        self.stamp.clear();
        Err(Unsettled.into())
    }

    /// What tells now whether the data changed.
    fn now(&self) -> String {
        self.source.stamp(&self.known)
    }
}

/// Puts the data into service that are read when they have changed, for ever.
pub(super) async fn follow(mut watch: Watch, current: Current) {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last = watch.stamp.clone();
    loop {
        clock.tick().await;
        let looked = spawn_blocking(move || (watch.now(), watch)).await;
        let Ok((now, same)) = looked else { return };
        watch = same;
        let is_written = std::mem::replace(&mut last, now) != last;
        if is_written || last == watch.stamp {
            continue;
        }
        let read = spawn_blocking(move || {
            let read = catch_unwind(AssertUnwindSafe(|| watch.read()));
            let read = read.unwrap_or_else(|_| {
                watch.stamp = watch.now();
                Err(Mistaken.into())
            });
            (read, watch)
        });
        let Ok((read, same)) = read.await else { return };
        watch = same;
        take(read, &current).await;
        last.clone_from(&watch.stamp);
    }
}

/// Lets data take over, unless something is wrong with them.
async fn take(read: Result<Data, Failure>, current: &Current) {
    let server = current.now();
    let refuse = |findings: Vec<Finding>, reason: Option<String>| {
        current.set(server.refusing(RefusedData::new(&findings)));
        (server.tell)(&Event::Refused { findings, reason });
    };
    match read {
        Err(failure) => match failure.downcast::<ReadError>().map(|error| *error) {
            Ok(ReadError::Config { finding }) => refuse(vec![*finding], None),
            Ok(error) => refuse(Vec::new(), Some(told(&error))),
            // They are looked at again soon.
            Err(failure) if failure.is::<Unsettled>() => {}
            Err(failure) => refuse(Vec::new(), Some(told(failure.as_ref()))),
        },
        Ok(data) if data.findings.iter().any(|finding| finding.severity() == Severity::Violation) => {
            refuse(data.findings, None);
        }
        Ok(data) => {
            let (findings, n) = (data.findings.clone(), (data.graph.entities().len(), data.graph.statements().len()));
            match ready(&server, data).await {
                Ok(next) => {
                    current.set(next);
                    (server.tell)(&Event::Renewed { findings, entities: n.0, statements: n.1 });
                }
                Err(failure) => refuse(Vec::new(), Some(told(failure.as_ref()))),
            }
        }
    }
}

/// A server of other data that answers at once: what it needs to know of them is looked up, and processes wait.
async fn ready(server: &Server, data: Data) -> Result<Server, Failure> {
    let next = server.with(data)?;
    next.served.pages.with(|_| ()).await.map_err(|_| Mistaken)?;
    next.served.pool.fill(server.served.pool.n_started()).await?;
    Ok(next)
}

/// An error with its causes.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

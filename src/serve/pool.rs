//! The processes that answer queries: so many at once, a short queue before them, and a new one for each that had to end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::frame::{Failure, Frame};
use super::job::Job;
use super::options::Program;
use super::process::{Bounds, Process, Seen, StartError};
use crate::read::Snapshot;

/// Processes that answer queries.
#[derive(Clone)]
pub(super) struct Pool(Arc<Inner>);

struct Inner {
    program: Program,
    /// The files that the program reads, kept as long as it may be started.
    _snapshot: Option<Snapshot>,
    digest: String,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Process>>,
    waiting: AtomicUsize,
    processes: usize,
}

/// Why a query is not asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// Too many are asked already.
    #[error("too many queries are asked already")]
    Busy,
    /// The data on the disk are others now.
    #[error("the data set has changed since it was read")]
    Changed,
    /// There is no process.
    #[error("no process can be started that answers queries")]
    Failed,
}

/// A query that is being answered. To drop it before its end ends its process.
pub(super) struct Running {
    process: Option<Process>,
    bounds: Bounds,
    memory: usize,
    pool: Pool,
    _place: OwnedSemaphorePermit,
}

/// What comes of a query next.
pub(super) enum Next {
    Begin(String),
    Part(Vec<u8>),
    End,
    Failed(Failure),
}

/// How long a query waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many may wait, for each that is answered.
const WAITING: usize = 8;

impl Pool {
    pub(super) fn new(program: Program, snapshot: Option<Snapshot>, processes: usize, digest: String) -> Self {
        Self(Arc::new(Inner {
            program,
            _snapshot: snapshot,
            digest,
            places: Arc::new(Semaphore::new(processes)),
            idle: Mutex::default(),
            waiting: AtomicUsize::new(0),
            processes,
        }))
    }

    /// Asks a query when its turn comes.
    pub(super) async fn ask(&self, job: &Job) -> Result<Running, Refused> {
        let place = self.place().await?;
        let mut process = self.process().await?;
        let mut asked = process.ask(job).await;
        if asked.is_err() {
            // It ended while it waited.
            process = self.start().await?;
            asked = process.ask(job).await;
        }
        let bounds = asked.map_err(|_| Refused::Failed)?;
        Ok(Running { process: Some(process), bounds, memory: job.memory, pool: self.clone(), _place: place })
    }

    /// Starts a process that waits for a query.
    pub(super) async fn warm(&self) -> Result<(), Refused> {
        self.start().await.map(|process| self.put(process))
    }

    /// Starts so many processes, at least one and no more than there may be.
    pub(super) async fn fill(&self, n: usize) -> Result<(), Refused> {
        for _ in 0..n.clamp(1, self.0.processes) {
            self.warm().await?;
        }
        Ok(())
    }

    /// Returns how many processes there are.
    pub(super) fn n_started(&self) -> usize {
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).len();
        idle + self.0.processes.saturating_sub(self.0.places.available_permits())
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Refused> {
        let places = Arc::clone(&self.0.places);
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            return Ok(place);
        }
        let _waiting = Waiting::new(&self.0)?;
        match timeout(PATIENCE, places.acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Refused::Busy),
        }
    }

    async fn process(&self) -> Result<Process, Refused> {
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(process) => Ok(process),
            None => self.start().await,
        }
    }

    async fn start(&self) -> Result<Process, Refused> {
        Process::start(&self.0.program, &self.0.digest).await.map_err(|error| match error {
            StartError::Changed => Refused::Changed,
            StartError::Failed => Refused::Failed,
        })
    }

    fn put(&self, process: Process) {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.0.processes {
            idle.push(process);
        }
    }
}

/// One that waits for its turn.
struct Waiting<'p>(&'p Inner);

impl<'p> Waiting<'p> {
    fn new(inner: &'p Inner) -> Result<Self, Refused> {
        let before = inner.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Self(inner);
        if before < inner.processes * WAITING { Ok(waiting) } else { Err(Refused::Busy) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Running {
    /// Waits for what comes next. After the end there is nothing more.
    pub(super) async fn next(&mut self) -> Next {
        let Some(process) = &mut self.process else { return Next::End };
        match process.next(self.bounds).await {
            Seen::Told(Frame::Begin(media_type)) => Next::Begin(media_type),
            Seen::Told(Frame::Part(bytes)) => Next::Part(bytes),
            Seen::Told(Frame::End) => {
                self.give_back();
                Next::End
            }
            Seen::Told(Frame::Failed(failure)) => {
                if failure.is_last {
                    self.end();
                } else {
                    self.give_back();
                }
                Next::Failed(failure)
            }
            Seen::Late => self.ended(504, "timeout", "the query took too long", Some(LATE)),
            Seen::Large => self.ended(422, "too-much-memory", "the query took too much memory", Some(LARGE)),
            Seen::Told(Frame::Ready(_)) | Seen::Gone => {
                self.ended(500, "internal", "the query ended without an answer", None)
            }
        }
    }

    fn ended(&mut self, status: u16, kind: &str, detail: &str, help: Option<&str>) -> Next {
        self.end();
        Next::Failed(Failure {
            status,
            kind: kind.to_owned(),
            detail: detail.to_owned(),
            help: help.map(str::to_owned),
            place: None,
            excerpt: None,
            is_last: true,
        })
    }

    /// Ends the process, and starts one that takes its place.
    fn end(&mut self) {
        if let Some(process) = self.process.take() {
            drop(process);
            let pool = self.pool.clone();
            // When the server ends nobody needs another.
            if let Ok(runtime) = Handle::try_current() {
                drop(runtime.spawn(async move { pool.warm().await }));
            }
        }
    }

    fn give_back(&mut self) {
        match self.process.take() {
            Some(process) if process.is_worn(self.memory) => {
                self.process = Some(process);
                self.end();
            }
            Some(process) => self.pool.put(process),
            None => {}
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

const LATE: &str = "link all patterns by variables, or name a property or a class";
const LARGE: &str = "link all patterns by variables, or order and group fewer rows";

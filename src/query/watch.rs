//! A watch over a process that answers one query: what ends the query where the evaluation cannot end itself.
//!
//! The gauge of a query's thread sees no more than terms. A parser that goes back and forth, products of patterns without
//! variables, a text that grows within one expression: these ask nobody whether to go on, and no thread can be ended from
//! outside. A process can. So a thread of its own looks at the clock and at the resident memory, and past a limit calls
//! what it was given, which is expected to end the process.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use super::engine::Running;
use super::{Engine, Options, QueryError};

/// A watch, which ends when it is dropped: nothing is called after that.
#[derive(Debug)]
pub(crate) struct Watch {
    stage: Arc<Mutex<Stage>>,
    watcher: Thread,
}

/// What the time is counted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The evaluation only: what is found is handed out to someone who may be slow.
    Evaluation,
    /// Work on the answer beside the evaluation, too.
    Work,
    /// Nothing any more.
    Over,
}

/// How much later than the limit of time the process is ended: the evaluation says so itself, if it can.
const LATE: Duration = Duration::from_millis(200);

/// How long the watcher sleeps between two looks. A process fills some ten megabytes in that time.
const LOOK: Duration = Duration::from_millis(10);

/// The same where half of the memory is taken.
const CLOSE_LOOK: Duration = Duration::from_millis(2);

impl Watch {
    /// Begins to watch this process, which is about to ask an engine.
    ///
    /// The limits are those of the options: the time from now on, and the resident memory above what it is now. Once one
    /// is passed, `passed` is called with the error that says so, on the thread of the watcher. It is to end the process:
    /// the evaluation goes on until then.
    ///
    /// Memory is watched on Linux; elsewhere the gauge of the evaluation counts its terms, and nothing else is counted.
    ///
    /// # Errors
    ///
    /// If there is no thread for it.
    pub(crate) fn start(
        engine: &Engine,
        options: &Options,
        passed: impl FnOnce(QueryError) + Send + 'static,
    ) -> Result<Self, QueryError> {
        let stage = Arc::new(Mutex::new(Stage::Evaluation));
        let guard = Guard {
            stage: Arc::clone(&stage),
            running: engine.running(),
            deadline: options.timeout.and_then(|limit| Instant::now().checked_add(limit + LATE)),
            most: options.max_memory.and_then(|limit| Some(resident(None)?.saturating_add(limit))),
            options: *options,
        };
        let watcher = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || guard.watch(passed))
            .map_err(QueryError::Thread)?;
        Ok(Self { stage, watcher: watcher.thread().clone() })
    }

    /// Does work for the answer whose time counts, such as putting it in order. Outside of it only the time of the
    /// evaluation does: who reads the answer may be slow.
    pub(crate) fn working<T>(&self, work: impl FnOnce() -> T) -> T {
        self.set(Stage::Work);
        let done = work();
        self.set(Stage::Evaluation);
        done
    }

    fn set(&self, stage: Stage) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.set(Stage::Over);
        self.watcher.unpark();
    }
}

/// What the watcher looks at.
struct Guard {
    stage: Arc<Mutex<Stage>>,
    running: Running,
    deadline: Option<Instant>,
    /// The most memory that may be resident.
    most: Option<usize>,
    options: Options,
}

impl Guard {
    fn watch(self, passed: impl FnOnce(QueryError)) {
        loop {
            let resident = self.most.and_then(|_| resident(None));
            let stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
            if *stage == Stage::Over {
                return;
            }
            if let Some(error) = self.exceeded(*stage, resident) {
                // The stage stays locked: the watch cannot be ended while the process is.
                passed(error);
                return;
            }
            drop(stage);
            let is_close = resident.zip(self.most).is_some_and(|(resident, most)| {
                resident.saturating_add(self.options.max_memory.unwrap_or(most) / 2) > most
            });
            thread::park_timeout(if is_close { CLOSE_LOOK } else { LOOK });
        }
    }

    fn exceeded(&self, stage: Stage, resident: Option<usize>) -> Option<QueryError> {
        let works = stage == Stage::Work || self.running.is_any();
        if works && self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Some(QueryError::Timeout { limit: self.options.timeout.unwrap_or_default() });
        }
        let is_over = resident.zip(self.most).is_some_and(|(resident, most)| resident > most);
        is_over.then(|| QueryError::TooMuchMemory { limit: self.options.max_memory.unwrap_or_default() })
    }
}

/// Returns how many bytes of a process are resident, of this one if none is named; nothing where the system does not tell.
#[cfg(target_os = "linux")]
pub(crate) fn resident(process: Option<u32>) -> Option<usize> {
    let process = process.map_or("self".to_owned(), |number| number.to_string());
    // The second number of statm, in pages.
    let text = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
    let pages: usize = text.split(' ').nth(1)?.parse().ok()?;
    pages.checked_mul(rustix::param::page_size())
}

/// Returns nothing: no safe way to ask this system is known.
#[cfg(not(target_os = "linux"))]
pub(crate) fn resident(_process: Option<u32>) -> Option<usize> {
    None
}

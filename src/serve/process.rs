//! The process of queries, from without: it is started, asked, watched, and ended whatever it does.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, interval, sleep_until, timeout};

use super::frame::{self, Frame};
use super::job::Job;
use super::options::Program;
use crate::query::resident;

/// A process that waits for a query. To drop it ends it.
pub(super) struct Process {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// The memory that it took when it was ready.
    at_first: usize,
}

/// What a process that is at work tells, or what is seen of it.
pub(super) enum Seen {
    Told(Frame),
    /// It took longer than it may, and is to be ended.
    Late,
    /// It took more memory than it may, and is to be ended.
    Large,
    /// It ended by itself.
    Gone,
}

/// What a process may take for a query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    until: Instant,
    memory: usize,
}

/// Why there is no process.
#[derive(Debug)]
pub(super) enum StartError {
    /// The data are others than those of the server.
    Changed,
    /// It cannot be started, or is not ready in time.
    Failed,
}

/// How long a process may take to read the data.
const START: Duration = Duration::from_mins(1);
/// How often it is looked how much memory a process takes.
const LOOK: Duration = Duration::from_millis(10);
/// How long after its limit a query may take to say that it ended.
const GRACE: Duration = Duration::from_millis(400);

impl Process {
    /// Starts a process, and waits until it is ready.
    pub(super) async fn start(program: &Program, digest: &str) -> Result<Self, StartError> {
        let mut child = Command::new(&program.path)
            .args(&program.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|_| StartError::Failed)?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(StartError::Failed);
        };
        let mut answers = BufReader::new(answers);
        match timeout(START, frame::read(&mut answers)).await {
            Ok(Ok(Frame::Ready(found))) if found == digest => {
                let at_first = resident_of(&child).unwrap_or(0);
                Ok(Self { child, questions, answers, at_first })
            }
            Ok(Ok(Frame::Ready(_))) => Err(StartError::Changed),
            Ok(Ok(Frame::Begin(_) | Frame::Part(_) | Frame::End | Frame::Failed(_)) | Err(_)) | Err(_) => {
                Err(StartError::Failed)
            }
        }
    }

    /// Asks a query, and returns what it may take.
    pub(super) async fn ask(&mut self, job: &Job) -> io::Result<Bounds> {
        let mut line = serde_json::to_vec(job)?;
        line.push(b'\n');
        self.questions.write_all(&line).await?;
        self.questions.flush().await?;
        let memory = self.memory().unwrap_or(self.at_first).saturating_add(job.memory);
        Ok(Bounds { until: Instant::now() + job.time + GRACE, memory })
    }

    /// Waits for what it tells next, within bounds.
    pub(super) async fn next(&mut self, bounds: Bounds) -> Seen {
        let number = self.child.id();
        let mut read = std::pin::pin!(frame::read(&mut self.answers));
        let mut look = interval(LOOK);
        loop {
            tokio::select! {
                biased;
                frame = &mut read => return frame.map_or(Seen::Gone, Seen::Told),
                () = sleep_until(bounds.until) => return Seen::Late,
                _ = look.tick() => {
                    if number.and_then(|number| resident(Some(number))).is_some_and(|taken| taken > bounds.memory) {
                        return Seen::Large;
                    }
                }
            }
        }
    }

    /// Tells whether it keeps so much of what queries took that another had better take its place.
    pub(super) fn is_worn(&self, allowed: usize) -> bool {
        self.memory().is_none_or(|taken| taken > self.at_first.saturating_add(allowed))
    }

    fn memory(&self) -> Option<usize> {
        resident_of(&self.child)
    }
}

/// The memory of a process that has not ended, in bytes; nothing where the system does not tell it.
fn resident_of(process: &Child) -> Option<usize> {
    resident(Some(process.id()?))
}

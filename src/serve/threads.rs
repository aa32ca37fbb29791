//! The threads of a server.

use tokio::runtime::{Builder, Runtime};

use super::error::ServeError;

/// The stack of threads by which data are read and pages are made: what the first thread of a program has.
pub(super) const STACK: usize = 8 << 20;

/// Returns a runtime with as many threads as processes answer queries, within reason.
pub(super) fn runtime(processes: usize) -> Result<Runtime, ServeError> {
    let threads = processes.clamp(2, 8);
    let builder = &mut Builder::new_multi_thread();
    builder.worker_threads(threads).thread_stack_size(STACK).enable_all().build().map_err(ServeError::Thread)
}

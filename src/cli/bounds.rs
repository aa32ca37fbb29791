use std::time::Duration;

use clap::Args;

use crate::query::Options;

/// What a query may take.
#[derive(Debug, Args)]
pub(super) struct Bounds {
    /// End a query after so many seconds, such as 60 or 0.5
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(super) timeout: Duration,
    /// The most rows or triples that an answer may have
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    pub(super) max_rows: usize,
    /// The most megabytes that a query may take, besides those of the graph
    #[arg(long, value_name = "MEGABYTES", default_value_t = 512)]
    max_memory: usize,
}

impl Bounds {
    /// The limits of a query.
    pub(super) fn options(&self) -> Options {
        Options { timeout: Some(self.timeout), max_rows: Some(self.max_rows), max_memory: Some(self.memory()) }
    }

    /// The most bytes that a query may take.
    pub(super) fn memory(&self) -> usize {
        self.max_memory.saturating_mul(1 << 20)
    }
}

/// Reads a number of seconds.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "it is no number of seconds".to_owned())
}

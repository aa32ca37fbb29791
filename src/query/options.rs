//! What a query may take.

use std::time::Duration;

/// What a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The time until the answer must be there; nothing for no limit.
    pub timeout: Option<Duration>,
    /// The most rows or triples that the answer may have; nothing for no limit.
    pub max_rows: Option<usize>,
    /// The most bytes that a query may take; nothing for no limit. An engine counts the terms of an evaluation with their
    /// text, in rows that take about as much again.
    pub max_memory: Option<usize>,
}

impl Default for Options {
    /// A minute, a million rows, and half a gigabyte.
    fn default() -> Self {
        Self { timeout: Some(Duration::from_mins(1)), max_rows: Some(1_000_000), max_memory: Some(512 << 20) }
    }
}

//! Where the values of an object of JSON are.

use std::ops::Range;

/// Longer lines are parsed once for all places in them.
pub(super) const LONG: usize = 1 << 12;

/// The places in so many long lines are kept.
pub(super) const MOST_LONG: usize = 16;

/// Where the values of a cell are.
#[derive(Debug)]
pub(super) struct Places {
    /// Whether they stand in an array.
    pub(super) listed: bool,
    pub(super) values: Vec<Range<u32>>,
}

impl Places {
    /// Returns where a value is.
    pub(super) fn of(&self, value: u16) -> Option<Range<u32>> {
        self.values.get(if self.listed { usize::from(value) } else { 0 }).cloned()
    }
}

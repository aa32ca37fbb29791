//! How much memory may be taken by what is read, charged while it is made: a small file can ask for any amount.
//!
//! A file may take so much in any case, and besides several times its own size; all files together a little more. What a
//! cell or value is charged counts what linking makes of it, too.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

use super::memory;
use crate::finding::{Code, Finding, Location};

/// What any file may take.
const OF_FILE: u64 = 256 << 20;

/// What all files together may take.
const OF_ALL: u64 = 512 << 20;

/// How many times its size a file may take besides.
const TIMES: u64 = 8;

/// What a value is charged besides its text: about what linking makes of it.
pub(super) const VALUE: usize = 32;

/// What a cell is charged, empty or not.
pub(super) const CELL: usize = 5;

/// What a file that is read may take, and what it has taken.
#[derive(Debug)]
pub(super) struct Budget {
    limit: u64,
    used: Cell<u64>,
}

/// What is left of a budget for something in the making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    bytes: usize,
    limit: u64,
}

impl Left {
    /// Tells whether so many bytes are too many.
    pub(super) fn check(self, bytes: usize) -> Result<(), TooMuch> {
        if bytes > self.bytes { Err(TooMuch { limit: self.limit }) } else { Ok(()) }
    }
}

/// Something would take more memory than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch {
    /// How many bytes it may take.
    limit: u64,
}

impl TooMuch {
    /// Says what is too much.
    pub(super) fn told(self) -> String {
        format!("it would take more than {} MiB of memory", self.limit >> 20)
    }

    /// Returns the finding that says so of a table.
    pub(super) fn finding(self, place: Location) -> Finding {
        let message = format!("the table is not read: {}", self.told());
        Finding::new(Code::OversizedTable, place, message).help(HELP)
    }
}

const HELP: &str = "split it into several tables, take out what stands far away from the rest, or what is repeated; the limit grows with the size of the file";

impl Budget {
    /// Returns what a file of so many bytes may take.
    pub(super) fn of_file(bytes: u64) -> Self {
        Self::new(within_memory(OF_FILE.saturating_add(bytes.saturating_mul(TIMES))))
    }

    fn new(limit: u64) -> Self {
        Self { limit, used: Cell::new(0) }
    }

    /// Takes so many bytes; none if they are too many.
    pub(super) fn charge(&self, bytes: usize) -> Result<(), TooMuch> {
        self.check(bytes)?;
        self.used.set(self.used.get() + bytes as u64);
        Ok(())
    }

    /// Tells whether so many bytes could be taken besides.
    pub(super) fn check(&self, bytes: usize) -> Result<(), TooMuch> {
        let is_over = self.used.get().saturating_add(bytes as u64) > self.limit;
        if is_over { Err(TooMuch { limit: self.limit }) } else { Ok(()) }
    }

    /// How many bytes can still be taken.
    pub(super) fn left(&self) -> Left {
        let left = self.limit.saturating_sub(self.used.get());
        Left { bytes: usize::try_from(left).unwrap_or(usize::MAX), limit: self.limit }
    }

    /// Gives so many bytes back.
    pub(super) fn refund(&self, bytes: usize) {
        self.used.set(self.used.get().saturating_sub(bytes as u64));
    }

    /// How many bytes are taken.
    pub(super) fn used(&self) -> u64 {
        self.used.get()
    }
}

/// What all files that are read may take together, and what they have taken.
#[derive(Debug)]
pub(super) struct Total {
    limit: u64,
    used: AtomicU64,
}

impl Total {
    /// Returns what files of so many bytes together may take.
    pub(super) fn of(bytes: u64) -> Self {
        let limit = within_memory(OF_ALL.saturating_add(bytes.saturating_mul(TIMES)));
        Self { limit, used: AtomicU64::new(0) }
    }

    /// Adds what a file has taken for good. The sum does not depend on the order of files.
    pub(super) fn add(&self, budget: &Budget) {
        self.used.fetch_add(budget.used(), Ordering::Relaxed);
    }

    /// Tells whether it is too much: then nothing more need be read.
    pub(super) fn check(&self) -> Result<(), TooMuch> {
        let is_over = self.used.load(Ordering::Relaxed) > self.limit;
        if is_over { Err(TooMuch { limit: self.limit }) } else { Ok(()) }
    }
}

impl TooMuch {
    /// Returns the finding that says so of all files together.
    pub(super) fn of_all(self, place: Location) -> Finding {
        let message =
            format!("no table is read: together they would take more than {} MiB of memory", self.limit >> 20);
        Finding::new(Code::OversizedTable, place, message)
            .help("make several data sets of them; the limit grows with the size of the files")
    }
}

/// A limit, or a third of the memory that there is if that is less: linking takes its part.
fn within_memory(limit: u64) -> u64 {
    memory::available().map_or(limit, |available| limit.min(available / 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_charged_is_taken_until_it_is_given_back() {
        let budget = Budget::new(2 << 20);
        assert!(budget.charge(1 << 20).is_ok() && budget.check(1 << 20).is_ok());
        assert_eq!(budget.check(2 << 20).unwrap_err().told(), "it would take more than 2 MiB of memory");
        assert!(budget.charge(2 << 20).is_err() && budget.charge(usize::MAX).is_err());
        assert_eq!(budget.used(), 1 << 20);
        budget.refund(3 << 20);
        assert_eq!(budget.used(), 0);
    }

    #[test]
    fn all_files_together_have_a_limit() {
        let (total, budget) = (Total { limit: 10, used: AtomicU64::new(0) }, Budget::new(8));
        budget.charge(6).unwrap();
        total.add(&budget);
        assert!(total.check().is_ok());
        total.add(&budget);
        assert!(total.check().is_err());
    }
}

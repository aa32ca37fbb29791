//! What ends a query in time and in memory.
//!
//! The evaluator looks at nothing but terms while it joins, sorts and removes, and asks nobody whether to go on. So the
//! terms themselves count: each that is made, copied, compared or hashed ticks the gauge of its thread, and past a limit
//! that unwinds the evaluation. Not reached is work without terms: products of patterns without variables, and text that
//! grows within one expression.

use std::cell::{Cell, RefCell};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// What a query may take on its thread.
#[derive(Debug)]
pub(in crate::query) struct Limits {
    pub(in crate::query) deadline: Option<Instant>,
    /// The most bytes that terms may take, with the text that they hold.
    pub(in crate::query) bytes: Option<usize>,
    /// Set when nobody waits for the answer any more.
    pub(in crate::query) abandoned: Arc<AtomicBool>,
    pub(in crate::query) patience: Patience,
}

/// How long an evaluation is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::query) enum Patience {
    /// Until the first look at the limits, some tenths of a millisecond.
    Brief,
    /// Until another limit ends it.
    ToTheEnd,
}

/// Why an evaluation was ended: what it unwinds with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::query) enum Ended {
    Time,
    Memory,
    Abandoned,
    Patience,
}

/// What is counted, apart from the limits: a thread's variable that needs no drop is the cheapest to reach.
struct Gauge {
    /// Bytes of the terms that live. Terms of an index may be made on one thread and dropped on another.
    bytes: Cell<isize>,
    /// How many ticks there are until the next look at the limits.
    ticks: Cell<u32>,
}

/// How many ticks there are between two looks at the limits.
const TICKS: u32 = 4096;

thread_local! {
    static GAUGE: Gauge = const { Gauge { bytes: Cell::new(0), ticks: Cell::new(TICKS) } };
    static LIMITS: RefCell<Option<Limits>> = const { RefCell::new(None) };
}

/// Sets the limits of this thread.
pub(in crate::query) fn limit(limits: Limits) {
    GAUGE.with(|gauge| {
        gauge.bytes.set(0);
        gauge.ticks.set(TICKS);
    });
    drop(LIMITS.replace(Some(limits)));
}

/// Takes the limits of this thread away.
pub(in crate::query) fn lift_limits() {
    drop(LIMITS.take());
}

/// Counts a step of work.
#[inline]
pub(super) fn tick() {
    GAUGE.with(|gauge| {
        let ticks = gauge.ticks.get();
        if ticks == 0 {
            look(gauge);
        } else {
            gauge.ticks.set(ticks - 1);
        }
    });
}

/// Counts bytes that are held from now on.
#[inline]
pub(super) fn hold(bytes: usize) {
    GAUGE.with(|gauge| gauge.bytes.set(gauge.bytes.get().wrapping_add_unsigned(bytes)));
}

/// Counts bytes that are held no more.
#[inline]
pub(super) fn release(bytes: usize) {
    GAUGE.with(|gauge| gauge.bytes.set(gauge.bytes.get().wrapping_sub_unsigned(bytes)));
}

#[cold]
fn look(gauge: &Gauge) {
    gauge.ticks.set(TICKS);
    let bytes = usize::try_from(gauge.bytes.get()).unwrap_or(0);
    let ended = LIMITS.with_borrow(|limits| {
        let limits = limits.as_ref()?;
        if limits.abandoned.load(Ordering::Relaxed) {
            Some(Ended::Abandoned)
        } else if limits.bytes.is_some_and(|most| bytes > most) {
            Some(Ended::Memory)
        } else if limits.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            Some(Ended::Time)
        } else if limits.patience == Patience::Brief {
            Some(Ended::Patience)
        } else {
            None
        }
    });
    if let Some(ended) = ended {
        // Once only: what is dropped while the evaluation unwinds must not unwind again.
        drop(LIMITS.take());
        resume_unwind(Box::new(ended));
    }
}

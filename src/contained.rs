//! Panics of libraries that are errors here: caught, and not told on stderr by whoever sets the hook of panics.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Whether a library works whose panics are errors.
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Tells whether a panic of this thread becomes an error, so that nobody need be told of it when it happens.
#[must_use]
pub(crate) fn is_contained() -> bool {
    CONTAINED.get()
}

/// Does work with a library, and returns its panic as an error. What it was making must be of no use afterwards.
pub(crate) fn contained<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    let before = CONTAINED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(before);
    done
}

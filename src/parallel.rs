//! Work split over the processors, its results in the order of the work.
//!
//! What comes out depends on the items alone: how many threads there are only tells how soon.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, Write};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// How many results may wait for those before them to be taken.
const WAITING: usize = 2;

/// Does something with each item, on as many threads as there are processors, and hands the results to `sink` one after
/// the other in the order of the items, as soon as they are there.
///
/// # Errors
///
/// The first error of `sink`, after which it is handed nothing more.
pub(crate) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    in_order_on(threads.min(items.len()), items, work, sink)
}

/// Writes what `text` makes of each item, one after the other in the order of the items.
///
/// Buffers are used again once they are written: for each new one the system would have to clear memory.
///
/// # Errors
///
/// The first error of `text` or of writing.
pub(crate) fn write<T: Sync>(
    items: &[T],
    text: impl Fn(&T, &mut Vec<u8>) -> io::Result<()> + Sync,
    out: &mut impl Write,
) -> io::Result<()> {
    let spare = Mutex::new(Vec::new());
    let spare = || spare.lock().unwrap_or_else(PoisonError::into_inner);
    let filled = |item: &T| {
        let mut buffer = spare().pop().unwrap_or_default();
        text(item, &mut buffer).map(|()| buffer)
    };
    in_order(items, filled, |buffer| {
        let mut buffer = buffer?;
        out.write_all(&buffer)?;
        buffer.clear();
        spare().push(buffer);
        Ok(())
    })
}

/// Does something with each item, on as many threads as there are processors, and returns the results in the order of
/// the items.
pub(crate) fn all<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let mut results = Vec::with_capacity(items.len());
    let Ok(()) = in_order(items, work, |result| {
        results.push(result);
        Ok::<_, Infallible>(())
    });
    results
}

fn in_order_on<T: Sync, R: Send, E>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if threads < 2 {
        return items.iter().try_for_each(|item| sink(work(item)));
    }
    let next = AtomicUsize::new(0);
    let (next, work) = (&next, &work);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(number) else { break };
                    // The receiver is gone when the sink has failed: there is nothing more to do.
                    if sender.send((number, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut wanted, mut early) = (0, BTreeMap::new());
        for (number, result) in receiver {
            early.insert(number, result);
            while let Some(result) = early.remove(&wanted) {
                sink(result)?;
                wanted += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_on_any_number_of_threads() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [0, 1, 2, 7, 2000] {
            let mut seen = Vec::new();
            let done = in_order_on(
                threads,
                &items,
                |item| item + 1,
                |result| {
                    seen.push(result);
                    Ok::<_, Infallible>(())
                },
            );
            assert!(done.is_ok() && seen.iter().copied().eq(1..=1000), "{threads} threads");
        }
    }

    #[test]
    fn nothing_is_handed_on_after_an_error() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [1, 2, 7] {
            let mut seen = 0;
            let done = in_order_on(
                threads,
                &items,
                |item| *item,
                |result| {
                    seen += 1;
                    if result == 41 { Err("full") } else { Ok(()) }
                },
            );
            assert_eq!((done, seen), (Err("full"), 42), "{threads} threads");
        }
    }
}

//! Work split over the processors, its results in the order of the work.
//!
//! What comes out depends on the items alone: how many threads there are only tells how soon.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, Write};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// How many results may wait for those before them to be taken, besides those that are being made.
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
    // Who has a ticket may begin with an item. A ticket comes free when a result is taken, so that one slow item does not
    // let the results of all after it pile up.
    let (free, tickets) = mpsc::channel();
    for _ in 0..threads + WAITING {
        let _ = free.send(());
    }
    let tickets = Mutex::new(tickets);
    let (next, tickets, work) = (&next, &tickets, &work);
    thread::scope(move |scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(move || {
                // There are no more tickets when the sink has failed, nor does anybody receive.
                while tickets.lock().unwrap_or_else(PoisonError::into_inner).recv().is_ok() {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(number) else { break };
                    // A panic is handed on too: its result would be waited for.
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if sender.send((number, result)).is_err() {
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
                sink(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
                wanted += 1;
                // The threads have ended if it cannot be sent.
                let _ = free.send(());
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
    fn a_slow_item_does_not_let_results_pile_up() {
        let items: Vec<u32> = (0..1000).collect();
        let (most, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let begun = |item: &u32| {
            most.fetch_max(*item as usize - taken.load(Ordering::SeqCst), Ordering::SeqCst);
            if *item == 3 {
                thread::sleep(std::time::Duration::from_millis(50));
            }
        };
        let done = in_order_on(2, &items, begun, |()| {
            taken.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Infallible>(())
        });
        assert!(done.is_ok() && most.into_inner() < 2 + WAITING);
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn a_panic_is_not_waited_for() {
        let items: Vec<u32> = (0..1000).collect();
        let Ok(()) = in_order_on(2, &items, |&item| assert!(item != 7, "the seventh"), |()| Ok::<_, Infallible>(()));
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

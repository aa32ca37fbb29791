//! Work split over the processors, its results in the order of the work.
//!
//! The results depend on the items alone. The number of threads only changes how long it takes.

use std::convert::Infallible;
use std::io::{self, Write};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
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
    let threads = threads(items.len());
    in_order_on(threads, threads + WAITING, items, work, sink)
}

/// Whether the process is one of several that share the processors.
static IS_ONE_OF_SEVERAL: AtomicBool = AtomicBool::new(false);

/// Leaves the other processors to other processes: whatever is done from now on is done on one thread.
pub(crate) fn leave_processors() {
    IS_ONE_OF_SEVERAL.store(true, Ordering::Relaxed);
}

/// Returns items in as many parts as there are threads for them, where putting results together is work for one.
pub(crate) fn shares<T>(items: &[T]) -> impl Iterator<Item = &[T]> {
    items.chunks(items.len().div_ceil(threads(items.len()).max(1)).max(1))
}

/// One thread for each processor, but no more than there are items.
fn threads(items: usize) -> usize {
    if IS_ONE_OF_SEVERAL.load(Ordering::Relaxed) {
        return items.min(1);
    }
    thread::available_parallelism().map_or(1, NonZero::get).min(items)
}

/// Writes what `text` makes of each item, one after the other in the order of the items.
///
/// Buffers are used again once they are written: for each new one the system would have to clear memory.
///
/// # Errors
///
/// The first error of `text` or of writing.
pub(crate) fn write_parts<T: Sync>(
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
    // All results are kept, so none has to wait to be begun until others are taken.
    let Ok(()) = in_order_on(threads(items.len()), items.len(), items, work, |result| {
        results.push(result);
        Ok::<_, Infallible>(())
    });
    results
}

fn in_order_on<T: Sync, R: Send, E>(
    threads: usize,
    ahead: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if threads < 2 {
        return items.iter().try_for_each(|item| sink(work(item)));
    }
    let results: Vec<Mutex<Option<thread::Result<R>>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let result = |number: usize| results[number].lock().unwrap_or_else(PoisonError::into_inner);
    // A panic is kept too: its result would be waited for.
    let make = |number: usize| {
        let done = catch_unwind(AssertUnwindSafe(|| work(&items[number])));
        *result(number) = Some(done);
    };
    let mut taken = Ok(());
    let mut take = |number: usize| {
        let done = result(number).take();
        if let Some(done) = done {
            taken = sink(done.unwrap_or_else(|panic| resume_unwind(panic)));
        }
        taken.is_ok()
    };
    run(threads, &Queue::new(items.len(), ahead), &make, &mut take);
    taken
}

/// Makes the results on several threads, and takes them on this one, in order, until `take` says that it is enough.
///
/// What is made and taken is unknown here, so that threads and waiting are compiled once for all that is done with them.
fn run(threads: usize, queue: &Queue, make: &(dyn Fn(usize) + Sync), take: &mut dyn FnMut(usize) -> bool) {
    thread::scope(|scope| {
        // This thread works too while there is no result to take: with one more, two would share a processor.
        for _ in 1..threads {
            let thread = thread::Builder::new().spawn_scoped(scope, move || {
                while let Some(number) = queue.begin() {
                    make(number);
                    queue.made(number);
                }
            });
            // Where there are no more threads, those that there are do all.
            if thread.is_err() {
                break;
            }
        }
        let _stop = Stop(queue);
        for wanted in 0..queue.length {
            while let Some(number) = queue.begin_until(wanted) {
                make(number);
                queue.made(number);
            }
            if !take(wanted) {
                break;
            }
            queue.taken();
        }
    });
}

/// Which item is next, and how far the sink is.
struct Queue {
    length: usize,
    /// How many items may be begun before the result of the first of them is taken, so that one slow item does not let the
    /// results of all after it pile up.
    ahead: usize,
    state: Mutex<State>,
    /// There may be an item to begin.
    may_begin: Condvar,
    /// There is one more result.
    is_made: Condvar,
}

#[derive(Default)]
struct State {
    begun: usize,
    /// Which results are there, by the numbers of their items.
    made: Vec<bool>,
    taken: usize,
    stopped: bool,
}

impl Queue {
    fn new(length: usize, ahead: usize) -> Self {
        let state = Mutex::new(State { made: vec![false; length], ..State::default() });
        Self { length, ahead, state, may_begin: Condvar::new(), is_made: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn must_wait(&self, state: &State) -> bool {
        !state.stopped && state.begun < self.length && state.begun >= state.taken + self.ahead
    }

    /// The number of the next item, as soon as it may be begun, unless there is none.
    fn begin(&self) -> Option<usize> {
        let wait = self.may_begin.wait_while(self.state(), |state| self.must_wait(state));
        self.next(&mut wait.unwrap_or_else(PoisonError::into_inner))
    }

    /// The number of an item that may be begun while a result is not there. Nothing, as soon as it is.
    fn begin_until(&self, wanted: usize) -> Option<usize> {
        let mut state = self.state();
        while !state.made[wanted] {
            // The result that is wanted is being made, if nothing may be begun.
            if !self.must_wait(&state)
                && let Some(number) = self.next(&mut state)
            {
                return Some(number);
            }
            state = self.is_made.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    fn next(&self, state: &mut State) -> Option<usize> {
        let number = state.begun;
        (!state.stopped && number < self.length).then(|| {
            state.begun += 1;
            number
        })
    }

    fn made(&self, number: usize) {
        self.state().made[number] = true;
        self.is_made.notify_one();
    }

    fn taken(&self) {
        self.state().taken += 1;
        self.may_begin.notify_one();
    }
}

/// Ends the threads that wait, also when a panic goes by.
struct Stop<'a>(&'a Queue);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.state().stopped = true;
        self.0.may_begin.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_the_order_of_the_items_on_any_number_of_threads() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [0, 1, 2, 7, 2000] {
            let mut seen = Vec::new();
            let done = in_order_on(
                threads,
                threads + WAITING,
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
        let done = in_order_on(2, 2 + WAITING, &items, begun, |()| {
            taken.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Infallible>(())
        });
        assert!(done.is_ok() && most.into_inner() < 2 + WAITING);
    }

    #[test]
    fn where_all_results_are_kept_a_slow_item_keeps_nobody_waiting() {
        let items: Vec<u32> = (0..10).collect();
        let others = AtomicUsize::new(0);
        let work = |item: &u32| {
            if *item > 0 {
                others.fetch_add(1, Ordering::SeqCst);
            }
            // The first ends last, or the test never does.
            while *item == 0 && others.load(Ordering::SeqCst) < 9 {
                thread::yield_now();
            }
        };
        assert!(in_order_on(2, items.len(), &items, work, |()| Ok::<_, Infallible>(())).is_ok());
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn a_panic_is_not_waited_for() {
        let items: Vec<u32> = (0..1000).collect();
        let Ok(()) = in_order_on(
            2,
            2 + WAITING,
            &items,
            |&item| assert!(item != 7, "the seventh"),
            |()| Ok::<_, Infallible>(()),
        );
    }

    #[test]
    fn nothing_is_handed_on_after_an_error() {
        let items: Vec<u32> = (0..1000).collect();
        for threads in [1, 2, 7] {
            let mut seen = 0;
            let done = in_order_on(
                threads,
                threads + WAITING,
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

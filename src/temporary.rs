//! What is temporary beside an output, or a copy of data that are watched, so that it can be taken away when the process is ended from outside.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fs, thread};

/// How old a file that nobody has locked must be to be taken for what a process left: who makes one locks it soon.
const STALE: Duration = Duration::from_mins(1);

/// What is temporary now, of this process.
static ALL: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn all() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that is temporary until this is dropped. Who makes it removes it; this only tells of it.
#[derive(Debug)]
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    pub(crate) fn new(path: &Path) -> Self {
        // The process may be in another folder when it is taken away.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        all().insert(path.clone());
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        all().remove(&self.0);
    }
}

/// Tells whether a file was left by a process that was killed, if whoever makes one keeps it locked: nobody has, and it is
/// older than a file that is made now.
pub(crate) fn is_left(path: &Path, now: &File) -> bool {
    let modified = |found: fs::Metadata| if found.is_file() { found.modified().ok() } else { None };
    let (then, now) = (fs::symlink_metadata(path).ok().and_then(modified), now.metadata().ok().and_then(modified));
    let age = then.zip(now).and_then(|(then, now)| now.duration_since(then).ok());
    // What cannot be opened is another's.
    age.is_some_and(|age| age >= STALE) && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// Does what must not be cut in two by [`discard`].
pub(crate) fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _all = all();
    work()
}

/// Takes away what this process has written beside its outputs and not put in its place yet: for a process that is about
/// to end, because someone wants it to. From now on whatever would be temporary waits, for ever.
pub(crate) fn discard() {
    // What is still being written to a folder may come between.
    const TRIES: usize = 100;
    let all = all();
    for path in &*all {
        for _ in 0..TRIES {
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            if removed.is_ok() || fs::symlink_metadata(path).is_err() {
                break;
            }
            thread::yield_now();
        }
    }
    std::mem::forget(all);
}

//! What is temporary beside an output, so that it can be taken away when the process is ended from outside.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{fs, thread};

/// What is temporary now, of this process.
static ALL: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn all() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that is temporary until this is dropped. Who makes it removes it; this only tells of it.
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

/// Does what must not be cut in two by [`discard`].
pub(crate) fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _all = all();
    work()
}

/// Takes away what this process has written beside its outputs and not put in its place yet: for a process that is about
/// to end, because someone wants it to. From now on whatever would be temporary waits, for ever.
pub fn discard() {
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

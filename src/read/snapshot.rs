//! A data set whose files may change while it is used: what tells that they did, and a copy of them that does not.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::question::question_files;
use super::source::{CONFIG, is_of_dataset};
use super::{Inputs, ReadError, Source};
use crate::temporary::{Temporary, is_left};

/// What the names of folders of copies begin with.
const PREFIX: &str = "rapporteur-";
/// The file in such a folder that is locked as long as it is used.
const LOCK: &str = ".rapporteur-lock";

/// A copy of the files that a data set was read from, which nobody else changes. It is taken away when this is dropped.
#[derive(Debug)]
pub(crate) struct Snapshot {
    source: Source,
    ontology: Vec<PathBuf>,
    inputs: Inputs,
    stamp: String,
    _folder: Folder,
}

/// The folder of a copy: it is taken away when this is dropped, when the process is ended, or, if that is killed, when
/// somebody makes the next.
#[derive(Debug)]
struct Folder {
    // Not locked any more when the folder goes: a file that is open cannot be removed everywhere.
    _lock: File,
    path: TempDir,
    _temporary: Temporary,
}

impl Folder {
    fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
        let temporary = Temporary::new(folder.path());
        let lock = File::create(folder.path().join(LOCK))?;
        // Where there are no locks, nothing is ever taken away of others.
        drop(lock.try_lock());
        if let Some(place) = folder.path().parent() {
            sweep(place, &lock);
        }
        Ok(Self { _lock: lock, path: folder, _temporary: temporary })
    }
}

/// Takes away the copies of processes that were killed. What cannot be looked at or removed is another's.
fn sweep(place: &Path, now: &File) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let is_copy = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_copy && is_folder && is_left(&entry.path().join(LOCK), now) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

impl Snapshot {
    /// Copies the files that a data set was read from, and those of the ontology that were read with it.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or there is no room for its copy.
    pub(crate) fn take(source: &Source, inputs: &Inputs, ontology: &[PathBuf]) -> Result<Self, ReadError> {
        let stamp = inputs.stamp();
        let made = Folder::new();
        let made = made.map_err(|error| ReadError::Io { path: std::env::temp_dir(), source: error })?;
        let folder = made.path.path();
        let data = folder.join("data");
        let place = |path: &Path| match source {
            Source::Folder(root) => path.strip_prefix(root).ok().map(|inside| data.join(inside)),
            Source::File(_) => path.file_name().map(|name| data.join(name)),
            // A part of a data set is read once.
            Source::Part(_) | Source::Embedded => None,
        };
        let mut copies = Inputs::default();
        for path in inputs.paths() {
            let Some(to) = place(path) else { continue };
            // A workbook may say itself what a dataset.toml would.
            if path.exists() || path.file_name().is_none_or(|name| name != CONFIG) {
                copy(path, &to)?;
            }
            copies.add(to);
        }
        let more = ontology.iter().enumerate().map(|(number, path)| {
            let to = folder.join(format!("ontology-{number}.ttl"));
            copy(path, &to).map(|()| to)
        });
        let ontology = more.collect::<Result<_, _>>()?;
        let source = match source {
            Source::Folder(_) => Source::Folder(data),
            Source::File(path) => Source::File(place(path).unwrap_or(data)),
            Source::Part(_) | Source::Embedded => source.clone(),
        };
        Ok(Self { source, ontology, inputs: copies, stamp, _folder: made })
    }

    /// Returns where the data set is read from in the copy.
    #[must_use]
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the copies of the files of the ontology, in their order.
    #[must_use]
    pub(crate) fn ontology(&self) -> &[PathBuf] {
        &self.ontology
    }

    /// Returns what told, when they were copied, whether the files that were read are still the same.
    #[must_use]
    pub(crate) fn stamp(&self) -> &str {
        &self.stamp
    }

    /// Returns the copies of the files of the data set.
    #[must_use]
    pub(crate) fn inputs(&self) -> &Inputs {
        &self.inputs
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), ReadError> {
    let copied = || -> io::Result<()> {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        fs::copy(from, to).map(drop)
    };
    copied().map_err(|source| ReadError::Io { path: from.to_owned(), source })
}

impl Source {
    /// Returns what tells whether files of a data set came, went or are others than they were: those that were read and
    /// those that would be read now. It is the same as long as they are. O(files).
    #[must_use]
    pub(crate) fn stamp(&self, read: &Inputs) -> String {
        let mut all = read.clone();
        match self {
            Self::Folder(folder) => {
                all.add(folder.join(CONFIG));
                // A folder that cannot be looked into is noticed when it is read.
                let entries = fs::read_dir(folder).into_iter().flatten().flatten();
                let tables = entries.map(|entry| entry.path()).filter(|path| is_of_dataset(path));
                tables.chain(question_files(self)).for_each(|path| all.add(path));
            }
            Self::File(path) => all.add(path.clone()),
            Self::Part(_) | Self::Embedded => {}
        }
        all.stamp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::tests::repository;

    #[test]
    fn a_snapshot_is_the_same_data_set() {
        let source = Source::Folder(repository("data/c24"));
        let open = |source: &Source| crate::open(source, Ontology::shipped().unwrap()).unwrap().0;
        let graph = open(&source);
        let snapshot = Snapshot::take(&source, graph.inputs(), &[]).unwrap();
        assert_eq!(open(snapshot.source()).statements().len(), graph.statements().len());
    }

    #[test]
    fn a_file_that_comes_goes_or_changes_changes_the_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write(CONFIG, "");
        write("a.csv", "id\n");
        let source = Source::Folder(folder.path().to_owned());
        let mut seen = vec![source.stamp(&Inputs::default())];
        let mut look = || {
            let stamp = source.stamp(&Inputs::default());
            let is_new = !seen.contains(&stamp);
            seen.push(stamp);
            is_new
        };
        assert!(!look());
        write("b.csv", "id\n");
        assert!(look());
        write("b.csv", "id\nx\n");
        assert!(look());
        write(CONFIG, "id = \"x\"");
        assert!(look());
        write("notes.md", "no table");
        assert!(!look());
        fs::create_dir(folder.path().join("questions")).unwrap();
        assert!(!look());
        write("questions/q.rq", "ASK {}");
        assert!(look());
        fs::rename(folder.path().join("b.csv"), folder.path().join("c.csv")).unwrap();
        assert!(look());
    }
}

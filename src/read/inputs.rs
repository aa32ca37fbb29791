//! The files that a data set is read from, over which nothing may be written.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::question::question_files;
use super::source::{CONFIG, File, Source};

/// The files that a data set is read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Inputs(Vec<PathBuf>);

impl Inputs {
    /// The files of a source that are read: what describes the data set, its tables, its own terms.
    pub(super) fn of<'a>(source: &Source, tables: impl Iterator<Item = &'a File>, ontology: &[String]) -> Self {
        let mut paths: Vec<_> = tables.filter_map(File::path).map(Path::to_owned).collect();
        if let Source::Folder(folder) = source {
            paths.extend(ontology.iter().map(String::as_str).chain([CONFIG]).map(|name| folder.join(name)));
            paths.extend(question_files(source));
        }
        Self(paths)
    }

    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.0
    }

    /// Adds another file.
    pub(crate) fn add(&mut self, path: PathBuf) {
        self.0.push(path);
    }

    /// Returns what tells whether the files are still those that were read: of each its path, its length and the time of
    /// its last change. O(inputs).
    #[must_use]
    pub(crate) fn stamp(&self) -> String {
        let mut paths: Vec<_> = self.0.iter().collect();
        paths.sort();
        paths.dedup();
        let of = |path: &&PathBuf| {
            let file = fs::metadata(path).ok();
            let changed = file.as_ref().and_then(|file| file.modified().ok());
            let since = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let (length, since) = (file.map(|file| file.len()), since.map(|since| since.as_nanos()));
            format!("{}\0{length:?}\0{since:?}\n", path.display())
        };
        paths.iter().map(of).collect()
    }

    /// Returns the input that would be lost if something were written to a path: one that the path leads to, by whatever
    /// name or link, or one that lies in a folder there. O(inputs).
    #[must_use]
    pub(crate) fn at(&self, path: &Path) -> Option<&Path> {
        let Ok(there) = fs::metadata(path) else { return None };
        let is_there = |input: &&PathBuf| {
            if there.is_dir() { is_within(input, path) } else { is_same(input, path) }
        };
        self.0.iter().find(is_there).map(PathBuf::as_path)
    }
}

fn is_within(file: &Path, folder: &Path) -> bool {
    matches!((file.canonicalize(), folder.canonicalize()), (Ok(file), Ok(folder)) if file.starts_with(&folder))
}

/// Tells whether two paths lead to one file, as the file system numbers files.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |path: &Path| fs::metadata(path).map(|file| (file.dev(), file.ino()));
    matches!((number(one), number(other)), (Ok(one), Ok(other)) if one == other)
}

/// Tells whether two paths lead to one file; links of two names to one file are not seen through.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn an_input_is_known_by_every_name() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let table = folder.path().join("a.csv");
        fs::write(&table, "id\n").unwrap();
        fs::write(folder.path().join("b.csv"), "id\n").unwrap();
        let inputs = Inputs(vec![table.clone()]);
        let (soft, hard) = (elsewhere.path().join("soft"), elsewhere.path().join("hard"));
        symlink(&table, &soft).unwrap();
        fs::hard_link(&table, &hard).unwrap();
        for path in [&table, &folder.path().join("../").join(&table), &soft, &hard] {
            assert_eq!(inputs.at(path), Some(table.as_path()), "{}", path.display());
        }
        // The folder that it lies in, however far down.
        assert_eq!(inputs.at(folder.path()), Some(table.as_path()));
        for other in [folder.path().join("b.csv"), folder.path().join("new.svg"), elsewhere.path().to_owned()] {
            assert_eq!(inputs.at(&other), None, "{}", other.display());
        }
    }
}

//! Data sets that the tests of several stages read.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::read::Source;

/// The path of something in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Opens a data set in a folder.
pub(crate) fn open(folder: &Path) -> (KnowledgeGraph, Vec<Finding>) {
    crate::open(&Source::Folder(folder.to_owned()), Ontology::shipped().unwrap()).unwrap()
}

/// Opens the shipped data set.
pub(crate) fn shipped() -> KnowledgeGraph {
    open(&repository("data/c24")).0
}

/// A folder with a data set made of these files, and a plain `dataset.toml` if they have none.
pub(crate) fn dataset(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\nlanguages = [\"en\"]\n[title]\nen = \"Test\"\n";
    std::fs::write(folder.path().join("dataset.toml"), config).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Copies the files of the shipped data set.
pub(crate) fn copy_shipped(folder: &Path) {
    for entry in std::fs::read_dir(repository("data/c24")).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
}

//! Folders with data sets, for the tests of the stages and those of the program.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The path of something in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder with a data set made of these files, and a plain `dataset.toml` if they have none.
pub(crate) fn dataset(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\nlanguages = [\"en\"]\n[title]\nen = \"Test\"\n";
    fs::write(folder.path().join("dataset.toml"), config).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Copies the files of the shipped data set.
pub(crate) fn copy_shipped(folder: &Path) {
    for entry in fs::read_dir(repository("data/c24")).unwrap() {
        let file = entry.unwrap().path();
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
}

/// A copy of the shipped data set with questions of its own.
pub(crate) fn with_questions(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_shipped(folder.path());
    fs::create_dir(folder.path().join("questions")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("questions").join(name), text).unwrap();
    }
    folder
}

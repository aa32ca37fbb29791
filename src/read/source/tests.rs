use super::*;

fn names(folder: &Path) -> Vec<String> {
    Source::Folder(folder.to_owned()).files(&|_| true).unwrap().0.into_iter().map(|file| file.name).collect()
}

#[test]
fn the_embedded_tables_are_those_of_the_folder() {
    let embedded: Vec<_> = Source::Embedded.files(&|_| true).unwrap().0.into_iter().map(|file| file.name).collect();
    assert_eq!(embedded, names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/c24")));
    assert_eq!(embedded.len(), EMBEDDED_TABLES.len());
}

#[test]
fn tables_are_sorted_and_other_files_named() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.csv", "a.TSV", ".hidden.csv", "~$b.xlsx", ".~lock.b.ods#", "notes.md", "dataset.toml"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    fs::create_dir(folder.path().join("old.csv")).unwrap();
    assert_eq!(names(folder.path()), ["a.TSV", "b.csv"]);
    assert_eq!(Source::Folder(folder.path().to_owned()).files(&|_| true).unwrap().1, ["notes.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("secret.csv"), "id\n").unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("secret.csv"), folder.path().join("a.csv")).unwrap();
    let error = Source::Folder(folder.path().to_owned()).files(&|_| true).unwrap_err();
    assert!(matches!(error, ReadError::Outside { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_not_utf_8_is_a_failure() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xE9.csv")), "").unwrap();
    let error = Source::Folder(folder.path().to_owned()).files(&|_| true).unwrap_err();
    assert!(matches!(error, ReadError::FileName { .. }), "{error}");
}

#[test]
fn a_folder_without_config_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let source = Source::Folder(folder.path().to_owned());
    assert!(matches!(source.config(), Err(ReadError::NoConfig { .. })));
    assert!(matches!(Source::Folder(folder.path().join("x")).config(), Err(ReadError::NoFolder { .. })));
}

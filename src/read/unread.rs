//! What lies in the folder of a data set and is not read: files that are no tables, and other folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::source::{CONFIG, QUESTIONS, is_hidden, is_json, is_table};
use super::toml_string;
use crate::finding::{Code, Finding, Location};

/// What a build and a split export write into their folders: nobody misses their files among the tables.
const WRITTEN: &str = "manifest.json";

/// Returns what is to be said of files of these names, and of the folders in the folder.
pub(super) fn unread<'a>(names: impl Iterator<Item = &'a String>, folder: Option<&Path>) -> Vec<Finding> {
    let mut found: Vec<_> = names.map(|name| file(name)).collect();
    let Some(folder) = folder else { return found };
    let mut folders: Vec<_> =
        entries(folder).filter(|path| path.is_dir()).filter_map(|path| Some((name(&path)?, path))).collect();
    folders.sort_unstable();
    for (name, path) in folders {
        if name == QUESTIONS {
            found.extend(no_questions(&path));
        } else {
            found.extend(other_folder(&name, &path));
        }
    }
    found
}

fn file(name: &str) -> Finding {
    let (reason, help) = if is_json(name) {
        let key = toml_string(name);
        (
            "no mapping names it".to_owned(),
            format!("to read a list of objects in it, map it in dataset.toml: [table.{key}]"),
        )
    } else {
        (
            "its name does not end as that of a table does".to_owned(),
            "tables are .csv, .tsv, .jsonl, .ndjson, .xlsx and .ods, .json where it is mapped, and RDF .ttl, .trig, .nt, .nq, .rdf and .jsonld; other files may stay where they are".to_owned(),
        )
    };
    Finding::new(Code::UnreadFile, Location::file(name), format!("the file `{name}` is not read: {reason}")).help(help)
}

/// What is said of a folder, unless it is empty or written by a build.
fn other_folder(name: &str, path: &Path) -> Option<Finding> {
    // A link may lead out of the data set, and what is there is nobody's business.
    let is_link = path.is_symlink();
    let mut inside: Vec<_> = entries(path).filter(|_| !is_link).filter_map(|path| self::name(&path)).collect();
    inside.sort_unstable();
    if inside.iter().any(|name| name == WRITTEN) || (inside.is_empty() && !is_link) {
        return None;
    }
    let count = match inside.len() {
        0 => "a link".to_owned(),
        1 => "1 file or folder in it".to_owned(),
        count => format!("{count} files and folders in it"),
    };
    let table = inside.iter().find(|name| is_table(name));
    let table = table.map(|table| format!(", among them the table `{table}`")).unwrap_or_default();
    let message = format!("the folder `{name}` is not read ({count}{table})");
    let help = if inside.iter().any(|name| name == CONFIG) {
        "it is a data set of its own"
    } else {
        "tables lie beside dataset.toml; other folders may stay where they are"
    };
    Some(Finding::new(Code::UnreadFile, Location::file(format!("{name}/")), message).help(help))
}

/// What is said of that in the folder of questions which is none.
fn no_questions(folder: &Path) -> Vec<Finding> {
    let mut names: Vec<_> = entries(folder)
        .filter(|path| path.is_dir() || path.extension().is_none_or(|extension| extension != "rq"))
        .filter_map(|path| name(&path))
        .collect();
    names.sort_unstable();
    let finding = |name: String| {
        let message = format!("`{QUESTIONS}/{name}` is not read: a question is a file whose name ends in .rq");
        Finding::new(Code::UnreadFile, Location::file(format!("{QUESTIONS}/{name}")), message)
    };
    names.into_iter().map(finding).collect()
}

/// What is in a folder, in no order, without what is hidden. A folder that cannot be looked into has nothing.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| name(path).is_some_and(|name| !is_hidden(&name)))
}

fn name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_with_what_is_in_them() {
        let folder = crate::tests::dataset(&[]);
        for (name, text) in [
            ("more/b.csv", ""),
            ("more/a.txt", ""),
            ("pictures/1.png", ""),
            ("old/dataset.toml", ""),
            ("out/manifest.json", "{}"),
            ("out/nodes.csv", ""),
            (".git/a.csv", ""),
            ("empty/.hidden", ""),
            ("questions/q.rq", "ASK {}"),
            ("questions/q.sparql", ""),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let (_, found) = crate::tests::open(folder.path());
        let found: Vec<_> =
            found.iter().map(|it| format!("{}: {}: {}", it.code.name(), it.location, it.message)).collect();
        assert_eq!(
            found,
            [
                "unread-file: more/: the folder `more` is not read (2 files and folders in it, among them the table `b.csv`)",
                "unread-file: old/: the folder `old` is not read (1 file or folder in it)",
                "unread-file: pictures/: the folder `pictures` is not read (1 file or folder in it)",
                "unread-file: questions/q.sparql: `questions/q.sparql` is not read: a question is a file whose name ends in .rq",
            ]
        );
    }
}

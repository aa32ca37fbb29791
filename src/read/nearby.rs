//! Where a data set is looked for when nobody names one.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use memchr::memmem;

use super::Source;
use super::source::{CONFIG, FileKind, is_of_dataset, is_table};
use crate::ontology::RAP;

/// Why no data set can be chosen.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NearbyError {
    /// There are several, and none of them is meant more than the others.
    #[error("there are {} data sets under {}/", found.len(), folder.display())]
    Several {
        /// The folder that holds them.
        folder: PathBuf,
        /// Their folders, sorted.
        found: Vec<PathBuf>,
    },
    /// The folder holds tables, but nothing that says what they are.
    #[error("{} holds tables, such as {table}, but no dataset.toml", shown(folder))]
    NoConfig {
        /// The folder.
        folder: PathBuf,
        /// The name of one of them.
        table: String,
    },
    /// The folder cannot be looked into.
    #[error("cannot read the folder {}", folder.display())]
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Source {
    /// Returns the data set in a folder, else the only one in the folders under its `data/`, else the one that is part
    /// of the program. Whoever is in a folder of tables does not mean that one.
    ///
    /// # Errors
    ///
    /// If there are several under `data/`, it cannot be read, or there are tables and no data set.
    pub(crate) fn nearby(folder: &Path) -> Result<Self, NearbyError> {
        if is_data_set(folder) {
            return Ok(Self::Folder(folder.join(".")));
        }
        let (here, folder) = (folder, folder.join("data"));
        let found = data_sets(&folder).map_err(|source| NearbyError::Unreadable { folder: folder.clone(), source })?;
        match found.as_slice() {
            [] => match table_in(here) {
                Some(table) => Err(NearbyError::NoConfig { folder: here.to_owned(), table }),
                None => Ok(Self::Embedded),
            },
            [only] => Ok(Self::Folder(only.clone())),
            _ => Err(NearbyError::Several { folder, found }),
        }
    }
}

/// The data sets in the folders of a folder, sorted; none where there is no such folder.
fn data_sets(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if is_data_set(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The first table in a folder, by name, if there is one and the folder can be looked into.
fn table_in(folder: &Path) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| (is_table(name) || is_foreign_rdf(&folder.join(name))) && folder.join(name).is_file()).min()
}

/// Tells whether a file is RDF in other words than ours. RDF that an export wrote lies wherever somebody has asked for it, and
/// is no reason to look for a data set there.
fn is_foreign_rdf(path: &Path) -> bool {
    const BEGINNING: u64 = 1 << 16;
    let mut begins = Vec::new();
    let mut read = || File::open(path)?.take(BEGINNING).read_to_end(&mut begins);
    let is_rdf = matches!(FileKind::of(path), Some(FileKind::Rdf(_))) && is_of_dataset(path);
    // RDF has addresses in whatever syntax; what has none is something else.
    let is_read = is_rdf && path.is_file() && read().is_ok();
    is_read && memmem::find(&begins, b"http").is_some() && memmem::find(&begins, RAP.as_bytes()).is_none()
}

/// A folder by its name; the current one has none.
fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() { "this folder".to_owned() } else { format!("the folder {}", folder.display()) }
}

fn is_data_set(folder: &Path) -> bool {
    folder.join(CONFIG).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_itself_goes_before_the_only_one_under_data_and_several_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let made = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(&path).unwrap();
            std::fs::write(path.join("dataset.toml"), "").unwrap();
            path
        };
        let found = || Source::nearby(folder.path());
        assert!(matches!(found().unwrap(), Source::Embedded));
        std::fs::write(folder.path().join("ours.ttl"), format!("@prefix rap: <{RAP}> .")).unwrap();
        assert!(matches!(found().unwrap(), Source::Embedded));
        let foreign = folder.path().join("orgs.ttl");
        std::fs::write(&foreign, "<https://example.org/a> a <https://example.org/B> .").unwrap();
        assert!(matches!(found().unwrap_err(), NearbyError::NoConfig { table, .. } if table == "orgs.ttl"));
        std::fs::remove_file(foreign).unwrap();
        std::fs::write(folder.path().join("members.xlsx"), "").unwrap();
        assert!(matches!(found().unwrap_err(), NearbyError::NoConfig { table, .. } if table == "members.xlsx"));
        let one = made("data/one");
        assert!(matches!(found().unwrap(), Source::Folder(path) if path == one));
        let another = made("data/another");
        let NearbyError::Several { found: several, .. } = found().unwrap_err() else { panic!() };
        assert_eq!(several, [another, one]);
        made("");
        assert!(matches!(found().unwrap(), Source::Folder(path) if path == folder.path().join(".")));
    }
}

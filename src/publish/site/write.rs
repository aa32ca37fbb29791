//! A site in a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use maud::{DOCTYPE, html};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::picture::picture_file;
use super::place::folder;
use super::text::Text;
use super::words::Words;
use super::{Address, Site};
use crate::export::{ExportError, Format};
use crate::model::{EntityId, Language, hexadecimal};
use crate::ontology::preferred;
use crate::parallel;

/// What a site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The number of pages, in all languages.
    pub pages: usize,
    /// The number of files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// A SHA-256 of the names and the contents of all.
    pub sha256: String,
}

/// The file that tells what a site is of, and which files it has: they are gone when the next build does not write them.
const MARK: &str = "site.json";

/// What is written.
enum Item {
    Page(Address, Language),
    Picture(usize, Language),
    Data(EntityId, Format),
}

impl Site<'_> {
    /// Returns how many pages there are, in all languages.
    #[must_use]
    pub(crate) fn n_pages(&self) -> usize {
        self.languages.iter().map(|&language| self.addresses(language).len()).sum()
    }

    fn items(&self) -> Vec<Item> {
        let pages = self.languages.iter().flat_map(|&language| {
            self.addresses(language).into_iter().map(move |address| Item::Page(address, language))
        });
        let data = self
            .graph
            .entity_ids()
            .flat_map(|entity| [Format::Turtle, Format::JsonLd].map(|format| Item::Data(entity, format)));
        let pictures = self
            .languages
            .iter()
            .flat_map(|&language| (0..self.pictures().len()).map(move |number| Item::Picture(number, language)));
        pages.chain(pictures).chain(data).collect()
    }

    fn make(&self, item: &Item) -> Result<(String, Vec<u8>), ExportError> {
        match *item {
            Item::Page(address, language) => {
                let path = format!("{}/{}", folder(language), self.path(address));
                Ok((path, self.page(address, language).into_bytes()))
            }
            Item::Picture(number, language) => {
                let file = self.pictures().get(number).map(picture_file).unwrap_or_default();
                let svg = self.picture_svg(&file, language).unwrap_or_default();
                Ok((format!("{}/{file}", folder(language)), svg.into_bytes()))
            }
            Item::Data(entity, format) => Ok((self.data_path(entity, format), self.data(entity, format)?)),
        }
    }

    /// The page that leads to the languages.
    fn entrance(&self) -> String {
        let config = self.graph.config();
        let title = |language| preferred(&config.title, &self.graph.languages(Some(language))).unwrap_or(&config.id);
        let first = self.languages.first().copied();
        let page = html! {
            (DOCTYPE)
            html lang=[first.map(|language| language.to_string())] dir=[first.map(|language| language.direction().as_str())] {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";
                    title { (Text(first.map_or("", title))) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    link rel="stylesheet" href="style.css";
                    @for &language in &self.languages {
                        link rel="alternate" hreflang=(language.as_str()) href={(folder(language)) "/index.html"};
                    }
                }
                body.entrance { main {
                    h1 { (Text(first.map_or("", title))) }
                    ul { @for &language in &self.languages {
                        li lang=(language.as_str()) dir=(language.direction().as_str()) {
                            a href={(folder(language)) "/index.html"} hreflang=(language.as_str()) {
                                (Words::of(language).own_name(language))
                            }
                            " " (Text(title(language)))
                        }
                    } }
                } }
            }
        };
        page.into_string()
    }
}

/// Writes a site into a folder that is not there yet. After each file, `progress` is told how many of how many are
/// written.
///
/// # Errors
///
/// If something cannot be written.
pub(in crate::publish) fn write(
    site: &Site<'_>,
    path: &Path,
    progress: &dyn Fn(usize, usize),
) -> Result<Written, ExportError> {
    let items = site.items();
    let pages = items.iter().filter(|item| matches!(item, Item::Page(..))).count() + 1;
    fs::create_dir(path).map_err(|source| ExportError::File { path: path.display().to_string(), source })?;
    let mut folder = Folder { root: path, made: BTreeSet::new(), files: Vec::new(), bytes: 0 };
    folder.write("index.html", site.entrance().as_bytes())?;
    for asset in site.assets() {
        folder.write(asset.name, asset.text.as_bytes())?;
    }
    let mut written = 0;
    parallel::in_order(
        &items,
        |item| site.make(item),
        |made| {
            let (path, bytes) = made?;
            folder.write(&path, &bytes)?;
            written += 1;
            progress(written, items.len());
            Ok::<_, ExportError>(())
        },
    )?;
    let languages: Vec<String> = site.languages.iter().map(Language::to_string).collect();
    let mut names: Vec<&str> = folder.files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let mark = json!({"site": site.graph.config().id, "languages": languages, "pages": pages, "files": names});
    folder.write(MARK, format!("{mark:#}\n").as_bytes())?;
    let Folder { files, bytes, .. } = folder;
    Ok(Written { pages, files: files.len(), bytes, sha256: checksum(files) })
}

/// Returns the paths of the files that a build wrote into a site, if there is one.
pub(in crate::publish) fn files(path: &Path) -> Option<Vec<String>> {
    let mark: Value = serde_json::from_slice(&fs::read(path.join(MARK)).ok()?).ok()?;
    let files = mark.get("files")?.as_array()?;
    Some(files.iter().filter_map(Value::as_str).chain([MARK]).map(str::to_owned).collect())
}

/// A folder that is being filled.
struct Folder<'p> {
    root: &'p Path,
    made: BTreeSet<String>,
    /// The paths and the checksums of the files.
    files: Vec<(String, String)>,
    bytes: u64,
}

impl Folder<'_> {
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let failed = |source: io::Error| ExportError::File { path: self.root.join(path).display().to_string(), source };
        if let Some((folder, _)) = path.rsplit_once('/')
            && !self.made.contains(folder)
        {
            fs::create_dir_all(self.root.join(folder)).map_err(failed)?;
            self.made.insert(folder.to_owned());
        }
        fs::write(self.root.join(path), bytes).map_err(failed)?;
        self.files.push((path.to_owned(), hexadecimal(&Sha256::digest(bytes))));
        self.bytes += bytes.len() as u64;
        Ok(())
    }
}

/// A checksum of names and checksums.
fn checksum(mut files: Vec<(String, String)>) -> String {
    files.sort();
    let mut digest = Sha256::new();
    for (path, sha256) in files {
        digest.update(format!("{sha256}  {path}\n").as_bytes());
    }
    hexadecimal(&digest.finalize())
}

//! Where a data set comes from: a folder, or the program itself.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use oxrdfio::{JsonLdProfileSet, RdfFormat};

use super::part::{Mark, Part, Stretch, heads};
use super::spreadsheet::Format;
use super::text::TextFile;
use super::{ReadError, alone};

/// Where a data set is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A folder with a `dataset.toml`.
    Folder(PathBuf),
    /// A file that is a data set alone: a workbook as the export writes it, or RDF.
    File(PathBuf),
    /// Some rows of the tables of a large data set.
    Part(Part),
    /// The data set that is part of the program: `data/c24`.
    Embedded,
}

/// The folder of the questions of a data set.
pub(super) const QUESTIONS: &str = "questions";

/// The name of the file that describes the data set.
pub(crate) const CONFIG: &str = "dataset.toml";

/// A file must be smaller than this, because places in it are numbers of 32 bits.
const LIMIT: u64 = u32::MAX as u64;

/// `dataset.toml` must be smaller than this.
const CONFIG_LIMIT: u64 = 16 << 20;

/// A file of terms must be smaller than this.
const TERMS_LIMIT: u64 = 64 << 20;

/// What is read of a file, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Text with this byte between its cells.
    Delimited(u8),
    /// JSON Lines.
    JsonLines,
    /// JSON, of which only what a mapping names is a table.
    Json,
    /// A spreadsheet.
    Spreadsheet(Format),
    /// RDF.
    Rdf(RdfFormat),
}

impl FileKind {
    /// Returns the kind of a table's file; nothing if the file is no table.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Delimited(b',')),
            "tsv" => Some(Self::Delimited(b'\t')),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Spreadsheet(Format::Xlsx)),
            "ods" => Some(Self::Spreadsheet(Format::Ods)),
            "ttl" => Some(Self::Rdf(RdfFormat::Turtle)),
            "trig" => Some(Self::Rdf(RdfFormat::TriG)),
            "nt" => Some(Self::Rdf(RdfFormat::NTriples)),
            "nq" => Some(Self::Rdf(RdfFormat::NQuads)),
            "rdf" => Some(Self::Rdf(RdfFormat::RdfXml)),
            "jsonld" => Some(Self::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() })),
            _ => None,
        }
    }
}

/// A file of the data set that is not read yet.
#[derive(Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) kind: FileKind,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Path(PathBuf),
    /// The header of a table, where in the file its lines stand if they are not the first, and some of its rows.
    Rows(String, Arc<[Mark]>, Arc<Stretch>),
    Embedded(&'static [u8]),
}

impl File {
    /// Where the file is, unless it is part of the program.
    pub(super) fn path(&self) -> Option<&Path> {
        match &self.content {
            Content::Path(path) => Some(path),
            Content::Rows(..) | Content::Embedded(_) => None,
        }
    }

    /// Returns its text with what is known of its rows.
    pub(super) fn marked(&self, text: TextFile) -> TextFile {
        match &self.content {
            Content::Rows(header, heads, rows) => text.with_marks(heads, &rows.marks, header.len()),
            Content::Path(_) | Content::Embedded(_) => text,
        }
    }

    /// The size in bytes; 0 if it cannot be told, which reading the file then reports.
    pub(super) fn size(&self) -> u64 {
        match &self.content {
            Content::Path(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Content::Rows(header, _, rows) => (header.len() + rows.text.len()) as u64,
            Content::Embedded(bytes) => bytes.len() as u64,
        }
    }

    /// How many bytes of a file of CSV would take as much memory: JSON-LD is taken apart as a whole before a triple comes of
    /// it, as measured in about twenty times its size.
    pub(super) fn weight(&self) -> u64 {
        let is_json_ld = matches!(self.kind, FileKind::Rdf(RdfFormat::JsonLd { .. }));
        self.size().saturating_mul(if is_json_ld { 5 } else { 1 })
    }

    /// Tells whether the file may have several sheets.
    pub(super) fn is_workbook(&self) -> bool {
        matches!(self.kind, FileKind::Spreadsheet(_))
    }

    /// Tells whether the file is RDF.
    pub(super) fn is_rdf(&self) -> bool {
        matches!(self.kind, FileKind::Rdf(_))
    }

    /// Reads the file.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, ReadError> {
        match &self.content {
            Content::Path(path) => read(path),
            Content::Rows(header, _, rows) => Ok([header.as_bytes(), rows.text.as_bytes()].concat()),
            Content::Embedded(bytes) => Ok(bytes.to_vec()),
        }
    }
}

impl Source {
    /// Reads `dataset.toml`.
    pub(super) fn config(&self) -> Result<Vec<u8>, ReadError> {
        let folder = match self {
            Self::Folder(folder) | Self::Part(Part { folder, .. }) => folder,
            Self::File(path) => return config_of_file(path)?.ok_or(ReadError::NotAlone { path: path.clone() }),
            Self::Embedded => return Ok(EMBEDDED_CONFIG.to_vec()),
        };
        if !folder.is_dir() {
            return Err(ReadError::NoFolder { path: folder.clone() });
        }
        let path = folder.join(CONFIG);
        if !path.exists() {
            return self.config_of_workbook()?.ok_or(ReadError::NoConfig { path: folder.clone() });
        }
        confine(folder, &path)?;
        read_small(&path, CONFIG_LIMIT)
    }

    /// Reads what the only workbook of a folder says of the data set, if it does.
    fn config_of_workbook(&self) -> Result<Option<Vec<u8>>, ReadError> {
        let (files, _) = self.files(&|_| false)?;
        let mut workbooks = files.iter().filter(|file| file.is_workbook());
        match (workbooks.next(), workbooks.next()) {
            (Some(File { content: Content::Path(path), .. }), None) => config_of_file(path),
            _ => Ok(None),
        }
    }

    /// Reads another file of the data set by its name.
    pub(super) fn file(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let Some(folder) = self.folder() else {
            let source = io::Error::new(io::ErrorKind::NotFound, "the program has no such file");
            return Err(ReadError::Io { path: PathBuf::from(name), source });
        };
        let path = folder.join(name);
        confine(folder, &path)?;
        read_small(&path, TERMS_LIMIT)
    }

    /// Returns the folder, if the data set is one.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) | Self::Part(Part { folder, .. }) => Some(folder),
            Self::File(_) | Self::Embedded => None,
        }
    }

    /// Returns the files of tables, and the names of other files, both sorted by name. Hidden files and locks of office
    /// programs are neither, and folders neither. JSON is a table where a mapping names it: most is something else, and is not
    /// looked at, wherever it leads.
    pub(super) fn files(&self, is_mapped: &dyn Fn(&str) -> bool) -> Result<(Vec<File>, Vec<String>), ReadError> {
        if let Self::File(path) = self {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            return Ok((table(folder, path.clone())?.into_iter().collect(), Vec::new()));
        }
        if let Self::Part(part) = self {
            return part_files(part, is_mapped);
        }
        let Self::Folder(folder) = self else {
            let file = |&(name, bytes): &(&str, &'static [u8])| {
                let kind = FileKind::of(Path::new(name))?;
                Some(File { name: name.to_owned(), kind, content: Content::Embedded(bytes) })
            };
            return Ok((EMBEDDED_TABLES.iter().filter_map(file).collect(), Vec::new()));
        };
        let (mut files, mut others) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder).map_err(|source| ReadError::Io { path: folder.clone(), source })? {
            let path = entry.map_err(|source| ReadError::Io { path: folder.clone(), source })?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_other = is_json(&name) && !is_mapped(&name);
            match if is_other { None } else { table(folder, path.clone())? } {
                Some(file) => files.push(file),
                None if !is_hidden(&name) && name != CONFIG && path.is_file() => others.push(name),
                None => {}
            }
        }
        files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        others.sort_unstable();
        Ok((files, others))
    }
}

/// Tells whether a file is JSON, by its name.
pub(super) fn is_json(name: &str) -> bool {
    FileKind::of(Path::new(name)) == Some(FileKind::Json)
}

/// Tells whether a file is hidden, or a lock of an office program, by its name.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '~'])
}

/// Tells whether a file would be read as a table, by its name. JSON is only where a mapping says so.
pub(super) fn is_of_dataset(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    FileKind::of(path).is_some_and(|kind| kind != FileKind::Json) && !is_hidden(name)
}

/// The files of a part: first the rows that only name something, so that what they declare is declared first, then the others.
fn part_files(part: &Part, is_mapped: &dyn Fn(&str) -> bool) -> Result<(Vec<File>, Vec<String>), ReadError> {
    let (files, others) = Source::Folder(part.folder.clone()).files(is_mapped)?;
    let (mut named, mut read) = (Vec::new(), Vec::new());
    for file in files {
        let Some(rows) = part.tables.get(&file.name) else {
            read.push(file);
            continue;
        };
        let header = String::from_utf8_lossy(&file.bytes()?).trim_start_matches('\u{FEFF}').to_owned();
        let header = if header.ends_with(['\n', '\r']) { header } else { header + "\n" };
        let heads = heads(&header, &part.folder, &file.name);
        let with = |rows: &Arc<Stretch>| {
            let content = Content::Rows(header.clone(), Arc::clone(&heads), Arc::clone(rows));
            File { name: file.name.clone(), kind: file.kind, content }
        };
        named.extend((!rows.named.marks.is_empty()).then(|| with(&rows.named)));
        read.push(with(&rows.read));
    }
    named.append(&mut read);
    Ok((named, others))
}

/// Tells whether a file is a table, by its name. RDF is mostly something that a program has made, and JSON may be anything.
pub(super) fn is_table(name: &str) -> bool {
    let kind = FileKind::of(Path::new(name)).filter(|kind| !matches!(kind, FileKind::Rdf(_) | FileKind::Json));
    !is_hidden(name) && kind.is_some()
}

/// What a file says of the data set that it is, if it says it.
fn config_of_file(path: &Path) -> Result<Option<Vec<u8>>, ReadError> {
    let config = match FileKind::of(path) {
        Some(FileKind::Spreadsheet(format)) => alone::of_workbook(&read(path)?, format),
        Some(FileKind::Rdf(_)) => Some(alone::of_rdf(&path.file_stem().unwrap_or_default().to_string_lossy())),
        Some(FileKind::Delimited(_) | FileKind::JsonLines | FileKind::Json) | None => None,
    };
    Ok(config.map(String::into_bytes))
}

/// Returns the file if it is one of a table.
fn table(folder: &Path, path: PathBuf) -> Result<Option<File>, ReadError> {
    let Some(kind) = FileKind::of(&path) else { return Ok(None) };
    let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else {
        return Err(ReadError::FileName { path });
    };
    if is_hidden(&name) || path.is_dir() {
        return Ok(None);
    }
    confine(folder, &path)?;
    Ok(Some(File { name, kind, content: Content::Path(path) }))
}

/// Refuses a link that leads out of the folder, so that a data set from elsewhere cannot publish other files.
fn confine(folder: &Path, path: &Path) -> Result<(), ReadError> {
    let real = |path: &Path| path.canonicalize().map_err(|source| ReadError::Io { path: path.to_owned(), source });
    if real(path)?.starts_with(real(folder)?) { Ok(()) } else { Err(ReadError::Outside { path: path.to_owned() }) }
}

/// Reads a regular file of less than 4 GiB.
fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_to(path, LIMIT)?.ok_or_else(|| ReadError::TooLarge { path: path.to_owned() })
}

/// Reads a regular file that is no table and so has no reason to be large.
fn read_small(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_to(path, limit)?.ok_or_else(|| ReadError::TooLong { path: path.to_owned(), mebibytes: limit >> 20 })
}

/// Reads a regular file; nothing if it is as long as the limit, whatever the system says of its length.
fn read_to(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
    let failed = |source| ReadError::Io { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
    }
    if metadata.len() >= limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    fs::File::open(path).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes.len() as u64 != limit).then_some(bytes))
}

macro_rules! embedded {
    ($($name:literal)*) => {
        /// The tables of `data/c24`, sorted by name; a test holds the list equal to the folder.
        const EMBEDDED_TABLES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../data/c24/", $name)))),*];
    };
}

const EMBEDDED_CONFIG: &[u8] = include_bytes!("../../data/c24/dataset.toml");

embedded! {
    "documents.csv"
    "events.csv"
    "initiatives.csv"
    "organizations.csv"
    "paragraphs.csv"
    "people.csv"
    "places.csv"
    "statements.csv"
    "topics.csv"
}

#[cfg(test)]
mod tests;

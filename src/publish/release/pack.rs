//! The files of a release: packed, cut into parts where they are large, each noted with its size and checksum.

use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::ReleaseError;
use crate::export::{self, Cut, Format, Lines, Options, Part, Piece, Shape};
use crate::graph::KnowledgeGraph;
use crate::publish::manifest::{Contents, checksum};
use crate::rdf::Profile;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// [gzip](https://www.rfc-editor.org/rfc/rfc1952)
    Gzip,
    /// A ZIP archive of the files of a folder.
    Zip,
}

impl Packing {
    /// The media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Gzip => "application/gzip",
            Self::Zip => "application/zip",
        }
    }
}

/// What a file is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// The graph in a format, or a part of it.
    Data {
        format: Format,
        /// How statements carry their sources; nothing where the format is not RDF.
        profile: Option<Profile>,
        packing: Option<Packing>,
        contents: Contents,
        /// Which part it is, of how many; nothing if it is whole.
        part: Option<(usize, usize)>,
        /// What is in a file of lines.
        lines: Option<Part>,
        /// The tables in an archive of CSV.
        tables: Vec<Table>,
    },
    /// The ontology in a format, or about it.
    Ontology { media_type: &'static str },
    /// About the data set.
    Record { media_type: &'static str },
}

/// A table in an archive.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The name of its file.
    pub(super) file: String,
    /// The headers of its columns.
    pub(super) columns: Vec<String>,
}

/// A file of a release.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    /// Its path below the folder of the release, with slashes.
    pub(super) name: String,
    /// What it is called.
    pub(super) title: String,
    pub(super) kind: Kind,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Packed {
    /// What is in it, in a sentence.
    pub(super) fn description(&self) -> String {
        match self.kind {
            Kind::Data { format, .. } => format!("The graph as {}, for {}", self.title, format.readers()),
            Kind::Ontology { .. } | Kind::Record { .. } => self.title.clone(),
        }
    }

    /// The media type of what is in it.
    pub(super) fn media_type(&self) -> &'static str {
        match self.kind {
            Kind::Data { format, .. } => format.media_type(),
            Kind::Ontology { media_type } | Kind::Record { media_type } => media_type,
        }
    }

    /// How it is packed.
    pub(super) fn packing(&self) -> Option<Packing> {
        match self.kind {
            Kind::Data { packing, .. } => packing,
            Kind::Ontology { .. } | Kind::Record { .. } => None,
        }
    }

    /// The media type of the file as it is.
    pub(super) fn outer_type(&self) -> &'static str {
        self.packing().map_or(self.media_type(), Packing::media_type)
    }
}

/// The folder that is being filled, with what is in it.
pub(super) struct Packer<'a> {
    folder: &'a Path,
    /// The most bytes of a part.
    most: u64,
    pub(super) files: Vec<Packed>,
}

impl<'a> Packer<'a> {
    pub(super) fn new(folder: &'a Path, most: u64) -> Self {
        Self { folder, most, files: Vec::new() }
    }

    /// Writes a text, and notes it.
    pub(super) fn text(&mut self, name: &str, title: &str, kind: Kind, text: &[u8]) -> Result<(), ReleaseError> {
        let path = self.folder.join(name);
        export::write_file(&path, |out| Ok(out.write_all(text)?))?;
        self.note(name, title, kind)
    }

    /// Writes a text that is on no list.
    pub(super) fn unlisted(&self, name: &str, text: &[u8]) -> Result<(), ReleaseError> {
        Ok(export::write_file(&self.folder.join(name), |out| Ok(out.write_all(text)?))?)
    }

    /// The files that hold data.
    pub(super) fn data(&self) -> impl Iterator<Item = &Packed> {
        self.files.iter().filter(|file| matches!(file.kind, Kind::Data { .. }))
    }

    fn note(&mut self, name: &str, title: &str, kind: Kind) -> Result<(), ReleaseError> {
        let (bytes, sha256) = checksum(&self.folder.join(name))?;
        self.files.push(Packed { name: name.to_owned(), title: title.to_owned(), kind, bytes, sha256 });
        Ok(())
    }

    /// Writes the graph in a format. One that has no room for it is told as an error of its own.
    pub(super) fn graph(
        &mut self,
        graph: &KnowledgeGraph,
        format: Format,
        options: &Options,
        contents: Contents,
    ) -> Result<(), ReleaseError> {
        let is_rdf = matches!(format.shape(), Shape::Rdf { .. });
        let profile = is_rdf.then_some(options.profile);
        let of_profile = match profile {
            Some(profile) if profile != Profile::default() => format!(".{}", profile.name()),
            Some(_) | None => String::new(),
        };
        let stem = format!("data/{}{of_profile}", graph.config().id);
        let title = match profile {
            Some(profile) => format!("{}, profile {}", format.name(), profile.name()),
            None => format.name().to_owned(),
        };
        let kind = |packing, tables| Kind::Data { format, profile, packing, contents, part: None, lines: None, tables };
        let extension = format.extension();
        match format.shape() {
            Shape::Rdf { .. } | Shape::File if has_lines(format) => {
                let parts = self.cut(graph, format, options, &stem)?;
                for (number, (name, lines)) in (1..).zip(&parts) {
                    let part = (parts.len() > 1).then_some((number, parts.len()));
                    let title = part.map_or_else(|| title.clone(), |(k, n)| format!("{title}, part {k} of {n}"));
                    self.note(
                        name,
                        &title,
                        Kind::Data {
                            format,
                            profile,
                            packing: Some(Packing::Gzip),
                            contents,
                            part,
                            lines: Some(*lines),
                            tables: Vec::new(),
                        },
                    )?;
                }
            }
            Shape::Rdf { .. } | Shape::File if is_packed(format) => {
                let name = format!("{stem}.{extension}");
                export::write_to(graph, format, options, &self.folder.join(&name))?;
                self.note(&name, &title, kind(None, Vec::new()))?;
            }
            Shape::Rdf { .. } | Shape::File => {
                let name = format!("{stem}.{extension}.gz");
                export::write_file(&self.folder.join(&name), |out| {
                    let mut packed = GzEncoder::new(out, Compression::default());
                    export::write_graph(graph, format, options, &mut packed)?;
                    packed.finish()?;
                    Ok(())
                })?;
                self.note(&name, &title, kind(Some(Packing::Gzip), Vec::new()))?;
            }
            Shape::Folder(_) => {
                let (name, unpacked) = (format!("{stem}.{extension}.zip"), self.folder.join("unpacked"));
                export::write_to(graph, format, options, &unpacked)?;
                let tables = archive(&unpacked, &self.folder.join(&name), format == Format::Parquet)?;
                fs::remove_dir_all(&unpacked)?;
                self.note(&name, &title, kind(Some(Packing::Zip), tables))?;
            }
        }
        Ok(())
    }

    /// Writes lines in parts, each packed by itself. Returns their names.
    fn cut(
        &self,
        graph: &KnowledgeGraph,
        format: Format,
        options: &Options,
        stem: &str,
    ) -> Result<Vec<(String, Part)>, ReleaseError> {
        let mut parts =
            Parts { folder: self.folder, stem, extension: format.extension(), open: None, names: Vec::new() };
        let mut lines = Lines::new(Cut { most: self.most, gzip: true }, |piece: Piece<'_>| parts.take(piece));
        fs::create_dir_all(self.folder.join("data"))?;
        export::write_graph(graph, format, options, &mut lines)?;
        lines.finish()?;
        // Nothing at all is a file too, and one part has no number.
        if parts.names.is_empty() {
            let mut packer = GzEncoder::new(File::create(self.folder.join(parts.name(0)))?, Compression::default());
            packer.try_finish()?;
            parts.names.push((parts.name(0), Part::default()));
        }
        if let [(only, lines)] = parts.names.as_slice() {
            let whole = parts.name(0);
            fs::rename(self.folder.join(only), self.folder.join(&whole))?;
            return Ok(vec![(whole, *lines)]);
        }
        Ok(parts.names)
    }
}

/// Tells whether a file of a format can be cut after any line.
fn has_lines(format: Format) -> bool {
    matches!(format, Format::NTriples | Format::NQuads | Format::FollowTheMoney)
}

/// Tells whether a format packs its files itself.
fn is_packed(format: Format) -> bool {
    format == Format::Xlsx
}

/// Parts that are being written.
struct Parts<'a> {
    folder: &'a Path,
    stem: &'a str,
    extension: &'static str,
    open: Option<File>,
    /// The names of those that are begun, with what is in them.
    names: Vec<(String, Part)>,
}

impl Parts<'_> {
    /// The name of a part, or of the whole.
    fn name(&self, number: usize) -> String {
        let number = if number == 0 { String::new() } else { format!("-{number:04}") };
        format!("{}{number}.{}.gz", self.stem, self.extension)
    }

    fn take(&mut self, piece: Piece<'_>) -> io::Result<()> {
        match piece {
            Piece::Bytes(bytes) => {
                if self.open.is_none() {
                    let name = self.name(self.names.len() + 1);
                    self.open = Some(File::create(self.folder.join(&name))?);
                    self.names.push((name, Part::default()));
                }
                self.open.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
            }
            Piece::End(part) => {
                self.names.iter_mut().last().into_iter().for_each(|(_, lines)| *lines = part);
                self.open.take().map_or(Ok(()), |file| file.sync_all())
            }
        }
    }
}

/// Puts the files of a folder into an archive, sorted, without times or owners; as they are if they are compressed
/// already. Returns the tables of CSV among them.
fn archive(folder: &Path, archive: &Path, is_compressed: bool) -> Result<Vec<Table>, ReleaseError> {
    /// From this size on an entry needs the form of ZIP for large files.
    const LARGE: u64 = 1 << 31;
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<_>>>()?;
    names.sort();
    let mut tables = Vec::new();
    export::write_file(archive, |out| {
        let mut zip = ZipWriter::new(out);
        for name in names {
            let path = folder.join(&name);
            let method = if is_compressed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(DateTime::default())
                .unix_permissions(0o644)
                .large_file(fs::metadata(&path)?.len() >= LARGE);
            zip.start_file(name.as_str(), options).map_err(io::Error::from)?;
            io::copy(&mut BufReader::new(File::open(&path)?), &mut zip)?;
            if Path::new(&name).extension().is_some_and(|extension| extension == "csv") {
                tables.push(Table { columns: headers(&path)?, file: name });
            }
        }
        zip.finish().map_err(io::Error::from)?;
        Ok(())
    })?;
    Ok(tables)
}

/// The headers of a table that the program has written: names without commas, quotes or line breaks of their own.
fn headers(path: &Path) -> io::Result<Vec<String>> {
    let mut line = String::new();
    io::BufRead::read_line(&mut BufReader::new(File::open(path)?), &mut line)?;
    let line = line.trim_start_matches('\u{FEFF}').trim_end();
    Ok(line.split(',').map(|header| header.trim_matches('"').to_owned()).collect())
}

/// What `sha256sum --check` reads.
pub(super) fn sums(files: &[Packed]) -> String {
    files.iter().map(|file| format!("{}  {}\n", file.sha256, file.name)).collect::<Vec<_>>().concat()
}

//! The files of a build, and the manifest that lists them.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::error::BuildError;
use super::site::{self, Site, Written};
use crate::draw::Picture;
use crate::export::{self, ExportError, Format, Options, Shape};
use crate::graph::KnowledgeGraph;
use crate::model::{Object, Rank, hexadecimal};
use crate::rdf::Profile;

/// How much of the graph a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Contents {
    entities: usize,
    statements: usize,
    /// The distinct paragraphs and documents that its statements cite; nothing where it does not name them.
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<usize>,
}

impl Contents {
    /// The contents of a file with the whole graph.
    pub(super) fn whole(graph: &KnowledgeGraph) -> Self {
        let counts = graph.counts();
        Self { entities: counts.entities, statements: counts.statements, sources: Some(counts.sources) }
    }

    /// The contents of a file with the whole graph in a provenance profile: without nodes for statements, deprecated
    /// claims are not in it.
    pub(super) fn in_profile(self, graph: &KnowledgeGraph, profile: Profile) -> Self {
        let current = graph.statements().iter().filter(|statement| statement.rank != Rank::Deprecated).count();
        match profile {
            Profile::Direct => Self { statements: current, sources: None, ..self },
            Profile::Graphs => Self { statements: current, ..self },
            Profile::Statements | Profile::Rdf12 => self,
        }
    }

    /// The contents of a file of links. Claims have no sources there.
    pub(super) fn of_links(self, graph: &KnowledgeGraph) -> Self {
        let links = graph.statements().iter().filter(|statement| matches!(statement.object, Object::Entity(_)));
        let cited = links.clone().flat_map(|link| graph.citations(link));
        let sources: BTreeSet<_> = cited.map(|citation| (citation.document, citation.paragraph)).collect();
        Self { statements: links.count(), sources: Some(sources.len()), ..self }
    }

    /// The contents of a picture: of a network its nodes, and the relations on its edges; of a timeline its events, and
    /// the statements of their dates.
    pub(super) fn drawn(picture: &Picture) -> Self {
        let statements = match picture {
            Picture::Network(diagram) => diagram.edges.iter().map(|edge| edge.label.lines().count()).sum(),
            Picture::Timeline(timeline) => timeline.events.iter().map(|event| event.statements.len()).sum(),
        };
        Self { entities: picture.n_shown(), statements, sources: None }
    }
}

/// Something that a build has not written.
#[derive(Debug)]
pub struct LeftOut {
    /// Its name in the folder, without an extension where it would have been several files.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

/// Why a build leaves something out.
#[derive(Debug)]
pub enum Reason {
    /// A picture would show so many entities that none could be read.
    TooManyEntities {
        /// How many it would show.
        n: usize,
        /// How many are shown at most.
        most: usize,
    },
    /// The reports have so many sections that not all are drawn.
    TooManySections {
        /// How many there are.
        n: usize,
        /// How many are drawn at most.
        most: usize,
    },
    /// The site would have so many pages that it is made only if asked for.
    TooManyPages {
        /// How many it would have, at least.
        n: usize,
        /// How many it has at most.
        most: usize,
    },
    /// The format has no room for the graph.
    NoRoom(ExportError),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyEntities { n, most } => write!(f, "{n} entities are more than the {most} that can be read"),
            Self::TooManySections { n, most } => write!(f, "{n} sections are more than the {most} that are drawn"),
            Self::TooManyPages { n, most } => write!(f, "{n} pages are more than {most}"),
            Self::NoRoom(error) => error.fmt(f),
        }
    }
}

/// The folder of the site.
const SITE: &str = "site";

/// The name of the manifest.
pub(super) const MANIFEST: &str = "manifest.json";

/// The files that a build writes, with what the manifest says of them.
pub(super) struct Files<'a> {
    folder: &'a Path,
    entries: Vec<Value>,
    left_out: Vec<LeftOut>,
}

impl<'a> Files<'a> {
    /// Begins a build in a folder that is empty.
    pub(super) fn new(folder: &'a Path) -> Self {
        Self { folder, entries: Vec::new(), left_out: Vec::new() }
    }

    /// Writes a file and notes its size, checksum and contents.
    pub(super) fn write(
        &mut self,
        name: &str,
        contents: Contents,
        write: impl FnOnce(&mut BufWriter<&mut File>) -> Result<(), ExportError>,
    ) -> Result<(), BuildError> {
        let path = self.folder.join(name);
        export::write_file(&path, write)?;
        let (bytes, sha256) = checksum(&path)?;
        self.entries.push(json!({"file": name, "bytes": bytes, "sha256": sha256, "contents": contents}));
        Ok(())
    }

    /// Writes a graph as a file or folder in a format, and notes each file and the contents. One that the format
    /// has no room for is left out.
    pub(super) fn write_graph(
        &mut self,
        graph: &KnowledgeGraph,
        name: &str,
        format: Format,
        options: &Options,
    ) -> Result<(), BuildError> {
        let path = self.folder.join(name);
        let contents = Contents::whole(graph);
        let contents = if format == Format::FollowTheMoney { contents.of_links(graph) } else { contents };
        match export::write_to(graph, format, options, &path) {
            Err(error @ ExportError::TooMany { .. }) => {
                self.leave_out(name, Reason::NoRoom(error));
                return Ok(());
            }
            written => written?,
        }
        if !matches!(format.shape(), Shape::Folder(_)) {
            let (bytes, sha256) = checksum(&path)?;
            self.entries.push(json!({"file": name, "bytes": bytes, "sha256": sha256, "contents": contents}));
            return Ok(());
        }
        self.entries.push(json!({"folder": name, "contents": contents}));
        let names = std::fs::read_dir(&path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<io::Result<Vec<_>>>()?;
        names.sort();
        for file in names {
            let (bytes, sha256) = checksum(&path.join(&file))?;
            self.entries.push(json!({"file": format!("{name}/{file}"), "bytes": bytes, "sha256": sha256}));
        }
        Ok(())
    }

    /// Writes the site, and notes its size, a checksum of all its files and how many they are.
    pub(super) fn write_site(
        &mut self,
        graph: &KnowledgeGraph,
        site: &Site<'_>,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Written, BuildError> {
        let written = site::write(site, &self.folder.join(SITE), progress)?;
        self.entries.push(json!({
            "folder": SITE,
            "pages": written.pages,
            "files": written.files,
            "bytes": written.bytes,
            "sha256": written.sha256,
            "contents": Contents::whole(graph),
        }));
        Ok(written)
    }

    /// Notes that something is not written, and why.
    pub(super) fn leave_out(&mut self, name: &str, reason: Reason) {
        self.left_out.push(LeftOut { name: name.to_owned(), reason });
    }

    /// Writes a file of text.
    pub(super) fn write_text(&mut self, name: &str, contents: Contents, text: &str) -> Result<(), BuildError> {
        self.write(name, contents, |out| Ok(out.write_all(text.as_bytes())?))
    }

    /// Writes the manifest. It comes last, so that it exists only if all the files that it names do. Returns the number
    /// of files, with the manifest, and what is left out.
    pub(super) fn finish(self, graph: &KnowledgeGraph) -> Result<(usize, Vec<LeftOut>), BuildError> {
        let n_files = self.entries.iter().filter(|entry| entry.get("file").is_some()).count() + 1;
        let (config, counts) = (graph.config(), graph.counts());
        let left_out = self.left_out.iter().map(|left| json!({"name": left.name, "reason": left.reason.to_string()}));
        let manifest = json!({
            "dataset": config.id,
            "version": config.version,
            "entities": counts.entities,
            "statements": counts.statements,
            "links": counts.links,
            "citations": counts.citations,
            "sources": counts.sources,
            "files": self.entries,
            "left_out": left_out.collect::<Vec<_>>(),
        });
        let text = serde_json::to_string_pretty(&manifest)?;
        let path = self.folder.join(MANIFEST);
        export::write_file(&path, |out| Ok(out.write_all(text.as_bytes())?))?;
        Ok((n_files, self.left_out))
    }
}

/// Returns the files that an earlier build wrote into a folder, as its manifest has them. Without a manifest there are
/// none.
pub(super) fn files_of(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let text = match std::fs::read(folder.join(MANIFEST)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        text => text?,
    };
    let manifest: Value = serde_json::from_slice(&text).unwrap_or_default();
    let entries = manifest.get("files").and_then(Value::as_array).into_iter().flatten();
    let named = entries.filter_map(|entry| entry.get("file").and_then(Value::as_str)).map(PathBuf::from);
    let site = site::files(&folder.join(SITE)).unwrap_or_default().into_iter().map(|name| Path::new(SITE).join(name));
    Ok(named.chain(site).chain([PathBuf::from(MANIFEST)]).collect())
}

/// The size and SHA-256 of a file, read piece by piece.
pub(super) fn checksum(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut digest, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok((bytes, hexadecimal(&digest.finalize())));
        }
        digest.update(&piece[..length]);
        bytes += length as u64;
    }
}

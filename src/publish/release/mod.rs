//! A release: the graph in every format, packed, with the records by which others find, check, cite and reuse it.
//!
//! All records are written from one account of the data set and one list of files, so that they agree.

mod about;
mod citation;
mod croissant;
mod dcat;
mod licence;
mod pack;
mod readme;
mod redirect;
mod research;
mod schema;
mod terms;
mod void;

pub(crate) use about::lacking;
pub(super) use redirect::Place;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::about::About;
use self::pack::{Kind, Packed, Packer};
use super::build::OTHER_PROFILES;
use super::manifest::{self, Contents, LeftOut, MANIFEST, Reason};
use super::triples;
use crate::export::{self, ExportError, Format, Options, Others};
use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::query::{self, QueryError};
use crate::rdf;

/// The name of the file of checksums.
const SUMS: &str = "SHA256SUMS";

/// What a release is made for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Release {
    /// The language of names in the formats that have one name only: the first of the data set, unless said otherwise.
    pub language: Option<Language>,
    /// The most bytes of a file that can be cut into parts.
    pub most: u64,
}

/// What a release has written.
#[derive(Debug)]
pub(crate) struct Released {
    /// The number of files.
    pub n_files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What was not written, and why.
    pub left_out: Vec<LeftOut>,
    /// Whether nothing says where the site is, so that redirects lead to an example.
    pub is_without_site: bool,
}

/// Why there is no release.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReleaseError {
    /// What a catalogue must know is not said.
    #[error("the data set does not say what a catalogue must know of it")]
    Lacking(Vec<Finding>),
    /// A file cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A record cannot be written as RDF.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The ontology cannot be read again.
    #[error(transparent)]
    Ontology(#[from] oxrdfio::RdfParseError),
    /// A file cannot be read or taken away.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A record cannot be written as JSON.
    #[error("cannot write a record")]
    Json(#[from] serde_json::Error),
}

/// Writes a release of a graph into a folder.
///
/// The same data give the same bytes. The folder appears whole or not at all, and what an earlier release wrote there and
/// this one does not is gone; what is of others is carried over.
///
/// # Errors
///
/// If the data set does not say what a catalogue must know, or something cannot be written. What was there stays then.
pub(crate) fn release(graph: &KnowledgeGraph, folder: &Path, wanted: Release) -> Result<Released, ReleaseError> {
    let about = About::of(graph).map_err(ReleaseError::Lacking)?;
    export::replace_folder(folder, &Others::Carried(&files_of), |new| {
        let mut packer = Packer::new(new, wanted.most);
        let left_out = write_data(graph, wanted.language, &mut packer)?;
        terms::write(&about, &mut packer)?;
        write_records(&about, &mut packer)?;
        write_lists(&about, &mut packer, &left_out)?;
        let files = &packer.files;
        Ok(Released {
            // The file of checksums is not on the list.
            n_files: files.len() + 1,
            bytes: files.iter().map(|file| file.bytes).sum(),
            left_out,
            is_without_site: graph.config().publication.site.is_none(),
        })
    })
}

/// The files that an earlier release wrote.
fn files_of(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut files = manifest::files_of(folder)?;
    if !files.is_empty() {
        files.insert(PathBuf::from(SUMS));
    }
    Ok(files)
}

/// The graph in every format. One that has no room for it is left out.
fn write_data(
    graph: &KnowledgeGraph,
    language: Option<Language>,
    packer: &mut Packer<'_>,
) -> Result<Vec<LeftOut>, ReleaseError> {
    let options = Options { languages: graph.languages(language), ..Options::default() };
    let whole = Contents::whole(graph);
    let mut left_out = Vec::new();
    for format in Format::ALL {
        let contents = if format == Format::FollowTheMoney { whole.of_links(graph) } else { whole };
        match packer.graph(graph, format, &options, contents) {
            Err(ReleaseError::Export(error @ ExportError::TooMany { .. })) => {
                left_out.push(LeftOut { name: format.name().to_owned(), reason: Reason::NoRoom(error) });
            }
            written => written?,
        }
    }
    for (profile, format) in OTHER_PROFILES {
        let options = Options { profile, ..options.clone() };
        packer.graph(graph, format, &options, whole.in_profile(graph, profile))?;
    }
    Ok(left_out)
}

/// The records, but for that which lists all files.
fn write_records(about: &About<'_>, packer: &mut Packer<'_>) -> Result<(), ReleaseError> {
    let prefixes: Vec<(String, String)> = rdf::prefixes(about.graph)
        .into_iter()
        .chain(dcat::PREFIXES.map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned())))
        .collect();
    let turtle = |triples| triples::written(triples, query::Format::Turtle, &prefixes);
    let kind = |media_type| Kind::Record { media_type };
    let void = void::record(about, &about.address("void.ttl"), count_triples(packer), packer.data());
    packer.text("void.ttl", "VoID", kind("text/turtle"), &turtle(void)?)?;
    let dcat = turtle(dcat::record(about, packer.data()))?;
    packer.text("dcat.ttl", "DCAT-AP", kind("text/turtle"), &dcat)?;
    let schema = pretty(&schema::record(about, packer.data()))?;
    packer.text("schema.jsonld", "schema.org Dataset", kind("application/ld+json"), &schema)?;
    let croissant = pretty(&croissant::record(about, packer.data()))?;
    packer.text("croissant.json", "Croissant", kind("application/ld+json"), &croissant)?;
    packer.text(
        "CITATION.cff",
        "How to cite the data set",
        kind("application/yaml"),
        citation::record(about).as_bytes(),
    )?;
    let licence = about.license.text(about.title());
    packer.text("LICENSE.txt", "The licence of the data", kind("text/plain"), licence.as_bytes())?;
    packer.text("README.md", "What is in this folder", kind("text/markdown"), readme::readme(about).as_bytes())?;
    if let Some(redirects) = redirect::redirects(about) {
        let files = [
            ("redirects/.htaccess", "Redirects of the IRIs", "text/plain", redirects.rules),
            ("redirects/table.tsv", "What must come of the redirects", "text/tab-separated-values", redirects.table),
            ("redirects/README.md", "How to put up the redirects", "text/markdown", redirects.note),
        ];
        for (name, title, media_type, text) in files {
            packer.text(name, title, kind(media_type), text.as_bytes())?;
        }
    }
    Ok(())
}

/// The lists of all files: the crate, the manifest, the checksums, each with those before it.
fn write_lists(about: &About<'_>, packer: &mut Packer<'_>, left_out: &[LeftOut]) -> Result<(), ReleaseError> {
    let kind = |media_type| Kind::Record { media_type };
    let research = pretty(&research::record(about, &packer.files))?;
    packer.text(research::FILE, "RO-Crate", kind("application/ld+json"), &research)?;
    let counts = about.counts.map(|(what, n)| (what.to_owned(), json!(n)));
    let left_out = left_out.iter().map(|left| json!({"name": left.name, "reason": left.reason.to_string()}));
    let manifest = json!({
        "dataset": about.graph.config().id,
        "version": about.version,
        "released": about.issued,
        "license": about.license.iri,
        "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
        "files": packer.files.iter().map(entry).collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
    });
    packer.text(MANIFEST, "The files, with sizes and checksums", kind("application/json"), &pretty(&manifest)?)?;
    let sums = pack::sums(&packer.files);
    packer.unlisted(SUMS, sums.as_bytes())
}

/// What the manifest says of a file.
fn entry(file: &Packed) -> Value {
    let mut entry = json!({
        "file": file.name,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "media_type": file.outer_type(),
    });
    if let Kind::Data { format, profile, contents, part, lines, .. } = file.kind {
        entry["format"] = json!(format.name());
        entry["contents"] = json!(contents);
        if let Some(profile) = profile {
            entry["profile"] = json!(profile.name());
        }
        if let Some(lines) = lines {
            entry["lines"] = json!(lines.lines);
            entry["unpacked"] = json!(lines.unpacked);
        }
        if let Some((part, of)) = part {
            entry["part"] = json!({"number": part, "of": of});
        }
    }
    entry
}

fn pretty(value: &Value) -> Result<Vec<u8>, ReleaseError> {
    Ok((serde_json::to_string_pretty(value)? + "\n").into_bytes())
}

/// How many triples the graph has in the default profile: the lines of N-Triples.
fn count_triples(packer: &Packer<'_>) -> u64 {
    let lines = packer.data().filter_map(|file| match file.kind {
        Kind::Data { format: Format::NTriples, lines, .. } => lines,
        Kind::Data { .. } | Kind::Ontology { .. } | Kind::Record { .. } => None,
    });
    lines.map(|part| part.lines).sum()
}

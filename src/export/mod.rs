//! The ways out: one table of formats, one file for each syntax that we write ourselves.
//!
//! [`Format`] holds all facts about a format; [`write_graph`] streams a graph in it; [`write_to`] does so to a file or
//! folder that appears whole or not at all.

mod csv;
mod cut;
mod cx2;
mod cypher;
mod cytoscape;
mod described;
mod file;
mod folder;
mod followthemoney;
mod format;
mod gexf;
mod graphml;
mod jsonld;
mod labels;
mod loss;
mod neo4j;
mod network;
mod nodelink;
mod ntriples;
mod parquet;
mod part;
mod sheet;
mod split;
mod table;
mod xlsx;
pub(crate) mod xml;

pub(crate) use csv::{defused, line as csv_line};
pub(crate) use cut::{Cut, Cutter, Lines, Part, Piece};
pub(crate) use file::write_file;
pub use file::write_to;
pub(crate) use folder::{Others, replace_folder};
pub use format::Format;
pub(crate) use format::{FolderFormat, Shape};
pub use jsonld::context;
pub use loss::Loss;
pub(crate) use ntriples::push_line;
pub(crate) use part::{columns_of, write_lines, write_tables};
pub(crate) use split::write_split;
pub(crate) use table::quoted;
pub(crate) use xlsx::{TextTable, write_text_tables};

use std::io::{self, Write};
use std::path::Path;

use memchr::memmem;
use oxrdf as ox;
use oxrdfio::{RdfFormat, RdfSerializer};

use crate::graph::{KnowledgeGraph, Mode, NodeFigure, View};
use crate::model::{EntityId, Language};
use crate::ontology::Ontology;
use crate::parallel;
use crate::rdf::{self, Profile, Projection};
use crate::read::CONFIG;

/// What of a graph is written, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// How statements carry their sources in RDF.
    pub profile: Profile,
    /// The part of the graph.
    pub view: View,
    /// The languages of the names that stand for things where a format has one name only, best first.
    pub languages: Vec<Language>,
    /// The figures that nodes carry; RDF holds none.
    pub with: Vec<NodeFigure>,
    /// Whether tables for people have labels in place of local names: in CSV and XLSX only.
    pub labels: bool,
}

/// Why a graph cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The syntax cannot hold what the profile needs.
    #[error("{} cannot hold {what}, which the profile {} needs", format.name(), profile.name())]
    Unsupported {
        /// The format.
        format: Format,
        /// The provenance profile.
        profile: Profile,
        /// What it cannot hold.
        what: &'static str,
    },
    /// The page of an entity is told in RDF.
    #[error("{} is no syntax of RDF", .0.name())]
    NoRdf(Format),
    /// RDF holds statements, not what follows from them.
    #[error("{} cannot hold the mode one-mode", .0.name())]
    Derived(Format),
    /// RDF holds statements, not what is computed from them.
    #[error("{} cannot hold computed figures", .0.name())]
    Computed(Format),
    /// Programs know terms by their names.
    #[error("{} has names for programs, not labels", .0.name())]
    Labels(Format),
    /// Only lines can be cut into parts.
    #[error("{} is no format of lines, which alone are cut into parts: ntriples and nquads are", .0.name())]
    Lines(Format),
    /// The format is a folder of files.
    #[error("{} is a folder of files", .0.name())]
    Folder(Format),
    /// The format cannot hold so much.
    #[error("{} holds at most {most} {what} in a table, and {table} has more", format.name())]
    TooMany {
        /// The format.
        format: Format,
        /// The table's name.
        table: String,
        /// What there is too much of.
        what: &'static str,
        /// How much it can hold.
        most: usize,
    },
    /// Lists could not be taken apart.
    #[error("{} needs a character between the values of lists, and they contain all that could be", .0.name())]
    NoDelimiter(Format),
    /// The spreadsheet could not be made.
    #[error("cannot make the spreadsheet")]
    Spreadsheet(#[from] Box<rust_xlsxwriter::XlsxError>),
    /// The library that makes the spreadsheet gave up, as it does where there is no room for its temporary files.
    #[error("cannot make the spreadsheet: {0}")]
    Panicked(String),
    /// RDF/XML writes predicates as names of elements.
    #[error("rdfxml cannot write `{0}`, which does not end in a name")]
    Name(String),
    /// The output could not be written.
    #[error("cannot write the output")]
    Write(#[from] io::Error),
    /// A file could not be written.
    #[error("cannot write {path}")]
    File {
        /// The file's path.
        path: String,
        /// The cause.
        #[source]
        source: io::Error,
    },
}

/// Writes a graph in a format that is one file. The same graph gives the same bytes.
///
/// # Errors
///
/// If the format cannot hold what the options ask for or is a folder, or the output fails.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// use rapporteur::export::{self, Format, Options};
///
/// let mut turtle = Vec::new();
/// export::write_graph(&graph, Format::Turtle, &Options::default(), &mut turtle)?;
/// assert!(String::from_utf8(turtle)?.contains("rap:Statement"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_graph(
    graph: &KnowledgeGraph,
    format: Format,
    options: &Options,
    out: &mut (impl Write + Send),
) -> Result<(), ExportError> {
    write_into(graph, format, options, out)
}

/// The same into whatever it is: the writers of all formats are compiled once, not for each output.
fn write_into(
    graph: &KnowledgeGraph,
    format: Format,
    options: &Options,
    mut out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    may_have_labels(format, options)?;
    match format {
        Format::NTriples | Format::NQuads | Format::JsonLd | Format::Turtle | Format::TriG | Format::RdfXml => {
            write_rdf(graph, format, &projection(graph, format, options)?, out)?;
        }
        Format::GraphMl => graphml::write_graphml(graph, options, &mut out)?,
        Format::Gexf => gexf::write_gexf(graph, options, &mut out)?,
        Format::Cytoscape => cytoscape::write_cytoscape(graph, options, &mut out)?,
        Format::Cx2 => cx2::write_cx2(graph, options, &mut out)?,
        Format::NodeLink => nodelink::write_node_link(graph, options, &mut out)?,
        Format::FollowTheMoney => followthemoney::write_followthemoney(graph, options, &mut out)?,
        Format::Xlsx => xlsx::write_xlsx(graph, options, out)?,
        Format::Cypher => cypher::write_cypher(graph, options, &mut out)?,
        Format::Csv | Format::Neo4j | Format::Parquet => return Err(ExportError::Folder(format)),
    }
    Ok(())
}

/// Writes what is said of one entity and in the links of others to it, in a syntax of RDF.
pub(crate) fn write_about(
    graph: &KnowledgeGraph,
    entity: EntityId,
    format: Format,
    out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    let projection = Projection::about(graph, Profile::default(), entity);
    if !matches!(format, Format::Turtle | Format::TriG) {
        return write_rdf(graph, format, &projection, out);
    }
    let mut text = Vec::new();
    write_rdf(graph, format, &projection, &mut text)?;
    write_used_prefixes(&text, out)?;
    Ok(())
}

/// Writes Turtle without the prefixes that it begins with and does not use: they would be a good part of a small text.
fn write_used_prefixes(text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let lines = prefixes(text);
    let rest = &text[lines.clone().map(<[u8]>::len).sum()..];
    for line in lines {
        let prefix = line[PREFIX.len()..].split_inclusive(|&byte| byte == b':').next().unwrap_or_default();
        if memmem::find(rest, prefix).is_some() {
            out.write_all(line)?;
        }
    }
    out.write_all(rest)
}

/// How a line of Turtle begins that declares a prefix.
const PREFIX: &[u8] = b"@prefix ";

/// The lines that Turtle begins with which declare prefixes.
fn prefixes(text: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    text.split_inclusive(|&byte| byte == b'\n').take_while(|line| line.starts_with(PREFIX))
}

fn write_rdf(
    graph: &KnowledgeGraph,
    format: Format,
    projection: &Projection<'_>,
    mut out: &mut (dyn Write + Send),
) -> Result<(), ExportError> {
    match format {
        Format::NTriples | Format::NQuads => ntriples::write_ntriples(projection, &mut out)?,
        Format::JsonLd => jsonld::write_jsonld(graph, projection, &mut out)?,
        Format::Turtle => serialize(graph, projection, RdfFormat::Turtle, &mut out)?,
        Format::TriG => serialize(graph, projection, RdfFormat::TriG, &mut out)?,
        Format::RdfXml => rdfxml(graph, projection, &mut out)?,
        Format::GraphMl
        | Format::Gexf
        | Format::Cytoscape
        | Format::Cx2
        | Format::NodeLink
        | Format::FollowTheMoney
        | Format::Xlsx
        | Format::Cypher
        | Format::Csv
        | Format::Neo4j
        | Format::Parquet => return Err(ExportError::NoRdf(format)),
    }
    Ok(())
}

/// Labels in place of names are for people, who read tables.
fn may_have_labels(format: Format, options: &Options) -> Result<(), ExportError> {
    if options.labels && !matches!(format, Format::Csv | Format::Xlsx) {
        return Err(ExportError::Labels(format));
    }
    Ok(())
}

/// What of a graph becomes RDF, if the format can hold it.
fn projection<'a>(
    graph: &'a KnowledgeGraph,
    format: Format,
    options: &'a Options,
) -> Result<Projection<'a>, ExportError> {
    let profile = options.profile;
    let unsupported = |what| ExportError::Unsupported { format, profile, what };
    if profile.needs_named_graphs() && !format.holds_named_graphs() {
        return Err(unsupported("named graphs"));
    }
    if profile.needs_triple_terms() && !format.holds_triple_terms() {
        return Err(unsupported("triple terms"));
    }
    if options.view.mode == Mode::OneMode {
        return Err(ExportError::Derived(format));
    }
    if !options.with.is_empty() {
        return Err(ExportError::Computed(format));
    }
    Ok(Projection::of(graph, profile, &options.view))
}

/// Writes a graph in a format that is a folder of files, into a folder that is there and empty.
fn write_files(
    graph: &KnowledgeGraph,
    format: FolderFormat,
    options: &Options,
    folder: &Path,
) -> Result<(), ExportError> {
    match format {
        FolderFormat::Parquet => parquet::write_parquet(graph, options, folder),
        FolderFormat::Csv => csv::write_csv(graph, options, folder),
        FolderFormat::Neo4j => neo4j::write_neo4j(graph, options, folder),
    }
}

/// Tells whether a folder of a format may have a file of that name.
fn writes(ontology: &Ontology, format: FolderFormat, name: &str) -> bool {
    match format {
        FolderFormat::Parquet => parquet::FILES.contains(&name),
        FolderFormat::Neo4j => neo4j::FILES.contains(&name),
        FolderFormat::Csv => {
            let is_table = name.strip_suffix(".csv").is_some_and(|name| sheet::is_table(ontology, name));
            is_table || [CONFIG, described::TERMS].contains(&name)
        }
    }
}

impl From<rust_xlsxwriter::XlsxError> for ExportError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Box::new(error).into()
    }
}

/// Writes RDF/XML with the RDF library.
fn rdfxml(graph: &KnowledgeGraph, projection: &Projection<'_>, out: &mut impl Write) -> Result<(), ExportError> {
    let mut writer = serializer(graph, RdfFormat::RdfXml)?.for_writer(xml::Writable::new(out));
    let mut borrowed = rdf::Borrowed::default();
    let mut subject = String::new();
    rdf::quads(projection, &mut |quad| {
        let quad = borrowed.quad(&quad);
        let is_new = quad.subject.to_string() != subject;
        if let Some(iri) = nameless(quad.predicate, quad.object, is_new) {
            return Err(ExportError::Name(iri.to_owned()));
        }
        if is_new {
            subject = quad.subject.to_string();
        }
        writer.serialize_quad(quad).map_err(ExportError::Write)
    })?;
    Ok(writer.finish()?.flush()?)
}

/// Returns the IRI that RDF/XML would need a name of, where it has none: of a predicate, or of the class that a node is
/// written as that begins with it.
pub(crate) fn nameless<'a>(
    predicate: ox::NamedNodeRef<'a>,
    object: ox::TermRef<'a>,
    begins_a_node: bool,
) -> Option<&'a str> {
    let class = match object {
        ox::TermRef::NamedNode(class) if begins_a_node && predicate == ox::vocab::rdf::TYPE => Some(class.as_str()),
        _ => None,
    };
    [Some(predicate.as_str()), class].into_iter().flatten().find(|iri| !xml::ends_in_name(iri))
}

/// Writes Turtle or `TriG` with the RDF library, several parts of the graph at the same time. Each begins with a subject of
/// its own, so that one behind the other they are what one writer would write, but for the prefixes.
fn serialize(
    graph: &KnowledgeGraph,
    projection: &Projection<'_>,
    format: RdfFormat,
    out: &mut impl Write,
) -> io::Result<()> {
    let parts: Vec<_> = rdf::parts(projection).into_iter().enumerate().collect();
    let write = |(number, part): &(usize, rdf::Part), buffer: &mut Vec<u8>| {
        let mut writer = serializer(graph, format)?.for_writer(&mut *buffer);
        let mut borrowed = rdf::Borrowed::default();
        rdf::quads_of(projection, part.clone(), &mut |quad| writer.serialize_quad(borrowed.quad(&quad)))?;
        writer.finish()?;
        if *number > 0 {
            let begins: usize = prefixes(buffer).map(<[u8]>::len).sum();
            buffer.drain(..begins);
        }
        Ok(())
    };
    parallel::write_parts(&parts, write, out)?;
    out.flush()
}

/// A writer of the RDF library that knows the prefixes.
fn serializer(graph: &KnowledgeGraph, format: RdfFormat) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format);
    // RDF/XML declares namespaces without a prefix where it needs them.
    let has_default = format != RdfFormat::RdfXml;
    for (prefix, namespace) in rdf::prefixes(graph).into_iter().filter(|(prefix, _)| has_default || !prefix.is_empty())
    {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    Ok(serializer)
}

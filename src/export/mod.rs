//! The ways out: one table of formats, one file for each syntax that we write ourselves.
//!
//! [`Format`] holds all facts about a format; [`write()`] streams a graph in it; [`write_file`] does so to a file that
//! appears whole or not at all.

mod file;
mod format;
mod jsonld;
mod ntriples;

pub use file::write_file;
pub use format::Format;
pub use jsonld::context;

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model as ox;

use crate::graph::KnowledgeGraph;
use crate::rdf::{self, Profile};

/// Why a graph cannot be written.
#[derive(Debug, thiserror::Error)]
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

/// Writes a graph as RDF. The same graph gives the same bytes.
///
/// # Errors
///
/// If the format cannot hold the profile, or the output fails.
pub fn write(
    graph: &KnowledgeGraph,
    format: Format,
    profile: Profile,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let unsupported = |what| ExportError::Unsupported { format, profile, what };
    if profile.needs_named_graphs() && !format.holds_named_graphs() {
        return Err(unsupported("named graphs"));
    }
    if profile.needs_triple_terms() && !format.holds_triple_terms() {
        return Err(unsupported("triple terms"));
    }
    match format {
        Format::NTriples | Format::NQuads => ntriples::write(graph, profile, out)?,
        Format::JsonLd => jsonld::write(graph, profile, out)?,
        Format::Turtle => serialize(graph, profile, RdfFormat::Turtle, out)?,
        Format::TriG => serialize(graph, profile, RdfFormat::TriG, out)?,
        Format::RdfXml => serialize(graph, profile, RdfFormat::RdfXml, out)?,
    }
    Ok(())
}

/// Returns a quad whose text [XML 1.0](https://www.w3.org/TR/xml/#charsets) can hold: it has no way to write most control
/// characters, and each becomes U+FFFD. `check` warns of them.
fn for_xml(mut quad: ox::Quad) -> ox::Quad {
    let unwritable =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if let ox::Term::Literal(literal) = &quad.object
        && literal.value().contains(unwritable)
    {
        let text = literal.value().replace(unwritable, "\u{FFFD}");
        quad.object = match literal.language() {
            Some(language) => ox::Literal::new_language_tagged_literal_unchecked(text, language).into(),
            None => ox::Literal::new_typed_literal(text, literal.datatype()).into(),
        };
    }
    quad
}

/// Writes with the RDF library, with the prefixes that the quads use.
fn serialize(graph: &KnowledgeGraph, profile: Profile, format: RdfFormat, out: &mut impl Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in rdf::prefixes(graph) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    rdf::quads(graph, profile, &mut |quad| {
        let quad = ox::Quad::from(quad);
        writer.serialize_quad(&if format == RdfFormat::RdfXml { for_xml(quad) } else { quad })
    })?;
    writer.finish()?.flush()
}

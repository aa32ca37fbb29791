//! The table of formats of answers, and the writing of an answer in one of them.

use std::fmt;
use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::{Answer, QueryError, table};

/// A format that an answer can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Aligned columns for a terminal.
    Table,
    /// [SPARQL results as CSV](https://www.w3.org/TR/sparql12-results-csv-tsv/): values without their types.
    Csv,
    /// [SPARQL results as TSV](https://www.w3.org/TR/sparql12-results-csv-tsv/): terms as in Turtle.
    Tsv,
    /// [SPARQL results as JSON](https://www.w3.org/TR/sparql12-results-json/)
    Json,
    /// [SPARQL results as XML](https://www.w3.org/TR/sparql12-results-xml/)
    Xml,
    /// [RDF 1.2 Turtle](https://www.w3.org/TR/rdf12-turtle/)
    Turtle,
    /// [RDF 1.2 N-Triples](https://www.w3.org/TR/rdf12-n-triples/)
    NTriples,
    /// [RDF/XML](https://www.w3.org/TR/rdf12-xml/)
    RdfXml,
    /// [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/)
    JsonLd,
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// What SELECT gives.
    Solutions,
    /// What ASK gives.
    Boolean,
    /// What CONSTRUCT and DESCRIBE give.
    Graph,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Solutions => "the solutions of SELECT",
            Self::Boolean => "the yes or no of ASK",
            Self::Graph => "the triples of CONSTRUCT and DESCRIBE",
        })
    }
}

/// All that is known of a format.
struct Facts {
    name: &'static str,
    media_type: &'static str,
    extension: &'static str,
    shapes: &'static [Shape],
}

const ANY: &[Shape] = &[Shape::Solutions, Shape::Boolean, Shape::Graph];
const RESULTS: &[Shape] = &[Shape::Solutions, Shape::Boolean];
const TRIPLES: &[Shape] = &[Shape::Graph];

impl Format {
    /// All formats.
    pub const ALL: [Self; 9] = [
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Xml,
        Self::Turtle,
        Self::NTriples,
        Self::RdfXml,
        Self::JsonLd,
    ];

    fn facts(self) -> Facts {
        let facts = |name, media_type, extension, shapes| Facts { name, media_type, extension, shapes };
        match self {
            Self::Table => facts("table", "text/plain", "txt", ANY),
            Self::Csv => facts("csv", "text/csv", "csv", RESULTS),
            Self::Tsv => facts("tsv", "text/tab-separated-values", "tsv", RESULTS),
            Self::Json => facts("json", "application/sparql-results+json", "srj", RESULTS),
            Self::Xml => facts("xml", "application/sparql-results+xml", "srx", RESULTS),
            Self::Turtle => facts("turtle", "text/turtle", "ttl", TRIPLES),
            Self::NTriples => facts("ntriples", "application/n-triples", "nt", TRIPLES),
            Self::RdfXml => facts("rdfxml", "application/rdf+xml", "rdf", TRIPLES),
            Self::JsonLd => facts("jsonld", "application/ld+json", "jsonld", TRIPLES),
        }
    }

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// Returns the [registered media type](https://www.iana.org/assignments/media-types).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// Returns the extension of its files, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.facts().extension
    }

    /// Tells whether it can hold that kind of answer.
    #[must_use]
    pub fn holds(self, shape: Shape) -> bool {
        self.facts().shapes.contains(&shape)
    }

    /// Returns the format of that name or extension.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name || format.extension() == name)
    }

    /// Returns the format for an answer of which nobody said more than where it goes: Turtle for triples; otherwise a
    /// table on a terminal, and CSV elsewhere.
    #[must_use]
    pub fn fitting(answer: &Answer, to_terminal: bool) -> Self {
        match answer.shape() {
            Shape::Graph => Self::Turtle,
            Shape::Solutions | Shape::Boolean if to_terminal => Self::Table,
            Shape::Solutions | Shape::Boolean => Self::Csv,
        }
    }
}

/// How a format is written.
enum Writer {
    Table,
    Results(QueryResultsFormat),
    Rdf(RdfFormat),
}

impl Format {
    fn writer(self) -> Writer {
        match self {
            Self::Table => Writer::Table,
            Self::Csv => Writer::Results(QueryResultsFormat::Csv),
            Self::Tsv => Writer::Results(QueryResultsFormat::Tsv),
            Self::Json => Writer::Results(QueryResultsFormat::Json),
            Self::Xml => Writer::Results(QueryResultsFormat::Xml),
            Self::Turtle => Writer::Rdf(RdfFormat::Turtle),
            Self::NTriples => Writer::Rdf(RdfFormat::NTriples),
            Self::RdfXml => Writer::Rdf(RdfFormat::RdfXml),
            Self::JsonLd => Writer::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        }
    }
}

/// Writes an answer. The prefixes shorten the IRIs of a table and of those formats that have prefixes.
///
/// CSV is as the specification has it: a spreadsheet may take a value that starts with `=` for a formula.
///
/// # Errors
///
/// If the format cannot hold that kind of answer, or the output fails.
pub fn write(
    answer: &Answer,
    format: Format,
    prefixes: &[(String, String)],
    out: &mut impl Write,
) -> Result<(), QueryError> {
    let unsupported = || QueryError::Unsupported { format, shape: answer.shape() };
    match (format.writer(), answer) {
        (Writer::Table, _) => table::write(answer, prefixes, out)?,
        (Writer::Results(syntax), Answer::Solutions { variables, rows }) => {
            write_solutions(variables, rows, syntax, out)?;
        }
        (Writer::Results(syntax), Answer::Boolean(value)) => {
            QueryResultsSerializer::from_format(syntax).serialize_boolean_to_writer(&mut *out, *value)?;
            writeln!(out)?;
        }
        (Writer::Rdf(syntax), Answer::Graph(triples)) => write_triples(triples, syntax, prefixes, out)?,
        (Writer::Results(_), Answer::Graph(_)) | (Writer::Rdf(_), Answer::Solutions { .. } | Answer::Boolean(_)) => {
            return Err(unsupported());
        }
    }
    Ok(())
}

fn write_solutions(
    variables: &[String],
    rows: &[Vec<Option<Term>>],
    syntax: QueryResultsFormat,
    out: &mut impl Write,
) -> io::Result<()> {
    let variables: Vec<Variable> = variables.iter().map(Variable::new_unchecked).collect();
    let serializer = QueryResultsSerializer::from_format(syntax);
    let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables.clone())?;
    for row in rows {
        let bound = variables.iter().zip(row).filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
        writer.serialize(bound)?;
    }
    writer.finish()?;
    match syntax {
        // These two end without a line break.
        QueryResultsFormat::Json | QueryResultsFormat::Xml => writeln!(out),
        _ => Ok(()),
    }
}

fn write_triples(
    triples: &[Triple],
    syntax: RdfFormat,
    prefixes: &[(String, String)],
    out: &mut impl Write,
) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(syntax);
    for (prefix, namespace) in prefixes.iter().filter(|(_, namespace)| is_used(namespace, triples)) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(&mut *out);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    match syntax {
        RdfFormat::RdfXml | RdfFormat::JsonLd { .. } => writeln!(out),
        _ => Ok(()),
    }
}

/// Tells whether an IRI of the triples starts with a namespace.
fn is_used(namespace: &str, triples: &[Triple]) -> bool {
    triples.iter().any(|triple| {
        let is_subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().starts_with(namespace),
            NamedOrBlankNode::BlankNode(_) => false,
        };
        let is_object = match &triple.object {
            Term::NamedNode(node) => node.as_str().starts_with(namespace),
            Term::Literal(literal) => literal.datatype().as_str().starts_with(namespace),
            Term::BlankNode(_) => false,
            Term::Triple(triple) => is_used(namespace, std::slice::from_ref(triple)),
        };
        is_subject || is_object || triple.predicate.as_str().starts_with(namespace)
    })
}

//! The table of formats of answers, and the writing of an answer in one of them.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::fmt;
use std::io::{self, Write};
use std::iter;

use oxrdf::Variable;
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};

use super::{Answer, QueryError, Results, Row, table};
use crate::export::{nameless, xml};

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
    /// [RDF 1.2 TriG](https://www.w3.org/TR/rdf12-trig/), with all triples in the default graph.
    TriG,
    /// [RDF 1.2 N-Quads](https://www.w3.org/TR/rdf12-n-quads/), with all triples in the default graph.
    NQuads,
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
    pub const ALL: [Self; 11] = [
        Self::Table,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Xml,
        Self::Turtle,
        Self::NTriples,
        Self::TriG,
        Self::NQuads,
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
            Self::TriG => facts("trig", "application/trig", "trig", TRIPLES),
            Self::NQuads => facts("nquads", "application/n-quads", "nq", TRIPLES),
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
    pub(crate) fn fitting(shape: Shape, to_terminal: bool) -> Self {
        match shape {
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
            Self::TriG => Writer::Rdf(RdfFormat::TriG),
            Self::NQuads => Writer::Rdf(RdfFormat::NQuads),
            Self::RdfXml => Writer::Rdf(RdfFormat::RdfXml),
            Self::JsonLd => Writer::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        }
    }
}

/// Writes an answer. The prefixes shorten the IRIs of a table and of those formats that have prefixes.
///
/// CSV is as the specification has it: a spreadsheet may take a value that starts with `=` for a formula. What XML has
/// no way to write becomes U+FFFD.
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
    match (format.writer(), answer) {
        (Writer::Table, _) => table::write(answer, prefixes, out)?,
        (Writer::Results(syntax), Answer::Solutions { variables, rows }) => {
            write_solutions(variables, rows.iter().map(Ok), syntax, out)?;
        }
        (Writer::Results(syntax), Answer::Boolean(value)) => {
            QueryResultsSerializer::from_format(syntax).serialize_boolean_to_writer(&mut *out, *value)?;
            writeln!(out)?;
        }
        (Writer::Rdf(syntax), Answer::Graph(triples)) => write_triples(triples, syntax, prefixes, out)?,
        (Writer::Results(_), Answer::Graph(_)) | (Writer::Rdf(_), Answer::Solutions { .. } | Answer::Boolean(_)) => {
            return Err(QueryError::Unsupported { format, shape: answer.shape() });
        }
    }
    Ok(())
}

/// Writes results while they are found, in the order of the evaluation, if the format can begin before all are there:
/// solutions as CSV, TSV, JSON and XML, and triples as N-Triples and N-Quads. Otherwise gives back what was not written.
///
/// # Errors
///
/// If the query fails, or the output does. What was written until then is the beginning of the answer.
pub fn write_stream(results: Results, format: Format, out: &mut impl Write) -> Result<Option<Results>, QueryError> {
    match (format.writer(), results) {
        (Writer::Results(syntax), Results::Solutions { variables, mut rows }) => {
            let shared = Shared(RefCell::new(out));
            let rows = iter::from_fn(|| {
                // What is there is seen before the next is waited for.
                if rows.is_waiting()
                    && let Err(error) = shared.0.borrow_mut().flush()
                {
                    return Some(Err(error.into()));
                }
                rows.next()
            });
            write_solutions(&variables, rows, syntax, &mut &shared)?;
        }
        (Writer::Rdf(RdfFormat::NTriples | RdfFormat::NQuads), Results::Graph(mut triples)) => {
            while let Some(triple) = triples.next() {
                writeln!(out, "{} .", triple?)?;
                if triples.is_waiting() {
                    out.flush()?;
                }
            }
        }
        (Writer::Table | Writer::Results(_) | Writer::Rdf(_), results) => return Ok(Some(results)),
    }
    Ok(None)
}

/// An output that two write to, one after the other.
struct Shared<'o, W>(RefCell<&'o mut W>);

impl<W: Write> Write for &Shared<'_, W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

fn write_solutions<R: Borrow<Row>>(
    variables: &[String],
    rows: impl Iterator<Item = Result<R, QueryError>>,
    syntax: QueryResultsFormat,
    out: &mut impl Write,
) -> Result<(), QueryError> {
    let is_xml = syntax == QueryResultsFormat::Xml;
    let out: &mut dyn Write = if is_xml { &mut xml::Writable::new(out) } else { out };
    let variables: Vec<Variable> = variables.iter().map(Variable::new_unchecked).collect();
    let serializer = QueryResultsSerializer::from_format(syntax);
    let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables.clone())?;
    for row in rows {
        let row = row?;
        let bound = variables.iter().zip(row.borrow()).filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
        writer.serialize(bound)?;
    }
    writer.finish()?;
    match syntax {
        // These two end without a line break.
        QueryResultsFormat::Json | QueryResultsFormat::Xml => writeln!(out)?,
        _ => {}
    }
    Ok(())
}

fn write_triples(
    triples: &[Triple],
    syntax: RdfFormat,
    prefixes: &[(String, String)],
    out: &mut impl Write,
) -> Result<(), QueryError> {
    let is_xml = syntax == RdfFormat::RdfXml;
    let mut serializer = RdfSerializer::from_format(syntax);
    // RDF/XML declares namespaces without a prefix where it needs them.
    let prefixes = prefixes.iter().filter(|(prefix, _)| !is_xml || !prefix.is_empty());
    for (prefix, namespace) in prefixes.filter(|(_, namespace)| is_used(namespace, triples)) {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let out: &mut dyn Write = if is_xml { &mut xml::Writable::new(out) } else { out };
    let mut writer = serializer.for_writer(&mut *out);
    let mut last = None;
    for triple in triples {
        let begins = last.replace(&triple.subject) != Some(&triple.subject);
        if let Some(iri) = nameless(triple.predicate.as_ref(), triple.object.as_ref(), begins).filter(|_| is_xml) {
            return Err(QueryError::Name { iri: iri.to_owned() });
        }
        writer.serialize_triple(triple)?;
    }
    writer.finish()?;
    match syntax {
        RdfFormat::RdfXml | RdfFormat::JsonLd { .. } => writeln!(out)?,
        _ => {}
    }
    Ok(())
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

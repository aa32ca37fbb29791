//! A file of RDF as quads of numbers, each with the line that says it.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::Range;

use hashbrown::HashMap;
use memchr::{memchr, memmem, memrchr};
use oxrdf as ox;
use oxrdfio::{JsonLdProfile, RdfFormat, RdfParseError, RdfParser};

use super::xml;
use crate::finding::{Code, Finding, Findings, Location};
use crate::model::{Interner, Symbol};
use crate::ontology::{RDF_TYPE, VOID_DATASET};
use crate::read::budget::Budget;
use crate::read::text::{TextFile, offset};

/// A file with more mistakes than this is not read to its end: a parser that has lost its way goes on stumbling.
const MOST_MISTAKES: usize = 100;

/// The quads of a file.
#[derive(Debug, Default)]
pub(super) struct Quads {
    /// All terms, as [`Term`] spells them.
    pub(super) terms: Interner,
    pub(super) all: Vec<Quad>,
    /// The prefixes that the file declares, with their namespaces.
    pub(super) prefixes: Vec<(String, String)>,
}

/// A quad.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quad {
    pub(super) subject: Symbol,
    pub(super) predicate: Symbol,
    pub(super) object: Symbol,
    /// The named graph that it is in.
    pub(super) graph: Option<Symbol>,
    /// Where the line begins on which it ends.
    pub(super) line: u32,
}

/// A term. In the interner its first character says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term<'a> {
    /// `<` and the IRI.
    Iri(&'a str),
    /// `_` and the name.
    Blank,
    /// `"`, `@` with the language or `^` with the datatype, a line break, the text.
    Literal { text: &'a str, language: Option<&'a str> },
    /// `(` and the numbers of subject, predicate and object.
    Triple([Symbol; 3]),
}

impl Quads {
    /// Returns a term.
    pub(super) fn term(&self, symbol: Symbol) -> Term<'_> {
        let text = self.terms.text(symbol);
        let (kind, rest) = text.split_at(1);
        match kind {
            "<" => Term::Iri(rest),
            "\"" => {
                let (about, text) = rest.split_once('\n').unwrap_or(("", rest));
                Term::Literal { text, language: about.strip_prefix('@') }
            }
            "(" => {
                let mut numbers = rest.split(' ').map(|number| Symbol::new(number.parse().unwrap_or_default()));
                let mut next = || numbers.next().unwrap_or(symbol);
                Term::Triple([next(), next(), next()])
            }
            _ => Term::Blank,
        }
    }

    /// Returns the IRI of a term, if it is one.
    pub(super) fn iri(&self, symbol: Symbol) -> Option<&str> {
        match self.term(symbol) {
            Term::Iri(iri) => Some(iri),
            Term::Blank | Term::Literal { .. } | Term::Triple(_) => None,
        }
    }

    fn intern(&mut self, term: ox::TermRef<'_>, spelled: &mut String) -> Symbol {
        spelled.clear();
        match term {
            ox::TermRef::NamedNode(iri) => {
                spelled.push('<');
                spelled.push_str(iri.as_str());
            }
            ox::TermRef::BlankNode(node) => {
                spelled.push('_');
                spelled.push_str(node.as_str());
            }
            ox::TermRef::Literal(literal) => {
                spelled.push('"');
                if let Some(language) = literal.language() {
                    spelled.push('@');
                    spelled.push_str(language);
                } else if literal.datatype() != ox::vocab::xsd::STRING {
                    spelled.push('^');
                    spelled.push_str(literal.datatype().as_str());
                }
                spelled.push('\n');
                spelled.push_str(literal.value());
            }
            ox::TermRef::Triple(triple) => {
                let mut part = |term| self.intern(term, spelled).number();
                let numbers = [
                    part(triple.subject.as_ref().into()),
                    part(triple.predicate.as_ref().into()),
                    part(triple.object.as_ref()),
                ];
                spelled.clear();
                spelled.push('(');
                spelled.push_str(&numbers.map(|number| number.to_string()).join(" "));
            }
        }
        self.terms.intern(spelled)
    }

    /// How many bytes the terms and quads take, about.
    fn bytes(&self) -> usize {
        self.terms.bytes() + self.all.len() * size_of::<Quad>()
    }

    fn push(&mut self, quad: &ox::Quad, line: usize, spelled: &mut String) {
        let subject = self.intern(quad.subject.as_ref().into(), spelled);
        let predicate = self.intern(quad.predicate.as_ref().into(), spelled);
        let object = self.intern(quad.object.as_ref(), spelled);
        let graph = match &quad.graph_name {
            ox::GraphName::DefaultGraph => None,
            ox::GraphName::NamedNode(graph) => Some(self.intern(graph.as_ref().into(), spelled)),
            ox::GraphName::BlankNode(graph) => Some(self.intern(graph.as_ref().into(), spelled)),
        };
        self.all.push(Quad { subject, predicate, object, graph, line: offset(line) });
    }
}

/// What is read of a file.
pub(super) enum Parsed {
    /// Its quads.
    Quads(Quads),
    /// It describes the data set of that IRI, and is not wanted then.
    Described,
    /// Nothing that could be used, which is reported.
    Nothing,
}

/// Reads a file whose relative IRIs are relative to `base`. Mistakes are reported, and what can be read behind them is.
/// Stops at once if the file describes the data set `unwanted`.
pub(super) fn parse(
    file: &TextFile,
    format: RdfFormat,
    of: (&str, Option<&str>),
    budget: &Budget,
    findings: &mut Findings,
) -> Parsed {
    if format == RdfFormat::RdfXml
        && let Err(finding) = xml::check(file)
    {
        findings.push(*finding);
        return Parsed::Nothing;
    }
    if let RdfFormat::JsonLd { .. } = format {
        // The order of keys that lets it be read line by line is not asked of others.
        let streaming = RdfFormat::JsonLd { profile: JsonLdProfile::Streaming.into() };
        let mut mistakes = Findings::default();
        let read = parse_as(file, streaming, of, budget, &mut mistakes);
        if mistakes.kept().is_empty() {
            return read;
        }
        let read = parse_as(file, format, of, budget, findings);
        return match read {
            Parsed::Quads(quads) => Parsed::Quads(at_their_ids(quads, file.text())),
            Parsed::Described | Parsed::Nothing => read,
        };
    }
    parse_as(file, format, of, budget, findings)
}

/// Gives the quads of a file of JSON, which was read as a whole, the lines where their subjects are first named, as far as
/// they are written out. O(length of the text).
fn at_their_ids(mut quads: Quads, text: &str) -> Quads {
    const ID: &str = "\"@id\"";
    let mut lines: HashMap<Symbol, u32> = HashMap::new();
    let (mut line, mut seen) = (0, 0);
    for at in memmem::find_iter(text.as_bytes(), ID.as_bytes()) {
        line = memrchr(b'\n', &text.as_bytes()[seen..at]).map_or(line, |end| seen + end + 1);
        seen = at;
        let value = text[at + ID.len()..].trim_start().strip_prefix(':').map(str::trim_start);
        let iri = value.and_then(|value| value.strip_prefix('"')?.split('"').next());
        if let Some(symbol) = iri.and_then(|iri| quads.terms.symbol(&format!("<{iri}"))) {
            lines.entry(symbol).or_insert(offset(line));
        }
    }
    for quad in &mut quads.all {
        quad.line = lines.get(&quad.subject).copied().unwrap_or(0);
    }
    quads
}

fn parse_as(
    file: &TextFile,
    format: RdfFormat,
    (base, unwanted): (&str, Option<&str>),
    budget: &Budget,
    findings: &mut Findings,
) -> Parsed {
    let left = budget.left();
    let line = Cell::new(0);
    let lines = Lines { text: file.text().as_bytes(), at: 0, line: &line };
    let parser = RdfParser::from_format(format);
    // A base that is no IRI is reported where it is said.
    let parser = parser.clone().with_base_iri(base).unwrap_or(parser);
    let mut reader = parser.for_reader(lines);
    let (mut quads, mut spelled, mut mistakes) = (Quads::default(), String::new(), 0);
    for quad in reader.by_ref() {
        let quad = match quad {
            Ok(quad) => quad,
            Err(error) => {
                mistakes += 1;
                findings.push(mistake(file, &error, line.get(), format));
                if mistakes == MOST_MISTAKES || !goes_on(format) {
                    break;
                }
                continue;
            }
        };
        if unwanted.is_some_and(|unwanted| describes(&quad, unwanted)) {
            return Parsed::Described;
        }
        quads.push(&quad, line.get(), &mut spelled);
        // A short name behind a long prefix is a long IRI.
        if let Err(too_much) = left.check(quads.bytes()) {
            findings.push(too_much.finding(file.locate(line.get()..line.get())));
            return Parsed::Nothing;
        }
    }
    quads.prefixes = reader.prefixes().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).collect();
    Parsed::Quads(quads)
}

/// Tells whether a quad says that the data set of an IRI is one.
fn describes(quad: &ox::Quad, dataset: &str) -> bool {
    let is_named = |iri: &str| matches!(&quad.subject, ox::NamedOrBlankNode::NamedNode(node) if node.as_str() == iri);
    quad.predicate.as_str() == RDF_TYPE
        && matches!(&quad.object, ox::Term::NamedNode(class) if class.as_str() == VOID_DATASET)
        && is_named(dataset)
}

/// Tells whether what stands behind a mistake can be read.
fn goes_on(format: RdfFormat) -> bool {
    match format {
        RdfFormat::NTriples | RdfFormat::NQuads | RdfFormat::Turtle | RdfFormat::TriG => true,
        // XML and JSON end with their first mistake.
        _ => false,
    }
}

fn mistake(file: &TextFile, error: &RdfParseError, line: usize, format: RdfFormat) -> Finding {
    let (place, message) = match error {
        RdfParseError::Syntax(error) => (error.location().map(|at| at.start.offset..at.end.offset), error.to_string()),
        RdfParseError::Io(error) => (None, error.to_string()),
    };
    // The library says the place again, counted in its own way.
    let said = message.strip_prefix("Parser error").and_then(|rest| rest.split_once(": "));
    let message = said.map_or(message.as_str(), |(_, message)| message);
    // The library speaks to those who program with it.
    let message = if message.contains("LoadDocumentCallback") {
        "its context is elsewhere, and not in the file"
    } else {
        message
    };
    let clamp = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.text().len());
    let range = place.map_or(line..line, |at| clamp(at.start)..clamp(at.end));
    let finding = Finding::new(Code::InvalidRdf, locate(file, range), format!("this cannot be read: {message}"));
    if matches!(format, RdfFormat::JsonLd { .. }) && message.contains("context") {
        return finding.help("write the context itself into the file: none is ever fetched");
    }
    finding.help("correct the file, or write it anew with the program that made it; the statement here is left out")
}

/// Returns the place of a range that may begin within a character.
fn locate(file: &TextFile, range: Range<usize>) -> Location {
    let text = file.text();
    let floor = |at: usize| (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    file.locate(floor(range.start)..floor(range.end.max(range.start)))
}

/// A text that is handed out line by line, so that whoever reads it knows which line it has come to.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: &'a Cell<usize>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.text[self.at..];
        let line = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let length = line.min(buffer.len());
        if self.at == 0 || self.text[self.at - 1] == b'\n' {
            self.line.set(self.at);
        }
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

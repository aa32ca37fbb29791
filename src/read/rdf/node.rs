//! Nodes of RDF as rows of tables.

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};

use super::dictionary::Meaning;
use super::left_out::LeftOut;
use super::parse::{Quad, Term};
use super::reading::{Kind, Reading};
use super::table::{Draft, Header, tagged};
use crate::finding::{Code, Finding};
use crate::model::{ClassId, Language, PropertyId, Symbol};
use crate::ontology::PropertyKind;
use crate::read::budget::Left;

const ID: Header = Header::Word("id");
const CLASS: Header = Header::Word("class");
const SUBJECT: Header = Header::Word("subject");
const PROPERTY: Header = Header::Word("property");
const OBJECT: Header = Header::Word("object");
const RANK: Header = Header::Word("rank");
const SOURCE: Header = Header::Word("source");
const DOCUMENT: Header = Header::Word("document");
const NUMBER: Header = Header::Word("number");

/// What is said of one thing, and what the thing is.
pub(super) type Node<'a> = (Kind, &'a [Quad]);

/// A source and the line that says it.
type Cited<'a> = (Cow<'a, str>, u32);

/// What is plainly said of an entity and not by the node of a statement: each triple once, with the documents whose named
/// graphs it is in.
#[derive(Default)]
struct Plain<'a> {
    /// Only looked up.
    numbers: HashMap<(Symbol, Symbol), usize>,
    all: Vec<(Quad, Vec<Cited<'a>>)>,
}

impl<'a> Plain<'a> {
    fn add(&mut self, quad: Quad, source: Option<Cited<'a>>) {
        let number = *self.numbers.entry((quad.predicate, quad.object)).or_insert(self.all.len());
        if number == self.all.len() {
            self.all.push((quad, Vec::new()));
        }
        self.all[number].1.extend(source);
    }
}

impl<'a> Reading<'a> {
    /// Adds an entity, and what is plainly stated of it.
    pub(super) fn entity(&mut self, node: &'a [Quad], class: ClassId) {
        let Some(&Quad { subject, line, .. }) = node.first() else { return };
        let Some(id) = self.quads.iri(subject).and_then(|_| self.reference(subject)) else {
            return self.left_out.add(LeftOut::Blank, line);
        };
        self.entities.push(ID, id.clone(), line);
        self.entities.push(CLASS, self.ontology.class(class).name.as_str(), line);
        let (mut plain, mut sources, mut own) = (Plain::default(), Vec::new(), None);
        let kind = self.words.kind;
        for quad in node.iter().filter(|quad| Some(quad.predicate) != kind) {
            match self.meaning(quad) {
                Some(Meaning::Source) => sources.extend(self.cite(quad).map(|source| (source, quad.line))),
                Some(Meaning::Derived | Meaning::Nothing) => {}
                Some(Meaning::Property(property, language)) => match self.ontology.property(property).kind {
                    PropertyKind::Annotation if self.describes(quad, property, node, &mut own) => {
                        if let Some((text, language)) = self.value(property, language, quad) {
                            self.entities.push(Header::Term(property, language), text, quad.line);
                        }
                    }
                    PropertyKind::Annotation => {}
                    PropertyKind::Claim if self.is_stated(quad) => {}
                    PropertyKind::Claim => plain.add(*quad, self.graph_source(quad)),
                    PropertyKind::Qualifier | PropertyKind::Computed => self.leave_out_triple(quad),
                },
                None => self.leave_out_triple(quad),
            }
        }
        if let (Some(iri), Some(same)) = (self.foreign_iri(subject), self.ontology.property_by_name("sameAs")) {
            self.entities.push(Header::Term(same, None), iri, line);
        }
        for (source, line) in &sources {
            self.entities.push(SOURCE, source.clone(), *line);
        }
        self.entities.end_row(line);
        for (quad, of_graph) in plain.all {
            self.plain(id.clone(), &quad, if of_graph.is_empty() { &sources } else { &of_graph });
        }
    }

    /// What a triple says by its property; a triple of a source is known by the word.
    pub(super) fn meaning(&self, quad: &Quad) -> Option<Meaning> {
        let is_source = [self.words.source, self.words.primary_source].contains(&Some(quad.predicate));
        self.dictionary.property(quad.predicate).or_else(|| is_source.then_some(Meaning::Source))
    }

    fn is_stated(&self, quad: &Quad) -> bool {
        self.stated.contains(&[quad.subject, quad.predicate, quad.object])
    }

    /// Tells whether a name describes its entity, besides a statement that gives it too: an entity has a label, though it
    /// be only stated.
    fn describes(
        &self,
        quad: &Quad,
        property: PropertyId,
        node: &[Quad],
        own: &mut Option<HashSet<Option<&'a str>>>,
    ) -> bool {
        if !self.is_stated(quad) {
            return true;
        }
        if property != self.ontology.known().label {
            return false;
        }
        let quads = self.quads;
        let tag = |quad: &Quad| match quads.term(quad.object) {
            Term::Literal { language, .. } => language,
            Term::Iri(_) | Term::Blank | Term::Triple(_) => None,
        };
        let labels = || node.iter().filter(|other| other.predicate == quad.predicate && !self.is_stated(other));
        !own.get_or_insert_with(|| labels().map(tag).collect()).contains(&tag(quad))
    }

    /// The IRI of an entity that is not made of its id.
    fn foreign_iri(&self, subject: Symbol) -> Option<&'a str> {
        self.ids.get(&subject)?;
        self.quads.iri(subject)
    }

    /// The document whose named graph a triple is in, if it is one.
    fn graph_source(&self, quad: &Quad) -> Option<Cited<'a>> {
        let graph = quad.graph?;
        let is_known = self.ids.contains_key(&graph) || self.quads.iri(graph)?.starts_with(self.base);
        if is_known { Some((self.source(graph)?, quad.line)) } else { None }
    }

    /// Adds a statement that a triple makes alone.
    fn plain(&mut self, subject: Cow<'a, str>, quad: &Quad, sources: &[Cited<'a>]) {
        let Some(Meaning::Property(property, language)) = self.meaning(quad) else { return };
        let Some((object, language)) = self.value(property, language, quad) else { return };
        self.claim(subject, property, (object, language), quad.line);
        for (source, line) in sources {
            self.statements.push(SOURCE, source.clone(), *line);
        }
        if sources.is_empty() {
            let (source, count, first) = &mut self.fallback;
            if *count == 0 {
                *first = quad.line;
            }
            *count += 1;
            self.statements.push(SOURCE, *source, quad.line);
        }
        self.statements.end_row(quad.line);
    }

    fn claim(
        &mut self,
        subject: Cow<'a, str>,
        property: PropertyId,
        (object, language): (Cow<'a, str>, Option<Language>),
        line: u32,
    ) {
        let name = self.ontology.property(property).name.as_str();
        let name = if language.is_some() { Cow::Owned(tagged(name, language)) } else { Cow::Borrowed(name) };
        self.statements.push(SUBJECT, subject, line);
        self.statements.push(PROPERTY, name, line);
        self.statements.push(OBJECT, object, line);
    }

    fn leave_out_triple(&mut self, quad: &Quad) {
        let iri = self.quads.iri(quad.predicate).unwrap_or_default().to_owned();
        self.left_out.add(LeftOut::Property(iri), quad.line);
    }

    /// Adds what the node of a statement says.
    pub(super) fn statement(&mut self, node: &'a [Quad]) {
        let Some(&Quad { line, .. }) = node.first() else { return };
        let [subject, predicate, object] = match self.said(node) {
            Ok(said) => said,
            Err((code, message)) => {
                let finding = Finding::new(code, self.file.locate_line(line), message);
                let help = "a statement has one rdf:subject, one rdf:predicate and one rdf:object";
                return self.findings.push(finding.help(help));
            }
        };
        let quad = Quad { subject, predicate, object, graph: None, line };
        let property = match self.dictionary.property(predicate) {
            Some(Meaning::Property(property, language)) => Some((property, language)),
            Some(Meaning::Nothing | Meaning::Derived) => return,
            Some(Meaning::Source) | None => None,
        };
        let Some((property, language)) = property else { return self.leave_out_triple(&quad) };
        let Some(name) = self.reference(subject) else { return self.left_out.add(LeftOut::Blank, line) };
        let Some(value) = self.value(property, language, &quad) else { return };
        self.claim(name, property, value, line);
        for quad in node {
            self.of_statement(quad);
        }
        self.statements.end_row(line);
    }

    /// Adds what a triple of a statement's node says: a qualifier, the rank, a source.
    fn of_statement(&mut self, quad: &Quad) {
        let (words, line) = (self.words, quad.line);
        let predicate = Some(quad.predicate);
        if [words.kind, words.subject, words.predicate, words.object, words.reifies].contains(&predicate) {
            return;
        }
        if predicate == words.rank {
            let value =
                self.dictionary.value(quad.object).map(|value| Cow::Borrowed(self.ontology.value(value).name.as_str()));
            if let Some(rank) = value.or_else(|| self.reference(quad.object)) {
                self.statements.push(RANK, rank, line);
            }
            return;
        }
        match self.meaning(quad) {
            Some(Meaning::Source) => {
                if let Some(source) = self.cite(quad) {
                    self.statements.push(SOURCE, source, line);
                }
            }
            Some(Meaning::Derived | Meaning::Nothing) => {}
            Some(Meaning::Property(property, language))
                if self.ontology.property(property).kind == PropertyKind::Qualifier =>
            {
                if let Some((text, language)) = self.value(property, language, quad) {
                    self.statements.push(Header::Term(property, language), text, line);
                }
            }
            Some(Meaning::Property(..)) | None => self.leave_out_triple(quad),
        }
    }

    /// The triple that the node of a statement is about.
    pub(super) fn said(&self, node: &[Quad]) -> Result<[Symbol; 3], (Code, &'static str)> {
        let one = |word: Option<Symbol>| {
            let mut values = node.iter().filter(|quad| Some(quad.predicate) == word).map(|quad| quad.object);
            let first = values.next();
            if values.any(|other| Some(other) != first) {
                Err((Code::InvalidRdf, "a statement that says several things"))
            } else {
                Ok(first)
            }
        };
        if let Some(triple) = one(self.words.reifies)? {
            return match self.quads.term(triple) {
                Term::Triple(said) => Ok(said),
                Term::Iri(_) | Term::Blank | Term::Literal { .. } => {
                    Err((Code::InvalidRdf, "a statement of what is no triple"))
                }
            };
        }
        let said = [self.words.subject, self.words.predicate, self.words.object].map(one);
        match said {
            [Ok(Some(subject)), Ok(Some(predicate)), Ok(Some(object))] => Ok([subject, predicate, object]),
            [Err(several), ..] | [_, Err(several), _] | [.., Err(several)] => Err(several),
            [Ok(None), ..] | [_, Ok(None), _] | [.., Ok(None)] => {
                Err((Code::EmptyCell, "a statement that lacks a part"))
            }
        }
    }

    /// Returns the table of paragraphs, in the order of reading.
    pub(super) fn paragraphs(&mut self, nodes: &[&'a [Quad]], left: Left) -> Draft<'a> {
        let mut rows = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Some((document, number)) = self.paragraph(node) else {
                let line = node.first().map_or(0, |quad| quad.line);
                let message = "a paragraph needs one document and one number";
                let finding = Finding::new(Code::EmptyCell, self.file.locate_line(line), message);
                self.findings.push(finding.help("say dcterms:isPartOf and rap:number of it"));
                continue;
            };
            let position = node.iter().find(|quad| Some(quad.predicate) == self.words.position);
            let position = position.and_then(|quad| match self.quads.term(quad.object) {
                Term::Literal { text, .. } => text.parse::<u64>().ok(),
                Term::Iri(_) | Term::Blank | Term::Triple(_) => None,
            });
            rows.push((document, position.unwrap_or(u64::MAX), number, *node));
        }
        rows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut draft = Draft::new(&["document", "number"], left);
        for (document, _, number, node) in rows {
            let line = node.first().map_or(0, |quad| quad.line);
            draft.push(DOCUMENT, document, line);
            draft.push(NUMBER, number, line);
            for quad in node {
                self.of_paragraph(quad, &mut draft);
            }
            draft.end_row(line);
        }
        draft
    }

    /// The document and the number of a paragraph.
    pub(super) fn paragraph(&self, node: &[Quad]) -> Option<(Cow<'a, str>, &'a str)> {
        let find = |word: Option<Symbol>| node.iter().find(|quad| Some(quad.predicate) == word && word.is_some());
        let document = self.reference(find(self.words.is_part_of)?.object)?;
        match self.quads.term(find(self.words.number)?.object) {
            Term::Literal { text, .. } => Some((document, text)),
            Term::Iri(_) | Term::Blank | Term::Triple(_) => None,
        }
    }

    fn of_paragraph(&mut self, quad: &Quad, draft: &mut Draft<'a>) {
        let words = self.words;
        if [words.kind, words.is_part_of, words.number, words.position].contains(&Some(quad.predicate)) {
            return;
        }
        match self.dictionary.property(quad.predicate) {
            Some(Meaning::Property(property, language))
                if self.ontology.property(property).kind == PropertyKind::Annotation =>
            {
                if let Some((text, language)) = self.value(property, language, quad) {
                    draft.push(Header::Term(property, language), text, quad.line);
                }
            }
            Some(Meaning::Derived | Meaning::Nothing) => {}
            Some(Meaning::Property(..) | Meaning::Source) | None => self.leave_out_triple(quad),
        }
    }
}

//! Terms in and out: from the library's to ours, and back.

use std::cell::Cell;
use std::sync::Arc;

use oxrdf as ox;
use oxrdf::vocab::xsd;
use spareval::ExpressionTerm;

use super::index::Index;
use super::term::{Kind, Term, Text};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, Object, ParagraphId, PropertyId, StatementId, Symbol};
use crate::ontology::{self, Datatype};
use crate::rdf::{Node, base_iri, segment};

/// Spells the terms of a graph.
#[derive(Debug)]
pub(super) struct Speller<'a> {
    graph: &'a KnowledgeGraph,
    index: &'a Index,
    base: &'a str,
    /// Whether an integer was met that the evaluator cannot compute with.
    pub(super) met_long_integer: Cell<bool>,
}

/// The number of the first kind that is a language.
const LANGUAGES: u16 = Kind::PLAIN.0 + 1 + Datatype::Date as u16 + 1;

impl<'a> Speller<'a> {
    pub(super) fn new(graph: &'a KnowledgeGraph, index: &'a Index) -> Self {
        Self { graph, index, base: base_iri(graph), met_long_integer: Cell::new(false) }
    }

    // Terms in

    /// Returns a term of the library as one of ours, which borrows nothing.
    pub(super) fn lasting(&self, term: ox::Term) -> Term<'static> {
        match term {
            ox::Term::NamedNode(node) => self.numbered(node.as_str()).unwrap_or_else(|| made(node.as_str(), Kind::IRI)),
            ox::Term::Literal(literal) => self.literal(literal),
            ox::Term::BlankNode(_) => Term::Other(Arc::new(term)),
            ox::Term::Triple(triple) => self
                .triple(&triple)
                .map_or_else(|| Term::Other(Arc::new(ox::Term::Triple(triple))), |id| Term::Triple(id.number())),
        }
    }

    /// Returns the number of what has an IRI.
    pub(super) fn numbered(&self, iri: &str) -> Option<Term<'static>> {
        let ours = iri.strip_prefix(self.base).and_then(|path| self.under_base(path));
        ours.or_else(|| self.index.vocabulary.number(iri).map(Term::Word))
    }

    fn under_base(&self, path: &str) -> Option<Term<'static>> {
        if let Some(entity) = self.graph.entity_by_id(path) {
            return Some(Term::Entity(entity.number()));
        }
        if let Some((document, number)) = path.split_once("/para/") {
            return self.paragraph(document, number).map(|id| Term::Paragraph(number_of(id)));
        }
        let hash = path.strip_prefix("statement/")?;
        self.index.by_hash(self.graph, hash).map(|id| Term::Statement(id.number()))
    }

    fn paragraph(&self, document: &str, number: &str) -> Option<ParagraphId> {
        let document = self.graph.entity_by_id(document)?;
        let is_it = |&id: &ParagraphId| segment(self.graph.text(self.graph.paragraph(id).number)) == number;
        self.paragraphs_of(document).map(ParagraphId::new).find(is_it)
    }

    /// The numbers of a document's paragraphs.
    pub(super) fn paragraphs_of(&self, document: EntityId) -> std::ops::Range<u32> {
        let all = self.graph.paragraphs();
        let start = all.partition_point(|paragraph| paragraph.document < document);
        let length = all[start..].partition_point(|paragraph| paragraph.document == document);
        #[expect(clippy::cast_possible_truncation, reason = "paragraphs are numbered with u32")]
        let range = start as u32..(start + length) as u32;
        range
    }

    fn literal(&self, literal: ox::Literal) -> Term<'static> {
        let kind = match literal.language() {
            _ if literal.direction().is_some() => None,
            // Tags are the same in whatever case.
            Some(tag) => Language::parse(tag).ok().and_then(|language| self.tagged(language)),
            None if literal.datatype() == xsd::STRING => Some(Kind::PLAIN),
            None => Datatype::from_iri(literal.datatype().as_str()).map(typed),
        };
        match kind {
            Some(kind) if kind == typed(Datatype::Integer) => {
                canonical(literal.value()).map_or_else(|| made(literal.value(), kind), Term::Integer)
            }
            Some(kind) => made(literal.value(), kind),
            None => Term::Other(Arc::new(lower_tag(literal).into())),
        }
    }

    fn tagged(&self, language: Language) -> Option<Kind> {
        let place = self.index.languages.iter().position(|other| *other == language)?;
        u16::try_from(place).ok()?.checked_add(LANGUAGES).map(Kind)
    }

    /// Returns the first statement of a triple.
    fn triple(&self, triple: &ox::Triple) -> Option<StatementId> {
        let Term::Entity(subject) = self.lasting(triple.subject.clone().into()) else { return None };
        let Term::Word(predicate) = self.lasting(triple.predicate.clone().into()) else { return None };
        let property = self.index.vocabulary.role(predicate).property?;
        let object = self.lasting(triple.object.clone());
        let about = self.of_property(EntityId::new(subject), property);
        about.map(StatementId::new).find(|&id| self.stated(id) == object)
    }

    /// The statements about an entity with a property.
    pub(super) fn of_property(&self, entity: EntityId, property: PropertyId) -> std::ops::Range<u32> {
        let about = self.index.about(self.graph, entity);
        let statements = &self.graph.statements()[about.start as usize..about.end as usize];
        let start = statements.partition_point(|statement| statement.property < property);
        let length = statements[start..].partition_point(|statement| statement.property == property);
        #[expect(clippy::cast_possible_truncation, reason = "statements are numbered with u32")]
        let range = about.start + start as u32..about.start + (start + length) as u32;
        range
    }

    // Values of the graph

    /// Returns the object of a statement.
    pub(super) fn stated(&self, id: StatementId) -> Term<'a> {
        let statement = self.graph.statement(id);
        self.value(statement.property, statement.object)
    }

    /// Returns the value of a property.
    pub(super) fn value(&self, property: PropertyId, object: Object) -> Term<'a> {
        match object {
            Object::Entity(entity) => Term::Entity(entity.number()),
            Object::Value(value) => Term::Word(self.index.vocabulary.value(value)),
            Object::Literal(text, language) => {
                self.text(self.graph.ontology().property(property).range, text, language)
            }
        }
    }

    fn text(&self, range: ontology::Range, symbol: Symbol, language: Option<Language>) -> Term<'a> {
        let text = self.graph.text(symbol);
        let kind = match range {
            ontology::Range::Literal(Datatype::AnyUri) => {
                return self.numbered(text).unwrap_or(Term::Held(text, Kind::IRI));
            }
            ontology::Range::Literal(Datatype::LangString | Datatype::PlainLiteral) => {
                language.and_then(|language| self.tagged(language)).unwrap_or(Kind::PLAIN)
            }
            ontology::Range::Literal(Datatype::String) | ontology::Range::Entity(_) | ontology::Range::Value(_) => {
                Kind::PLAIN
            }
            ontology::Range::Literal(Datatype::Integer) => {
                let kind = typed(Datatype::Integer);
                return canonical(text).map_or(Term::Held(text, kind), Term::Integer);
            }
            ontology::Range::Literal(datatype) => typed(datatype),
        };
        Term::Held(text, kind)
    }

    // Terms out

    fn iri(&self, term: &Term<'_>) -> Option<String> {
        match term {
            Term::Entity(number) => Some(Node::Entity(self.base, self.graph.id(EntityId::new(*number))).to_iri()),
            Term::Word(number) => Some(self.index.vocabulary.iri(*number).to_owned()),
            Term::Paragraph(number) => {
                let paragraph = self.graph.paragraph(ParagraphId::new(*number));
                let (document, number) = (self.graph.id(paragraph.document), self.graph.text(paragraph.number));
                Some(Node::Paragraph(self.base, document, number).to_iri())
            }
            Term::Statement(number) => {
                Some(Node::Statement(self.base, &self.index.hash(self.graph, StatementId::new(*number))).to_iri())
            }
            Term::Held(text, Kind::IRI) => Some((*text).to_owned()),
            Term::Made(text, Kind::IRI) => Some(text.as_str().to_owned()),
            Term::Triple(_) | Term::Integer(_) | Term::Held(..) | Term::Made(..) | Term::Other(_) => None,
        }
    }

    fn node(&self, term: &Term<'_>) -> ox::NamedNode {
        ox::NamedNode::new_unchecked(self.iri(term).unwrap_or_default())
    }

    /// Returns a term as the library's.
    pub(super) fn term(&self, term: &Term<'_>) -> ox::Term {
        if let Some(iri) = self.iri(term) {
            return ox::NamedNode::new_unchecked(iri).into();
        }
        match term {
            Term::Integer(number) => ox::Literal::from(*number).into(),
            Term::Triple(number) => {
                let statement = self.graph.statement(StatementId::new(*number));
                let predicate = Term::Word(self.index.vocabulary.property(statement.property));
                ox::Term::Triple(Box::new(ox::Triple::new(
                    self.node(&Term::Entity(statement.subject.number())),
                    self.node(&predicate),
                    self.term(&self.stated(StatementId::new(*number))),
                )))
            }
            Term::Other(term) => (**term).clone(),
            other @ (Term::Entity(_)
            | Term::Statement(_)
            | Term::Paragraph(_)
            | Term::Word(_)
            | Term::Held(..)
            | Term::Made(..)) => other.text().map_or_else(
                || ox::Literal::new_simple_literal("").into(),
                |(text, kind)| match self.meaning(kind) {
                    Meaning::Plain => ox::Literal::new_simple_literal(text).into(),
                    Meaning::Typed(datatype) => {
                        ox::Literal::new_typed_literal(text, ox::NamedNode::new_unchecked(datatype.iri())).into()
                    }
                    Meaning::Tagged(language) => {
                        ox::Literal::new_language_tagged_literal_unchecked(text, language.as_str()).into()
                    }
                },
            ),
        }
    }

    /// Returns a term as expressions take it. Tags of languages are in lower case, as expressions make them.
    pub(super) fn expression(&self, term: &Term<'_>) -> ExpressionTerm {
        if let Some(iri) = self.iri(term) {
            return ExpressionTerm::NamedNode(ox::NamedNode::new_unchecked(iri));
        }
        match term {
            Term::Integer(number) => ExpressionTerm::IntegerLiteral((*number).into()),
            Term::Triple(_) | Term::Other(_) => self.checked(self.term(term)),
            other @ (Term::Entity(_)
            | Term::Statement(_)
            | Term::Paragraph(_)
            | Term::Word(_)
            | Term::Held(..)
            | Term::Made(..)) => match other.text().map(|(text, kind)| (text, self.meaning(kind))) {
                Some((text, Meaning::Plain)) => ExpressionTerm::StringLiteral(text.to_owned()),
                Some((text, Meaning::Tagged(language))) => ExpressionTerm::LangStringLiteral {
                    value: text.to_owned(),
                    language: language.as_str().to_ascii_lowercase(),
                },
                Some((text, Meaning::Typed(Datatype::Date))) if let Ok(date) = text.parse() => {
                    ExpressionTerm::DateLiteral(date)
                }
                Some((_, Meaning::Typed(_))) | None => self.checked(self.term(term)),
            },
        }
    }

    /// Notes an integer that the evaluator takes for a literal of an unknown datatype.
    fn checked(&self, term: ox::Term) -> ExpressionTerm {
        if let ox::Term::Literal(literal) = &term
            && literal.datatype() == xsd::INTEGER
            && is_long_integer(literal.value())
        {
            self.met_long_integer.set(true);
        }
        term.into()
    }

    fn meaning(&self, kind: Kind) -> Meaning {
        let Some(number) = kind.0.checked_sub(Kind::PLAIN.0 + 1) else { return Meaning::Plain };
        let datatype = Datatype::ALL.get(usize::from(number)).copied().map(Meaning::Typed);
        let language = || self.index.languages.get(usize::from(kind.0.saturating_sub(LANGUAGES)));
        datatype.or_else(|| language().copied().map(Meaning::Tagged)).unwrap_or(Meaning::Plain)
    }
}

/// What the text of a literal is.
enum Meaning {
    Plain,
    Typed(Datatype),
    Tagged(Language),
}

/// Returns a term with text of its own.
pub(super) fn made(text: &str, kind: Kind) -> Term<'static> {
    Term::Made(Text::new(text), kind)
}

/// The kind of the literals of a datatype.
pub(super) fn typed(datatype: Datatype) -> Kind {
    Kind(Kind::PLAIN.0 + 1 + datatype as u16)
}

fn number_of(id: ParagraphId) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "paragraphs are numbered with u32")]
    let number = id.index() as u32;
    number
}

/// Returns the number that a text is the canonical form of.
fn canonical(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let is_canonical = match digits {
        [b'0'] => text.len() == 1,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if is_canonical { text.parse().ok() } else { None }
}

/// Tells whether a text is an integer of more than 64 bits.
pub(super) fn is_long_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<i64>().is_err()
}

fn lower_tag(literal: ox::Literal) -> ox::Literal {
    match (literal.language(), literal.direction()) {
        (Some(tag), None) => {
            ox::Literal::new_language_tagged_literal_unchecked(literal.value(), tag.to_ascii_lowercase())
        }
        (Some(_), Some(_)) | (None, _) => literal,
    }
}

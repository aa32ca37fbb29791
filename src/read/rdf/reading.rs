//! The parts of a file of RDF in hand: what its nodes are, how they are called, and what they say.

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};

use super::dictionary::{ClassMeaning, Dictionary};
use super::left_out::{Count, LeftOut};
use super::parse::{Quad, Quads, Term};
use super::table::Draft;
use crate::finding::{Code, Finding, Findings};
use crate::model::{ClassId, Language, PropertyId, Symbol};
use crate::ontology::{
    DCTERMS_IS_PART_OF, DCTERMS_SOURCE, Datatype, Ontology, PARAGRAPH_PATH, PROV_HAD_PRIMARY_SOURCE, RAP_NUMBER,
    RAP_PARAGRAPH, RAP_POSITION, RAP_RANK, RAP_STATEMENT, RDF_OBJECT, RDF_PREDICATE, RDF_REIFIES, RDF_STATEMENT,
    RDF_SUBJECT, RDF_TYPE, Range, VOID_DATASET,
};
use crate::read::text::TextFile;

/// The language of a text of which it is not said: undetermined, by ISO 639-2.
const UNDETERMINED: &str = "und";

macro_rules! words {
    ($($word:ident $iri:ident)*) => {
        /// The words of RDF that say what a node is, as far as the file has them.
        #[derive(Debug, Clone, Copy)]
        pub(super) struct Words {
            $(pub(super) $word: Option<Symbol>,)*
        }

        impl Words {
            pub(super) fn of(quads: &Quads) -> Self {
                Self { $($word: quads.terms.symbol(&format!("<{}", $iri)),)* }
            }
        }
    };
}

words! {
    kind RDF_TYPE
    subject RDF_SUBJECT
    predicate RDF_PREDICATE
    object RDF_OBJECT
    reifies RDF_REIFIES
    rank RAP_RANK
    source DCTERMS_SOURCE
    primary_source PROV_HAD_PRIMARY_SOURCE
    is_part_of DCTERMS_IS_PART_OF
    number RAP_NUMBER
    position RAP_POSITION
    statement RAP_STATEMENT
    rdf_statement RDF_STATEMENT
    paragraph RAP_PARAGRAPH
    dataset VOID_DATASET
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Entity(ClassId),
    Statement,
    Paragraph,
    Dataset,
    /// Nothing that a table holds.
    Other,
}

/// A file while its nodes become rows.
pub(super) struct Reading<'a> {
    pub(super) quads: &'a Quads,
    pub(super) words: Words,
    pub(super) dictionary: &'a Dictionary,
    pub(super) ontology: &'a Ontology,
    pub(super) file: &'a TextFile,
    /// What the IRIs of the data set begin with.
    pub(super) base: &'a str,
    /// The ids of entities whose IRIs do not end in one. Only looked up.
    pub(super) ids: HashMap<Symbol, String>,
    /// The sources that paragraphs are. Only looked up.
    pub(super) cited: HashMap<Symbol, String>,
    /// What the nodes of statements say. Only looked up.
    pub(super) stated: HashSet<[Symbol; 3]>,
    /// The source of what cites none, and how much does, with the line of the first.
    pub(super) fallback: (&'a str, usize, u32),
    pub(super) entities: Draft<'a>,
    pub(super) statements: Draft<'a>,
    pub(super) left_out: Count,
    pub(super) findings: Findings,
}

impl<'a> Reading<'a> {
    /// Tells what the node of some quads is.
    pub(super) fn kind(&self, node: &[Quad]) -> Kind {
        let words = self.words;
        let has = |word: Option<Symbol>| word.is_some() && node.iter().any(|quad| Some(quad.predicate) == word);
        if has(words.reifies) || (has(words.subject) && has(words.predicate) && has(words.object)) {
            return Kind::Statement;
        }
        let classes = || node.iter().filter(|quad| Some(quad.predicate) == words.kind).map(|quad| quad.object);
        for class in classes().map(Some) {
            if class == words.statement || class == words.rdf_statement {
                return Kind::Statement;
            }
            if class == words.paragraph {
                return Kind::Paragraph;
            }
            if class == words.dataset {
                return Kind::Dataset;
            }
        }
        let known = classes().filter_map(|class| match self.dictionary.class(class) {
            Some(ClassMeaning::Class(class)) => Some(class),
            Some(ClassMeaning::Nothing) | None => None,
        });
        let known: Vec<ClassId> =
            known.filter(|&class| self.ontology.is_a(class, self.ontology.known().entity)).collect();
        // The one that says most: that of which none of the others is a kind.
        let is_general =
            |&class: &ClassId| known.iter().any(|&other| other != class && self.ontology.is_a(other, class));
        let specific = known.iter().copied().filter(|class| !is_general(class)).min();
        specific.map_or(Kind::Other, Kind::Entity)
    }

    /// Tells whether the node of a statement says that it is known to be wrong.
    pub(super) fn is_deprecated(&self, node: &[Quad]) -> bool {
        let deprecated = self.ontology.known().deprecated;
        let ranks = node.iter().filter(|quad| Some(quad.predicate) == self.words.rank);
        ranks.map(|quad| self.dictionary.value(quad.object)).any(|value| value == Some(deprecated))
    }

    /// Counts a node that no table holds.
    pub(super) fn leave_out(&mut self, node: &[Quad]) {
        let Some(first) = node.first() else { return };
        let classes = node.iter().filter(|quad| Some(quad.predicate) == self.words.kind);
        let mut unknown = Vec::new();
        for quad in classes {
            match self.dictionary.class(quad.object) {
                Some(_) => return,
                None => unknown.push((self.quads.iri(quad.object).unwrap_or_default().to_owned(), quad.line)),
            }
        }
        match unknown.into_iter().next() {
            Some((class, line)) => self.left_out.add(LeftOut::Class(class), line),
            None => self.left_out.add(LeftOut::NoClass, first.line),
        }
    }

    /// What a table writes for an entity: its id; of what is no entity of the file, the IRI; of a text, the text. Nothing
    /// for a blank node.
    pub(super) fn reference(&self, symbol: Symbol) -> Option<Cow<'a, str>> {
        match self.quads.term(symbol) {
            Term::Iri(iri) => Some(match self.ids.get(&symbol) {
                Some(id) => Cow::Owned(id.clone()),
                None => Cow::Borrowed(iri.strip_prefix(self.base).filter(|id| !id.is_empty()).unwrap_or(iri)),
            }),
            Term::Literal { text, .. } => Some(Cow::Borrowed(text)),
            Term::Blank | Term::Triple(_) => None,
        }
    }

    /// What a table writes for a source: a document, or a document and its paragraph.
    pub(super) fn source(&self, symbol: Symbol) -> Option<Cow<'a, str>> {
        if let Some(source) = self.cited.get(&symbol) {
            return Some(Cow::Owned(source.clone()));
        }
        let reference = self.reference(symbol)?;
        match reference.split_once(PARAGRAPH_PATH) {
            Some((document, number)) if !document.contains("://") => {
                Some(format!("{document}#{}", decoded(number)).into())
            }
            Some(_) | None => Some(reference),
        }
    }

    /// What a table writes for a value of a property, with its language. What cannot be written is counted.
    pub(super) fn value(
        &mut self,
        property: PropertyId,
        otherwise: Option<Language>,
        quad: &Quad,
    ) -> Option<(Cow<'a, str>, Option<Language>)> {
        let iri = || self.quads.iri(quad.predicate).unwrap_or_default().to_owned();
        let range = self.ontology.property(property).range;
        let (text, tag) = match (self.quads.term(quad.object), range) {
            (Term::Literal { text, language }, _) => (Cow::Borrowed(text), language),
            (Term::Iri(_), Range::Entity(_)) => (self.reference(quad.object)?, None),
            (Term::Iri(iri), Range::Value(_)) => match self.dictionary.value(quad.object) {
                Some(value) => (Cow::Borrowed(self.ontology.value(value).name.as_str()), None),
                None => (Cow::Borrowed(iri), None),
            },
            (Term::Iri(iri), Range::Literal(_)) => (Cow::Borrowed(iri), None),
            (Term::Blank | Term::Triple(_), _) => {
                self.left_out.add(LeftOut::ToBlank(iri()), quad.line);
                return None;
            }
        };
        if text.trim().is_empty() {
            self.left_out.add(LeftOut::Empty(iri()), quad.line);
            return None;
        }
        let language = match (range, tag) {
            (Range::Literal(Datatype::LangString | Datatype::PlainLiteral), Some(tag)) => match Language::parse(tag) {
                Ok(language) => Some(language),
                Err(error) => {
                    let finding =
                        Finding::new(Code::InvalidLanguage, self.file.locate_line(quad.line), error.to_string());
                    self.findings.push(finding.help("write a tag such as `en` or `zh-Hans`"));
                    return None;
                }
            },
            (Range::Literal(Datatype::LangString), None) => otherwise.or_else(|| Language::parse(UNDETERMINED).ok()),
            (Range::Literal(Datatype::PlainLiteral), None) => otherwise,
            (_, Some(_)) => {
                self.left_out.add(LeftOut::Language(iri()), quad.line);
                None
            }
            (_, None) => None,
        };
        Some((text, language))
    }

    /// Adds a source to the row in the making of a table, if it can be one.
    pub(super) fn cite(&mut self, quad: &Quad) -> Option<Cow<'a, str>> {
        let source = self.source(quad.object);
        if source.is_none() {
            let iri = self.quads.iri(quad.predicate).unwrap_or_default().to_owned();
            self.left_out.add(LeftOut::ToBlank(iri), quad.line);
        }
        source
    }
}

/// Returns a segment of a path as text, with the characters that are percent-encoded in it.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        let encoded = digit(0).zip(digit(1)).filter(|_| *first == b'%');
        let byte = encoded.and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_paragraphs_are_decoded() {
        assert_eq!(decoded("3%20%28%D8%A3%29"), "3 (أ)");
        assert_eq!(decoded("2.10%"), "2.10%");
        assert_eq!(decoded("%+1%2"), "%+1%2");
    }
}

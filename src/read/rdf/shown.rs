//! What comes out of the first things of a file that is mapped, so that a person sees at once what the mapping does.

use super::dictionary::{ClassMeaning, Meaning};
use super::node::Node;
use super::parse::{Quad, Term};
use super::reading::{Kind, Reading};
use super::table::tagged;
use crate::model::Symbol;
use crate::ontology::{PREFIXES, PropertyKind};

/// So many things that become entities are shown, and as many that become nothing.
const MOST: usize = 3;
/// So many triples of a thing are shown.
const MOST_TRIPLES: usize = 50;
/// So many characters of a text are kept.
const MOST_CHARACTERS: usize = 200;

/// What comes out of the first things of a file of RDF.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The name of the file.
    pub(crate) file: String,
    /// How many things the file has of which a class or a property is said.
    pub(crate) of: usize,
    /// Things with their numbers in the file, from 1.
    pub(crate) things: Vec<(usize, Thing)>,
}

/// What comes out of a thing.
#[derive(Debug, Default)]
pub(crate) struct Thing {
    /// What stands in the file, and what it becomes.
    pub(crate) triples: Vec<(String, Becomes)>,
    /// How many more triples it has.
    pub(crate) more: usize,
}

/// What a term or a triple of a file becomes.
#[derive(Debug)]
pub(crate) enum Becomes {
    /// A text in a column.
    Text(String),
    /// Nothing, as the mapping says.
    LeftOut,
    /// Nothing, because no mapping says what it means.
    Unmapped,
    /// Nothing, because its form has no place in a table: a blank node, an empty text.
    Unwritable,
}

impl<'a> Reading<'a> {
    /// Shows the first of some nodes that become entities, and the first that become nothing.
    pub(super) fn shown(&mut self, nodes: &[Node<'a>]) -> Shown {
        // What is told of them is told when they are read.
        let told = (std::mem::take(&mut self.left_out), std::mem::take(&mut self.findings));
        let (mut n_entities, mut n_others, mut things) = (0, 0, Vec::new());
        for (number, (kind, node)) in (1..).zip(nodes) {
            let count = match kind {
                Kind::Entity(_) => &mut n_entities,
                Kind::Other => &mut n_others,
                Kind::Statement | Kind::Paragraph | Kind::Dataset => continue,
            };
            *count += 1;
            if *count <= MOST {
                things.push((number, self.thing(*kind, node)));
            }
            if n_entities >= MOST && n_others >= MOST {
                break;
            }
        }
        (self.left_out, self.findings) = told;
        Shown { file: self.file.name().to_owned(), of: nodes.len(), things }
    }

    fn thing(&mut self, kind: Kind, node: &'a [Quad]) -> Thing {
        let mut thing = Thing::default();
        let Some(&Quad { subject, .. }) = node.first() else { return thing };
        let is_entity = matches!(kind, Kind::Entity(_));
        let id = self.quads.iri(subject).filter(|_| is_entity).and_then(|_| self.reference(subject));
        let name = self.written(subject);
        let is_read = id.is_some();
        let mut classes = node.iter().filter(|quad| Some(quad.predicate) == self.words.kind);
        let is_known = classes.any(|quad| self.dictionary.class(quad.object).is_some());
        let becomes = match id {
            Some(id) => Becomes::Text(format!("id: {id}")),
            None if is_entity => Becomes::Unwritable,
            None if is_known => Becomes::LeftOut,
            None => Becomes::Unmapped,
        };
        thing.triples.push((name, becomes));
        for quad in node.iter().take(MOST_TRIPLES) {
            let is_class = Some(quad.predicate) == self.words.kind;
            let predicate = if is_class { "a".to_owned() } else { self.written(quad.predicate) };
            let becomes = match (is_class, is_read) {
                (true, _) => self.class_shown(kind, quad),
                (false, true) => self.triple_shown(quad),
                // Nothing is said of what is no entity.
                (false, false) => continue,
            };
            thing.triples.push((format!("{predicate} {}", self.written(quad.object)), becomes));
        }
        thing.more = node.len().saturating_sub(MOST_TRIPLES);
        thing
    }

    /// What the class of a thing becomes. Of several the one counts that says most.
    fn class_shown(&self, kind: Kind, quad: &Quad) -> Becomes {
        match self.dictionary.class(quad.object) {
            Some(ClassMeaning::Class(class)) if kind == Kind::Entity(class) => {
                Becomes::Text(format!("class: {}", self.ontology.class(class).name))
            }
            Some(ClassMeaning::Class(_) | ClassMeaning::Nothing) => Becomes::LeftOut,
            None => Becomes::Unmapped,
        }
    }

    fn triple_shown(&mut self, quad: &Quad) -> Becomes {
        let text = match self.meaning(quad) {
            None => return Becomes::Unmapped,
            Some(Meaning::Derived | Meaning::Nothing) => return Becomes::LeftOut,
            Some(Meaning::Source) => self.source(quad.object).map(|source| format!("source: {}", cut(&source))),
            Some(Meaning::Property(property, language)) => match self.ontology.property(property).kind {
                PropertyKind::Annotation | PropertyKind::Claim => {
                    self.value(property, language, quad).map(|(text, language)| {
                        format!("{}: {}", tagged(&self.ontology.property(property).name, language), cut(&text))
                    })
                }
                PropertyKind::Qualifier | PropertyKind::Computed => return Becomes::Unmapped,
            },
        };
        text.map_or(Becomes::Unwritable, Becomes::Text)
    }

    /// A term as the file may write it: with a prefix of the file or of a vocabulary where one fits.
    fn written(&self, symbol: Symbol) -> String {
        match self.quads.term(symbol) {
            Term::Literal { text, language: Some(language) } => format!("\"{}\"@{language}", cut(text)),
            Term::Literal { text, language: None } => format!("\"{}\"", cut(text)),
            Term::Iri(iri) => {
                let of_file =
                    self.quads.prefixes.iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
                let with_prefix = |(prefix, namespace): (&str, &str)| {
                    let name = iri.strip_prefix(namespace).filter(|_| !namespace.is_empty())?;
                    (!name.is_empty() && !name.contains(['/', '#'])).then(|| format!("{prefix}:{name}"))
                };
                let written = of_file.chain(PREFIXES.iter().copied()).find_map(with_prefix);
                written.unwrap_or_else(|| format!("<{}>", cut(iri)))
            }
            Term::Blank => "[]".to_owned(),
            Term::Triple(_) => "<<…>>".to_owned(),
        }
    }
}

/// A text, of a long one the beginning.
fn cut(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}

//! The graph as the evaluator sees it: quads that are told from the graph when they are asked for, and kept nowhere.

mod count;
mod find;
mod gauge;
mod index;
mod object;
mod order;
mod spell;
mod term;
mod unit;
mod vocabulary;

pub(super) use gauge::{Ended, Limits, Patience, lift_limits, limit};
pub(super) use index::Index;
pub(super) use vocabulary::HIDDEN;

use std::convert::Infallible;
use std::rc::Rc;

use oxrdf as ox;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use crate::graph::KnowledgeGraph;
use crate::model::EntityId;
use crate::rdf::{Profile, Triples};
use find::{Found, Purpose};
use index::Extra;
use spell::Speller;
use term::{Counted, Kind, Term, Text};
use unit::{Graphs, Merged, Quad};

/// Returns the index of a graph, with quads that stand beside it.
pub(super) fn index(graph: &KnowledgeGraph, quads: Vec<ox::Quad>) -> Index {
    let mut index = Index::new(graph);
    for quad in &quads {
        for term in [ox::Term::from(quad.subject.clone()), quad.predicate.clone().into(), quad.object.clone()] {
            if let ox::Term::NamedNode(node) = term {
                index.vocabulary.add(node.as_str());
            }
        }
        if let ox::GraphName::NamedNode(node) = &quad.graph_name {
            index.vocabulary.add(node.as_str());
        }
    }
    let mut extra = Extra::default();
    let speller = Speller::new(graph, &index);
    for quad in quads {
        let triple = [quad.subject.into(), quad.predicate.into(), quad.object].map(|term| speller.lasting(term));
        let name = match quad.graph_name {
            ox::GraphName::DefaultGraph => None,
            ox::GraphName::NamedNode(node) => Some(ox::Term::from(node)),
            ox::GraphName::BlankNode(node) => Some(node.into()),
        };
        extra.push(triple, name.map(|name| speller.lasting(name)));
    }
    index.extra = extra;
    index
}

/// A graph in a profile, as one query sees it.
#[derive(Debug)]
pub(super) struct View<'a> {
    graph: &'a KnowledgeGraph,
    index: &'a Index,
    triples: Triples<'a>,
    /// The triples as if statements said what they are about with triples of their own.
    reified: Triples<'a>,
    speller: Speller<'a>,
    /// The named graphs that FROM makes the default graph of.
    from: Option<Rc<Merged<'a>>>,
}

impl<'a> View<'a> {
    /// Returns the view of a query; `from` names the graphs that its FROM clauses do, if it has any.
    pub(super) fn new(
        graph: &'a KnowledgeGraph,
        index: &'a Index,
        profile: Profile,
        from: Option<Vec<ox::Term>>,
    ) -> Self {
        let speller = Speller::new(graph, index);
        let from = from.map(|names| {
            let names: Vec<_> = names.into_iter().map(|name| speller.lasting(name)).collect();
            let documents = names.iter().filter_map(|name| {
                if let Term::Entity(document) = name { Some(EntityId::new(*document)) } else { None }
            });
            let documents = documents.collect();
            Rc::new(Merged { names: names.into_iter().collect(), documents })
        });
        let [triples, reified] =
            [profile, Profile::Statements].map(|profile| Triples::new(graph, profile, &index.bases));
        Self { graph, index, triples, reified, speller, from }
    }

    /// Tells whether an integer was met that is longer than the evaluator computes with.
    pub(super) fn met_long_integer(&self) -> bool {
        self.speller.met_long_integer.get()
    }

    fn has_named_graphs(&self) -> bool {
        self.triples.profile == Profile::Graphs
    }
}

/// The dataset that the evaluator is given.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a>(pub(super) Rc<View<'a>>);

/// The quads of a pattern.
struct Quads<'a> {
    view: Rc<View<'a>>,
    found: std::vec::IntoIter<(unit::Units<'a>, unit::Wanted<'a>)>,
    open: Option<(unit::Units<'a>, unit::Wanted<'a>)>,
    said: Vec<Quad<'a>>,
}

impl<'a> Quads<'a> {
    fn new(view: &Rc<View<'a>>, found: Found<'a>) -> Self {
        Self { view: Rc::clone(view), found: found.into_iter(), open: None, said: Vec::new() }
    }
}

impl<'a> Iterator for Quads<'a> {
    type Item = Result<InternalQuad<Counted<'a>>, Infallible>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(([subject, predicate, object], graph)) = self.said.pop() {
                return Some(Ok(InternalQuad {
                    subject: Counted::new(subject),
                    predicate: Counted::new(predicate),
                    object: Counted::new(object),
                    graph_name: graph.map(Counted::new),
                }));
            }
            gauge::tick();
            let (units, wanted) = match &mut self.open {
                Some(open) => open,
                None => self.open.insert(self.found.next()?),
            };
            match units.next() {
                Some(unit) => {
                    self.view.say(unit, wanted, &mut self.said);
                    self.said.reverse();
                }
                None => self.open = None,
            }
        }
    }
}

impl<'a> QueryableDataset<'a> for Asked<'a> {
    type InternalTerm = Counted<'a>;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Counted<'a>>,
        predicate: Option<&Counted<'a>>,
        object: Option<&Counted<'a>>,
        graph_name: Option<Option<&Counted<'a>>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Counted<'a>>, Infallible>> + use<'a> {
        let graphs = match (graph_name, &self.0.from) {
            (Some(None), None) => Graphs::Default,
            (Some(None), Some(from)) => Graphs::Merged(Rc::clone(from)),
            (None, _) => Graphs::Each,
            (Some(Some(name)), _) => Graphs::Named(name.term().clone()),
        };
        let [subject, predicate, object] = [subject, predicate, object].map(|term| term.map(Counted::term));
        Quads::new(&self.0, self.0.find(subject, predicate, object, graphs, Purpose::Find))
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Counted<'a>, Infallible>> + use<'a> {
        let view = &self.0;
        let documents = if view.has_named_graphs() { view.index.documents(view.graph) } else { &[] };
        let mut names: Vec<Term<'a>> = documents.iter().map(|document| Term::Entity(document.number())).collect();
        for (_, name) in &view.index.extra.quads {
            if let Some(name) = name
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        names.into_iter().map(|name| Ok(Counted::new(name)))
    }

    fn contains_internal_graph_name(&self, graph_name: &Counted<'a>) -> Result<bool, Infallible> {
        let (view, name) = (&self.0, graph_name.term());
        let is_document = matches!(name, Term::Entity(document) if view.has_named_graphs()
            && view.index.documents(view.graph).binary_search(&EntityId::new(*document)).is_ok());
        Ok(is_document || view.index.extra.quads.iter().any(|(_, graph)| graph.as_ref() == Some(name)))
    }

    fn internalize_term(&self, term: ox::Term) -> Result<Counted<'a>, Infallible> {
        Ok(Counted::new(self.0.speller.lasting(term)))
    }

    fn externalize_term(&self, term: Counted<'a>) -> Result<ox::Term, Infallible> {
        gauge::tick();
        Ok(self.0.speller.term(term.term()))
    }

    fn externalize_expression_term(&self, term: Counted<'a>) -> Result<ExpressionTerm, Infallible> {
        gauge::tick();
        Ok(self.0.speller.expression(term.term()))
    }

    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<Counted<'a>, Infallible> {
        gauge::tick();
        Ok(Counted::new(match term {
            ExpressionTerm::IntegerLiteral(value) => Term::Integer(value.into()),
            ExpressionTerm::StringLiteral(text) => Term::Made(Text::new(text), Kind::PLAIN),
            other => self.0.speller.lasting(other.into()),
        }))
    }
}

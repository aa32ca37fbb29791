//! Rows of an answer, with what each cites.

use oxrdf::Term;

use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::cited::Cited;
use crate::publish::find::entity_of_iri;
use crate::publish::question::PARAGRAPHS;
use crate::query::Row as Terms;

/// The rows of an answer.
pub(super) struct Rows<'a> {
    pub(super) graph: &'a KnowledgeGraph,
    pub(super) languages: &'a [Language],
    variables: &'a [String],
    all: &'a [Terms],
}

/// A row.
pub(super) struct Row<'a> {
    rows: &'a Rows<'a>,
    terms: &'a Terms,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        graph: &'a KnowledgeGraph,
        variables: &'a [String],
        rows: &'a [Terms],
        languages: &'a [Language],
    ) -> Self {
        Self { graph, languages, variables, all: rows }
    }

    pub(super) fn all(&'a self) -> impl Iterator<Item = Row<'a>> {
        self.all.iter().map(|terms| Row { rows: self, terms })
    }

    /// The variables besides the one that says where a row stands.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.variables.iter().map(String::as_str).filter(|variable| *variable != PARAGRAPHS)
    }

    /// What a term says: the name of an entity, another IRI, the text of a literal.
    pub(super) fn text(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => {
                let entity = entity_of_iri(self.graph, node.as_str());
                entity.map_or(node.as_str(), |entity| self.graph.label(entity, self.languages)).to_owned()
            }
            _ => spelled(term),
        }
    }
}

/// A term by what is written of it: an IRI, or the text of a literal.
pub(super) fn spelled(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(_) | Term::Triple(_) => term.to_string(),
    }
}

impl<'a> Row<'a> {
    /// The term of a variable, if it is bound.
    pub(super) fn term(&self, variable: &str) -> Option<&'a Term> {
        let at = self.rows.variables.iter().position(|other| other == variable)?;
        self.terms.get(at)?.as_ref()
    }

    /// What the term of a variable says.
    pub(super) fn text(&self, variable: &str) -> Option<String> {
        Some(self.rows.text(self.term(variable)?))
    }

    /// What the row cites, and what it names besides.
    pub(super) fn cited(&self) -> (Vec<Cited<'a>>, Vec<String>) {
        let cell = self.term(PARAGRAPHS).map(spelled).unwrap_or_default();
        let (cited, unknown) = Cited::listed(self.rows.graph, &cell, self.rows.languages);
        (cited, unknown.into_iter().map(str::to_owned).collect())
    }
}

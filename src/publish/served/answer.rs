//! The answer to a query as a page.

use std::collections::BTreeSet;

use maud::{Markup, html};
use oxrdf::{Literal, NamedOrBlankNode, Term, Triple};

use super::question_words::QuestionWords;
use super::words::QueryWords;
use super::{form, framed};
use crate::graph::KnowledgeGraph;
use crate::graph::ends;
use crate::model::{EntityId, Language};
use crate::publish::chosen;
use crate::publish::find::entity_of_iri;
use crate::publish::question::PARAGRAPHS;
use crate::publish::site::text::{Text, is_web};
use crate::query::Answer;
use crate::rdf::segment;

/// What is shown of an answer, besides itself.
#[derive(Clone, Copy)]
pub(crate) struct AnswerShown<'a> {
    /// The query.
    pub query: &'a str,
    /// Where an IRI of the data set is on the server; nothing for others.
    pub place: &'a dyn Fn(&str) -> Option<String>,
    /// The language of the page, and of names.
    pub language: Language,
    /// The violations of what the data set is by now, where that is not what was asked; zero if it cannot be read.
    pub refused: Option<usize>,
}

/// Returns an answer as a page: a table, with links and names, and where it can be had in other formats.
#[must_use]
pub(crate) fn answer_page(graph: &KnowledgeGraph, answer: &Answer, shown: AnswerShown<'_>) -> String {
    let words = QueryWords::of(shown.language);
    let page = Page { graph, shown, words, languages: graph.languages(Some(shown.language)) };
    let found = match answer {
        Answer::Solutions { variables, rows } => page.solutions(variables, rows),
        Answer::Boolean(value) => html! { p { strong { (if *value { words.yes } else { words.no }) } } },
        Answer::Graph(triples) => page.triples(triples),
    };
    let formats: &[&str] = match answer {
        Answer::Solutions { .. } | Answer::Boolean(_) => &["csv", "tsv", "json", "xml"],
        Answer::Graph(_) => &["turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"],
    };
    let main = html! {
        h1 { (words.answer) }
        @if let Some(rows) = answer.rows() { p { (words.rows(rows)) " " span #time data-time=(words.time) {} } }
        p {
            (words.formats) " "
            @for (number, format) in formats.iter().enumerate() {
                @if number > 0 { " · " }
                a href={"/sparql?query=" (segment(shown.query)) "&format=" (format)} { bdi dir="ltr" { (format) } }
            }
        }
        (page.in_explorer(answer))
        div.wide tabindex="0" role="region" aria-label=(words.answer) { (found) }
        h2 { (words.ask_on) }
        (form(words, shown.query))
    };
    let here = |tag: &str| format!("/sparql?lang={tag}&query={}", segment(shown.query));
    framed(words, Some(&here), words.answer, shown.refused, &main)
}

struct Page<'a> {
    graph: &'a KnowledgeGraph,
    shown: AnswerShown<'a>,
    words: &'static QueryWords,
    languages: Vec<Language>,
}

impl Page<'_> {
    fn solutions(&self, variables: &[String], rows: &[Vec<Option<Term>>]) -> Markup {
        // Columns are called as the query has it, unless a question with a column of paragraphs was asked.
        let is_question = variables.iter().any(|variable| variable == PARAGRAPHS);
        let names = is_question.then(|| QuestionWords::of(&self.languages));
        let name = |variable: &str| names.and_then(|names| names.name(variable));
        html! {
            table {
                thead { tr { @for variable in variables { th scope="col" { (Text(name(variable).unwrap_or(variable))) } } } }
                tbody { @for row in rows { tr {
                    @for term in row { td { @if let Some(term) = term { (self.term(term)) } } }
                } } }
            }
        }
    }

    /// The way to the entities of an answer in the explorer, as far as they have room there.
    fn in_explorer(&self, answer: &Answer) -> Markup {
        const MOST: usize = 60;
        let Ok(chosen) = chosen(self.graph, answer, String::new()) else { return Markup::default() };
        let linked = chosen.statements.iter().flat_map(|&id| ends(self.graph.statement(id)));
        let entities: BTreeSet<EntityId> = chosen.entities.iter().copied().chain(linked).collect();
        let steps: Vec<String> =
            entities.iter().take(MOST).map(|&entity| format!("add={}", segment(self.graph.id(entity)))).collect();
        html! {
            p {
                a href={"/" (self.shown.language) "/explore?" (steps.join("&"))} { (self.words.explorer) }
                @if entities.len() > MOST { " " (self.words.first_of(MOST, entities.len())) }
            }
        }
    }

    fn triples(&self, triples: &[Triple]) -> Markup {
        html! {
            table {
                thead { tr {
                    @for column in [self.words.subject, self.words.property, self.words.object] { th scope="col" { (column) } }
                 } }
                tbody { @for triple in triples { tr {
                    td { (self.subject(&triple.subject)) }
                    td { (self.iri(triple.predicate.as_str())) }
                    td { (self.term(&triple.object)) }
                } } }
            }
        }
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> Markup {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.iri(node.as_str()),
            NamedOrBlankNode::BlankNode(node) => html! { (Text(&node.to_string())) },
        }
    }

    fn term(&self, term: &Term) -> Markup {
        match term {
            Term::NamedNode(node) => self.iri(node.as_str()),
            Term::BlankNode(node) => html! { (Text(&node.to_string())) },
            Term::Literal(literal) => literal_shown(literal),
            Term::Triple(triple) => html! {
                "« " (self.subject(&triple.subject)) " " (self.iri(triple.predicate.as_str())) " "
                (self.term(&triple.object)) " »"
            },
        }
    }

    /// An IRI by the name of what it stands for, if it is of the data set.
    fn iri(&self, iri: &str) -> Markup {
        let entity = entity_of_iri(self.graph, iri);
        let name = entity.map_or(iri, |entity| self.graph.label(entity, &self.languages));
        match (self.shown.place)(iri) {
            Some(place) => html! { a href=(Text(&place)) { bdi { (Text(name)) } } },
            None if is_web(iri) => html! { a href=(Text(iri)) rel="noreferrer" { bdi { (Text(iri)) } } },
            None => html! { bdi { (Text(iri)) } },
        }
    }
}

fn literal_shown(literal: &Literal) -> Markup {
    let language = literal.language().map(Text);
    html! { span lang=[language] dir="auto" { (Text(literal.value())) } }
}

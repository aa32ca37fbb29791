//! Named questions: queries with parameters, whose values are given by name.
//!
//! A question is a SPARQL query that begins with comments in the form of [grlc](https://grlc.io/): `#+ summary:`,
//! `#+ description:` and `#+ sentence:` (how a row of the answer reads; see [`Sentence`](super::Sentence)), each with `@`
//! and a language for others, and `#+ parameters:`, a list of `name: kind = value to begin with`.
//! The kind is the name of a class (an entity of it is meant), `year`, `date`, `number`, `text`, `language` or a choice,
//! `one|other`. In the query a parameter is the variable `?_name_iri` if it is an entity, and else `?_name_literal`.

mod ask;
mod check;
mod fill;
mod head;
mod shipped;
mod worded;

pub use ask::{AskError, asked};
pub(crate) use check::check_questions;

use std::borrow::Cow;
use std::collections::BTreeMap;

use self::head::{Line, head};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::sort;

/// The column of the paragraphs in which a row of an answer is stated.
pub(crate) const PARAGRAPHS: &str = "paragraphs";

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What it asks, by language.
    pub summary: BTreeMap<Language, String>,
    /// What must be known of the answer, by language.
    pub description: BTreeMap<Language, String>,
    /// How a row of the answer reads as a sentence, by language.
    pub sentence: BTreeMap<Language, String>,
    /// What is to be filled in.
    pub parameters: Vec<Parameter>,
    /// The query, with variables for the parameters.
    pub text: Cow<'static, str>,
}

/// The kinds that are no class.
const KINDS: [&str; 5] = ["date", "language", "number", "text", "year"];

/// What is to be filled into a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// The value to begin with.
    pub value: String,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// An entity of a class, by one of its names.
    Entity(String),
    /// A year of four digits.
    Year,
    /// A date, as precise as it is known: `2024`, `2024-03`, `2024-03-01`.
    Date,
    /// A number.
    Number,
    /// Any text.
    Text,
    /// The tag of a language.
    Language,
    /// One of several words.
    Choice(Vec<String>),
}

impl Kind {
    fn parse(text: &str) -> Self {
        match text {
            "year" => Self::Year,
            "date" => Self::Date,
            "number" => Self::Number,
            "text" => Self::Text,
            "language" => Self::Language,
            words if words.contains('|') => Self::Choice(words.split('|').map(|word| word.trim().to_owned()).collect()),
            class => Self::Entity(class.to_owned()),
        }
    }
}

impl Parameter {
    /// Returns the variable that stands for it in the query.
    fn variable(&self) -> String {
        let suffix = if matches!(self.kind, Kind::Entity(_)) { "iri" } else { "literal" };
        format!("?_{}_{suffix}", self.name)
    }
}

impl Question {
    /// Reads a question. What is wrong with it is told by [`check_questions`].
    fn parse(name: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        let (mut summary, mut description, mut sentence) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut parameters = Vec::new();
        for line in head(&text) {
            match line {
                Line::Parameter { name, kind, value } => {
                    let value = value.map_or("", |value| value.text).to_owned();
                    parameters.push(Parameter { name: name.text.to_owned(), kind: Kind::parse(kind.text), value });
                }
                Line::Key { key, tag, value } => {
                    let Ok(language) = Language::parse(tag.map_or("en", |tag| tag.text)) else { continue };
                    let said = match key.text {
                        "summary" => &mut summary,
                        "description" => &mut description,
                        "sentence" => &mut sentence,
                        _ => continue,
                    };
                    said.insert(language, value.text.to_owned());
                }
                Line::Other(_) => {}
            }
        }
        Self { name: name.into(), summary, description, sentence, parameters, text }
    }

    /// Returns what it asks, in the first of the languages that has it.
    #[must_use]
    pub fn summary(&self, languages: &[Language]) -> &str {
        first(&self.summary, languages).unwrap_or(&self.name)
    }

    /// Returns what must be known of the answer, in the first of the languages that has it.
    #[must_use]
    pub fn description(&self, languages: &[Language]) -> Option<&str> {
        first(&self.description, languages)
    }

    /// Returns how a row of the answer reads as a sentence, in the first of the languages that has one.
    #[must_use]
    pub fn sentence(&self, languages: &[Language]) -> Option<&str> {
        languages.iter().find_map(|language| self.sentence.get(language)).map(String::as_str)
    }
}

fn first<'t>(said: &'t BTreeMap<Language, String>, languages: &[Language]) -> Option<&'t str> {
    let wanted = languages.iter().find_map(|language| said.get(language));
    wanted.or_else(|| said.values().next()).map(String::as_str)
}

/// Returns the questions about a graph, sorted by name: those that are part of the program, and those of the data set,
/// which stand in place of others of the same name.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// let questions = rapporteur::publish::questions(&graph);
/// assert!(questions.iter().any(|question| question.name == "members-of-a-body"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn questions(graph: &KnowledgeGraph) -> Vec<Question> {
    let own = graph.questions();
    let mut all: Vec<Question> =
        own.iter().map(|file| Question::parse(file.name().to_owned(), file.text().to_owned())).collect();
    let shipped = shipped::SHIPPED.iter().filter(|(name, _)| own.iter().all(|file| file.name() != *name));
    all.extend(shipped.map(|&(name, text)| Question::parse(name, text)));
    sort::by(&mut all, |a, b| a.name.cmp(&b.name));
    all
}

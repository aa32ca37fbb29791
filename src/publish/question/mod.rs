//! Named questions: queries with parameters, whose values are given by name.
//!
//! A question is a SPARQL query that begins with comments in the form of [grlc](https://grlc.io/): `#+ summary:` (with
//! `@` and a language for others), `#+ description:`, `#+ sentence:` (how a row of the answer reads, also with `@` and a
//! language; see [`Sentence`](super::Sentence)) and `#+ parameters:`, a list of `name: kind = value to begin with`.
//! The kind is the name of a class (an entity of it is meant), `year`, `date`, `number`, `text`, `language` or a choice,
//! `one|other`. In the query a parameter is the variable `?_name_iri` if it is an entity, and else `?_name_literal`.

mod ask;
mod shipped;

pub use ask::{AskError, asked};

use std::collections::BTreeMap;

use crate::model::Language;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: &'static str,
    /// What it asks, by language.
    pub summary: BTreeMap<Language, String>,
    /// What must be known of the answer.
    pub description: Option<String>,
    /// How a row of the answer reads as a sentence, by language.
    pub sentence: BTreeMap<Language, String>,
    /// What is to be filled in.
    pub parameters: Vec<Parameter>,
    /// The query, with variables for the parameters.
    pub text: &'static str,
}

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
    /// Reads a question.
    fn parse(name: &'static str, text: &'static str) -> Self {
        let mut question = Self {
            name,
            summary: BTreeMap::new(),
            description: None,
            sentence: BTreeMap::new(),
            parameters: Vec::new(),
            text,
        };
        let lines = text.lines().map_while(|line| line.strip_prefix("#+")).map(str::trim);
        for (key, value) in lines.filter_map(|line| line.split_once(':')) {
            let (key, value) = (key.trim(), value.trim());
            let (key, tag) = key.split_once('@').unwrap_or((key, "en"));
            match (key, key.strip_prefix("- ")) {
                (_, Some(parameter)) => {
                    let (kind, value) = value.split_once('=').unwrap_or((value, ""));
                    let (name, kind) = (parameter.trim().to_owned(), Kind::parse(kind.trim()));
                    question.parameters.push(Parameter { name, kind, value: value.trim().to_owned() });
                }
                ("summary" | "sentence", None) => {
                    let texts = if key == "summary" { &mut question.summary } else { &mut question.sentence };
                    if let Ok(language) = Language::parse(tag) {
                        texts.insert(language, value.to_owned());
                    }
                }
                ("description", None) => question.description = Some(value.to_owned()),
                (_, None) => {}
            }
        }
        question
    }

    /// Returns what it asks, in the first of the languages that has it.
    #[must_use]
    pub fn summary(&self, languages: &[Language]) -> &str {
        let wanted = languages.iter().find_map(|language| self.summary.get(language));
        wanted.or_else(|| self.summary.values().next()).map_or(self.name, String::as_str)
    }

    /// Returns how a row of the answer reads as a sentence, in the first of the languages that has one.
    #[must_use]
    pub fn sentence(&self, languages: &[Language]) -> Option<&str> {
        languages.iter().find_map(|language| self.sentence.get(language)).map(String::as_str)
    }
}

/// Returns the questions that are part of the program, sorted by name.
///
/// ```
/// let questions = rapporteur::publish::questions();
/// assert!(questions.iter().any(|question| question.name == "members-of-a-body"));
/// ```
#[must_use]
pub fn questions() -> Vec<Question> {
    shipped::SHIPPED.iter().map(|&(name, text)| Question::parse(name, text)).collect()
}

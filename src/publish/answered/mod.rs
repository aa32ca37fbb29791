//! The answer to a question as people hand it on: a workbook, Markdown with footnotes, sentences. Each row keeps its paragraphs.

mod footnotes;
mod row;
mod sentence;
mod workbook;

pub(crate) use sentence::{Sentence, SentenceError};

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::find::find;
use super::question::{Kind, Question};
use crate::export::ExportError;
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::query::Answer;

/// A form in which the answer to a question is told, besides those of any query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AnswerFormat {
    /// A workbook: a sheet of rows, and one of what they cite.
    Xlsx,
    /// [Markdown](https://github.github.com/gfm/) with a table, whose rows have what they cite as footnotes.
    Markdown,
    /// A sentence for each row, as the question declares it.
    Sentence,
}

/// What is told of a question besides its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Telling {
    /// What it asks.
    pub title: String,
    /// How a row reads as a sentence, if the question says so.
    pub sentence: Option<String>,
    /// The names of its parameters, with what was asked of, by its name.
    pub values: Vec<(String, String)>,
    /// The tag of the language.
    pub language: Option<String>,
}

/// Why an answer is not told in a form.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TellError {
    /// It has no rows.
    #[error("an answer without rows cannot be written as {}", .0.name())]
    NoRows(AnswerFormat),
    /// The question does not say how.
    #[error("the question `{question}` has no sentence for its answer")]
    NoSentence {
        /// The question.
        question: String,
    },
    /// What it says is no sentence.
    #[error("the sentence of the question is wrong")]
    Sentence(#[from] SentenceError),
    /// The workbook cannot hold it.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// It cannot be written.
    #[error("cannot write the answer")]
    Write(#[from] io::Error),
}

impl AnswerFormat {
    /// All forms.
    pub(crate) const ALL: [Self; 3] = [Self::Xlsx, Self::Markdown, Self::Sentence];

    /// Returns the name, which is the extension of its files too, but for sentences.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Markdown => "md",
            Self::Sentence => "sentence",
        }
    }

    /// Returns the [media type](https://www.iana.org/assignments/media-types).
    #[must_use]
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Markdown => "text/markdown",
            Self::Sentence => "text/plain",
        }
    }

    /// Returns the form of that name.
    #[must_use]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

impl Telling {
    /// Returns what is told of a question that is asked with these values, in the language in which it gives names.
    #[must_use]
    pub(crate) fn new(graph: &KnowledgeGraph, question: &Question, values: &[(String, String)]) -> Self {
        let of = |name: &str, usual: &str| {
            let given = values.iter().rev().find(|(given, _)| given == name);
            given.map_or(usual, |(_, value)| value.trim()).to_owned()
        };
        let language = question.parameters.iter().find(|one| one.kind == Kind::Language);
        let language = language.and_then(|one| Language::parse(&of(&one.name, &one.value)).ok());
        let languages = graph.languages(language);
        let asked = question.parameters.iter().filter(|one| one.kind != Kind::Language).map(|one| {
            let value = of(&one.name, &one.value);
            let named = match one.kind {
                Kind::Entity(_) => find(graph, &value).ok().map(|entity| graph.label(entity, &languages).to_owned()),
                Kind::Year | Kind::Date | Kind::Number | Kind::Text | Kind::Language | Kind::Choice(_) => None,
            };
            (one.name.clone(), named.unwrap_or(value))
        });
        Self {
            title: question.summary(&languages).to_owned(),
            sentence: question.sentence(&languages).map(str::to_owned),
            values: asked.collect(),
            language: language.map(|language| language.to_string()),
        }
    }

    fn languages(&self, graph: &KnowledgeGraph) -> Vec<Language> {
        graph.languages(self.language.as_deref().and_then(|tag| Language::parse(tag).ok()))
    }

    /// Checks that an answer can be told in a form.
    ///
    /// # Errors
    ///
    /// If the question has no sentence, or what it has is none.
    pub(crate) fn check(&self, question: &Question, format: AnswerFormat) -> Result<(), TellError> {
        match (format, &self.sentence) {
            (AnswerFormat::Sentence, None) => Err(TellError::NoSentence { question: question.name.to_string() }),
            (AnswerFormat::Sentence, Some(text)) => Ok(Sentence::parse(text).map(drop)?),
            (AnswerFormat::Xlsx | AnswerFormat::Markdown, _) => Ok(()),
        }
    }
}

/// Writes the answer to a question in a form.
///
/// # Errors
///
/// If it has no rows, the form cannot hold it, or it cannot be written.
pub(crate) fn tell(
    graph: &KnowledgeGraph,
    answer: &Answer,
    telling: &Telling,
    format: AnswerFormat,
    out: &mut (dyn Write + Send),
) -> Result<(), TellError> {
    let Answer::Solutions { variables, rows } = answer else { return Err(TellError::NoRows(format)) };
    let languages = telling.languages(graph);
    let rows = row::Rows::new(graph, variables, rows, &languages);
    match format {
        AnswerFormat::Xlsx => workbook::write(&rows, telling, out)?,
        AnswerFormat::Markdown => out.write_all(footnotes::written(&rows, telling).as_bytes())?,
        AnswerFormat::Sentence => out.write_all(sentence::written(&rows, telling)?.as_bytes())?,
    }
    Ok(out.flush()?)
}

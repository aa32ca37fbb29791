use std::io::{self, Write as _};
use std::sync::Arc;

use clap::Args;

use super::{CliError, Global, Outcome, stdout_is_terminal};
use crate::ontology::nearest;
use crate::publish;
use crate::query::{self, Engine, Format, Options};
use crate::rdf::{self, Profile};

/// Ask a question by its name, or list all questions
///
/// Values are given by name, entities by any of theirs: rapporteur ask partners-of-an-organization organization=ITU.
/// What is not given has the value to begin with. Each row of an answer has the paragraphs that state it.
#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The question; without one, all are listed
    name: Option<String>,
    /// Values of its parameters
    #[arg(value_name = "PARAMETER=VALUE")]
    values: Vec<String>,
    /// The format of the answer: table, csv, tsv, json or xml
    #[arg(long, short = 'F', value_name = "FORMAT", value_parser = super::query::format)]
    format: Option<Format>,
}

impl Ask {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let questions = publish::questions();
        let Some(name) = &self.name else {
            let graph = global.open_for_reading()?;
            let languages = graph.languages(global.lang);
            let mut out = io::BufWriter::new(io::stdout().lock());
            for question in &questions {
                writeln!(out, "{}\n    {}", question.name, super::text::isolated(question.summary(&languages)))?;
                for parameter in &question.parameters {
                    writeln!(out, "    {}={}", parameter.name, parameter.value)?;
                }
            }
            out.flush()?;
            return Ok(Outcome::Clean);
        };
        let question = questions.iter().find(|question| question.name == name).ok_or_else(|| {
            let error = CliError::new(format!("there is no question `{name}`"));
            match nearest(name, questions.iter().map(|question| question.name), 3).as_slice() {
                [] => error.help("see all with `rapporteur ask`"),
                near => error.help(format!("did you mean {}?", near.join(", "))),
            }
        })?;
        let graph = global.open_for_reading()?;
        let query = publish::asked(&graph, question, &self.values(question, global)?)?;
        self.answer(graph, &query)
    }

    /// The values, with the language of names if the question takes one.
    fn values(&self, question: &publish::Question, global: &Global) -> Result<Vec<(String, String)>, CliError> {
        let takes_language = question.parameters.iter().any(|parameter| parameter.name == "language");
        let language = global.lang.filter(|_| takes_language);
        let mut values: Vec<_> =
            language.iter().map(|language| ("language".to_owned(), language.to_string())).collect();
        for value in &self.values {
            let Some((name, value)) = value.split_once('=') else {
                return Err(CliError::new(format!("`{value}` is no PARAMETER=VALUE")));
            };
            values.push((name.to_owned(), value.to_owned()));
        }
        Ok(values)
    }

    fn answer(&self, graph: crate::graph::KnowledgeGraph, query: &str) -> Result<Outcome, CliError> {
        let prefixes = rdf::prefixes(&graph);
        let engine = Engine::new(Arc::new(graph), Profile::default())?;
        let answer = engine.run(query, &Options::default())?;
        let format = self.format.unwrap_or_else(|| Format::fitting(answer.shape(), stdout_is_terminal()));
        let mut out = io::BufWriter::new(io::stdout().lock());
        query::write(&answer, format, &prefixes, &mut out)?;
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

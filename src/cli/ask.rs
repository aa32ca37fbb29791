use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::remote::{address, login};
use super::{CliError, Global, Outcome, is_stdout, one_of, stdout_is_terminal, write_output};
use crate::graph::KnowledgeGraph;
use crate::ontology::nearest;
use crate::publish::{self, AnswerFormat, Telling};
use crate::query::{self, Engine, Format, Options, Shape};
use crate::rdf::{self, Profile};
use crate::remote::{self, Address};

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
    /// The format of the answer: table, csv, tsv, json, xml, xlsx, md (with footnotes), or sentence where the question has one
    #[arg(long, short = 'F', value_name = "FORMAT", value_parser = form)]
    format: Option<Form>,
    /// The file to write, whose extension says the format, or - for stdout
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Ask a SPARQL endpoint elsewhere; login as for `push`
    #[arg(long, value_name = "URL", value_parser = address)]
    endpoint: Option<Address>,
}

/// What an answer is written as.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// As the answer to any query.
    Of(Format),
    /// As the answer to a question.
    Told(AnswerFormat),
}

fn form(name: &str) -> Result<Form, String> {
    let of_question = AnswerFormat::from_name(name).map(Form::Told);
    let of_any = || Format::from_name(name).filter(|format| format.holds(Shape::Solutions)).map(Form::Of);
    of_question.or_else(of_any).ok_or_else(|| one_of(NAMES.into_iter()))
}

const NAMES: [&str; 8] = ["table", "csv", "tsv", "json", "xml", "xlsx", "md", "sentence"];

impl Ask {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let questions = publish::questions(&graph);
        let Some(name) = &self.name else {
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
        let question = questions.iter().find(|question| question.name == *name).ok_or_else(|| {
            let error = CliError::new(format!("there is no question `{name}`"));
            match nearest(name, questions.iter().map(|question| question.name.as_ref()), 3).as_slice() {
                [] => error.help("see all with `rapporteur ask`"),
                near => error.help(format!("did you mean {}?", near.join(", "))),
            }
        })?;
        let values = self.values(question, global)?;
        let query = publish::asked(&graph, question, &values)?;
        let telling = Telling::new(&graph, question, &values);
        let form = self.form()?;
        if let Form::Told(format) = form {
            telling
                .check(question, format)
                .map_err(|error| CliError::new(error).help("name another format with -F"))?;
            if format == AnswerFormat::Xlsx && is_stdout(&self.output) && stdout_is_terminal() {
                return Err(CliError::new("a workbook cannot be shown on a terminal").help("name a file with -o"));
            }
        }
        self.answer(graph, &query, form, &telling, global)
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

    /// The format that is asked for, else that of the extension, else what suits stdout.
    fn form(&self) -> Result<Form, CliError> {
        if let Some(form) = self.format {
            return Ok(form);
        }
        match self.output.extension().and_then(|extension| extension.to_str()) {
            Some(extension) => form(extension)
                .map_err(|error| CliError::new(format!("an answer cannot be written as `{extension}`: {error}"))),
            None => Ok(Form::Of(Format::fitting(Shape::Solutions, stdout_is_terminal() && is_stdout(&self.output)))),
        }
    }

    fn answer(
        &self,
        graph: KnowledgeGraph,
        query: &str,
        form: Form,
        telling: &Telling,
        global: &Global,
    ) -> Result<Outcome, CliError> {
        let prefixes = rdf::prefixes(&graph);
        let graph = Arc::new(graph);
        let limits = Options::default();
        let answer = if let Some(endpoint) = &self.endpoint {
            let options = remote::Options { login: login()?, timeout: limits.timeout.unwrap_or_default(), tries: 1 };
            remote::ask(&graph, endpoint, query, &limits, &options)?
        } else {
            Engine::new(Arc::clone(&graph), Profile::default())?.run(query, &limits)?
        };
        let mut bytes = Vec::new();
        match form {
            Form::Of(format) => query::write(&answer, format, &prefixes, &mut bytes)?,
            Form::Told(format) => publish::tell(&graph, &answer, telling, format, &mut bytes)?,
        }
        write_output(&graph, &self.output, &bytes, global)?;
        Ok(Outcome::Clean)
    }
}

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::bounds::Bounds;
use super::export::profile;
use super::remote::{address, login};
use super::{CliError, Global, Outcome, input, stdout_is_terminal};
use crate::graph::KnowledgeGraph;
use crate::query::{self, Answer, Engine, Format, Options, QueryError, Results, Watch};
use crate::rdf::{self, Profile};
use crate::remote::{self, Address, RemoteError};

/// Ask the graph a question in SPARQL
///
/// SELECT and ASK answer as a table on a terminal and as CSV otherwise, CONSTRUCT and DESCRIBE as Turtle, unless -F names
/// another format. The prefixes of the data set and of the vocabularies are known.
#[derive(Debug, Args)]
pub(super) struct Query {
    /// The query, or - for stdin
    #[arg(value_name = "QUERY", required_unless_present = "file")]
    text: Option<String>,
    /// Read the query from a file
    #[arg(long, short, value_name = "FILE", conflicts_with = "text")]
    file: Option<PathBuf>,
    /// The format of the answer: table, csv, tsv, json, xml, turtle, ntriples, trig, nquads, rdfxml or jsonld
    #[arg(long, short = 'F', value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// Ask a SPARQL endpoint elsewhere, with the prefixes of the data set; login as for `push`
    #[arg(long, value_name = "URL", value_parser = address, conflicts_with = "profile")]
    endpoint: Option<Address>,
    #[command(flatten)]
    bounds: Bounds,
    /// In CSV and TSV, put an apostrophe before what a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet_safe: bool,
    /// How statements carry their sources: direct, statements, rdf12 or graphs
    #[arg(long, value_name = "PROFILE", default_value = "statements", value_parser = profile)]
    profile: Profile,
}

impl Query {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let is_for_spreadsheets = self.format.is_none_or(|format| matches!(format, Format::Csv | Format::Tsv));
        if self.spreadsheet_safe && !is_for_spreadsheets {
            return Err(CliError::new("--spreadsheet-safe is for CSV and TSV").help("name one of them with -F"));
        }
        let text = self.read()?;
        let graph = global.open_for_reading()?;
        let prefixes = rdf::prefixes(&graph);
        let color = global.color_on(&io::stderr());
        let json = global.is_json();
        let options = self.bounds.options();
        if let Some(endpoint) = &self.endpoint {
            return self.ask(endpoint, &graph, &text, &options, global);
        }
        let asked = text.clone();
        let answered = Engine::new(Arc::new(graph), self.profile).and_then(|engine| {
            let watch =
                Watch::start(&engine, &options, move |error| end(&CliError::of_query(&error, &asked, json, color)))?;
            let results = engine.start(&text, &options)?;
            let rows = self.write(results, &text, &prefixes, &watch)?;
            Ok(rows)
        });
        match answered {
            Ok(rows) => {
                if let Some(rows) = rows {
                    global.note(&format!("{rows} {}", if rows == 1 { "row" } else { "rows" }));
                }
                Ok(Outcome::Clean)
            }
            // The reader of the output may have gone away.
            Err(error @ QueryError::Write(_)) => Err(error.into()),
            Err(error) => Err(CliError::of_query(&error, &text, json, color)),
        }
    }

    /// Asks an endpoint elsewhere.
    fn ask(
        &self,
        endpoint: &Address,
        graph: &KnowledgeGraph,
        text: &str,
        limits: &Options,
        global: &Global,
    ) -> Result<Outcome, CliError> {
        let options = remote::Options { login: login()?, timeout: self.bounds.timeout, tries: 1 };
        let answer = remote::ask(graph, endpoint, text, limits, &options).map_err(|error| match error {
            RemoteError::Query(error) => {
                CliError::of_query(&error, text, global.is_json(), global.color_on(&io::stderr()))
            }
            error => error.into(),
        })?;
        let answer = if self.spreadsheet_safe { answer.safe_for_spreadsheets() } else { answer };
        let format = self.format.unwrap_or_else(|| Format::fitting(answer.shape(), stdout_is_terminal()));
        write_answer(&answer, format, &rdf::prefixes(graph))?;
        if let Some(rows) = answer.rows().filter(|_| format == Format::Table) {
            global.note(&format!("{rows} {}", if rows == 1 { "row" } else { "rows" }));
        }
        Ok(Outcome::Clean)
    }

    /// Writes results to stdout, and returns how many rows a table has.
    fn write(
        &self,
        results: Results,
        text: &str,
        prefixes: &[(String, String)],
        watch: &Watch,
    ) -> Result<Option<usize>, QueryError> {
        let format = self.format.unwrap_or_else(|| Format::fitting(results.shape(), stdout_is_terminal()));
        let results = if self.spreadsheet_safe { results.safe_for_spreadsheets() } else { results };
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut rows = None;
        if let Some(results) = query::write_stream(results, format, &mut out)? {
            let answer = watch.working(|| results.gather(text))?;
            query::write(&answer, format, prefixes, &mut out)?;
            rows = answer.rows().filter(|_| format == Format::Table);
        }
        out.flush()?;
        Ok(rows)
    }

    fn read(&self) -> Result<String, CliError> {
        match (&self.file, self.text.as_deref()) {
            (Some(path), _) => input::read_text(path, input::QUERY),
            (None, Some("-") | None) => input::read_stream(io::stdin().lock(), "stdin", input::QUERY),
            (None, Some(text)) => Ok(text.to_owned()),
        }
    }
}

/// Ends the program, whose query does not end by itself, with this failure.
#[expect(clippy::exit, reason = "the thread of the query cannot be ended in another way")]
fn end(failure: &CliError) {
    // It is laid out already; nobody is left to be told if stderr is closed.
    drop(failure.print(false, false));
    std::process::exit(2);
}

/// Writes an answer to stdout.
pub(super) fn write_answer(answer: &Answer, format: Format, prefixes: &[(String, String)]) -> Result<(), QueryError> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    query::write(answer, format, prefixes, &mut out)?;
    Ok(out.flush()?)
}

pub(super) fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| {
        "it is none of table, csv, tsv, json, xml, turtle, ntriples, trig, nquads, rdfxml, jsonld".to_owned()
    })
}

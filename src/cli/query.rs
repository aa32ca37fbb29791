use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::export::profile;
use super::{CliError, Global, Outcome, stdout_is_terminal};
use crate::query::{self, Engine, Format, Options};
use crate::rdf::{self, Profile};

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
    /// The format of the answer: table, csv, tsv, json, xml, turtle, ntriples, rdfxml or jsonld
    #[arg(long, short = 'F', value_name = "FORMAT", value_parser = format)]
    format: Option<Format>,
    /// End the query after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// The most rows or triples that an answer may have
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    max_rows: usize,
    /// The most megabytes that the terms of an evaluation may take
    #[arg(long, value_name = "MEGABYTES", default_value_t = 2048)]
    max_memory: usize,
    /// How statements carry their sources: direct, statements, rdf12 or graphs
    #[arg(long, value_name = "PROFILE", default_value = "statements", value_parser = profile)]
    profile: Profile,
}

impl Query {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let text = self.read()?;
        let graph = global.open_for_reading()?;
        let prefixes = rdf::prefixes(&graph);
        let color = global.color_on(&io::stderr());
        let explained = |error| CliError::of_query(&error, &text, global.is_json(), color);
        let options = Options {
            timeout: Some(Duration::from_secs(self.timeout)),
            max_rows: Some(self.max_rows),
            max_memory: Some(self.max_memory.saturating_mul(1 << 20)),
        };
        let engine = Engine::new(Arc::new(graph), self.profile).map_err(explained)?;
        let results = engine.start(&text, &options).map_err(explained)?;
        let format = self.format.unwrap_or_else(|| Format::fitting(results.shape(), stdout_is_terminal()));
        let mut out = io::BufWriter::new(io::stdout().lock());
        if let Some(results) = query::write_stream(results, format, &mut out).map_err(explained)? {
            let answer = results.gather(&text).map_err(explained)?;
            query::write(&answer, format, &prefixes, &mut out)?;
            if let (Format::Table, Some(rows)) = (format, answer.rows()) {
                out.flush()?;
                global.note(&format!("{rows} {}", if rows == 1 { "row" } else { "rows" }));
            }
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }

    fn read(&self) -> Result<String, CliError> {
        match (&self.file, self.text.as_deref()) {
            (Some(path), _) => std::fs::read_to_string(path)
                .map_err(|error| CliError::new(format!("cannot read {}: {error}", path.display()))),
            (None, Some("-") | None) => {
                let mut text = String::new();
                io::stdin().read_to_string(&mut text)?;
                Ok(text)
            }
            (None, Some(text)) => Ok(text.to_owned()),
        }
    }
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name)
        .ok_or_else(|| "it is none of table, csv, tsv, json, xml, turtle, ntriples, rdfxml, jsonld".to_owned())
}

use std::io::{self, Write as _};

use clap::Args;

use super::data::find;
use super::text::{isolated, name, remarks};
use super::{CliError, Global, Outcome};
use crate::graph::PathOptions;

/// Show how two entities are connected, hop by hop, with paragraphs
///
/// The shortest paths come first. The exit code is 0 also if there is none.
#[derive(Debug, Args)]
pub(super) struct Path {
    /// Where paths start
    from: String,
    /// Where they lead
    to: String,
    /// How many paths to show
    #[arg(long, short = 'k', value_name = "NUMBER", default_value_t = 3)]
    paths: usize,
    /// Follow statements from subject to object only
    #[arg(long)]
    directed: bool,
    /// The most hops that a path may have
    #[arg(long, value_name = "NUMBER", default_value_t = 8)]
    longest: usize,
}

impl Path {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let languages = graph.languages(global.lang);
        let (from, to) = (find(&graph, &self.from)?, find(&graph, &self.to)?);
        let options = PathOptions { most: self.paths, directed: self.directed, longest: self.longest };
        let paths = graph.paths(from, to, options);
        if paths.is_empty() {
            let (from, to) = (name(&graph, from, &languages), name(&graph, to, &languages));
            global.note(&format!("no path of at most {} hops leads from {from} to {to}", self.longest));
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (number, path) in (1..).zip(&paths) {
            writeln!(out, "{number}. {}", name(&graph, from, &languages))?;
            let mut here = from;
            for hop in path {
                for &link in &hop.statements {
                    let statement = graph.statement(link);
                    let label = isolated(graph.property_label(statement.property, &languages));
                    let arrow =
                        if statement.subject == here { format!("─ {label} →") } else { format!("← {label} ─") };
                    writeln!(out, "     {arrow}{}", remarks(&graph, statement, &languages))?;
                }
                writeln!(out, "   {}", name(&graph, hop.to, &languages))?;
                here = hop.to;
            }
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

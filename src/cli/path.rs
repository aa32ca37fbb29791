use std::io::{self, Write as _};

use clap::Args;

use super::text::{isolated, name, remarks};
use super::{CliError, Global, Outcome};
use crate::graph::PathOptions;
use crate::publish::{self, EntityName};

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
        let (from, to) = (publish::find(&graph, &self.from)?, publish::find(&graph, &self.to)?);
        let options = PathOptions { most: self.paths, directed: self.directed, longest: self.longest };
        let (paths, all) = publish::shown_paths(&graph, (from, to), options, &languages);
        if !all {
            global.note("there are more paths than can be followed: what is found so far is shown");
        } else if paths.is_empty() {
            let [from, to] = [from, to].map(|entity| name(&EntityName::of(&graph, entity, &languages)));
            global.note(&format!("no path of at most {} hops leads from {from} to {to}", self.longest));
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        for (number, path) in (1..).zip(&paths) {
            writeln!(out, "{number}. {}", name(&path.from))?;
            for hop in &path.hops {
                for link in &hop.links {
                    let label = isolated(link.property);
                    let arrow = if link.forward { format!("─ {label} →") } else { format!("← {label} ─") };
                    writeln!(out, "     {arrow}{}", remarks(&link.remarks))?;
                }
                writeln!(out, "   {}", name(&hop.to))?;
            }
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

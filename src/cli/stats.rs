use std::io::{self, Write};

use clap::Args;

use super::{CliError, Global, Outcome};
use crate::graph::KnowledgeGraph;

/// Count entities and statements, and show how they are connected and how far paragraphs and languages are covered
#[derive(Debug, Args)]
pub(super) struct Stats {}

impl Stats {
    #[expect(clippy::unused_self, reason = "every subcommand runs in the same way")]
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let mut out = io::stdout().lock();
        write_stats(&graph, &mut out)?;
        Ok(Outcome::Clean)
    }
}

/// How many of the entities with the most links are named.
const MOST_LINKED: usize = 5;

/// Writes the counts and the coverage, as `build` does too.
pub(super) fn write_stats(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let counts = graph.counts();
    let classes: Vec<_> = counts.by_class.iter().map(|(class, count)| format!("{class} {count}")).collect();
    writeln!(out, "entities    {:>6}  {}", counts.entities, classes.join(", "))?;
    let ranks: Vec<_> = counts.by_rank.iter().map(|(rank, count)| format!("{} {count}", rank.name())).collect();
    writeln!(out, "statements  {:>6}  {} link two entities; {}", counts.statements, counts.links, ranks.join(", "))?;
    writeln!(out, "citations   {:>6}  of {} paragraphs and documents", counts.citations, counts.sources)?;
    let connectivity = graph.connectivity();
    if let Some(largest) = connectivity.components.first() {
        writeln!(out, "components  {:>6}  the largest of {largest} entities", connectivity.components.len())?;
        let most =
            connectivity.degrees.iter().take(MOST_LINKED).map(|(id, degree)| format!("{} {degree}", graph.id(*id)));
        writeln!(out, "most linked         {}", most.collect::<Vec<_>>().join(", "))?;
    }
    let paragraphs = graph.paragraph_coverage();
    if paragraphs.all > 0 {
        let covered = paragraphs.cited + paragraphs.without_link;
        writeln!(
            out,
            "paragraphs  {:>6}  {covered} covered: {} cited, {} without a link",
            paragraphs.all, paragraphs.cited, paragraphs.without_link
        )?;
        if !paragraphs.uncovered.is_empty() {
            writeln!(out, "                    not covered: {}", paragraphs.uncovered.join(", "))?;
        }
    }
    let languages: Vec<_> =
        graph.language_coverage().iter().map(|(language, count)| format!("{language} {count}")).collect();
    writeln!(out, "labels              {}", languages.join(", "))
}

use std::io::{self, Write as _};
use std::sync::Arc;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use serde_json::json;

use super::figures::{Figures, FiguresFormat, figure, write_json};
use super::view::ViewArgs;
use super::{CliError, Global, Outcome, one_of};
use crate::graph::{KnowledgeGraph, Measure, Ranking};
use crate::model::Language;

/// Rank entities by how central they are
///
/// A link counts once, whichever way and however many statements make it. Entities of a --class are ranked by their links
/// with all; between organizations, --class says what links them. With more than 20,000 links, betweenness and closeness
/// are estimated, and the output says so.
#[derive(Debug, Args)]
pub(super) struct Rank {
    #[arg(long, value_name = "MEASURE", default_value = "degree", value_parser = measure, help = measures())]
    by: Measure,
    /// How many to show; 20 in a table and all otherwise, if not said
    #[arg(long, value_name = "NUMBER", value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    top: Option<usize>,
    #[command(flatten)]
    view: ViewArgs,
    /// How it is written
    #[arg(long, short = 'F', value_name = "FORMAT", default_value = "table")]
    format: FiguresFormat,
}

/// How many are shown in a table.
const SHOWN: usize = 20;

impl Rank {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = Arc::new(global.open_for_reading()?);
        let languages = graph.languages(global.lang);
        let ranking = graph.rank(self.by, &self.view.view(&graph, global)?);
        let most = self.top.unwrap_or(if self.format == FiguresFormat::Table { SHOWN } else { usize::MAX });
        self.write(&graph, &ranking, most, &languages)?;
        if let Some(pivots) = ranking.pivots {
            let entities = ranking.entities;
            global.note(&format!("estimated from {pivots} of {entities} entities: there are more than 20,000 links"));
        }
        let more = ranking.ranks.len().saturating_sub(most);
        if more > 0 && self.format == FiguresFormat::Table {
            global.note(&format!("{more} more; --top shows as many as you like"));
        }
        Ok(Outcome::Clean)
    }

    fn write(
        &self,
        graph: &KnowledgeGraph,
        ranking: &Ranking,
        most: usize,
        languages: &[Language],
    ) -> Result<(), CliError> {
        let rows = ranking.ranks.iter().take(most).map(|ranked| {
            let class = &graph.ontology().class(graph.entity(ranked.entity).class).name;
            vec![
                json!(ranked.rank),
                figure(ranked.value, self.by.counts()),
                json!(graph.label(ranked.entity, languages)),
                json!(class),
                json!(graph.id(ranked.entity)),
            ]
        });
        let figures = Figures { columns: &["rank", &ranking.name, "name", "class", "id"], rows: rows.collect() };
        let mut out = io::BufWriter::new(io::stdout().lock());
        match self.format {
            FiguresFormat::Table => figures.write_table(&mut out)?,
            FiguresFormat::Csv => figures.write_csv(&mut out)?,
            FiguresFormat::Json => {
                let whole = json!({
                    "measure": self.by.name(),
                    "entities": ranking.entities,
                    "links": ranking.links,
                    "pivots": ranking.pivots,
                    "ranks": figures.to_json(),
                });
                write_json(&whole, &mut out)?;
            }
        }
        Ok(out.flush()?)
    }
}

fn measures() -> String {
    format!("By what: {}", Measure::ALL.map(Measure::name).join(", "))
}

fn measure(name: &str) -> Result<Measure, String> {
    Measure::from_name(name).ok_or_else(|| one_of(Measure::ALL.map(Measure::name).into_iter()))
}

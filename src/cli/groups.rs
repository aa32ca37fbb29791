use std::io::{self, Write as _};
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::figures::{Figures, FiguresFormat, short, shown_number, write_json};
use super::view::ViewArgs;
use super::{CliError, Global, Outcome};
use crate::graph::{Communities, KnowledgeGraph};
use crate::model::{EntityId, Language};

/// Find communities: entities that are linked more among themselves than with others
///
/// They are found by the Louvain method, always the same ones; a link counts as often as it is made. Modularity says how
/// clearly the graph falls into them: how many more links lie within them than would by chance, as a part of all.
#[derive(Debug, Args)]
pub(super) struct Groups {
    #[command(flatten)]
    view: ViewArgs,
    /// How it is written: a table has a row for each community, CSV one for each entity
    #[arg(long, short = 'F', value_name = "FORMAT", default_value = "table")]
    format: FiguresFormat,
}

/// How many of the members of a community are named in a table.
const NAMED: usize = 3;

impl Groups {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = Arc::new(global.open_for_reading()?);
        let languages = graph.languages(global.lang);
        let communities = Communities::of(&graph.simple(&self.view.view(&graph, global)?));
        let members = Members { graph: &graph, languages: &languages, communities };
        let mut out = io::BufWriter::new(io::stdout().lock());
        match self.format {
            FiguresFormat::Table => members.write_table(&mut out)?,
            FiguresFormat::Csv => members.rows().write_csv(&mut out)?,
            FiguresFormat::Json => write_json(&members.to_json(), &mut out)?,
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

/// Communities, and how their members are named.
struct Members<'a> {
    graph: &'a KnowledgeGraph,
    languages: &'a [Language],
    communities: Communities,
}

impl Members<'_> {
    fn write_table(&self, out: &mut impl io::Write) -> io::Result<()> {
        let shown: Vec<_> = self.communities.groups.iter().filter(|group| group.len() > 1).collect();
        let name = |&entity: &EntityId| short(self.graph.label(entity, self.languages));
        let rows = (1..).zip(&shown).map(|(number, group)| {
            let named: Vec<_> = group.iter().take(NAMED).map(name).collect();
            vec![json!(number), json!(group.len()), json!(named.join("; "))]
        });
        Figures { columns: &["group", "entities", "most linked"], rows: rows.collect() }.write_table(out)?;
        let alone = self.communities.groups.len() - shown.len();
        let alone = if alone > 0 { format!("; {alone} entities have no link") } else { String::new() };
        writeln!(out, "\nmodularity {}{alone}", shown_number(self.communities.modularity))
    }

    /// A row for each entity.
    fn rows(&self) -> Figures<'static> {
        let numbered = (1..)
            .zip(&self.communities.groups)
            .flat_map(|(number, group)| group.iter().map(move |&entity| (number, entity)));
        let rows = numbered.map(|(number, entity): (usize, EntityId)| {
            let class = &self.graph.ontology().class(self.graph.entity(entity).class).name;
            vec![
                json!(number),
                json!(self.graph.id(entity)),
                json!(self.graph.label(entity, self.languages)),
                json!(class),
            ]
        });
        Figures { columns: &["group", "id", "name", "class"], rows: rows.collect() }
    }

    fn to_json(&self) -> Value {
        let groups = (1..).zip(&self.communities.groups).map(|(number, group): (usize, _)| {
            let ids: Vec<_> = group.iter().map(|&entity| self.graph.id(entity)).collect();
            json!({ "group": number, "size": group.len(), "entities": ids })
        });
        json!({ "modularity": self.communities.modularity, "groups": groups.collect::<Vec<_>>() })
    }
}

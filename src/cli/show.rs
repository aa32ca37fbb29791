use std::io::{self, Write};

use clap::Args;

use super::text::{isolated, name, remarks};
use super::{CliError, Global, Outcome};
use crate::graph::KnowledgeGraph;
use crate::publish::{self, EntityPage, Heading, ObjectShown, StatementGroup};

/// Show all that is known of an entity, with its paragraphs
///
/// NAME is an id, a label or an acronym in any language. With --verbose each statement says where it stands in the data.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The entity, such as ITU or "Summit of the Future"
    name: String,
}

impl Show {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let entity = publish::find(&graph, &self.name)?;
        let page = publish::entity_page(&graph, entity, &graph.languages(global.lang));
        let mut out = io::BufWriter::new(io::stdout().lock());
        write_head(&page, &mut out)?;
        let places = global.verbose.then_some(&graph);
        for group in page.said.iter().chain(&page.said_by_others) {
            write_group(group, places, &mut out)?;
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

/// The name, the class, the names in all languages, the identifiers and the paragraphs that name the entity.
fn write_head(page: &EntityPage<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", name(&page.name))?;
    writeln!(out, "  {} · {}", page.id, isolated(page.class))?;
    for attribute in &page.attributes {
        let (label, text) = (isolated(attribute.property), isolated(attribute.text));
        match attribute.language {
            Some(language) => writeln!(out, "  {label}: {text} ({language})")?,
            None => writeln!(out, "  {label}: {text}")?,
        }
    }
    if !page.sources.is_empty() {
        writeln!(out, "  [{}]", page.sources.join(", "))?;
    }
    Ok(())
}

/// Statements under their heading; with a graph, where each stands in the data.
fn write_group(group: &StatementGroup<'_>, places: Option<&KnowledgeGraph>, out: &mut impl Write) -> io::Result<()> {
    match group.heading {
        Heading::Forward(label) => writeln!(out, "{}", isolated(label))?,
        Heading::Backward(label) => writeln!(out, "{}", isolated(&format!("← {label}")))?,
    }
    for shown in &group.statements {
        let object = match &shown.object {
            ObjectShown::Entity(entity) => name(entity),
            ObjectShown::Text(text) => isolated(text),
        };
        writeln!(out, "  {object}{}", remarks(&shown.remarks))?;
        if let Some(graph) = places {
            writeln!(out, "    {}", graph.locate(graph.statement(shown.statement).place))?;
        }
    }
    Ok(())
}

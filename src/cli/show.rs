use std::io::{self, Write};

use clap::Args;

use super::data::find;
use super::text::{isolated, name, remarks};
use super::{CliError, Global, Outcome};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, Object, StatementId};
use crate::ontology::preferred;

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
        let entity = find(&graph, &self.name)?;
        let mut page = Page {
            graph: &graph,
            languages: graph.languages(global.lang),
            places: global.verbose,
            out: io::BufWriter::new(io::stdout().lock()),
        };
        page.head(entity)?;
        page.statements(entity)?;
        page.out.flush()?;
        Ok(Outcome::Clean)
    }
}

struct Page<'a, W> {
    graph: &'a KnowledgeGraph,
    languages: Vec<Language>,
    places: bool,
    out: W,
}

impl<W: Write> Page<'_, W> {
    /// The name, the class, the names in all languages, the identifiers and the paragraphs that name the entity.
    fn head(&mut self, entity: EntityId) -> io::Result<()> {
        let graph = self.graph;
        let class = graph.ontology().class(graph.entity(entity).class);
        let class = preferred(&class.labels, &self.languages).unwrap_or(&class.name);
        writeln!(self.out, "{}", name(graph, entity, &self.languages))?;
        writeln!(self.out, "  {} · {}", graph.id(entity), isolated(class))?;
        for attribute in graph.attributes(entity) {
            let label = isolated(graph.property_label(attribute.property, &self.languages));
            let text = isolated(graph.text(attribute.text));
            match attribute.language {
                Some(language) => writeln!(self.out, "  {label}: {text} ({language})")?,
                None => writeln!(self.out, "  {label}: {text}")?,
            }
        }
        let sources: Vec<_> =
            graph.entity_citations(entity).iter().map(|citation| graph.citation_reference(citation)).collect();
        if !sources.is_empty() {
            writeln!(self.out, "  [{}]", sources.join(", "))?;
        }
        Ok(())
    }

    /// The statements about the entity, then those that others make with it, grouped by property.
    fn statements(&mut self, entity: EntityId) -> io::Result<()> {
        let graph = self.graph;
        let mut group = String::new();
        for statement in graph.statements_of(entity) {
            let statement = graph.statement(statement);
            let heading = graph.property_label(statement.property, &self.languages).to_owned();
            self.heading(&heading, &mut group)?;
            let object = match statement.object {
                Object::Entity(object) => name(graph, object, &self.languages),
                Object::Value(_) | Object::Literal(..) => {
                    isolated(graph.object_label(statement.object, &self.languages))
                }
            };
            writeln!(self.out, "  {object}{}", remarks(graph, statement, &self.languages))?;
            self.place(statement)?;
        }
        group.clear();
        let incoming = graph.links_of(entity).into_iter().filter(|&link| graph.statement(link).subject != entity);
        let mut incoming: Vec<StatementId> = incoming.collect();
        incoming.sort_by_key(|&link| (graph.statement(link).property, link));
        for link in incoming {
            let statement = graph.statement(link);
            let inverse = graph.ontology().property(statement.property).inverse;
            let heading = match inverse {
                Some(inverse) => graph.property_label(inverse, &self.languages).to_owned(),
                None => format!("← {}", graph.property_label(statement.property, &self.languages)),
            };
            self.heading(&heading, &mut group)?;
            writeln!(
                self.out,
                "  {}{}",
                name(graph, statement.subject, &self.languages),
                remarks(graph, statement, &self.languages)
            )?;
            self.place(statement)?;
        }
        Ok(())
    }

    fn heading(&mut self, heading: &str, group: &mut String) -> io::Result<()> {
        if heading != group {
            heading.clone_into(group);
            writeln!(self.out, "{}", isolated(heading))?;
        }
        Ok(())
    }

    fn place(&mut self, statement: &crate::model::Statement) -> io::Result<()> {
        if self.places {
            writeln!(self.out, "    {}", self.graph.locate(statement.place))?;
        }
        Ok(())
    }
}

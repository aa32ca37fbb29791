//! The options that say what of the graph is looked at: the same for diagrams and feeds.

use clap::Args;

use super::data::find;
use super::{CliError, one_of};
use crate::graph::{Filter, KnowledgeGraph, Mode, Selection, View};
use crate::model::{ClassId, Date};
use crate::ontology::nearest;

/// What of the graph is looked at; the whole where nothing is named.
#[derive(Debug, Args)]
pub(super) struct ViewArgs {
    /// Only what surrounds an entity
    #[arg(long, value_name = "NAME", group = "part")]
    around: Option<String>,
    /// How many steps away from it
    #[arg(long, value_name = "STEPS", default_value_t = 1, requires = "around")]
    depth: usize,
    /// Only what a section of the report states
    #[arg(long, value_name = "NUMBER", group = "part")]
    section: Option<String>,
    /// Only the shortest paths between two entities
    #[arg(long, value_names = ["NAME", "NAME"], num_args = 2, group = "part")]
    path: Vec<String>,
    /// Only entities of a class, such as Event; between organizations, of what they share. May be repeated
    #[arg(long, value_name = "CLASS")]
    class: Vec<String>,
    /// Leave out what cannot hold on a date, by the dates of statements and events; what has none stays
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    as_of: Option<Date>,
    /// What is linked: all entities by statements, organizations with initiatives and events (two-mode), or
    /// organizations by what they share (one-mode)
    #[arg(long, value_name = "MODE", default_value = "statements", value_parser = mode)]
    mode: Mode,
}

impl ViewArgs {
    /// Looks up what is named.
    pub(super) fn view(&self, graph: &KnowledgeGraph) -> Result<View, CliError> {
        let classes = self.class.iter().map(|name| class(graph, name)).collect::<Result<_, _>>()?;
        let filter = Filter { classes, as_of: self.as_of };
        Ok(View { selection: self.selection(graph)?, mode: self.mode, filter })
    }

    fn selection(&self, graph: &KnowledgeGraph) -> Result<Selection, CliError> {
        if let Some(name) = &self.around {
            return Ok(Selection::Around(find(graph, name)?, self.depth));
        }
        if let [from, to] = self.path.as_slice() {
            return Ok(Selection::Path(find(graph, from)?, find(graph, to)?));
        }
        let Some(section) = &self.section else { return Ok(Selection::Whole) };
        let sections = graph.sections();
        if sections.iter().any(|known| known.number == *section) {
            return Ok(Selection::Section(section.clone()));
        }
        let known: Vec<_> = sections.into_iter().map(|section| section.number).collect();
        if known.is_empty() {
            let error = CliError::new("the data set has no report with sections");
            return Err(error.help("name the report in dataset.toml, as `report`, and its paragraphs in a table"));
        }
        let error = CliError::new(format!("the report has no section `{section}`"));
        Err(error.help(format!("its sections are {}", known.join(", "))))
    }
}

/// Returns the class of that name.
fn class(graph: &KnowledgeGraph, name: &str) -> Result<ClassId, CliError> {
    let ontology = graph.ontology();
    ontology.class_by_name(name).ok_or_else(|| {
        let names = ontology.classes().iter().map(|class| class.name.as_str());
        let error = CliError::new(format!("there is no class `{name}`"));
        let near = nearest(name, names, 3);
        if near.is_empty() { error } else { error.help(format!("did you mean {}?", near.join(", "))) }
    })
}

fn mode(name: &str) -> Result<Mode, String> {
    Mode::from_name(name).ok_or_else(|| one_of(Mode::ALL.into_iter().map(Mode::name)))
}

//! The options that say what of the graph is looked at: the same for diagrams and feeds.

use clap::Args;

use super::{CliError, one_of};
use crate::graph::{KnowledgeGraph, Mode, View};
use crate::model::Date;
use crate::publish::{NamedPart, NamedView};

/// What of the graph is looked at; the whole where nothing is named.
#[derive(Debug, Args)]
pub(super) struct ViewArgs {
    /// Only what surrounds an entity
    #[arg(long, value_name = "NAME", group = "part")]
    around: Option<String>,
    /// How many steps away from it
    #[arg(long, value_name = "STEPS", default_value_t = 1, requires = "around")]
    depth: usize,
    /// Only what a section of a report states: its number, such as 2, or with the report, such as res140#2
    #[arg(long, value_name = "SECTION", group = "part")]
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
    /// Between organizations, only links over a property, such as participatesIn, or cooperatesWith for what is stated; by
    /// default those that mean taking part. May be repeated
    #[arg(long, value_name = "PROPERTY")]
    over: Vec<String>,
    /// What is linked: all entities by statements, organizations with initiatives and events (two-mode), or
    /// organizations by what they share (one-mode)
    #[arg(long, value_name = "MODE", default_value = "statements", value_parser = mode)]
    mode: Mode,
}

impl ViewArgs {
    /// Looks up what is named.
    pub(super) fn view(&self, graph: &KnowledgeGraph) -> Result<View, CliError> {
        let part = match (&self.around, &self.section, self.path.as_slice()) {
            (Some(name), ..) => NamedPart::Around(name, self.depth),
            (_, Some(section), _) => NamedPart::Section(section),
            (_, _, [from, to]) => NamedPart::Path(from, to),
            (None, None, _) => NamedPart::Whole,
        };
        let named =
            NamedView { part, mode: self.mode, classes: &self.class, as_of: self.as_of, taking_part: &self.over };
        Ok(named.view(graph)?)
    }
}

fn mode(name: &str) -> Result<Mode, String> {
    Mode::from_name(name).ok_or_else(|| one_of(Mode::ALL.into_iter().map(Mode::name)))
}

//! The options that say what of the graph is looked at: the same for diagrams and feeds.

use std::io;
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::{CliError, Global, input, one_of};
use crate::graph::{Chosen, KnowledgeGraph, Mode, Selection, View};
use crate::model::Date;
use crate::publish::{NamedPart, NamedView, chosen, query_title};
use crate::query::{self, Engine};
use crate::rdf::Profile;

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
    /// Only what a query in SPARQL chooses, or one in a file: the entities among its terms with what is between them, or the
    /// statements whose nodes it finds, or what the paragraphs state that it finds
    #[arg(long, value_name = "QUERY", group = "part")]
    query: Option<String>,
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
    pub(super) fn view(&self, graph: &Arc<KnowledgeGraph>, global: &Global) -> Result<View, CliError> {
        let part = match (&self.around, &self.section, self.path.as_slice()) {
            (Some(name), ..) => NamedPart::Around(name, self.depth),
            (_, Some(section), _) => NamedPart::Section(section),
            (_, _, [from, to]) => NamedPart::Path(from, to),
            (None, None, _) => NamedPart::Whole,
        };
        let named =
            NamedView { part, mode: self.mode, classes: &self.class, as_of: self.as_of, taking_part: &self.over };
        let mut view = named.view(graph)?;
        if let Some(query) = &self.query {
            view.selection = Selection::Chosen(answered(graph, query, global)?);
        }
        note_left_out(graph, &view, global);
        Ok(view)
    }
}

/// Says how many organizations are left out of what is looked at, if any are.
fn note_left_out(graph: &KnowledgeGraph, view: &View, global: &Global) {
    let left_out = if view.mode == Mode::OneMode { graph.sharing(view).left_out() } else { 0 };
    if left_out > 0 {
        global.note(&format!(
            "{left_out} organizations are left out, those with least in common: together they share more than can be linked"
        ));
    }
}

/// The most characters of a query that are its title, if it has no other.
const TITLE: usize = 80;

/// What a query chooses, which is given as text or by the name of a file.
fn answered(graph: &Arc<KnowledgeGraph>, query: &str, global: &Global) -> Result<Chosen, CliError> {
    let path = Path::new(query);
    let is_file = path.is_file() || path.extension().is_some_and(|extension| extension == "rq");
    let text = if is_file { input::read_text(path, input::QUERY)? } else { query.to_owned() };
    let title = query_title(&text, &graph.languages(global.lang)).unwrap_or_else(|| match path.file_stem() {
        Some(stem) if is_file => stem.to_string_lossy().into_owned(),
        Some(_) | None => text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE).collect(),
    });
    let color = global.color_on(&io::stderr());
    let explained = |error| CliError::of_query(&error, &text, global.is_json(), color);
    let engine = Engine::new(Arc::clone(graph), Profile::Statements).map_err(explained)?;
    let answer = engine.run(&text, &query::Options::default()).map_err(explained)?;
    Ok(chosen(graph, &answer, title)?)
}

fn mode(name: &str) -> Result<Mode, String> {
    Mode::from_name(name).ok_or_else(|| one_of(Mode::ALL.into_iter().map(Mode::name)))
}

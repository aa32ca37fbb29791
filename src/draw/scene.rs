//! What a picture is made from: the part of the graph, the languages of its readers, and hints at the rest.

use super::{FontFile, Keep};
use crate::graph::{KnowledgeGraph, Measure, View};
use crate::model::Language;

/// What a picture is made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The graph.
    pub graph: &'a KnowledgeGraph,
    /// What of it is drawn.
    pub view: &'a View,
    /// The languages of names, best first.
    pub languages: &'a [Language],
    /// What is said beside the picture of where more is to be seen.
    pub hints: Hints,
    /// The measure by which nodes are larger or smaller in a network; without one, how many others they are linked with.
    pub size_by: Option<Measure>,
    /// What of a dense network is drawn.
    pub keep: Keep,
    /// Whether the communities of its lines are told apart.
    pub grouping: Grouping,
    /// A font for what the bundled one lacks.
    pub font: Option<&'a FontFile>,
}

/// Whether the communities of a picture are told apart: nodes that are linked more with each other than with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// In a dense network, in which lines alone do not show them.
    #[default]
    Dense,
    /// In every network.
    Always,
    /// In none.
    Never,
}

/// Something that a picture does not show and that is to be seen elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// The overview and the pages of all groups, or all links in one picture.
    Groups,
    /// The entities that no link has.
    Unlinked,
    /// What the view leaves out.
    Rest,
    /// This part, in one picture instead of an overview.
    OnePicture,
    /// The events that the view leaves out.
    AllEvents,
    /// What is known of one event.
    OneEvent,
}

/// Says in a language where something is to be seen, or nothing if there is no way to it. The answer belongs to whoever
/// shows the pictures: a terminal names a command, a site would name a page.
pub type Hints = fn(Hint, Language) -> Option<&'static str>;

impl Hint {
    /// All hints.
    pub(crate) const ALL: [Self; 6] =
        [Self::Groups, Self::Unlinked, Self::Rest, Self::OnePicture, Self::AllEvents, Self::OneEvent];
}

impl<'a> Scene<'a> {
    /// Returns a scene whose pictures have no hints at what they do not show.
    #[must_use]
    pub fn new(graph: &'a KnowledgeGraph, view: &'a View, languages: &'a [Language]) -> Self {
        Self {
            graph,
            view,
            languages,
            hints: |_, _| None,
            size_by: None,
            keep: Keep::default(),
            grouping: Grouping::default(),
            font: None,
        }
    }
}

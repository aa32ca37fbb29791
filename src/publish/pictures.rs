//! The pictures that a build draws, by their names.

use std::collections::BTreeSet;

use super::manifest::Reason;
use crate::graph::{KnowledgeGraph, Mode, Selection, View};

/// What a build draws.
pub(super) struct Pictures {
    /// The pictures, by their names.
    pub(super) drawn: Vec<(String, Drawn)>,
    /// What is left out, and why.
    pub(super) left_out: Vec<(&'static str, Reason)>,
}

/// What a picture shows.
#[derive(Debug, Clone)]
pub(super) enum Drawn {
    /// Entities and links.
    Network(View),
    /// All events.
    Timeline,
}

/// The most entities that a picture of a build may have: more cannot be read, and take long to lay out.
pub(super) const MOST_DRAWN: usize = 1_500;

/// The most sections that are drawn: more have to be asked for one by one.
const MOST_SECTIONS: usize = 500;

/// Returns the pictures of the whole, of the organizations, of all events and of each section of the reports, and the
/// names of what is left out, with the reasons.
pub(super) fn drawn(graph: &KnowledgeGraph) -> Pictures {
    let (mut pictures, mut left_out) = (Vec::new(), Vec::new());
    let organizations = View { mode: Mode::OneMode, ..View::default() };
    let n = graph.entities().len();
    for (name, drawn) in [
        ("whole", Drawn::Network(View::default())),
        ("organizations", Drawn::Network(organizations)),
        ("timeline", Drawn::Timeline),
    ] {
        if n > MOST_DRAWN && matches!(drawn, Drawn::Network(_)) {
            left_out.push((name, Reason::TooManyEntities { n, most: MOST_DRAWN }));
        } else {
            pictures.push((name.to_owned(), drawn));
        }
    }
    match sections(graph) {
        Ok(sections) => pictures.extend(sections),
        Err(reason) => left_out.push(("section", reason)),
    }
    Pictures { drawn: pictures, left_out }
}

/// The sections by the names of their pictures. Those of several reports have a folder for each report.
fn sections(graph: &KnowledgeGraph) -> Result<Vec<(String, Drawn)>, Reason> {
    let (sections, several) = (graph.sections(), graph.reports().len() > 1);
    if sections.len() > MOST_SECTIONS {
        return Err(Reason::TooManySections { n: sections.len(), most: MOST_SECTIONS });
    }
    let mut taken = BTreeSet::new();
    let named = sections.into_iter().map(|section| {
        let folder = if several { format!("reports/{}/", graph.id(section.report)) } else { String::new() };
        let mut name = format!("{folder}section-{}", file_name(&section.number));
        // Two names may differ only in what file systems do not tell apart.
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        (name, Drawn::Network(Selection::Section(section).into()))
    });
    Ok(named.collect())
}

/// A text as a part of a file's name: without what some file systems do not allow.
fn file_name(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || r#"/\<>:"|?*#%"#.contains(c) { '_' } else { c }).collect()
}

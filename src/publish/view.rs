//! A view by the names that people give: the same for a command, and for the address of a page.

use super::find::{FindError, find};
use crate::graph::{Filter, KnowledgeGraph, Mode, Section, Selection, View};
use crate::model::{ClassId, Date, PropertyId};
use crate::ontology::{Ontology, nearest};

/// What of the graph is to be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NamedView<'a> {
    /// Where it is cut out.
    pub part: NamedPart<'a>,
    /// What becomes a node and what an edge.
    pub mode: Mode,
    /// The classes that are kept; all where there are none.
    pub classes: &'a [String],
    /// Only what may hold on this date is kept.
    pub as_of: Option<Date>,
    /// The properties over which organizations are linked, by name; those of the ontology where there are none.
    pub taking_part: &'a [String],
}

/// A part of the graph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NamedPart<'a> {
    /// All of it.
    #[default]
    Whole,
    /// What is so many steps around an entity.
    Around(&'a str, usize),
    /// What a section of a report states: `2`, or `res140#2`.
    Section(&'a str),
    /// The shortest paths between two entities.
    Path(&'a str, &'a str),
}

/// Why names are no view.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ViewError {
    /// A name leads to no entity.
    #[error(transparent)]
    Entity(#[from] FindError),
    /// There is no such class.
    #[error("there is no class `{name}`")]
    Class {
        /// The name.
        name: String,
        /// The names most like it, nearest first.
        near: Vec<String>,
    },
    /// There is no such property between entities.
    #[error("there is no property `{name}` that links entities")]
    Property {
        /// The name.
        name: String,
        /// The names most like it, nearest first.
        near: Vec<String>,
    },
    /// The data set has no paragraphs of its reports.
    #[error("the data set has no report with sections")]
    NoSections,
    /// No report has such a section.
    #[error("no report has a section `{name}`")]
    Section {
        /// The number, or the report and the number.
        name: String,
        /// The names of all sections.
        known: Vec<String>,
    },
    /// Several reports have such a section.
    #[error("{} reports have a section `{number}`", names.len())]
    AmbiguousSection {
        /// The number.
        number: String,
        /// The names of these sections, with their reports.
        names: Vec<String>,
    },
}

impl NamedView<'_> {
    /// Looks up what is named.
    ///
    /// # Errors
    ///
    /// If there is no such entity, section or class.
    pub(crate) fn view(&self, graph: &KnowledgeGraph) -> Result<View, ViewError> {
        let classes = self.classes.iter().map(|name| class(graph.ontology(), name)).collect::<Result<_, _>>()?;
        let taking_part = self.taking_part.iter().map(|name| property(graph.ontology(), name));
        let filter = Filter { classes, as_of: self.as_of, taking_part: taking_part.collect::<Result<_, _>>()? };
        Ok(View { selection: self.part.selection(graph)?, mode: self.mode, filter })
    }
}

impl NamedPart<'_> {
    fn selection(&self, graph: &KnowledgeGraph) -> Result<Selection, ViewError> {
        Ok(match *self {
            Self::Whole => Selection::Whole,
            Self::Around(name, steps) => Selection::Around(find(graph, name)?, steps),
            Self::Path(from, to) => Selection::Path(find(graph, from)?, find(graph, to)?),
            Self::Section(name) => Selection::Section(section(graph, name)?),
        })
    }
}

fn section(graph: &KnowledgeGraph, name: &str) -> Result<Section, ViewError> {
    let mut found = graph.sections_called(name);
    match (found.pop(), found.is_empty()) {
        (Some(section), true) => Ok(section),
        (Some(last), false) => {
            found.push(last);
            Err(ViewError::AmbiguousSection { number: name.to_owned(), names: graph.section_names(&found) })
        }
        (None, _) => match graph.section_names(&graph.sections()) {
            known if known.is_empty() => Err(ViewError::NoSections),
            known => Err(ViewError::Section { name: name.to_owned(), known }),
        },
    }
}

/// The property of that name, as the graph keeps it.
fn property(ontology: &Ontology, name: &str) -> Result<PropertyId, ViewError> {
    let found = ontology.property_by_name(name).filter(|&found| ontology.property(found).links_entities());
    let kept = found.map(|found| ontology.property(found).written_as.unwrap_or(found));
    kept.ok_or_else(|| {
        let linking = ontology.properties().iter().filter(|property| property.links_entities());
        ViewError::Property { name: name.to_owned(), near: nearest(name, linking.map(|found| found.name.as_str()), 3) }
    })
}

fn class(ontology: &Ontology, name: &str) -> Result<ClassId, ViewError> {
    ontology.class_by_name(name).ok_or_else(|| {
        let names = ontology.classes().iter().map(|class| class.name.as_str());
        ViewError::Class { name: name.to_owned(), near: nearest(name, names, 3) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Source;

    #[test]
    fn names_that_mean_nothing_say_what_there_is() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let error = |part, classes: &[&str]| {
            let classes: Vec<_> = classes.iter().map(|&name| name.to_owned()).collect();
            NamedView { part, classes: &classes, ..NamedView::default() }.view(&graph).unwrap_err()
        };
        let ViewError::Section { known, .. } = error(NamedPart::Section("99"), &[]) else { panic!() };
        assert!(known.contains(&"2".to_owned()), "{known:?}");
        let ViewError::Class { near, .. } = error(NamedPart::Whole, &["Evnt"]) else { panic!() };
        assert_eq!(near.first().map(String::as_str), Some("Event"));
        let unknown = error(NamedPart::Path("itu", "unseco"), &[]);
        assert!(matches!(unknown, ViewError::Entity(FindError::Unknown { .. })), "{unknown}");
        let view = NamedView { part: NamedPart::Around("ITU", 2), ..NamedView::default() }.view(&graph).unwrap();
        assert_eq!(view.selection, Selection::Around(graph.find("itu").unwrap(), 2));
    }
}

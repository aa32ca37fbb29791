//! A view by the names that people give: the same for a command, and for the address of a page.

use super::find::{FindError, find};
use crate::graph::{Filter, KnowledgeGraph, Mode, Selection, View};
use crate::model::{ClassId, Date};
use crate::ontology::{Ontology, nearest};

/// What of the graph is to be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedView<'a> {
    /// Where it is cut out.
    pub part: NamedPart<'a>,
    /// What becomes a node and what an edge.
    pub mode: Mode,
    /// The classes that are kept; all where there are none.
    pub classes: &'a [String],
    /// Only what may hold on this date is kept.
    pub as_of: Option<Date>,
}

/// A part of the graph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NamedPart<'a> {
    /// All of it.
    #[default]
    Whole,
    /// What is so many steps around an entity.
    Around(&'a str, usize),
    /// What a section of the report states.
    Section(&'a str),
    /// The shortest paths between two entities.
    Path(&'a str, &'a str),
}

/// Why names are no view.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ViewError {
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
    /// The data set names no report, or no paragraphs of it.
    #[error("the data set has no report with sections")]
    NoSections,
    /// The report has no such section.
    #[error("the report has no section `{number}`")]
    Section {
        /// The number.
        number: String,
        /// The numbers of its sections.
        known: Vec<String>,
    },
}

impl NamedView<'_> {
    /// Looks up what is named.
    ///
    /// # Errors
    ///
    /// If there is no such entity, section or class.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// use rapporteur::publish::{NamedPart, NamedView, ViewError};
    ///
    /// let near = NamedView { part: NamedPart::Around("ITU", 1), ..NamedView::default() }.view(&graph)?;
    /// assert!(graph.subgraph(&near).entities.len() > 1);
    /// let none = NamedView { part: NamedPart::Section("99"), ..NamedView::default() }.view(&graph);
    /// assert!(matches!(none, Err(ViewError::Section { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn view(&self, graph: &KnowledgeGraph) -> Result<View, ViewError> {
        let classes = self.classes.iter().map(|name| class(graph.ontology(), name)).collect::<Result<_, _>>()?;
        let filter = Filter { classes, as_of: self.as_of };
        Ok(View { selection: self.part.selection(graph)?, mode: self.mode, filter })
    }
}

impl NamedPart<'_> {
    fn selection(&self, graph: &KnowledgeGraph) -> Result<Selection, ViewError> {
        Ok(match *self {
            Self::Whole => Selection::Whole,
            Self::Around(name, steps) => Selection::Around(find(graph, name)?, steps),
            Self::Path(from, to) => Selection::Path(find(graph, from)?, find(graph, to)?),
            Self::Section(number) => Selection::Section(section(graph, number)?),
        })
    }
}

fn section(graph: &KnowledgeGraph, number: &str) -> Result<String, ViewError> {
    let known: Vec<_> = graph.sections().into_iter().map(|section| section.number).collect();
    if known.is_empty() {
        return Err(ViewError::NoSections);
    }
    let number = number.to_owned();
    if known.contains(&number) { Ok(number) } else { Err(ViewError::Section { number, known }) }
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

//! The entity or the paragraph that somebody means by a name.

use crate::graph::KnowledgeGraph;
use crate::link::NameError;
use crate::model::{EntityId, Paragraph, ParagraphId};
use crate::ontology::{PARAGRAPH_PATH, nearest};
use crate::rdf::{Node, base_iri};

/// Why a name leads to no entity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FindError {
    /// Nothing has that name.
    #[error("no entity is called `{name}`")]
    Unknown {
        /// The name.
        name: String,
        /// The names most like it, nearest first.
        near: Vec<String>,
    },
    /// More than one entity has it.
    #[error("`{name}` names {} entities", ids.len())]
    Ambiguous {
        /// The name.
        name: String,
        /// The ids of those who have it.
        ids: Vec<String>,
    },
}

/// Why a name leads to no paragraph.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParagraphError {
    /// There is none of that number.
    #[error("there is no paragraph `{name}`")]
    Unknown {
        /// What was named.
        name: String,
        /// The references most like it, nearest first.
        near: Vec<String>,
    },
    /// Several documents have a paragraph of that number.
    #[error("{} documents have a paragraph `{number}`", references.len())]
    Ambiguous {
        /// The number.
        number: String,
        /// The paragraphs with their documents.
        references: Vec<String>,
    },
    /// There is no such document.
    #[error(transparent)]
    Document(#[from] FindError),
}

/// Returns the entity that is meant by an id, a label or an acronym in any language, or by its IRI.
///
/// # Errors
///
/// If no entity has that name, or several have.
pub(crate) fn find(graph: &KnowledgeGraph, name: &str) -> Result<EntityId, FindError> {
    if let Some(entity) = entity_of_iri(graph, name) {
        return Ok(entity);
    }
    graph.find(name).map_err(|error| match error {
        NameError::Unknown(near) => FindError::Unknown { name: name.to_owned(), near },
        NameError::Ambiguous(entities) => {
            let ids = entities.iter().map(|&entity| graph.id(entity).to_owned()).collect();
            FindError::Ambiguous { name: name.to_owned(), ids }
        }
    })
}

/// Returns the entity of an IRI.
pub(crate) fn entity_of_iri(graph: &KnowledgeGraph, iri: &str) -> Option<EntityId> {
    graph.entity_by_id(iri.strip_prefix(base_iri(graph))?)
}

/// How many references are shown that are like one.
const MOST_NEAR: usize = 5;

/// Returns the paragraph that is meant by its IRI, by a document and a number (`c24#2.10`), or by a number that only one
/// document has, reports before others. O(paragraphs).
///
/// # Errors
///
/// If there is none, or several documents have one.
pub(crate) fn find_paragraph(graph: &KnowledgeGraph, name: &str) -> Result<ParagraphId, ParagraphError> {
    let name = name.trim();
    if let Some((document, _)) = name.strip_prefix(base_iri(graph)).and_then(|path| path.split_once(PARAGRAPH_PATH)) {
        let document = find(graph, document)?;
        let is = |number: &str| Node::Paragraph(base_iri(graph), graph.id(document), number).is(name);
        return in_document(graph, document, is).ok_or_else(|| unknown(graph, name, &[document], ""));
    }
    if let Some((document, number)) = name.rsplit_once('#') {
        let document = find(graph, document.trim())?;
        let number = number.trim();
        return in_document(graph, document, |other| other == number)
            .ok_or_else(|| unknown(graph, name, &[document], number));
    }
    let reports = graph.reports();
    let mut found = of_number(graph, name, &reports);
    if found.is_empty() {
        let mut others: Vec<EntityId> = graph.paragraphs().iter().map(|paragraph| paragraph.document).collect();
        others.dedup();
        found = of_number(graph, name, &others);
    }
    match found.as_slice() {
        [] => Err(unknown(graph, name, &reports, name)),
        [only] => Ok(*only),
        several => Err(ParagraphError::Ambiguous {
            number: name.to_owned(),
            references: several.iter().map(|&paragraph| graph.paragraph_reference(paragraph)).collect(),
        }),
    }
}

/// A source: a document, and the paragraph of it unless it is cited as a whole.
pub(crate) type Source = (EntityId, Option<ParagraphId>);

/// Returns the sources that a cell lists, as answers to questions list them, with commas between them; and those of its parts
/// that are none.
pub(crate) fn find_sources<'t>(graph: &KnowledgeGraph, cell: &'t str) -> (Vec<Source>, Vec<&'t str>) {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for part in cell.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if let Some(document) = graph.entity_by_id(part.strip_prefix(base_iri(graph)).unwrap_or(part)) {
            found.push((document, None));
        } else if let Ok(paragraph) = find_paragraph(graph, part) {
            found.push((graph.paragraph(paragraph).document, Some(paragraph)));
        } else {
            unknown.push(part);
        }
    }
    (found, unknown)
}

fn in_document(graph: &KnowledgeGraph, document: EntityId, is: impl Fn(&str) -> bool) -> Option<ParagraphId> {
    let is = |(_, paragraph): &(ParagraphId, &Paragraph)| is(graph.text(paragraph.number));
    graph.paragraphs_of(document).find(is).map(|(id, _)| id)
}

fn of_number(graph: &KnowledgeGraph, number: &str, documents: &[EntityId]) -> Vec<ParagraphId> {
    documents.iter().filter_map(|&document| in_document(graph, document, |other| other == number)).collect()
}

fn unknown(graph: &KnowledgeGraph, name: &str, documents: &[EntityId], number: &str) -> ParagraphError {
    let near = documents.iter().flat_map(|&document| {
        let numbers = graph.paragraphs_of(document).map(|(_, paragraph)| graph.text(paragraph.number));
        let near = nearest(number, numbers, MOST_NEAR).into_iter();
        near.map(move |number| format!("{}#{number}", graph.id(document)))
    });
    ParagraphError::Unknown { name: name.to_owned(), near: near.take(MOST_NEAR).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn a_paragraph_that_is_none_says_which_are_like_it() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let Err(ParagraphError::Unknown { near, .. }) = find_paragraph(&graph, "2.1O") else { panic!() };
        assert!(near.contains(&"c24#2.10".to_owned()), "{near:?}");
        let document = find_paragraph(&graph, "c42#2.10");
        assert!(matches!(document, Err(ParagraphError::Document(FindError::Unknown { .. }))), "{document:?}");
        assert!(matches!(find_paragraph(&graph, ""), Err(ParagraphError::Unknown { .. })));
    }
}

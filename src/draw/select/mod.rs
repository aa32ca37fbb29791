//! From a part of the knowledge graph to a diagram: which statements are drawn, and what is written where.

mod between;
mod cluster;
mod compose;
mod group;
mod keep;
mod kind;
mod pages;
mod prominence;
mod sectors;
mod title;

use std::collections::BTreeSet;

pub(super) use compose::Composer;
pub use keep::Keep;
pub(super) use pages::{Divided, MOST_NAMED, Part};
pub use pages::{Files, pages};
pub(super) use sectors::lists;

use super::{ClassStyle, Colour, Diagram, Edge, Kind, Node, Scene, Weight};
use crate::graph::{KnowledgeGraph, Mode, Selection, View};
use crate::model::{EntityId, Object, PropertyId, Rank, Statement, StatementId};

/// The colour of a class that has none.
const GREY: Colour = Colour([0x99; 3]);

/// Returns what is drawn of a scene: the links, that is the statements between two entities that are not
/// deprecated, and the entities that they link. If only some classes of the whole are wanted, or something else has
/// chosen what is drawn, all these entities are, with or without links. Links between the same two entities in the same way are one edge. Text is in the first
/// of the languages that has it.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// use rapporteur::draw::{Scene, diagram, layout, svg};
/// use rapporteur::graph::{Selection, View};
///
/// let view = View::from(Selection::Section(graph.sections_called("7").remove(0)));
/// let languages = graph.languages(None);
/// let diagram = diagram(&Scene::new(&graph, &view, &languages));
/// let svg = svg(&diagram, &layout(&diagram));
/// assert!(svg.starts_with("<svg"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn diagram(scene: &Scene<'_>) -> Diagram {
    let composer = Composer::new(scene);
    match scene.view.mode {
        Mode::OneMode => between::organizations(&composer),
        Mode::Statements | Mode::TwoMode => {
            let (entities, links) = parts(scene.graph, scene.view);
            sectors::sort(&composer, composer.filtered(&entities, &links))
        }
    }
}

/// The entities, sorted, and the links that are drawn of a view.
pub(super) fn parts(graph: &KnowledgeGraph, view: &View) -> (Vec<EntityId>, Vec<Link>) {
    let subgraph = graph.subgraph(view);
    let links: Vec<Link> = subgraph.statements.iter().filter_map(|&id| link(graph, id)).collect();
    let all = match view.selection {
        Selection::Whole => !view.filter.classes.is_empty(),
        Selection::Chosen(_) => true,
        Selection::Around(..) | Selection::Section(_) | Selection::Path(..) => false,
    };
    if all {
        return (subgraph.entities, links);
    }
    let linked: BTreeSet<EntityId> =
        links.iter().flat_map(|link| [link.subject, link.object]).chain(view.selection.named()).collect();
    (linked.into_iter().collect(), links)
}

/// What a diagram is made of.
pub(in crate::draw) struct Contents {
    pub(in crate::draw) classes: Vec<ClassStyle>,
    pub(in crate::draw) nodes: Vec<Node>,
    pub(in crate::draw) edges: Vec<Edge>,
    pub(in crate::draw) kinds: Vec<Kind>,
    pub(in crate::draw) weight: Weight,
}

/// Tells whether so many nodes and lines are too many to be laid out in layers, and to have a label on each line.
fn is_dense(n_nodes: usize, n_edges: usize) -> bool {
    n_nodes > 45 || n_nodes > 12 && 2 * n_edges > 5 * n_nodes
}

/// A statement that links two entities.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    id: StatementId,
    subject: EntityId,
    property: PropertyId,
    object: EntityId,
}

/// A statement as a link, if it is one that is drawn.
fn link(graph: &KnowledgeGraph, id: StatementId) -> Option<Link> {
    let statement = graph.statement(id);
    match statement.object {
        Object::Entity(object) if is_drawn(statement) => {
            Some(Link { id, subject: statement.subject, property: statement.property, object })
        }
        Object::Entity(_) | Object::Value(_) | Object::Literal(..) => None,
    }
}

/// The statements of links.
fn ids<'l>(links: impl IntoIterator<Item = &'l Link>) -> BTreeSet<StatementId> {
    links.into_iter().map(|link| link.id).collect()
}

/// Tells whether a statement is drawn: whether it links two entities and is not known to be wrong.
fn is_drawn(statement: &Statement) -> bool {
    matches!(statement.object, Object::Entity(_)) && statement.rank != Rank::Deprecated
}

#[cfg(test)]
mod tests;

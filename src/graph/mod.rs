//! The knowledge graph: immutable, sorted, ready to be asked and projected.
//!
//! Nodes are entities, edges the statements that link two of them. Only this module names the indices of petgraph.

mod affiliation;
mod connectivity;
mod coverage;
mod label;
mod path;
mod select;
mod subgraph;
mod view;
pub(crate) mod when;

pub use affiliation::{Shared, SharedThing};
pub use connectivity::Connectivity;
pub use coverage::{Counts, ParagraphCoverage};
pub use path::{Hop, PathOptions};
pub use select::Section;
pub use subgraph::Subgraph;
pub use view::{Filter, Mode, Selection, View};

use std::ops::Deref;
use std::sync::OnceLock;

use petgraph::Directed;
use petgraph::graph::Graph;

use crate::finding::Location;
use crate::link::{Linked, NameError, Names};
use crate::model::{EntityId, Object, Place, StatementId};
use crate::ontology::Ontology;
use crate::read::{Config, Dataset};
use crate::validate::Validated;

/// Entities, statements and sources of a data set, with the ontology that says what they mean.
///
/// What is linked is read through [`Linked`], to which a graph dereferences.
#[derive(Debug)]
pub struct KnowledgeGraph {
    linked: Linked,
    ontology: Ontology,
    dataset: Dataset,
    // Built when first asked for: exports walk the flat arrays and need neither.
    edges: OnceLock<Graph<(), StatementId, Directed>>,
    names: OnceLock<Names>,
}

impl KnowledgeGraph {
    /// Returns the graph of what is linked and validated.
    #[must_use]
    pub fn new(validated: Validated, dataset: Dataset, ontology: Ontology) -> Self {
        Self { linked: validated.0, ontology, dataset, edges: OnceLock::new(), names: OnceLock::new() }
    }

    /// Returns the ontology.
    #[must_use]
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// Returns what the data set says of itself.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.dataset.config
    }

    /// Returns where in the data something stands.
    #[must_use]
    pub fn locate(&self, place: Place) -> Location {
        self.dataset.locate(place)
    }

    /// Returns the entity that is meant by an id or a name.
    ///
    /// # Errors
    ///
    /// If no entity has that name, with the names most like it; or if several have.
    pub fn find(&self, name: &str) -> Result<EntityId, NameError> {
        if let Some(entity) = self.entity_by_id(name) {
            return Ok(entity);
        }
        let names = self.names.get_or_init(|| {
            let described = self.entity_ids().map(|entity| (entity, self.attributes(entity)));
            Names::index(described, &self.linked.texts, &self.ontology)
        });
        names.find(name).map_err(|error| match error {
            NameError::Unknown(_) => {
                let ids = self.entity_ids().map(|entity| self.id(entity));
                NameError::Unknown(names.suggest(name, ids, &self.linked.texts))
            }
            NameError::Ambiguous(_) => error,
        })
    }

    /// Returns the edges: the statements that link two entities, deprecated ones too. Built once, O(n).
    pub(crate) fn edges(&self) -> &Graph<(), StatementId, Directed> {
        self.edges.get_or_init(|| {
            let mut graph = Graph::with_capacity(self.entities().len(), self.statements().len());
            for _ in self.entities() {
                graph.add_node(());
            }
            for (number, statement) in (0..).map(StatementId).zip(self.statements()) {
                if let Object::Entity(object) = statement.object {
                    graph.add_edge(statement.subject.0.into(), object.0.into(), number);
                }
            }
            graph
        })
    }
}

impl Deref for KnowledgeGraph {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}

//! The knowledge graph: immutable, sorted, ready to be asked and projected.
//!
//! Nodes are entities, edges the statements that link two of them: petgraph's graph, given by
//! [`KnowledgeGraph::petgraph`], on which everything here is computed.

mod affiliation;
mod connectivity;
mod content;
mod coverage;
mod days;
mod label;
mod links;
mod measure;
mod path;
mod select;
mod subgraph;
mod view;
pub(crate) mod when;

pub use affiliation::{Shared, SharedThing, Sharing};
pub use connectivity::Connectivity;
pub use coverage::Counts;
pub(crate) use coverage::{ParagraphCoverage, ReportCoverage};
pub use links::Links;
pub use measure::{
    ArticulationPoint, Bridge, Communities, CutOff, Cuts, Measure, Measured, NodeFigure, Part, Ranked, Ranking,
    SimpleGraph, SimpleLink, Structure,
};
pub(crate) use measure::{Links as WeightedLinks, louvain};
pub use path::{Hop, PathOptions};
pub use select::Section;
pub(crate) use select::ends;
pub use subgraph::Subgraph;
pub use view::{Chosen, Filter, Mode, Selection, View};

use std::sync::{Mutex, OnceLock};

use crate::finding::Location;
use crate::link::{NameError, Names};
use crate::model::{EntityId, Place, StatementStore};
use crate::ontology::{Ontology, PropertyKind};
use crate::read::{Config, Dataset, Inputs, QuestionFile};
use crate::validate::Validated;

/// Entities, statements and sources of a data set, with the ontology that says what they mean.
#[derive(Debug)]
pub struct KnowledgeGraph {
    store: StatementStore,
    ontology: Ontology,
    dataset: Dataset,
    // Built when first asked for: exports walk the arrays of the store.
    links: OnceLock<Links>,
    names: OnceLock<Names>,
    states_annotations: OnceLock<bool>,
    days: Mutex<days::ManyDays>,
}

impl KnowledgeGraph {
    /// Returns the graph of what is linked and validated.
    #[must_use]
    pub fn new(validated: Validated, dataset: Dataset, ontology: Ontology) -> Self {
        Self {
            store: validated.0,
            ontology,
            dataset,
            links: OnceLock::new(),
            names: OnceLock::new(),
            states_annotations: OnceLock::new(),
            days: Mutex::default(),
        }
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

    /// Tells whether a statement gives an entity a name or another annotation. O(statements) when first asked.
    pub(crate) fn states_annotations(&self) -> bool {
        let is_annotation = |property| self.ontology.property(property).kind == PropertyKind::Annotation;
        let states = || self.store.statements().iter().any(|statement| is_annotation(statement.property));
        *self.states_annotations.get_or_init(states)
    }

    /// Returns where in the data something stands.
    #[must_use]
    pub(crate) fn locate(&self, place: Place) -> Location {
        self.dataset.locate(place)
    }

    /// Returns the questions of the data set's own, sorted by name.
    #[must_use]
    pub(crate) fn questions(&self) -> &[QuestionFile] {
        &self.dataset.questions
    }

    /// Returns the files that the data were read from.
    #[must_use]
    pub(crate) fn inputs(&self) -> &Inputs {
        &self.dataset.inputs
    }

    /// Returns the entity that is meant by an id or a name. O(length), but O(names) when first asked for a name.
    ///
    /// # Errors
    ///
    /// If no entity has that name, with the names most like it; or if several have.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let names = ["itu", "ITU", "Международный союз электросвязи", "الاتحاد الدولي للاتصالات"];
    /// for name in names {
    ///     assert_eq!(graph.id(graph.find(name).unwrap()), "itu");
    /// }
    /// assert!(graph.find("ITUU").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find(&self, name: &str) -> Result<EntityId, NameError> {
        if let Some(entity) = self.entity_by_id(name) {
            return Ok(entity);
        }
        let names = self.names.get_or_init(|| Names::index(&self.store, &self.ontology));
        names.find(name, &self.store).map_err(|error| match error {
            NameError::Unknown(_) => NameError::Unknown(names.suggest(name, &self.store)),
            NameError::Ambiguous(entities) => NameError::Ambiguous(entities),
        })
    }
}

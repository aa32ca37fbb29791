//! Explorations as addresses: a name and a value for each step, in their order.
//!
//! `add=itu&open=itu,cooperatesWith&open=who,^partOf,all&open=who,Event&hide=undp&path=itu,who,directed,6&
//! partners=who&undone=hide,wmo&no=Event&without=about&as_of=2024&mode=two-mode&communities=yes`

use super::{Along, Exploration, MOST_PATHS, MOST_STEPS, Route, Step};
use crate::draw::Grouping;
use crate::graph::{KnowledgeGraph, Mode};
use crate::model::{ClassId, DateError, EntityId, PropertyId, WrittenDate};

/// What the steps and filters are called in addresses.
const ADD: &str = "add";
const OPEN: &str = "open";
const HIDE: &str = "hide";
const CLOSE: &str = "close";
const PATH: &str = "path";
const PARTNERS: &str = "partners";
const UNDONE: &str = "undone";
const NO: &str = "no";
const WITHOUT: &str = "without";
const AS_OF: &str = "as_of";
const MODE: &str = "mode";
const COMMUNITIES: &str = "communities";
/// What is written for all neighbours, and before a property that is followed backwards.
const ALL: &str = "all";
const BACKWARD: char = '^';
/// What is written of paths that follow statements from subject to object only.
const DIRECTED: &str = "directed";
/// Whether communities are told apart; without it, where lines alone do not show them.
const GROUPINGS: [(Grouping, &str); 2] = [(Grouping::Always, "yes"), (Grouping::Never, "no")];

/// Why an address is no exploration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExploreError {
    /// There is no such entity.
    #[error("no entity has the id `{0}`")]
    Entity(String),
    /// There is no such class.
    #[error("there is no class `{0}`")]
    Class(String),
    /// There is no such property between entities.
    #[error("there is no property `{0}` that links entities")]
    Property(String),
    /// A step has not the parts that it needs, or a mode or a choice of communities is none.
    #[error("`{0}` is no step")]
    Step(String),
    /// It is no date.
    #[error("`{text}` is no date")]
    Date {
        /// What it is.
        text: String,
        /// The cause.
        #[source]
        source: DateError,
    },
    /// It has too many steps.
    #[error("more than {MOST_STEPS} steps")]
    TooManySteps,
}

impl Exploration {
    /// Reads the names and values of an address, decoded. Other names are passed over: they belong to whoever shows it.
    ///
    /// # Errors
    ///
    /// If something that is named does not exist.
    pub(crate) fn read<'a>(
        graph: &KnowledgeGraph,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ExploreError> {
        let mut exploration = Self::default();
        for (name, value) in pairs {
            let unwanted = || ExploreError::Step(format!("{name}={value}"));
            match name {
                NO => exploration.without_classes.push(class(graph, value)?),
                WITHOUT => exploration.without_properties.push(property(graph, value)?),
                AS_OF if value.is_empty() => {}
                AS_OF => {
                    let failed = |source| ExploreError::Date { text: value.to_owned(), source };
                    exploration.as_of = Some(WrittenDate::parse(value).map_err(failed)?);
                }
                MODE => exploration.mode = Mode::from_name(value).ok_or_else(unwanted)?,
                COMMUNITIES => {
                    let known = GROUPINGS.iter().find(|(_, name)| *name == value);
                    exploration.grouping = known.ok_or_else(unwanted)?.0;
                }
                UNDONE => {
                    let (name, value) = value.split_once(',').ok_or_else(unwanted)?;
                    exploration.undone.push(step(graph, name, value)?.ok_or_else(unwanted)?);
                }
                _ => exploration.steps.extend(step(graph, name, value)?),
            }
            if exploration.steps.len() + exploration.undone.len() > MOST_STEPS {
                return Err(ExploreError::TooManySteps);
            }
        }
        Ok(exploration)
    }

    /// Returns the names and values of the address, which [`Self::read`] reads again.
    #[must_use]
    pub(crate) fn address(&self, graph: &KnowledgeGraph) -> Vec<(&'static str, String)> {
        let steps = self.steps.iter().map(|step| written(graph, step));
        let undone = self.undone.iter().map(|step| {
            let (name, value) = written(graph, step);
            (UNDONE, format!("{name},{value}"))
        });
        let classes = self.without_classes.iter().map(|&class| (NO, graph.ontology().class(class).name.clone()));
        let properties = self.without_properties.iter();
        let properties = properties.map(|&property| (WITHOUT, graph.ontology().property(property).name.clone()));
        let as_of = self.as_of.iter().map(|date| (AS_OF, date.text().to_owned()));
        let mode = (self.mode != Mode::default()).then(|| (MODE, self.mode.name().to_owned()));
        let known = GROUPINGS.iter().find(|(grouping, _)| *grouping == self.grouping);
        let grouping = known.map(|(_, name)| (COMMUNITIES, (*name).to_owned()));
        steps.chain(undone).chain(classes).chain(properties).chain(as_of).chain(mode).chain(grouping).collect()
    }
}

/// The name and the value of a step.
fn written(graph: &KnowledgeGraph, step: &Step) -> (&'static str, String) {
    let id = |entity: EntityId| graph.id(entity).to_owned();
    let all = |all: bool| if all { format!(",{ALL}") } else { String::new() };
    match *step {
        Step::Add(entity) => (ADD, id(entity)),
        Step::Hide(entity) => (HIDE, id(entity)),
        Step::Close(entity) => (CLOSE, id(entity)),
        Step::Path(route) => {
            let directed = if route.directed { format!(",{DIRECTED}") } else { String::new() };
            let usual = Route::between(route.from, route.to).most;
            let most = if route.most == usual { String::new() } else { format!(",{}", route.most) };
            (PATH, format!("{},{}{directed}{most}", id(route.from), id(route.to)))
        }
        Step::Partners { entity, all: is_all } => (PARTNERS, id(entity) + &all(is_all)),
        Step::Open { entity, along, all: is_all } => {
            let along = match along {
                Along::Any => String::new(),
                Along::Property(property, false) => format!(",{}", graph.ontology().property(property).name),
                Along::Property(property, true) => format!(",{BACKWARD}{}", graph.ontology().property(property).name),
                Along::Class(class) => format!(",{}", graph.ontology().class(class).name),
            };
            (OPEN, id(entity) + &along + &all(is_all))
        }
    }
}

/// The step of a name and a value; nothing if it is the name of no step.
fn step(graph: &KnowledgeGraph, name: &str, value: &str) -> Result<Option<Step>, ExploreError> {
    Ok(Some(match name {
        ADD => Step::Add(entity(graph, value)?),
        HIDE => Step::Hide(entity(graph, value)?),
        CLOSE => Step::Close(entity(graph, value)?),
        OPEN => open(graph, value)?,
        PATH => Step::Path(route(graph, value)?),
        PARTNERS => {
            let (id, all) = before_all(value);
            Step::Partners { entity: entity(graph, id)?, all }
        }
        _ => return Ok(None),
    }))
}

fn entity(graph: &KnowledgeGraph, id: &str) -> Result<EntityId, ExploreError> {
    graph.entity_by_id(id).ok_or_else(|| ExploreError::Entity(id.to_owned()))
}

fn class(graph: &KnowledgeGraph, name: &str) -> Result<ClassId, ExploreError> {
    graph.ontology().class_by_name(name).ok_or_else(|| ExploreError::Class(name.to_owned()))
}

/// A property as the graph keeps it: an inverse that is written the other way round is not in the graph.
fn property(graph: &KnowledgeGraph, name: &str) -> Result<PropertyId, ExploreError> {
    let ontology = graph.ontology();
    let found = ontology.property_by_name(name).filter(|&found| {
        let property = ontology.property(found);
        property.links_entities() && property.written_as.is_none()
    });
    found.ok_or_else(|| ExploreError::Property(name.to_owned()))
}

/// What stands before `,all`, and whether that stands there.
fn before_all(value: &str) -> (&str, bool) {
    match value.rsplit_once(',') {
        Some((value, ALL)) => (value, true),
        Some(_) | None => (value, false),
    }
}

/// `id,id`, and after it `,directed` and the number of paths, each or none.
fn route(graph: &KnowledgeGraph, value: &str) -> Result<Route, ExploreError> {
    let unwanted = || ExploreError::Step(format!("{PATH}={value}"));
    let mut parts = value.split(',');
    let (Some(from), Some(to)) = (parts.next(), parts.next()) else { return Err(unwanted()) };
    let mut route = Route::between(entity(graph, from)?, entity(graph, to)?);
    for part in parts {
        match part.parse() {
            _ if part == DIRECTED => route.directed = true,
            Ok(most) if (1..=MOST_PATHS).contains(&most) => route.most = most,
            Ok(_) | Err(_) => return Err(unwanted()),
        }
    }
    Ok(route)
}

/// `id`, `id,property`, `id,^property` or `id,Class`, each with `,all` behind it or without.
fn open(graph: &KnowledgeGraph, value: &str) -> Result<Step, ExploreError> {
    let (value, all) = before_all(value);
    let Some((id, along)) = value.split_once(',') else {
        return Ok(Step::Open { entity: entity(graph, value)?, along: Along::Any, all });
    };
    let along = match (along.strip_prefix(BACKWARD), graph.ontology().class_by_name(along)) {
        (Some(name), _) => Along::Property(property(graph, name)?, true),
        (None, Some(class)) => Along::Class(class),
        (None, None) => Along::Property(property(graph, along)?, false),
    };
    Ok(Step::Open { entity: entity(graph, id)?, along, all })
}

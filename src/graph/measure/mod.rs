//! What networks are measured by: who stands where ([`Measure`]), which communities there are ([`Communities`]), and how
//! the whole hangs together ([`Structure`]).
//!
//! All are measures of the [`SimpleGraph`] of a view and, but for communities, equal what networkx gives for it.
//! petgraph holds the graph and searches it; what it has no usable function for is written here.

mod between;
mod community;
mod core;
mod cut;
mod pagerank;
mod rank;
mod simple;
mod structure;

pub use community::Communities;
pub(crate) use community::{Links, louvain};
pub use cut::{ArticulationPoint, Bridge, CutOff, Cuts};
pub use rank::{Ranked, Ranking};
pub use simple::{SimpleGraph, SimpleLink};
pub use structure::{Part, Structure};

/// A measure of how central an entity is in a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// How many others it is linked with.
    Degree,
    /// How likely a walker is there who follows links at random, and sometimes starts anew.
    PageRank,
    /// Which part of the shortest paths between two others leads through it.
    Betweenness,
    /// How near it is to those that it reaches, and how many these are.
    Closeness,
    /// The greatest number such that it is among entities that are each linked with as many of them.
    Core,
}

/// The values of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// One for each node of the graph, in their order.
    pub values: Vec<f64>,
    /// From how many entities paths were followed, if not from all that have a link: then the values are estimates.
    pub pivots: Option<usize>,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 5] = [Self::Degree, Self::PageRank, Self::Betweenness, Self::Closeness, Self::Core];

    /// Returns the name, as the command line takes it and feeds call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Degree => "degree",
            Self::PageRank => "pagerank",
            Self::Betweenness => "betweenness",
            Self::Closeness => "closeness",
            Self::Core => "core",
        }
    }

    /// Returns the measure of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Tells whether all values are whole numbers.
    #[must_use]
    pub fn counts(self) -> bool {
        match self {
            Self::Degree | Self::Core => true,
            Self::PageRank | Self::Betweenness | Self::Closeness => false,
        }
    }

    /// Measures all entities of a graph. O(links) for [`Measure::Degree`] and [`Measure::Core`], about 170 times that for
    /// [`Measure::PageRank`]; for the others O(entities × links), but of a graph with more than 20,000 links paths are
    /// followed from 100 entities of each component only, evenly spread over those in the order of their ids.
    ///
    /// ```
    /// use rapporteur::graph::{Measure, View};
    /// use rapporteur::{ontology::Ontology, read::Source};
    ///
    /// let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let simple = graph.simple(&View::default());
    /// let measured = Measure::PageRank.of(&simple);
    /// let first = simple.node_indices().max_by(|a, b| measured.values[a.index()].total_cmp(&measured.values[b.index()]));
    /// assert_eq!(graph.id(simple[first.unwrap()]), "itu");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer links than 2^52")]
    pub fn of(self, graph: &SimpleGraph) -> Measured {
        let all = |values| Measured { values, pivots: None };
        let rounded =
            |measured: Measured| Measured { values: measured.values.into_iter().map(rounded).collect(), ..measured };
        let counted = |counts: Vec<usize>| all(counts.into_iter().map(|count| count as f64).collect());
        match self {
            Self::Degree => counted(graph.node_indices().map(|node| graph.neighbors(node).count()).collect()),
            Self::PageRank => rounded(all(pagerank::pagerank(&simple::neighbours(graph)))),
            Self::Betweenness => rounded(between::betweenness(graph)),
            Self::Closeness => rounded(between::closeness(graph)),
            Self::Core => counted(core::core_numbers(&simple::neighbours(graph))),
        }
    }
}

/// A number with twelve digits: what the same sum in another order leaves beyond them is no difference.
fn rounded(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

impl Measured {
    /// Returns what the values are to be called: the name of the measure and, of estimates, that they are.
    #[must_use]
    pub fn name(&self, measure: Measure) -> String {
        format!("{}{}", measure.name(), if self.pivots.is_some() { "Estimate" } else { "" })
    }
}

/// A figure that an entity can have in a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeFigure {
    /// The value of a measure.
    Measure(Measure),
    /// The number of its community, from 1.
    Community,
}

impl NodeFigure {
    /// Returns all figures.
    pub fn all() -> impl Iterator<Item = Self> {
        Measure::ALL.into_iter().map(Self::Measure).chain([Self::Community])
    }

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.name(),
            Self::Community => "community",
        }
    }

    /// Returns the figure of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|figure| figure.name() == name)
    }

    /// Tells whether all values are whole numbers.
    #[must_use]
    pub fn counts(self) -> bool {
        match self {
            Self::Measure(measure) => measure.counts(),
            Self::Community => true,
        }
    }

    /// Returns what the values are to be called, and one for each node of a graph. Costs as [`Measure::of`] and
    /// [`Communities::of`].
    #[must_use]
    pub fn of(self, graph: &SimpleGraph) -> (String, Vec<f64>) {
        match self {
            Self::Measure(measure) => {
                let measured = measure.of(graph);
                (measured.name(measure), measured.values)
            }
            Self::Community => {
                let mut values = vec![0.0; graph.node_count()];
                let groups = community::groups(graph);
                for (number, group) in (1..).zip(&groups) {
                    for &node in group {
                        values[node] = f64::from(number);
                    }
                }
                (self.name().to_owned(), values)
            }
        }
    }
}

impl Communities {
    /// Divides a graph into communities. About O(links) for each round of the method.
    #[must_use]
    pub fn of(graph: &SimpleGraph) -> Self {
        community::communities(graph)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityId;

    /// The simple graph of so many entities with links between the pairs, more than one between the same two counted.
    pub(super) fn graph_of(entities: u32, pairs: &[(u32, u32)]) -> SimpleGraph {
        let entities: Vec<EntityId> = (0..entities).map(EntityId::new).collect();
        let links = pairs.iter().map(|&(one, other)| (EntityId::new(one), EntityId::new(other)));
        simple::joined(&entities, links.collect())
    }

    fn near(one: &[f64], other: &[f64]) -> bool {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-9)
    }

    #[test]
    fn a_star_is_measured_as_the_books_have_it() {
        let star = graph_of(5, &[(0, 1), (0, 2), (3, 0)]);
        assert_eq!(Measure::Degree.of(&star).values, [3.0, 1.0, 1.0, 1.0, 0.0]);
        assert_eq!(Measure::Core.of(&star).values, [1.0, 1.0, 1.0, 1.0, 0.0]);
        // Three of the six pairs of others.
        assert!(near(&Measure::Betweenness.of(&star).values, &[0.5, 0.0, 0.0, 0.0, 0.0]));
        let outside = 3.0 / 4.0 * 3.0 / 5.0;
        assert!(near(&Measure::Closeness.of(&star).values, &[0.75, outside, outside, outside, 0.0]));
        let ranks = Measure::PageRank.of(&star).values;
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(ranks[0] > ranks[1] && ranks[1] > ranks[4]);
    }

    #[test]
    fn nothing_is_measured_of_nothing() {
        for measure in Measure::ALL {
            assert!(measure.of(&graph_of(0, &[])).values.is_empty(), "{}", measure.name());
        }
    }

    #[test]
    fn in_a_large_graph_paths_start_from_pivots_and_small_components_stay_exact() {
        // A ring with a chord from each to the one after the next, and a triangle beside it.
        let ring = 12_000;
        let mut pairs: Vec<_> =
            (0..ring).flat_map(|node| [(node, (node + 1) % ring), (node, (node + 2) % ring)]).collect();
        pairs.extend([(ring, ring + 1), (ring + 1, ring + 2)]);
        let graph = graph_of(ring + 3, &pairs);
        let closeness = Measure::Closeness.of(&graph);
        assert_eq!(closeness.pivots, Some(103));
        let others = f64::from(ring + 2);
        assert!((closeness.values[ring as usize + 1] - 2.0 / others).abs() < 1e-12);
        // All in a ring are alike; the mean distance is about a quarter of the steps around, of which each takes two.
        let exact = f64::from(ring - 1) / others / (f64::from(ring) / 8.0);
        assert!(closeness.values[..ring as usize].iter().all(|value| (value / exact - 1.0).abs() < 0.02));
    }
}

//! The ways to say where a statement comes from.

/// How statements, their qualifiers and their sources become RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Profile {
    /// Plain triples only: no qualifiers, no ranks, no sources.
    Direct,
    /// Plain triples, and a `rap:Statement` node for each statement, with qualifiers, rank and sources
    /// ([RDF reification](https://www.w3.org/TR/rdf-schema/#ch_reificationvocab)).
    #[default]
    Statements,
    /// Plain triples, and a reifier of a [triple term](https://www.w3.org/TR/rdf12-concepts/#dfn-triple-term) for each
    /// statement, with qualifiers, rank and sources.
    Rdf12,
    /// Plain triples in one named graph for each source document.
    Graphs,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Statements, Self::Rdf12, Self::Graphs];

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Statements => "statements",
            Self::Rdf12 => "rdf12",
            Self::Graphs => "graphs",
        }
    }

    /// Returns the profile of that name.
    ///
    /// ```
    /// use rapporteur::rdf::Profile;
    ///
    /// assert_eq!(Profile::from_name("rdf12"), Some(Profile::Rdf12));
    /// assert!(Profile::Rdf12.needs_triple_terms());
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// Tells whether its quads are in named graphs, which a syntax of triples cannot hold.
    #[must_use]
    pub fn needs_named_graphs(self) -> bool {
        self == Self::Graphs
    }

    /// Tells whether its triples have triples as objects, which a syntax of RDF 1.1 cannot hold.
    #[must_use]
    pub fn needs_triple_terms(self) -> bool {
        self == Self::Rdf12
    }
}

//! The table of formats.

/// A format that a graph can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// [RDF 1.2 Turtle](https://www.w3.org/TR/rdf12-turtle/)
    Turtle,
    /// [RDF 1.2 TriG](https://www.w3.org/TR/rdf12-trig/)
    TriG,
    /// [RDF 1.2 N-Triples](https://www.w3.org/TR/rdf12-n-triples/)
    NTriples,
    /// [RDF 1.2 N-Quads](https://www.w3.org/TR/rdf12-n-quads/)
    NQuads,
    /// [RDF/XML](https://www.w3.org/TR/rdf-syntax-grammar/)
    RdfXml,
    /// [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/)
    JsonLd,
}

/// All that is known of a format.
struct Facts {
    name: &'static str,
    media_type: &'static str,
    extension: &'static str,
    named_graphs: bool,
    triple_terms: bool,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Turtle, Self::TriG, Self::NTriples, Self::NQuads, Self::RdfXml, Self::JsonLd];

    fn facts(self) -> Facts {
        let facts = |name, media_type, extension, named_graphs, triple_terms| Facts {
            name,
            media_type,
            extension,
            named_graphs,
            triple_terms,
        };
        match self {
            Self::Turtle => facts("turtle", "text/turtle", "ttl", false, true),
            Self::TriG => facts("trig", "application/trig", "trig", true, true),
            Self::NTriples => facts("ntriples", "application/n-triples", "nt", false, true),
            Self::NQuads => facts("nquads", "application/n-quads", "nq", true, true),
            Self::RdfXml => facts("rdfxml", "application/rdf+xml", "rdf", false, true),
            Self::JsonLd => facts("jsonld", "application/ld+json", "jsonld", true, false),
        }
    }

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// Returns the [registered media type](https://www.iana.org/assignments/media-types).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// Returns the extension of its files, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.facts().extension
    }

    /// Tells whether it can hold named graphs.
    #[must_use]
    pub fn holds_named_graphs(self) -> bool {
        self.facts().named_graphs
    }

    /// Tells whether it can hold triple terms.
    #[must_use]
    pub fn holds_triple_terms(self) -> bool {
        self.facts().triple_terms
    }

    /// Returns the format of that name or extension.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name || format.extension() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_extensions_lead_to_one_format_each() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(Format::from_name(format.extension()), Some(format));
        }
    }
}

//! What a server says of its data set and of itself, as triples: [VoID](https://www.w3.org/TR/void/) with how often each
//! class and property occurs, so that editors complete them, and the
//! [SPARQL 1.1 Service Description](https://www.w3.org/TR/sparql11-service-description/).

use std::collections::BTreeMap;
use std::convert::Infallible;

use oxrdf::{Literal, Triple};

use super::triples::Triples;
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, PropertyId};
use crate::ontology::{DCTERMS, PREFIXES, VOID};
use crate::rdf::{self, Listener, Part, Predicate, Profile, Projection, Said, Sources, base_iri};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const FORMATS: &str = "http://www.w3.org/ns/formats/";
const SCHEMA: &str = "https://schema.org/";
const SIMPLE: &str = "http://www.w3.org/ns/entailment/Simple";

/// The results that are written, by the names that the W3C gave them.
const RESULTS: [&str; 10] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
];

fn schema(name: &str) -> String {
    format!("{SCHEMA}{name}")
}

fn void(name: &str) -> String {
    format!("{VOID}{name}")
}

fn sd(name: &str) -> String {
    format!("{SD}{name}")
}

/// Returns what is known of the data set and of its parts, whose names begin with the address of this description; queries
/// about it are asked at `endpoint`, if there is one. O(entities + attributes + statements).
#[must_use]
pub(crate) fn void_description(graph: &KnowledgeGraph, address: &str, endpoint: Option<&str>) -> Vec<Triple> {
    let base = base_iri(graph);
    let mut triples = Triples::default();
    let Ok(()) = rdf::quads_of(&Projection::new(graph, Profile::Direct), Part::Dataset, &mut |quad| {
        triples.0.push(oxrdf::Quad::from(quad).into());
        Ok::<_, Infallible>(())
    });
    if let Some(endpoint) = endpoint {
        triples.iri(base, &void("sparqlEndpoint"), endpoint);
    }
    triples.text(base, &void("uriSpace"), base);
    for (_, namespace) in PREFIXES {
        triples.iri(base, &void("vocabulary"), namespace);
    }
    triples.count(base, &void("entities"), graph.entities().len());
    let counts = Counts::of(graph);
    triples.count(base, &void("classes"), counts.classes.len());
    triples.count(base, &void("properties"), counts.properties.len());
    let ontology = graph.ontology();
    for (&property, &n) in &counts.properties {
        let property = ontology.property(property);
        let part = format!("{address}#property-{}", property.name);
        triples.iri(base, &void("propertyPartition"), &part);
        triples.iri(&part, &void("property"), &property.iri);
        triples.count(&part, &void("triples"), n);
    }
    for (&class, &n) in &counts.classes {
        let of_class = ontology.class(class);
        let part = format!("{address}#class-{}", of_class.name);
        triples.iri(base, &void("classPartition"), &part);
        triples.iri(&part, &void("class"), &of_class.iri);
        triples.count(&part, &void("entities"), n);
        let within = counts.within.get(&class).into_iter().flatten();
        for (&property, &n) in within {
            let property = ontology.property(property);
            let inner = format!("{part}-{}", property.name);
            triples.iri(&part, &void("propertyPartition"), &inner);
            triples.iri(&inner, &void("property"), &property.iri);
            triples.count(&inner, &void("triples"), n);
        }
    }
    triples.0
}

/// How often each class, each property, and each property of what is of a class occurs in plain triples.
#[derive(Default)]
struct Counts {
    classes: BTreeMap<ClassId, usize>,
    properties: BTreeMap<PropertyId, usize>,
    within: BTreeMap<ClassId, BTreeMap<PropertyId, usize>>,
}

impl Counts {
    fn of(graph: &KnowledgeGraph) -> Self {
        let (mut counts, bases) = (Self::default(), rdf::bases(graph.ontology()));
        let triples = rdf::Triples::new(graph, Profile::Direct, &bases);
        for id in graph.entity_ids() {
            let class = graph.entity(id).class;
            *counts.classes.entry(class).or_default() += 1;
            let mut of_entity = OfEntity { counts: &mut counts, class };
            let Ok(()) = triples.entity(id, &mut of_entity);
            for statement in graph.statements_of(id) {
                let Ok(()) = triples.plain(statement, Sources::Default, &mut of_entity);
            }
        }
        counts
    }
}

/// Counts what is said of an entity.
struct OfEntity<'a> {
    counts: &'a mut Counts,
    class: ClassId,
}

impl Listener<Infallible> for OfEntity<'_> {
    fn wants(&self, predicate: Predicate) -> bool {
        matches!(predicate, Predicate::Property(_))
    }

    fn hear(&mut self, said: Said) -> Result<(), Infallible> {
        if let Predicate::Property(property) = said.predicate {
            *self.counts.properties.entry(property).or_default() += 1;
            *self.counts.within.entry(self.class).or_default().entry(property).or_default() += 1;
        }
        Ok(())
    }
}

/// What a query may take at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LimitDescribed {
    /// The last part of its name.
    pub name: &'static str,
    /// What it bounds, in English.
    pub label: &'static str,
    /// How much there may be.
    pub most: u64,
    /// The unit, by its code in [UN/CEFACT Recommendation 20](https://unece.org/trade/uncefact/cl-recommendations).
    pub unit: &'static str,
}

/// Returns what is said of the service at `endpoint`, and of what a query may take there.
///
/// The Service Description has no terms for limits: each is a
/// [`schema:PropertyValue`](https://schema.org/PropertyValue) with a `schema:maxValue`.
#[must_use]
pub(crate) fn service_description(graph: &KnowledgeGraph, endpoint: &str, limits: &[LimitDescribed]) -> Vec<Triple> {
    let mut triples = Triples::default();
    let dataset = format!("{endpoint}#dataset");
    let default = format!("{endpoint}#default");
    triples.a(endpoint, &sd("Service"));
    triples.iri(endpoint, &sd("endpoint"), endpoint);
    for language in ["SPARQL10Query", "SPARQL11Query"] {
        triples.iri(endpoint, &sd("supportedLanguage"), &sd(language));
    }
    for format in RESULTS {
        triples.iri(endpoint, &sd("resultFormat"), &format!("{FORMATS}{format}"));
    }
    triples.iri(endpoint, &sd("defaultEntailmentRegime"), SIMPLE);
    triples.iri(endpoint, &sd("defaultDataset"), &dataset);
    triples.a(&dataset, &sd("Dataset"));
    triples.iri(&dataset, &sd("defaultGraph"), &default);
    triples.iri(&dataset, &format!("{DCTERMS}source"), base_iri(graph));
    triples.a(&default, &sd("Graph"));
    triples.count(&default, &void("entities"), graph.entities().len());
    for limit in limits {
        let name = format!("{endpoint}#{}", limit.name);
        triples.iri(endpoint, &schema("additionalProperty"), &name);
        triples.a(&name, &schema("PropertyValue"));
        let label = Literal::new_language_tagged_literal_unchecked(limit.label, "en");
        triples.add(&name, &schema("name"), label);
        triples.add(&name, &schema("maxValue"), Literal::from(limit.most));
        triples.text(&name, &schema("unitCode"), limit.unit);
    }
    triples.0
}

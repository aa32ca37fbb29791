//! What a server says of its data set and of itself, as triples: [VoID](https://www.w3.org/TR/void/) with how often each
//! class and property occurs, so that editors complete them, and the
//! [SPARQL 1.1 Service Description](https://www.w3.org/TR/sparql11-service-description/).

use std::collections::BTreeMap;
use std::convert::Infallible;

use oxrdf::{Literal, NamedNode, Triple};

use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, PropertyId, Rank};
use crate::ontology::{DCTERMS, PREFIXES, RDF_TYPE, VOID};
use crate::rdf::{self, Part, Profile, Projection, base_iri};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const FORMATS: &str = "http://www.w3.org/ns/formats/";
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

/// Triples, gathered; the terms of which are made here only.
#[derive(Default)]
struct Triples(Vec<Triple>);

impl Triples {
    fn iri(&mut self, subject: &str, predicate: String, object: impl Into<String>) {
        let [subject, predicate] = [subject.to_owned(), predicate].map(NamedNode::new_unchecked);
        self.0.push(Triple::new(subject, predicate, NamedNode::new_unchecked(object)));
    }

    fn count(&mut self, subject: &str, name: &str, n: usize) {
        let [subject, predicate] = [subject.to_owned(), void(name)].map(NamedNode::new_unchecked);
        self.0.push(Triple::new(subject, predicate, Literal::from(i64::try_from(n).unwrap_or(i64::MAX))));
    }
}

fn void(name: &str) -> String {
    format!("{VOID}{name}")
}

fn sd(name: &str) -> String {
    format!("{SD}{name}")
}

/// Returns what is known of the data set and of its parts, whose names begin with the address of this description; queries
/// about it are asked at `endpoint`. O(entities + attributes + statements).
#[must_use]
pub fn void_description(graph: &KnowledgeGraph, address: &str, endpoint: &str) -> Vec<Triple> {
    let base = base_iri(graph);
    let mut triples = Triples::default();
    let Ok(()) = rdf::quads_of(&Projection::new(graph, Profile::Direct), Part::Dataset, &mut |quad| {
        triples.0.push(oxrdf::Quad::from(quad).into());
        Ok::<_, Infallible>(())
    });
    triples.iri(base, void("sparqlEndpoint"), endpoint);
    let [subject, predicate] = [base.to_owned(), void("uriSpace")].map(NamedNode::new_unchecked);
    triples.0.push(Triple::new(subject, predicate, Literal::from(base)));
    for (_, namespace) in PREFIXES {
        triples.iri(base, void("vocabulary"), namespace);
    }
    triples.count(base, "entities", graph.entities().len());
    let counts = Counts::of(graph);
    triples.count(base, "classes", counts.classes.len());
    triples.count(base, "properties", counts.properties.len());
    let ontology = graph.ontology();
    for (&property, &n) in &counts.properties {
        let property = ontology.property(property);
        let part = format!("{address}#property-{}", property.name);
        triples.iri(base, void("propertyPartition"), part.clone());
        triples.iri(&part, void("property"), property.iri.clone());
        triples.count(&part, "triples", n);
    }
    for (&class, &n) in &counts.classes {
        let of_class = ontology.class(class);
        let part = format!("{address}#class-{}", of_class.name);
        triples.iri(base, void("classPartition"), part.clone());
        triples.iri(&part, void("class"), of_class.iri.clone());
        triples.count(&part, "entities", n);
        let within = counts.within.get(&class).into_iter().flatten();
        for (&property, &n) in within {
            let property = ontology.property(property);
            let inner = format!("{part}-{}", property.name);
            triples.iri(&part, void("propertyPartition"), inner.clone());
            triples.iri(&inner, void("property"), property.iri.clone());
            triples.count(&inner, "triples", n);
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
        let mut counts = Self::default();
        for id in graph.entity_ids() {
            let entity = graph.entity(id);
            *counts.classes.entry(entity.class).or_default() += 1;
            let attributes = graph.attributes(id).iter().map(|attribute| attribute.property);
            let statements = graph.statements_of(id).map(|id| graph.statement(id));
            // A claim that is given up has no plain triple.
            let statements = statements.filter(|statement| statement.rank != Rank::Deprecated);
            for property in attributes.chain(statements.map(|statement| statement.property)) {
                *counts.properties.entry(property).or_default() += 1;
                *counts.within.entry(entity.class).or_default().entry(property).or_default() += 1;
            }
        }
        counts
    }
}

/// Returns what is said of the service at `endpoint`.
#[must_use]
pub fn service_description(graph: &KnowledgeGraph, endpoint: &str) -> Vec<Triple> {
    let mut triples = Triples::default();
    let a = || RDF_TYPE.to_owned();
    let dataset = format!("{endpoint}#dataset");
    let default = format!("{endpoint}#default");
    triples.iri(endpoint, a(), sd("Service"));
    triples.iri(endpoint, sd("endpoint"), endpoint);
    for language in ["SPARQL10Query", "SPARQL11Query"] {
        triples.iri(endpoint, sd("supportedLanguage"), sd(language));
    }
    for format in RESULTS {
        triples.iri(endpoint, sd("resultFormat"), format!("{FORMATS}{format}"));
    }
    triples.iri(endpoint, sd("defaultEntailmentRegime"), SIMPLE);
    triples.iri(endpoint, sd("defaultDataset"), dataset.clone());
    triples.iri(&dataset, a(), sd("Dataset"));
    triples.iri(&dataset, sd("defaultGraph"), default.clone());
    triples.iri(&dataset, format!("{DCTERMS}source"), base_iri(graph));
    triples.iri(&default, a(), sd("Graph"));
    triples.count(&default, "entities", graph.entities().len());
    triples.0
}

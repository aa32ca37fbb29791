//! JSON-LD, with a context that the ontology gives.
//!
//! One node object a line, in the order of the quads; properties by their local names. The context is part of the
//! document, so that reading it needs no network.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::graph::KnowledgeGraph;
use crate::ontology::{DCTERMS, Datatype, Ontology, PREFIXES, PROV, RAP, RDF, RDF_TYPE, Range};
use crate::rdf::{self, Projection, Quad, Term};

/// How the values of a term are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coercion {
    /// As IRIs.
    Id,
    /// As terms of the ontology.
    Vocab,
    /// As a map from languages.
    Language,
    /// As strings of that datatype.
    Literal(Datatype),
    /// In full.
    None,
}

/// The terms that every document may use: namespace, name, how values are written.
const FIXED: [(&str, &str, Coercion); 7] = [
    (RDF, "subject", Coercion::Id),
    (RDF, "predicate", Coercion::Vocab),
    (RDF, "object", Coercion::None),
    (DCTERMS, "source", Coercion::Id),
    (DCTERMS, "isPartOf", Coercion::Id),
    (PROV, "hadPrimarySource", Coercion::Id),
    (RAP, "rank", Coercion::Vocab),
];

/// The terms that a document may use, by the IRI that they stand for.
struct Terms(BTreeMap<String, (String, Coercion)>);

impl Terms {
    fn of(ontology: &Ontology) -> Self {
        let fixed = FIXED
            .into_iter()
            .map(|(namespace, name, coercion)| (format!("{namespace}{name}"), (name.to_owned(), coercion)));
        // A property whose name is a term or a prefix of every context is written by its IRI.
        let free = |name: &str| {
            !FIXED.iter().any(|(_, fixed, _)| *fixed == name) && !PREFIXES.iter().any(|(prefix, _)| *prefix == name)
        };
        let declared = ontology.properties().iter().filter(|property| free(&property.name)).map(|property| {
            let coercion = match property.range {
                Range::Entity(_) | Range::Literal(Datatype::AnyUri) => Coercion::Id,
                Range::Value(_) => Coercion::Vocab,
                Range::Literal(Datatype::LangString) => Coercion::Language,
                Range::Literal(Datatype::String | Datatype::PlainLiteral) => Coercion::None,
                Range::Literal(datatype) => Coercion::Literal(datatype),
            };
            (property.iri.clone(), (property.name.clone(), coercion))
        });
        Self(declared.chain(fixed).collect())
    }

    fn context(&self) -> Value {
        let mut context = Map::new();
        context.insert("@version".to_owned(), json!(1.1));
        context.insert("@vocab".to_owned(), json!(RAP));
        for (prefix, namespace) in PREFIXES {
            context.insert(prefix.to_owned(), json!(namespace));
        }
        let by_name: BTreeMap<_, _> = self.0.iter().map(|(iri, (name, coercion))| (name, (iri, coercion))).collect();
        for (name, (iri, coercion)) in by_name {
            let definition = match coercion {
                Coercion::Id => json!({"@id": iri, "@type": "@id"}),
                Coercion::Vocab => json!({"@id": iri, "@type": "@vocab"}),
                Coercion::Language => json!({"@id": iri, "@container": "@language"}),
                Coercion::Literal(datatype) => json!({"@id": iri, "@type": datatype.iri()}),
                Coercion::None => json!({"@id": iri}),
            };
            context.insert(name.clone(), definition);
        }
        Value::Object(context)
    }
}

impl Terms {
    /// Forgets what a projection does not use: the context of a small part would be larger than the part.
    fn keep_used(&mut self, projection: &Projection<'_>) {
        let mut used = BTreeSet::new();
        let Ok(()) = rdf::quads(projection, &mut |quad| {
            used.insert(quad.predicate.to_owned());
            Ok::<_, Infallible>(())
        });
        self.0.retain(|iri, _| used.contains(iri));
    }
}

/// Returns the context of the documents: every property by its local name, with the type or language of its values.
#[must_use]
pub fn context(ontology: &Ontology) -> Value {
    json!({"@context": Terms::of(ontology).context()})
}

/// Writes a document: the context, and the nodes of the graph.
pub(super) fn write_jsonld(
    graph: &KnowledgeGraph,
    projection: &Projection<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut terms = Terms::of(graph.ontology());
    if projection.is_part() {
        terms.keep_used(projection);
    }
    let mut context = terms.context();
    if let (Some(context), true) = (context.as_object_mut(), projection.is_part()) {
        // What is written uses none: they are for whoever writes on, and a small part has no room for them.
        for (prefix, _) in PREFIXES {
            context.remove(prefix);
        }
    }
    let context = serde_json::to_string(&context)?;
    write!(out, "{{\"@context\":{context},\n\"@graph\":[")?;
    let mut nodes = Nodes { terms, key: None, properties: Map::new(), written: 0, out };
    rdf::quads(projection, &mut |quad| nodes.quad(&quad))?;
    nodes.end()?;
    writeln!(out, "\n]}}")?;
    out.flush()
}

/// Gathers the quads of one subject, one graph after the other.
struct Nodes<'a, W> {
    terms: Terms,
    key: Option<(String, Option<String>)>,
    properties: Map<String, Value>,
    written: usize,
    out: &'a mut W,
}

impl<W: Write> Nodes<'_, W> {
    fn quad(&mut self, quad: &Quad<'_>) -> io::Result<()> {
        let key = (quad.subject.to_string(), quad.graph.map(|graph| graph.to_string()));
        if self.key.as_ref() != Some(&key) {
            self.end()?;
            self.key = Some(key);
        }
        if quad.predicate == RDF_TYPE {
            let class = full(&quad.object);
            push(&mut self.properties, "@type", json!(shorten(class["@id"].as_str().unwrap_or_default())));
            return Ok(());
        }
        match self.terms.0.get(quad.predicate) {
            Some((name, coercion)) => add(&mut self.properties, name, *coercion, &quad.object),
            None => push(&mut self.properties, quad.predicate, full(&quad.object)),
        }
        Ok(())
    }

    /// Writes the node that is complete.
    fn end(&mut self) -> io::Result<()> {
        let Some((subject, graph)) = self.key.take() else { return Ok(()) };
        let mut node = Map::new();
        node.insert("@id".to_owned(), json!(subject));
        node.append(&mut self.properties);
        let node = match graph {
            None => Value::Object(node),
            Some(graph) => json!({"@id": graph, "@graph": [node]}),
        };
        self.out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        self.written += 1;
        Ok(serde_json::to_writer(&mut self.out, &node)?)
    }
}

fn add(properties: &mut Map<String, Value>, name: &str, coercion: Coercion, object: &Term<'_>) {
    match (coercion, object) {
        (Coercion::Id, Term::Node(node)) => push(properties, name, json!(node.to_string())),
        (Coercion::Vocab, Term::Node(node)) => push(properties, name, json!(shorten(&node.to_string()))),
        (Coercion::Literal(datatype), Term::Typed(text, of)) if *of == datatype.iri() => {
            push(properties, name, json!(text));
        }
        (Coercion::Language, Term::Tagged(text, language)) => {
            let texts = properties.entry(name).or_insert_with(|| json!({}));
            if let Value::Object(texts) = texts {
                push(texts, language.as_str(), json!(text));
            }
        }
        _ => push(properties, name, full(object)),
    }
}

/// Adds a value: the first as it is, more of them in an array.
fn push(properties: &mut Map<String, Value>, name: &str, value: Value) {
    match properties.get_mut(name) {
        None => drop(properties.insert(name.to_owned(), value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = json!([first.take(), value]),
    }
}

/// A value that says itself what it is.
fn full(object: &Term<'_>) -> Value {
    match object {
        Term::Node(node) => json!({"@id": node.to_string()}),
        Term::Plain(text) => json!(text),
        Term::Tagged(text, language) => json!({"@value": text, "@language": language.as_str()}),
        Term::Typed(text, datatype) => json!({"@value": text, "@type": datatype}),
        // No profile that needs triple terms reaches this format.
        Term::Triple((_, predicate, _)) => json!({"@id": predicate}),
    }
}

/// The local name of a term of the ontology, which the context expands again; any other IRI whole.
fn shorten(iri: &str) -> &str {
    iri.strip_prefix(RAP).unwrap_or(iri)
}

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
use crate::rdf::{self, Projection, Quad, Term, base_iri};

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
    let mut base = None;
    if let (Some(context), true) = (context.as_object_mut(), projection.is_part()) {
        base = Some(base_iri(graph)).filter(|base| is_base(base));
        shorten_context(context, base);
    }
    let context = serde_json::to_string(&context)?;
    write!(out, "{{\"@context\":{context},\n\"@graph\":[")?;
    let mut nodes = Nodes { terms, base, key: None, properties: Map::new(), written: 0, out };
    rdf::quads(projection, &mut |quad| nodes.quad(&quad))?;
    nodes.end()?;
    writeln!(out, "\n]}}")?;
    out.flush()
}

/// Makes the context of a small part smaller, which would be most of it otherwise: without the prefixes, which are for whoever
/// writes on, without IRIs that follow from the vocabulary, and with a base, so that IRIs of the data set are relative.
fn shorten_context(context: &mut Map<String, Value>, base: Option<&str>) {
    for (prefix, _) in PREFIXES {
        context.remove(prefix);
    }
    context.retain(|name, definition| {
        let Some(definition) = definition.as_object_mut() else { return true };
        if definition.get("@id").and_then(Value::as_str).and_then(|iri| iri.strip_prefix(RAP)) == Some(name) {
            definition.remove("@id");
        }
        !definition.is_empty()
    });
    if let Some(base) = base {
        context.insert("@base".to_owned(), json!(base));
    }
}

/// Tells whether IRIs can be relative to an address, so that every reader finds the same: a folder of the web, without steps
/// that [resolving](https://www.rfc-editor.org/rfc/rfc3986#section-5.2) would take out.
fn is_base(iri: &str) -> bool {
    let rest = iri.strip_prefix("https://").or_else(|| iri.strip_prefix("http://"));
    let Some(path) = rest.and_then(|rest| rest.strip_suffix('/')) else { return false };
    !path.contains(['?', '#']) && path.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}

/// An IRI relative to a base, where it is one that is read as such and leads to the same.
fn relative<'i>(iri: &'i str, base: Option<&str>) -> &'i str {
    let rest = base.and_then(|base| iri.strip_prefix(base)).filter(|rest| {
        !rest.is_empty()
            && !rest.starts_with(['/', '@'])
            && !rest.contains([':', '?', '#'])
            && rest.split('/').all(|segment| !matches!(segment, "." | ".."))
    });
    rest.unwrap_or(iri)
}

/// Gathers the quads of one subject, one graph after the other.
struct Nodes<'a, W> {
    terms: Terms,
    base: Option<&'a str>,
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
            let class = full(&quad.object, None);
            push(&mut self.properties, "@type", json!(shorten(class["@id"].as_str().unwrap_or_default())));
            return Ok(());
        }
        match self.terms.0.get(quad.predicate) {
            Some((name, coercion)) => add(&mut self.properties, name, *coercion, (&quad.object, self.base)),
            None => push(&mut self.properties, quad.predicate, full(&quad.object, self.base)),
        }
        Ok(())
    }

    /// Writes the node that is complete.
    fn end(&mut self) -> io::Result<()> {
        let Some((subject, graph)) = self.key.take() else { return Ok(()) };
        let mut node = Map::new();
        node.insert("@id".to_owned(), json!(relative(&subject, self.base)));
        node.append(&mut self.properties);
        let node = match graph {
            None => Value::Object(node),
            Some(graph) => json!({"@id": relative(&graph, self.base), "@graph": [node]}),
        };
        self.out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        self.written += 1;
        Ok(serde_json::to_writer(&mut self.out, &node)?)
    }
}

fn add(properties: &mut Map<String, Value>, name: &str, coercion: Coercion, (object, base): (&Term<'_>, Option<&str>)) {
    match (coercion, object) {
        (Coercion::Id, Term::Node(node)) => push(properties, name, json!(relative(&node.to_string(), base))),
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
        _ => push(properties, name, full(object, base)),
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
fn full(object: &Term<'_>, base: Option<&str>) -> Value {
    match object {
        Term::Node(node) => json!({"@id": relative(&node.to_string(), base)}),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfParser};

    use super::*;
    use crate::export::{Format, write_about};
    use crate::tests::shipped;

    #[test]
    fn a_small_part_is_the_same_with_a_shorter_beginning() {
        let graph = shipped();
        let read = |format, syntax: RdfFormat, entity| {
            let mut text = Vec::new();
            write_about(&graph, entity, format, &mut text).unwrap();
            let quads: BTreeSet<String> =
                RdfParser::from_format(syntax).for_slice(&text).map(|quad| quad.unwrap().to_string()).collect();
            (String::from_utf8(text).unwrap(), quads)
        };
        for name in ["WHO", "ITU", "Summit of the Future", "Geneva"] {
            let entity = graph.find(name).unwrap();
            let json = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
            let (text, quads) = read(Format::JsonLd, json, entity);
            let (_, expected) = read(Format::NTriples, RdfFormat::NTriples, entity);
            assert_eq!(quads, expected, "{name}");
            let (turtle, of_turtle) = read(Format::Turtle, RdfFormat::Turtle, entity);
            assert_eq!(of_turtle, expected, "{name}");
            assert!(turtle.contains("@prefix rap:") && !turtle.contains("@prefix org:"), "{name}");
            let base = base_iri(&graph);
            assert!(text.contains(&format!("\"@base\":\"{base}\"")), "{name}");
            assert_eq!(text.matches(&format!("\"{base}statement/")).count(), 0, "{name}");
        }
    }

    #[test]
    fn what_would_be_read_otherwise_stays_whole() {
        let base = Some("https://example.org/d/");
        for (iri, expected) in [
            ("https://example.org/d/a/b", "a/b"),
            ("https://example.org/d/العربية", "العربية"),
            ("https://example.org/d/", "https://example.org/d/"),
            ("https://example.org/d/a:b", "https://example.org/d/a:b"),
            ("https://example.org/d/@id", "https://example.org/d/@id"),
            ("https://example.org/d//a", "https://example.org/d//a"),
            ("https://example.org/d/a/../b", "https://example.org/d/a/../b"),
            ("https://example.org/e", "https://example.org/e"),
        ] {
            assert_eq!(relative(iri, base), expected);
        }
        assert_eq!(relative("https://example.org/d/a", None), "https://example.org/d/a");
        assert!(["https://example.org/", "http://example.org/d/e/"].iter().all(|base| is_base(base)));
        for base in ["https://example.org/d#", "https://example.org/a/../b/", "https://example.org//b/", "urn:x:y/"] {
            assert!(!is_base(base), "{base}");
        }
    }
}

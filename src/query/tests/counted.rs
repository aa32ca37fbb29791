//! What is counted without rows, beside the rows.

use super::*;

/// Patterns of one triple; those with a variable twice are counted by the evaluator.
const PATTERNS: &[&str] = &[
    "?s ?p ?o",
    "?s a ?class",
    "?s a rap:Statement",
    "?s rap:contributesTo ?o",
    "[] rap:contributesTo []",
    "_:same ?p _:same",
    "?s ?p ?s",
    "?s ?s ?o",
    "d:itu ?p ?o",
    "?s ?p d:itu",
    "d:itu rap:contributesTo ?o",
    "d:itu a rap:Organization",
    "d:itu a rap:Event",
    "?s rdfs:label ?o",
    "?s ?p \"ITU\"@en",
    "?s <https://example.org/none> ?o",
    "?s rdf:reifies ?o",
    "?s rdf:predicate ?o",
    "?s rdf:reifies <<( d:itu rap:contributesTo ?o )>>",
    "?s prov:hadPrimarySource ?o",
];

fn number(engine: &Engine, query: &str) -> String {
    match engine.run(query, &Options::default()).unwrap() {
        Answer::Solutions { rows, .. } => {
            rows.iter().flatten().map(|term| term.as_ref().unwrap().to_string()).collect::<Vec<_>>().join(" ")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_count_of_one_pattern_is_the_number_of_its_rows() {
    let (graph, _) = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap();
    let graph = Arc::new(graph);
    let base = crate::rdf::base_iri(&graph);
    let start = format!("PREFIX d: <{base}> PREFIX prov: <http://www.w3.org/ns/prov#>");
    let integer = |n: usize| format!("\"{n}\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    for profile in Profile::ALL {
        let engine = Engine::new(Arc::clone(&graph), profile).unwrap();
        for from in ["", "FROM d:c24", "FROM d:c24 FROM d:c24", "FROM NAMED d:c24"] {
            for pattern in PATTERNS {
                let all = format!("{start} SELECT ?s {from} {{ {pattern} }}");
                let rows = engine.run(&all, &Options::default()).unwrap().rows().unwrap();
                let one = format!("{start} SELECT (COUNT(*) AS ?n) {from} {{ {pattern} }}");
                assert_eq!(number(&engine, &one), integer(rows), "{profile:?} {one}");
            }
        }
    }
}

#[test]
fn a_count_keeps_what_stands_around_it() {
    let (graph, _) = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap();
    let engine = Engine::new(Arc::new(graph), Profile::default()).unwrap();
    let rows =
        |pattern: &str| engine.run(&format!("SELECT ?s {{ {pattern} }}"), &Options::default()).unwrap().rows().unwrap();
    let (all, partners) = (rows("?s a ?o"), rows("?s rap:contributesTo ?o"));
    let integer = |n: usize| format!("\"{n}\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    for (query, expected) in [
        ("SELECT (COUNT(*) + 1 AS ?n) { ?s a ?o }", integer(all + 1)),
        ("SELECT (COUNT(?s) AS ?n) (COUNT(?o) AS ?m) { ?s a ?o }", format!("{} {}", integer(all), integer(all))),
        ("SELECT (COUNT(?x) AS ?n) { ?s a ?o }", integer(0)),
        ("SELECT (COUNT(*) AS ?n) { ?s a ?o } HAVING (COUNT(*) < 1)", String::new()),
        ("SELECT (COUNT(*) AS ?n) { ?s a ?o } LIMIT 0", String::new()),
        ("SELECT (COUNT(*) AS ?n) { ?s a ?o } ORDER BY ?n", integer(all)),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s rap:contributesTo ?o } } }", integer(partners)),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", integer(0)),
        ("SELECT (COUNT(*) AS ?n) { ?s a ?o FILTER(false) }", integer(0)),
    ] {
        assert_eq!(number(&engine, query), expected, "{query}");
    }
    let distinct = "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s rap:contributesTo ?o }";
    let apart =
        engine.run("SELECT DISTINCT ?o { ?s rap:contributesTo ?o }", &Options::default()).unwrap().rows().unwrap();
    assert_eq!(number(&engine, distinct), integer(apart));
    assert!(apart < partners, "some are partners of several");
}

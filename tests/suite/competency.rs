use std::fs;

use expect_test::expect_file;
use rapporteur::query::{Answer, Engine, Format, Options, ask};
use rapporteur::rdf::Profile;

use crate::{repository, shipped};

#[test]
fn every_question_has_its_answer() {
    let graph = shipped();
    let whole = Engine::new(&graph, Profile::Statements).unwrap();
    let mut files: Vec<_> =
        fs::read_dir(repository("tests/competency")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rq"));
    files.sort();
    assert!(files.len() >= 40);
    for path in files {
        let query = fs::read_to_string(&path).unwrap();
        let (english, arabic) = (query.lines().next().unwrap(), query.lines().nth(1).unwrap());
        assert!(english.starts_with("# en: ") && arabic.starts_with("# ar: "), "{}", path.display());
        let found = json(&whole.run(&query, &Options::default()).unwrap());
        let same = json(&ask(&graph, Profile::Statements, &query, &Options::default()).unwrap());
        assert!(found == same, "{} is answered otherwise from what it needs only", path.display());
        let found: serde_json::Value = serde_json::from_slice(&found).unwrap();
        if let Some(rows) = found["results"]["bindings"].as_array() {
            assert!(!rows.is_empty(), "{} has no answer", path.display());
        }
        expect_file![path.with_extension("srj")].assert_eq(&(serde_json::to_string_pretty(&found).unwrap() + "\n"));
    }
}

fn json(answer: &Answer) -> Vec<u8> {
    let format = if matches!(answer, Answer::Graph(_)) { Format::Turtle } else { Format::Json };
    let mut written = Vec::new();
    rapporteur::query::write(answer, format, &[], &mut written).unwrap();
    written
}

/// Paths of no length, graphs, and terms that stand where none does in the graph.
const UNUSUAL: [&str; 16] = [
    "SELECT ?o { c24:undp rap:partOf* ?o }",
    "SELECT ?o { c24:nobody rap:partOf* ?o }",
    "ASK { c24:itu rap:nothing? c24:itu }",
    "ASK { c24:itu (^rap:leads)* c24:itu }",
    "SELECT * { VALUES ?x { c24:itu c24:who } FILTER NOT EXISTS { ?x rap:nothing* c24:itu } }",
    "SELECT * { VALUES ?x { c24:itu c24:itu-council } ?x rap:nothing* c24:itu }",
    "SELECT (COUNT(*) AS ?n) { ?x rap:nothing* \"ITU\"@en }",
    "SELECT (COUNT(*) AS ?n) { ?x rap:nothing* \"ITU\" }",
    "SELECT (COUNT(*) AS ?n) { ?x rap:position* 1 }",
    "CONSTRUCT { ?s rap:anc ?o } WHERE { c24:undp rap:partOf* ?o . BIND(c24:undp AS ?s) }",
    "SELECT ?x ?y { ?x rap:leads ?z . ?z rap:partOf*/rap:startDate? ?y }",
    "SELECT (COUNT(*) AS ?n) { c24:itu !(rap:leads|^rap:partOf) ?x }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s rap:leads ?o } } GROUP BY ?g",
    "SELECT ?p (COUNT(*) AS ?n) { c24:itu ?p ?o OPTIONAL { ?o a ?c } MINUS { ?o rap:status ?s } } GROUP BY ?p",
    "SELECT (COUNT(*) AS ?n) { ?s rdf:reifies ?t . FILTER(isTriple(?t)) }",
    "DESCRIBE c24:itu",
];

#[test]
fn what_a_query_needs_answers_it_as_the_whole_does() {
    let graph = shipped();
    for profile in Profile::ALL {
        let whole = Engine::new(&graph, profile).unwrap();
        for query in UNUSUAL {
            let all = whole.run(query, &Options::default()).unwrap();
            let needed = ask(&graph, profile, query, &Options::default()).unwrap();
            assert!(json(&all) == json(&needed), "{query} in the profile {}", profile.name());
        }
    }
}

//! Where the evaluator would answer otherwise than the specification, and XML that holds any text.

use std::sync::Arc;

use super::{ask, engine, fail, prefixes, written};
use crate::ontology::Ontology;
use crate::query::{Answer, Engine, Format, Options, QueryError, write, write_stream};
use crate::rdf::Profile;
use crate::read::Source;

fn count(engine: &Engine, query: &str) -> Option<usize> {
    engine.run(query, &Options::default()).unwrap().rows()
}

#[test]
fn a_triple_of_several_graphs_is_in_their_union_once() {
    let engine = engine("GRAPH ex:a { ex:s rap:p 1 } GRAPH ex:b { ex:s rap:p 1 , 2 } GRAPH ex:c { ex:s rap:p 3 }");
    assert_eq!(count(&engine, "SELECT * FROM ex:a FROM ex:b { ?s rap:p ?o }"), Some(2));
    assert_eq!(count(&engine, "SELECT * FROM ex:a FROM ex:a { ex:s rap:p ?o }"), Some(1));
    assert_eq!(count(&engine, "SELECT * FROM NAMED ex:a FROM NAMED ex:a { GRAPH ?g { ?s ?p 1 } }"), Some(1));
    assert_eq!(count(&engine, "SELECT * FROM ex:a { GRAPH ?g { ?s ?p ?o } }"), Some(0));
}

#[test]
fn a_graph_that_is_not_there_is_empty_also_where_the_first_entity_is_cited() {
    let folder = tempfile::tempdir().unwrap();
    let config = "id = \"t\"\nbase = \"http://base/\"\nlicense = \"http://e/licence\"\nlanguages = [\"en\"]\n[title]\nen = \"T\"\n";
    std::fs::write(folder.path().join("dataset.toml"), config).unwrap();
    let table = "id,class,label@en,partOf,source\na,Document,A,,\nb,Organization,B,c,a\nc,Organization,C,,\n";
    std::fs::write(folder.path().join("things.csv"), table).unwrap();
    let source = Source::Folder(folder.path().to_owned());
    let (graph, _) = crate::open(&source, Ontology::shipped().unwrap()).unwrap();
    let engine = Engine::new(Arc::new(graph), Profile::Graphs).unwrap();
    for (graph, rows) in [("<http://base/a>", 1), ("<a>", 1), ("<http://base/none>", 0), ("<http://e/none>", 0)] {
        let query = format!("SELECT * {{ GRAPH {graph} {{ ?s ?p ?o }} }}");
        assert_eq!(count(&engine, &query), Some(rows), "{graph}");
    }
}

#[test]
fn a_path_of_no_length_leads_from_a_constant_to_itself() {
    for (query, rows) in [
        ("SELECT * { ex:nobody rap:p* ?o }", 1),
        ("SELECT * { ex:nobody rap:p? ?o }", 1),
        ("SELECT * { ?s rap:p* 'nothing' }", 1),
        ("SELECT * { ex:wsis rap:ledBy* ?o }", 2),
        ("SELECT * { ex:wsis rap:ledBy? ?o }", 2),
        ("SELECT * { ex:nobody rap:p*/rap:q ?o }", 0),
        ("SELECT * { VALUES ?s { ex:nobody } ?s rap:p* ?o }", 0),
        ("SELECT * { ex:nobody rap:p* ex:other }", 0),
        ("SELECT * { GRAPH ?g { ex:nobody rap:p* ?o } }", 2),
    ] {
        assert_eq!(ask(query).rows(), Some(rows), "{query}");
    }
    assert_eq!(ask("ASK { ex:nobody rap:p? ex:nobody }"), Answer::Boolean(true));
}

#[test]
fn alternatives_that_both_hold_give_a_solution_each() {
    for (query, rows) in [
        ("SELECT * { ex:wsis rap:ledBy|rap:ledBy ?o }", 2),
        ("SELECT * { ex:wsis (rap:ledBy|!rdf:type)/rap:founded ?o }", 2),
        ("SELECT * { ?o ^(rap:ledBy|rap:ledBy) ex:wsis }", 2),
        ("SELECT * { ex:wsis (rap:ledBy|rap:ledBy)+ ?o }", 1),
    ] {
        let query = query.replace("rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>");
        assert_eq!(ask(&query).rows(), Some(rows), "{query}");
    }
}

#[test]
fn the_variable_of_a_graph_is_bound_around_values_and_subqueries() {
    let bound = |query: &str| match ask(query) {
        Answer::Solutions { rows, .. } => (rows.len(), rows.iter().flatten().all(Option::is_some)),
        Answer::Boolean(_) | Answer::Graph(_) => (0, false),
    };
    assert_eq!(bound("SELECT * { GRAPH ?g { VALUES ?x { 1 } } }"), (2, true));
    assert_eq!(bound("SELECT ?g ?s { GRAPH ?g { { SELECT ?s { ?s ?p ?o } } } }"), (2, true));
    assert_eq!(
        bound("SELECT ?g ?n { GRAPH ?g { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } } }"),
        (2, true)
    );
    for subquery in ["SELECT ?s { ?s ?p ?o } LIMIT 1", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"] {
        let error = fail(&format!("SELECT * {{ GRAPH ?g {{ {{ {subquery} }} }} }}"));
        assert!(matches!(error, QueryError::PerGraph), "{error:?}");
    }
}

#[test]
fn distinct_solutions_are_counted_without_blank_nodes() {
    let answer = ask("SELECT (COUNT(DISTINCT *) AS ?n) { ?s rap:label [] }");
    assert_eq!(written(&answer, Format::Csv), "n\r\n2\r\n");
}

#[test]
fn integers_of_more_than_64_bits_are_not_computed_with() {
    let engine = engine("ex:s rap:p 99999999999999999999 , 1 . ex:t rap:p 2 .");
    for query in ["SELECT (STR(?n) AS ?x) { ?s rap:p ?n }", "SELECT * { ?s rap:p 99999999999999999999 }"] {
        assert!(count(&engine, query).is_some_and(|rows| rows > 0), "{query}");
    }
    for query in [
        "SELECT * { ?s rap:p ?n FILTER(?n > 1) }",
        "SELECT * { ?s rap:p ?n } ORDER BY ?n",
        "SELECT (MAX(?n) AS ?m) { ?s rap:p ?n }",
    ] {
        let error = engine.run(query, &Options::default()).unwrap_err();
        assert!(matches!(error, QueryError::LongInteger), "{query}: {error:?}");
    }
    assert_eq!(count(&engine, "SELECT * { ex:t rap:p ?n FILTER(?n > 1) }"), Some(1));
}

#[test]
fn a_byte_order_mark_before_a_query_is_passed_over() {
    assert_eq!(ask("\u{feff}ASK { ex:wsis rap:ledBy ex:itu }"), Answer::Boolean(true));
    assert_eq!(fail("\u{feff}ASK {").to_string(), fail("ASK {").to_string());
}

#[test]
fn xml_holds_any_text() {
    let answer = ask("SELECT (\"a\\rb\\n\u{1}\u{FFFF}<&>\" AS ?x) {}");
    let text = written(&answer, Format::Xml);
    let document = roxmltree::Document::parse(&text).unwrap();
    let literal = document.descendants().find(|node| node.has_tag_name("literal")).unwrap();
    assert_eq!(literal.text(), Some("a\rb\n\u{FFFD}\u{FFFD}<&>"));
    let graph = ask("CONSTRUCT { ex:s rap:p \"a\\rb\u{2}\" } {}");
    let text = written(&graph, Format::RdfXml);
    let document = roxmltree::Document::parse(&text).unwrap();
    assert!(document.descendants().any(|node| node.text() == Some("a\rb\u{FFFD}")), "{text}");
}

#[test]
fn a_predicate_that_is_no_name_is_not_written_as_one() {
    for query in ["CONSTRUCT { ex:s <http://e/1> 1 } {}", "CONSTRUCT { ex:s a <http://e/> } {}"] {
        let query = query.replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ");
        let error = write(&ask(&query), Format::RdfXml, &prefixes(), &mut Vec::new()).unwrap_err();
        assert!(matches!(error, QueryError::Name { .. }), "{query}");
    }
    let empty = [(String::new(), "http://e/".to_owned())];
    let mut out = Vec::new();
    write(&ask("CONSTRUCT { ex:s ex:p 1 ; rap:q 2 } {}"), Format::RdfXml, &empty, &mut out).unwrap();
    assert!(!String::from_utf8(out).unwrap().contains("oxprefix"));
}

#[test]
fn rows_are_written_before_the_last_is_found() {
    let values = |name: &str| format!("VALUES ?{name} {{ {} }}", "1 2 3 4 5 6 7 8 9 10 ".repeat(20));
    let endless = format!("SELECT * {{ {} {} {} {} }}", values("a"), values("b"), values("c"), values("d"));
    let options = Options { timeout: None, max_rows: None, ..Options::default() };
    for format in [Format::Csv, Format::Json] {
        let results = engine("ex:a ex:b ex:c .").start(&endless, &options).unwrap();
        let mut few = Few(0);
        assert!(matches!(write_stream(results, format, &mut few), Err(QueryError::Write(_))), "{}", format.name());
    }
    let results = engine("ex:a ex:b ex:c .").start("CONSTRUCT WHERE { ?s ?p ?o }", &options).unwrap();
    assert!(write_stream(results, Format::Turtle, &mut Vec::new()).unwrap().is_some());
}

/// An output that takes a few flushes.
struct Few(usize);

impl std::io::Write for Few {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0 += 1;
        if self.0 > 3 { Err(std::io::Error::other("full")) } else { Ok(()) }
    }
}

//! Queries that are meant to take all time, all memory or all stack.

use std::time::{Duration, Instant};

use super::{engine, fail};
use crate::query::{Answer, Engine, Options, QueryError, Results, brief, limits, token};

const LIMIT: Duration = Duration::from_millis(200);

/// How much later than the limit an answer may be there, on a machine with much else to do.
const GRACE: Duration = Duration::from_secs(2);

/// Returns an engine that holds a ring of 300 nodes.
fn ring() -> Engine {
    let triple = |number: usize| format!("ex:n{number} rap:next ex:n{} .", (number + 1) % 300);
    engine(&(0..300).map(triple).collect::<String>())
}

fn run_limited(engine: &Engine, query: &str) -> Result<Answer, QueryError> {
    let start = Instant::now();
    let result = engine.run(query, &Options { timeout: Some(LIMIT), max_rows: Some(10_000), ..Options::default() });
    assert!(start.elapsed() < LIMIT + GRACE, "{:?} for {query:.60}", start.elapsed());
    let next = engine.run("ASK { ex:n1 rap:next ex:n2 }", &Options::default());
    assert_eq!(next.unwrap(), Answer::Boolean(true), "after {query:.60}");
    result
}

/// Returns values for so many variables, ten for each.
fn values(variables: usize) -> String {
    let of_one = |number: usize| format!("VALUES ?v{number} {{ 0 1 2 3 4 5 6 7 8 9 }} ");
    (0..variables).map(of_one).collect()
}

fn nested(opening: &str, depth: usize, closing: &str) -> String {
    format!("{}1{}", opening.repeat(depth), closing.repeat(depth))
}

#[test]
fn queries_that_take_too_long_end_in_time_with_an_error() {
    let ring = ring();
    let product = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i .";
    for query in [
        format!("SELECT (COUNT(*) AS ?n) {{ {product} }}"),
        format!("SELECT * {{ {product} }} OFFSET 27000000"),
        format!("SELECT DISTINCT ?b ?e {{ {product} }}"),
        format!("SELECT * {{ {product} }} ORDER BY ?a ?i"),
        format!("SELECT * {{ {product} MINUS {{ ?a ?x ?y . ?d ?y ?x }} }} LIMIT 1 OFFSET 27000000"),
        format!("SELECT (COUNT(*) AS ?n) {{ {} }}", values(7)),
        format!("SELECT (GROUP_CONCAT(?v0) AS ?all) {{ {} }}", values(7)),
        // The optimizer takes time with the cube of the patterns.
        format!("ASK {{ ?s ?p 1{} }}", ", 1".repeat(150)),
    ] {
        let result = run_limited(&ring, &query);
        assert!(matches!(result, Err(QueryError::Timeout { limit: LIMIT })), "{result:.200?} for {query:.60}");
    }
}

#[test]
fn the_thread_of_a_query_that_takes_too_long_ends_too() {
    let ring = ring();
    let product = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i .";
    for query in [
        format!("SELECT (COUNT(*) AS ?n) {{ {product} }}"),
        format!("SELECT * {{ {product} }} ORDER BY ?a ?i"),
        format!("SELECT * {{ {product} MINUS {{ ?a ?x ?y . ?d ?y ?x }} }} LIMIT 1 OFFSET 27000000"),
        format!("SELECT (COUNT(*) AS ?n) {{ {} }}", values(7)),
        "SELECT (COUNT(*) AS ?n) { ?a rap:next+ ?b . ?c rap:next+ ?d . ?e rap:next+ ?f }".to_owned(),
        format!("SELECT ?a (COUNT(DISTINCT ?f) AS ?n) {{ {product} }} GROUP BY ?a"),
    ] {
        let start = Instant::now();
        let result = ring.run(&query, &Options { timeout: Some(LIMIT), ..Options::default() });
        assert!(matches!(result, Err(QueryError::Timeout { limit: LIMIT })), "{result:.200?} for {query:.60}");
        while ring.running().is_any() {
            assert!(start.elapsed() < LIMIT + GRACE, "{query:.60}");
            std::thread::yield_now();
        }
    }
}

#[test]
fn queries_that_are_tried_on_the_thread_of_the_caller_need_little_of_its_stack() {
    let ring = ring();
    let asked = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        for query in [
            format!("ASK {{ ?s a ?o FILTER(1{}) }}", " + 1".repeat(13)),
            format!("ASK {{ ?s a ?o FILTER({}BOUND(?o)) }}", "!".repeat(13)),
            format!("ASK {{ ?s rap:next{} ?o }}", "/rap:next".repeat(14)),
            format!("ASK {{ ?s a{} ?o }}", "|a".repeat(14)),
            format!("ASK {{ ?s ?p {}?o{} }}", "[ ?p ".repeat(3), " ]".repeat(3)),
            "ASK { ?s ?p <<( ex:a ex:b ?o )>> }".to_owned(),
            format!("SELECT * {{ ?s0 ?p ?o{} }} ORDER BY ?s0", " ; ?p ?o".repeat(30)),
        ] {
            assert!(brief::may_be(&token::tokens(&query)), "{query}");
            assert!(ring.run(&query, &Options::default()).is_ok(), "{query}");
        }
    });
    asked.unwrap().join().unwrap();
}

#[test]
fn a_query_that_takes_more_than_a_few_steps_has_all_its_rows() {
    // It is tried on this thread, ends there while it has given some rows, and begins anew on its own.
    let (ring, query) = (ring(), "SELECT ?a ?c { ?a rap:next ?b . ?c rap:next ?d }");
    assert!(brief::may_be(&token::tokens(query)));
    assert_eq!(ring.run(query, &Options::default()).unwrap().rows(), Some(90_000));
    let Results::Solutions { rows, .. } = ring.start(query, &Options::default()).unwrap() else {
        panic!("no solutions");
    };
    assert_eq!(rows.map(Result::unwrap).count(), 90_000);
}

#[test]
fn queries_that_take_too_much_memory_end_with_an_error() {
    let limited = Options { timeout: None, max_rows: None, max_memory: Some(8 << 20) };
    let ring = ring();
    for query in [
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f",
        "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT ?a ?d (CONCAT(STR(?a), STR(?d), STR(?f)) AS ?x) { ?a ?b ?c . ?d ?e ?f } ORDER BY ?x",
    ] {
        let result = ring.run(query, &limited);
        assert!(matches!(result, Err(QueryError::TooMuchMemory { .. })), "{result:.200?} for {query}");
    }
}

#[test]
fn queries_that_are_long_or_deep_get_an_answer_or_an_error() {
    let ring = ring();
    for query in [
        format!("SELECT * {}", nested("{", 700, "}")),
        format!("ASK {{ FILTER{} }}", nested("(", 1_600, ")")),
        format!("ASK {{ FILTER({}1) }}", "!".repeat(60_000)),
        format!("ASK {{ {} }}", nested("[ ?p ", 800, "]")),
        format!("ASK {{ ?s ?p {} }}", nested("<<( ex:a ex:b ", 800, ")>>")),
        format!("ASK {{ ?s a{} ?o }}", "/a".repeat(6_400)),
        format!("ASK {{ ?s a{} ?o }}", "|a".repeat(6_400)),
        format!("ASK {{ {{}}{} }}", " UNION {}".repeat(3_200)),
        format!("ASK {{ {} }}", "OPTIONAL {} ".repeat(5_000)),
        format!("ASK {{ FILTER(1{}) }}", " + 1".repeat(2_000)),
        // The parser compares 1 with brackets, where tokens are an IRI, so that their depth goes unnoticed.
        format!("ASK {{ FILTER(1<{}>2) }}", nested("(", 5_000, ")")),
        "{".repeat(60_000),
        "(".repeat(100_000),
        "ASK { ?s ?p \"".to_owned() + &"\\".repeat(60_000),
        format!("ASK {{ {} oops }}", "?s ?p ?o . ".repeat(1_000)),
    ] {
        // Whether it is an answer or an error, it is one.
        drop(run_limited(&ring, &query));
    }
}

#[test]
fn brackets_within_each_other_are_limited_and_the_first_too_many_is_marked() {
    let deep = |depth| format!("ASK\n{}", nested("{", depth, "}").replace('1', ""));
    assert!(ring().run(&deep(100), &Options::default()).is_ok());
    let error = fail(&deep(101));
    assert_eq!(error.to_string(), "2:101: more than 100 brackets within each other");
}

#[test]
fn calls_that_the_parser_reads_again_and_again_are_limited_and_the_first_too_many_is_marked() {
    // The parser tries three arguments before two, at every depth.
    let deep = |depth| format!("ASK {{ FILTER({}) }}", nested("SUBSTR(", depth, ",1)"));
    assert!(ring().run(&deep(10), &Options::default()).is_ok());
    let error = fail(&deep(20));
    assert_eq!(error.to_string(), "1:125: too many calls within each other");
    for query in [
        format!("ASK {{ FILTER({}) }}", nested("SUBSTR(REPLACE(", 10, ",1,1),1)")),
        format!("ASK {{ FILTER(1<{}>2) }}", nested("REGEX(", 20, ",1)")),
        format!("ASK {{ FILTER({}", "!(".repeat(25)),
        format!("ASK {{ FILTER({}", "! NOT EXISTS{ FILTER(".repeat(25)),
        format!("ASK {{ {}", "FILTER ex:f(EXISTS { ".repeat(25)),
        format!("ASK {{ ?s ?p ?o {}", "~ _:b {| ?p ?o ".repeat(25)),
    ] {
        let result = run_limited(&ring(), &query);
        assert!(matches!(result, Err(QueryError::TooEntangled { .. })), "{result:.200?} for {query}");
    }
}

#[test]
fn calls_within_each_other_that_people_write_are_not_limited() {
    let clean = |depth: usize| format!("ASK {{ FILTER({}) }}", nested("REPLACE(", depth, ",'a','b')"));
    let cast = "xsd:integer(STRAFTER(STR(xsd:date(STRBEFORE(STR(?o), 'T'))), '-'))";
    let list = format!("ASK {{ ?s ex:p ({}) }}", "ex:a (ex:b ex:c) ".repeat(500));
    let chain = format!("ASK {{ ?s ?p ?o FILTER({} 1) }}", format!("!({cast} = 1) && ").repeat(100));
    for query in [clean(12), list, chain] {
        assert!(limits::check(&query, &token::tokens(&query)).is_ok(), "{query:.200}");
    }
}

#[test]
fn the_length_is_limited() {
    let comment = |length: usize| format!("ASK {{}} #{}", "x".repeat(length - 8));
    assert!(ring().run(&comment(65_536), &Options::default()).is_ok());
    assert_eq!(fail(&comment(65_537)).to_string(), "the query has 65537 bytes; it may have 65536");
}

#[test]
fn rows_are_limited() {
    let limited = |query| ring().run(query, &Options { timeout: None, max_rows: Some(300), ..Options::default() });
    for (within, beyond) in [
        ("SELECT ?s { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o VALUES ?n { 1 2 } }"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o . ?o ?p ?s } { ?s ?p ?o }"),
    ] {
        assert_eq!(limited(within).unwrap().rows(), Some(300));
        assert!(matches!(limited(beyond), Err(QueryError::TooManyRows { limit: 300 })));
    }
}

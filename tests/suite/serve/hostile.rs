use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Server;

/// Queries that would take for ever, or all memory, or the server's place in the network: one a line, with `#` for a name.
const QUERIES: [(&str, &str); 41] = [
    ("product counted", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    ("product", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    ("product of all statements", "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    ("product ordered", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"),
    ("product ordered by chance", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND()"),
    ("product grouped", "SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d"),
    ("product distinct", "SELECT DISTINCT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f } OFFSET 100000000"),
    ("product counted once", "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    ("product as one text", "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f }"),
    (
        "product as one text with long separators",
        "SELECT (GROUP_CONCAT(?a; separator=\"----------------------------------------------------------------\") AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    ),
    ("product hashed", "SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?d)))) AS ?m) { ?a ?b ?c . ?d ?e ?f }"),
    ("product averaged", "SELECT (AVG(STRLEN(STR(?c))) AS ?m) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    ("product with having", "SELECT ?a { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d HAVING (COUNT(*) > 1000000)"),
    (
        "product filtered by a pattern",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (REGEX(STR(?c), \"^(.*)*$\")) }",
    ),
    ("product without rows", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 1000000000000"),
    ("product in a subquery", "SELECT (COUNT(*) AS ?n) { { SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } } ?g ?h ?i }"),
    ("product asked for", "ASK { ?a ?b ?c . ?d ?e ?f . FILTER (CONCAT(STR(?c), STR(?f)) = \"no\") }"),
    ("product less another", "SELECT (COUNT(*) AS ?n) { { ?a ?b ?c . ?d ?e ?f } MINUS { ?a ?b ?c . ?g ?h ?f } }"),
    (
        "product without another",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?c ?f ?a . ?x ?y ?z } }",
    ),
    ("product with another", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER EXISTS { ?x ?y ?z } }"),
    ("products, if any", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }"),
    (
        "product of computed terms",
        "SELECT * { ?a ?b ?c . ?d ?e ?f BIND (CONCAT(STR(?a), STR(?f)) AS ?x) BIND (MD5(?x) AS ?y) FILTER (?y = \"\") }",
    ),
    ("product of four", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?k ?l ?m }"),
    ("product of descriptions", "DESCRIBE ?a ?d { ?a ?b ?c . ?d ?e ?f FILTER (?c != ?f) }"),
    ("numbers multiplied", "SELECT (COUNT(*) AS ?n) { <6 of> }"),
    ("unions multiplied", "SELECT (COUNT(*) AS ?n) { <28 unions> }"),
    ("unions of products", "SELECT (COUNT(*) AS ?n) { <40 products> }"),
    ("text doubled", "SELECT (STRLEN(?z) AS ?n) { BIND (\"0123456789\" AS ?a0) <40 doublings> BIND (?a40 AS ?z) }"),
    ("text doubled within a filter", "ASK { BIND (\"0123456789\" AS ?a0) <40 doublings> FILTER (STRLEN(?a40) < 0) }"),
    ("text escaped again and again", "SELECT (STRLEN(?a40) AS ?n) { BIND (\"%%%%%%%%%%%%%%%%\" AS ?a0) <40 escapes> }"),
    ("text replaced by more", "SELECT (STRLEN(?a40) AS ?n) { BIND (\"aaaaaaaaaa\" AS ?a0) <40 replacements> }"),
    ("all paths", "SELECT (COUNT(*) AS ?n) { ?a (!rdf:nil)* ?b . ?b (!rdf:nil)* ?c . ?c (!rdf:nil)* ?d }"),
    ("all paths, either way", "SELECT (COUNT(*) AS ?n) { ?a (!rdf:nil|^!rdf:nil)+ ?b . ?c (!rdf:nil|^!rdf:nil)+ ?d }"),
    ("all paths of two steps", "SELECT (COUNT(*) AS ?n) { ?a (^!rdf:nil/!rdf:nil)+ ?b . ?c (^!rdf:nil/!rdf:nil)+ ?b }"),
    ("a long list", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (?c IN (<5000 numbers>)) }"),
    ("brackets", "SELECT * { FILTER (<200 open>1<200 close>) }"),
    ("groups", "SELECT * { <200 groups> }"),
    ("more than 64 KiB", "SELECT * { FILTER (1 IN (<50000 numbers>)) }"),
    ("another endpoint", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    ("loading", "LOAD <file:///etc/passwd>"),
    ("clearing", "CLEAR ALL"),
];

/// What stands for long parts of queries.
fn written(query: &str) -> String {
    let steps = |step: fn(usize) -> String| (0..40).map(step).collect::<String>();
    let numbers = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    let values: String = (0..6).map(|n| format!("VALUES ?v{n} {{ {} }} ", numbers(60).replace(',', ""))).collect();
    query
        .replace("<6 of>", &values)
        .replace("<28 unions>", &"{ {} UNION {} } ".repeat(28))
        .replace("<40 products>", &vec!["{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"; 40].join(" UNION "))
        .replace("<40 doublings>", &steps(|n| format!("BIND (CONCAT(?a{n}, ?a{n}) AS ?a{}) ", n + 1)))
        .replace("<40 escapes>", &steps(|n| format!("BIND (CONCAT(?a{n}, ENCODE_FOR_URI(?a{n})) AS ?a{}) ", n + 1)))
        .replace("<40 replacements>", &steps(|n| format!("BIND (REPLACE(?a{n}, \"a\", \"aaaa\") AS ?a{}) ", n + 1)))
        .replace("<5000 numbers>", &numbers(5000))
        .replace("<50000 numbers>", &numbers(50_000))
        .replace("<200 open>", &"(".repeat(200))
        .replace("<200 close>", &")".repeat(200))
        .replace("<200 groups>", &format!("{}{}", "{".repeat(200), "}".repeat(200)))
}

/// The memory of the processes that a server started, each in megabytes.
fn memory_of_processes(server: u32) -> Vec<usize> {
    let children = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("children")).unwrap_or_default();
    let threads = fs::read_dir(format!("/proc/{server}/task")).unwrap().filter_map(Result::ok);
    let children: Vec<String> =
        threads.flat_map(|thread| children(thread).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    let pages =
        |child: &String| fs::read_to_string(format!("/proc/{child}/statm")).ok()?.split(' ').nth(1)?.parse().ok();
    children.iter().filter_map(pages).map(|pages: usize| (pages * 4096) >> 20).collect()
}

/// Tells others to end when it is dropped.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn hostile_queries_are_ended_in_time_and_others_are_not_disturbed() {
    const LIMIT: Duration = Duration::from_secs(1);
    let server = Server::shipped(&[
        "--timeout",
        "1",
        "--max-memory",
        "128",
        "--max-rows",
        "5000",
        "--processes",
        "2",
        "--rate",
        "0",
    ]);
    let (is_over, answered, peak) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        // Also when a query is not answered as it must be.
        let _ends = Ends(&is_over);
        // Beside the hostile queries, one after the other, normal ones are answered.
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let answer = server
                    .query("SELECT ?label { c24:itu rdfs:label ?label FILTER (LANG(?label) = \"en\") }", "text/csv");
                assert_eq!(answer.text(), "label\r\nInternational Telecommunication Union\r\n", "{answer:?}");
                answered.fetch_add(1, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
        });
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let most = memory_of_processes(server.process()).into_iter().max().unwrap_or(0);
                peak.fetch_max(most, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(5));
            }
        });
        let mut wrong = Vec::new();
        for (name, query) in QUERIES {
            let begun = Instant::now();
            let answer = server.query(&written(query), "text/csv, text/turtle;q=0.5");
            let took = begun.elapsed();
            let is_refused = answer.status >= 400 && answer.status != 500 && answer.is_whole;
            // A machine at work on other things besides is given more time.
            if !is_refused || took > LIMIT + Duration::from_secs(5) {
                wrong.push(format!("{name}: {} after {took:?}: {:.200}", answer.status, answer.text()));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
    assert!(answered.load(Ordering::Relaxed) > 100, "{answered:?}");
    // The graph takes some 60 megabytes, the query 128, and some more until it is seen.
    assert!(peak.load(Ordering::Relaxed) < 400, "{peak:?} megabytes");
}

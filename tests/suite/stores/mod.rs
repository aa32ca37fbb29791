//! The graph in stores elsewhere, by commands: put there, got back, asked.

/// Parts for loaders.
mod split;
/// The store that the tests of `remote` have.
#[expect(dead_code, reason = "here it is not told to fail")]
#[path = "../../../src/remote/tests/store.rs"]
mod store;

use std::collections::BTreeSet;

use rapporteur::export::{self, Format};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::rdf::Profile;
use store::Store;

use crate::cli::{rapporteur, stderr, stdout};
use crate::serve::Server;
use crate::{repository, shipped};

fn lines(graph: &KnowledgeGraph, format: Format, profile: Profile) -> BTreeSet<String> {
    let mut text = Vec::new();
    let options = export::Options { profile, ..export::Options::default() };
    export::write_graph(graph, format, &options, &mut text).unwrap();
    String::from_utf8(text).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn the_commands_put_get_and_say_what_happened() {
    let (folder, store) = (tempfile::tempdir().unwrap(), Store::start());
    let run = |arguments: &[&str]| rapporteur(folder.path(), arguments);
    let pushed = run(&["push", &store.address, "--split", "20kB", "--default-graph"]);
    assert_eq!(pushed.status.code(), Some(0), "{}", stderr(&pushed));
    assert!(stderr(&pushed).contains("triples that were sent") && pushed.stdout.is_empty());
    assert!(store.state().asked[0].0.starts_with("PUT /store?default HTTP/1.1"));
    let pulled = run(&["pull", &store.address, "--default-graph", "-o", "back.nt"]);
    assert_eq!(pulled.status.code(), Some(0), "{}", stderr(&pulled));
    let back = std::fs::read_to_string(folder.path().join("back.nt")).unwrap();
    let expected = lines(&shipped(), Format::NTriples, Profile::default());
    assert!(back.lines().eq(expected.iter().map(String::as_str)));
    // What came back is a data set.
    let again = run(&["--data", "back.nt", "export", "-f", "ntriples"]);
    assert!(stdout(&again).lines().collect::<BTreeSet<_>>() == back.lines().collect());
    for (arguments, said) in [
        (&["pull", &store.address, "-o", "other.nt"][..], "the store has no graph"),
        (&["pull", &store.address, "--default-graph", "-o", "back.ttl"], "comes as ntriples"),
        (&["pull", &store.address, "--default-graph", "--max-bytes", "1kB"], "more than 1000 bytes"),
        (&["push", "example.org"], "begins with neither"),
        (&["push", "http://a:b@localhost/"], "has a login in it"),
        (&["push", "http://127.0.0.1:1/", "--tries", "1"], "was not answered"),
    ] {
        let output = run(arguments);
        assert!(output.status.code() == Some(2) && output.stdout.is_empty(), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
    assert!(!folder.path().join("other.nt").exists());
}

#[test]
fn nothing_is_sent_of_a_data_set_with_violations() {
    let (folder, store) = (tempfile::tempdir().unwrap(), Store::start());
    crate::mistakes::plant(folder.path());
    let output = rapporteur(folder.path(), &["--data", ".", "push", &store.address]);
    assert_eq!(output.status.code(), Some(1));
    assert!(store.state().asked.is_empty());
}

#[test]
fn an_endpoint_elsewhere_answers_as_the_graph_here() {
    let (folder, server) = (tempfile::tempdir().unwrap(), Server::shipped(&[]));
    let endpoint = server.url("/sparql");
    let run = |arguments: &[&str]| rapporteur(folder.path(), arguments);
    for query in [
        "SELECT ?who ?name { ?who rap:leads ?what ; rdfs:label ?name } ORDER BY ?name ?who",
        "SELECT DISTINCT ?class { ?s a ?class }",
        "ASK { c24:itu a rap:Organization }",
        "CONSTRUCT { ?a rap:leads ?b } { ?a rap:leads ?b }",
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nSELECT ?x { ?x rdfs:label \"السودان\"@ar }",
    ] {
        let format = if query.starts_with("CONSTRUCT") { "turtle" } else { "table" };
        let here = run(&["query", "-F", format, query]);
        let there = run(&["query", "--endpoint", &endpoint, "-F", format, query]);
        assert_eq!(there.status.code(), Some(0), "{}", stderr(&there));
        assert_eq!(stdout(&here), stdout(&there), "{query}");
    }
    let question = ["ask", "partners-of-an-organization", "organization=ITU", "-F", "csv"];
    let here = run(&question);
    let there = run(&[&question[..], &["--endpoint", &endpoint]].concat());
    assert!(here.stdout == there.stdout && stdout(&here).lines().count() > 5, "{}", stderr(&there));
    for (arguments, said) in [
        (&["--max-rows", "3", "SELECT * { ?s ?p ?o }"][..], "more than 3 rows"),
        (&["--max-memory", "1", "SELECT * { ?s ?p ?o }"], "more than 1048576 bytes"),
        (&["SELECT ?x { ?x rap:leads"], "ends before it is complete"),
        (&["CLEAR ALL"], "CLEAR is an update"),
        (&["SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"], "SERVICE is refused"),
    ] {
        let output = run(&[&["query", "--endpoint", &endpoint][..], arguments].concat());
        assert!(output.status.code() == Some(2) && output.stdout.is_empty(), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn only_one_module_connects() {
    let mut found = Vec::new();
    crate::tidy::sources(&repository("src"), &mut found);
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        let connects = ["ureq", "TcpStream::connect", "UdpSocket", "UnixStream::connect", "client::conn", "TcpSocket"];
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let named: Vec<_> = connects.into_iter().filter(|word| code.contains(word)).collect();
        let is_remote = path.starts_with(repository("src/remote"));
        assert!(named.is_empty() || is_remote, "{} names {named:?}", path.display());
    }
}

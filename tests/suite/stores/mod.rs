//! The graph in stores elsewhere: put there, got back, asked.

/// Parts for loaders.
mod split;
/// A store that fails when it is told to.
mod store;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use rapporteur::export::{self, Cut, Format};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::query;
use rapporteur::rdf::Profile;
use rapporteur::remote::{self, Address, Login, Options, Place, Pushed, RemoteError};
use store::{Fault, Faults, Store, always};

use crate::cli::{rapporteur, stderr, stdout};
use crate::serve::Server;
use crate::{dataset, open, repository, shipped};

/// So small that a small graph has about ten parts.
const CUT: Cut = Cut { most: 1_500, gzip: true };

/// A small graph, in which each second organization is cited by another document.
fn small() -> KnowledgeGraph {
    let part_of = |n| if n == 0 { "" } else { "o0" };
    let row = |n| format!("o{n},Organization,Organization {n} (\u{645}),{},d{}\n", part_of(n), n % 2);
    let organizations = format!("id,class,label@en,partOf,source\n{}", (0..60).map(row).collect::<String>());
    let documents = "id,class,label@en\nd0,Document,One\nd1,Document,Other\n";
    let folder = dataset(&[("organizations.csv", &organizations), ("documents.csv", documents)]);
    open(folder.path()).0
}

fn options(tries: u32) -> Options {
    Options { login: None, timeout: Duration::from_secs(30), tries }
}

fn place(address: &str) -> Place {
    Place { store: Address::parse(address).unwrap(), endpoint: None, graph: Some("https://example.org/g".to_owned()) }
}

fn push(graph: &KnowledgeGraph, store: &Store, tries: u32) -> Result<Pushed, RemoteError> {
    remote::push(graph, Profile::default(), &place(&store.address), CUT, &options(tries), &|_| {})
}

fn lines(graph: &KnowledgeGraph, format: Format, profile: Profile) -> BTreeSet<String> {
    let mut text = Vec::new();
    let options = export::Options { profile, ..export::Options::default() };
    export::write_graph(graph, format, &options, &mut text).unwrap();
    String::from_utf8(text).unwrap().lines().map(str::to_owned).collect()
}

/// The kinds of faults after which the same may be asked again.
const PASSING: [Fault; 6] = [Fault::Closed, Fault::Half, Fault::HalfKept, Fault::Unanswered, Fault::Cut, Fault::Busy];

#[test]
fn a_push_that_breaks_off_anywhere_is_no_success_and_the_next_is_whole() {
    let (graph, store) = (small(), Store::start());
    let expected = lines(&graph, Format::NTriples, Profile::default());
    push(&graph, &store, 1).unwrap();
    let requests = store.state().asked.len();
    assert!(requests > 9, "{requests}");
    for number in 0..requests {
        let is_last = number + 1 == requests;
        for fault in PASSING {
            // Only what is got back can be cut, and only what is sent can be half there.
            if is_last != (fault == Fault::Cut) && !matches!(fault, Fault::Closed | Fault::Busy) {
                continue;
            }
            // What an earlier state of the data left is gone too.
            let old = BTreeSet::from(["<a:old> <a:old> <a:old> .".to_owned()]);
            store.state().graphs.values_mut().for_each(|graph| graph.clone_from(&old));
            store.fail(Faults::from([(number, fault)]));
            let broken = push(&graph, &store, 1);
            assert!(broken.is_err(), "{fault:?} at {number}: {broken:?}");
            store.fail(Faults::new());
            let pushed = push(&graph, &store, 1).unwrap();
            assert!(store.state().graphs.values().eq([&expected]), "{fault:?} at {number}");
            assert_eq!(pushed.graphs, [(Some("https://example.org/g".to_owned()), expected.len() as u64)]);
        }
    }
}

#[test]
fn a_push_goes_on_where_the_connection_breaks_off() {
    let (graph, store) = (small(), Store::start());
    let expected = lines(&graph, Format::NTriples, Profile::default());
    // Whenever one is tried again, the next fault is waiting for it.
    let faults = [
        (0, Fault::HalfKept),
        (1, Fault::Unanswered),
        (3, Fault::Half),
        (4, Fault::Unanswered),
        (6, Fault::Busy),
        (8, Fault::HalfKept),
    ];
    store.fail(Faults::from(faults));
    let pushed = push(&graph, &store, 3).unwrap();
    assert!(pushed.is_as_sent && store.state().graphs.values().eq([&expected]));
    let puts = store.state().asked.iter().filter(|(line, _)| line.starts_with("PUT")).count();
    assert_eq!(puts, 3, "only the first part replaces");
    let last = store.state().asked.len() - 1;
    store.fail(Faults::from([(last, Fault::Closed)]));
    assert!(push(&graph, &store, 1).is_ok(), "there are fewer requests without faults");
}

#[test]
fn what_the_store_says_is_looked_up() {
    let (graph, store) = (small(), Store::start());
    for (number, fault) in [(0, Fault::Forgotten), (3, Fault::Forgotten), (2, Fault::Lost), (0, Fault::Late)] {
        store.fail(Faults::from([(number, fault)]));
        let error = push(&graph, &store, 2).unwrap_err();
        assert!(matches!(error, RemoteError::Different { .. }), "{fault:?}: {error:?}");
        store.fail(Faults::new());
        assert!(push(&graph, &store, 2).is_ok(), "{fault:?}");
    }
}

#[test]
fn named_graphs_go_each_to_its_own_and_come_back_as_they_were() {
    let (graph, store) = (small(), Store::start());
    let (place, profile) = (place(&store.address), Profile::Graphs);
    let pushed = remote::push(&graph, profile, &place, CUT, &options(1), &|_| {}).unwrap();
    assert!(pushed.graphs.len() == 3 && pushed.graphs.len() == store.state().graphs.len());
    let pulled = remote::pull(&graph, profile, &place, 1 << 30, &options(1), &|_| {}).unwrap();
    assert!(pulled.missing.is_empty());
    assert!(pulled.lines.iter().eq(&lines(&graph, Format::NQuads, profile)));
    // A graph of the data set itself cannot take what is in none.
    let (name, _) = pushed.graphs.into_iter().next_back().unwrap();
    let error = remote::push(&graph, profile, &Place { graph: name, ..place }, CUT, &options(1), &|_| {}).unwrap_err();
    assert!(matches!(error, RemoteError::SameGraph(_)), "{error:?}");
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
fn a_login_goes_where_it_is_sent_and_nowhere_else() {
    let (graph, store) = (small(), Store::start());
    for (login, expected) in [
        (Login::Basic { user: "me".to_owned(), password: "p:ä".to_owned() }, "Basic bWU6cDrDpA=="),
        (Login::Bearer("token".to_owned()), "Bearer token"),
    ] {
        let options = Options { login: Some(login.clone()), ..options(1) };
        remote::push(&graph, Profile::Direct, &place(&store.address), CUT, &options, &|_| {}).unwrap();
        assert!(store.state().asked.iter().all(|(_, login)| login.as_deref() == Some(expected)));
        assert!(!format!("{login:?}").contains("tok") && !format!("{login:?}").contains("me"));
        store.fail(Faults::new());
        // Not where everyone on the way could read it.
        let open = Place { store: Address::parse("http://192.0.2.1/store").unwrap(), ..place(&store.address) };
        let error = remote::push(&graph, Profile::Direct, &open, CUT, &options, &|_| {}).unwrap_err();
        assert!(matches!(error, RemoteError::OpenLogin { .. }), "{error:?}");
        // Not where the store would lead it.
        let (elsewhere, asked) = always(Vec::new());
        let leading = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\n\r\n");
        let (leads, _) = always(leading.into_bytes());
        let error = remote::push(&graph, Profile::Direct, &place(&leads), CUT, &options, &|_| {}).unwrap_err();
        assert!(matches!(&error, RemoteError::Elsewhere { to, .. } if *to == elsewhere), "{error:?}");
        assert!(asked.lock().unwrap().is_empty());
    }
    let bad = Login::Bearer("to\nken".to_owned());
    let error = remote::push(
        &graph,
        Profile::Direct,
        &place(&store.address),
        CUT,
        &Options { login: Some(bad), ..options(1) },
        &|_| {},
    );
    assert!(matches!(error, Err(RemoteError::Login)));
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
fn what_is_no_answer_is_an_error() {
    let graph = small();
    let packed = |text: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    };
    let answer = |head: &str, body: &[u8]| {
        let length = format!("Content-Length: {}\r\n", body.len());
        [b"HTTP/1.1 ", head.as_bytes(), b"\r\n", length.as_bytes(), b"\r\n", body].concat()
    };
    let json = "200 OK\r\nContent-Type: application/sparql-results+json";
    let bomb = packed(&vec![b' '; 64 << 20]);
    let cut = packed(b"{\"head\":{},\"boolean\":true}");
    for (bytes, said) in [
        (Vec::new(), "was not answered"),
        (b"nonsense\r\n\r\n".to_vec(), "was not answered"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{}".to_vec(),
            "where its answer ends",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 99\r\n\r\n{}"
                .to_vec(),
            "broke off",
        ),
        (answer("200 OK\r\nContent-Type: text/html", b"<p>"), "answered with text/html"),
        (answer("200 OK", b"{}"), "answered with "),
        (answer(json, b"{}"), "cannot be read"),
        (answer(json, b"\xff\xfe"), "cannot be read"),
        (answer(&format!("{json}\r\nContent-Encoding: gzip"), &bomb), "more than 1048576 bytes"),
        (answer(&format!("{json}\r\nContent-Encoding: gzip"), &cut[..cut.len() - 9]), "cannot be read"),
        (answer("401 Unauthorized", b"who\x1b[2J\nare you?"), "401: who\u{1b}[2J are you?"),
        (answer("404 Not Found", b""), "no store at"),
        (answer("500 Oh", &vec![b'x'; 100_000]), "500: xxx"),
    ] {
        let (address, _) = always(bytes);
        let limits = query::Options { max_memory: Some(1 << 20), ..query::Options::default() };
        let error =
            remote::ask(&graph, &Address::parse(&address).unwrap(), "ASK {}", &limits, &options(1)).unwrap_err();
        assert!(error.to_string().contains(said), "{said}: {error} {error:?}");
        assert!(error.to_string().len() < 1000);
    }
}

#[test]
fn an_endpoint_that_takes_too_long_is_left() {
    let graph = small();
    // It takes what is sent, and says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Address::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let limits = query::Options { timeout: Some(Duration::from_millis(300)), ..query::Options::default() };
    let error = remote::ask(&graph, &address, "ASK {}", &limits, &options(1)).unwrap_err();
    assert!(error.to_string().contains("longer than 300ms"), "{error:?}");
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

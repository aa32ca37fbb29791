//! The graph in a store elsewhere that fails when it is told to.

/// That store.
mod store;

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use self::store::{Fault, Faults, Store};
use super::push::Pushed;
use super::{Address, Login, Options, Place, RemoteError, ask, pull, push};
use crate::export::{self, Cut, Format};
use crate::graph::KnowledgeGraph;
use crate::query;
use crate::rdf::Profile;
use crate::tests::{dataset, open};

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

fn sent(graph: &KnowledgeGraph, store: &Store, tries: u32) -> Result<Pushed, RemoteError> {
    push(graph, Profile::default(), &place(&store.address), CUT, &options(tries), &|_| {})
}

fn lines(graph: &KnowledgeGraph, format: Format, profile: Profile) -> BTreeSet<String> {
    let mut text = Vec::new();
    let options = export::Options { profile, ..export::Options::default() };
    export::write_graph(graph, format, &options, &mut text).unwrap();
    String::from_utf8(text).unwrap().lines().map(str::to_owned).collect()
}

/// Starts something that gives each request one answer, whatever it is, and keeps the requests.
fn always(answer: Vec<u8>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let shared = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = vec![0; 1 << 16];
            let length = stream.read(&mut request).unwrap_or(0);
            shared.lock().unwrap().push(String::from_utf8_lossy(&request[..length]).into_owned());
            drop(stream.write_all(&answer));
        }
    });
    (address, asked)
}

/// The kinds of faults after which the same may be asked again.
const PASSING: [Fault; 6] = [Fault::Closed, Fault::Half, Fault::HalfKept, Fault::Unanswered, Fault::Cut, Fault::Busy];

#[test]
fn a_push_that_breaks_off_anywhere_is_no_success_and_the_next_is_whole() {
    let (graph, store) = (small(), Store::start());
    let expected = lines(&graph, Format::NTriples, Profile::default());
    sent(&graph, &store, 1).unwrap();
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
            let broken = sent(&graph, &store, 1);
            assert!(broken.is_err(), "{fault:?} at {number}: {broken:?}");
            store.fail(Faults::new());
            let pushed = sent(&graph, &store, 1).unwrap();
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
    let pushed = sent(&graph, &store, 3).unwrap();
    assert!(pushed.is_as_sent && store.state().graphs.values().eq([&expected]));
    let puts = store.state().asked.iter().filter(|(line, _)| line.starts_with("PUT")).count();
    assert_eq!(puts, 3, "only the first part replaces");
    let last = store.state().asked.len() - 1;
    store.fail(Faults::from([(last, Fault::Closed)]));
    assert!(sent(&graph, &store, 1).is_ok(), "there are fewer requests without faults");
}

#[test]
fn what_the_store_says_is_looked_up() {
    let (graph, store) = (small(), Store::start());
    for (number, fault) in [(0, Fault::Forgotten), (3, Fault::Forgotten), (2, Fault::Lost), (0, Fault::Late)] {
        store.fail(Faults::from([(number, fault)]));
        let error = sent(&graph, &store, 2).unwrap_err();
        assert!(matches!(error, RemoteError::Different { .. }), "{fault:?}: {error:?}");
        store.fail(Faults::new());
        assert!(sent(&graph, &store, 2).is_ok(), "{fault:?}");
    }
}

#[test]
fn named_graphs_go_each_to_its_own_and_come_back_as_they_were() {
    let (graph, store) = (small(), Store::start());
    let (place, profile) = (place(&store.address), Profile::Graphs);
    let pushed = push(&graph, profile, &place, CUT, &options(1), &|_| {}).unwrap();
    assert!(pushed.graphs.len() == 3 && pushed.graphs.len() == store.state().graphs.len());
    let pulled = pull(&graph, profile, &place, 1 << 30, &options(1), &|_| {}).unwrap();
    assert!(pulled.missing.is_empty());
    assert!(pulled.lines.iter().eq(&lines(&graph, Format::NQuads, profile)));
    // A graph of the data set itself cannot take what is in none.
    let (name, _) = pushed.graphs.into_iter().next_back().unwrap();
    let error = push(&graph, profile, &Place { graph: name, ..place }, CUT, &options(1), &|_| {}).unwrap_err();
    assert!(matches!(error, RemoteError::SameGraph(_)), "{error:?}");
}

#[test]
fn a_login_goes_where_it_is_sent_and_nowhere_else() {
    let (graph, store) = (small(), Store::start());
    for (login, expected) in [
        (Login::Basic { user: "me".to_owned(), password: "p:ä".to_owned() }, "Basic bWU6cDrDpA=="),
        (Login::Bearer("token".to_owned()), "Bearer token"),
    ] {
        let options = Options { login: Some(login.clone()), ..options(1) };
        push(&graph, Profile::Direct, &place(&store.address), CUT, &options, &|_| {}).unwrap();
        assert!(store.state().asked.iter().all(|(_, login)| login.as_deref() == Some(expected)));
        assert!(!format!("{login:?}").contains("tok") && !format!("{login:?}").contains("me"));
        store.fail(Faults::new());
        // Not where everyone on the way could read it.
        let open = Place { store: Address::parse("http://192.0.2.1/store").unwrap(), ..place(&store.address) };
        let error = push(&graph, Profile::Direct, &open, CUT, &options, &|_| {}).unwrap_err();
        assert!(matches!(error, RemoteError::OpenLogin { .. }), "{error:?}");
        // Not where the store would lead it.
        let (elsewhere, asked) = always(Vec::new());
        let leading = format!("HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\n\r\n");
        let (leads, _) = always(leading.into_bytes());
        let error = push(&graph, Profile::Direct, &place(&leads), CUT, &options, &|_| {}).unwrap_err();
        assert!(matches!(&error, RemoteError::Elsewhere { to, .. } if *to == elsewhere), "{error:?}");
        assert!(asked.lock().unwrap().is_empty());
    }
    let bad = Login::Bearer("to\nken".to_owned());
    let error = push(
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
        let error = ask(&graph, &Address::parse(&address).unwrap(), "ASK {}", &limits, &options(1)).unwrap_err();
        assert!(error.to_string().contains(said), "{said}: {error} {error:?}");
        assert!(error.to_string().len() < 1000);
    }
}

#[test]
fn an_endpoint_that_takes_too_long_is_left() {
    let graph = small();
    // It takes what is sent, and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Address::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let limits = query::Options { timeout: Some(Duration::from_millis(300)), ..query::Options::default() };
    let error = ask(&graph, &address, "ASK {}", &limits, &options(1)).unwrap_err();
    assert!(error.to_string().contains("longer than 300ms"), "{error:?}");
}

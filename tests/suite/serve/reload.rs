use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Answer, Server};
use crate::dataset;

/// The tables of a data set in which every name has a number.
fn tables(number: usize) -> [(&'static str, String); 2] {
    let bodies = (0..40).map(|body| format!("b{body},Organization,Body {number} of {body},d#1\n"));
    let entities = format!("id,class,label@en,source\nd,Document,Report {number},\n{}", bodies.collect::<String>());
    let members = (1..40).map(|body| format!("b{body},partOf,b0,{number},d#1\n"));
    let statements = format!("subject,property,object,remark@en,source\n{}", members.collect::<String>());
    [("entities.csv", entities), ("statements.csv", statements)]
}

fn write(folder: &Path, number: usize) {
    for (name, text) in tables(number) {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// A server of such a data set that watches it, and the folder.
fn watched(arguments: &[&str]) -> (Server, tempfile::TempDir) {
    let folder = dataset(&[("paragraphs.csv", "document,number,heading@en\nd,1,One\n")]);
    write(folder.path(), 1);
    (Server::of(folder.path(), &[arguments, &["--watch"]].concat()), folder)
}

/// The numbers that an answer has in its names.
fn numbers(answer: &Answer) -> Vec<usize> {
    let found = answer.text().split("Body ").skip(1);
    let mut numbers: Vec<usize> = found.map(|rest| rest.split(' ').next().unwrap().parse().unwrap()).collect();
    numbers.dedup();
    numbers
}

fn all_names(server: &Server) -> Answer {
    server.query("SELECT ?name { ?s rdfs:label ?name FILTER (CONTAINS(?name, \"Body\")) }", "text/csv")
}

/// Waits until something holds, for as long as a slow machine may need.
pub(super) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_mins(4), "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn no_request_fails_while_the_data_change_and_each_answer_is_of_one_state() {
    let (server, folder) = watched(&["--rate", "0", "--processes", "2"]);
    let ended = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    // What was answered with each tag: the same, whenever it was.
    let known: Mutex<BTreeMap<String, usize>> = Mutex::default();
    thread::scope(|scope| {
        for client in 0..4 {
            let (server, ended, asked, known) = (&server, &ended, &asked, &known);
            scope.spawn(move || {
                let mut last = 0;
                while !ended.load(Ordering::Relaxed) {
                    let answer = match client {
                        0 => server.ask("GET", "/en/class/Organization.html", &[], ""),
                        1 => server.ask("GET", "/data/b0.nt", &[], ""),
                        _ => all_names(server),
                    };
                    assert!(answer.status == 200 && answer.is_whole, "{client}: {} {}", answer.status, answer.text());
                    let numbers = numbers(&answer);
                    assert_eq!(numbers.len(), 1, "an answer of client {client} is of several states: {numbers:?}");
                    assert!(numbers[0] >= last, "client {client}: {} after {last}", numbers[0]);
                    last = numbers[0];
                    let tag = format!("{} {}", client.min(2), answer.header("etag"));
                    assert_eq!(*known.lock().unwrap().entry(tag).or_insert(last), last);
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for number in 2..=4 {
            write(folder.path(), number);
            wait_until("the data take over", || numbers(&all_names(&server)) == [number]);
        }
        ended.store(true, Ordering::Relaxed);
    });
    assert!(asked.load(Ordering::Relaxed) > 20);
    // Each of four states has a tag of its own for each of three addresses, as far as it was seen.
    assert!(known.into_inner().unwrap().len() > 6);
}

#[test]
fn data_with_violations_are_told_and_not_shown_until_they_are_mended() {
    let (server, folder) = watched(&["--processes", "1"]);
    let page = |path: &str| server.ask("GET", path, &[], "");
    let before = page("/en/index.html");
    assert_eq!(page("/en/changes").status, 200);
    fs::write(folder.path().join("more.csv"), "subject,property,object,source\nb1,partOf,Nobody At All,d#1\n").unwrap();
    wait_until("it is told that they are refused", || server.log().contains("but has 1 violations"));
    assert!(server.log().contains("violation[unknown-reference]"), "{}", server.log());
    let noted = page("/en/index.html");
    assert!(noted.text().contains("violations: 1") && noted.text().contains("href=\"changes\""), "{}", noted.text());
    assert_ne!(noted.header("etag"), before.header("etag"));
    assert!(page("/en/entity/b1.html").text().contains("href=\"../changes\""));
    assert!(page("/en/explore").text().contains("href=\"changes\""));
    // So do the pages that are in no folder of a language.
    for served in ["/sparql?query=ASK%7B%7D", "/sparql", "/questions/", "/questions/members-of-a-body"] {
        let noted = server.ask("GET", served, &[("Accept", "text/html")], "");
        let noted = noted.text();
        assert!(noted.contains("violations: 1") && noted.contains("href=\"/en/changes\""), "{served}: {noted}");
    }
    assert!(!server.ask("GET", "/sparql?query=ASK%7B%7D&format=csv", &[], "").text().contains("changes"));
    let wrong = page("/en/changes");
    assert!(wrong.text().contains("more.csv:2:11") && wrong.text().contains("Nobody At All"), "{}", wrong.text());
    // Queries are answered from what the pages show, also by a process that is started only now.
    let names = all_names(&server);
    end_worker(&server);
    let again = all_names(&server);
    assert!(names.status == 200 && again.status == 200, "{} {}", names.status, again.status);
    assert_eq!((numbers(&names), &names.body), (vec![1], &again.body));
    // What cannot be read at all is told without a place on the disk.
    fs::write(folder.path().join("dataset.toml"), "id = ").unwrap();
    wait_until("it is told that they cannot be read", || page("/en/changes").text().contains("dataset.toml"));
    assert!(!page("/en/changes").text().contains(folder.path().to_str().unwrap()));
    assert_eq!(all_names(&server).status, 200);
    // Mended, the data take over.
    let sound = dataset(&[]);
    fs::copy(sound.path().join("dataset.toml"), folder.path().join("dataset.toml")).unwrap();
    fs::remove_file(folder.path().join("more.csv")).unwrap();
    write(folder.path(), 2);
    wait_until("the data take over", || numbers(&all_names(&server)) == [2]);
    let mended = page("/en/index.html");
    assert!(!mended.text().contains("href=\"changes\""));
    assert!(!server.ask("GET", "/questions/", &[("Accept", "text/html")], "").text().contains("changes\""));
    assert_ne!(mended.header("etag"), before.header("etag"));
}

/// Kills the processes that answer queries of a server; waits until there is one.
fn end_worker(server: &Server) {
    wait_until("there is a process", || {
        let tasks = fs::read_dir(format!("/proc/{}/task", server.process())).unwrap();
        let listed = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default());
        let children: Vec<String> =
            listed.flat_map(|all| all.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
        // One may end by itself meanwhile.
        let killed = children.iter().filter(|child| crate::signalled("-KILL", child)).count();
        // A process that was killed takes what is sent to it until the last of its threads has ended.
        for child in &children {
            wait_until("it has ended", || {
                let n_threads = fs::read_dir(format!("/proc/{child}/task")).map_or(0, Iterator::count);
                let state = fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
                n_threads < 2 && state.rsplit_once(") ").is_none_or(|(_, state)| state.starts_with(['Z', 'X']))
            });
        }
        killed > 0
    });
}

#[test]
fn a_process_that_is_killed_is_replaced_and_no_part_is_taken_for_a_whole() {
    let server = Server::shipped(&["--processes", "1", "--rate", "0"]);
    assert_eq!(server.query("ASK {}", "").status, 200);
    // While it waits.
    end_worker(&server);
    assert_eq!(server.query("ASK {}", "").status, 200);
    // While it looks for the first row.
    thread::scope(|scope| {
        let asked = scope.spawn(|| server.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", ""));
        thread::sleep(Duration::from_millis(300));
        end_worker(&server);
        assert_eq!(asked.join().unwrap().status, 500);
    });
    assert_eq!(server.query("ASK {}", "").status, 200);
    // While it sends rows.
    for accept in ["text/csv", "application/sparql-results+json", "application/sparql-results+xml"] {
        thread::scope(|scope| {
            let asked = scope.spawn(|| server.query("SELECT * { ?s ?p ?o . ?t ?q ?r }", accept));
            thread::sleep(Duration::from_millis(700));
            end_worker(&server);
            let answer = asked.join().unwrap();
            assert!(answer.status == 500 || !answer.is_whole, "{accept}: {} of {}", answer.status, answer.body.len());
        });
        assert_eq!(server.query("ASK {}", "").status, 200, "{accept}");
    }
}

#[test]
fn clients_that_are_slow_do_not_hold_the_others_up() {
    let server = Server::shipped(&["--processes", "2", "--rate", "0"]);
    let head = format!("GET /en/index.html HTTP/1.1\r\nHost: {}\r\n", server.address);
    // Some never end their request, some ask for much and never read it.
    let mut slow: Vec<_> = (0..46).map(|_| server.connect()).collect();
    for stream in &mut slow[..40] {
        stream.write_all(head.as_bytes()).unwrap();
    }
    let large = "SELECT%20*%20%7B%20?s%20?p%20?o%20.%20?t%20?q%20?r%20%7D";
    for stream in &mut slow[40..] {
        let ask = format!("GET /en/entity/itu.html HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
        stream.write_all(ask.repeat(20).as_bytes()).unwrap();
    }
    let mut reader = server.connect();
    let ask = format!("GET /sparql?query={large}&format=csv HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    reader.write_all(ask.as_bytes()).unwrap();
    for _ in 0..10 {
        assert_eq!(server.ask("GET", "/en/entity/itu.html", &[], "").status, 200);
        assert_eq!(server.query("ASK {}", "").status, 200);
    }
    drop(slow);
    drop(reader);
    assert_eq!(server.query("ASK {}", "").status, 200);
}

#[test]
fn the_copy_of_a_server_that_is_ended_is_gone_and_that_of_one_that_is_killed_goes_with_the_next() {
    let data = dataset(&[]);
    write(data.path(), 1);
    let place = tempfile::tempdir().unwrap();
    let copies = || {
        let entries = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().path());
        entries
            .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("rapporteur-"))
            .collect::<Vec<_>>()
    };
    let start = || Server::started(Server::command(data.path(), &["--watch"]).env("TMPDIR", place.path()));
    let mut server = start();
    let killed = copies();
    assert!(killed.len() == 1 && killed[0].join("data/entities.csv").exists(), "{killed:?}");
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    assert_eq!(copies(), killed);
    // Its copy is old enough; another's is as old, but locked, and a third is of no server.
    let (locked, foreign) = (place.path().join("rapporteur-locked"), place.path().join("rapporteur-notes"));
    for folder in [&locked, &foreign] {
        fs::create_dir(folder).unwrap();
    }
    let locks = [&locked, &killed[0]].map(|folder| fs::File::create(folder.join(".rapporteur-lock")).unwrap());
    for lock in &locks {
        lock.set_modified(lock.metadata().unwrap().modified().unwrap() - Duration::from_mins(5)).unwrap();
    }
    locks[0].lock().unwrap();
    let mut others = vec![locked.clone(), foreign.clone()];
    others.sort();
    for signal in ["-INT", "-TERM", "-HUP"] {
        let mut server = start();
        assert!(copies().len() == 3 && !killed[0].exists(), "{signal}");
        assert!(crate::signalled(signal, &server.process().to_string()));
        assert!(server.child.wait().unwrap().success(), "{signal}");
        let mut left = copies();
        left.sort();
        assert_eq!(left, others, "{signal}");
    }
}

/// Queries that must be ended.
mod hostile;
/// What assistants ask.
mod mcp;
/// What the protocols ask for.
mod protocol;
/// Names of a spreadsheet.
mod reconcile;
/// Data that change, processes that are killed, clients that are slow.
mod reload;
/// What is answered to what, in a table.
mod table;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::repository;

/// A server that runs, and ends with the test.
pub(crate) struct Server {
    child: Child,
    address: String,
    /// What it wrote to stderr.
    log: Arc<Mutex<String>>,
}

/// What it answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The headers, by their names in small letters; several of one name with commas between them.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    /// Whether the body came to its end.
    pub(crate) is_whole: bool,
}

impl Server {
    /// Starts a server of the shipped data set.
    pub(crate) fn shipped(arguments: &[&str]) -> Self {
        Self::of(&repository("data/c24"), arguments)
    }

    /// Starts a server of the data set in a folder, on a free port.
    pub(crate) fn of(data: &Path, arguments: &[&str]) -> Self {
        Self::started(&mut Self::command(data, arguments))
    }

    fn command(data: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.arg("--data").arg(data).args(["serve", "--bind", "127.0.0.1:0"]).args(arguments);
        command
    }

    fn started(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let address = lines.by_ref().find_map(|line| {
            let line = line.unwrap();
            Some(line.split("listening: http://").nth(1)?.split('/').next()?.to_owned())
        });
        // The rest of the log is read, so that the server never waits for somebody to read it.
        let written = Arc::clone(&log);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| *written.lock().unwrap() += &(line + "\n"));
        });
        Self { child, address: address.unwrap(), log }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    /// Asks, on a connection of its own.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = self.connect();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let bytes = Self::sent(&mut stream, format!("{request}\r\n{body}").as_bytes());
        Answer::read(&bytes, method == "HEAD")
    }

    /// Sends bytes on a connection, and returns what is answered until it ends.
    fn sent(stream: &mut TcpStream, request: &[u8]) -> Vec<u8> {
        // Who is refused may be told so before all is sent.
        drop(stream.write_all(request));
        let mut answer = Vec::new();
        // A connection that is broken off may end in an error.
        drop(stream.read_to_end(&mut answer));
        answer
    }

    pub(crate) fn send(stream: &mut TcpStream, request: &[u8]) -> Answer {
        Answer::read(&Self::sent(stream, request), false)
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Returns the address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks a query, which is sent as it is.
    pub(crate) fn query(&self, query: &str, accept: &str) -> Answer {
        let headers = [("Content-Type", "application/sparql-query"), ("Accept", accept)];
        self.ask("POST", "/sparql", &headers, query)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Answer {
    fn read(bytes: &[u8], is_head: bool) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| {
            panic!("no answer: {}", String::from_utf8_lossy(bytes));
        });
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = BTreeMap::<String, String>::new();
        for line in lines {
            let (name, value) = line.split_once(':').unwrap();
            let known = headers.entry(name.to_ascii_lowercase()).or_default();
            let between = if known.is_empty() { "" } else { ", " };
            *known = format!("{known}{between}{}", value.trim());
        }
        let rest = &bytes[end + 4..];
        let (body, is_whole) = if headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked") {
            if is_head { (Vec::new(), true) } else { chunks(rest) }
        } else {
            let length = headers.get("content-length").map_or(rest.len(), |length| length.parse().unwrap());
            (rest.to_vec(), is_head || rest.len() == length)
        };
        Self { status, headers, body, is_whole }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A body in chunks, and whether the last of them is there.
fn chunks(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return (body, true);
        }
        let Some(chunk) = rest.get(end + 2..end + 2 + length) else { break };
        body.extend(chunk);
        rest = rest.get(end + 4 + length..).unwrap_or_default();
    }
    (body, false)
}

#[test]
fn a_query_that_takes_too_long_is_ended_and_the_next_is_answered() {
    let server = Server::shipped(&["--timeout", "1", "--processes", "1"]);
    let begun = Instant::now();
    let answer = server.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "");
    assert_eq!(answer.status, 504, "{}", answer.text());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(server.query("ASK {}", "").text(), "{\"head\":{},\"boolean\":true}\n");
}

#[test]
fn an_answer_that_is_cut_is_never_taken_for_a_whole_one() {
    let server = Server::shipped(&["--max-rows", "60000"]);
    // It is larger than what is kept until it is whole, and has more rows than it may.
    let query = "SELECT * { ?s ?p ?o . ?t ?q ?r }";
    for accept in ["text/csv", "application/sparql-results+json"] {
        let answer = server.query(query, accept);
        assert_eq!(answer.status, 200);
        assert!(!answer.is_whole, "{} bytes", answer.body.len());
    }
    // A smaller one is known to be cut before it is begun.
    let answer = server.query("SELECT ?s { ?s ?p ?o . ?t ?q ?r }", "text/csv");
    assert!(answer.status == 422 || !answer.is_whole, "{} {}", answer.status, answer.body.len());
    let whole = server.query("SELECT * { ?s ?p ?o } LIMIT 50000", "text/csv");
    assert!(whole.status == 200 && whole.is_whole);
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_or_it_is_said_that_it_cannot_be() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let opened = folder.path().join("opened");
    let with_opener = folder.path().join("bin");
    std::fs::create_dir(&with_opener).unwrap();
    let script_at = with_opener.join("xdg-open");
    // It appears whole.
    let script = format!("#!/bin/sh\necho \"$1\" > {0}.part && /bin/mv {0}.part {0}\n", opened.display());
    std::fs::write(&script_at, script).unwrap();
    std::fs::set_permissions(&script_at, std::fs::Permissions::from_mode(0o755)).unwrap();
    let start = |path: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(["serve", "--open", "--bind", "127.0.0.1:0"]).env("PATH", path).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let mut server = start(&with_opener);
    let begun = Instant::now();
    while !opened.exists() && begun.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(20));
    }
    server.kill().unwrap();
    let log = server.wait_with_output().unwrap().stderr;
    let address = std::fs::read_to_string(&opened).unwrap();
    assert!(String::from_utf8(log).unwrap().contains(&format!("listening: {address}")), "{address}");
    let mut without = start(folder.path());
    let mut lines = BufReader::new(without.stderr.take().unwrap()).lines().map(Result::unwrap);
    let told = lines.find(|line| line.starts_with("no browser could be opened; open http://127.0.0.1:"));
    without.kill().unwrap();
    without.wait().unwrap();
    assert!(told.is_some());
}

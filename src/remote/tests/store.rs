//! A small store: graphs of lines by the Graph Store Protocol, that fails when it is told to.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use flate2::read::GzDecoder;

/// How a request ends that does not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed before anything is read.
    Closed,
    /// It is closed in the middle of what is sent.
    Half,
    /// It is closed in the middle of what is sent, and what has come is kept.
    HalfKept,
    /// All is kept, and the answer is lost.
    Unanswered,
    /// The answer is cut.
    Cut,
    /// The store says that it is busy.
    Busy,
    /// The store says yes, and keeps nothing.
    Forgotten,
    /// The answer is lost, and what was sent is kept only when all else is done.
    Late,
    /// The store says yes, and loses a triple.
    Lost,
}

/// Which request fails how, by its number.
pub(crate) type Faults = BTreeMap<usize, Fault>;

/// What a store holds and was asked.
#[derive(Default)]
pub(crate) struct State {
    /// Graphs by what their address says: `default`, or `graph=` with an escaped name.
    pub(crate) graphs: BTreeMap<String, BTreeSet<String>>,
    /// The first line of each request with its login.
    pub(crate) asked: Vec<(String, Option<String>)>,
    faults: Faults,
    late: Vec<Request>,
}

pub(crate) struct Store {
    pub(crate) address: String,
    state: Arc<Mutex<State>>,
}

struct Request {
    method: String,
    graph: String,
    lines: BTreeSet<String>,
}

impl Store {
    /// Starts a store on a free port; it ends with the process.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/store", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that has gone away is no failure of the store.
                drop(answer(&stream.unwrap(), &shared));
            }
        });
        Self { address, state }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Lets requests from now on fail; the next has the number 0.
    pub(crate) fn fail(&self, faults: Faults) {
        let mut state = self.state();
        state.faults = faults;
        state.asked.clear();
    }
}

fn answer(stream: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length, mut gzip, mut login) = (String::new(), 0, false, None);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "content-encoding" => gzip = value == "gzip",
            "authorization" => login = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut state = state.lock().unwrap();
    let number = state.asked.len();
    state.asked.push((first.trim_end().to_owned(), login));
    let fault = state.faults.get(&number).copied();
    if fault == Some(Fault::Closed) {
        return Ok(());
    }
    let mut body = vec![0; if matches!(fault, Some(Fault::Half | Fault::HalfKept)) { length / 2 } else { length }];
    reader.read_exact(&mut body)?;
    if fault == Some(Fault::Half) {
        return Ok(());
    }
    if fault == Some(Fault::Busy) {
        return reply(stream, "503 Service Unavailable\r\nRetry-After: 0", b"busy");
    }
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let graph = target.split_once('?').map_or("", |(_, graph)| graph).to_owned();
    if method == "GET" {
        return get(stream, &mut state, &graph, fault);
    }
    let mut text = Vec::new();
    // What is cut is unpacked as far as it goes.
    drop(if gzip { GzDecoder::new(&body[..]).read_to_end(&mut text) } else { body.as_slice().read_to_end(&mut text) });
    let whole = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let lines = std::str::from_utf8(&text[..whole]).unwrap().lines().map(str::to_owned);
    let mut request = Request { method: method.to_owned(), graph, lines: lines.collect() };
    match fault {
        Some(Fault::Forgotten) => {}
        Some(Fault::Late) => {
            state.late.push(request);
            return Ok(());
        }
        Some(Fault::Lost) => {
            request.lines.pop_first();
            keep(&mut state, request);
        }
        _ => keep(&mut state, request),
    }
    if matches!(fault, Some(Fault::Unanswered | Fault::HalfKept)) {
        return Ok(());
    }
    reply(stream, "204 No Content", b"")
}

fn keep(state: &mut State, request: Request) {
    let graph = state.graphs.entry(request.graph).or_default();
    if request.method == "PUT" {
        graph.clear();
    }
    graph.extend(request.lines);
}

fn get(stream: &TcpStream, state: &mut State, graph: &str, fault: Option<Fault>) -> std::io::Result<()> {
    for request in std::mem::take(&mut state.late) {
        keep(state, request);
    }
    let Some(lines) = state.graphs.get(graph) else { return reply(stream, "404 Not Found", b"") };
    // In another order than that in which they came.
    let text: String = lines.iter().rev().flat_map(|line| [line.as_str(), "\n"]).collect();
    let mut stream = stream;
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nContent-Length: {}\r\n\r\n", text.len());
    let end = if fault == Some(Fault::Cut) { text.len() / 2 } else { text.len() };
    stream.write_all(head.as_bytes())?;
    stream.write_all(&text.as_bytes()[..end])
}

fn reply(mut stream: &TcpStream, status: &str, body: &[u8]) -> std::io::Result<()> {
    stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes())?;
    stream.write_all(body)
}

//! What a server is told, and what it tells.

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// What a server is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to listen on; with port 0, one that is free.
    pub address: SocketAddr,
    /// The names by which it is asked, besides `localhost` and addresses in digits.
    pub hosts: Vec<String>,
    /// The program that answers queries, one after the other: what [`answer_queries`](super::answer_queries) does.
    pub program: Program,
    /// The addresses of proxies, which are believed when they say whom they ask for.
    pub proxies: Vec<IpAddr>,
    /// The most questions a second, in the long run, from one address; 0 for no limit.
    pub rate: u32,
    /// The most queries that are answered at once, each by a process of its own.
    pub processes: usize,
    /// What a query may take whose answer is looked at.
    pub page: Limits,
    /// What a query may take whose answer is carried away.
    pub download: Limits,
}

/// A program with its arguments.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its path.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// What a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time until it is answered.
    pub time: Duration,
    /// The bytes of memory, besides what the graph takes.
    pub memory: usize,
    /// The rows or triples of its answer.
    pub rows: usize,
}

/// What a server tells of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// It listens.
    Listening {
        /// On which address.
        address: SocketAddr,
    },
    /// It answered a request.
    Answered {
        /// Who asked.
        from: SocketAddr,
        /// What was asked: the method.
        method: String,
        /// What was asked: the path, without what follows a question mark.
        path: String,
        /// How it was answered.
        status: u16,
        /// How long it took until the answer began.
        after: Duration,
    },
    /// It was told to end, and waits for what is being answered.
    Ending,
}

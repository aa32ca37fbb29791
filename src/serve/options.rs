//! What a server is told, and what it tells.

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::read::Snapshot;

/// What a server is told.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The address to listen on; with port 0, one that is free.
    pub address: SocketAddr,
    /// The names by which it is asked, besides `localhost` and addresses in digits.
    pub hosts: Vec<String>,
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
pub(crate) struct Program {
    /// Its path.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Data that were read.
#[derive(Debug)]
pub(crate) struct Data {
    /// The graph.
    pub graph: Arc<KnowledgeGraph>,
    /// What the check of the data found, which pages show.
    pub findings: Vec<Finding>,
    /// The program that answers queries about them, one after the other: what [`answer_queries`](super::answer_queries) does.
    pub program: Program,
    /// The files that this program reads, if they are not those that the graph was read from.
    pub snapshot: Option<Snapshot>,
}

/// What a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The time until it is answered.
    pub time: Duration,
    /// The bytes of memory, besides what the graph takes.
    pub memory: usize,
    /// The rows or triples of its answer.
    pub rows: usize,
}

/// What a server tells of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
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
    /// The data changed, and what they are now took over.
    Renewed {
        /// What the check of the data found.
        findings: Vec<Finding>,
        /// How many entities there are.
        entities: usize,
        /// How many statements.
        statements: usize,
    },
    /// The data changed, and what they are now is not shown.
    Refused {
        /// What the check of the data found.
        findings: Vec<Finding>,
        /// Why they cannot be read, if they cannot.
        reason: Option<String>,
    },
    /// It was told to end, and waits for what is being answered.
    Ending,
}

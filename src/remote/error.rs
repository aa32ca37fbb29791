//! Why a store could not be asked, or is not as it should be.

use std::io;
use std::time::Duration;

use crate::export::ExportError;
use crate::query::QueryError;

/// Why something with a store elsewhere failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RemoteError {
    /// That is no address that can be asked.
    #[error("`{address}` is no address of a store: {reason}")]
    Address {
        /// What was given, without a login.
        address: String,
        /// Why.
        reason: &'static str,
    },
    /// A login would be sent so that others can read it.
    #[error("the login is not sent to {address}, because everyone on the way could read it")]
    OpenLogin {
        /// Where it would go.
        address: String,
    },
    /// A login has characters that a header cannot hold.
    #[error("the login has a character that cannot be sent")]
    Login,
    /// This machine cannot speak TLS.
    #[error("this processor cannot speak TLS: {0}")]
    NoTls(&'static str),
    /// There are no certificates to trust.
    #[error("the system has no certificates to trust")]
    NoCertificates,
    /// The connection could not be made, or broke off.
    #[error("{method} {address} was not answered")]
    NotAnswered {
        /// What was asked.
        method: &'static str,
        /// Where.
        address: String,
        /// The cause.
        #[source]
        source: Box<ureq::Error>,
    },
    /// The answer broke off.
    #[error("the answer of {address} broke off, or cannot be read")]
    BrokenOff {
        /// Where from.
        address: String,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The answer says no.
    #[error("{method} {address} was answered with {status}{}", more(said))]
    Refused {
        /// What was asked.
        method: &'static str,
        /// Where.
        address: String,
        /// The status of HTTP.
        status: u16,
        /// How long to wait before it is asked again, if the answer says so.
        wait: Option<Duration>,
        /// The beginning of what else it says.
        said: String,
    },
    /// There is nothing at the address.
    #[error("there is no store at {address}")]
    NoStore {
        /// What was asked.
        address: String,
    },
    /// A graph would have to hold what is in another one too.
    #[error("the graph {0} is one of the data set itself, and cannot take what is in none")]
    SameGraph(String),
    /// The answer leads elsewhere, which is not followed.
    #[error("{address} leads to {to}")]
    Elsewhere {
        /// What was asked.
        address: String,
        /// Where it leads.
        to: String,
    },
    /// The answer is in another format.
    #[error("{address} answered with {media_type}, not with {wanted}")]
    MediaType {
        /// Where from.
        address: String,
        /// What it is.
        media_type: String,
        /// What could be read.
        wanted: &'static str,
    },
    /// Nobody could tell whether the answer is whole.
    #[error("{address} does not say where its answer ends, so that a part could be taken for the whole")]
    Unframed {
        /// Where from.
        address: String,
    },
    /// The answer is larger than it may be.
    #[error("the answer of {address} has more than {limit} {what}")]
    TooMuch {
        /// Where from.
        address: String,
        /// How much there may be.
        limit: u64,
        /// Of what.
        what: &'static str,
    },
    /// What is in the store is not what was sent.
    #[error("{} is not what was sent: {found} triples came back, {} were sent", graph(name.as_ref()), sent)]
    Different {
        /// The graph; nothing for the default graph.
        name: Option<String>,
        /// How many triples were sent.
        sent: u64,
        /// How many came back.
        found: u64,
    },
    /// Queries find something else than what was sent, or got.
    #[error("{address} counts {found} triples in {}, not {expected}", graph(name.as_ref()))]
    Counted {
        /// The address of queries.
        address: String,
        /// The graph; nothing for the default graph.
        name: Option<String>,
        /// How many triples there should be.
        expected: u64,
        /// How many were counted.
        found: u64,
    },
    /// It was tried as often as it may be.
    #[error("given up after {tries} tries")]
    GivenUp {
        /// How often.
        tries: u32,
        /// What happened the last time.
        #[source]
        last: Box<Self>,
    },
    /// The graph cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The query cannot be asked.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// What is sent could not be made.
    #[error("cannot pack what is sent")]
    Pack(#[from] io::Error),
}

/// What else an answer says, after its status.
fn more(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// A graph, as messages name it.
fn graph(name: Option<&String>) -> String {
    name.map_or_else(|| "the default graph".to_owned(), |name| format!("the graph {name}"))
}

impl RemoteError {
    /// Why an answer that may have so many bytes has no end.
    pub(super) fn broken_off(address: String, source: io::Error, most: u64) -> Self {
        if source.kind() == io::ErrorKind::FileTooLarge {
            return Self::TooMuch { address, limit: most, what: "bytes" };
        }
        Self::BrokenOff { address, source }
    }

    /// Tells whether the same might be answered otherwise if it is asked again.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::NotAnswered { source, .. } => matches!(
                **source,
                ureq::Error::Io(_)
                    | ureq::Error::Timeout(_)
                    | ureq::Error::Protocol(_)
                    | ureq::Error::HostNotFound
                    | ureq::Error::ConnectionFailed
                    | ureq::Error::ConnectProxyFailed(_)
            ),
            Self::BrokenOff { .. } => true,
            Self::Refused { status, .. } => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Returns how long to wait before it is asked again, if it was said.
    pub(super) fn wait(&self) -> Option<Duration> {
        if let Self::Refused { wait, .. } = self { *wait } else { None }
    }
}

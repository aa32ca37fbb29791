//! Why there is no server.

use std::error::Error;
use std::io;
use std::net::SocketAddr;

/// Why a server cannot begin, or must end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// A thread or the runtime cannot be started.
    #[error("cannot start a thread")]
    Thread(#[source] io::Error),
    /// Who speaks with the server does not speak the Model Context Protocol.
    #[error("the other side does not speak the Model Context Protocol")]
    Conversation(#[source] Box<dyn Error + Send + Sync>),
    /// What spoke with the other side ended by a mistake in it.
    #[error("the conversation was broken off")]
    Ended,
    /// What the process of queries is told, or tells, cannot be passed on.
    #[error("cannot speak with the server")]
    Pipe(#[from] io::Error),
}

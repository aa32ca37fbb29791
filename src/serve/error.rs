//! Why there is no server.

use std::io;
use std::net::SocketAddr;

/// Why a server cannot begin, or must end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
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
    /// What the process of queries is told, or tells, cannot be passed on.
    #[error("cannot speak with the server")]
    Pipe(#[from] io::Error),
}

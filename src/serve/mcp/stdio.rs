//! The protocol over stdin and stdout: a line for each message.

use std::sync::Arc;
use std::time::Duration;

use rmcp::service::{ServerInitializeError, serve_server};
use rmcp::transport::stdio;
use tokio::runtime;

use super::speaker::Speaker;
use crate::serve::error::ServeError;
use crate::serve::listen::told_to_end;
use crate::serve::options::{Data, Options};
use crate::serve::server::Server;

/// How long the thread that reads stdin is waited for, which nothing can interrupt.
const LAST: Duration = Duration::from_millis(100);

/// Speaks with the program at stdin and stdout until it goes away, or the process is told to end.
///
/// Of the options, those of queries count: nothing is listened on.
///
/// # Errors
///
/// If no thread can be started, or the other side does not speak the protocol.
pub fn converse(data: Data, options: Options) -> Result<(), ServeError> {
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(options.processes.clamp(2, 8))
        .enable_all()
        .build()
        .map_err(ServeError::Thread)?;
    let ended = runtime.block_on(async {
        let end = told_to_end()?;
        let server = Arc::new(Server::new(data, options, Arc::new(|_| ()))?);
        let pool = server.served.pool.clone();
        tokio::spawn(async move { pool.warm().await });
        tokio::select! {
            spoken = speak(server) => spoken,
            () = end => Ok(()),
        }
    });
    runtime.shutdown_timeout(LAST);
    ended
}

async fn speak(server: Arc<Server>) -> Result<(), ServeError> {
    match serve_server(Speaker::new(server, None), stdio()).await {
        Ok(running) => {
            running.waiting().await.map_err(|_| ServeError::Ended)?;
            Ok(())
        }
        // It went away before it said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(ServeError::Conversation(Box::new(error))),
    }
}

//! The protocol over stdin and stdout: a line for each message.

use std::sync::Arc;
use std::time::Duration;

use rmcp::service::{ServerInitializeError, serve_server};
use rmcp::transport::stdio;

use super::speaker::Speaker;
use crate::serve::error::ServeError;
use crate::serve::listen::told_to_end;
use crate::serve::options::{Data, Event, Options};
use crate::serve::server::{Current, Server};
use crate::serve::threads::runtime;
use crate::serve::watch::{Watch, follow};

/// How long the thread that reads stdin is waited for, which nothing can interrupt.
const LAST: Duration = Duration::from_millis(100);

/// Speaks with the program at stdin and stdout until it goes away, or the process is told to end.
///
/// With a `watch` the data are read again when they have changed. `tell` is told what comes of it. Of the options, those of
/// queries count: nothing is listened on.
///
/// # Errors
///
/// If no thread can be started, or the other side does not speak the protocol.
pub(crate) fn converse(
    data: Data,
    watch: Option<Watch>,
    options: Options,
    tell: impl Fn(&Event) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let runtime = runtime(options.processes)?;
    let ended = runtime.block_on(async {
        let end = told_to_end()?;
        let current = Current::new(Server::new(data, options, Arc::new(tell))?);
        let pool = current.now().served.pool.clone();
        tokio::spawn(async move { pool.warm().await });
        if let Some(watch) = watch {
            tokio::spawn(follow(watch, current.clone()));
        }
        tokio::select! {
            spoken = speak(current) => spoken,
            () = end => Ok(()),
        }
    });
    runtime.shutdown_timeout(LAST);
    ended
}

async fn speak(current: Current) -> Result<(), ServeError> {
    match serve_server(Speaker::new(current, None), stdio()).await {
        Ok(running) => {
            running.waiting().await.map_err(|_| ServeError::Ended)?;
            Ok(())
        }
        // It went away before it said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(ServeError::Conversation(Box::new(error))),
    }
}

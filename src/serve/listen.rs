//! Connections: so many at once, each with limits of what it may send and of how long it may take.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::error::ServeError;
use super::options::{Data, Event, Options};
use super::patient::Patient;
use super::route::router;
use super::server::{Current, Peer, Server};
use super::threads::runtime;
use super::watch::{Watch, follow};
use crate::ended::{self, Who};

/// The most connections at once.
const MOST_CONNECTIONS: usize = 512;
/// The most bytes of the head of a request, in which a query may stand.
const MOST_HEAD: usize = 256 << 10;
/// How long the head of a request may take, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(15);
/// How long what is being answered may take when the server ends.
const LAST: Duration = Duration::from_secs(10);

/// Answers requests about data until the process is told to end.
///
/// With a `watch` the data are read again when they have changed. `tell` is told what happens.
///
/// # Errors
///
/// If the address cannot be listened on, or no thread can be started.
pub(crate) fn run(
    data: Data,
    watch: Option<Watch>,
    options: Options,
    tell: impl Fn(&Event) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let runtime = runtime(options.processes)?;
    let served = runtime.block_on(async {
        let address = options.address;
        let listener = TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
        let end = told_to_end()?;
        let current = Current::new(Server::new(data, options, Arc::new(tell))?);
        let address = listener.local_addr().map_err(|source| ServeError::Listen { address, source })?;
        let server = current.now();
        (server.tell)(&Event::Listening { address });
        let (pages, pool) = (server.served.pages.clone(), server.served.pool.clone());
        tokio::spawn(async move {
            // The first page needs the processors more. Who asks a query before gets a process at once.
            drop(pages.with(|_| ()).await);
            pool.warm().await
        });
        if let Some(watch) = watch {
            tokio::spawn(follow(watch, current.clone()));
        }
        drop(server);
        accept(&listener, &current, end).await;
        Ok(())
    });
    // Data may be being read.
    runtime.shutdown_timeout(LAST);
    served
}

/// Waits until the process is told to end.
pub(super) fn told_to_end() -> Result<impl Future<Output = ()>, ServeError> {
    let told = ended::told_to_end(Who::Server).map_err(ServeError::Thread)?;
    ended::ends_by_itself();
    Ok(async move {
        if told.await.is_none() {
            std::future::pending::<()>().await;
        }
    })
}

async fn accept(listener: &TcpListener, current: &Current, end: impl Future<Output = ()>) {
    let router = router(current.clone());
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let (ending, ended) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut end = std::pin::pin!(end);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        tokio::select! {
            () = &mut end => break,
            accepted = listener.accept() => {
                // A connection that could not be accepted is the loss of who tried.
                let Ok((stream, peer)) = accepted else {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                };
                let connection = connection(stream, peer, router.clone(), ended.clone());
                connections.spawn(async move {
                    connection.await;
                    drop(place);
                });
                while connections.try_join_next().is_some() {}
            }
        }
    }
    (current.now().tell)(&Event::Ending);
    ending.send_replace(true);
    let all = async { while connections.join_next().await.is_some() {} };
    // What takes longer is broken off.
    drop(timeout(LAST, all).await);
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, mut ending: watch::Receiver<bool>) {
    // Small answers are sent at once.
    drop(stream.set_nodelay(true));
    let service = TowerToHyperService::new(router.layer(axum::Extension(Peer(peer))));
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let request: Request = request.map(axum::body::Body::new);
        hyper::service::Service::call(&service, request)
    });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(MOST_HEAD)
            .serve_connection(TokioIo::new(Patient::new(stream)), service)
    );
    tokio::select! {
        // The client went away, or was too slow.
        result = &mut connection => drop(result),
        () = async { drop(ending.wait_for(|ending| *ending).await) } => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}

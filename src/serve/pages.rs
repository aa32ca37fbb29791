//! The pages of the site, made by threads that share one of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

use tokio::sync::oneshot;

use super::problem::Problem;
use super::threads::STACK;
use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::publish::Site;

/// What is done with the site.
type Work = Box<dyn for<'s, 'g> FnOnce(&'s Site<'g>) + Send>;

/// Threads that make pages. They end when the last copy of this is dropped.
#[derive(Clone)]
pub(super) struct Pages(SyncSender<Work>);

/// How much may wait to be done.
const MOST_WAITING: usize = 1024;

impl Pages {
    /// Starts threads that make pages of a graph. What they need to know of it they look up first.
    pub(super) fn start(graph: Arc<KnowledgeGraph>, findings: Vec<Finding>, threads: usize) -> io::Result<Self> {
        let (sender, receiver) = sync_channel::<Work>(MOST_WAITING);
        let named = |name: &str| thread::Builder::new().name(name.to_owned()).stack_size(STACK);
        named("site").spawn(move || {
            let site = Site::new(&graph, &findings, graph.languages(None)).served();
            let receiver = Mutex::new(receiver);
            thread::scope(|scope| {
                for _ in 1..threads {
                    // With fewer threads the rest do the work.
                    drop(named("pages").spawn_scoped(scope, || work(&site, &receiver)));
                }
                work(&site, &receiver);
            });
        })?;
        Ok(Self(sender))
    }

    /// Does something with the site, when its turn comes.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Site<'_>) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |site| {
            if !sender.is_closed() {
                // Who asked may have gone away.
                drop(sender.send(work(site)));
            }
        });
        self.0.try_send(work).map_err(|error| match error {
            TrySendError::Full(_) => Problem::busy(1),
            TrySendError::Disconnected(_) => Problem::internal(),
        })?;
        receiver.await.map_err(|_| Problem::internal())
    }
}

/// Does one work after the other.
fn work(site: &Site<'_>, receiver: &Mutex<Receiver<Work>>) {
    loop {
        let Ok(work) = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv() else { return };
        // Whoever waits for a page in which there is a mistake is told so; the next is made nevertheless.
        drop(catch_unwind(AssertUnwindSafe(|| work(site))));
    }
}

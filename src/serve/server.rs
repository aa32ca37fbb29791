//! What all requests share.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use tokio::sync::OnceCell;

use super::digest;
use super::error::ServeError;
use super::options::{Event, Options};
use super::pages::Pages;
use super::pool::Pool;
use super::rate::Rates;
use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::SearchIndex;

/// What answers are made from.
pub(super) struct Served {
    pub(super) graph: Arc<KnowledgeGraph>,
    pub(super) languages: Vec<Language>,
    pub(super) pages: Pages,
    pub(super) pool: Pool,
    /// The files that pages use, made when the first is asked for: name, media type, text.
    pub(super) assets: OnceCell<Vec<(&'static str, &'static str, Bytes)>>,
    /// The names of all entities, for a search: made when the first is asked for.
    names: OnceLock<Arc<SearchIndex>>,
    /// The digest of the data.
    pub(super) digest: String,
}

impl Served {
    /// Returns the names of all entities, for a search.
    pub(super) fn names(&self) -> &Arc<SearchIndex> {
        self.names.get_or_init(|| Arc::new(SearchIndex::new(&self.graph)))
    }
}

/// A server.
pub(super) struct Server {
    pub(super) options: Options,
    pub(super) served: Served,
    pub(super) rates: Rates,
    pub(super) tell: Tell,
}

/// Whom a server tells what happens.
pub(super) type Tell = Box<dyn Fn(&Event) + Send + Sync>;

/// The address that a request comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

impl Server {
    /// Returns a server of a graph, with what the check of its data found. Its pages are made ready meanwhile.
    pub(super) fn new(
        graph: KnowledgeGraph,
        findings: Vec<Finding>,
        options: Options,
        tell: Tell,
    ) -> Result<Self, ServeError> {
        let graph = Arc::new(graph);
        let languages = graph.languages(None);
        let digest = digest::of_data(&graph);
        let pages = Pages::start(Arc::clone(&graph), findings, options.processes).map_err(ServeError::Thread)?;
        let pool = Pool::new(options.program.clone(), options.processes, digest.clone());
        let served = Served { graph, languages, pages, pool, assets: OnceCell::new(), names: OnceLock::new(), digest };
        let rates = Rates::new(options.rate);
        Ok(Self { options, served, rates, tell })
    }
}

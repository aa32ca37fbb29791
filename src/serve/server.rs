//! What all requests share, and what the data are of which one is answered.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::body::Bytes;
use axum::extract::FromRef;
use tokio::sync::OnceCell;

use super::digest;
use super::error::ServeError;
use super::options::{Data, Event, Options};
use super::pages::Pages;
use super::pool::Pool;
use super::rate::Rates;
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::{Question, RefusedData, SearchIndex, questions};

/// The files that pages use: name, media type, text.
type Assets = Vec<(&'static str, &'static str, Bytes)>;

/// What answers are made from. It never changes; a copy is cheap, and of the same.
#[derive(Clone)]
pub(super) struct Served {
    pub(super) graph: Arc<KnowledgeGraph>,
    pub(super) languages: Vec<Language>,
    pub(super) pages: Pages,
    pub(super) pool: Pool,
    /// The files that pages use, made when the first is asked for.
    pub(super) assets: Arc<OnceCell<Assets>>,
    /// The names of all entities, for a search: made when the first is asked for.
    names: Arc<OnceLock<Arc<SearchIndex>>>,
    /// The questions by their names.
    pub(super) questions: Arc<Vec<Question>>,
    /// The digest of the data.
    of_data: String,
    /// The digest of all that an answer may depend on.
    pub(super) digest: String,
    /// What the data set is now, where that is not shown because of what is wrong with it.
    pub(super) refused: Option<Arc<RefusedData>>,
}

impl Served {
    fn of(data: Data, options: &Options) -> Result<Self, ServeError> {
        let Data { graph, findings, program, snapshot } = data;
        // Files of which there is a copy may be others by now; processes that read the copy tell its digest.
        let (stamp, of_program) = match &snapshot {
            Some(copy) => (copy.stamp().to_owned(), copy.inputs().stamp()),
            None => (graph.inputs().stamp(), graph.inputs().stamp()),
        };
        let of_program = digest::of_data(&graph, &of_program);
        let of_data = digest::of_data(&graph, &stamp);
        let pages = Pages::start(Arc::clone(&graph), findings, options.processes).map_err(ServeError::Thread)?;
        Ok(Self {
            languages: graph.languages(None),
            questions: Arc::new(questions(&graph)),
            graph,
            pages,
            pool: Pool::new(program, snapshot, options.processes, of_program),
            assets: Arc::default(),
            names: Arc::default(),
            digest: of_data.clone(),
            of_data,
            refused: None,
        })
    }

    /// Returns how many violations there are in what the data set is now, if that is not shown.
    pub(super) fn violations(&self) -> Option<usize> {
        self.refused.as_ref().map(|refused| refused.violations())
    }

    /// Returns the names of all entities, for a search.
    pub(super) fn names(&self) -> &Arc<SearchIndex> {
        self.names.get_or_init(|| Arc::new(SearchIndex::new(&self.graph)))
    }
}

/// What a request is answered by, from its beginning to its end.
pub(super) struct Server {
    pub(super) options: Arc<Options>,
    pub(super) served: Served,
    pub(super) rates: Arc<Rates>,
    pub(super) tell: Tell,
}

/// Whom a server tells what happens.
pub(super) type Tell = Arc<dyn Fn(&Event) + Send + Sync>;

/// The address that a request comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

impl Server {
    /// Returns a server of data. Its pages are made ready meanwhile.
    pub(super) fn new(data: Data, options: Options, tell: Tell) -> Result<Self, ServeError> {
        let rates = Arc::new(Rates::new(options.rate));
        Ok(Self { served: Served::of(data, &options)?, options: Arc::new(options), rates, tell })
    }

    /// Returns a server of other data that is the same otherwise.
    pub(super) fn with(&self, data: Data) -> Result<Self, ServeError> {
        Ok(self.of(Served::of(data, &self.options)?))
    }

    /// Returns a server of the same data whose pages say that others are refused.
    pub(super) fn refusing(&self, refused: RefusedData) -> Self {
        let digest = digest::short(&[&self.served.of_data, &refused.told()]);
        self.of(Served { digest, refused: Some(Arc::new(refused)), ..self.served.clone() })
    }

    fn of(&self, served: Served) -> Self {
        Self {
            options: Arc::clone(&self.options),
            served,
            rates: Arc::clone(&self.rates),
            tell: Arc::clone(&self.tell),
        }
    }
}

/// The server of now: another may take its place between two requests. Who answers one takes it once (`State<Arc<Server>>`),
/// so that an answer is of one state of the data.
#[derive(Clone)]
pub(super) struct Current(Arc<RwLock<Arc<Server>>>);

impl Current {
    pub(super) fn new(server: impl Into<Arc<Server>>) -> Self {
        Self(Arc::new(RwLock::new(server.into())))
    }

    pub(super) fn now(&self) -> Arc<Server> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn set(&self, server: Server) {
        let next = Arc::new(server);
        let before = std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), next);
        // It is given up when the last request that it answers ends, and not while others wait for this.
        drop(before);
    }
}

impl FromRef<Current> for Arc<Server> {
    fn from_ref(current: &Current) -> Self {
        current.now()
    }
}

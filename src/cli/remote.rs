//! What is common to the subcommands that ask stores elsewhere: login, patience, and what they say meanwhile.

use std::time::Duration;

use clap::Args;

use super::bounds::seconds;
use super::{CliError, Global};
use crate::graph::KnowledgeGraph;
use crate::rdf::base_iri;
use crate::remote::{Address, Event, Login, Options, Place};

/// How a store is asked.
#[derive(Debug, Args)]
pub(super) struct RemoteArgs {
    /// The address of its Graph Store Protocol, such as `http://localhost:7878/store`
    #[arg(value_name = "URL", value_parser = address)]
    store: Address,
    /// The address of its queries, by which triples are counted as well
    #[arg(long, value_name = "URL", value_parser = address)]
    endpoint: Option<Address>,
    /// The named graph for what is in none of its own [default: the base IRI of the data set]
    #[arg(long, value_name = "IRI", value_parser = iri, conflicts_with = "default_graph")]
    graph: Option<String>,
    /// The default graph of the store, in place of a named one
    #[arg(long)]
    default_graph: bool,
    /// Give up a request that takes so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = seconds)]
    timeout: Duration,
    /// Try a request so often, if the connection breaks off or the store is busy
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    tries: u32,
}

impl RemoteArgs {
    /// Where the graph goes, or comes from.
    pub(super) fn place(&self, graph: &KnowledgeGraph) -> Place {
        let named = || self.graph.clone().unwrap_or_else(|| base_iri(graph).to_owned());
        let graph = (!self.default_graph).then(named);
        Place { store: self.store.clone(), endpoint: self.endpoint.clone(), graph }
    }

    /// How it is asked.
    pub(super) fn options(&self) -> Result<Options, CliError> {
        Ok(Options { login: login()?, timeout: self.timeout, tries: self.tries })
    }
}

/// Says what happens meanwhile.
pub(super) fn tell(global: &Global, event: &Event<'_>) {
    match event {
        Event::Again { error, pause } => {
            let mut causes = error.to_string();
            let mut next = std::error::Error::source(error);
            while let Some(cause) = next {
                causes.push_str(": ");
                causes.push_str(&cause.to_string());
                next = cause.source();
            }
            global.note(&format!("tried again in {pause:?}: {causes}"));
        }
        Event::Sent { graph, part, triples, bytes } => {
            let graph = graph.map_or_else(|| "the default graph".to_owned(), |graph| format!("<{graph}>"));
            global.note(&format!("sent part {part} of {graph}: {triples} triples, {bytes} bytes"));
        }
    }
}

/// The login, as the environment has it.
#[expect(clippy::disallowed_methods, reason = "the command line reads the environment")]
pub(super) fn login() -> Result<Option<Login>, CliError> {
    let value = |name: &str| match std::env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(CliError::new(format!("{name} is no UTF-8"))),
    };
    let (token, user) = (value("RAPPORTEUR_TOKEN")?, value("RAPPORTEUR_USER")?);
    match (token, user, value("RAPPORTEUR_PASSWORD")?) {
        (None, None, None) => Ok(None),
        (Some(token), None, None) => Ok(Some(Login::Bearer(token))),
        (None, Some(user), password) => Ok(Some(Login::Basic { user, password: password.unwrap_or_default() })),
        (None, None, Some(_)) => Err(CliError::new("RAPPORTEUR_PASSWORD is set, and RAPPORTEUR_USER is not")),
        (Some(_), _, _) => {
            let error = CliError::new("there are two logins in the environment");
            Err(error.help("set either RAPPORTEUR_TOKEN, or RAPPORTEUR_USER and RAPPORTEUR_PASSWORD"))
        }
    }
}

/// Reads an address.
pub(super) fn address(text: &str) -> Result<Address, String> {
    Address::parse(text).map_err(|error| error.to_string())
}

fn iri(text: &str) -> Result<String, String> {
    let iri = oxrdf::NamedNode::new(text).map_err(|_| "it is no absolute IRI".to_owned())?;
    Ok(iri.into_string())
}

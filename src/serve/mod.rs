//! The graph over HTTP: for people the pages of the site, for programs SPARQL and the data of each entity.
//!
//! [`run`] opens an address and answers until it is told to end. Pages are made by threads that share one
//! [`Site`](crate::publish::Site); queries are answered by processes of their own ([`answer_queries`] is what one of them
//! does), which can be ended whatever they do. Data that change are read again if a [`Watch`] is given, and take over between
//! two requests. Nothing is written but a copy of those for the processes, no file of the disk is sent, and nothing is asked
//! of anyone else. [`converse`] speaks with an assistant over stdin and stdout.

mod address;
mod answer;
mod data;
mod describe;
mod digest;
mod editor;
mod error;
mod explore;
mod flow;
mod frame;
mod guard;
mod job;
mod listen;
mod mcp;
mod negotiate;
mod options;
mod pages;
mod parameters;
mod patient;
mod pool;
mod problem;
mod process;
mod question;
mod rate;
mod reconcile;
mod route;
mod sent;
mod server;
mod sparql;
mod store;
mod threads;
mod watch;
mod wish;

pub(crate) use answer::answer_queries;
pub(crate) use listen::run;
pub(crate) use mcp::converse;
pub(crate) use options::{Data, Event, Limits, Options, Program};
pub(crate) use watch::Watch;

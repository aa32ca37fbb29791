use std::ffi::OsString;
use std::io::{self, BufReader, IsTerminal as _, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::thread;
use std::time::Duration;

use clap::Args;

use super::bounds::Bounds;
use super::data::Opened;
use super::{CliError, Global, Outcome};
use crate::serve::{self, Event, Limits, Options, Program};

/// Serve the data set: the site for people, SPARQL and the data of each entity for programs
///
/// The address is only that of this machine unless --bind says otherwise; put a proxy before it that speaks TLS. The log
/// on stderr has a line for each request. It ends when it is interrupted.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address and the port to listen on; port 0 is one that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// A name by which the server is asked, besides localhost; may be given several times
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// The address of a proxy that is believed when it says whom it asks for (X-Forwarded-For); may be given several times
    #[arg(long, value_name = "ADDRESS")]
    proxy: Vec<IpAddr>,
    /// The most queries a second from one address in the long run; 0 for no limit
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    rate: u32,
    /// The most queries at once; as many as there are processors unless given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=64))]
    processes: Option<u16>,
    #[command(flatten)]
    bounds: Bounds,
}

/// Answer the queries of a server, which starts this by itself
#[derive(Debug, Args)]
pub(super) struct Worker {}

impl Serve {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let options = self.options(global)?;
        let Opened { graph, findings } = global.open()?;
        let quiet = global.quiet;
        let is_terminal = io::stderr().is_terminal();
        serve::run(graph, findings, options, move |event| {
            if !quiet {
                // Nobody is left to be told if stderr is closed.
                drop(writeln!(io::stderr(), "{}", said(event, is_terminal)));
            }
        })?;
        Ok(Outcome::Clean)
    }

    fn options(&self, global: &Global) -> Result<Options, CliError> {
        let processes = match self.processes {
            Some(processes) => usize::from(processes),
            None => thread::available_parallelism().map_or(2, usize::from),
        };
        let memory = self.bounds.memory();
        let download = Limits { time: self.bounds.timeout, memory, rows: self.bounds.max_rows };
        Ok(Options {
            address: self.bind,
            hosts: self.host.clone(),
            proxies: self.proxy.clone(),
            rate: self.rate,
            program: Program { path: std::env::current_exe()?, arguments: global.arguments_of_worker()? },
            processes,
            page: Limits {
                time: download.time.min(Duration::from_secs(10)),
                memory,
                rows: self.bounds.max_rows.min(10_000),
            },
            download,
        })
    }
}

impl Worker {
    #[expect(clippy::unused_self, reason = "subcommands are all run in the same way")]
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        serve::answer_queries(graph, BufReader::new(io::stdin()), &mut io::stdout().lock())?;
        Ok(Outcome::Clean)
    }
}

impl Global {
    /// The arguments with which the program reads the same data to answer queries.
    fn arguments_of_worker(&self) -> Result<Vec<OsString>, CliError> {
        let mut arguments: Vec<OsString> = vec!["worker".into(), "--quiet".into()];
        match self.source()? {
            crate::read::Source::Folder(path) | crate::read::Source::File(path) => {
                arguments.extend(["--data".into(), path.into_os_string()]);
            }
            crate::read::Source::Embedded => {}
        }
        for path in &self.ontology {
            arguments.extend(["--ontology".into(), path.clone().into_os_string()]);
        }
        Ok(arguments)
    }
}

/// A line of the log. What a client sends is shown as it came, which is ASCII that can be seen.
fn said(event: &Event, is_terminal: bool) -> String {
    match event {
        Event::Listening { address } if is_terminal => format!("listening: http://{address}/ (end with Ctrl-C)"),
        Event::Listening { address } => format!("listening: http://{address}/"),
        Event::Answered { from, method, path, status, after } => {
            format!("{} {method} {path} {status} {:.1} ms", from.ip(), after.as_secs_f64() * 1000.0)
        }
        Event::Ending => "ending: what is being answered is waited for".to_owned(),
    }
}

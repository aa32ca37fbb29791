use std::ffi::OsString;
use std::io::{self, BufReader, IsTerminal as _, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use clap::Args;

use super::bounds::Bounds;
use super::browser;
use super::data::count;
use super::{CliError, Global, Outcome};
use crate::finding::Severity;
use crate::model::escape_controls;
use crate::read::Source;
use crate::serve::{self, Data, Event, Limits, Options, Program, Watch};
use crate::temporary;

/// Serve the data set: the site for people, SPARQL and the data of each entity for programs
///
/// The address is only that of this machine unless --bind says otherwise; put a proxy before it that speaks TLS. The log
/// on stderr has a line for each request. It ends when it is interrupted.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address and the port to listen on, or a port of this machine alone; port 0 is one that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878", value_parser = listened)]
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
    #[command(flatten)]
    processes: Processes,
    /// Read the data set again when its files change; while it has violations, what it was before is served
    #[arg(long)]
    watch: bool,
    /// Open the start in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    bounds: Bounds,
}

/// How many queries are answered at once.
#[derive(Debug, Args)]
pub(super) struct Processes {
    /// The most queries at once; as many as there are processors unless given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=64))]
    processes: Option<u16>,
}

/// Answer the queries of a server, which starts this by itself
#[derive(Debug, Args)]
pub(super) struct Worker {}

impl Serve {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let options = self.options();
        let (data, watch) = global.data_to_serve(self.watch)?;
        let (global, is_opened) = (global.clone(), self.open);
        let is_unnamed = self.host.is_empty() && !self.bind.ip().is_loopback();
        let served = serve::run(data, watch, options, move |event| {
            // Nobody is left to be told if stderr is closed.
            drop(tell(event, &global));
            if is_unnamed && matches!(event, Event::Listening { .. }) {
                global.note("note: it is reached by addresses in digits only; give its name with --host");
            }
            if let Event::Listening { address } = event
                && is_opened
            {
                open(*address);
            }
        });
        // Data may still be being read; that is not waited for any longer.
        temporary::discard();
        served?;
        Ok(Outcome::Clean)
    }

    fn options(&self) -> Options {
        Options {
            address: self.bind,
            hosts: self.host.clone(),
            proxies: self.proxy.clone(),
            rate: self.rate,
            ..of_queries(&self.processes, &self.bounds)
        }
    }
}

/// How queries are answered, by nobody but who started this.
pub(super) fn of_queries(processes: &Processes, bounds: &Bounds) -> Options {
    let processes = match processes.processes {
        Some(processes) => usize::from(processes),
        None => thread::available_parallelism().map_or(2, usize::from),
    };
    let memory = bounds.memory();
    let download = Limits { time: bounds.timeout, memory, rows: bounds.max_rows };
    Options {
        address: SocketAddr::from(([127, 0, 0, 1], 0)),
        hosts: Vec::new(),
        proxies: Vec::new(),
        rate: 0,
        processes,
        page: Limits { time: download.time.min(Duration::from_secs(10)), memory, rows: bounds.max_rows.min(10_000) },
        download,
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
    /// The data set, with what answers queries about it; and how it is read again, if it is to be watched.
    pub(super) fn data_to_serve(&self, is_watched: bool) -> Result<(Data, Option<Watch>), CliError> {
        if !is_watched {
            return Ok((self.data()?, None));
        }
        let mut watch = self.watch()?;
        Ok((watch.read().map_err(CliError::new)?, Some(watch)))
    }

    fn data(&self) -> Result<Data, CliError> {
        let (graph, findings) = self.open_and_ask()?;
        let program = program(&self.source()?, &self.ontology)?;
        Ok(Data { graph, findings, program, snapshot: None })
    }

    /// The data set, to be read again when it changes.
    fn watch(&self) -> Result<Watch, CliError> {
        let source = self.source()?;
        self.note_source(&source);
        let path = std::env::current_exe()?;
        let global = self.clone();
        let again = source.clone();
        Ok(Watch::new(
            source,
            self.ontology.clone(),
            Box::new(move || {
                let ontology = global.ontology().map_err(CliError::into_source)?;
                Ok(crate::open(&again, ontology)?)
            }),
            Box::new(move |source, ontology| Program { path: path.clone(), arguments: arguments(source, ontology) }),
        ))
    }
}

/// An address with a port. What only has a port is meant for this machine.
fn listened(text: &str) -> Result<SocketAddr, &'static str> {
    let port = text.strip_prefix("localhost:").or_else(|| text.strip_prefix(':')).unwrap_or(text).parse();
    match port {
        Ok(port) => Ok(SocketAddr::from(([127, 0, 0, 1], port))),
        Err(_) => {
            text.parse().map_err(|_| "write an address in digits and a port, as in 192.0.2.7:7878, or a port alone")
        }
    }
}

/// The program that answers queries about a data set.
fn program(source: &Source, ontology: &[PathBuf]) -> Result<Program, CliError> {
    Ok(Program { path: std::env::current_exe()?, arguments: arguments(source, ontology) })
}

/// The arguments with which the program reads a data set to answer queries.
fn arguments(source: &Source, ontology: &[PathBuf]) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["worker".into(), "--quiet".into()];
    match source {
        Source::Folder(path) | Source::File(path) => arguments.extend(["--data".into(), path.into()]),
        // What is served is whole.
        Source::Part(_) | Source::Embedded => {}
    }
    arguments.extend(ontology.iter().flat_map(|path| ["--ontology".into(), path.into()]));
    arguments
}

/// Opens what a server sends in the browser; if there is none, says where it is.
fn open(listening: SocketAddr) {
    let address = browser::address_of(listening);
    let shown = address.clone();
    browser::open(&address, move || drop(writeln!(io::stderr(), "no browser could be opened; open {shown}")));
}

/// Writes what a server tells to stderr. Requests are not told to those who want it quiet.
pub(super) fn tell(event: &Event, global: &Global) -> Result<(), CliError> {
    match event {
        Event::Answered { .. } | Event::Listening { .. } | Event::Ending if global.quiet => return Ok(()),
        Event::Renewed { findings, .. } | Event::Refused { findings, .. } => global.show_findings(findings)?,
        Event::Answered { .. } | Event::Listening { .. } | Event::Ending => {}
    }
    writeln!(io::stderr(), "{}", said(event, io::stderr().is_terminal()))?;
    Ok(())
}

/// A line of the log. What a client sends is shown as it came, which is ASCII that can be seen.
fn said(event: &Event, is_terminal: bool) -> String {
    match event {
        Event::Listening { address } if is_terminal => format!("listening: http://{address}/ (end with Ctrl-C)"),
        Event::Listening { address } => format!("listening: http://{address}/"),
        Event::Answered { from, method, path, status, after } => {
            format!("{} {method} {path} {status} {:.1} ms", from.ip(), after.as_secs_f64() * 1000.0)
        }
        Event::Renewed { entities, statements, .. } => {
            format!("renewed: the data set has changed; it has {entities} entities and {statements} statements now")
        }
        Event::Refused { reason: Some(reason), .. } => {
            format!("kept: the data set has changed, but cannot be read: {}", escape_controls(reason))
        }
        Event::Refused { findings, reason: None } => format!(
            "kept: the data set has changed, but has {} violations; what it was before is served",
            count(findings, Severity::Violation)
        ),
        Event::Ending => "ending: what is being answered is waited for".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_one_of_this_machine() {
        for text in ["7878", ":7878", "localhost:7878", "127.0.0.1:7878"] {
            assert_eq!(listened(text).map(|address| address.to_string()), Ok("127.0.0.1:7878".to_owned()), "{text}");
        }
        assert_eq!(listened("[::1]:0").map(|address| address.ip().is_loopback()), Ok(true));
        for text in ["", "localhost", "localhost7878", "example.org:80", "78780", "127.0.0.1"] {
            assert!(listened(text).is_err(), "{text}");
        }
    }
}

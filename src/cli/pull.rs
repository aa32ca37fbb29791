use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::export::profile;
use super::remote::{RemoteArgs, tell};
use super::size::size;
use super::{CliError, Global, Outcome, is_stdout};
use crate::export::{self, Format};
use crate::rdf::Profile;
use crate::remote;

/// Get the graph back from a SPARQL store, as a push has put it there
///
/// It is written as sorted lines: N-Triples, or N-Quads if the profile has named graphs. Login is by the environment:
/// `RAPPORTEUR_USER` and `RAPPORTEUR_PASSWORD`, or `RAPPORTEUR_TOKEN`.
#[derive(Debug, Args)]
pub(super) struct Pull {
    #[command(flatten)]
    remote: RemoteArgs,
    /// The file to write, or - for stdout
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// The profile that the graph was sent in: graphs gets the named graph of each source document too
    #[arg(long, value_name = "PROFILE", default_value = "statements", value_parser = profile)]
    profile: Profile,
    /// The most bytes that are taken, unpacked
    #[arg(long, value_name = "SIZE", default_value = "4GB", value_parser = size)]
    max_bytes: u64,
}

impl Pull {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let has_graphs = self.profile.needs_named_graphs();
        let expected = if has_graphs { Format::NQuads } else { Format::NTriples };
        let is_stdout = is_stdout(&self.output);
        let named = Format::from_path(&self.output).filter(|_| !is_stdout);
        if named.is_some_and(|named| named != expected && (has_graphs || named != Format::NQuads)) {
            let error = CliError::new(format!("the graph comes as {}", expected.name()));
            return Err(error.help(format!("name a file that ends in .{}", expected.extension())));
        }
        let options = self.remote.options()?;
        let graph = global.open_for_reading()?;
        if !is_stdout {
            global.may_write(&graph, &self.output)?;
        }
        let place = self.remote.place(&graph);
        let tell = |event: &remote::Event<'_>| tell(global, event);
        let pulled = remote::pull(&graph, self.profile, &place, self.max_bytes, &options, &tell)?;
        if let Some(missing) = pulled.missing.first() {
            let error = CliError::new(format!("the store has no graph {missing}"));
            return Err(
                error.help("name the graph with --graph IRI or --default-graph, and the profile that it was sent in")
            );
        }
        let write = |out: &mut dyn Write| pulled.lines.iter().try_for_each(|line| writeln!(out, "{line}"));
        if is_stdout {
            let mut out = io::BufWriter::new(io::stdout().lock());
            write(&mut out)?;
            out.flush()?;
        } else {
            export::write_file(&self.output, |out| Ok(write(out)?))?;
        }
        global.note(&format!("{} triples", pulled.lines.len()));
        Ok(Outcome::Clean)
    }
}

use clap::Args;

use super::data::{Opened, outcome};
use super::export::profile;
use super::remote::{RemoteArgs, tell};
use super::size::size;
use super::{CliError, Global, Outcome};
use crate::export::Cut;
use crate::rdf::Profile;
use crate::remote;

/// Put the graph into a SPARQL store, and look whether it arrived
///
/// Each graph replaces the one of its name in the store, in parts that are packed and sent again if the connection breaks
/// off; nothing is ever doubled. At the end all triples are got back and compared. Login is by the environment:
/// `RAPPORTEUR_USER` and `RAPPORTEUR_PASSWORD`, or `RAPPORTEUR_TOKEN`. Nothing is sent if the data set has violations.
#[derive(Debug, Args)]
pub(super) struct Push {
    #[command(flatten)]
    remote: RemoteArgs,
    /// How statements carry their sources: direct, statements, rdf12 or graphs
    #[arg(long, value_name = "PROFILE", default_value = "statements", value_parser = profile)]
    profile: Profile,
    /// The most bytes of a part as it is sent, such as 500kB, 16MB or 1GB
    #[arg(long, value_name = "SIZE", default_value = "16MB", value_parser = size)]
    split: u64,
    /// Do not pack parts with gzip, which some stores do not unpack
    #[arg(long)]
    plain: bool,
}

impl Push {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let options = self.remote.options()?;
        let Opened { graph, findings } = global.open()?;
        global.show_findings(&findings)?;
        if outcome(&findings) == Outcome::Violations {
            global.note("nothing is sent, because the data set has violations");
            return Ok(Outcome::Violations);
        }
        let (place, cut) = (self.remote.place(&graph), Cut { most: self.split, gzip: !self.plain });
        let pushed = remote::push(&graph, self.profile, &place, cut, &options, &|event| tell(global, event))?;
        for (name, triples) in &pushed.graphs {
            let name = name.as_ref().map_or_else(|| "the default graph".to_owned(), |name| format!("<{name}>"));
            global.note(&format!("{name} has the {triples} triples that were sent"));
        }
        if !pushed.is_as_sent {
            global.note("the store writes some numbers, days or tags of languages in a form of its own");
        }
        Ok(Outcome::Clean)
    }
}

use clap::Args;

use super::bounds::Bounds;
use super::serve::{Processes, of_queries, tell};
use super::{CliError, Global, Outcome};
use crate::{serve, temporary};

/// Let an assistant ask the data set: speak the Model Context Protocol over stdin and stdout
///
/// It is started by the program of the assistant, which is told of it once (docs/mcp.md), and ends with it. Over HTTP the same
/// is at /mcp of `rapporteur serve`.
#[derive(Debug, Args)]
pub(super) struct Mcp {
    #[command(flatten)]
    processes: Processes,
    /// Read the data set again when its files change; while it has violations, what it was before is asked
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    bounds: Bounds,
}

impl Mcp {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let (data, watch) = global.data_to_serve(self.watch)?;
        let told = global.clone();
        let ended = serve::converse(data, watch, of_queries(&self.processes, &self.bounds), move |event| {
            // Nobody is left to be told if stderr is closed.
            drop(tell(event, &told));
        });
        // Data may still be being read; that is not waited for any longer.
        temporary::discard();
        ended?;
        Ok(Outcome::Clean)
    }
}

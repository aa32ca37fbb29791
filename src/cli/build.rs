use std::cell::Cell;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use super::data::{outcome, unread};
use super::stats::write_stats;
use super::{CliError, Global, Outcome};
use crate::publish::{self, LeftOut, MakeSite, Reason};

/// Check the data set, then write everything: RDF, feeds, diagrams, a site and a manifest
///
/// The site begins at site/index.html in the folder: a page for each entity, paragraph, document, section, class, property
/// and picture, in each language, to be opened there or put on any web server. Nothing is written if the data set has
/// violations. The same data give the same bytes.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder to write to
    #[arg(long, short, value_name = "FOLDER", default_value = "out")]
    output: PathBuf,
    /// Make the site even if it has more than 20,000 pages
    #[arg(long)]
    site: bool,
}

impl Build {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let (graph, findings) = global.open_and_ask()?;
        global.show_findings(&findings)?;
        if outcome(&findings) == Outcome::Violations {
            global.note("nothing is written, because the data set has violations");
            return Ok(Outcome::Violations);
        }
        global.may_write(&graph, &self.output)?;
        let shown = Progress::begin(global);
        let progress = |done: usize, of: usize| shown.show(done, of);
        let site = if self.site { MakeSite::Always } else { MakeSite::IfSmall };
        let wanted = publish::Build { language: global.lang, site, progress: &progress };
        let built = publish::build(&graph, &findings, &self.output, wanted)?;
        for left in &built.left_out {
            global.note(&left_out(left));
        }
        if !global.quiet {
            write_stats(&graph, &mut io::stdout().lock())?;
        }
        if let Some(line) = unread(&findings) {
            global.note(&line);
        }
        let files = built.n_files + built.site.as_ref().map_or(0, |site| site.files);
        global.note(&format!("wrote {files} files to {}", self.output.display()));
        if let Some(site) = &built.site {
            let index = self.output.join("site").join("index.html");
            global.note(&format!("the site has {} pages: open {}", site.pages, index.display()));
        }
        Ok(Outcome::Clean)
    }
}

/// How far a build is: shown on a terminal when it takes long.
struct Progress {
    begun: Instant,
    /// When it was last shown; nothing where it is not.
    last: Option<Cell<Instant>>,
}

/// How long nothing is shown, and how long between two times that it is.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_millis(100));

impl Progress {
    fn begin(global: &Global) -> Self {
        let begun = Instant::now();
        let wanted = !global.quiet && io::stderr().is_terminal();
        Self { begun, last: wanted.then(|| Cell::new(begun)) }
    }

    fn show(&self, done: usize, of: usize) {
        let Some(last) = &self.last else { return };
        let now = Instant::now();
        if now - self.begun < PAUSES.0 || (now - last.get() < PAUSES.1 && done < of) {
            return;
        }
        last.set(now);
        // The line is cleared when all is done. Nobody is left to be told if stderr is closed.
        let line = if done < of { format!("\r\x1b[Kfiles of the site: {done} of {of}") } else { "\r\x1b[K".to_owned() };
        drop(io::stderr().write_all(line.as_bytes()));
    }
}

/// What is said of something that is not written.
pub(super) fn left_out(LeftOut { name, reason }: &LeftOut) -> String {
    let help = match reason {
        Reason::TooManyEntities { .. } => "; see `rapporteur draw --around`",
        Reason::TooManySections { .. } => "; see `rapporteur draw --section`",
        Reason::TooManyPages { .. } => "; `--site` makes it",
        Reason::NoRoom(_) => "",
    };
    format!("{name} is left out: {reason}{help}")
}

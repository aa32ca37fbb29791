use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::data::{Opened, outcome};
use super::size::size;
use super::view::ViewArgs;
use super::{CliError, Global, Outcome, is_stdout, one_of};
use crate::export::{self, Cut, ExportError, Format, Options, Shape};
use crate::graph::NodeFigure;
use crate::rdf::Profile;

/// Write the graph in one format
///
/// The format is that of the output's extension, or the one named with -f. Nothing is written if the data set has
/// violations, unless it is to keep going; the exit code is 1 then too.
#[derive(Debug, Args)]
pub(super) struct Export {
    #[arg(long, short, value_name = "FORMAT", value_parser = format, help = formats())]
    format: Option<Format>,
    #[command(flatten)]
    view: ViewArgs,
    /// The file or folder to write, or - for stdout
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// How statements carry their sources: direct, statements, rdf12 or graphs
    #[arg(long, value_name = "PROFILE", default_value = "statements", value_parser = profile)]
    profile: Profile,
    #[arg(long, value_name = "FIGURES", value_delimiter = ',', value_parser = figure, help = figures())]
    with: Vec<NodeFigure>,
    /// In CSV and XLSX, write headers, classes, properties and controlled values as labels, in the language of --lang
    #[arg(long)]
    labels: bool,
    /// Write a folder of parts of N-Triples or N-Quads, each of so many bytes at the most, such as 200MB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    split: Option<u64>,
    /// Pack each part with gzip
    #[arg(long, requires = "split")]
    gzip: bool,
    /// Say what a format is, who reads it and what it cannot carry, and write nothing
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    explain: Option<Format>,
    /// Write what could be linked although there are violations
    #[arg(long)]
    keep_going: bool,
}

impl Export {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        if let Some(format) = self.explain {
            write!(io::stdout().lock(), "{}: {}", format.name(), format.explanation())?;
            return Ok(Outcome::Clean);
        }
        let to_stdout = is_stdout(&self.output);
        let Some(format) = self.format.or_else(|| Format::from_path(&self.output)) else {
            let error = CliError::new("the format of the output is not known");
            return Err(error.help("name it with --format, or give the output an extension such as .ttl"));
        };
        if to_stdout && self.split.is_some() {
            return Err(CliError::new("parts are files in a folder").help("name one with -o FOLDER"));
        }
        if to_stdout && matches!(format.shape(), Shape::Folder(_)) {
            return Err(CliError::new(ExportError::Folder(format)).help("name one with -o FOLDER"));
        }
        let Opened { graph, findings } = global.open()?;
        let graph = Arc::new(graph);
        global.show_findings(&findings)?;
        let outcome = outcome(&findings);
        if outcome == Outcome::Violations && !self.keep_going {
            global.note("nothing is written, because the data set has violations");
            return Ok(Outcome::Violations);
        }
        let (view, languages) = (self.view.view(&graph, global)?, graph.languages(global.lang));
        let options = Options { profile: self.profile, view, languages, with: self.with.clone(), labels: self.labels };
        if let Some(most) = self.split {
            global.may_write(&graph, &self.output)?;
            export::write_split(&graph, format, &options, Cut { most, gzip: self.gzip }, &self.output)?;
        } else if to_stdout {
            let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout());
            export::write_graph(&graph, format, &options, &mut out)?;
            out.flush()?;
        } else {
            global.may_write(&graph, &self.output)?;
            export::write_to(&graph, format, &options, &self.output)?;
        }
        Ok(outcome)
    }
}

/// The help of the option that names a format.
fn formats() -> String {
    format!("The format: {}", Format::ALL.map(Format::name).join(", "))
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| one_of(Format::ALL.map(Format::name).into_iter()))
}

/// The help of the option that names figures.
fn figures() -> String {
    let names: Vec<_> = NodeFigure::all().map(NodeFigure::name).collect();
    format!("Figures of nodes to write as their attributes, with commas between them: {}", names.join(", "))
}

fn figure(name: &str) -> Result<NodeFigure, String> {
    NodeFigure::from_name(name).ok_or_else(|| one_of(NodeFigure::all().map(NodeFigure::name)))
}

/// Reads a profile's name.
pub(super) fn profile(name: &str) -> Result<Profile, String> {
    Profile::from_name(name).ok_or_else(|| one_of(Profile::ALL.map(Profile::name).into_iter()))
}

use std::fs;
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::export::profile;
use super::{CliError, Global, Outcome};
use crate::export::{FolderFormat, Format, Options, Shape};
use crate::rdf::Profile;
use crate::read::Part;
use crate::shard;

/// Do a step of what an engine does with a data set on many machines
///
/// --data names a folder with dataset.toml and the headers of the tables. What is read comes by stdin, what comes of it goes
/// to stdout.
#[derive(Debug, Args)]
pub(super) struct Shard {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Cut the bytes of a table into pieces that end where rows end
    Split {
        /// The character between cells; JSON Lines has none
        #[arg(long)]
        delimiter: Option<char>,
        /// How many bytes a piece has at least
        #[arg(long, default_value_t = 32 << 20)]
        length: u64,
    },
    /// Tell which tables are read in pieces, and why they cannot be
    Plan,
    /// Tell what the rows of a piece declare and name
    Rows {
        /// The name of the table's file
        #[arg(long)]
        table: String,
        /// The line where the piece begins
        #[arg(long)]
        line: u32,
    },
    /// Check the rows of a shard
    Check(Rows),
    /// Tell of which words of shards something alike is looked for
    Sought,
    /// Tell what is like some words, among some names
    Like,
    /// Write the last findings
    Finish,
    /// Write what of the output belongs to a shard
    Write {
        #[command(flatten)]
        rows: Rows,
        #[arg(long, short)]
        format: String,
        #[arg(long, default_value = "statements", value_parser = profile)]
        profile: Profile,
        /// Write what is said of the data set as well
        #[arg(long)]
        dataset: bool,
        /// A file with the columns that all shards use, as each has told them
        #[arg(long)]
        columns: Option<PathBuf>,
        /// Write the headers, and no row
        #[arg(long)]
        head: bool,
        /// The folder for formats that are one
        #[arg(long, short)]
        output: Option<PathBuf>,
    },
}

/// Where the rows of a shard come from.
#[derive(Debug, Args)]
struct Rows {
    /// The tables that are read in pieces
    #[arg(long = "table")]
    tables: Vec<String>,
    /// The ids of entities about which too much is said for one shard
    #[arg(long)]
    heavy: Vec<String>,
}

impl Shard {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        crate::parallel::leave_processors();
        let (mut input, mut out) =
            (BufReader::with_capacity(1 << 20, io::stdin()), BufWriter::new(io::stdout().lock()));
        let mut outcome = Outcome::Clean;
        match &self.step {
            Step::Split { delimiter, length } => match delimiter.map(u8::try_from) {
                Some(Ok(delimiter)) => shard::split(&mut input, delimiter, *length, &mut out)?,
                Some(Err(_)) => return Err(CliError::new("the character between cells is no byte")),
                None => shard::split_lines(&mut input, *length, &mut out)?,
            },
            Step::Plan => {
                let plan = shard::plan(global.folder()?, global.ontology()?)?;
                serde_json::to_writer(&mut out, &plan).map_err(io::Error::from)?;
            }
            Step::Rows { table, line } => {
                shard::rows(global.folder()?, global.ontology()?, table, *line, &mut input, &mut out)?;
            }
            Step::Check(rows) => shard::check(rows.part(global, &mut input)?, global.ontology()?, &mut out)?,
            Step::Sought => shard::sought(input, &mut out)?,
            Step::Like => shard::like(input, &mut out)?,
            Step::Finish => {
                if shard::finish(global.folder()?, global.ontology()?, input, &mut out)? {
                    outcome = Outcome::Violations;
                }
            }
            Step::Write { rows, format, profile, dataset, columns, head, output } => {
                let part = rows.part(global, &mut input)?;
                let format = Format::from_name(format).ok_or_else(|| CliError::new(format!("no format {format}")))?;
                let languages = global.lang.into_iter().collect();
                let options = Options { profile: *profile, languages, ..Options::default() };
                match format.shape() {
                    Shape::Folder(format) => {
                        let columns = columns.as_ref().map(fs::read_to_string).transpose()?.unwrap_or_default();
                        let columns: Vec<String> = columns.lines().map(str::to_owned).collect();
                        write_folder(part, global, format, &options, &columns, *head, output.as_ref())?;
                    }
                    _ => shard::write_blocks(part, global.ontology()?, format, &options, *dataset, &mut out)?,
                }
            }
        }
        out.flush()?;
        Ok(outcome)
    }
}

fn write_folder(
    part: Part,
    global: &Global,
    format: FolderFormat,
    options: &Options,
    columns: &[String],
    is_head: bool,
    output: Option<&PathBuf>,
) -> Result<(), CliError> {
    let Some(folder) = output else { return Err(CliError::new("the output is a folder, which has no name")) };
    Ok(shard::write_folder(part, global.ontology()?, format, options, columns, is_head, folder)?)
}

impl Rows {
    fn part(&self, global: &Global, input: &mut impl io::Read) -> Result<Part, CliError> {
        Ok(shard::part(global.folder()?, self.tables.clone(), self.heavy.iter().cloned().collect(), input)?)
    }
}

impl Global {
    /// The folder of the plan.
    fn folder(&self) -> Result<PathBuf, CliError> {
        self.data.clone().ok_or_else(|| CliError::new("the folder of the plan is not named"))
    }
}

//! The command line: one file for each subcommand, whose doc comment is its help.
//!
//! Only this module prints, reads the environment, names commands and options, and knows exit codes: 0 when all is well, 1 when there
//! are violations, 2 for wrong usage and failures. A closed pipe ends the program in silence.

mod ask;
mod bounds;
mod browser;
mod build;
mod check;
mod data;
mod draw;
mod ended;
mod error;
mod export;
mod figures;
mod groups;
mod help;
mod hint;
mod input;
mod mapping;
mod mcp;
mod new;
mod path;
mod phrases;
mod pull;
mod push;
mod query;
mod rank;
mod release;
mod remote;
mod serve;
mod shard;
mod shell;
mod show;
mod size;
mod stats;
mod text;
mod view;
mod words;

pub use error::CliError;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::export::write_file;
use crate::finding::{MessageFormat, Style};
use crate::graph::KnowledgeGraph;
use crate::model::{Language, escape_controls};

/// Links organizations, initiatives and events into one graph in which every statement cites its paragraph.
///
/// Without --data, the data set is the one in the current folder, else the only one under data/, else the one that is
/// part of the program.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// The options that every subcommand takes.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The data set's folder; or a file that is one alone: RDF, or a workbook that `export` wrote
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// A Turtle file with more terms for the ontology
    #[arg(long, global = true, value_name = "FILE")]
    ontology: Vec<PathBuf>,
    /// The language of names and pictures, such as ar
    #[arg(long, global = true, value_name = "TAG", value_parser = Language::parse)]
    lang: Option<Language>,
    /// Say nothing but results and what is wrong
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Show findings of severity info too
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Show all findings, not only the first of each kind
    #[arg(long, global = true)]
    all: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// How findings are written; with json, errors too
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    message_format: Messages,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Messages {
    Human,
    Short,
    Json,
    Sarif,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Build(build::Build),
    Release(release::Release),
    Check(check::Check),
    Export(export::Export),
    Query(query::Query),
    Ask(ask::Ask),
    Show(show::Show),
    Path(path::Path),
    Rank(rank::Rank),
    Groups(groups::Groups),
    Draw(draw::Draw),
    Stats(stats::Stats),
    Words(words::Words),
    Push(push::Push),
    Pull(pull::Pull),
    Serve(serve::Serve),
    Mcp(mcp::Mcp),
    #[command(hide = true)]
    Worker(serve::Worker),
    #[command(hide = true)]
    Shard(shard::Shard),
}

impl Command {
    /// Tells whether it has temporary files: who writes files does, and who keeps a copy of data that are watched.
    fn has_temporary_files(&self) -> bool {
        match self {
            Self::New(_)
            | Self::Build(_)
            | Self::Release(_)
            | Self::Export(_)
            | Self::Draw(_)
            | Self::Pull(_)
            | Self::Serve(_)
            | Self::Mcp(_) => true,
            Self::Check(_)
            | Self::Query(_)
            | Self::Ask(_)
            | Self::Show(_)
            | Self::Path(_)
            | Self::Rank(_)
            | Self::Groups(_)
            | Self::Stats(_)
            | Self::Words(_)
            | Self::Push(_)
            | Self::Worker(_)
            | Self::Shard(_) => false,
        }
    }
}

/// How a subcommand ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Violations,
}

/// Runs the program with these arguments, the first being its name, and returns its exit code.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout and are no errors; nothing can be done if printing fails.
            let plain = error.render().to_string();
            match escape_controls(&plain) {
                Cow::Borrowed(_) => drop(error.print()),
                // Arguments may hold what a terminal would obey.
                Cow::Owned(shown) => drop(write!(io::stderr(), "{shown}")),
            }
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    quiet_contained_panics();
    if cli.command.has_temporary_files() {
        ended::clear_when_ended();
    }
    let result = match &cli.command {
        Command::New(command) => command.run(&cli.global),
        Command::Build(command) => command.run(&cli.global),
        Command::Release(command) => command.run(&cli.global),
        Command::Check(command) => command.run(&cli.global),
        Command::Export(command) => command.run(&cli.global),
        Command::Query(command) => command.run(&cli.global),
        Command::Ask(command) => command.run(&cli.global),
        Command::Show(command) => command.run(&cli.global),
        Command::Path(command) => command.run(&cli.global),
        Command::Rank(command) => command.run(&cli.global),
        Command::Groups(command) => command.run(&cli.global),
        Command::Draw(command) => command.run(&cli.global),
        Command::Stats(command) => command.run(&cli.global),
        Command::Words(command) => command.run(&cli.global),
        Command::Push(command) => command.run(&cli.global),
        Command::Pull(command) => command.run(&cli.global),
        Command::Serve(command) => command.run(&cli.global),
        Command::Mcp(command) => command.run(&cli.global),
        Command::Worker(command) => command.run(&cli.global),
        Command::Shard(command) => command.run(&cli.global),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Violations) => ExitCode::from(1),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            drop(error.print(cli.global.is_json(), cli.global.color_on(&io::stderr())));
            ExitCode::from(2)
        }
    }
}

/// Leaves panics to those who make errors of them.
fn quiet_contained_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !crate::contained::is_contained() {
            usual(panic);
        }
    }));
}

/// Returns the definition of the command line, from which its documentation is made.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

impl Global {
    /// Tells whether to use colour on a stream, by the option, [`NO_COLOR`](https://no-color.org) and the terminal.
    fn color_on(&self, stream: &impl io::IsTerminal) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                #[expect(clippy::disallowed_methods, reason = "the command line reads the environment")]
                let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !unwanted && stream.is_terminal()
            }
        }
    }

    fn message_format(&self) -> MessageFormat {
        match self.message_format {
            Messages::Human => MessageFormat::Human,
            Messages::Short => MessageFormat::Short,
            Messages::Json => MessageFormat::Json,
            Messages::Sarif => MessageFormat::Sarif,
        }
    }

    /// Tells whether findings and errors are read by a program.
    fn is_json(&self) -> bool {
        matches!(self.message_format, Messages::Json)
    }

    /// How findings are written to a stream with or without colour.
    fn style(&self, color: bool) -> Style<'static> {
        Style { format: self.message_format(), color, all: self.all, hint: "--all shows all" }
    }

    /// Writes a line with a command to stderr, for the data set that was named.
    fn note_command(&self, line: &str) {
        self.note(&shell::of_data(line, self.data.as_deref()));
    }

    /// Says that there are no words in the language that was asked for.
    fn tell_if_unspoken(&self) {
        let spoken = |language: &Language| Language::of_the_un().any(|one| one == language.primary());
        if let Some(language) = self.lang.filter(|language| !spoken(language)) {
            self.note(&format!(
                "there are no words in `{language}`, but in {}: English is used",
                Language::UN.join(", ")
            ));
        }
    }

    /// Writes a line to stderr, unless it is to be quiet.
    fn note(&self, line: &str) {
        if !self.quiet {
            // Nobody is left to be told if stderr is closed.
            drop(writeln!(io::stderr(), "{}", escape_controls(line)));
        }
    }
}

/// Tells whether an output is stdout, which may be a file that others write to as well.
fn is_stdout(output: &Path) -> bool {
    output == Path::new("-") || output == Path::new("/dev/stdout")
}

/// Writes to a file, or to stdout for `-`.
fn write_output(graph: &KnowledgeGraph, output: &Path, bytes: &[u8], global: &Global) -> Result<Outcome, CliError> {
    if is_stdout(output) {
        io::stdout().lock().write_all(bytes)?;
    } else {
        global.may_write(graph, output)?;
        write_file(output, |out| Ok(out.write_all(bytes)?))?;
    }
    Ok(Outcome::Clean)
}

fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Says which names there are, for an argument that is none of them.
fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("it is none of {}", names.collect::<Vec<_>>().join(", "))
}

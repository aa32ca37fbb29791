use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::view::ViewArgs;
use super::{CliError, Global, Outcome, is_stdout};
use crate::draw::{self, DrawError, Engine, Format, Style};
use crate::export;
use crate::graph::{Mode, Selection};

/// Draw a part of the graph
///
/// The format is that of the output's extension, or the one named with -f. No other program is needed,
/// unless --engine asks for one.
#[derive(Debug, Args)]
pub(super) struct Draw {
    #[command(flatten)]
    view: ViewArgs,
    /// Draw who works with whom: the same as --mode one-mode
    #[arg(long, value_name = "CLASS", conflicts_with = "mode")]
    between: Option<Shared>,
    /// Draw everything in one picture, even where it is too large to be read; otherwise more than 120 entities become an
    /// overview of groups with a page for each, except in one-mode
    #[arg(long)]
    whole: bool,
    /// How it is painted: in colour, or in black and white for paper
    #[arg(long, value_name = "STYLE", default_value = "colour")]
    style: StyleName,
    /// Let an engine of Graphviz, if it is installed, give everything its place
    #[arg(long, value_name = "ENGINE", value_parser = Engine::ALL.map(Engine::name), conflicts_with = "events")]
    engine: Option<String>,
    /// Draw the events of the part along a time axis, as svg, png, pdf or md
    #[arg(long, conflicts_with = "between")]
    events: bool,
    /// The format: svg, png, pdf, dot, mmd (Mermaid), or md for the text twin
    #[arg(long, short, value_name = "FORMAT", value_parser = Format::ALL.map(Format::extension))]
    format: Option<String>,
    /// The file to write, or - for stdout
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How a picture is painted.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum StyleName {
    Colour,
    Print,
}

impl From<StyleName> for Style {
    fn from(name: StyleName) -> Self {
        match name {
            StyleName::Colour => Self::Colour,
            StyleName::Print => Self::Print,
        }
    }
}

/// What --between draws.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shared {
    Organizations,
}

impl Draw {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let languages = graph.languages(global.lang);
        let mut view = self.view.view(&graph)?;
        if let Some(Shared::Organizations) = self.between {
            view.mode = Mode::OneMode;
        }
        let format = self.format()?;
        if self.events {
            let mut timeline = draw::timeline(&graph, &view, &languages);
            timeline.style = self.style.into();
            return write(&self.output, &draw::write_timeline(&timeline, format).map_err(failure)?);
        }
        // Beside a stream or a device there are no files for pages.
        let alone = is_stdout(&self.output) || self.output.starts_with("/dev");
        let stem = self.output.file_stem().and_then(|stem| stem.to_str()).filter(|_| !alone).unwrap_or("-");
        let mut pages = if self.whole {
            vec![(stem.to_owned(), draw::diagram(&graph, &view, &languages))]
        } else {
            draw::pages(&graph, &view, &languages, (stem, format))
        };
        let no_path = matches!(view.selection, Selection::Path(from, to) if from != to);
        if no_path && pages.iter().all(|(_, diagram)| diagram.edges.is_empty()) {
            global.note("no path leads from one to the other");
        }
        if pages.iter().all(|(_, diagram)| diagram.nodes.is_empty()) {
            global.note("the picture is empty: nothing is in this view");
        }
        if alone && pages.len() > 1 {
            global.note("this is the overview; -o FILE writes a page for each group too, --whole draws all in one");
            pages.truncate(1);
        }
        let engine = self.engine.as_deref().and_then(Engine::from_name);
        for (name, diagram) in &mut pages {
            diagram.style = self.style.into();
            let bytes = draw::write(diagram, engine, format).map_err(failure)?;
            let file = self.output.with_file_name(format!("{name}.{}", format.extension()));
            write(if *name == stem { &self.output } else { &file }, &bytes)?;
        }
        if pages.len() > 1 {
            global.note(&format!("wrote an overview and {} pages", pages.len() - 1));
        }
        Ok(Outcome::Clean)
    }

    /// The format that is asked for, else that of the extension, else SVG.
    fn format(&self) -> Result<Format, CliError> {
        let by_extension = self.output.extension().and_then(|extension| extension.to_str());
        let Some(name) = self.format.as_deref().or(by_extension) else { return Ok(Format::Svg) };
        let name = if name == "gv" { "dot" } else { name };
        Format::from_extension(name).ok_or_else(|| {
            let error = CliError::new(format!("a diagram cannot be written as `{name}`"));
            error.help(format!("use {}", Format::ALL.map(Format::extension).join(", ")))
        })
    }
}

/// A failure with its help.
fn failure(error: DrawError) -> CliError {
    let help = error.help();
    CliError::new(error).help(help)
}

/// Writes a picture to a file, or to stdout for `-`.
fn write(output: &Path, bytes: &[u8]) -> Result<Outcome, CliError> {
    if is_stdout(output) {
        io::stdout().lock().write_all(bytes)?;
    } else {
        export::write_file(output, |out| Ok(out.write_all(bytes)?))?;
    }
    Ok(Outcome::Clean)
}

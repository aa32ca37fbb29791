use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::hint::hint;
use super::view::ViewArgs;
use super::{CliError, Global, Outcome, is_stdout};
use crate::draw::{self, Engine, Format, NetworkFormat, Paper, Picture, Scene, Style};
use crate::export;
use crate::graph::{KnowledgeGraph, Measure, Mode, Selection};

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
    /// By which measure nodes of a network are larger or smaller [default: how many others they are linked with]
    #[arg(long, value_name = "MEASURE", value_parser = Measure::ALL.map(Measure::name), conflicts_with = "events")]
    size_by: Option<String>,
    /// For a sheet, laid across or upright as suits the picture: in as many pages as it takes for type of 7 points, or with
    /// as much as there is room for; a PDF has all pages
    #[arg(long, value_name = "SHEET", value_parser = Paper::ALL.map(Paper::name), conflicts_with_all = ["events", "engine"])]
    page: Option<String>,
    /// Leave out lines that stand for less than a number
    #[arg(long, value_name = "N", conflicts_with = "events")]
    min_weight: Option<usize>,
    /// Draw only so many entities, those with most links
    #[arg(long, value_name = "N", conflicts_with = "events")]
    top: Option<usize>,
    /// Draw the backbone: only lines that stand out at a level from 0 to 1, the lower the fewer (disparity filter)
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, default_missing_value = "0.2", conflicts_with = "events")]
    backbone: Option<f64>,
    /// Let an engine of Graphviz, if it is installed, give everything its place
    #[arg(long, value_name = "ENGINE", value_parser = Engine::ALL.map(Engine::name), conflicts_with = "events")]
    engine: Option<String>,
    /// Draw the events of the part along a time axis, as svg, png, pdf or md
    #[arg(long, conflicts_with = "between")]
    events: bool,
    /// The format: svg, png, pdf, dot, mmd (Mermaid), or md for the text twin
    #[arg(long, short, value_name = "FORMAT", value_parser = NetworkFormat::ALL.map(NetworkFormat::extension))]
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
        let graph = Arc::new(global.open_for_reading()?);
        let languages = graph.languages(global.lang);
        let mut view = self.view.view(&graph, global)?;
        if let Some(Shared::Organizations) = self.between {
            view.mode = Mode::OneMode;
        }
        let size_by = self.size_by.as_deref().and_then(Measure::from_name);
        let keep = draw::Keep { min_weight: self.min_weight, top: self.top, backbone: self.backbone };
        let scene = Scene { graph: &graph, view: &view, languages: &languages, hints: hint, size_by, keep };
        let format = self.format()?;
        if self.events { self.draw_events(&scene, format, global) } else { self.draw_network(&scene, format, global) }
    }

    fn draw_events(&self, scene: &Scene<'_>, format: NetworkFormat, global: &Global) -> Result<Outcome, CliError> {
        let NetworkFormat::Picture(format) = format else {
            let error = CliError::new(format!("a timeline cannot be written as {}", format.extension()));
            return Err(error.help("use svg, png, pdf or md, or draw without --events"));
        };
        let mut picture = Picture::Timeline(draw::timeline(scene));
        picture.set_style(self.style.into());
        picture.hints().iter().for_each(|hint| global.note(hint));
        write_picture(scene.graph, &self.output, &picture.write(format)?, global)
    }

    fn draw_network(&self, scene: &Scene<'_>, format: NetworkFormat, global: &Global) -> Result<Outcome, CliError> {
        // Beside a stream or a device there are no files for pages.
        let alone = is_stdout(&self.output) || self.output.starts_with("/dev");
        let stem = self.output.file_stem().and_then(|stem| stem.to_str()).filter(|_| !alone);
        let is_book = self.page.is_some() && format == Format::Pdf.into();
        let files = stem.map(|stem| draw::Files { stem, extension: format.extension() }).filter(|_| !is_book);
        let filtered = scene.keep != draw::Keep::default();
        let paper = self.page.as_deref().and_then(Paper::from_name);
        let mut pages = if let Some(paper) = paper {
            draw::paged(scene, files, paper)
        } else if self.whole || filtered {
            vec![draw::diagram(scene)]
        } else {
            draw::pages(scene, files)
        };
        let no_path = matches!(scene.view.selection, Selection::Path(from, to) if from != to);
        if no_path && pages.iter().all(|page| page.edges.is_empty()) {
            global.note("no path leads from one to the other");
        }
        if pages.iter().all(|page| page.nodes.is_empty()) {
            global.note("the picture is empty: nothing is in this view");
        }
        if is_book {
            for page in &mut pages {
                page.style = self.style.into();
            }
            return write_picture(scene.graph, &self.output, &draw::write_pages(&pages)?, global);
        }
        if alone && pages.len() > 1 {
            global.note("this is the first page; -o FILE writes the others too, --whole draws all in one");
            pages.truncate(1);
        }
        pages.iter().take(1).flat_map(|page| &page.hints).for_each(|hint| global.note(hint));
        let engine = self.engine.as_deref().and_then(Engine::from_name);
        for (number, page) in pages.iter_mut().enumerate() {
            page.style = self.style.into();
            let bytes = draw::write_network(page, engine, format)?;
            match files.filter(|_| number > 0) {
                None => write_picture(scene.graph, &self.output, &bytes, global)?,
                Some(files) => {
                    let name = format!("{}.{}", files.page(number), files.extension);
                    write_picture(scene.graph, &self.output.with_file_name(name), &bytes, global)?
                }
            };
        }
        if pages.len() > 1 {
            let wrote =
                if paper.is_some() { pages.len().to_string() } else { format!("an overview and {}", pages.len() - 1) };
            global.note(&format!("wrote {wrote} pages"));
        }
        Ok(Outcome::Clean)
    }

    /// The format that is asked for, else that of the extension, else SVG.
    fn format(&self) -> Result<NetworkFormat, CliError> {
        let by_extension = self.output.extension().and_then(|extension| extension.to_str());
        let Some(name) = self.format.as_deref().or(by_extension) else { return Ok(Format::Svg.into()) };
        let name = if name == "gv" { "dot" } else { name };
        NetworkFormat::from_extension(name).ok_or_else(|| {
            let error = CliError::new(format!("a diagram cannot be written as `{name}`"));
            error.help(format!("use {}", NetworkFormat::ALL.map(NetworkFormat::extension).join(", ")))
        })
    }
}

/// Writes a picture to a file, or to stdout for `-`.
fn write_picture(graph: &KnowledgeGraph, output: &Path, bytes: &[u8], global: &Global) -> Result<Outcome, CliError> {
    if is_stdout(output) {
        io::stdout().lock().write_all(bytes)?;
    } else {
        global.may_write(graph, output)?;
        export::write_file(output, |out| Ok(out.write_all(bytes)?))?;
    }
    Ok(Outcome::Clean)
}

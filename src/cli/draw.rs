use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};

use super::hint::hint;
use super::view::ViewArgs;
use super::{CliError, Global, Outcome, is_stdout, write_output};
use crate::draw::{
    self, Diagram, DrawError, Engine, EngineError, FontFile, Format, NetworkFormat, Paper, Picture, Scene, Style,
};
use crate::graph::{Measure, Mode, Selection};
use crate::model::Language;
use crate::publish::{self, PictureFormat};

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
    #[arg(long, value_name = "SHEET", value_parser = Paper::ALL.map(Paper::name), conflicts_with = "engine")]
    page: Option<String>,
    /// A font for characters that the bundled one (`DejaVu Sans`) lacks, such as Chinese ones: they are measured, and in png and
    /// pdf drawn, with it. No other font is looked for
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
    /// Leave out lines that stand for less than a number
    #[arg(long, value_name = "N", conflicts_with = "events")]
    min_weight: Option<usize>,
    /// Draw only so many entities, those with most links
    #[arg(long, value_name = "N", conflicts_with = "events", value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    top: Option<usize>,
    /// Draw the backbone: only lines that stand out at a level from 0 to 1, the lower the fewer (disparity filter)
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, default_missing_value = "0.2", conflicts_with = "events")]
    backbone: Option<f64>,
    /// Let an engine of Graphviz, if it is installed, give everything its place
    #[arg(long, value_name = "ENGINE", value_parser = Engine::ALL.map(Engine::name), conflicts_with = "events")]
    engine: Option<String>,
    /// Draw the events of the part along a time axis, as svg, png, pdf, md or html
    #[arg(long, conflicts_with = "between")]
    events: bool,
    /// The format: svg, png, pdf, dot, mmd (Mermaid), md for the text twin, or html: one file to look around in and to send,
    /// of up to 2,000 entities in one picture
    #[arg(long, short, value_name = "FORMAT", value_parser = names_of_formats())]
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
        let font = self.font()?;
        let font = font.as_ref();
        let scene = Scene { hints: hint, size_by, keep, font, ..Scene::new(&graph, &view, &languages) };
        match self.format()? {
            PictureFormat::Html => self.draw_alone(&scene, global),
            PictureFormat::Drawn(format) if self.events => self.draw_events(&scene, format, global),
            PictureFormat::Drawn(format) => self.draw_network(&scene, format, global),
        }
    }

    /// Draws a picture as a file that it stands alone in, in all languages.
    fn draw_alone(&self, scene: &Scene<'_>, global: &Global) -> Result<Outcome, CliError> {
        if self.page.is_some() {
            return Err(
                CliError::new("a page to look around in is for no sheet of paper").help("leave out --page, or use pdf")
            );
        }
        if self.engine.is_some() {
            return Err(DrawError::from(EngineError::Format(PictureFormat::Html.extension())).into());
        }
        let drawn = |languages: &[Language]| {
            let scene = Scene { languages, ..*scene };
            let mut picture = if self.events {
                Picture::Timeline(draw::timeline(&scene))
            } else {
                Picture::Network(draw::diagram(&scene))
            };
            picture.set_style(self.style.into());
            picture
        };
        let first = drawn(scene.languages);
        if let Picture::Network(diagram) = &first {
            note_nothing(scene, std::slice::from_ref(diagram), global);
        }
        first.hints().iter().for_each(|hint| global.note_command(hint));
        let html = publish::alone(scene.graph, drawn, scene.languages)?;
        write_output(scene.graph, &self.output, html.as_bytes(), global)
    }

    fn draw_events(&self, scene: &Scene<'_>, format: NetworkFormat, global: &Global) -> Result<Outcome, CliError> {
        if let NetworkFormat::Dot | NetworkFormat::Mermaid = format {
            return Err(DrawError::NoNetwork(format).into());
        }
        let timeline = draw::timeline(scene);
        timeline.hints.iter().for_each(|hint| global.note_command(hint));
        let pages = match self.paper() {
            None => vec![timeline],
            Some(paper) => draw::paged_timeline(&timeline, paper),
        };
        let pages = pages.into_iter().map(Picture::Timeline).collect();
        self.write_all(scene, pages, format, global)
    }

    fn draw_network(&self, scene: &Scene<'_>, format: NetworkFormat, global: &Global) -> Result<Outcome, CliError> {
        let files = self.stem().map(|stem| draw::Files { stem, extension: format.extension() });
        let files = files.filter(|_| !self.is_book(format));
        let filtered = scene.keep != draw::Keep::default();
        let pages = if let Some(paper) = self.paper() {
            draw::paged(scene, files, paper)
        } else if self.whole || filtered {
            vec![draw::diagram(scene)]
        } else {
            draw::pages(scene, files)
        };
        note_nothing(scene, &pages, global);
        if !self.is_book(format) {
            pages.iter().take(1).flat_map(|page| &page.hints).for_each(|hint| global.note_command(hint));
        }
        self.write_all(scene, pages.into_iter().map(Picture::Network).collect(), format, global)
    }

    /// Writes all pages: into one file where the format has pages, else into files beside each other.
    fn write_all(
        &self,
        scene: &Scene<'_>,
        mut pages: Vec<Picture>,
        format: NetworkFormat,
        global: &Global,
    ) -> Result<Outcome, CliError> {
        let graph = scene.graph;
        for page in &mut pages {
            page.set_style(self.style.into());
        }
        if self.is_book(format) {
            let bytes = draw::write_pages(&pages)?;
            return write_output(graph, &self.output, &bytes, global);
        }
        let stem = self.stem();
        if stem.is_none() && pages.len() > 1 {
            global.note("this is the first page; -o FILE writes the others too, --whole draws all in one");
            pages.truncate(1);
        }
        let engine = self.engine.as_deref().and_then(Engine::from_name);
        let n_pages = pages.len();
        for (number, page) in pages.into_iter().enumerate() {
            let bytes = page.write_as(engine, format)?;
            let files = stem.map(|stem| draw::Files { stem, extension: format.extension() });
            match files.filter(|_| number > 0) {
                None => write_output(graph, &self.output, &bytes, global)?,
                Some(files) => {
                    let name = format!("{}.{}", files.page(number), files.extension);
                    write_output(graph, &self.output.with_file_name(name), &bytes, global)?
                }
            };
        }
        if n_pages > 1 {
            let is_plain = self.paper().is_some() || self.events;
            let wrote = if is_plain { n_pages.to_string() } else { format!("an overview and {}", n_pages - 1) };
            global.note(&format!("wrote {wrote} pages"));
        }
        Ok(Outcome::Clean)
    }

    fn paper(&self) -> Option<Paper> {
        self.page.as_deref().and_then(Paper::from_name)
    }

    /// Tells whether all pages are written into one file.
    fn is_book(&self, format: NetworkFormat) -> bool {
        self.page.is_some() && format == Format::Pdf.into()
    }

    /// The name of the file without extension; beside a stream or a device there are no files for pages.
    fn stem(&self) -> Option<&str> {
        let alone = is_stdout(&self.output) || self.output.starts_with("/dev");
        self.output.file_stem().and_then(|stem| stem.to_str()).filter(|_| !alone)
    }

    /// The font that is given for what the bundled one lacks.
    fn font(&self) -> Result<Option<FontFile>, CliError> {
        let Some(path) = &self.font else { return Ok(None) };
        let bytes =
            std::fs::read(path).map_err(|error| CliError::new(format!("cannot read {}: {error}", path.display())))?;
        Ok(Some(FontFile::new(bytes).ok_or(DrawError::Font)?))
    }

    /// The format that is asked for, else that of the extension, else SVG.
    fn format(&self) -> Result<PictureFormat, CliError> {
        let by_extension = self.output.extension().and_then(|extension| extension.to_str());
        let Some(name) = self.format.as_deref().or(by_extension) else {
            return Ok(PictureFormat::Drawn(Format::Svg.into()));
        };
        let name = if name == "gv" { "dot" } else { name };
        PictureFormat::from_extension(name).ok_or_else(|| {
            let error = CliError::new(format!("a diagram cannot be written as `{name}`"));
            error.help(format!("use {}", names_of_formats().join(", ")))
        })
    }
}

/// Says that there is nothing in a picture, or nothing of what was asked for.
fn note_nothing(scene: &Scene<'_>, pages: &[Diagram], global: &Global) {
    let no_path = matches!(scene.view.selection, Selection::Path(from, to) if from != to);
    if no_path && pages.iter().all(|page| page.edges.is_empty()) {
        global.note("no path leads from one to the other");
    }
    if pages.iter().all(|page| page.nodes.is_empty()) {
        global.note("the picture is empty: nothing is in this view");
    }
}

fn names_of_formats() -> Vec<&'static str> {
    PictureFormat::all().into_iter().map(PictureFormat::extension).collect()
}

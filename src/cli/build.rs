use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::data::{Opened, outcome};
use super::index::{Picture, index};
use super::manifest::{Contents, Files};
use super::stats::write_stats;
use super::{CliError, Global, Outcome};
use crate::draw;
use crate::export::{self, Format, Options};
use crate::finding::Finding;
use crate::graph::{KnowledgeGraph, Mode, Selection, View};
use crate::model::Language;
use crate::rdf::Profile;

/// Check the data set, then write everything: RDF, diagrams, a page that shows them, and a manifest
///
/// Nothing is written if the data set has violations. The same data give the same bytes.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder to write to
    #[arg(long, short, value_name = "FOLDER", default_value = "out")]
    output: PathBuf,
}

impl Build {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let Opened { graph, findings } = global.open()?;
        global.show_findings(&findings)?;
        if outcome(&findings) == Outcome::Violations {
            global.note("nothing is written, because the data set has violations");
            return Ok(Outcome::Violations);
        }
        let mut files = Files::new(&self.output)?;
        write_rdf(&graph, &mut files)?;
        write_feeds(&graph, global.lang, &mut files)?;
        write_diagrams(&graph, &findings, &languages(&graph, global.lang), &mut files)?;
        let count = files.count();
        for (name, reason) in &files.left_out {
            global.note(&format!("{name} is left out: {reason}"));
        }
        files.write_manifest(&graph)?;
        if !global.quiet {
            write_stats(&graph, &mut io::stdout().lock())?;
        }
        global.note(&format!("wrote {count} files to {}", self.output.display()));
        Ok(Outcome::Clean)
    }
}

/// The graph in every format, in the default profile; the other profiles in the formats that show them best.
fn write_rdf(graph: &KnowledgeGraph, files: &mut Files<'_>) -> Result<(), CliError> {
    let contents = Contents::whole(graph);
    for format in Format::rdf() {
        let name = format!("rdf/{}.{}", graph.config().id, format.extension());
        files.write(&name, contents, |out| export::write(graph, format, &Options::default(), out))?;
    }
    let others = [(Profile::Direct, Format::Turtle), (Profile::Rdf12, Format::Turtle), (Profile::Graphs, Format::TriG)];
    for (profile, format) in others {
        let name = format!("rdf/{}.{}.{}", graph.config().id, profile.name(), format.extension());
        files.write(&name, contents.in_profile(graph, profile), |out| {
            export::write(graph, format, &Options { profile, ..Options::default() }, out)
        })?;
    }
    Ok(())
}

/// The graph for every graph tool.
fn write_feeds(graph: &KnowledgeGraph, wanted: Option<Language>, files: &mut Files<'_>) -> Result<(), CliError> {
    let options = Options { languages: graph.languages(wanted), ..Options::default() };
    for format in Format::feeds() {
        let name = format!("feeds/{}.{}", graph.config().id, format.extension());
        files.write_graph(graph, &name, format, &options)?;
    }
    Ok(())
}

/// The most entities that a diagram of a build may have: more cannot be read, and take long to lay out.
const MOST_DRAWN: usize = 1_500;

/// A diagram of the whole, of the organizations and of each section of the report, in each language that names must
/// have, as SVG, text twin and DOT, and the timeline without DOT; then the page that shows them. One that has too many entities is left out, and the
/// manifest says so.
fn write_diagrams(
    graph: &KnowledgeGraph,
    findings: &[Finding],
    languages: &[Language],
    files: &mut Files<'_>,
) -> Result<(), CliError> {
    let sections = graph.sections().into_iter();
    let sections =
        sections.map(|section| (format!("section-{}", section.number), Selection::Section(section.number).into()));
    let organizations = View { mode: Mode::OneMode, ..View::default() };
    let first = [("whole".to_owned(), View::default()), ("organizations".to_owned(), organizations)];
    let views: Vec<_> = first.into_iter().chain(sections).collect();
    let mut parts = Vec::new();
    for &language in languages {
        let mut pictures = Vec::new();
        for (name, view) in &views {
            pictures.extend(write_pages(graph, (name, view), language, files)?);
            if view.mode == Mode::OneMode {
                pictures.extend(write_timeline(graph, language, files)?);
            }
        }
        parts.push((language, pictures));
    }
    files.write_text("index.html", Contents::whole(graph), &index(graph, findings, &parts))
}

/// Why a picture is left out.
fn too_many(entities: usize) -> String {
    format!("{entities} entities are more than the {MOST_DRAWN} that can be read; see `rapporteur draw --around`")
}

/// The pages of one diagram in a language.
fn write_pages(
    graph: &KnowledgeGraph,
    (name, view): (&str, &View),
    language: Language,
    files: &mut Files<'_>,
) -> Result<Vec<Picture>, CliError> {
    let entities = graph.entities().len();
    if entities > MOST_DRAWN && !matches!(view.selection, Selection::Section(_)) {
        let path = format!("diagrams/{language}/{name}");
        files.leave_out(&path, &too_many(entities));
        return Ok(Vec::new());
    }
    let mut pictures = Vec::new();
    for (name, diagram) in draw::pages(graph, view, &graph.languages(Some(language)), (name, draw::Format::Svg)) {
        if diagram.nodes.is_empty() {
            continue;
        }
        let path = format!("diagrams/{language}/{name}");
        if diagram.nodes.len() > MOST_DRAWN {
            files.leave_out(&path, &too_many(diagram.nodes.len()));
            continue;
        }
        let layout = draw::layout(&diagram);
        let contents = Contents::drawn(&diagram);
        files.write_text(&format!("{path}.svg"), contents, &draw::svg(&diagram, &layout))?;
        files.write_text(&format!("{path}.dot"), contents, &draw::dot(&diagram, &layout))?;
        files.write_text(&format!("{path}.md"), contents, &draw::twin(&diagram))?;
        pictures.push(Picture { path, title: diagram.title, description: diagram.description });
    }
    Ok(pictures)
}

/// The events of the whole along a time axis, in a language; nothing where no event has a date.
fn write_timeline(
    graph: &KnowledgeGraph,
    language: Language,
    files: &mut Files<'_>,
) -> Result<Option<Picture>, CliError> {
    let languages = graph.languages(Some(language));
    let timeline = draw::timeline(graph, &View::default(), &languages);
    let (path, events) = (format!("diagrams/{language}/timeline"), timeline.events.len());
    if events > MOST_DRAWN {
        files.leave_out(&path, &too_many(events));
    }
    if events == 0 || events > MOST_DRAWN {
        return Ok(None);
    }
    let contents = Contents::dated(&timeline);
    for format in [draw::Format::Svg, draw::Format::Markdown] {
        let bytes = draw::write_timeline(&timeline, format)?;
        files.write(&format!("{path}.{}", format.extension()), contents, |out| Ok(out.write_all(&bytes)?))?;
    }
    Ok(Some(Picture { path, title: timeline.title, description: timeline.description }))
}

/// The languages of the pictures: the wanted one, else those that every name must have, else the first.
fn languages(graph: &KnowledgeGraph, wanted: Option<Language>) -> Vec<Language> {
    let config = graph.config();
    match wanted {
        Some(language) => vec![language],
        None if config.required_languages.is_empty() => graph.languages(None).into_iter().take(1).collect(),
        None => config.required_languages.clone(),
    }
}

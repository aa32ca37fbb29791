//! A build: the graph in every form, in one folder, with a page that shows the pictures and a manifest that lists all.

use std::collections::BTreeSet;
use std::path::Path;

use super::error::BuildError;
use super::index::{PictureFile, index};
use super::manifest::{Contents, Files, LeftOut, Reason};
use crate::draw::{self, Hints, Picture, PlacedPicture, Scene};
use crate::export::{self, Format, Options};
use crate::finding::Finding;
use crate::graph::{KnowledgeGraph, Mode, Selection, View};
use crate::model::Language;
use crate::rdf::Profile;

/// What a build is made for.
#[derive(Debug, Clone, Copy)]
pub struct Build {
    /// The language of names and pictures: where it is not said, each that the data set requires.
    pub language: Option<Language>,
    /// How pictures say where more is to be seen.
    pub hints: Hints,
}

/// What a build has written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The number of files, with the manifest.
    pub n_files: usize,
    /// What was not written, and why.
    pub left_out: Vec<LeftOut>,
}

/// Writes a graph into a folder: RDF, feeds, pictures, the page that shows them, and the manifest, last.
///
/// The same data give the same bytes. Files that are in the way are replaced, others stay.
///
/// # Errors
///
/// If something cannot be written.
pub fn build(graph: &KnowledgeGraph, findings: &[Finding], folder: &Path, build: Build) -> Result<Built, BuildError> {
    let mut files = Files::new(folder)?;
    write_rdf(graph, &mut files)?;
    write_feeds(graph, build.language, &mut files)?;
    write_pictures(graph, findings, build, &mut files)?;
    let (n_files, left_out) = files.finish(graph)?;
    Ok(Built { n_files, left_out })
}

/// The graph in every format, in the default profile; the other profiles in the formats that show them best.
fn write_rdf(graph: &KnowledgeGraph, files: &mut Files<'_>) -> Result<(), BuildError> {
    let contents = Contents::whole(graph);
    for format in Format::rdf() {
        let name = format!("rdf/{}.{}", graph.config().id, format.extension());
        files.write(&name, contents, |out| export::write_graph(graph, format, &Options::default(), out))?;
    }
    let others = [(Profile::Direct, Format::Turtle), (Profile::Rdf12, Format::Turtle), (Profile::Graphs, Format::TriG)];
    for (profile, format) in others {
        let name = format!("rdf/{}.{}.{}", graph.config().id, profile.name(), format.extension());
        files.write(&name, contents.in_profile(graph, profile), |out| {
            export::write_graph(graph, format, &Options { profile, ..Options::default() }, out)
        })?;
    }
    Ok(())
}

/// The graph for every graph tool.
fn write_feeds(graph: &KnowledgeGraph, wanted: Option<Language>, files: &mut Files<'_>) -> Result<(), BuildError> {
    let options = Options { languages: graph.languages(wanted), ..Options::default() };
    for format in Format::feeds() {
        let name = format!("feeds/{}.{}", graph.config().id, format.extension());
        files.write_graph(graph, &name, format, &options)?;
    }
    Ok(())
}

/// The most entities that a picture of a build may have: more cannot be read, and take long to lay out.
const MOST_DRAWN: usize = 1_500;

/// Pictures of the whole, of the organizations, of all events and of each section of the reports, in each language; then
/// the page that shows them. A picture that would have too many entities is left out.
fn write_pictures(
    graph: &KnowledgeGraph,
    findings: &[Finding],
    build: Build,
    files: &mut Files<'_>,
) -> Result<(), BuildError> {
    let sections = sections(graph, files);
    let organizations = View { mode: Mode::OneMode, ..View::default() };
    let first = [("whole".to_owned(), View::default()), ("organizations".to_owned(), organizations)];
    let views: Vec<_> = first.into_iter().chain(sections).collect();
    let (all, mut parts) = (View::default(), Vec::new());
    for language in languages(graph, build.language) {
        let languages = graph.languages(Some(language));
        let scene = |view| Scene { graph, view, languages: &languages, hints: build.hints, size_by: None };
        let mut pictures = Vec::new();
        for (name, view) in &views {
            let path = format!("diagrams/{language}/{name}");
            pictures.extend(write_pages(&scene(view), &path, files)?);
            if view.mode == Mode::OneMode {
                let timeline = Picture::Timeline(draw::timeline(&scene(&all)));
                pictures.extend(write_picture(&timeline, format!("diagrams/{language}/timeline"), files)?);
            }
        }
        parts.push((language, pictures));
    }
    files.write_text("index.html", Contents::whole(graph), &index(graph, findings, &parts))
}

/// The most sections that are drawn: more have to be asked for one by one.
const MOST_SECTIONS: usize = 500;

/// The sections by the names of their pictures. Those of several reports have a folder for each report.
fn sections(graph: &KnowledgeGraph, files: &mut Files<'_>) -> Vec<(String, View)> {
    let (sections, several) = (graph.sections(), graph.reports().len() > 1);
    if sections.len() > MOST_SECTIONS {
        files.leave_out("diagrams/section", Reason::TooManySections { n: sections.len(), most: MOST_SECTIONS });
        return Vec::new();
    }
    let mut taken = BTreeSet::new();
    let named = sections.into_iter().map(|section| {
        let folder = if several { format!("reports/{}/", graph.id(section.report)) } else { String::new() };
        let mut name = format!("{folder}section-{}", file_name(&section.number));
        // Two names may differ only in what file systems do not tell apart.
        while !taken.insert(name.to_lowercase()) {
            name.push('_');
        }
        (name, Selection::Section(section).into())
    });
    named.collect()
}

/// A text as a part of a file's name: without what some file systems do not allow.
fn file_name(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || r#"/\<>:"|?*#%"#.contains(c) { '_' } else { c }).collect()
}

/// The pages of a scene.
fn write_pages(scene: &Scene<'_>, path: &str, files: &mut Files<'_>) -> Result<Vec<PictureFile>, BuildError> {
    let entities = scene.graph.entities().len();
    if entities > MOST_DRAWN && !matches!(scene.view.selection, Selection::Section(_)) {
        files.leave_out(path, Reason::TooManyEntities { n: entities, most: MOST_DRAWN });
        return Ok(Vec::new());
    }
    let stem = path.rsplit('/').next().unwrap_or(path);
    let beside = draw::Files { stem, extension: draw::Format::Svg.extension() };
    let mut pictures = Vec::new();
    for (number, diagram) in draw::pages(scene, Some(beside)).into_iter().enumerate() {
        let path = draw::Files { stem: path, ..beside }.page(number);
        pictures.extend(write_picture(&Picture::Network(diagram), path, files)?);
    }
    Ok(pictures)
}

/// A picture as SVG and text twin, a network as DOT too; nothing where there is nothing to see.
fn write_picture(picture: &Picture, path: String, files: &mut Files<'_>) -> Result<Option<PictureFile>, BuildError> {
    if picture.n_shown() == 0 {
        return Ok(None);
    }
    if picture.n_shown() > MOST_DRAWN {
        files.leave_out(&path, Reason::TooManyEntities { n: picture.n_shown(), most: MOST_DRAWN });
        return Ok(None);
    }
    let (contents, placed) = (Contents::drawn(picture), picture.placed()?);
    files.write_text(&format!("{path}.svg"), contents, &placed.svg())?;
    match &placed {
        PlacedPicture::Network(diagram, layout) => {
            files.write_text(&format!("{path}.dot"), contents, &draw::dot(diagram, layout))?;
        }
        PlacedPicture::Timeline(..) => {}
    }
    files.write_text(&format!("{path}.md"), contents, &picture.twin())?;
    let (title, description) = (picture.title().to_owned(), picture.description().to_owned());
    Ok(Some(PictureFile { path, title, description, hints: picture.hints().to_vec() }))
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

//! A build: the graph in every form, in one folder, with a site that shows it and a manifest that lists all.

use std::path::Path;

use super::error::BuildError;
use super::manifest::{self, Contents, Files, LeftOut, Reason};
use super::pictures::{self, Drawn, MOST_DRAWN, Pictures};
use super::site::{Site, Written};
use crate::draw::{self, Picture, PlacedPicture, Scene};
use crate::export::{self, Format, Options, Others};
use crate::finding::Finding;
use crate::graph::{KnowledgeGraph, View};
use crate::model::Language;
use crate::rdf::Profile;

/// What a build is made for.
#[derive(Clone, Copy)]
pub struct Build<'a> {
    /// The language of names and pictures: where it is not said, each that the data set requires.
    pub language: Option<Language>,
    /// Whether there is a site.
    pub site: MakeSite,
    /// Is told how many files of the site are written, of how many.
    pub progress: &'a dyn Fn(usize, usize),
}

/// Whether a build makes a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MakeSite {
    /// If it has no more pages than anybody waits for.
    IfSmall,
    /// However many pages it has.
    Always,
}

/// What a build has written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The number of files, with the manifest.
    pub n_files: usize,
    /// What was not written, and why.
    pub left_out: Vec<LeftOut>,
    /// The site, if there is one.
    pub site: Option<Written>,
}

/// Writes a graph into a folder: RDF, feeds, pictures, the site, and the manifest, last.
///
/// The same data give the same bytes. The folder appears whole or not at all: it is filled beside its place, and then takes
/// the place of the one that is there. What an earlier build wrote, as its manifest has it, and this one does not, is gone;
/// what is of others is carried over, unless a file of the build has its name.
///
/// # Errors
///
/// If something cannot be written, if another build writes there, or if the folder cannot be replaced. What was there
/// stays as it was then.
pub fn build(
    graph: &KnowledgeGraph,
    findings: &[Finding],
    folder: &Path,
    build: Build<'_>,
) -> Result<Built, BuildError> {
    export::replace_folder(folder, &Others::Carried(&manifest::files_of), |new| {
        let mut files = Files::new(new);
        write_rdf(graph, &mut files)?;
        write_feeds(graph, build.language, &mut files)?;
        write_pictures(graph, &build, &mut files)?;
        let site = write_site(graph, findings, &build, &mut files)?;
        let (n_files, left_out) = files.finish(graph)?;
        Ok(Built { n_files, left_out, site })
    })
}

/// The other profiles, each in the format that shows it best.
pub(super) const OTHER_PROFILES: [(Profile, Format); 3] =
    [(Profile::Direct, Format::Turtle), (Profile::Rdf12, Format::Turtle), (Profile::Graphs, Format::TriG)];

/// The graph in every format, in the default profile; the other profiles in the formats that show them best.
fn write_rdf(graph: &KnowledgeGraph, files: &mut Files<'_>) -> Result<(), BuildError> {
    let contents = Contents::whole(graph);
    for format in Format::rdf() {
        let name = format!("rdf/{}.{}", graph.config().id, format.extension());
        files.write(&name, contents, |out| export::write_graph(graph, format, &Options::default(), out))?;
    }
    for (profile, format) in OTHER_PROFILES {
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

/// The pictures in each language. What would have too many entities, or sections, is left out.
fn write_pictures(graph: &KnowledgeGraph, build: &Build<'_>, files: &mut Files<'_>) -> Result<(), BuildError> {
    let Pictures { drawn, left_out } = pictures::drawn(graph);
    let all = View::default();
    for language in languages(graph, build.language) {
        let languages = graph.languages(Some(language));
        let scene = |view| Scene::new(graph, view, &languages);
        for (name, drawn) in &drawn {
            let path = format!("diagrams/{language}/{name}");
            match drawn {
                Drawn::Network(view) => write_pages(&scene(view), &path, files)?,
                Drawn::Timeline => write_picture(&Picture::Timeline(draw::timeline(&scene(&all))), &path, files)?,
            }
        }
    }
    for (name, reason) in left_out {
        files.leave_out(&format!("diagrams/{name}"), reason);
    }
    Ok(())
}

/// The pages of a scene.
fn write_pages(scene: &Scene<'_>, path: &str, files: &mut Files<'_>) -> Result<(), BuildError> {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let beside = draw::Files { stem, extension: draw::Format::Svg.extension() };
    for (number, diagram) in draw::pages(scene, Some(beside)).into_iter().enumerate() {
        let path = draw::Files { stem: path, ..beside }.page(number);
        write_picture(&Picture::Network(diagram), &path, files)?;
    }
    Ok(())
}

/// A picture as SVG and text twin, a network as DOT too; nothing where there is nothing to see.
fn write_picture(picture: &Picture, path: &str, files: &mut Files<'_>) -> Result<(), BuildError> {
    if picture.n_shown() == 0 {
        return Ok(());
    }
    if picture.n_shown() > MOST_DRAWN {
        files.leave_out(path, Reason::TooManyEntities { n: picture.n_shown(), most: MOST_DRAWN });
        return Ok(());
    }
    let (contents, placed) = (Contents::drawn(picture), picture.placed()?);
    files.write_text(&format!("{path}.svg"), contents, &placed.svg())?;
    match &placed {
        PlacedPicture::Network(diagram, layout) => {
            files.write_text(&format!("{path}.dot"), contents, &draw::dot(diagram, layout))?;
        }
        PlacedPicture::Timeline(..) => {}
    }
    files.write_text(&format!("{path}.md"), contents, &picture.twin())
}

/// The most pages of a site that nobody has asked for.
const MOST_PAGES: usize = 20_000;

/// The site, unless it would be too large.
fn write_site(
    graph: &KnowledgeGraph,
    findings: &[Finding],
    build: &Build<'_>,
    files: &mut Files<'_>,
) -> Result<Option<Written>, BuildError> {
    let languages = languages(graph, build.language);
    // Each entity has a page: no need to look further.
    let least = graph.entities().len() * languages.len();
    let wanted = match build.site {
        MakeSite::Always => true,
        MakeSite::IfSmall => least <= MOST_PAGES,
    };
    let site = wanted.then(|| Site::new(graph, findings, languages));
    let n = site.as_ref().map_or(least, Site::n_pages);
    match (site, build.site) {
        (Some(site), MakeSite::Always) => Ok(Some(files.write_site(graph, &site, build.progress)?)),
        (Some(site), MakeSite::IfSmall) if n <= MOST_PAGES => {
            Ok(Some(files.write_site(graph, &site, build.progress)?))
        }
        (Some(_), MakeSite::IfSmall) | (None, MakeSite::Always | MakeSite::IfSmall) => {
            files.leave_out("site", Reason::TooManyPages { n, most: MOST_PAGES });
            Ok(None)
        }
    }
}

/// The languages of pictures and pages: the wanted one, else those that every name must have, else the first.
pub(super) fn languages(graph: &KnowledgeGraph, wanted: Option<Language>) -> Vec<Language> {
    let config = graph.config();
    match wanted {
        Some(language) => vec![language],
        None if config.required_languages.is_empty() => graph.languages(None).into_iter().take(1).collect(),
        None => config.required_languages.clone(),
    }
}

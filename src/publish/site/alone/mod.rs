//! A picture as one file that can be sent: the picture, a list of all that it shows, and a script of our own that moves it,
//! searches it and shows what is said of what.
//!
//! The list holds every statement once, so that the file works without script; with it, panels are made of what stands in the
//! list. Nothing is fetched: a policy in the file allows its own script and style, by their hashes, and nothing else.

mod list;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;

use self::list::Listed;
use super::frame::{Page, direction};
use super::picture::without_style;
use super::text::{Text, is_web};
use super::{Address, Site, Subject};
use crate::draw::{ClassStyle, Diagram, DrawError, Node, Picture};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language};

/// The most entities of a picture that a browser moves without delay.
const MOST_SHOWN: usize = 2_000;
/// The most bytes of a file that mail takes anywhere.
const MOST_BYTES: usize = 3_000_000;

const STYLE: &str = concat!(include_str!("../style.css"), include_str!("alone.css"));
const SEARCH: &str = include_str!("../search.js");
const SCRIPT: &str = include_str!("alone.js");

/// Why there is no file of a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AloneError {
    /// It shows more than can be moved.
    #[error("a page of a picture has at most {MOST_SHOWN} entities, and this would have {0}")]
    Entities(usize),
    /// It would be too large to send.
    #[error("a page of a picture has at most {} megabytes, and this would have {:.1}", MOST_BYTES / 1_000_000, megabytes(*.0))]
    Bytes(usize),
    /// It cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
}

#[expect(clippy::cast_precision_loss, reason = "a number of bytes, to be read")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Returns a picture as one file of HTML, in the first of the languages.
///
/// # Errors
///
/// If it shows too many entities, would be too large, or cannot be drawn.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// use rapporteur::draw::{Picture, Scene, diagram};
/// use rapporteur::graph::{Selection, View};
/// use rapporteur::publish::alone;
///
/// let view = View::from(Selection::Section(graph.sections_called("7").remove(0)));
/// let languages = graph.languages(None);
/// let picture = Picture::Network(diagram(&Scene::new(&graph, &view, &languages)));
/// let html = alone(&graph, picture, &languages)?;
/// assert!(html.starts_with("<!DOCTYPE html>") && html.contains("default-src 'none'"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn alone(graph: &KnowledgeGraph, picture: Picture, languages: &[Language]) -> Result<String, AloneError> {
    if picture.n_shown() > MOST_SHOWN {
        return Err(AloneError::Entities(picture.n_shown()));
    }
    let listed = Listed::new(graph, &picture);
    let language = picture.language();
    let site = Site::with(graph, &[], vec![language], OnceLock::from(Vec::new()));
    let page = Page::alone(&site, language, languages.to_vec());
    let html = page.file(picture, &listed)?.into_string();
    if html.len() > MOST_BYTES { Err(AloneError::Bytes(html.len())) } else { Ok(html) }
}

/// What may be shown or not: a class of nodes, or a relation of lines.
struct Filter<'a> {
    label: &'a str,
    count: usize,
    colour: Option<&'a ClassStyle>,
}

impl Page<'_, '_> {
    fn file(&self, picture: Picture, listed: &Listed) -> Result<Markup, AloneError> {
        let title = picture.title().to_owned();
        let picture = self.led_within(picture);
        let svg = without_style(&picture.placed()?.annotated());
        let script = format!("{SEARCH}{}{SCRIPT}", self.names_of(listed));
        let policy = format!(
            "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'",
            digest(&script),
            digest(STYLE)
        );
        let relations = picture.relations();
        Ok(html! {
            (DOCTYPE)
            html lang=(self.language.as_str()) dir=(direction(self.language)) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    title { (Text(&title)) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    style { (PreEscaped(STYLE)) }
                }
                body.alone data-shown=(self.words.shown) data-links=(self.words.n_links) data-close=(self.words.close)
                    data-others=(self.words.said_by_others) data-states=(self.words.states) {
                    a.skip href="#list" { (self.words.as_list) }
                    header {
                        h1 { bdi { (Text(&title)) } }
                        (self.search_form())
                    }
                    main #main tabindex="-1" {
                        div.stage {
                            (self.filters(&filters(&picture, &relations)))
                            div.view {
                                (self.tools())
                                figure.picture #picture role="group" aria-label=(Text(&title)) { (PreEscaped(svg)) }
                            }
                            section #panel aria-label=(self.words.details) tabindex="-1" hidden {}
                        }
                        p #said role="status" {}
                        (self.keys())
                        (self.list(&picture, listed, &relations))
                        (self.cited(listed))
                    }
                    (self.origin())
                    script { (PreEscaped(script)) }
                }
            }
        })
    }

    /// Leads each node to what is said of it in the file.
    fn led_within(&self, mut picture: Picture) -> Picture {
        let lead = |node: &mut Node| {
            if let Some(entity) = self.graph().entity_by_id(&node.id) {
                node.href = Some(self.href(Subject::Entity(entity)));
            }
            node.id.insert_str(0, "node-");
        };
        match &mut picture {
            Picture::Network(diagram) => diagram.nodes.iter_mut().for_each(lead),
            Picture::Timeline(timeline) => {
                timeline.events.iter_mut().for_each(|event| lead(&mut event.node));
                timeline.undated.iter_mut().for_each(lead);
            }
        }
        picture
    }

    /// The names that are searched, as the search takes them.
    fn names_of(&self, listed: &Listed) -> String {
        let graph = self.graph();
        let entities: Vec<EntityId> = listed.entities.iter().copied().collect();
        let shown =
            entities.iter().map(|&entity| json!([self.href(Subject::Entity(entity)), [self.plain_name(entity)]]));
        let names = super::asset::names(graph, &entities);
        let data = json!({ "languages": [self.language.as_str()], "entities": shown.collect::<Vec<_>>(), "names": names, "here": true });
        // In a script `</` would end the element, and `<!--` begin a comment.
        format!("rapporteurNames({});\n", data.to_string().replace('<', "\\u003c"))
    }

    fn filters(&self, [classes, relations]: &[Vec<Filter<'_>>; 2]) -> Markup {
        let words = self.words;
        let group = |kind: &str, title: &str, filters: &[Filter<'_>]| {
            html! {
                @if filters.len() > 1 {
                    fieldset {
                        legend { (title) }
                        @for (number, filter) in filters.iter().enumerate() {
                            label {
                                input type="checkbox" checked data-kind=(kind) value=(number);
                                @if let Some(style) = filter.colour { (sign(style)) }
                                bdi { (Text(filter.label)) } " " span.count { (filter.count) }
                            }
                        }
                    }
                }
            }
        };
        html! {
            @if classes.len() > 1 || relations.len() > 1 {
                details.filters #filters hidden {
                    summary { (words.filters) }
                    (group("class", words.classes, classes)) (group("relation", words.relations, relations))
                }
            }
        }
    }

    fn tools(&self) -> Markup {
        let words = self.words;
        html! {
            div.tools #tools role="group" aria-label=(words.zoom) hidden {
                @for (action, sign, name) in [("in", "+", words.zoom_in), ("out", "−", words.zoom_out), ("whole", "⛶", words.zoom_whole)] {
                    button type="button" data-zoom=(action) aria-label=(name) title=(name) { (sign) }
                }
            }
        }
    }

    fn keys(&self) -> Markup {
        html! {
            details.keys #keys hidden {
                summary { (self.words.keys) }
                dl { @for (key, does) in ["/", "← ↑ → ↓", "Enter", "Esc", "+ − 0"].iter().zip(self.words.keys_do) {
                    dt { kbd dir="ltr" { (key) } } dd { (does) }
                } }
            }
        }
    }

    fn origin(&self) -> Markup {
        let (config, words) = (self.graph().config(), self.words);
        html! {
            footer { p {
                bdi { (Text(self.site_title())) }
                @if let Some(version) = &config.version { " · " (words.version) " " bdi { (Text(version)) } }
                @if let Some(date) = &config.date { " · " bdi { (Text(date.text())) } }
                " · " (words.license) " "
                @if is_web(&config.license) {
                    a rel="license" href=(Text(&config.license)) { bdi dir="ltr" { (Text(&config.license)) } }
                } @else { bdi { (Text(&config.license)) } }
            } }
        }
    }
}

/// The classes of nodes and the relations of lines, with how many there are.
fn filters<'p>(picture: &'p Picture, relations: &'p [(String, usize)]) -> [Vec<Filter<'p>>; 2] {
    let classes = match picture {
        Picture::Network(Diagram { classes, nodes, .. }) => {
            let filter = |(number, class): (usize, &'p ClassStyle)| {
                let count = nodes.iter().filter(|node| node.class == number).count();
                Filter { label: &class.label, count, colour: Some(class) }
            };
            classes.iter().enumerate().map(filter).collect()
        }
        Picture::Timeline(_) => Vec::new(),
    };
    let relations = relations.iter().map(|(label, count)| Filter { label, count: *count, colour: None });
    [classes, relations.collect()]
}

/// The shape of a class in its colour, as in the picture.
fn sign(class: &ClassStyle) -> Markup {
    html! { (PreEscaped(class.sign())) }
}

/// The SHA-256 of a text in Base64, as a policy names it.
fn digest(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in Sha256::digest(text.as_bytes()).chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

impl<'s, 'g> Page<'s, 'g> {
    /// A page that is a file by itself: what it leads to stands in it.
    fn alone(site: &'s Site<'g>, language: Language, languages: Vec<Language>) -> Self {
        let start = Address { subject: Subject::Start, part: 0 };
        Self { languages, is_alone: true, ..Self::new(site, start, language) }
    }

    /// The name of a place in a file by itself.
    pub(super) fn anchor(&self, subject: Subject) -> String {
        match subject {
            Subject::Entity(entity) => format!("e-{}", self.graph().id(entity)),
            Subject::Document(document) => format!("d-{}", self.graph().id(document)),
            Subject::Paragraph(paragraph) => format!("p{}", paragraph.index()),
            Subject::Start
            | Subject::Names
            | Subject::Sheet(_)
            | Subject::Documents
            | Subject::Section(_)
            | Subject::Classes
            | Subject::Class(_)
            | Subject::Properties
            | Subject::Property(_)
            | Subject::Pictures
            | Subject::Picture(_)
            | Subject::Findings
            | Subject::Coverage => "main".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;

//! What stands in a file of a picture: the picture with what can be left out of it, and the list of all that it shows.

use maud::{Markup, PreEscaped, html};

use super::super::frame::Page;
use super::super::picture::without_style;
use super::super::text::{Text, keys, license};
use super::super::words::Words;
use super::super::{Address, Site, Subject};
use super::AloneError;
use super::list::Listed;
use crate::draw::{ClassStyle, Diagram, Node, Picture};
use crate::model::Language;

/// What may be shown or not: a class of nodes, or a relation of lines.
struct Filter<'a> {
    label: &'a str,
    count: usize,
    colour: Option<&'a ClassStyle>,
}

impl Page<'_, '_> {
    /// What is read in the file in a language: the picture and all that it shows.
    pub(super) fn contents(&self, picture: Picture, listed: &Listed) -> Result<Markup, AloneError> {
        let title = picture.title().to_owned();
        let picture = self.led_within(picture);
        let svg = without_style(&picture.placed()?.annotated());
        let relations = picture.relations();
        Ok(html! {
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
        })
    }

    /// The body of the file: what is read, the choice of languages, what the script says, and the script itself.
    pub(super) fn body(&self, contents: &Markup, tags: &[Language], script: Option<&str>) -> Markup {
        let words = self.words;
        html! {
            body.alone data-shown=(words.shown) data-links=(words.n_links) data-close=(words.close)
                data-others=(words.said_by_others) data-states=(words.states) data-dir=(self.language.direction().as_str()) {
                a.skip href="#list" { (words.as_list) }
                @if tags.len() > 1 { (self.languages_here(tags)) }
                (contents)
                @if let Some(script) = script { script { (PreEscaped(script)) } }
            }
        }
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

    /// The buttons that make a picture larger and smaller, for a script.
    pub(in crate::publish::site) fn tools(&self) -> Markup {
        let words = self.words;
        html! {
            div.tools #tools role="group" aria-label=(words.zoom) hidden {
                @for (action, sign, name) in [("in", "+", words.zoom_in), ("out", "−", words.zoom_out), ("whole", "⊡", words.zoom_whole)] {
                    button type="button" data-zoom=(action) aria-label=(name) title=(name) { (sign) }
                }
            }
        }
    }

    /// The languages that the file has, to choose from by the script.
    fn languages_here(&self, tags: &[Language]) -> Markup {
        html! {
            nav.languages #languages aria-label=(self.words.languages) hidden {
                ul { @for &tag in tags { li {
                    button type="button" data-language=(tag.as_str()) lang=(tag.as_str())
                        aria-current=[(tag == self.language).then_some("true")] { (Words::of(tag).own_name(tag)) }
                } } }
            }
        }
    }

    fn keys(&self) -> Markup {
        html! {
            details.keys #keys hidden {
                (keys(self.words.keys, &["/", "← ↑ → ↓", "Enter", "Esc", "+ − 0"], self.words.keys_do))
            }
        }
    }

    fn origin(&self) -> Markup {
        html! {
            footer { p {
                bdi { (Text(self.site_title())) } (self.version())
                " · " (self.words.license) " " (license(&self.graph().config().license))
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

impl<'s, 'g> Page<'s, 'g> {
    /// A page that is a file by itself: what it leads to stands in it.
    pub(super) fn alone(site: &'s Site<'g>, language: Language, languages: Vec<Language>) -> Self {
        let start = Address { subject: Subject::Start, part: 0 };
        Self { languages, is_alone: true, ..Self::new(site, start, language) }
    }

    /// The name of a place in a file by itself.
    pub(in crate::publish::site) fn anchor(&self, subject: Subject) -> String {
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

//! Pictures in pages: SVG as a part of the page, whose nodes lead to the pages of what they show.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};

use super::Subject;
use super::frame::{Body, Page};
use super::row::ends;
use super::text::Text;
use crate::draw::{self, Diagram, Files, Node, Picture, Scene, Timeline};
use crate::graph::{Chosen, KnowledgeGraph, Section, Selection, View};
use crate::model::{EntityId, StatementId};
use crate::publish::pictures::{Drawn, drawn};

/// The most entities that are drawn on the page of one, or of a paragraph: more cannot be read there.
const MOST_DRAWN: usize = 100;

/// A picture with a name, on a page of its own.
#[derive(Debug, Clone)]
pub(super) struct NamedPicture {
    /// The name of its file.
    pub(super) name: String,
    drawn: Drawn,
    /// The overview, or the page of a group.
    page: usize,
}

impl NamedPicture {
    /// Tells whether it shows a section.
    pub(super) fn is_of(&self, section: &Section) -> bool {
        matches!(&self.drawn, Drawn::Network(View { selection: Selection::Section(other), .. }) if other == section && self.page == 0)
    }
}

/// Returns the pictures that a build draws of a graph.
pub(super) fn named(graph: &KnowledgeGraph) -> Vec<NamedPicture> {
    let languages = graph.languages(None);
    let mut pictures = Vec::new();
    for (name, drawn) in drawn(graph).drawn {
        let pages = match &drawn {
            Drawn::Network(view) => draw::pages(&Scene::new(graph, view, &languages), None)
                .iter()
                .map(|page| !page.nodes.is_empty())
                .collect(),
            Drawn::Timeline => {
                vec![!draw::timeline(&Scene::new(graph, &View::default(), &languages)).events.is_empty()]
            }
        };
        let shown = pages.into_iter().enumerate().filter(|(_, shown)| *shown);
        let stem = name.replace('/', "-");
        pictures.extend(shown.map(|(page, _)| NamedPicture {
            name: Files { stem: &stem, extension: "html" }.page(page),
            drawn: drawn.clone(),
            page,
        }));
    }
    pictures
}

impl Page<'_, '_> {
    /// The picture of what is said of an entity.
    pub(super) fn entity_picture(&self, entity: EntityId) -> Markup {
        let [said, others] = self.rows_of(entity);
        let statements: Vec<StatementId> = said.into_iter().chain(others).map(|(_, id)| id).collect();
        self.picture_of_statements(&self.words.direct_links(&self.plain_name(entity)), &statements)
    }

    /// The picture of some statements, if several link entities.
    pub(super) fn picture_of_statements(&self, title: &str, statements: &[StatementId]) -> Markup {
        let graph = self.graph();
        let links = statements.iter().copied().filter(|&id| {
            let statement = graph.statement(id);
            ends([statement]).count() > 1 && statement.rank != crate::model::Rank::Deprecated
        });
        let links: BTreeSet<StatementId> = links.collect();
        let entities: BTreeSet<EntityId> = ends(links.iter().map(|&id| graph.statement(id))).collect();
        // One line says no more than the statement does.
        if links.len() < 2 {
            return Markup::default();
        }
        if entities.len() > MOST_DRAWN {
            return html! { p.note { (self.words.too_many(entities.len(), MOST_DRAWN)) } };
        }
        let chosen = Chosen { title: title.to_owned(), entities, statements: links };
        let view = View::from(Selection::Chosen(chosen));
        let mut diagram = draw::diagram(&Scene::new(graph, &view, &self.languages));
        // What the page says already.
        diagram.footer.clear();
        Self::figure(&Picture::Network(self.led(diagram)))
    }

    /// A diagram whose nodes lead to pages.
    fn led(&self, mut diagram: Diagram) -> Diagram {
        diagram.nodes.iter_mut().for_each(|node| self.lead(node));
        diagram
    }

    /// Leads a node to the page of its entity, and keeps its id apart from those of the page.
    fn lead(&self, node: &mut Node) {
        if let Some(entity) = self.graph().entity_by_id(&node.id) {
            node.href = Some(self.href(Subject::Entity(entity)));
        }
        node.id.insert_str(0, "node-");
    }

    /// A picture in a page.
    fn figure(picture: &Picture) -> Markup {
        let Ok(placed) = picture.placed() else { return Markup::default() };
        let svg = inline(&placed.svg());
        html! {
            // What is wider than the page is moved to and fro, with the keyboard too.
            figure.picture role="group" tabindex="0" aria-label=(Text(picture.title())) { (PreEscaped(svg)) }
        }
    }

    fn led_timeline(&self, mut timeline: Timeline) -> Timeline {
        for event in &mut timeline.events {
            self.lead(&mut event.node);
        }
        timeline.undated.iter_mut().for_each(|node| self.lead(node));
        timeline
    }

    /// A named picture, as it is drawn in the language of the page.
    fn drawn(&self, number: usize) -> Option<Picture> {
        let NamedPicture { name, drawn, page } = self.site.pictures.get(number)?;
        let scene = |view| Scene::new(self.graph(), view, &self.languages);
        Some(match drawn {
            Drawn::Timeline => Picture::Timeline(draw::timeline(&scene(&View::default()))),
            Drawn::Network(view) => {
                // The overview leads to the pages of its groups.
                let stem = if *page == 0 { name.as_str() } else { "" };
                let files = Files { stem, extension: "html" };
                Picture::Network(draw::pages(&scene(view), Some(files)).into_iter().nth(*page)?)
            }
        })
    }

    pub(super) fn pictures(&self) -> Body {
        let main = html! {
            h1 { (self.words.pictures) }
            ul.tree { @for number in 0..self.site.pictures.len() {
                @if let Some(picture) = self.drawn(number) {
                    li { a href=(self.href(Subject::Picture(number))) { bdi { (Text(picture.title())) } } }
                }
            } }
        };
        Body::new(self.words.pictures, main)
    }

    pub(super) fn picture(&self, number: usize) -> Body {
        let Some(picture) = self.drawn(number) else { return Body::new("", Markup::default()) };
        let title = picture.title().to_owned();
        let led = match picture {
            Picture::Network(diagram) => Picture::Network(self.led(diagram)),
            Picture::Timeline(timeline) => Picture::Timeline(self.led_timeline(timeline)),
        };
        let main = html! {
            h1 { bdi { (Text(&title)) } }
            p.definition { (Text(led.description())) }
            (Self::figure(&led))
        };
        Body::new(title, main).with_trail(vec![(Subject::Pictures, html! { (self.words.pictures) })])
    }
}

/// A picture as a part of a page: without its own style, which the style of the site has.
pub(super) fn inline(svg: &str) -> String {
    match (svg.find("<style>"), svg.find("</style>")) {
        (Some(start), Some(end)) if start < end => {
            let (before, after) = (svg.get(..start), svg.get(end + "</style>".len()..));
            [before, after].into_iter().flatten().collect()
        }
        _ => svg.to_owned(),
    }
}

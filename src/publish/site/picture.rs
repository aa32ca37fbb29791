//! Pictures in pages: SVG as a part of the page, whose nodes lead to the pages of what they show.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use maud::{Markup, PreEscaped, html};

use super::frame::{Body, Page};
use super::place::encoded;
use super::text::Text;
use super::{Site, Subject, table};
use crate::draw::{self, Diagram, Files, Node, Picture, PlacedPicture, Scene};
use crate::graph::ends;
use crate::graph::{Chosen, KnowledgeGraph, Section, Selection, View};
use crate::model::{EntityId, Language, StatementId};
use crate::publish::pictures::{Drawn, drawn};

/// The most entities that are drawn on the page of one, or of a paragraph: more cannot be read there.
const MOST_DRAWN: usize = 100;
/// The most that are listed around one.
const MOST_LISTED: usize = 400;

/// The named pictures of a language, each with everything at its place when it is first asked for.
pub(super) type PlacedPictures = OnceLock<Vec<OnceLock<Option<PlacedPicture<'static>>>>>;

/// A picture with a name, on a page of its own.
#[derive(Debug, Clone)]
pub(super) struct NamedPicture {
    /// The name of its file.
    pub(super) name: String,
    drawn: Drawn,
    /// The overview, or the page of a group.
    page: usize,
    /// How many rows its table has.
    pub(super) n_rows: usize,
}

impl NamedPicture {
    /// The picture in the first of the languages; an overview leads to the pages of its groups.
    fn picture(&self, graph: &KnowledgeGraph, languages: &[Language]) -> Option<Picture> {
        let scene = |view| Scene::new(graph, view, languages);
        Some(match &self.drawn {
            Drawn::Timeline => Picture::Timeline(draw::timeline(&scene(&View::default()))),
            Drawn::Network(view) => {
                let stem = if self.page == 0 { self.name.as_str() } else { "" };
                let files = Files { stem, extension: "html" };
                Picture::Network(draw::pages(&scene(view), Some(files)).into_iter().nth(self.page)?)
            }
        })
    }

    /// What it is called in the first of the languages.
    pub(super) fn title(&self, graph: &KnowledgeGraph, languages: &[Language]) -> Option<String> {
        self.picture(graph, languages).map(|picture| picture.title().to_owned())
    }

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
        let scene = |view| Scene::new(graph, view, &languages);
        let pages: Vec<Picture> = match &drawn {
            Drawn::Network(view) => draw::pages(&scene(view), None).into_iter().map(Picture::Network).collect(),
            Drawn::Timeline => vec![Picture::Timeline(draw::timeline(&scene(&View::default())))],
        };
        let shown = pages.iter().enumerate().filter(|(_, picture)| picture.n_shown() > 0);
        let stem = name.replace('/', "-");
        pictures.extend(shown.map(|(page, picture)| NamedPicture {
            name: Files { stem: &stem, extension: "html" }.page(page),
            drawn: drawn.clone(),
            page,
            n_rows: table::n_rows(picture),
        }));
    }
    pictures
}

impl Site<'_> {
    /// Returns the picture by itself that is at a path below the folder of a language, as SVG whose nodes lead to the addresses
    /// of what they show; nothing if there is none.
    #[must_use]
    pub(crate) fn picture_svg(&self, path: &str, language: Language) -> Option<String> {
        let number = self.pictures().iter().position(|picture| picture_file(picture) == path)?;
        let placed = self.placed_picture(number, language)?.clone();
        Some(placed.with_nodes(|node| self.lead_to_file(node)).svg())
    }

    /// Leads the node of a group to the file of its picture.
    fn lead_to_file(&self, node: &mut Node) {
        let page = node.href.as_deref().and_then(|href| href.strip_suffix(".html"));
        if let Some(page) = page.filter(|_| self.graph.entity_by_id(&node.id).is_none()) {
            node.href = Some(format!("{page}.svg"));
        }
    }

    /// A named picture in a language with everything at its place, which is found once: the page has it, and the file.
    fn placed_picture(&self, number: usize, language: Language) -> Option<&PlacedPicture<'static>> {
        let all = self.of_language(&self.placed, language)?;
        let all = all.get_or_init(|| self.pictures().iter().map(|_| OnceLock::new()).collect());
        let place = || {
            let languages = self.graph.languages(Some(language));
            self.pictures().get(number)?.picture(self.graph, &languages)?.into_placed().ok()
        };
        all.get(number)?.get_or_init(place).as_ref()
    }
}

/// The file of a picture by itself, in the folder of a language.
pub(super) fn picture_file(picture: &NamedPicture) -> String {
    format!("picture/{}.svg", picture.name)
}

impl Page<'_, '_> {
    /// The picture of what is said of an entity.
    pub(super) fn entity_picture(&self, entity: EntityId) -> Markup {
        let view = View::from(Selection::Around(entity, 1));
        let near = self.graph().subgraph(&view).entities.len();
        if near > MOST_LISTED {
            // Nothing is composed to be thrown away.
            return self.too_many(near, MOST_LISTED);
        }
        let diagram = draw::diagram(&Scene::new(self.graph(), &view, &self.languages));
        // Those around an entity stand in lists, which are read however many they are.
        let most = if diagram.hub.is_some() { MOST_LISTED } else { MOST_DRAWN };
        self.small_picture(diagram, most)
    }

    /// The picture of some statements, if several link entities.
    pub(super) fn picture_of_statements(&self, title: &str, statements: &[StatementId]) -> Markup {
        let graph = self.graph();
        let links = statements.iter().copied().filter(|&id| {
            let statement = graph.statement(id);
            ends(statement).count() > 1 && statement.rank != crate::model::Rank::Deprecated
        });
        let links: BTreeSet<StatementId> = links.collect();
        let entities: BTreeSet<EntityId> = links.iter().flat_map(|&id| ends(graph.statement(id))).collect();
        let chosen = Chosen { title: title.to_owned(), entities, statements: links };
        let view = View::from(Selection::Chosen(chosen));
        self.small_picture(draw::diagram(&Scene::new(graph, &view, &self.languages)), MOST_DRAWN)
    }

    /// A picture on the page of something else, if it says more than one statement does and can be read there.
    fn small_picture(&self, mut diagram: Diagram, most: usize) -> Markup {
        if diagram.edges.iter().map(|edge| edge.statements.len()).sum::<usize>() < 2 {
            return Markup::default();
        }
        if diagram.nodes.len() > most {
            return self.too_many(diagram.nodes.len(), most);
        }
        // What the page says already.
        diagram.footer.clear();
        diagram.description.clear();
        Self::figure(Picture::Network(self.led(diagram)))
    }

    fn too_many(&self, n: usize, most: usize) -> Markup {
        html! { p.note { (self.words.too_many(n, most)) } }
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
    fn figure(picture: Picture) -> Markup {
        let title = picture.title().to_owned();
        picture.into_placed().map(|placed| Self::placed(&title, &placed)).unwrap_or_default()
    }

    fn placed(title: &str, placed: &PlacedPicture<'_>) -> Markup {
        let svg = without_style(&placed.inline());
        html! {
            // What is wider than the page is moved to and fro, with the keyboard too.
            figure.picture role="group" tabindex="0" aria-label=(Text(title)) { (PreEscaped(svg)) }
        }
    }

    pub(super) fn pictures(&self) -> Body {
        let main = html! {
            h1 { (self.words.pictures) }
            ul.tree { @for (number, title) in self.site.titles(self.language).iter().enumerate() {
                @if let Some(title) = title {
                    li { a href=(self.href(Subject::Picture(number))) { bdi { (Text(title)) } } }
                }
            } }
        };
        Body::new(self.words.pictures, main)
    }

    pub(super) fn picture(&self, number: usize) -> Body {
        let Some(placed) = self.site.placed_picture(number, self.language) else {
            return Body::new("", Markup::default());
        };
        let placed = placed.clone().with_nodes(|node| self.lead(node));
        let led = placed.clone().into_picture();
        let title = led.title().to_owned();
        let file = self.site.pictures().get(number).map(|picture| encoded(&picture_file(picture)));
        let main = html! {
            h1 { bdi { (Text(&title)) } }
            @if self.address.part == 0 {
                p.definition { (Text(led.description())) }
                (Self::placed(&title, &placed))
                @if let Some(file) = file {
                    p { a href={(self.up) (file)} type="image/svg+xml" download { (self.words.as_file) } }
                }
            }
            (self.table(&led))
        };
        Body::new(title, main).with_trail(vec![(Subject::Pictures, html! { (self.words.pictures) })])
    }
}

/// A picture as a part of a page: without its own style and fonts, which the style of the page has, and without what HTML
/// does not have on `svg`: the direction is that of the page, and `xml:lang` says the language.
pub(super) fn without_style(svg: &str) -> String {
    let without = |text: &str, start: &str, end: &str| -> String {
        let found = text.find(start).and_then(|from| {
            let inside = from + start.len();
            Some((from, inside + text.get(inside..)?.find(end)? + end.len()))
        });
        let kept = found.and_then(|(from, to)| Some([text.get(..from)?, text.get(to..)?].concat()));
        kept.unwrap_or_else(|| text.to_owned())
    };
    let parts = [("<style>", "</style>"), (" font-family=\"", "\""), (" lang=\"", "\""), (" dir=\"", "\"")];
    parts.into_iter().fold(svg.to_owned(), |svg, (start, end)| without(&svg, start, end))
}

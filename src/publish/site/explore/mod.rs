//! The page of the explorer: the picture that grows, what there is besides, and the same as a list. Each thing that can be
//! done is a link, so that it works without script.

mod begin;
mod details;
mod filters;
mod take;

use std::borrow::Cow;
use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};

pub(super) use self::begin::Beginning;
use super::frame::{Body, Page};
use super::picture::without_style;
use super::text::Text;
use super::words::ExploreWords;
use super::{Address, RefusedData, Site, Subject};
use crate::draw::{Diagram, Layout, PlacedPicture};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language};
use crate::publish::explore::{Along, Exploration, Explored, Hit, MOST_ENTITIES, Route, Step};
use crate::rdf::segment;

/// The address of the page, within the folder of a language.
const HERE: &str = "explore";
/// The most statements on the page.
const MOST_STATEMENTS: usize = 300;

/// What is looked at in a page of the explorer.
#[derive(Debug, Default)]
pub(crate) struct Looking<'a> {
    /// The steps.
    pub exploration: Exploration,
    /// What the details are of: an entity, or the links between two.
    pub focus: Option<(EntityId, Option<EntityId>)>,
    /// What was typed, with what was found by it, and how much in all.
    pub typed: Option<(&'a str, Vec<Hit<'a>>, usize)>,
    /// From where a path is to lead to what was typed.
    pub from: Option<EntityId>,
    /// Why the address cannot be shown as it is.
    pub wrong: Option<String>,
    /// What the data set is by now, if that is not shown.
    pub refused: Option<&'a RefusedData>,
    /// Where the server is, `https://…` without a slash at the end; nothing if nobody knows.
    pub origin: String,
}

impl Site<'_> {
    /// Returns the page of the explorer as HTML.
    #[must_use]
    pub(crate) fn explore(&self, looking: &Looking<'_>, language: Language) -> String {
        let page = Page::new(self, Address { subject: Subject::Start, part: 0 }, language);
        let page = page.beside_refused(looking.refused);
        let explored = looking.exploration.explored(self.graph);
        let view = Explore { page: &page, words: ExploreWords::of(language), looking, explored };
        page.framed(&view.body()).into_string()
    }
}

/// A page of the explorer that is being made.
struct Explore<'p, 's, 'g, 'a> {
    page: &'p Page<'s, 'g>,
    words: &'static ExploreWords,
    looking: &'p Looking<'a>,
    explored: Explored<'g>,
}

impl Explore<'_, '_, '_, '_> {
    fn body(&self) -> Body {
        let main = html! {
            h1 { (self.words.title) }
            (self.find(None))
            @if let Some(wrong) = &self.looking.wrong { p.note role="alert" { (Text(&self.words.wrong(wrong))) } }
            (self.hits())
            @for left in self.explored.left() { p.note role="status" { (self.words.no_room(left.n, MOST_ENTITIES)) } }
            @if self.explored.n_before_filters() == 0 { (self.empty()) } @else { (self.view()) }
            p #failed .note role="alert" hidden data-loading=(self.words.loading) { (self.words.failed) }
        };
        let title = self.looking.exploration.title(self.page.graph(), &self.page.languages);
        let title =
            if title.is_empty() { self.words.title.to_owned() } else { format!("{title} – {}", self.words.title) };
        Body::live(title, self.href(&self.looking.exploration, self.looking.focus), main)
    }

    /// The address of an exploration, with what the details are of.
    fn href(&self, exploration: &Exploration, focus: Option<(EntityId, Option<EntityId>)>) -> String {
        address(self.page.graph(), HERE, exploration, focus)
    }

    fn after(&self, step: Step) -> String {
        let focus = match step {
            Step::Path(_) => None,
            _ => step.focus().map(|entity| (entity, None)),
        };
        self.href(&self.looking.exploration.with(step), focus)
    }

    /// The address at which the details are of an entity.
    fn look_at(&self, entity: EntityId) -> String {
        self.href(&self.looking.exploration, Some((entity, None)))
    }

    /// What is kept of the address when a form is sent.
    fn kept(&self, but: &str) -> Markup {
        let kept = self.looking.exploration.address(self.page.graph());
        html! {
            @for (name, value) in kept.iter().filter(|(name, _)| *name != but) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }

    /// The form in which a name is looked for: to show what has it, or the paths from an entity to that.
    fn find(&self, from: Option<EntityId>) -> Markup {
        let typed = self.looking.typed.as_ref().filter(|_| self.looking.from == from).map_or("", |(typed, ..)| typed);
        let (id, label) = if from.is_some() { ("to", self.words.path_to) } else { ("find", self.words.find) };
        html! {
            form.explore-form role=[from.is_none().then_some("search")] action=(HERE) {
                (self.kept(""))
                @if let Some(from) = from { input type="hidden" name="from" value=(self.page.graph().id(from)); }
                label for=(id) { (label) } " "
                input id=(id) type="search" name="find" value=(Text(typed)) autocomplete="off" dir="auto" data-names; " "
                button { (self.words.show) }
            }
        }
    }

    /// What was found by what was typed, to choose from.
    fn hits(&self) -> Markup {
        let Some((_, hits, n)) = &self.looking.typed else { return Markup::default() };
        let step = |entity: EntityId| match self.looking.from {
            Some(from) => Step::Path(Route::between(from, entity)),
            None => Step::Add(entity),
        };
        html! {
            section aria-labelledby="found-names" {
                h2 #found-names { (self.words.found(*n)) }
                @if *n == 0 && !hits.is_empty() { p { (self.page.words.perhaps) } }
                ul.rows { @for hit in hits { li {
                    a href=(self.after(step(hit.entity))) { (self.page.name(hit.entity)) }
                    @if hit.name != self.page.plain_name(hit.entity) {
                        " – " bdi lang=[self.page.other(hit.language)] { (Text(hit.name)) }
                    }
                    " " span.count { (self.page.class_name(self.page.graph().entity(hit.entity).class)) }
                } } }
            }
        }
    }

    fn view(&self) -> Markup {
        let shown = self.explored.entities();
        let left_out = self.explored.n_before_filters() - shown.len();
        html! {
            (self.actions())
            div.explore {
                div.seen {
                    @if let Some((diagram, layout)) = self.looking.exploration.picture(self.page.graph(), &self.page.languages) {
                        (self.picture(diagram, &layout))
                    }
                    p #summary {
                        (self.words.summary(shown.len(), self.explored.statements().len()))
                        @if left_out > 0 { " " (self.words.left_out(left_out)) }
                    }
                    (self.when())
                }
                aside #details tabindex="-1" aria-label=(self.words.details) { (self.details()) }
            }
            (self.filters())
            (self.cite())
            (self.list(shown))
            (self.evidence())
        }
    }

    /// The picture, in which everything leads to its details.
    fn picture(&self, mut diagram: Diagram, layout: &Layout) -> Markup {
        let graph = self.page.graph();
        let entity = |id: &str| graph.entity_by_id(id);
        let ends: Vec<Option<EntityId>> = diagram.nodes.iter().map(|node| entity(&node.id)).collect();
        for edge in &mut diagram.edges {
            let end = |node: usize| ends.get(node).copied().flatten();
            edge.href = end(edge.from)
                .zip(end(edge.to))
                .map(|(from, to)| self.href(&self.looking.exploration, Some((from, Some(to)))));
        }
        self.framed(diagram, layout, |entity| self.look_at(entity))
    }

    /// A picture whose nodes lead somewhere, with what makes it larger and smaller.
    fn framed(&self, mut diagram: Diagram, layout: &Layout, lead: impl Fn(EntityId) -> String) -> Markup {
        for node in &mut diagram.nodes {
            node.href = self.page.graph().entity_by_id(&node.id).map(&lead);
            node.id.insert_str(0, "node-");
        }
        let svg = without_style(&PlacedPicture::Network(Cow::Borrowed(&diagram), layout.clone()).inline());
        html! {
            div.view {
                (self.page.tools())
                figure #picture .picture role="group" aria-label=(self.words.picture) { (PreEscaped(svg)) }
            }
        }
    }

    /// The date at which everything is looked at: those that matter, and a field for any.
    fn when(&self) -> Markup {
        let exploration = &self.looking.exploration;
        let as_of = exploration.as_of.as_ref().map_or("", |date| date.text());
        let mut dates = self.explored.dates();
        if !as_of.is_empty() && !dates.iter().any(|date| date == as_of) {
            let at = dates.partition_point(|date| date.as_str() < as_of);
            dates.insert(at, as_of.to_owned());
        }
        let at = |date: &str| self.href(&exploration.at(date), self.looking.focus);
        html! {
            div.when role="group" aria-label=(self.words.dates) {
                form.explore-form action=(HERE) {
                    (self.kept("as_of"))
                    label for="as_of" { (self.words.as_of) } " "
                    input #as_of name="as_of" value=(as_of) placeholder=(self.words.any_date) size="12" inputmode="numeric" dir="ltr"; " "
                    button { (self.words.show) }
                }
                @if !dates.is_empty() {
                    ol.dates data-label=(self.words.dates) {
                        li { a href=(at("")) aria-current=[as_of.is_empty().then_some("true")] { (self.words.any_date) } }
                        @for date in &dates {
                            li { a href=(at(date)) aria-current=[(date == as_of).then_some("true")] { bdi { (date) } } }
                        }
                    }
                }
            }
        }
    }

    /// The picture as a list.
    fn list(&self, shown: &BTreeSet<EntityId>) -> Markup {
        html! {
            section aria-labelledby="list" {
                h2 #list { (self.words.list) " " span.count { (shown.len()) } }
                ul.rows { @for &entity in shown {
                    @let around = self.explored.around(entity);
                    li id={"row-" (self.page.graph().id(entity))} {
                        a href=(self.look_at(entity)) { (self.page.name(entity)) }
                        " " span.count { (self.page.class_name(self.page.graph().entity(entity).class)) " · " (self.words.shown(around.shown, around.all)) }
                        @if around.shown < around.all {
                            " " a.open href=(self.after(Step::Open { entity, along: Along::Any, all: false })) { (self.words.open_next) }
                        }
                        " " a.hide href=(self.after(Step::Hide(entity))) { (self.words.hide) }
                    }
                } }
            }
        }
    }

    /// The statements in the picture, each with its paragraphs.
    fn evidence(&self) -> Markup {
        let statements = self.explored.statements();
        html! {
            section aria-labelledby="evidence" {
                h2 #evidence { (self.words.evidence) " " span.count { (self.words.shown(statements.len().min(MOST_STATEMENTS), statements.len())) } }
                p { @for (number, format) in ["csv", "xlsx"].into_iter().enumerate() {
                    @if number > 0 { " · " }
                    (self.file(format))
                } }
                ul.rows { @for &id in statements.iter().take(MOST_STATEMENTS) { (self.page.sentence(id)) } }
            }
        }
    }
}

/// The address of an exploration, with what the details are of.
fn address(
    graph: &KnowledgeGraph,
    path: &str,
    exploration: &Exploration,
    focus: Option<(EntityId, Option<EntityId>)>,
) -> String {
    let mut pairs = exploration.address(graph);
    pairs.extend(focus.map(|(one, other)| {
        let other = other.map_or(String::new(), |other| format!(",{}", graph.id(other)));
        ("focus", graph.id(one).to_owned() + &other)
    }));
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", segment(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

//! The page of the explorer: the picture that grows, what there is besides, and the same as a list. Each thing that can be
//! done is a link, so that it works without script.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};

use super::frame::{Body, Page};
use super::picture::without_style;
use super::text::Text;
use super::words::ExploreWords;
use super::{Address, RefusedData, Site, Subject};
use crate::draw;
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, EntityId, Language, Object, PropertyId, StatementId};
use crate::publish::explore::{AT_A_TIME, Along, Exploration, Explored, Hit, MOST_ENTITIES, Step};
use crate::rdf::segment;

/// The address of the page, within the folder of a language.
const HERE: &str = "explore";
/// The most statements on the page.
const MOST_STATEMENTS: usize = 300;
/// The formats in which a view can be taken along.
const FORMATS: [&str; 9] = ["svg", "png", "pdf", "dot", "gexf", "graphml", "csv", "xlsx", "ttl"];

/// What is looked at in a page of the explorer.
#[derive(Debug, Default)]
pub struct Looking<'a> {
    /// The steps.
    pub exploration: Exploration,
    /// What the details are of: an entity, or the links between two.
    pub focus: Option<(EntityId, Option<EntityId>)>,
    /// What was typed, with what was found by it, and how much in all.
    pub typed: Option<(&'a str, Vec<Hit<'a>>, usize)>,
    /// Why the address cannot be shown as it is.
    pub wrong: Option<String>,
    /// What the data set is by now, if that is not shown.
    pub refused: Option<&'a RefusedData>,
}

/// How many entities an empty picture offers.
const FIRST: usize = 9;

impl Site<'_> {
    /// The entities with most links, to begin with.
    fn first(&self) -> &[EntityId] {
        self.first.get_or_init(|| {
            let mut most: Vec<EntityId> = self.graph.entity_ids().collect();
            most.sort_by_cached_key(|&entity| (Reverse(self.graph.links_of(entity).len()), entity));
            most.truncate(FIRST);
            most
        })
    }

    /// Returns the page of the explorer as HTML.
    #[must_use]
    pub fn explore(&self, looking: &Looking<'_>, language: Language) -> String {
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
        let shown = self.explored.entities();
        let main = html! {
            h1 { (self.words.title) }
            (self.forms())
            @if let Some(wrong) = &self.looking.wrong { p.note role="alert" { (Text(&self.words.wrong(wrong))) } }
            (self.hits())
            @for left in self.explored.left() { p.note role="status" { (self.words.no_room(left.n, MOST_ENTITIES)) } }
            @if shown.is_empty() { (self.empty()) } @else { (self.view(&shown)) }
        };
        Body::live(self.words.title, self.href(&self.looking.exploration, self.looking.focus), main)
    }

    /// The address of an exploration, with what the details are of.
    fn href(&self, exploration: &Exploration, focus: Option<(EntityId, Option<EntityId>)>) -> String {
        address(self.page.graph(), HERE, exploration, focus)
    }

    fn after(&self, step: Step) -> String {
        let focus = match step {
            Step::Hide(_) => None,
            Step::Add(entity) | Step::Open { entity, .. } | Step::Close(entity) | Step::Path(_, entity) => {
                Some((entity, None))
            }
        };
        self.href(&self.looking.exploration.with(step), focus)
    }

    fn forms(&self) -> Markup {
        let kept = self.looking.exploration.address(self.page.graph());
        let typed = self.looking.typed.as_ref().map_or("", |(typed, ..)| typed);
        let as_of = self.looking.exploration.as_of.as_ref().map_or("", |date| date.text());
        html! {
            form.explore-form role="search" action=(HERE) {
                @for (name, value) in &kept { input type="hidden" name=(name) value=(value); }
                label for="find" { (self.words.find) } " "
                input #find type="search" name="find" value=(Text(typed)) autocomplete="off" dir="auto"; " "
                button { (self.words.show) }
            }
            form.explore-form action=(HERE) {
                @for (name, value) in kept.iter().filter(|(name, _)| *name != "as_of") {
                    input type="hidden" name=(name) value=(value);
                }
                label for="as_of" { (self.words.as_of) } " "
                input #as_of name="as_of" value=(as_of) placeholder=(self.words.any_date) size="12" inputmode="numeric"; " "
                button { (self.words.show) }
            }
        }
    }

    /// What was found by what was typed, to choose from.
    fn hits(&self) -> Markup {
        let Some((_, hits, n)) = &self.looking.typed else { return Markup::default() };
        html! {
            section aria-labelledby="found-names" aria-live="polite" {
                h2 #found-names { (self.words.found(*n)) }
                ul.rows { @for hit in hits { li {
                    a href=(self.after(Step::Add(hit.entity))) { (self.page.name(hit.entity)) }
                    @if hit.name != self.page.plain_name(hit.entity) {
                        " – " bdi lang=[self.page.other(hit.language)] { (Text(hit.name)) }
                    }
                    " " span.count { (self.page.class_name(self.page.graph().entity(hit.entity).class)) }
                } } }
            }
        }
    }

    /// What is shown before there is anything: what to begin with.
    fn empty(&self) -> Markup {
        html! {
            p.lead { (self.words.empty) }
            p { (self.words.try_these) }
            ul.names { @for &entity in self.page.site.first() {
                @let step = Step::Open { entity, along: Along::Any, all: false };
                li { a href=(self.after(step)) { (self.page.name(entity)) } }
            } }
        }
    }

    fn view(&self, shown: &BTreeSet<EntityId>) -> Markup {
        html! {
            (self.actions())
            div.explore {
                (self.picture())
                aside #details aria-live="polite" aria-label=(self.words.details) { (self.details(shown)) }
            }
            (self.filters(shown))
            (self.list(shown))
            (self.evidence())
        }
    }

    fn actions(&self) -> Markup {
        let exploration = &self.looking.exploration;
        html! {
            nav.actions aria-label=(self.words.take_along) {
                ul {
                    @if let Some(before) = exploration.before() {
                        li { a #undo rel="prev" href=(self.href(&before, None)) { (self.words.undo) } }
                    }
                    li { a href=(HERE) { (self.words.begin) } }
                    li { (self.words.take_along) ": " @for (number, format) in FORMATS.iter().enumerate() {
                        @if number > 0 { " · " }
                        @let file = address(self.page.graph(), &format!("{HERE}.{format}"), exploration, None);
                        a href=(file) data-file { bdi dir="ltr" { (format.to_uppercase()) } }
                    } }
                }
            }
            details.keys { summary { (self.words.keys) } p { (self.words.keys_help) } }
        }
    }

    fn picture(&self) -> Markup {
        let page = self.page;
        let Some((mut diagram, layout)) = self.looking.exploration.picture(page.graph(), &page.languages) else {
            return Markup::default();
        };
        for node in &mut diagram.nodes {
            if let Some(entity) = page.graph().entity_by_id(&node.id) {
                node.href = Some(self.href(&self.looking.exploration, Some((entity, None))));
            }
            node.id.insert_str(0, "node-");
        }
        let svg = without_style(&draw::svg(&diagram, &layout));
        html! {
            figure #picture .picture role="group" tabindex="0" aria-label=(self.words.picture) { (PreEscaped(svg)) }
        }
    }

    /// The details: of an entity, or of the links between two.
    fn details(&self, shown: &BTreeSet<EntityId>) -> Markup {
        let last = || self.looking.exploration.steps.iter().rev().find_map(Step::focus);
        let last = || last().filter(|entity| shown.contains(entity)).or_else(|| shown.first().copied());
        match self.looking.focus.or_else(|| Some((last()?, None))) {
            None => Markup::default(),
            Some((one, Some(other))) => self.between(one, other),
            Some((entity, None)) => self.entity(entity),
        }
    }

    fn entity(&self, entity: EntityId) -> Markup {
        let (page, words) = (self.page, self.words);
        let around = self.explored.around(entity);
        let open = |along: Along, all: bool| self.after(Step::Open { entity, along, all });
        let more = |along: Along, shown: usize, all: usize| {
            html! {
                span.count { (words.shown(shown, all)) }
                @if all > shown + AT_A_TIME { " " a href=(open(along, false)) { (words.open_next) } }
                @if shown < all { " " a href=(open(along, true)) { (words.open_all) } }
            }
        };
        let rows: Vec<_> = page.rows_of(entity).concat();
        html! {
            h2 { (page.name(entity)) }
            p.kind { (page.class_link(page.graph().entity(entity).class)) }
            p { a href=(page.href(Subject::Entity(entity))) { (words.page) } " · "
                a href=(self.after(Step::Close(entity))) { (words.close) } " · "
                a href=(self.after(Step::Hide(entity))) { (words.hide) } }
            h3 { (words.neighbours) }
            p { (more(Along::Any, around.shown, around.all)) }
            ul.rows {
                @for (property, back, count) in self.explored.relations(entity) { li {
                    (self.relation(property, back)) " " (more(Along::Property(property, back), count.shown, count.all))
                } }
                @for (class, count) in self.explored.classes(entity) { li {
                    (page.class_name(class)) " " (more(Along::Class(class), count.shown, count.all))
                } }
            }
            (self.paths(entity))
            h3 { (words.evidence) }
            (page.groups(page.part_of(&rows)))
        }
    }

    /// Paths from an entity to the others that were looked for by name.
    fn paths(&self, entity: EntityId) -> Markup {
        let named = self.looking.exploration.steps.iter().filter_map(|step| match *step {
            Step::Add(other) | Step::Open { entity: other, .. } | Step::Path(_, other) => Some(other),
            Step::Hide(_) | Step::Close(_) => None,
        });
        let named: BTreeSet<EntityId> = named.filter(|&other| other != entity).collect();
        html! {
            @if !named.is_empty() {
                p.list { @for &other in named.iter().take(6) {
                    a href=(self.after(Step::Path(entity, other))) { (self.words.path_from) " " (self.page.name(other)) } " "
                } }
            }
        }
    }

    fn relation(&self, property: PropertyId, back: bool) -> Markup {
        let found = self.page.graph().ontology().property(property);
        html! {
            @match (back, found.inverse) {
                (true, Some(inverse)) => { (self.page.property_name(inverse)) }
                (true, None) => { (self.page.property_name(property)) " " span.back { (self.page.words.backward) } }
                (false, _) => { (self.page.property_name(property)) }
            }
        }
    }

    /// All that is said between two entities.
    fn between(&self, one: EntityId, other: EntityId) -> Markup {
        let graph = self.page.graph();
        let leads_to_other = |id: &StatementId| {
            let statement = graph.statement(*id);
            let ends = (statement.subject, statement.object);
            ends == (one, Object::Entity(other)) || ends == (other, Object::Entity(one))
        };
        let statements: Vec<StatementId> = graph.links_of(one).into_iter().filter(leads_to_other).collect();
        html! {
            h2 { (self.page.name(one)) " – " (self.page.name(other)) }
            ul.rows { @for id in statements { (self.page.sentence(id)) } }
        }
    }

    /// What is in the picture by class and relation, each of which can be left out.
    fn filters(&self, shown: &BTreeSet<EntityId>) -> Markup {
        let (graph, exploration) = (self.page.graph(), &self.looking.exploration);
        let mut classes: BTreeMap<ClassId, usize> =
            exploration.without_classes.iter().map(|&class| (class, 0)).collect();
        for &entity in shown {
            *classes.entry(graph.entity(entity).class).or_default() += 1;
        }
        let mut relations: BTreeMap<PropertyId, usize> =
            exploration.without_properties.iter().map(|&property| (property, 0)).collect();
        for id in self.explored.statements() {
            *relations.entry(graph.statement(id).property).or_default() += 1;
        }
        let item = |href: String, name: Markup, n: usize| {
            html! { li { a href=(href) aria-pressed=(if n > 0 { "true" } else { "false" }) role="button" {
                (name) " " span.count { @if n > 0 { (n) } @else { (self.words.hidden) } }
            } } }
        };
        html! {
            section aria-labelledby="filter" {
                h2 #filter { (self.words.filter) }
                ul.filter { @for (class, n) in classes {
                    (item(self.href(&exploration.toggled_class(class), self.looking.focus), self.page.class_name(class), n))
                } }
                h3 { (self.words.relations) }
                ul.filter { @for (property, n) in relations {
                    (item(self.href(&exploration.toggled_property(property), self.looking.focus), self.page.property_name(property), n))
                } }
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
                    li {
                        a href=(self.href(&self.looking.exploration, Some((entity, None)))) { (self.page.name(entity)) }
                        " " span.count { (self.page.class_name(self.page.graph().entity(entity).class)) " · " (self.words.shown(around.shown, around.all)) }
                        @if around.shown < around.all {
                            " " a href=(self.after(Step::Open { entity, along: Along::Any, all: false })) { (self.words.open_next) }
                        }
                        " " a href=(self.after(Step::Hide(entity))) { (self.words.hide) }
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

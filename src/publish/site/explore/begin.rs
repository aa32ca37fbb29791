//! What the explorer shows before there is anything: an example, and questions to begin with.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::super::text::Text;
use super::super::{Site, Subject};
use super::Explore;
use crate::draw::Grouping;
use crate::graph::{KnowledgeGraph, Mode};
use crate::model::{ClassId, EntityId};
use crate::publish::explore::{Along, Exploration, Route, Step};
use crate::sort;

/// How many entities an empty picture offers.
const FIRST: usize = 9;
/// How many paths are looked for to find one worth asking for, and how long it may be.
const MOST_TRIED: usize = 12;
const LONGEST: usize = 4;

/// What there is to begin with.
#[derive(Debug)]
pub(in crate::publish::site) struct Beginning {
    /// The entities with most links.
    first: Vec<EntityId>,
    /// The organizations with most links.
    organizations: Vec<EntityId>,
    /// Two entities that are linked by others.
    route: Option<Route>,
}

impl Beginning {
    /// Looks for what there is to begin with. O(n log n), and a few searches for paths.
    fn new(graph: &KnowledgeGraph) -> Self {
        let mut most: Vec<EntityId> = graph.entity_ids().filter(|&entity| !graph.links_of(entity).is_empty()).collect();
        most.sort_by_cached_key(|&entity| (Reverse(graph.links_of(entity).len()), entity));
        let organization = graph.ontology().known().organization;
        let organizations: Vec<EntityId> =
            most.iter().copied().filter(|&entity| graph.is_of(entity, &[organization])).take(2).collect();
        let route = route(graph, &most);
        most.truncate(FIRST);
        Self { first: most, organizations, route }
    }
}

/// Two of the most linked entities of different kinds that only others link.
fn route(graph: &KnowledgeGraph, most: &[EntityId]) -> Option<Route> {
    let mut of_class: BTreeMap<ClassId, EntityId> = BTreeMap::new();
    for &entity in most {
        of_class.entry(graph.entity(entity).class).or_insert(entity);
    }
    // The most linked of all is near to everything.
    let mut of_class: Vec<EntityId> = of_class.into_values().filter(|one| most.first() != Some(one)).collect();
    sort::by_key(&mut of_class, |entity| most.iter().position(|one| one == entity));
    let pairs = of_class.iter().enumerate().flat_map(|(at, &to)| of_class.iter().take(at).map(move |&from| (from, to)));
    let routes = pairs.take(MOST_TRIED).map(|(from, to)| Route::between(from, to));
    let length = |route: &Route| graph.paths(route.from, route.to, route.options()).first().map(Vec::len);
    let lengths = routes.filter_map(|route| Some((length(&route)?, route)));
    // The longest that can be followed tells most; of several the first.
    let followed = lengths.filter(|(length, _)| (2..=LONGEST).contains(length));
    followed.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, route)| route)
}

impl Site<'_> {
    fn beginning(&self) -> &Beginning {
        self.beginning.get_or_init(|| Beginning::new(self.graph))
    }
}

impl Explore<'_, '_, '_, '_> {
    /// What is shown before there is anything: what to begin with.
    pub(super) fn empty(&self) -> Markup {
        let graph = self.page.graph();
        let Beginning { first, organizations, route } = self.page.site.beginning();
        let short = |entity: EntityId| graph.short_label(entity, &self.page.languages);
        let open = |entity| Step::Open { entity, along: Along::Any, all: false };
        let example = first.first().map(|&hub| (hub, Exploration::default().with(open(hub))));
        let drawn = example.and_then(|(hub, example)| Some((hub, example.picture(graph, &self.page.languages)?)));
        html! {
            p.lead { (self.words.empty) }
            section aria-labelledby="questions" {
                h2 #questions { (self.words.questions) }
                ul.questions {
                    @for &one in organizations.iter().skip(1).take(1) {
                        @let asked = Exploration::default().with(Step::Partners { entity: one, all: false });
                        li { a href=(self.href(&asked, None)) { (Text(&self.words.ask_partners(short(one)))) } } }
                    @if let Some(route) = *route { @let asked = Exploration::default().with(Step::Path(route));
                        li { a href=(self.href(&asked, None)) { (Text(&self.words.ask_path(short(route.from), short(route.to)))) } }
                    }
                    @for &one in organizations.iter().take(1) { @let asked = Exploration {
                        steps: vec![Step::Partners { entity: one, all: true }], mode: Mode::OneMode, grouping: Grouping::Always,
                        ..Exploration::default()
                    }; li { a href=(self.href(&asked, None)) { (Text(&self.words.ask_groups(short(one)))) } } }
                }
                p { a #more-questions href="/questions/" { (self.words.more_questions) } " · "
                    a href=(self.page.href(Subject::Pictures)) { (self.page.words.all_pictures) } }
            }
            @if let Some((hub, (diagram, layout))) = drawn {
                p { (Text(&self.words.example(short(hub)))) }
                (self.framed(diagram, &layout, |entity| self.after(open(entity))))
            }
            ul.names { @for &entity in first {
                li { a href=(self.after(open(entity))) { (self.page.name(entity)) } }
            } }
        }
    }
}

//! What stands beside the picture: all that is said of an entity, of what links two, or hop by hop along paths.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::super::Subject;
use super::super::text::Text;
use super::Explore;
use crate::graph::Hop;
use crate::model::{EntityId, Object, PropertyId, StatementId};
use crate::publish::explore::{AT_A_TIME, Along, Route, Step};

/// The most entities to which paths are offered.
const MOST_NAMED: usize = 6;

impl Explore<'_, '_, '_, '_> {
    /// The details: of what is asked for, or else of what the last step was about.
    pub(super) fn details(&self) -> Markup {
        let (steps, shown) = (&self.looking.exploration.steps, self.explored.entities());
        let last = || steps.iter().rev().find_map(Step::focus);
        let last = || last().filter(|entity| shown.contains(entity)).or_else(|| shown.first().copied());
        match (self.looking.focus, steps.last()) {
            (Some((one, Some(other))), _) => self.between(one, other),
            (Some((entity, None)), _) => self.entity(entity),
            (None, Some(Step::Path(route))) => self.paths(*route),
            (None, _) => last().map_or_else(Markup::default, |entity| self.entity(entity)),
        }
    }

    fn entity(&self, entity: EntityId) -> Markup {
        let (page, words) = (self.page, self.words);
        let around = self.explored.around(entity);
        let step = |along: Along, all: bool| Step::Open { entity, along, all };
        let rows: Vec<_> = page.rows_of(entity).concat();
        html! {
            h2 { (page.name(entity)) }
            p.kind { (page.class_link(page.graph().entity(entity).class)) }
            p { a href=(page.href(Subject::Entity(entity))) { (words.page) }
                @if self.explored.entities().contains(&entity) {
                    " · " a href=(self.after(Step::Close(entity))) { (words.close) }
                    " · " a href=(self.after(Step::Hide(entity))) { (words.hide) }
                } @else { " · " a href=(self.after(Step::Add(entity))) { (words.show) } } }
            h3 { (words.neighbours) }
            p { (self.more(around.shown, around.all, |all| step(Along::Any, all))) }
            ul.rows {
                @for (property, back, count) in self.explored.relations(entity) { li {
                    (self.relation(property, back)) " "
                    (self.more(count.shown, count.all, |all| step(Along::Property(property, back), all)))
                } }
                @for (class, count) in self.explored.classes(entity) { li {
                    (page.class_name(class)) " " (self.more(count.shown, count.all, |all| step(Along::Class(class), all)))
                } }
            }
            (self.partners(entity))
            (self.paths_from(entity))
            h3 { (words.evidence) }
            (page.groups(page.part_of(&rows)))
        }
    }

    /// How many are shown, and the ways to the rest: the next, or all.
    fn more(&self, shown: usize, all: usize, step: impl Fn(bool) -> Step) -> Markup {
        html! {
            span.count { (self.words.shown(shown, all)) }
            @if all > shown + AT_A_TIME { " " a href=(self.after(step(false))) { (self.words.open_next) } }
            @if shown < all { " " a href=(self.after(step(true))) { (self.words.open_all) } }
        }
    }

    /// Who works with an organization: the way there, or, after it was gone, each with what both have in common.
    fn partners(&self, entity: EntityId) -> Markup {
        let graph = self.page.graph();
        if !graph.is_of(entity, &[graph.ontology().known().organization]) {
            return Markup::default();
        }
        let step = |all: bool| Step::Partners { entity, all };
        let is_open = |step: &Step| matches!(*step, Step::Partners { entity: open, .. } if open == entity);
        if !self.looking.exploration.steps.iter().any(is_open) {
            return html! { p { a #partners href=(self.after(step(false))) { (self.words.partners_note) } } };
        }
        let (shown, partners) = (self.explored.entities(), self.explored.partners(entity));
        let seen: Vec<_> = partners.iter().filter(|(partner, _)| shown.contains(partner)).collect();
        html! {
            h3 { (self.words.partners) }
            p { (self.more(seen.len(), partners.len(), step)) }
            ul.rows { @for (partner, pair) in seen { li {
                a href=(self.look_at(*partner)) { (self.page.name(*partner)) }
                @if !pair.things.is_empty() { ul { @for (thing, _) in &pair.things {
                    li { a href=(self.look_at(*thing)) { (self.page.name(*thing)) } }
                } } }
                @if !pair.stated.is_empty() { ul { @for &id in &pair.stated { (self.page.sentence(id)) } } }
            } } }
        }
    }

    /// Paths from an entity: to the others that were looked for, or to any by its name.
    fn paths_from(&self, entity: EntityId) -> Markup {
        let named: BTreeSet<EntityId> =
            self.looking.exploration.named().into_iter().filter(|&other| other != entity).collect();
        html! {
            (self.find(Some(entity)))
            @if !named.is_empty() {
                p.list { @for &other in named.iter().take(MOST_NAMED) {
                    a href=(self.after(Step::Path(Route::between(entity, other)))) { (self.page.name(other)) } " "
                } }
            }
        }
    }

    /// The paths of a route, hop by hop, and the ways to look for others.
    fn paths(&self, route: Route) -> Markup {
        let (page, words) = (self.page, self.words);
        let paths = self.explored.paths(route);
        let instead = |route: Route| self.href(&self.looking.exploration.instead(Step::Path(route)), None);
        html! {
            h2 { (Text(&words.paths(&page.plain_name(route.from), &page.plain_name(route.to)))) }
            ul.choice {
                @for (directed, word) in [(false, words.undirected), (true, words.directed)] {
                    li { a href=(instead(Route { directed, ..route })) aria-current=[(directed == route.directed).then_some("true")] { (word) } }
                }
            }
            @if paths.is_empty() { p.note { (words.no_path(route.options().longest)) } }
            @for (number, path) in paths.iter().enumerate() {
                h3 { (words.path(number + 1, path.len())) }
                ol.rows { @for (from, hop) in hops(route.from, path) { li {
                    a href=(self.look_at(from)) { (page.name(from)) } " – "
                    a href=(self.look_at(hop.to)) { (page.name(hop.to)) }
                    ul { @for &id in &hop.statements { (page.sentence(id)) } }
                } } }
            }
            @if let (Some(more), true) = (route.with_more(), paths.len() == route.most) {
                p { a href=(instead(more)) { (words.more_paths) } }
            }
        }
    }

    pub(super) fn relation(&self, property: PropertyId, back: bool) -> Markup {
        let found = self.page.graph().ontology().property(property);
        html! {
            @match (back, found.inverse) {
                (true, Some(inverse)) => { (self.page.property_name(inverse)) }
                (true, None) => { (self.page.property_name(property)) " " span.back { (self.page.words.backward) } }
                (false, _) => { (self.page.property_name(property)) }
            }
        }
    }

    /// All that is said between two entities, and what they have in common where a line stands for that.
    fn between(&self, one: EntityId, other: EntityId) -> Markup {
        let graph = self.page.graph();
        let leads_to_other = |id: &StatementId| {
            let statement = graph.statement(*id);
            let ends = (statement.subject, statement.object);
            ends == (one, Object::Entity(other)) || ends == (other, Object::Entity(one))
        };
        let statements: Vec<StatementId> = graph.links_of(one).into_iter().filter(leads_to_other).collect();
        let shared = self.explored.shared(one, other).map_or(&[][..], |pair| pair.things.as_slice());
        html! {
            h2 { (self.page.name(one)) " – " (self.page.name(other)) }
            p { @for (number, end) in [one, other].into_iter().enumerate() {
                @if number > 0 { " · " } a href=(self.look_at(end)) { (self.page.name(end)) }
            } }
            ul.rows { @for id in statements { (self.page.sentence(id)) } }
            @if !shared.is_empty() {
                h3 { (self.words.in_common) " " span.count { (shared.len()) } }
                ul.rows { @for (thing, statements) in shared { li {
                    a href=(self.look_at(*thing)) { (self.page.name(*thing)) }
                    ul { @for &id in statements { (self.page.sentence(id)) } }
                } } }
            }
        }
    }
}

/// The hops of a path, each with where it begins.
fn hops(from: EntityId, path: &[Hop]) -> impl Iterator<Item = (EntityId, &Hop)> {
    let starts = std::iter::once(from).chain(path.iter().map(|hop| hop.to));
    starts.zip(path)
}

//! What is in the picture by class and relation, each of which can be left out.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Explore;
use crate::model::{ClassId, PropertyId};

impl Explore<'_, '_, '_, '_> {
    pub(super) fn filters(&self) -> Markup {
        let (graph, exploration) = (self.page.graph(), &self.looking.exploration);
        let mut classes: BTreeMap<ClassId, usize> =
            exploration.without_classes.iter().map(|&class| (class, 0)).collect();
        for &entity in self.explored.entities() {
            *classes.entry(graph.entity(entity).class).or_default() += 1;
        }
        let mut relations: BTreeMap<PropertyId, usize> =
            exploration.without_properties.iter().map(|&property| (property, 0)).collect();
        for &id in self.explored.statements() {
            *relations.entry(graph.statement(id).property).or_default() += 1;
        }
        let focus = self.looking.focus;
        let item = |href: String, id: String, name: Markup, n: usize| {
            html! { li { a id=(id) href=(href) aria-pressed=(if n > 0 { "true" } else { "false" }) role="button" {
                (name) " " span.count { @if n > 0 { (n) } @else { (self.words.hidden) } }
            } } }
        };
        html! {
            section aria-labelledby="filter" {
                h2 #filter { (self.words.filter) }
                ul.filter { @for (class, n) in classes {
                    (item(self.href(&exploration.toggled_class(class), focus), format!("class-{}", class.index()), self.page.class_name(class), n))
                } }
                @if !relations.is_empty() { h3 { (self.words.relations) } }
                ul.filter { @for (property, n) in relations {
                    (item(self.href(&exploration.toggled_property(property), focus), format!("relation-{}", property.index()), self.page.property_name(property), n))
                } }
            }
        }
    }
}

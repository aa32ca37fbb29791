//! What things are called in a page: each name apart from the text around it, in its language.

use maud::{Markup, html};

use super::frame::Page;
use super::text::{Text, best, is_web, labelled};
use crate::model::{EntityId, Language, Object, PropertyId};
use crate::ontology::{Datatype, Labels, Range};

impl Page<'_, '_> {
    /// The language of a text where it is another than that of the page.
    pub(super) fn other(&self, language: Option<Language>) -> Option<String> {
        language.filter(|&language| language != self.language).map(|language| language.to_string())
    }

    /// Text that stands alone, in a language.
    pub(super) fn text(&self, text: &str, language: Option<Language>) -> Markup {
        html! { bdi lang=[self.other(language)] { (Text(text)) } }
    }

    /// The label of an entity, or its id, and its language.
    pub(super) fn label(&self, entity: EntityId) -> (&str, Option<Language>) {
        let graph = self.graph();
        let labels = graph.texts_of(entity, graph.ontology().known().label);
        best(graph, labels, &self.languages).unwrap_or_else(|| (graph.id(entity), None))
    }

    /// What an entity is called, with its acronym if that is not in its label.
    pub(super) fn name(&self, entity: EntityId) -> Markup {
        let (label, language) = self.label(entity);
        let acronym = self.graph().acronym(entity, &self.languages).filter(|acronym| !label.contains(acronym));
        html! {
            (self.text(label, language))
            @if let Some(acronym) = acronym { " (" bdi { (Text(acronym)) } ")" }
        }
    }

    /// The same as plain text.
    pub(super) fn plain_name(&self, entity: EntityId) -> String {
        let (label, _) = self.label(entity);
        match self.graph().acronym(entity, &self.languages) {
            Some(acronym) if !label.contains(acronym) => format!("{label} ({acronym})"),
            _ => label.to_owned(),
        }
    }

    /// A text of the ontology.
    pub(super) fn term(&self, labels: &Labels, name: &str) -> Markup {
        match labelled(labels, &self.languages) {
            Some((text, language)) => self.text(text, Some(language)),
            None => self.text(name, None),
        }
    }

    /// What a statement says of its subject, with a link where it leads to an entity or into the web.
    pub(super) fn object(&self, property: PropertyId, object: Object) -> Markup {
        let graph = self.graph();
        match object {
            Object::Entity(entity) => self.entity_link(entity),
            Object::Value(value) => {
                let value = graph.ontology().value(value);
                self.term(&value.labels, &value.name)
            }
            Object::Literal(text, language) => {
                let (text, range) = (graph.text(text), graph.ontology().property(property).range);
                if range == Range::Literal(Datatype::AnyUri) && is_web(text) {
                    return html! { a href=(Text(text)) rel="external" { bdi dir="ltr" { (Text(text)) } } };
                }
                self.text(text, language)
            }
        }
    }
}

//! Pages of classes: what belongs to them, and what does.

use maud::{Markup, html};

use super::frame::{Body, Page};
use super::text::{Text, code, labelled};
use super::words::Words;
use super::{MOST_NAMES, Subject};
use crate::model::ClassId;
use crate::ontology::{Class, Labels};

impl Page<'_, '_> {
    pub(super) fn class_name(&self, class: ClassId) -> Markup {
        let class = self.graph().ontology().class(class);
        self.term(&class.labels, &class.name)
    }

    /// A link to a class, in the colour of its base class.
    pub(super) fn class_link(&self, class: ClassId) -> Markup {
        let mark = super::asset::mark(self.graph().ontology(), class);
        html! { a class={"class" @if let Some(mark) = mark { " " (mark) }} href=(self.href(Subject::Class(class))) { (self.class_name(class)) } }
    }

    pub(super) fn classes(&self) -> Body {
        let ontology = self.graph().ontology();
        let main = html! {
            h1 { (self.words.classes) }
            p { (self.words.classes_note) }
            ul.tree { @for class in ontology.class_ids() { @let term = ontology.class(class);
                li {
                    (self.class_link(class)) " "
                    @let n = self.n_of(class);
                    @if n > 0 { span.count { (n) } }
                    (self.definition(&term.definitions))
                }
            } }
        };
        Body::new(self.words.classes, main)
    }

    /// How many entities have just this class.
    pub(super) fn n_of(&self, class: ClassId) -> usize {
        self.site.backward.of_class(class).len()
    }

    pub(super) fn definition(&self, definitions: &Labels) -> Markup {
        html! {
            @if let Some((text, language)) = labelled(definitions, &self.languages) {
                p.definition lang=[self.other(Some(language))] { bdi { (Text(text)) } }
            }
        }
    }

    pub(super) fn class(&self, id: ClassId) -> Body {
        let (ontology, class) = (self.graph().ontology(), self.graph().ontology().class(id));
        let below: Vec<ClassId> =
            ontology.class_ids().filter(|&other| ontology.class(other).parents.contains(&id)).collect();
        let main = html! {
            h1 { (self.class_name(id)) }
            (self.definition(&class.definitions))
            dl {
                (self.related(self.words.parents, &class.parents))
                (self.related(self.words.children, &below))
                (also(self.words, &class.aligned))
                dt { "IRI" } dd { (code(&class.iri)) }
            }
            (self.members(id))
            (self.values(id))
        };
        Body::new(self.plain(&class.labels, class), main)
            .with_trail(vec![(Subject::Classes, html! { (self.words.classes) })])
    }

    fn plain(&self, labels: &Labels, class: &Class) -> String {
        labelled(labels, &self.languages).map_or_else(|| class.name.clone(), |(text, _)| text.to_owned())
    }

    fn related(&self, word: &str, classes: &[ClassId]) -> Markup {
        html! {
            @if !classes.is_empty() {
                dt { (word) }
                dd { @for &class in classes { (self.class_link(class)) " " } }
            }
        }
    }

    fn members(&self, class: ClassId) -> Markup {
        let entities = self.site.backward.of_class(class);
        html! {
            @if let Some(shown) = entities.chunks(MOST_NAMES).nth(self.address.part) {
                section aria-labelledby="entities" {
                    h2 #entities { (self.words.entities) " " span.count { (entities.len()) } }
                    ul.names { @for &entity in shown { li { (self.entity_link(entity)) } } }
                }
            }
        }
    }

    fn values(&self, class: ClassId) -> Markup {
        let values: Vec<_> = self.graph().ontology().values().iter().filter(|value| value.class == class).collect();
        html! {
            @if !values.is_empty() && self.address.part == 0 {
                section aria-labelledby="values" {
                    h2 #values { (self.words.values) }
                    dl { @for value in values {
                        dt { (self.term(&value.labels, &value.name)) }
                        dd { (self.definition(&value.definitions)) }
                    } }
                }
            }
        }
    }
}

/// What means the same, or more, in other vocabularies.
pub(super) fn also(words: &Words, aligned: &[String]) -> Markup {
    html! {
        @if !aligned.is_empty() {
            dt { (words.aligned) }
            dd { @for iri in aligned { (code(iri)) " " } }
        }
    }
}

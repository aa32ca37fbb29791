//! Pages of properties: what they mean, and every statement that has them.

use maud::{Markup, html};

use super::Subject;
use super::class::also;
use super::frame::{Body, Page};
use super::text::{code, labelled};
use crate::model::{ClassId, PropertyId};
use crate::ontology::Range;

impl Page<'_, '_> {
    pub(super) fn properties(&self) -> Body {
        let (ontology, words) = (self.graph().ontology(), self.words);
        let main = html! {
            h1 { (words.properties) }
            @for (kind, title) in words.kinds() {
                @let of_kind: Vec<PropertyId> = ontology.property_ids().filter(|&id| ontology.property(id).kind == kind).collect();
                @if !of_kind.is_empty() {
                    h2 { (title) }
                    ul.tree { @for id in of_kind { li {
                        a href=(self.href(Subject::Property(id))) { (self.property_name(id)) } " "
                        @let n = self.site.backward.of_property(id).len();
                        @if n > 0 { span.count { (n) } }
                        (self.definition(&ontology.property(id).definitions))
                    } } }
                }
            }
        };
        Body::new(words.properties, main)
    }

    pub(super) fn property(&self, id: PropertyId) -> Body {
        let (property, words) = (self.graph().ontology().property(id), self.words);
        let statements = self.site.backward.of_property(id);
        let range = match property.range {
            Range::Entity(class) | Range::Value(class) => Ok(class),
            Range::Literal(datatype) => Err(datatype.iri()),
        };
        let main = html! {
            h1 { (self.property_name(id)) }
            (self.definition(&property.definitions))
            dl {
                (self.end(words.domain, property.domain))
                @match range {
                    Ok(class) => { (self.end(words.range, Some(class))) }
                    Err(iri) => { dt { (words.range) } dd { (code(iri)) } }
                }
                @if let Some(inverse) = property.inverse {
                    dt { (words.inverse) }
                    dd { a href=(self.href(Subject::Property(inverse))) { (self.property_name(inverse)) } }
                }
                (also(words, &property.aligned))
                dt { "IRI" } dd { (code(&property.iri)) }
            }
            @if !statements.is_empty() {
                section aria-labelledby="statements" {
                    h2 #statements { (words.statements) " " span.count { (statements.len()) } }
                    ul.rows { @for &statement in self.part_of(statements) { (self.sentence(statement)) } }
                }
            }
        };
        let title = labelled(&property.labels, &self.languages).map_or(property.name.as_str(), |(text, _)| text);
        Body::new(title, main).with_trail(vec![(Subject::Properties, html! { (words.properties) })])
    }

    fn end(&self, word: &str, class: Option<ClassId>) -> Markup {
        html! { @if let Some(class) = class { dt { (word) } dd { (self.class_link(class)) } } }
    }
}

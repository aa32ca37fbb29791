//! The page of an entity: what it is called, what is said of it and by whom, its picture, its data.

use maud::{Markup, PreEscaped, html};

use super::Subject;
use super::frame::{Body, Page};
use super::row::Row;
use super::text::{Text, code};
use crate::model::{Attribute, EntityId, Object, WrittenDate};
use crate::rdf;

impl Page<'_, '_> {
    pub(super) fn entity(&self, entity: EntityId) -> Body {
        let (graph, first) = (self.graph(), self.address.part == 0);
        let class = graph.entity(entity).class;
        let trail = vec![(Subject::Class(class), self.class_name(class))];
        let main = html! {
            h1 { (self.name(entity)) }
            p.kind { (self.class_link(class)) }
            @if first { (self.entity_picture(entity)) }
            (self.statements(entity))
            @if first {
                (self.called(entity))
                (self.named_in(entity))
                (self.cite(entity))
                (self.files(entity))
            }
        };
        let described = if first { super::data::schema(self, entity) } else { None };
        let data = |extension: &str| self.beside(&format!("data/{}.{extension}", self.site.entity_file(entity)));
        let head = html! {
            link rel="alternate" type="text/turtle" href=(data("ttl"));
            link rel="alternate" type="application/ld+json" href=(data("jsonld"));
            @if let Some(described) = described {
                // Data, which no browser runs; `<` is written so that it cannot end the element.
                script type="application/ld+json" { (PreEscaped(described)) }
            }
        };
        Body { head, ..Body::new(self.plain_name(entity), main) }.with_trail(trail)
    }

    fn statements(&self, entity: EntityId) -> Markup {
        let [said, others] = self.rows_of(entity);
        let n = said.len();
        let rows: Vec<_> = said.into_iter().chain(others).collect();
        let start = self.address.part * super::MOST_ROWS;
        let shown = self.part_of(&rows);
        let (said, others) = shown.split_at(n.saturating_sub(start).min(shown.len()));
        let section = |id: &str, title: &str, rows: &[Row]| {
            html! {
                @if !rows.is_empty() {
                    section aria-labelledby=(id) { h2 #(id) { (title) } (self.groups(rows)) }
                }
            }
        };
        html! {
            (section("said", self.words.said, said))
            (section("others", self.words.said_by_others, others))
            @if rows.is_empty() { p { (self.words.nothing_said) } }
        }
    }

    /// Names in all languages, and identifiers.
    fn called(&self, entity: EntityId) -> Markup {
        let graph = self.graph();
        let naming = graph.ontology().known().naming();
        let (names, others): (Vec<&Attribute>, Vec<&Attribute>) =
            graph.attributes(entity).iter().partition(|attribute| naming.contains(&attribute.property));
        let iri = rdf::Node::Entity(rdf::base_iri(graph), graph.id(entity)).to_iri();
        html! {
            section aria-labelledby="names" {
                h2 #names { (self.words.names_of) }
                table {
                    tbody { @for name in names { tr {
                        th scope="row" { (self.property_name(name.property)) }
                        td { @if let Some(language) = name.language { bdi dir="ltr" { (language.as_str()) } } }
                        td lang=[self.other(name.language)] { bdi { (Text(graph.text(name.text))) } }
                    } } }
                }
            }
            section aria-labelledby="identifiers" {
                h2 #identifiers { (self.words.identifiers) }
                dl {
                    @for alike in others.chunk_by(|one, other| one.property == other.property) {
                        dt { (self.property_name(alike[0].property)) }
                        @for attribute in alike {
                            dd { (self.object(attribute.property, Object::Literal(attribute.text, attribute.language))) }
                        }
                    }
                    dt { (self.words.id) } dd { code { bdi { (Text(graph.id(entity))) } } }
                    dt { "IRI" } dd { (code(&iri)) }
                }
            }
        }
    }

    /// The paragraphs that name it.
    fn named_in(&self, entity: EntityId) -> Markup {
        let citations = self.graph().entity_citations(entity);
        html! {
            @if !citations.is_empty() {
                section aria-labelledby="named" {
                    h2 #named { (self.words.named_in) }
                    p.list { (self.sources(citations)) }
                }
            }
            @if self.site.backward.documents().contains_key(&entity) {
                p { a href=(self.href(Subject::Document(entity))) { (self.words.paragraphs_of) } }
            }
        }
    }

    fn cite(&self, entity: EntityId) -> Markup {
        let iri = rdf::Node::Entity(rdf::base_iri(self.graph()), self.graph().id(entity)).to_iri();
        html! {
            section aria-labelledby="cite" {
                h2 #cite { (self.words.cite) }
                (self.citation(&self.name(entity), &iri))
            }
        }
    }

    /// A sentence that cites something: what it is called, the data set with its version and date, where it is.
    pub(super) fn citation(&self, name: &Markup, address: &str) -> Markup {
        let config = self.graph().config();
        let more =
            [config.publisher.as_deref(), config.version.as_deref(), config.date.as_ref().map(WrittenDate::text)];
        html! {
            p.cite {
                (self.words.quoted.0) (name) (self.words.quoted.1) ". " bdi { (Text(self.site_title())) } ". "
                @for part in more.into_iter().flatten() { bdi { (Text(part)) } ". " }
                bdi dir="ltr" { (Text(address)) }
            }
        }
    }

    fn files(&self, entity: EntityId) -> Markup {
        let file = |extension: &str| self.beside(&format!("data/{}.{extension}", self.site.entity_file(entity)));
        html! {
            section aria-labelledby="data" {
                h2 #data { (self.words.data) }
                p {
                    a href=(file("ttl")) type="text/turtle" { "Turtle" } " · "
                    a href=(file("jsonld")) type="application/ld+json" { "JSON-LD" }
                }
            }
        }
    }
}

//! All that a picture shows, as a list: each entity with its names and what is said of it, each statement once, and each
//! document and paragraph that states something.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::super::Subject;
use super::super::frame::Page;
use super::super::text::Text;
use crate::draw::{Node, Picture};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Object, ParagraphId, PropertyId, StatementId};

/// What stands in the list.
pub(super) struct Listed {
    /// The entities that are drawn, and the ends of the statements.
    pub(super) entities: BTreeSet<EntityId>,
    /// The statements that lines stand for, and those about what is drawn that link nothing.
    statements: BTreeSet<StatementId>,
    /// The documents that are cited as a whole or of which paragraphs are, with the statements by what cites them.
    documents: BTreeMap<EntityId, BTreeMap<Option<ParagraphId>, BTreeSet<EntityId>>>,
}

impl Listed {
    /// Returns what a picture shows.
    pub(super) fn new(graph: &KnowledgeGraph, picture: &Picture) -> Self {
        let (nodes, stated): (Vec<&str>, Vec<StatementId>) = match picture {
            Picture::Network(diagram) => (
                diagram.nodes.iter().map(|node| node.id.as_str()).collect(),
                diagram.edges.iter().flat_map(|edge| &edge.statements).flat_map(|stated| stated.ids.clone()).collect(),
            ),
            Picture::Timeline(timeline) => {
                let nodes = timeline.events.iter().map(|event| &event.node).chain(&timeline.undated);
                (nodes.map(|node| node.id.as_str()).collect(), Vec::new())
            }
        };
        let mut entities: BTreeSet<EntityId> = nodes.into_iter().filter_map(|id| graph.entity_by_id(id)).collect();
        let is_claim = |id: &StatementId| !matches!(graph.statement(*id).object, Object::Entity(_));
        let claims = entities.iter().flat_map(|&entity| graph.statements_of(entity)).filter(is_claim);
        let statements: BTreeSet<StatementId> = claims.chain(stated).collect();
        let mut documents: BTreeMap<EntityId, BTreeMap<Option<ParagraphId>, BTreeSet<EntityId>>> = BTreeMap::new();
        for &id in &statements {
            let statement = graph.statement(id);
            entities.insert(statement.subject);
            if let Object::Entity(object) = statement.object {
                entities.insert(object);
            }
            for citation in graph.citations(statement) {
                let of_document = documents.entry(citation.document).or_default();
                of_document.entry(citation.paragraph).or_default().insert(statement.subject);
            }
        }
        Self { entities, statements, documents }
    }

    /// The statements about an entity.
    fn about<'l>(&'l self, graph: &'l KnowledgeGraph, entity: EntityId) -> Vec<StatementId> {
        graph.statements_of(entity).filter(|id| self.statements.contains(id)).collect()
    }
}

impl Page<'_, '_> {
    /// The entities by class, in the order of the legend, each with what is said of it.
    pub(super) fn list(&self, picture: &Picture, listed: &Listed, relations: &[(String, usize)]) -> Markup {
        let graph = self.graph();
        let drawn: BTreeMap<EntityId, usize> = match picture {
            Picture::Network(diagram) => {
                let nodes = diagram.nodes.iter();
                let class = |node: &Node| Some((graph.entity_by_id(node.id.strip_prefix("node-")?)?, node.class));
                nodes.filter_map(class).collect()
            }
            Picture::Timeline(_) => BTreeMap::new(),
        };
        let mut by_class: BTreeMap<(usize, &str), Vec<EntityId>> = BTreeMap::new();
        for &entity in &listed.entities {
            let class = drawn.get(&entity).copied().unwrap_or(usize::MAX);
            let base = graph.ontology().base_class(graph.entity(entity).class);
            let base = base.unwrap_or_else(|| graph.ontology().class(graph.entity(entity).class));
            by_class.entry((class, base.name.as_str())).or_default().push(entity);
        }
        html! {
            section aria-labelledby="list" {
                h2 #list tabindex="-1" { (self.words.as_list) }
                @for ((class, name), mut entities) in by_class {
                    ({ entities.sort_by_cached_key(|&entity| self.plain_name(entity)); "" })
                    h3 { @if let Some(id) = graph.ontology().class_by_name(name) { (self.class_name(id)) } " " span.count { (entities.len()) } }
                    @for entity in entities { (self.article(entity, class, listed, relations)) }
                }
            }
        }
    }

    fn article(&self, entity: EntityId, class: usize, listed: &Listed, relations: &[(String, usize)]) -> Markup {
        let graph = self.graph();
        let statements = listed.about(graph, entity);
        let naming = graph.ontology().known().naming();
        let (label, _) = self.label(entity);
        let names = graph.attributes(entity).iter().filter(|name| naming.contains(&name.property));
        let names = names.filter(|name| graph.text(name.text) != label);
        html! {
            article #(self.anchor(Subject::Entity(entity))) data-class=[(class != usize::MAX).then_some(class)] tabindex="-1" {
                h4 { (self.name(entity)) }
                p.kind { (self.class_name(graph.entity(entity).class)) }
                @if names.clone().next().is_some() {
                    ul.others { @for name in names { li lang=[self.other(name.language)] { bdi { (Text(graph.text(name.text))) } } } }
                }
                @for group in statements.chunk_by(|a, b| graph.statement(*a).property == graph.statement(*b).property) {
                    @if let [first, ..] = group { (self.said(graph.statement(*first).property, group, relations)) }
                }
            }
        }
    }

    /// Statements with the same property, and what they say from the other end.
    fn said(&self, property: PropertyId, statements: &[StatementId], relations: &[(String, usize)]) -> Markup {
        let graph = self.graph();
        let label = graph.property_label(property, &self.languages);
        let relation = relations.iter().position(|(known, _)| known == label);
        let inverse = graph.ontology().property(property).inverse;
        let backward = inverse.map(|inverse| graph.property_label(inverse, &self.languages).to_owned());
        let backward = backward.unwrap_or_else(|| format!("{label} {}", self.words.backward));
        let links = statements.iter().any(|&id| matches!(graph.statement(id).object, Object::Entity(_)));
        html! {
            dl data-relation=[relation] data-back=[links.then_some(backward)] {
                dt { (self.property_name(property)) }
                @for &id in statements {
                    @let statement = graph.statement(id);
                    @let object = match statement.object {
                        Object::Entity(object) => Some(self.anchor(Subject::Entity(object))),
                        Object::Value(_) | Object::Literal(..) => None,
                    };
                    dd #{"s" (id.index())} data-object=[object] {
                        span.object { (self.object(property, statement.object)) }
                        span.rest { (self.remarks(statement)) }
                    }
                }
            }
        }
    }

    /// The documents that state something, with their paragraphs and whom each speaks of.
    pub(super) fn cited(&self, listed: &Listed) -> Markup {
        html! {
            @if !listed.documents.is_empty() {
                section aria-labelledby="sources" {
                    h2 #sources { (self.words.sources) }
                    @for (&document, paragraphs) in &listed.documents {
                        article #(self.anchor(Subject::Document(document))) tabindex="-1" {
                            h3 { (self.name(document)) }
                            @for (paragraph, entities) in paragraphs { (self.cited_part(*paragraph, entities)) }
                        }
                    }
                }
            }
        }
    }

    fn cited_part(&self, paragraph: Option<ParagraphId>, entities: &BTreeSet<EntityId>) -> Markup {
        let names = html! {
            span.list { @for &entity in entities { (self.entity_link(entity)) " · " } }
        };
        html! {
            @match paragraph {
                None => p { (names) },
                Some(paragraph) => div.paragraph #(self.anchor(Subject::Paragraph(paragraph))) tabindex="-1" {
                    h4 { bdi dir="ltr" { (Text(self.graph().text(self.graph().paragraph(paragraph).number))) } " " (self.heading_of(paragraph)) }
                    (names)
                },
            }
        }
    }
}

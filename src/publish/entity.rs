//! What is shown of an entity: names, identifiers, what is said of it, what others say that names it.

use super::statement::{EntityName, ObjectShown, Remarks, StatementShown};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, StatementId};
use crate::ontology::preferred;
use crate::sort;

/// All that is known of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntityPage<'g> {
    /// The id.
    pub id: &'g str,
    /// What it is called.
    pub name: EntityName<'g>,
    /// The label of its class.
    pub class: &'g str,
    /// Its names in all languages, and its identifiers.
    pub attributes: Vec<AttributeShown<'g>>,
    /// What names it, as tables write sources: `c24#2.10`.
    pub sources: Vec<String>,
    /// The statements about it, by property.
    pub said: Vec<StatementGroup<'g>>,
    /// The statements of others that link to it, by property.
    pub said_by_others: Vec<StatementGroup<'g>>,
}

/// A name or an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AttributeShown<'g> {
    /// The label of the property.
    pub property: &'g str,
    /// The text.
    pub text: &'g str,
    /// The language of the text.
    pub language: Option<Language>,
}

/// Statements under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementGroup<'g> {
    /// What they say.
    pub heading: Heading<'g>,
    /// The statements, in the order of the graph.
    pub statements: Vec<StatementShown<'g>>,
}

/// What statements say of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading<'g> {
    /// The label of a property that leads from the entity to the other end.
    Forward(&'g str),
    /// The label of a property that leads from the other end to the entity. It has no inverse to be read the other way.
    Backward(&'g str),
}

/// Returns what is shown of an entity, in the first of the languages that has it.
#[must_use]
pub(crate) fn entity_page<'g>(graph: &'g KnowledgeGraph, entity: EntityId, languages: &[Language]) -> EntityPage<'g> {
    let class = graph.ontology().class(graph.entity(entity).class);
    let attributes = graph.attributes(entity).iter().map(|attribute| AttributeShown {
        property: graph.property_label(attribute.property, languages),
        text: graph.text(attribute.text),
        language: attribute.language,
    });
    let citations = graph.entity_citations(entity).iter();
    EntityPage {
        id: graph.id(entity),
        name: EntityName::of(graph, entity, languages),
        class: preferred(&class.labels, languages).unwrap_or(&class.name),
        attributes: attributes.collect(),
        sources: citations.map(|citation| graph.citation_reference(citation)).collect(),
        said: said(graph, entity, languages),
        said_by_others: said_by_others(graph, entity, languages),
    }
}

fn said<'g>(graph: &'g KnowledgeGraph, entity: EntityId, languages: &[Language]) -> Vec<StatementGroup<'g>> {
    let shown = graph.statements_of(entity).map(|id| {
        let statement = graph.statement(id);
        let heading = Heading::Forward(graph.property_label(statement.property, languages));
        let object = ObjectShown::of(graph, statement.object, languages);
        (heading, StatementShown { statement: id, object, remarks: Remarks::of(graph, statement, languages) })
    });
    grouped(shown)
}

fn said_by_others<'g>(graph: &'g KnowledgeGraph, entity: EntityId, languages: &[Language]) -> Vec<StatementGroup<'g>> {
    let incoming = graph.links_of(entity).into_iter().filter(|&link| graph.statement(link).subject != entity);
    let mut incoming: Vec<StatementId> = incoming.collect();
    sort::by_key(&mut incoming, |&link| (graph.statement(link).property, link));
    let shown = incoming.into_iter().map(|id| {
        let statement = graph.statement(id);
        let heading = match graph.ontology().property(statement.property).inverse {
            Some(inverse) => Heading::Forward(graph.property_label(inverse, languages)),
            None => Heading::Backward(graph.property_label(statement.property, languages)),
        };
        let object = ObjectShown::Entity(EntityName::of(graph, statement.subject, languages));
        (heading, StatementShown { statement: id, object, remarks: Remarks::of(graph, statement, languages) })
    });
    grouped(shown)
}

/// Puts statements that follow each other under one heading together.
fn grouped<'g>(statements: impl Iterator<Item = (Heading<'g>, StatementShown<'g>)>) -> Vec<StatementGroup<'g>> {
    let mut groups: Vec<StatementGroup<'g>> = Vec::new();
    for (heading, statement) in statements {
        match groups.last_mut() {
            Some(group) if group.heading == heading => group.statements.push(statement),
            Some(_) | None => groups.push(StatementGroup { heading, statements: vec![statement] }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Object;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn every_statement_that_names_an_entity_is_shown_once() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let languages = graph.languages(None);
        for entity in graph.entity_ids() {
            let page = entity_page(&graph, entity, &languages);
            let groups = page.said.iter().chain(&page.said_by_others);
            let mut shown: Vec<_> = groups.flat_map(|group| &group.statements).map(|shown| shown.statement).collect();
            let names = |id: &StatementId| {
                let statement = graph.statement(*id);
                statement.subject == entity || statement.object == Object::Entity(entity)
            };
            shown.sort_unstable();
            assert_eq!(shown, graph.statements_where(|_| true).into_iter().filter(names).collect::<Vec<_>>());
        }
    }
}

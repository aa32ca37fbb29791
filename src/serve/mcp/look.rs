//! Tools that look things up in the graph: names, what is stated of an entity or in a paragraph, paths.

use serde_json::{Value, json};

use super::arguments::{self, languages};
use super::part::{Called, Part};
use super::refusal::Refusal;
use super::tell::{Members, Teller};
use crate::graph::{KnowledgeGraph, PathOptions};
use crate::model::{EntityId, Language, PropertyId, StatementId};
use crate::ontology::WordError;
use crate::publish::{
    AttributeShown, Cited, EntityPage, FindError, Heading, SearchIndex, entity_page, find, find_paragraph,
    paragraph_page, shown_paths,
};

/// How much a tool tells at once unless it is told otherwise.
const FEW: usize = 10;
const USUAL: usize = 20;

/// The most paths, the most hops of one, and the most statements that are told of a hop.
pub(super) const MOST_PATHS: usize = 10;
pub(super) const LONGEST: usize = 8;
const MOST_OF_A_HOP: usize = 3;

/// What tools look things up in.
pub(super) struct Looking<'a> {
    pub(super) graph: &'a KnowledgeGraph,
    pub(super) names: &'a SearchIndex,
    pub(super) called: Called<'a>,
}

impl Looking<'_> {
    fn part(&self, limit: Option<usize>, cursor: Option<&str>, usual: usize) -> Result<Part, Refusal> {
        Part::read(self.called, limit, cursor, usual)
    }

    /// Entities by a part of a name.
    pub(super) fn search(&self) -> Result<Value, Refusal> {
        let asked: arguments::Search = arguments::read(self.called.tool, self.called.arguments)?;
        let graph = self.graph;
        let teller = Teller::new(graph, languages(graph, asked.language.as_deref())?);
        let part = self.part(asked.limit, asked.cursor.as_deref(), FEW)?;
        if asked.text.trim().is_empty() {
            return Err(Refusal::new("`text` is empty").help("write a part of a name, in any language"));
        }
        let ontology = graph.ontology();
        let class = asked.class.as_deref().map(|class| {
            ontology.class_called(class, |_| true, &teller.languages).map_err(|error| no_term("class", class, error))
        });
        let class = class.transpose()?;
        let (mut hits, _) = self.names.find(graph, &asked.text, graph.entities().len());
        hits.retain(|hit| class.is_none_or(|class| ontology.is_a(graph.entity(hit.entity).class, class)));
        let told = part.of(&hits).map(|hit| {
            let mut told = teller.entity(hit.entity);
            told["matched"] = json!(hit.name);
            told
        });
        let mut answer = json!({"total": hits.len(), "entities": told.collect::<Vec<_>>()});
        if hits.is_empty()
            && let Err(FindError::Unknown { near, .. }) = find(graph, &asked.text)
        {
            answer["near"] = json!(near);
        }
        Ok(teller.told(answer, part.next(hits.len())))
    }

    /// What is known of an entity.
    pub(super) fn describe(&self) -> Result<Value, Refusal> {
        let asked: arguments::Describe = arguments::read(self.called.tool, self.called.arguments)?;
        let graph = self.graph;
        let languages = languages(graph, asked.language.as_deref())?;
        let part = self.part(asked.limit, asked.cursor.as_deref(), USUAL)?;
        let entity = find(graph, &asked.entity)?;
        let property = asked.property.as_deref().map(|word| property(graph, word, &languages)).transpose()?;
        Ok(described(graph, entity, property, languages, &part))
    }

    /// What a paragraph states.
    pub(super) fn paragraph(&self) -> Result<Value, Refusal> {
        let asked: arguments::Paragraph = arguments::read(self.called.tool, self.called.arguments)?;
        let graph = self.graph;
        let teller = Teller::new(graph, languages(graph, asked.language.as_deref())?);
        let part = self.part(asked.limit, asked.cursor.as_deref(), USUAL)?;
        let page = paragraph_page(graph, find_paragraph(graph, &asked.name)?, &teller.languages);
        let mut answer = json!({
            "paragraph": teller.citation(&page.cited),
            "total": page.statements.len(),
            "statements": teller.statements(part.of(page.statements.iter().copied())),
        });
        if let Some(heading) = page.heading {
            answer["heading"] = json!(heading);
        }
        if let Some(reason) = page.no_link {
            answer["no_link"] = json!(reason);
        }
        Ok(teller.told(answer, part.next(page.statements.len())))
    }

    /// How two entities are connected.
    pub(super) fn paths(&self) -> Result<Value, Refusal> {
        let asked: arguments::Paths = arguments::read(self.called.tool, self.called.arguments)?;
        let graph = self.graph;
        let teller = Teller::new(graph, languages(graph, asked.language.as_deref())?);
        let usual = PathOptions::default();
        let within = |name: &str, value: usize, most: usize| {
            let wrong = || Refusal::new(format!("`{name}` is a number from 1 to {most}, not {value}"));
            (1..=most).contains(&value).then_some(value).ok_or_else(wrong)
        };
        let options = PathOptions {
            most: within("most", asked.most.unwrap_or(usual.most), MOST_PATHS)?,
            longest: within("longest", asked.longest.unwrap_or(LONGEST), LONGEST)?,
            directed: asked.directed,
        };
        let (from, to) = (find(graph, &asked.from)?, find(graph, &asked.to)?);
        if from == to {
            return Err(Refusal::new("`from` and `to` are the same entity")
                .help("`describe` tells what links an entity with others"));
        }
        let (paths, is_all) = shown_paths(graph, (from, to), options, &teller.languages);
        let told = paths.iter().map(|path| {
            let hops = path.hops.iter().map(|hop| {
                let links = hop.links.iter().take(MOST_OF_A_HOP).map(|link| link.statement);
                let (n, told) = (hop.links.len(), teller.statements(links));
                json!({"to": teller.entity(hop.to.entity), "total": n, "statements": told})
            });
            json!({"hops": hops.collect::<Vec<_>>()})
        });
        let paths: Vec<_> = told.collect();
        // Where there are more paths than can be followed, some may be missing.
        let answer = json!({
            "from": teller.entity(from), "to": teller.entity(to), "paths": paths, "is_complete": is_all,
        });
        Ok(teller.told(answer, None))
    }
}

/// Tells what is known of an entity: names and an overview first, then statement by statement.
pub(super) fn described(
    graph: &KnowledgeGraph,
    entity: EntityId,
    property: Option<PropertyId>,
    languages: Vec<Language>,
    part: &Part,
) -> Value {
    let teller = Teller::new(graph, languages);
    let page = entity_page(graph, entity, &teller.languages);
    let groups = || page.said.iter().chain(&page.said_by_others);
    let all = groups().flat_map(|group| &group.statements).map(|shown| shown.statement);
    let wanted = |id: &StatementId| property.is_none_or(|property| graph.statement(*id).property == property);
    let ids: Vec<StatementId> = all.filter(wanted).collect();
    let mut answer = json!({
        "entity": teller.entity(entity),
        "total": ids.len(),
        "statements": teller.statements(part.of(ids.iter().copied())),
    });
    if part.is_first() {
        answer["names"] = names(&page);
        answer["named_in"] = teller.citations(&Cited::all(graph, graph.entity_citations(entity), &teller.languages));
        answer["overview"] = groups()
            .filter_map(|group| {
                let first = group.statements.first()?.statement;
                let name = &graph.ontology().property(graph.statement(first).property).name;
                let label = match group.heading {
                    Heading::Forward(label) => label.to_owned(),
                    Heading::Backward(label) => format!("← {label}"),
                };
                Some(json!({"property": name, "label": label, "total": group.statements.len()}))
            })
            .collect();
    }
    teller.told(answer, part.next(ids.len()))
}

/// Names in all languages, and identifiers.
fn names(page: &EntityPage<'_>) -> Value {
    let of = |attribute: &AttributeShown<'_>| {
        let mut told = Members::new();
        told.insert("property".to_owned(), json!(attribute.property));
        told.insert("text".to_owned(), json!(attribute.text));
        if let Some(language) = attribute.language {
            told.insert("language".to_owned(), json!(language.as_str()));
        }
        Value::Object(told)
    };
    page.attributes.iter().map(of).collect()
}

/// The property that is meant by a name or a label, as the graph keeps it.
fn property(graph: &KnowledgeGraph, word: &str, languages: &[Language]) -> Result<PropertyId, Refusal> {
    let ontology = graph.ontology();
    let found = ontology.property_called(word, languages).map_err(|error| no_term("property", word, error))?;
    Ok(ontology.property(found).written_as.unwrap_or(found))
}

fn no_term(kind: &str, word: &str, error: WordError) -> Refusal {
    match error {
        WordError::Unknown(near) => Refusal::new(format!("no {kind} is called `{word}`"))
            .near(&near, "leave it out, or take one from an answer of `describe`"),
        WordError::Ambiguous(names) => Refusal::new(format!("`{word}` means more than one {kind}"))
            .help(format!("write one of {}", names.join(", "))),
    }
}

//! The tools that list questions and ask one.

use serde_json::{Value, json};

use super::arguments::{self, languages};
use super::look::Looking;
use super::part::{Called, Part};
use super::query::{Given, given};
use super::refusal::Refusal;
use super::tell::{Members, Teller};
use crate::graph::KnowledgeGraph;
use crate::model::fold;
use crate::ontology::nearest;
use crate::publish::{
    Cited, Kind, PARAGRAPHS, Parameter, Question, Sentence, Telling, asked as query_of, entity_of_iri, questions,
};
use crate::serve::server::Server;

const USUAL: usize = 20;

/// The parameter that names are wanted in.
const LANGUAGE: &str = "language";

impl Looking<'_> {
    /// All questions, or those with a word in what they ask.
    pub(super) fn questions(&self) -> Result<Value, Refusal> {
        let asked: arguments::Questions = arguments::read(self.called.tool, self.called.arguments)?;
        let teller = Teller::new(self.graph, languages(self.graph, asked.language.as_deref())?);
        let part = Part::read(self.called, asked.limit, asked.cursor.as_deref(), USUAL)?;
        let mut all = questions(self.graph);
        if let Some(about) = &asked.about {
            let about = fold(about);
            all.retain(|question| {
                let mut texts = question.summary.values().map(String::as_str).chain([question.name.as_ref()]);
                texts.any(|text| fold(text).contains(&about))
            });
        }
        let told = part.of(&all).map(|question| {
            let parameters: Vec<_> =
                question.parameters.iter().filter(|one| one.name != LANGUAGE).map(parameter).collect();
            let summary = question.summary(&teller.languages);
            let mut told = json!({"name": question.name, "asks": summary, "parameters": parameters});
            if let Some(description) = question.description(&teller.languages) {
                told["description"] = json!(description);
            }
            told
        });
        let told: Vec<_> = told.collect();
        Ok(teller.told(json!({"total": all.len(), "questions": told}), part.next(all.len())))
    }
}

/// What is to be filled into a question.
fn parameter(parameter: &Parameter) -> Value {
    let takes = match &parameter.kind {
        Kind::Entity(class) => format!("an entity of the class {class}, by any of its names"),
        Kind::Year => "a year".to_owned(),
        Kind::Date => "a date, such as 2024-03-01 or 2024".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Text => "a text".to_owned(),
        Kind::Language => "the tag of a language".to_owned(),
        Kind::Choice(words) => format!("one of {}", words.join(", ")),
    };
    json!({"name": parameter.name, "takes": takes, "value": parameter.value})
}

/// Answers a question.
pub(super) async fn ask(server: &Server, called: Called<'_>) -> Result<Value, Refusal> {
    let asked: arguments::Ask = arguments::read(called.tool, called.arguments)?;
    let graph = &server.served.graph;
    let languages = languages(graph, asked.language.as_deref())?;
    let part = Part::read(called, asked.limit, asked.cursor.as_deref(), USUAL)?;
    let question = question(graph, &asked.question)?;
    let values = values(&asked, &question)?;
    let query = query_of(graph, &question, &values)?;
    let Given::Rows(columns, rows) = given(server, query).await? else {
        return Err(Refusal::new("the question has no rows"));
    };
    let telling = Telling::new(graph, &question, &values);
    let sentence = telling.sentence.as_deref().and_then(|text| Sentence::parse(text).ok());
    let teller = Teller::new(graph, languages);
    let told = part.of(&rows).map(|row| {
        let listed = row.get(PARAGRAPHS).and_then(Value::as_str).unwrap_or_default();
        let (cited, unknown) = Cited::listed(graph, listed, &teller.languages);
        let kept = row.iter().filter(|(name, _)| name.as_str() != PARAGRAPHS || !unknown.is_empty());
        let cells: Members = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut told = json!({"cells": cells, "citations": teller.citations(&cited)});
        if let Some(sentence) = &sentence {
            told["sentence"] = json!(sentence.told(&telling, |name| {
                let text = row.get(name).and_then(Value::as_str)?;
                Some(
                    entity_of_iri(graph, text).map_or(text, |entity| graph.label(entity, &teller.languages)).to_owned(),
                )
            }));
        }
        told
    });
    let told: Vec<_> = told.collect();
    let columns: Vec<_> = columns.into_iter().filter(|column| column != PARAGRAPHS).collect();
    let summary = question.summary(&teller.languages);
    let answer = json!({
        "question": question.name, "asks": summary, "columns": columns, "total": rows.len(), "rows": told,
    });
    Ok(teller.told(answer, part.next(rows.len())))
}

fn question(graph: &KnowledgeGraph, name: &str) -> Result<Question, Refusal> {
    let mut all = questions(graph);
    let Some(found) = all.iter().position(|question| question.name == name) else {
        let near = nearest(name, all.iter().map(|question| question.name.as_ref()), 3);
        return Err(Refusal::new(format!("there is no question `{name}`")).near(&near, "`questions` lists all"));
    };
    Ok(all.swap_remove(found))
}

/// The values, with the language of names if the question takes one.
fn values(asked: &arguments::Ask, question: &Question) -> Result<Vec<(String, String)>, Refusal> {
    let language = asked.language.as_ref().filter(|_| question.parameters.iter().any(|one| one.name == LANGUAGE));
    let mut values: Vec<_> = language.iter().map(|&language| (LANGUAGE.to_owned(), language.clone())).collect();
    for (name, value) in &asked.values {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(Refusal::new(format!("the value of `{name}` is neither a text nor a number")));
            }
        };
        values.push((name.clone(), value));
    }
    Ok(values)
}

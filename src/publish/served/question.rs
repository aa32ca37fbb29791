//! Questions as pages: all of them, and the form of each.

use maud::{Markup, html};

use super::framed;
use super::words::QueryWords;
use crate::graph::KnowledgeGraph;
use crate::model::{Direction, Language};
use crate::publish::answered::AnswerFormat;
use crate::publish::question::{Kind, Parameter, Question};
use crate::publish::site::text::Text;

/// The most entities that a form offers to choose from.
const MOST_OFFERED: usize = 1000;

/// Returns the page of all questions.
#[must_use]
pub fn questions_page(questions: &[Question], languages: &[Language]) -> String {
    let main = html! {
        h1 { "Questions" }
        p { "Each answer says in which paragraphs it is stated." }
        ul { @for question in questions { li {
            a href={"/questions/" (question.name)} { (Text(question.summary(languages))) }
        } } }
        p { "For programs: " a href="/openapi.json" { "OpenAPI" } }
    };
    framed(QueryWords::english(), None, "Questions", &main)
}

/// Returns the form of a question.
#[must_use]
pub fn question_page(graph: &KnowledgeGraph, question: &Question, languages: &[Language]) -> String {
    let title = question.summary(languages);
    let main = html! {
        h1 { (Text(title)) }
        @for (language, summary) in &question.summary {
            @if summary.as_str() != title {
                p lang=(language.as_str()) dir=(if language.direction() == Direction::RightToLeft { "rtl" } else { "ltr" }) { (Text(summary)) }
            }
        }
        @if let Some(description) = question.description(languages) { p { (Text(description)) } }
        form.ask action={"/questions/" (question.name)} method="get" {
            @for parameter in &question.parameters { p { (field(graph, parameter, languages)) } }
            p {
                label for="field-format" { "as" } " "
                select id="field-format" name="format" {
                    @for (format, name) in formats(question) { option value=(format) { (name) } }
                }
            }
            p { button type="submit" { "Ask" } }
        }
    };
    framed(QueryWords::english(), None, title, &main)
}

/// What an answer can be had as, and what that is called; a page first.
fn formats(question: &Question) -> Vec<(&'static str, &'static str)> {
    let sentence = (!question.sentence.is_empty()).then_some((AnswerFormat::Sentence.name(), "sentences"));
    let files = [("xlsx", "workbook (XLSX)"), ("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("md", "Markdown")];
    [("html", "page")].into_iter().chain(sentence).chain(files).collect()
}

/// The field of a parameter.
fn field(graph: &KnowledgeGraph, parameter: &Parameter, languages: &[Language]) -> Markup {
    let name = parameter.name.as_str();
    let (id, list) = (format!("field-{name}"), format!("list-{name}"));
    html! {
        label for=(id) { (Text(name)) } " "
        @match &parameter.kind {
            Kind::Entity(class) => {
                input id=(id) name=(name) value=(Text(&parameter.value)) list=(list) required dir="auto";
                " (" (Text(class)) ")"
                datalist id=(list) { @for label in offered(graph, class, languages) { option value=(Text(label)) {} } }
            }
            Kind::Choice(words) => {
                select id=(id) name=(name) {
                    @for word in words { option selected[*word == parameter.value] { (Text(word)) } }
                }
            }
            Kind::Year | Kind::Date | Kind::Number | Kind::Text | Kind::Language => {
                input id=(id) name=(name) value=(Text(&parameter.value)) required dir="auto";
            }
        }
    }
}

fn offered<'g>(graph: &'g KnowledgeGraph, class: &str, languages: &[Language]) -> Vec<&'g str> {
    let ontology = graph.ontology();
    let Some(class) = ontology.class_by_name(class) else { return Vec::new() };
    let entities = graph.entity_ids().filter(|&entity| ontology.is_a(graph.entity(entity).class, class));
    let mut labels: Vec<_> = entities.take(MOST_OFFERED).map(|entity| graph.label(entity, languages)).collect();
    labels.sort_unstable();
    labels
}

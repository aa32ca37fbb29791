//! Questions as pages: all of them, and the form of each.

use maud::{Markup, html};

use super::framed;
use super::question_words::QuestionWords;
use super::words::QueryWords;
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, Language};
use crate::ontology::preferred;
use crate::publish::answered::AnswerFormat;
use crate::publish::question::{Kind, Parameter, Question};
use crate::publish::site::text::Text;

/// The most entities that a form offers to choose from.
const MOST_OFFERED: usize = 500;

/// Returns the page of all questions. It says so if the data set is another by now, which has so many violations.
#[must_use]
pub(crate) fn questions_page(questions: &[Question], languages: &[Language], refused: Option<usize>) -> String {
    let (words, more) = (query_words(languages), QuestionWords::of(languages));
    let main = html! {
        h1 { (words.questions) }
        p { (more.cited) }
        ul { @for question in questions { li {
            a href={"/questions/" (question.name) "?lang=" (words.language())} { (Text(question.summary(languages))) }
        } } }
        p { (more.programs) " " a href="/openapi.json" { "OpenAPI" } }
    };
    framed(words, Some(&|tag| format!("/questions/?lang={tag}")), words.questions, refused, &main)
}

/// Returns the form of a question. It says so if the data set is another by now, which has so many violations.
#[must_use]
pub(crate) fn question_page(
    graph: &KnowledgeGraph,
    question: &Question,
    languages: &[Language],
    refused: Option<usize>,
) -> String {
    let (title, words) = (question.summary(languages), query_words(languages));
    let more = QuestionWords::of(languages);
    let main = html! {
        h1 { (Text(title)) }
        @for (language, summary) in &question.summary {
            @if summary.as_str() != title { p lang=(language.as_str()) dir=(language.direction().as_str()) { (Text(summary)) } }
        }
        @if let Some(description) = question.description(languages) { p { (Text(description)) } }
        form.ask action={"/questions/" (question.name)} method="get" {
            @for parameter in &question.parameters { p { (field(graph, parameter, languages)) } }
            p {
                label for="field-format" { (more.written_as) } " "
                select id="field-format" name="format" {
                    @for (format, name) in formats(question, &more) { option value=(format) { (name) } }
                }
            }
            p {
                input type="hidden" name="lang" value=(words.language());
                button type="submit" { (words.ask) }
            }
        }
    };
    framed(words, Some(&|tag| format!("/questions/{}?lang={tag}", question.name)), title, refused, &main)
}

/// What an answer can be had as, and what that is called; a page first.
fn formats(question: &Question, words: &QuestionWords) -> Vec<(&'static str, &'static str)> {
    let sentence = (!question.sentence.is_empty()).then_some((AnswerFormat::Sentence.name(), words.sentences));
    let files = [("xlsx", words.workbook), ("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("md", "Markdown")];
    [("html", words.page)].into_iter().chain(sentence).chain(files).collect()
}

/// The field of a parameter.
fn field(graph: &KnowledgeGraph, parameter: &Parameter, languages: &[Language]) -> Markup {
    let name = parameter.name.as_str();
    let (id, list) = (format!("field-{name}"), format!("list-{name}"));
    html! {
        label for=(id) { (Text(QuestionWords::of(languages).name(name).unwrap_or(name))) } " "
        @match &parameter.kind {
            Kind::Entity(class) => {
                input id=(id) name=(name) value=(Text(&parameter.value)) list=(list) required dir="auto";
                @if let Some(class) = graph.ontology().class_by_name(class) {
                    " (" (Text(class_name(graph, class, languages))) ")"
                }
                datalist id=(list) { @for label in offered(graph, class, languages) { option value=(Text(label)) {} } }
            }
            Kind::Choice(words) => {
                select id=(id) name=(name) {
                    @for word in words { option selected[*word == parameter.value] { (Text(word)) } }
                }
            }
            Kind::Language => {
                // Names are wanted in the language of the page.
                input id=(id) name=(name) value=(languages.first().map_or(parameter.value.as_str(), Language::as_str)) required dir="ltr";
            }
            Kind::Year | Kind::Date | Kind::Number | Kind::Text => {
                input id=(id) name=(name) value=(Text(&parameter.value)) required dir="auto";
            }
        }
    }
}

fn query_words(languages: &[Language]) -> &'static QueryWords {
    languages.first().map_or(QueryWords::english(), |&language| QueryWords::of(language))
}

fn class_name<'g>(graph: &'g KnowledgeGraph, class: ClassId, languages: &[Language]) -> &'g str {
    let class = graph.ontology().class(class);
    preferred(&class.labels, languages).unwrap_or(&class.name)
}

fn offered<'g>(graph: &'g KnowledgeGraph, class: &str, languages: &[Language]) -> Vec<&'g str> {
    let ontology = graph.ontology();
    let Some(class) = ontology.class_by_name(class) else { return Vec::new() };
    let entities = graph.entity_ids().filter(|&entity| ontology.is_a(graph.entity(entity).class, class));
    let mut labels: Vec<_> = entities.take(MOST_OFFERED).map(|entity| graph.label(entity, languages)).collect();
    labels.sort_unstable();
    labels
}

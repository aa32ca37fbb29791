use std::fs;
use std::sync::Arc;

use rapporteur::model::Language;
use rapporteur::publish::{AskError, asked, questions};
use rapporteur::query::{Answer, Engine, Options};
use rapporteur::rdf::Profile;

use crate::{repository, shipped};

#[test]
fn every_question_has_an_answer_with_its_paragraphs() {
    let graph = Arc::new(shipped());
    let engine = Engine::new(Arc::clone(&graph), Profile::Statements).unwrap();
    let questions = questions();
    assert!(questions.len() >= 40, "{}", questions.len());
    for question in questions {
        for tag in ["en", "ar"] {
            assert!(question.summary.contains_key(&Language::parse(tag).unwrap()), "{}: {tag}", question.name);
        }
        let query = asked(&graph, &question, &[]).unwrap();
        assert!(!query.contains("?_"), "{}: a parameter is not declared", question.name);
        for parameter in &question.parameters {
            assert!(question.text.contains(&format!("?_{}_", parameter.name)), "{}: {}", question.name, parameter.name);
        }
        let Ok(Answer::Solutions { variables, rows }) = engine.run(&query, &Options::default()) else {
            panic!("{} has no solutions", question.name);
        };
        let paragraphs = variables.iter().position(|variable| variable == "paragraphs").unwrap();
        assert!(!rows.is_empty(), "{} has no answer", question.name);
        for row in &rows {
            assert!(row[paragraphs].is_some(), "{}: {row:?}", question.name);
        }
    }
}

#[test]
fn every_question_of_the_folder_is_part_of_the_program() {
    let files = fs::read_dir(repository("questions")).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    let known: Vec<&str> = questions().iter().map(|question| question.name).collect();
    assert_eq!(names, known);
}

#[test]
fn values_are_given_by_name_and_wrong_ones_are_refused() {
    let graph = shipped();
    let questions = questions();
    let question = |name: &str| questions.iter().find(|question| question.name == name).unwrap();
    let ask = |name: &str, parameter: &str, value: &str| {
        asked(&graph, question(name), &[(parameter.to_owned(), value.to_owned())])
    };
    for name in ["g20", "G20", "مجموعة العشرين"] {
        assert!(ask("members-of-a-body", "body", name).unwrap().contains("<https://w3id.org/rapporteur/c24/g20>"));
    }
    assert!(matches!(ask("members-of-a-body", "bodi", "G20"), Err(AskError::Parameter { .. })));
    assert!(matches!(ask("members-of-a-body", "body", "Nobody At All"), Err(AskError::Entity(_))));
    assert!(matches!(ask("members-of-a-body", "body", "Geneva"), Err(AskError::Class { .. })));
    assert!(matches!(ask("events-of-a-year", "year", "24"), Err(AskError::Value { .. })));
    // No value is looked through for parameters.
    let nested = ask("what-a-paragraph-states", "number", "?_language_literal").unwrap();
    assert!(nested.contains("\"?_language_literal\""), "{nested}");
    // A text is a text, whatever it holds.
    let hostile = ask("what-a-paragraph-states", "number", "\") } INSERT DATA { <a:b> <a:b> <a:b> } #").unwrap();
    assert!(hostile.contains(r#""\") } INSERT DATA { <a:b> <a:b> <a:b> } #""#), "{hostile}");
}

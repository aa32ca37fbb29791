use std::fs;
use std::sync::Arc;

use calamine::Reader as _;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::model::Language;
use rapporteur::publish::{AnswerFormat, AskError, Question, Sentence, TellError, Telling, asked, questions, tell};
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

/// The answer to a question, told in a form.
fn told(graph: &Arc<KnowledgeGraph>, name: &str, values: &[(&str, &str)], format: AnswerFormat) -> Vec<u8> {
    let question = question(name);
    let values: Vec<_> = values.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = asked(graph, &question, &values).unwrap();
    let answer = Engine::new(Arc::clone(graph), Profile::Statements).unwrap().run(&query, &Options::default()).unwrap();
    let telling = Telling::new(graph, &question, &values);
    telling.check(&question, format).unwrap();
    let mut out = Vec::new();
    tell(graph, &answer, &telling, format, &mut out).unwrap();
    out
}

fn question(name: &str) -> Question {
    questions().into_iter().find(|question| question.name == name).unwrap()
}

#[test]
fn sentences_are_in_six_languages_and_name_what_there_is() {
    let graph = Arc::new(shipped());
    let engine = Engine::new(Arc::clone(&graph), Profile::Statements).unwrap();
    let with: Vec<_> = questions().into_iter().filter(|question| !question.sentence.is_empty()).collect();
    assert!(with.len() >= 10, "{}", with.len());
    for question in with {
        let tags: Vec<_> = question.sentence.keys().map(Language::as_str).collect();
        assert_eq!(tags, ["ar", "en", "es", "fr", "ru", "zh"], "{}", question.name);
        let query = asked(&graph, &question, &[]).unwrap();
        let Ok(Answer::Solutions { variables, .. }) = engine.run(&query, &Options::default()) else { panic!() };
        for text in question.sentence.values() {
            let sentence = Sentence::parse(text).unwrap();
            for name in sentence.names() {
                let is_parameter = question.parameters.iter().any(|parameter| parameter.name == name);
                assert!(is_parameter || variables.iter().any(|variable| variable == name), "{}: {name}", question.name);
            }
        }
        for tag in ["en", "ar", "zh"] {
            let text = told(&graph, question.name, &[("language", tag)], AnswerFormat::Sentence);
            for line in String::from_utf8(text).unwrap().lines() {
                assert!(!line.contains(['{', '…']) && line.ends_with(']') && !line.ends_with("[]"), "{line}");
            }
        }
    }
}

#[test]
fn a_row_is_a_sentence_with_its_paragraphs() {
    let graph = Arc::new(shipped());
    let sentences = |name: &str, values: &[(&str, &str)]| {
        String::from_utf8(told(&graph, name, values, AnswerFormat::Sentence)).unwrap()
    };
    assert_eq!(
        sentences("chairs-of-a-body", &[("body", "G20")]),
        "Brazil chairs Group of Twenty. [c24#9.3, src-samena-g20]\n"
    );
    let arabic = sentences("chairs-of-a-body", &[("body", "G20"), ("language", "ar")]);
    assert_eq!(arabic, "رئاسة مجموعة العشرين: البرازيل. [\u{2066}c24#9.3, src-samena-g20\u{2069}]\n");
    assert_eq!(sentences("chairs-of-a-body", &[("body", "EQUALS")]), "The data state nothing of the kind.\n");
    let silent = question("claims-given-up");
    let refused = Telling::new(&graph, &silent, &[]).check(&silent, AnswerFormat::Sentence);
    assert!(matches!(refused, Err(TellError::NoSentence { .. })), "{refused:?}");
}

#[test]
fn paragraphs_of_rows_are_footnotes() {
    let graph = Arc::new(shipped());
    let text = told(&graph, "initiatives-led-by-an-organization", &[("organization", "ITU")], AnswerFormat::Markdown);
    let text = String::from_utf8(text).unwrap();
    assert!(text.starts_with("<div lang=\"en\" dir=\"ltr\">\n\n# What does an organization lead?\n"), "{text}");
    assert!(text.contains("\n| name | from | until |\n|---|---|---|\n"), "{text}");
    assert!(text.contains("| [Green Digital Action](<https://w3id.org/rapporteur/c24/gda>)[^1] |"), "{text}");
    let notes = text.lines().filter(|line| line.starts_with("[^")).count();
    for number in 1..=notes {
        assert!(text.contains(&format!("[^{number}]: ")), "{text}");
        assert!(text.matches(&format!("[^{number}]")).count() >= 2, "{number}: {text}");
    }
    assert!(text.contains(", 7. <https://w3id.org/rapporteur/c24/c24/para/7>"), "{text}");
}

#[test]
fn a_workbook_has_the_rows_and_what_they_cite() {
    let graph = Arc::new(shipped());
    let ask = || told(&graph, "chairs-of-a-body", &[("body", "G20"), ("language", "ar")], AnswerFormat::Xlsx);
    let bytes = ask();
    assert_eq!(bytes, ask());
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = |name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let answer = sheet("answer");
    assert_eq!(answer[0], ["answer", "name", "from", "until", "paragraphs"]);
    assert_eq!(answer[1][4], "c24#9.3, src-samena-g20");
    assert_eq!(answer[1][1], "البرازيل");
    let paragraphs = sheet("paragraphs");
    assert_eq!(paragraphs[1][0], "c24#9.3");
    assert_eq!(paragraphs[1][4], "https://w3id.org/rapporteur/c24/c24/para/9.3");
    assert_eq!(sheet("question")[2], ["body", "مجموعة العشرين"]);
}

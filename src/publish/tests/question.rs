//! Questions by their names, and the forms of their answers.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use calamine::Reader as _;

use crate::finding::Code;
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::answered::TellError;
use crate::publish::{AnswerFormat, AskError, Question, Sentence, Telling, asked, check_questions, questions, tell};
use crate::query::{Answer, Engine, Options};
use crate::rdf::Profile;
use crate::tests::{dataset, open, repository, shipped, with_questions};

#[test]
fn every_question_has_an_answer_with_its_paragraphs() {
    let graph = Arc::new(shipped());
    let engine = Engine::new(Arc::clone(&graph), Profile::Statements).unwrap();
    let questions = questions(&graph);
    assert!(questions.len() >= 40, "{}", questions.len());
    for question in questions {
        for tag in Language::UN {
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
    let known: Vec<_> = questions(&shipped()).into_iter().map(|question| question.name).collect();
    assert_eq!(names, known);
}

#[test]
fn values_are_given_by_name_and_wrong_ones_are_refused() {
    let graph = shipped();
    let questions = questions(&graph);
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
    let question = question(graph, name);
    let values: Vec<_> = values.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = asked(graph, &question, &values).unwrap();
    let answer = Engine::new(Arc::clone(graph), Profile::Statements).unwrap().run(&query, &Options::default()).unwrap();
    let telling = Telling::new(graph, &question, &values);
    telling.check(&question, format).unwrap();
    let mut out = Vec::new();
    tell(graph, &answer, &telling, format, &mut out).unwrap();
    out
}

fn question(graph: &KnowledgeGraph, name: &str) -> Question {
    questions(graph).into_iter().find(|question| question.name == name).unwrap()
}

#[test]
fn sentences_are_in_six_languages_and_name_what_there_is() {
    let graph = Arc::new(shipped());
    let engine = Engine::new(Arc::clone(&graph), Profile::Statements).unwrap();
    let with: Vec<_> = questions(&graph).into_iter().filter(|question| !question.sentence.is_empty()).collect();
    assert!(with.len() >= 10, "{}", with.len());
    for question in with {
        let tags: Vec<_> = question.sentence.keys().map(Language::as_str).collect();
        assert_eq!(tags, ["ar", "en", "es", "fr", "ru", "zh"], "{}", question.name);
        let query = asked(&graph, &question, &[]).unwrap();
        let Ok(Answer::Solutions { variables, .. }) = engine.run(&query, &Options::default()) else { panic!() };
        for text in question.sentence.values() {
            let sentence = Sentence::parse(text).unwrap();
            for (name, _) in sentence.names() {
                let is_parameter = question.parameters.iter().any(|parameter| parameter.name == name);
                assert!(is_parameter || variables.iter().any(|variable| variable == name), "{}: {name}", question.name);
            }
        }
        for tag in ["en", "ar", "zh"] {
            let text = told(&graph, &question.name, &[("language", tag)], AnswerFormat::Sentence);
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
    let silent = question(&graph, "claims-given-up");
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

/// What is wrong with the questions of a data set: codes, places, messages and helps.
fn wrong(folder: &Path) -> Vec<String> {
    let findings = check_questions(&Arc::new(open(folder).0));
    let line = |code: Code, place: String, message: &str, help: Option<&str>| {
        format!("{} {place}: {message}; {}", code.name(), help.unwrap_or_default())
    };
    let lines = findings
        .iter()
        .map(|finding| line(finding.code, finding.location.to_string(), &finding.message, finding.help.as_deref()));
    lines.collect()
}

#[test]
fn the_questions_of_the_program_pass_what_is_checked_of_others() {
    let names = fs::read_dir(repository("questions")).unwrap().map(|entry| entry.unwrap().path());
    let texts: Vec<(String, String)> = names
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = with_questions(&files);
    let wrong = wrong(folder.path());
    assert_eq!(wrong.len(), files.len(), "{wrong:#?}");
    assert!(wrong.iter().all(|line| line.starts_with("replaced-question ")), "{wrong:#?}");
}

/// What follows the titles of a question, and the mistake in it.
fn mistakes() -> Vec<(String, &'static str)> {
    let parameters = "#+ parameters:\n";
    vec![
        (
            "#+ sumary: What?\nSELECT ?paragraphs { ?s rap:number ?paragraphs }\n".to_owned(),
            "invalid-question questions/q.rq:3:4: a question has no `sumary`; did you mean `summary`?",
        ),
        (
            format!("{parameters}#+   - body: Bodi = g20\nSELECT ?paragraphs {{ ?_body_iri rap:leads ?paragraphs }}\n"),
            "invalid-question questions/q.rq:4:14: `Bodi` is no kind of parameter: there is no such class; did you mean `Body`?",
        ),
        (
            format!(
                "{parameters}#+   - body: Body = G200\nSELECT ?paragraphs {{ ?_body_iri rap:leads ?paragraphs }}\n"
            ),
            "invalid-question questions/q.rq:4:21: no entity is called `G200`; did you mean `G20`?",
        ),
        (
            format!("{parameters}#+   - year: year = 2023\nSELECT ?paragraphs {{ ?s rap:number ?paragraphs }}\n"),
            "invalid-question questions/q.rq:4:8: the query does not use the parameter `year`; it stands in the query as `?_year_literal`",
        ),
        (
            format!(
                "{parameters}#+   - body: Body = g20\nSELECT ?paragraphs {{ ?s rap:number ?paragraphs ; ?p ?_body_iri , ?_bodi_iri }}\n"
            ),
            "invalid-question questions/q.rq:5:66: `?_bodi_iri` stands for no parameter; did you mean `?_body_iri`?",
        ),
        (
            // What is filled in before the mistake on its line does not move the place.
            format!(
                "{parameters}#+   - body: Body = g20\nSELECT ?paragraphs {{ ?_body_iri rap:leads ?x . ?x rab:number ?paragraphs }}\n"
            ),
            "invalid-question questions/q.rq:5:51: ",
        ),
        (
            "#+ summary@x y: What?\nSELECT ?paragraphs { ?s rap:number ?paragraphs }\n".to_owned(),
            "invalid-language questions/q.rq:3:12: `x y` is no tag of a language; write it as in `summary@ar`",
        ),
        (
            "#+ description: Well.\nSELECT ?paragraphs { ?s rap:number ?paragraphs }\n".to_owned(),
            "untitled-question questions/q.rq:3:4: the question has no description in ar; add a line `#+ description@ar: …`",
        ),
        (
            "SELECT ?s { ?s rap:number ?n }\n".to_owned(),
            "uncited-answer questions/q.rq:3:1: the answer has no column `?paragraphs`, so that no row says where it is stated; select the paragraphs, as the questions of the program do",
        ),
        (
            "ASK { ?s rap:number ?n }\n".to_owned(),
            "uncited-answer questions/q.rq:3:1: the query is no SELECT, so that no row can say in which paragraph it is stated; write it as SELECT, with a column `?paragraphs`",
        ),
        (
            "SELECT ?paragraphs { ?s rap:number ?paragraphs ; rap:leads ?x }\n".to_owned(),
            "unanswered-question questions/q.rq:3:1: the data do not answer the question with the values that it begins with; give other values to begin with, or correct the query",
        ),
    ]
}

/// The same, where how a row reads as a sentence is wrong.
fn mistakes_in_sentences() -> Vec<(String, &'static str)> {
    vec![
        (
            "#+ sentence: {s has a number[.\nSELECT ?paragraphs { ?s rap:number ?paragraphs }\n".to_owned(),
            "invalid-question questions/q.rq:3:14: `{` stands alone or at the wrong place in the sentence; names stand in braces, as `{name}`, and what is left out without them in brackets",
        ),
        (
            "#+ sentence@fr: É {a-b}.\nSELECT ?paragraphs { ?s rap:number ?paragraphs }\n".to_owned(),
            "invalid-question questions/q.rq:3:20: there is no name between two braces of the sentence; ",
        ),
        (
            "#+ sentence@fr: É[ {nmae}].\nSELECT ?name ?paragraphs { ?name rap:number ?paragraphs }\n".to_owned(),
            "invalid-question questions/q.rq:3:21: the query selects no `?nmae`, and no parameter is called so; did you mean `name`?",
        ),
        (
            // What the query has but does not select is not in a row.
            "#+ sentence: {year}: {s}\n#+ parameters:\n#+   - year: text = 1\nSELECT ?paragraphs { ?s rap:number ?paragraphs FILTER (?_year_literal != \"\") }\n".to_owned(),
            "invalid-question questions/q.rq:3:23: the query selects no `?s`, and no parameter is called so; one of paragraphs, year",
        ),
    ]
}

#[test]
fn each_mistake_in_a_question_is_told_at_its_place() {
    let titles = "#+ summary: Who?\n#+ summary@ar: من؟\n";
    for (rest, expected) in mistakes().into_iter().chain(mistakes_in_sentences()) {
        let folder = with_questions(&[("q.rq", &format!("{titles}{rest}"))]);
        let wrong = wrong(folder.path());
        assert!(wrong.len() == 1 && wrong[0].starts_with(expected), "{expected}\n{wrong:#?}");
    }
    let folder = with_questions(&[("Who leads.rq", "ASK {}"), ("latin.rq", "")]);
    fs::write(folder.path().join("questions/latin.rq"), b"#+ summary: caf\xE9\n").unwrap();
    let (_, findings) = open(folder.path());
    assert!(findings.iter().any(|finding| finding.code == Code::WrongEncoding), "{findings:?}");
    let wrong = wrong(folder.path());
    assert!(
        wrong.iter().any(|line| line.starts_with("invalid-question questions/Who leads.rq: `Who leads` is no name"))
    );
}

#[test]
fn a_data_set_without_questions_has_those_of_the_program() {
    let folder = dataset(&[]);
    let graph = open(folder.path()).0;
    assert_eq!(questions(&graph).len(), 44);
    assert_eq!(check_questions(&Arc::new(graph)), []);
}

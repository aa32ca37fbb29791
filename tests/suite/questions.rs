use std::fs;
use std::process::Command;

use crate::{repository, with_questions};

/// The question that the documentation shows.
fn documented() -> String {
    let text = fs::read_to_string(repository("docs/queries.md")).unwrap();
    let after = text.split("questions/leaders-on-a-topic.rq").nth(1).unwrap();
    after.split("```sparql\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

#[test]
fn a_question_of_a_data_set_is_asked_like_those_of_the_program() {
    let members = "#+ summary: Members?\n#+ summary@ar: الأعضاء؟\nSELECT ?paragraphs { ?s rap:number ?paragraphs }\n";
    let folder = with_questions(&[("leaders-on-a-topic.rq", &documented()), ("members-of-a-body.rq", members)]);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        let output = command.arg("--data").arg(folder.path()).args(arguments).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, checked) = run(&["check", "--verbose"]);
    assert_eq!(code, 0, "{checked}");
    assert!(!checked.contains("leaders-on-a-topic"), "{checked}");
    assert!(checked.contains("info[replaced-question]: the question `members-of-a-body` stands in place"), "{checked}");
    let (code, all) = run(&["ask"]);
    assert!(code == 0 && all.contains("leaders-on-a-topic\n    Who leads what is about a topic?"), "{all}");
    assert!(all.contains("members-of-a-body\n    Members?"), "{all}");
    let (code, answer) = run(&["ask", "leaders-on-a-topic", "--format", "csv", "--lang", "ar"]);
    assert!(code == 0 && answer.lines().count() > 2 && answer.starts_with("name,what,paragraphs"), "{answer}");
    let server = crate::serve::Server::of(folder.path(), &["--processes", "1"]);
    let list = server.ask("GET", "/questions/", &[("Accept", "application/json")], "");
    assert!(list.text().contains("leaders-on-a-topic"), "{}", list.text());
    let over_http = server.ask("GET", "/questions/leaders-on-a-topic?language=ar&format=csv", &[], "");
    assert_eq!(over_http.text().lines().count(), answer.lines().filter(|line| line.contains(',')).count());
    assert!(server.ask("GET", "/openapi.json", &[], "").text().contains("leaders-on-a-topic"));
}

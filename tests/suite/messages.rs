//! Errors for programs that read them, and for terminals.

use crate::cli::{rapporteur, stderr, stdout};
use crate::{dataset, repository};

#[test]
fn errors_are_json_for_programs() {
    let folder = repository("");
    let error = |arguments: &[&str]| {
        let output = rapporteur(&folder, &[arguments, &["--quiet", "--message-format", "json"]].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        serde_json::from_str::<serde_json::Value>(stderr(&output)).unwrap()
    };
    let query = error(&["query", "SELECT ?x\nWHERE { ?x rdfs:label \"x }"]);
    assert_eq!((&query["file"], &query["line"], &query["column"]), (&"query".into(), &2.into(), &23.into()));
    assert_eq!(query["message"], "this string is never closed");
    let name = error(&["draw", "--around", "Nobody At All", "-o", "-", "-f", "svg"]);
    assert_eq!((&name["severity"], &name["message"]), (&"error".into(), &"no entity is called `Nobody At All`".into()));
    assert_eq!(name.get("line"), None);
    let file = error(&["check", "--ontology", "nowhere.ttl"]);
    assert!(file["message"].as_str().unwrap().contains("nowhere.ttl"), "{file}");
}

#[test]
fn what_a_terminal_would_obey_is_shown_and_not_sent() {
    let folder = dataset(&[("o.csv", "id,class,label@en\na,Organization,\"A\u{1b}[31mred\"\n")]);
    for arguments in [
        &["\u{1b}[31m"][..],
        &["check", "--lang", "\u{1b}[31m"],
        &["check"],
        &["--message-format", "short", "check"],
        &["show", "a"],
        &["show", "\u{1b}[31mnobody"],
        &["export", "-f", "turtle", "-o", "/dev/null/\u{1b}[31m"],
        &["--data", "\u{1b}[31m", "check"],
        &["draw", "--around", "\u{9b}31m"],
        &["query", "ASK { ?s \u{1b}[31m }"],
        &["query", "ASK { \u{1b}]0;x\u{7}:x a ?o }"],
        &["query", "-F", "table", "SELECT ?l { ?s rdfs:label ?l FILTER(CONTAINS(?l, \"red\")) }"],
        &["query", "-f", "\u{1b}[31m"],
    ] {
        let output = rapporteur(folder.path(), arguments);
        for text in [stdout(&output), stderr(&output)] {
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{arguments:?}: {text:?}");
        }
    }
}

#[test]
fn answers_for_spreadsheets_hold_no_formulas() {
    let query = "SELECT * { VALUES (?a ?b ?c) { (\"=1+1\" \"@x\"@en -5) (\"'-x\" \"a=b\" \"\\t=1\") } }";
    let answer = |more: &[&str]| {
        let output = rapporteur(&repository(""), &[&["--quiet", "query", query], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    assert_eq!(answer(&["-F", "csv"]), "a,b,c\r\n=1+1,@x,-5\r\n'-x,a=b,\t=1\r\n");
    assert_eq!(answer(&["-F", "csv", "--spreadsheet-safe"]), "a,b,c\r\n'=1+1,'@x,-5\r\n''-x,a=b,'\t=1\r\n");
    assert_eq!(
        answer(&["-F", "tsv", "--spreadsheet-safe"]),
        "?a\t?b\t?c\n\"'=1+1\"\t\"'@x\"@en\t-5\n\"''-x\"\t\"a=b\"\t\"'\\t=1\"\n"
    );
    let output = rapporteur(&repository(""), &["query", "-F", "json", "--spreadsheet-safe", "ASK {}"]);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
}

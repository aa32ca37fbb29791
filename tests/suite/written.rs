use rapporteur::finding::{Code, Finding};
use rapporteur::graph::KnowledgeGraph;

use crate::{dataset, open};

const DOCUMENT: &str = "id,class,label@en\nd,Report,Report\n";

fn read(files: &[(&str, &str)]) -> (KnowledgeGraph, Vec<Finding>) {
    let all = [&[("d.csv", DOCUMENT)], files].concat();
    open(dataset(&all).path())
}

/// Code and place of each violation.
fn violations(files: &[(&str, &str)]) -> Vec<String> {
    let wrong = |finding: &&Finding| finding.severity() == rapporteur::finding::Severity::Violation;
    read(files).1.iter().filter(wrong).map(|finding| format!("{} {}", finding.code.name(), finding.location)).collect()
}

#[test]
fn a_wrong_class_is_one_finding_whatever_refers_to_its_entity() {
    let entities = "id,class,label@en,source\na,Organizatoin,Alpha,d\nb,Organization,Beta,d\n";
    let statements = "subject,property,object,source\na,memberOf,b,d\nb,memberOf,a,d\nb,cooperatesWith,Alpha,d\n";
    assert_eq!(violations(&[("e.csv", entities), ("s.csv", statements)]), ["unknown-class e.csv:2:3"]);
    // A table that lacks a column has entities, too.
    let files =
        [("e.csv", "id,label@en\na,Alpha\n"), ("b.csv", "id,class,label@en,memberOf,source\nb,Organization,B,a,d\n")];
    assert_eq!(violations(&files), ["missing-header e.csv:1:1"]);
}

#[test]
fn a_wrong_class_in_many_rows_is_one_finding_with_their_number() {
    let mut entities = "id,class,label@en,source\nb,Organization,Beta,d\n".to_owned();
    let mut statements = "subject,property,object,source\n".to_owned();
    for number in 0..14 {
        entities += &format!("a{number},{},Alpha {number},d\n", if number == 3 { "Bodi" } else { "Organizatoin" });
        statements += &format!("b,cooperatesWith,Alpha {number},d\nb,memberOf,a{number},d\n");
    }
    let files = [("e.csv", entities.as_str()), ("s.csv", &statements)];
    assert_eq!(violations(&files), ["unknown-class e.csv:3:4", "unknown-class e.csv:6:4"]);
    let (_, findings) = read(&files);
    let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(messages.contains(&"unknown class `Organizatoin`, in 13 rows"), "{messages:?}");
    assert!(messages.contains(&"unknown class `Bodi`"), "{messages:?}");
}

#[test]
fn what_refers_to_a_row_that_is_malformed_is_not_told_again() {
    let entities = "id,class,label@en,source\nr,Organization,\"Ragged, Ltd\"\nq,Organization,Stray \"quote\",d\nb,Organization,Beta,d\n";
    let statements = "subject,property,object,source\nb,memberOf,r,d\nb,cooperatesWith,\"Ragged, Ltd\",d\nb,memberOf,q,d\nb,memberOf,x,d\n";
    let files = [("e.csv", entities), ("s.csv", statements)];
    assert_eq!(violations(&files), ["ragged-row e.csv:2:29", "stray-quote e.csv:3:22", "unknown-reference s.csv:5:12"]);
    let lines = "{\"id\": \"b\", \"class\": \"Organization\", \"label@en\": \"B\", \"source\": \"d\"}\n{\"id\": \"j\", \"class\": }\n";
    let statements = "subject,property,object,source\nb,memberOf,j,d\n";
    assert_eq!(violations(&[("e.jsonl", lines), ("s.csv", statements)]), ["invalid-json e.jsonl:2:22"]);
    let files = [
        ("p.csv", "document,number,heading@en\nd,1\nd,2,Two\n"),
        ("e.csv", "id,class,label@en,partOf,source\nb,Organization,Beta,d,d#1|d#2\n"),
    ];
    assert_eq!(violations(&files), ["ragged-row p.csv:2:4"]);
}

#[test]
fn what_may_be_in_a_file_that_cannot_be_read_is_told_once() {
    let folder = dataset(&[
        ("d.csv", DOCUMENT),
        ("b.csv", "id,class,label@en,source\nb,Organization,Beta,d\n"),
        ("s.csv", "subject,property,object,source\nb,memberOf,x,d\nb,memberOf,y,d#1\nb,memberOf,z,d#2\n"),
    ]);
    std::fs::write(folder.path().join("e.csv"), b"id,class,label@en\nx,Organization,\xE9\n").unwrap();
    std::fs::write(folder.path().join("p.xlsx"), b"no workbook").unwrap();
    let (_, findings) = open(folder.path());
    let told: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity() == rapporteur::finding::Severity::Violation)
        .map(|finding| format!("{} {}", finding.location, finding.message.split(':').next().unwrap()))
        .collect();
    let expected = [
        "e.csv:2:16 the file is not UTF-8",
        "p.xlsx the spreadsheet cannot be read",
        "s.csv:2:12 no entity is called `x`; 2 more lead to nothing",
        "s.csv:3:14 the document `d` has no paragraph `1`; 1 more lead to nothing",
    ];
    assert_eq!(told, expected);
    let help = findings.iter().find(|finding| finding.code == Code::UnknownReference).unwrap().help.as_deref();
    assert_eq!(help, Some("what is meant may be in `e.csv`, `p.xlsx`, which could not be read: mend that first"));
}

#[test]
fn a_time_or_a_duration_is_no_date() {
    for wrong in ["10:30", "26:30:00", "1899-12-31T10:30", "PT2H"] {
        let entities = format!("id,class,label@en,startDate,partOf,source\na,Organization,A,{wrong},d,d\n");
        assert_eq!(violations(&[("e.csv", &entities)]), ["invalid-date e.csv:2:18"], "{wrong}");
    }
}

#[test]
fn names_that_statements_give_resolve() {
    let entities = "id,class,label@en,source\na,Organization,Alpha,d\nb,Organization,Beta,d\n";
    let statements = "subject,property,object,source\na,altLabel@en,First Body,d\nAlpha,acronym,FB,d\nb,memberOf,first body,d\nb,cooperatesWith,FB,d\n";
    let (graph, findings) = read(&[("e.csv", entities), ("s.csv", statements)]);
    assert_eq!(findings, []);
    assert_eq!(graph.statements().len(), 4);
    assert!(graph.find("First Body").is_ok());
}

#[test]
fn two_labels_in_one_language_are_a_finding_that_shows_the_escape() {
    let (_, findings) = read(&[("e.csv", "id,class,label@en,partOf,source\na,Organization,Alpha | Beta,d,d\n")]);
    let finding = findings.iter().find(|finding| finding.code == Code::SeveralLabels).unwrap();
    assert_eq!(finding.location.to_string(), "e.csv:2:24");
    let help = finding.help.as_deref().unwrap();
    assert!(help.contains(r"`Alpha\|Beta`") && help.contains("altLabel@en"), "{help}");
    assert_eq!(violations(&[("e.csv", "id,class,label@en,partOf,source\na,Organization,Alpha\\|Beta,d,d\n")]), [""; 0]);
}

#[test]
fn characters_that_nobody_sees_mean_nothing_in_ids_references_dates_and_sources() {
    let files = [
        ("p.csv", "document,number\nd,1\n"),
        (
            "e.csv",
            "\u{FEFF}id,class\u{200B},label@en,startDate,homepage,source\n\u{AD}a,Organization\u{200F},Al\u{AD}pha,2024\u{200E},https://a.example/\u{200B},d#1\u{200E}\n",
        ),
        (
            "s.csv",
            "subject,property,object,source\n\u{200B}a,partOf\u{200E},d\u{FEFF},d\u{200B}#1\nalpha,memberOf,al\u{200B}pha,d\n",
        ),
    ];
    let (graph, findings) = read(&files);
    assert_eq!(findings.iter().map(|finding| &finding.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let entity = graph.find("a").unwrap();
    assert_eq!(graph.id(entity), "a");
    // A text for people keeps them.
    assert!(graph.attributes(entity).iter().any(|name| graph.text(name.text) == "Al\u{AD}pha"));
    assert!(graph.attributes(entity).iter().any(|name| graph.text(name.text) == "https://a.example/"));
}

#[test]
fn what_nobody_sees_is_shown_in_messages() {
    let (_, findings) = read(&[("e.csv", "id,class,label@en,memberOf,source\na,Organization,A,x\u{200B}y,d\n")]);
    let finding = findings.iter().find(|finding| finding.code == Code::UnknownReference).unwrap();
    assert_eq!(finding.message, r"no entity is called `x\u{200b}y`");
}

#[test]
fn headers_and_languages_of_any_tag_are_taken() {
    let (graph, findings) = read(&[(
        "e.csv",
        "id,class,label@en,altLabel@ca-valencia,altLabel@sl-rozaj-biske,,partOf,source,\na,Organization,A,B,C,,d,d,\n",
    )]);
    assert_eq!(findings.iter().map(|finding| &finding.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let mut turtle = Vec::new();
    let options = rapporteur::export::Options::default();
    rapporteur::export::write_graph(&graph, rapporteur::export::Format::Turtle, &options, &mut turtle).unwrap();
    let turtle = String::from_utf8(turtle).unwrap();
    assert!(turtle.contains("\"B\"@ca-valencia") && turtle.contains("\"C\"@sl-rozaj-biske"), "{turtle}");
}

#[test]
fn a_cell_of_seventy_thousand_characters_can_have_a_finding_behind_it() {
    let long = "x".repeat(70_000);
    let (_, findings) = read(&[("e.csv", &format!("id,class,label@en,source\na,Organization,{long},nowhere\n"))]);
    let mut out = Vec::new();
    let style = rapporteur::finding::Style {
        format: rapporteur::finding::MessageFormat::Human,
        color: false,
        all: true,
        hint: "",
    };
    rapporteur::finding::write_findings(&findings, style, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("e.csv:2:70017") && text.len() < 4_000, "{text}");
}

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

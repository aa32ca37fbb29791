use std::fs;

use rapporteur::export::{self, Format};
use rapporteur::finding::Finding;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::model::Language;
use rapporteur::ontology::{Ontology, Range, Shape};
use rapporteur::read::{ReadError, Source};

use crate::{dataset, open};

const TERMS: &str = "name,kind,subClassOf,domain,range,inverse,label@en,label@ar,definition@en,colour,shape\n\
Observatory,class,Organization,,,,observatory,\u{645}\u{631}\u{635}\u{62f},A body that watches.,#112233,tab\n\
observedBy,property,,Entity,Observatory,observes,observed by,,,,\n\
observes,property,,observatory,entity,observedBy,observes,,The subject watches the object.,,\n\
stars,property,,,whole number,,stars,,,,\n\
confidence,qualifier,,,text,,confidence,,,,\n\
watcher,value,Role,,,,watcher,,,,\n";
const ENTITIES: &str = "id,class,label@en,stars,source\nr,Report,R,,\no,Observatory,O,5,r\np,\u{645}\u{631}\u{635}\u{62f},P,,r\nt,Topic,T,,r\n";
const STATEMENTS: &str =
    "subject,property,object,role,confidence,source\no,observes,t,watcher,high,r\nt,observed by,p,,,r\n";

fn opened(files: &[(&str, &str)]) -> (KnowledgeGraph, Vec<Finding>) {
    open(dataset(files).path())
}

/// Place, code, message and help.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let (_, findings) = opened(files);
    let line = |finding: &Finding| {
        let help = finding.help.as_deref().unwrap_or("no help");
        format!("{} {} {}: {help}", finding.location, finding.code.name(), finding.message)
    };
    findings.iter().map(line).collect()
}

#[test]
fn terms_of_a_table_are_used_like_those_of_the_ontology() {
    let files = [("terms.csv", TERMS), ("e.csv", ENTITIES), ("s.csv", STATEMENTS)];
    let (graph, findings) = opened(&files);
    assert!(findings.is_empty(), "{findings:?}");
    let ontology = graph.ontology();
    let class = ontology.class_by_name("Observatory").unwrap();
    let class = ontology.class(class);
    assert_eq!(class.iri, "https://example.org/terms#Observatory");
    assert_eq!(class.shape, Some(Shape::Tab));
    assert_eq!(class.labels[&Language::parse("ar").unwrap()], "\u{645}\u{631}\u{635}\u{62f}");
    let observes = ontology.property(ontology.property_by_name("observes").unwrap());
    assert_eq!(observes.range, Range::Entity(ontology.class_by_name("Entity").unwrap()));
    assert_eq!(observes.inverse, ontology.property_by_name("observedBy"));
    assert_eq!(observes.written_as, ontology.property_by_name("observedBy"), "the row that comes first is kept");
    let mut out = Vec::new();
    export::write_graph(&graph, Format::NTriples, &export::Options::default(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    for line in [
        "<https://example.org/o> <https://example.org/terms#stars> \"5\"",
        "<https://example.org/t> <https://example.org/terms#observedBy> <https://example.org/o>",
        "<https://example.org/t> <https://example.org/terms#observedBy> <https://example.org/p>",
        "<https://example.org/terms#confidence> \"high\"",
        "ns#role> <https://example.org/terms#watcher>",
    ] {
        assert!(out.contains(line), "{line} in {out}");
    }
}

#[test]
fn the_order_of_rows_of_terms_does_not_matter_but_for_inverses() {
    let (head, rows) = TERMS.split_once('\n').unwrap();
    let turned: Vec<_> = rows.lines().rev().collect();
    let terms = format!("{head}\n{}\n", turned.join("\n"));
    let (graph, findings) = opened(&[("terms.csv", &terms), ("e.csv", ENTITIES), ("s.csv", STATEMENTS)]);
    assert!(findings.is_empty(), "{findings:?}");
    let ontology = graph.ontology();
    let turned = ontology.property(ontology.property_by_name("observedBy").unwrap()).written_as;
    assert_eq!(turned, ontology.property_by_name("observes"));
}

#[test]
fn every_mistake_in_terms_is_told_at_its_place_and_the_rest_is_used() {
    let terms = "name,kind,subClassOf,domain,range,inverse,label,lable@en,colour,shape\n\
        Good,class,,,,,,,,\n\
        two words,class,,,,,,,,\n\
        Event,class,,,,,,,,\n\
        Good,class,,,,,,,,\n\
        x,thing,,,,,,,,\n\
        Child,class,Parnt,,,,,,,\n\
        Red,class,,,,,,,red,\n\
        Star,class,,,,,,,,star\n\
        bare,property,,,,,,,,\n\
        lost,property,,Nowhere,date,,,,,\n\
        one,property,,,Topic,other,,,,\n\
        free,value,,,,,,,,\n";
    let found = told(&[("terms.csv", terms), ("e.csv", "id,class,label@en\ng,Good,G\n")]);
    let expected = [
        "terms.csv:1:43 invalid-language `label` needs a language: write `label@en`, or another tag after the `@`",
        "terms.csv:1:49 unknown-header unknown column `lable@en`: a table of terms has",
        "terms.csv:3:1 invalid-term `two words` cannot name a term: begin with a letter,",
        "terms.csv:4:1 invalid-term the ontology has a term `Event` already: use that one",
        "terms.csv:5:1 invalid-term the term `Good` is already declared: each term has one row",
        "terms.csv:6:3 invalid-term `thing` is no kind of term: write one of: class, property, qualifier, value",
        "terms.csv:7:13 unknown-class unknown class `Parnt`: ",
        "terms.csv:8:17 invalid-term `red` is no colour: write # and six hexadecimal digits",
        "terms.csv:9:19 invalid-term `star` is no shape: write one of: box, ellipse,",
        "terms.csv:10:17 invalid-term a property without a range: write a class,",
        "terms.csv:11:16 unknown-class unknown class `Nowhere`: write the name of a class",
        "terms.csv:12:22 invalid-term `other` is no property of this table that could be the inverse: give the inverse a row",
        "terms.csv:13:12 invalid-term a value without a class: write the class of values",
    ];
    let of_terms: Vec<_> = found.iter().filter(|line| line.starts_with("terms.csv")).collect();
    for (line, start) in of_terms.iter().zip(expected) {
        assert!(line.starts_with(start), "{line}\nis not\n{start}");
    }
    assert_eq!(of_terms.len(), expected.len(), "{of_terms:#?}");
    assert!(found.iter().all(|line| !line.contains("unknown class `Good`")), "{found:#?}");
}

#[test]
fn a_table_called_terms_that_declares_entities_is_one_of_entities() {
    let (graph, findings) = opened(&[("terms.csv", "id,class,label@en,source\nr,Report,R,\nt,Topic,T,r\n")]);
    assert_eq!(graph.entities().len(), 2, "{findings:?}");
}

#[test]
fn files_of_turtle_are_named_in_dataset_toml() {
    let folder = dataset(&[("e.csv", "id,class,label@en\nc,Choir,C\n")]);
    let config = fs::read_to_string(folder.path().join("dataset.toml")).unwrap();
    fs::write(folder.path().join("dataset.toml"), format!("ontology = [\"more.ttl\"]\n{config}")).unwrap();
    let open = || rapporteur::open(&Source::Folder(folder.path().to_owned()), Ontology::shipped().unwrap());
    assert!(matches!(open(), Err(ReadError::Io { .. })), "a file that is not there");
    let more = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        <https://example.org/ns#Choir> a owl:Class ; rdfs:subClassOf <https://w3id.org/rapporteur/ns#Organization> .\n";
    fs::write(folder.path().join("more.ttl"), more).unwrap();
    let (graph, findings) = open().unwrap();
    assert_eq!(graph.entities().len(), 1, "{findings:?}");
    fs::write(folder.path().join("more.ttl"), "no Turtle").unwrap();
    let (_, findings) = open().unwrap();
    let finding = findings.iter().find(|finding| finding.code.name() == "invalid-term").unwrap();
    assert_eq!(finding.location.to_string(), "dataset.toml:1:12");
    assert!(finding.message.starts_with("the terms of more.ttl cannot be used: the ontology is not valid Turtle: "));
    fs::write(folder.path().join("dataset.toml"), format!("ontology = [\"/etc/passwd\"]\n{config}")).unwrap();
    assert!(matches!(open(), Err(ReadError::Outside { .. })), "a file elsewhere");
}

#[test]
fn a_sheet_called_terms_declares_terms_for_the_other_sheets() {
    let sheets: [(&str, &[&[&str]]); 2] = [
        ("Terms", &[&["name", "kind", "subClassOf"], &["Choir", "class", "Organization"], &["odd", "thing"]]),
        ("Bodies", &[&["Id", "Class", "Name"], &["c", "choir", "C"]]),
    ];
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (number, row) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*row) {
                sheet.write_string(number, column, *text).unwrap();
            }
        }
    }
    let folder = dataset(&[]);
    workbook.save(folder.path().join("data.xlsx")).unwrap();
    let (graph, findings) = open(folder.path());
    let class = graph.entity(graph.find("c").unwrap()).class;
    assert_eq!(graph.ontology().class(class).name, "Choir");
    let of_terms: Vec<_> = findings.iter().filter(|finding| finding.code.name() == "invalid-term").collect();
    assert_eq!(of_terms.len(), 1, "{findings:?}");
    assert_eq!(of_terms[0].location.to_string(), "data.xlsx:Terms!B3");
    assert!(findings.iter().all(|finding| finding.code.name() != "unread-sheet"), "{findings:?}");
}

//! The shipped data, against what a careful reader finds in the report: who does what with whom, where, when, how many.
//! The links were listed paragraph by paragraph before the tables were edited for them; each is wanted as one statement.

use std::collections::BTreeSet;

use rapporteur::graph::KnowledgeGraph;
use rapporteur::link::NameError;
use rapporteur::model::{Object, Statement};

use crate::{repository, shipped};

/// A link that a reader finds in a paragraph. Without a property any will do; the object is an entity or a value.
#[derive(serde::Deserialize)]
struct Link {
    paragraph: String,
    subject: String,
    property: String,
    object: String,
    value: String,
}

/// What people call something.
#[derive(serde::Deserialize)]
struct Name {
    name: String,
    id: String,
}

fn rows<T: serde::de::DeserializeOwned>(table: &str) -> Vec<T> {
    let mut reader = csv::Reader::from_path(repository("tests/links").join(table)).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

/// A statement as a row of the table has it: its paragraph, subject, property and object.
fn told<'g>(graph: &'g KnowledgeGraph, statement: &Statement) -> Vec<[&'g str; 4]> {
    let object = match statement.object {
        Object::Entity(entity) => graph.id(entity),
        Object::Value(value) => graph.ontology().value(value).name.as_str(),
        Object::Literal(text, _) => graph.text(text),
    };
    let property = graph.ontology().property(statement.property).name.as_str();
    let paragraphs = graph.citations(statement).iter().filter_map(|citation| citation.paragraph);
    paragraphs
        .map(|paragraph| [graph.text(graph.paragraph(paragraph).number), graph.id(statement.subject), property, object])
        .collect()
}

#[test]
fn what_a_reader_finds_in_a_paragraph_is_one_statement() {
    let graph = shipped();
    let known: BTreeSet<[&str; 4]> = graph.statements().iter().flat_map(|statement| told(&graph, statement)).collect();
    let any: BTreeSet<[&str; 3]> =
        known.iter().map(|[paragraph, subject, _, object]| [*paragraph, *subject, *object]).collect();
    let links: Vec<Link> = rows("c24.csv");
    let missing: Vec<String> = links
        .iter()
        .filter(|link| {
            let object = if link.value.is_empty() { &link.object } else { &link.value };
            let (paragraph, subject) = (link.paragraph.as_str(), link.subject.as_str());
            if link.property.is_empty() {
                !any.contains(&[paragraph, subject, object]) && !any.contains(&[paragraph, object, subject])
            } else {
                !known.contains(&[paragraph, subject, &link.property, object])
            }
        })
        .map(|link| format!("{} {} {} {}{}", link.paragraph, link.subject, link.property, link.object, link.value))
        .collect();
    assert!(links.len() >= 1000);
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_paragraph_has_been_read_for_links() {
    let graph = shipped();
    let read: BTreeSet<String> = rows::<Link>("c24.csv").into_iter().map(|link| link.paragraph).collect();
    let report = graph.paragraphs().iter().filter(|paragraph| graph.id(paragraph.document) == "c24");
    for paragraph in report {
        let number = graph.text(paragraph.number);
        let is_heading = !graph.paragraph_attributes(paragraph).is_empty() && !number.contains(['.', 'H']);
        assert!(read.contains(number) || is_heading, "{number}");
    }
}

#[test]
fn a_short_name_finds_what_people_call_by_it() {
    let graph = shipped();
    let names: Vec<Name> = rows("names.csv");
    assert!(names.len() >= 150);
    for Name { name, id } in names {
        assert_eq!(graph.find(&name).map(|entity| graph.id(entity).to_owned()), Ok(id), "{name}");
    }
}

#[test]
fn a_part_of_names_is_answered_with_those_that_contain_it() {
    let graph = shipped();
    let parts = [
        ("Early Warnings", "Early Warnings for All"),
        ("Samoa", "SAMOA Pathway"),
        ("climate change secretariat", "Secretariat of the United Nations Framework Convention on Climate Change"),
        ("effective multilateralism", "Board on Effective Multilateralism"),
        ("WSIS+20", "WSIS+20 Forum"),
        ("مسار", "مسار ساموا"),
        ("ميثاق من أجل", "ميثاق من أجل المستقبل"),
        ("شراكة التوصيل", "الشراكة من أجل التوصيل"),
        ("المستقبل الميثاق", "ميثاق المستقبل"),
        ("منتدى القمة", "منتدى القمة العالمية لمجتمع المعلومات"),
        ("تعددية فعالة", "المجلس الاستشاري رفيع المستوى بشأن التعددية الفعالة"),
    ];
    let answers = parts.map(|(part, _)| match graph.find(part) {
        Err(NameError::Unknown(near)) => near,
        found => panic!("{part}: {found:?}"),
    });
    let unmet = parts.iter().zip(&answers).filter(|((_, meant), near)| !near.iter().any(|name| name == meant));
    assert_eq!(unmet.collect::<Vec<_>>(), []);
}

#[test]
fn the_links_name_what_there_is() {
    let graph = shipped();
    for link in rows::<Link>("c24.csv") {
        assert!(graph.entity_by_id(&link.subject).is_some(), "{}", link.subject);
        assert!(
            link.property.is_empty() || graph.ontology().property_by_name(&link.property).is_some(),
            "{}",
            link.property
        );
        assert_ne!(link.object.is_empty(), link.value.is_empty(), "{} {}", link.paragraph, link.subject);
        assert!(link.object.is_empty() || graph.entity_by_id(&link.object).is_some(), "{}", link.object);
    }
}

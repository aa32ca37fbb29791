use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rapporteur::export::{self, Format};
use rapporteur::finding::Severity;
use rapporteur::graph::KnowledgeGraph;
use rapporteur::model::{Citation, Object};

use crate::{dataset, open, repository};

fn written(graph: &KnowledgeGraph, format: Format) -> String {
    let mut out = Vec::new();
    export::write_graph(graph, format, &export::Options::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A generator of numbers that is the same everywhere.
struct Shuffle(u64);

impl Shuffle {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn rows<T>(&mut self, rows: &mut [T]) {
        for last in (1..rows.len()).rev() {
            rows.swap(last, self.below(last + 1));
        }
    }
}

/// Copies the shipped data set with the rows of every table, and the columns, in another order.
pub(crate) fn shuffled(seed: u64, to: &Path) {
    let mut shuffle = Shuffle(seed);
    let mut files: Vec<_> = fs::read_dir(repository("data/c24")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files {
        let target = to.join(path.file_name().unwrap());
        if path.extension().is_none_or(|extension| extension != "csv") {
            fs::copy(&path, target).unwrap();
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        // Paragraphs without a number, here the header block, are in the order of their rows.
        let fixed = rows.iter().take_while(|row| row[1] == "number" || row[1] == "H").count().max(1);
        shuffle.rows(&mut rows[fixed..]);
        let mut order: Vec<usize> = (0..rows[0].len()).collect();
        shuffle.rows(&mut order);
        let mut writer = csv::Writer::from_path(target).unwrap();
        for row in rows {
            writer.write_record(order.iter().map(|&column| &row[column])).unwrap();
        }
        writer.flush().unwrap();
    }
}

#[test]
fn the_order_of_rows_and_columns_changes_no_byte() {
    let (plain, findings) = open(&repository("data/c24"));
    for seed in [1, 2, 3] {
        let folder = tempfile::tempdir().unwrap();
        shuffled(seed, folder.path());
        let (graph, other_findings) = open(folder.path());
        for format in Format::rdf() {
            assert!(written(&graph, format) == written(&plain, format), "{} with the order {seed}", format.name());
        }
        assert_eq!(findings.len(), other_findings.len());
    }
}

#[test]
fn both_ends_of_every_statement_exist_and_statements_are_sorted() {
    let (graph, _) = open(&repository("data/c24"));
    for statement in graph.statements() {
        assert!(statement.subject.index() < graph.entities().len());
        if let Object::Entity(object) = statement.object {
            assert!(object.index() < graph.entities().len());
        }
    }
    assert!(graph.statements().is_sorted_by_key(|statement| (statement.subject, statement.property)));
    assert!(graph.entity_ids().is_sorted_by_key(|entity| graph.id(entity)));
}

#[test]
fn an_entity_with_very_many_statements_is_told_whole() {
    let mut statements = "subject,property,object,start,source\n".to_owned();
    for year in 0..9000 {
        statements.push_str(&format!("hub,cooperatesWith,other,{year:04},d#1\n"));
    }
    let entities = "id,class,label@en,source\nd,Report,Report,\nhub,Organization,Hub,d#1\nother,Organization,Other,d#1\nzz,Organization,Last,d\n";
    let folder = dataset(&[("e.csv", entities), ("p.csv", "document,number\nd,1\n"), ("statements.csv", &statements)]);
    let (graph, findings) = open(folder.path());
    assert!(findings.iter().all(|finding| finding.severity() != Severity::Violation), "{findings:?}");
    let lines = written(&graph, Format::NTriples);
    let count = |part: &str| lines.lines().filter(|line| line.contains(part)).count();
    // One plain triple for all, and the predicate of each.
    assert_eq!((count("#predicate> "), count("#cooperatesWith> <")), (9000, 1));
    assert_eq!((count("#hadPrimarySource> "), count("<https://example.org/zz> ")), (9000, 3));
    let distinct: std::collections::BTreeSet<_> = lines.lines().collect();
    assert_eq!(distinct.len(), lines.lines().count());
}

#[test]
fn a_source_is_the_same_alone_and_in_a_list() {
    let entities = "id,class,label@en,source\nr,Report,Report,\na,Organization,A,r#a#b\nb,Organization,B,r#1|r#2\nc,Organization,C,r#2\n";
    let paragraphs = "document,number\nr,1\nr,2\nr,a#b\nr,1|2\n";
    let statements = "subject,property,object,source\na,cooperatesWith,b,r#a#b\na,cooperatesWith,c,r#2|r#1\nb,cooperatesWith,c,r#1|2\n";
    let folder = dataset(&[("e.csv", entities), ("p.csv", paragraphs), ("statements.csv", statements)]);
    let (graph, findings) = open(folder.path());
    let violations: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Violation)
        .map(|finding| &finding.message)
        .collect();
    assert_eq!(violations, ["no entity is called `r#a`", "no entity is called `r#a`", "no entity is called `2`"]);
    let numbers = |citations: &[Citation]| -> Vec<String> {
        let paragraphs = citations.iter().map(|citation| graph.paragraph(citation.paragraph.unwrap()));
        paragraphs.map(|paragraph| graph.text(paragraph.number).to_owned()).collect()
    };
    let cited: Vec<_> = graph.statements().iter().map(|statement| numbers(graph.citations(statement))).collect();
    assert_eq!(cited, [vec![], vec!["1", "2"], vec!["1"]]);
}

/// Cells that are likely to be wrong in one way or another.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("itu".to_owned()),
        Just("Organization".to_owned()),
        Just("leads".to_owned()),
        Just("d#1".to_owned()),
        Just("2024-05".to_owned()),
        "[a-z]{1,4}",
        "[\\PC|\\\\\"#@]{0,8}",
    ]
}

fn table(header: &str, rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(header.split(',')).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// In how many rows a finding is true: one, unless it says otherwise at its end.
fn in_rows(message: &str) -> usize {
    let number = message.strip_suffix(" rows").and_then(|message| message.rsplit_once(", in "));
    number.and_then(|(_, number)| number.parse().ok()).unwrap_or(1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_row_of_entities_is_lost_in_silence(rows in prop::collection::vec(prop::collection::vec(cell(), 5), 0..8)) {
        let folder = dataset(&[("entities.csv", &table("id,class,label@en,startDate,source", &rows))]);
        let (graph, findings) = open(folder.path());
        let wrong = findings.iter().filter(|finding| finding.severity() == Severity::Violation);
        let wrong: usize = wrong.map(|finding| in_rows(&finding.message)).sum();
        let blank = rows.iter().filter(|row| row.iter().all(String::is_empty)).count();
        prop_assert!(graph.entities().len() + wrong + blank >= rows.len());
    }

    #[test]
    fn no_row_of_statements_is_lost_in_silence(rows in prop::collection::vec(prop::collection::vec(cell(), 6), 0..8)) {
        let entities = "id,class,label@en,source\nitu,Organization,ITU,d\ngda,Initiative,Action,d\nd,Report,Report,d\n";
        let statements = table("subject,property,object,start,rank,source", &rows);
        let folder = dataset(&[("entities.csv", entities), ("statements.csv", &statements)]);
        let (graph, findings) = open(folder.path());
        let blank = rows.iter().filter(|row| row.iter().all(String::is_empty)).count();
        prop_assert!(graph.statements().len() + findings.len() + blank >= rows.len());
    }

    #[test]
    fn a_label_survives_every_format(label in "[^\\p{Cc}\\u{FFFE}\\u{FFFF}]{1,20}") {
        prop_assume!(!label.trim().is_empty());
        let escaped = label.trim().replace('|', "\\|");
        let row = vec!["x".to_owned(), "Topic".to_owned(), escaped];
        let folder = dataset(&[("entities.csv", &table("id,class,label@en", &[row]))]);
        let (graph, _) = open(folder.path());
        for format in Format::rdf() {
            let text = written(&graph, format);
            let library = oxigraph::io::RdfFormat::from_extension(format.extension()).unwrap();
            let quads: Vec<_> = oxigraph::io::RdfParser::from_format(library).for_slice(text.as_bytes()).map(Result::unwrap).collect();
            let labels = quads.iter().filter(|quad| quad.predicate.as_str().ends_with("rdf-schema#label"));
            let found: Vec<_> = labels.map(|quad| match &quad.object { oxigraph::model::Term::Literal(literal) => literal.value(), other => panic!("{other}") }).collect();
            prop_assert_eq!(&found, &[label.trim()], "{}", format.name());
        }
    }
}

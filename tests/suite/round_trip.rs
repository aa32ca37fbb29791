use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rapporteur::export::{self, Format, Options};
use rapporteur::finding::{Code, Finding, Severity};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::model::Language;
use rapporteur::ontology::Ontology;
use rapporteur::rdf::Profile;
use rapporteur::read::Source;
use tempfile::TempDir;

use crate::{open, repository};

fn options(graph: &KnowledgeGraph) -> Options {
    Options { languages: graph.languages(None), ..Options::default() }
}

fn written(graph: &KnowledgeGraph, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    export::write_graph(graph, format, &options(graph), &mut out).unwrap();
    out
}

fn lines(graph: &KnowledgeGraph) -> String {
    String::from_utf8(written(graph, Format::NTriples)).unwrap()
}

/// Reads a file that is a data set alone.
fn open_file(path: &Path) -> (KnowledgeGraph, Vec<Finding>) {
    rapporteur::open(&Source::File(path.to_owned()), Ontology::shipped().unwrap()).unwrap()
}

fn violations(findings: &[Finding]) -> Vec<String> {
    let wrong = findings.iter().filter(|finding| finding.severity() == Severity::Violation);
    wrong.map(|finding| format!("{} {} {}", finding.location, finding.code.name(), finding.message)).collect()
}

/// The first lines that are different, or the numbers of lines.
fn difference(one: &str, other: &str) -> Option<(String, String)> {
    let pair = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let pair = pair.map(|(one, other)| (one.to_owned(), other.to_owned()));
    let count = |text: &str| format!("{} lines", text.lines().count());
    pair.or_else(|| (one != other).then(|| (count(one), count(other))))
}

/// Writes a graph in every format that comes in again, and compares what comes in. `kept` is what XML can hold of a text,
/// and `fits` which lines a cell of a spreadsheet can.
fn comes_back(graph: &KnowledgeGraph, kept: impl Fn(&str) -> String, fits: impl Fn(&&str) -> bool) {
    let before = lines(graph);
    let folder = tempfile::tempdir().unwrap();
    for format in Format::rdf() {
        let path = folder.path().join(format!("graph.{}", format.extension()));
        fs::write(&path, written(graph, format)).unwrap();
        let after = lines(&open_file(&path).0);
        let before = if format == Format::RdfXml { kept(&before) } else { before.clone() };
        assert_eq!(difference(&before, &after), None, "{}", format.name());
    }
    let path = folder.path().join("tables");
    export::write_to(graph, Format::Csv, &options(graph), &path).unwrap();
    assert_eq!(difference(&before, &lines(&open(&path).0)), None, "csv");
    let path = folder.path().join("graph.xlsx");
    fs::write(&path, written(graph, Format::Xlsx)).unwrap();
    let fitting = |text: &str| text.lines().filter(&fits).collect::<Vec<_>>().join("\n");
    assert_eq!(difference(&fitting(&before), &fitting(&lines(&open_file(&path).0))), None, "xlsx");
}

#[test]
fn the_shipped_data_set_comes_back_from_every_format_without_a_violation() {
    let (graph, _) = open(&repository("data/c24"));
    comes_back(&graph, str::to_owned, |_| true);
    let folder = tempfile::tempdir().unwrap();
    for format in Format::rdf().chain([Format::Xlsx]) {
        let path = folder.path().join(format!("graph.{}", format.extension()));
        fs::write(&path, written(&graph, format)).unwrap();
        let (again, findings) = open_file(&path);
        assert_eq!(violations(&findings), [""; 0], "{}", format.name());
        assert!(findings.iter().all(|finding| finding.code.name() != "unmapped-rdf"), "{}", format.name());
        let (one, other) = (again.config(), graph.config());
        assert_eq!((&one.title, &one.license, &one.date), (&other.title, &other.license, &other.date));
        assert_eq!((&one.publisher, &one.version), (&other.publisher, &other.version));
    }
    let path = folder.path().join("tables");
    export::write_to(&graph, Format::Csv, &options(&graph), &path).unwrap();
    let (again, findings) = open(&path);
    assert_eq!(violations(&findings), [""; 0]);
    assert_eq!(again.config().reports, graph.config().reports);
    assert_eq!(again.config().required_languages, graph.config().required_languages);
}

#[test]
fn tables_in_words_of_any_language_come_back() {
    for data in ["data/c24", "tests/reports", "tests/cases/two-terms"] {
        let (graph, _) = open(&repository(data));
        let before = lines(&graph);
        // The shipped data are large: two languages will do, of which one has a word for two terms.
        let tags = if data == "data/c24" { vec!["ar", "es"] } else { Language::UN.to_vec() };
        for tag in tags {
            let languages = graph.languages(Language::parse(tag).ok());
            let options = Options { languages, labels: true, ..Options::default() };
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("tables");
            export::write_to(&graph, Format::Csv, &options, &path).unwrap();
            let (again, findings) = open(&path);
            assert_eq!(violations(&findings), [""; 0], "{data} {tag}");
            assert_eq!(difference(&before, &lines(&again)), None, "{data} {tag}");
            let path = folder.path().join("graph.xlsx");
            export::write_to(&graph, Format::Xlsx, &options, &path).unwrap();
            assert_eq!(difference(&before, &lines(&open_file(&path).0)), None, "{data} {tag}");
        }
    }
}

#[test]
fn tables_in_words_say_labels_and_other_formats_refuse_them() {
    let (graph, _) = open(&repository("tests/reports"));
    let languages = graph.languages(Language::parse("fr").ok());
    let options = Options { languages, labels: true, ..Options::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tables");
    export::write_to(&graph, Format::Csv, &options, &path).unwrap();
    let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
    let (events, statements) = (read("event.csv"), read("statements.csv"));
    assert!(events.starts_with("\u{FEFF}identifiant,label,iri,classe,type,"), "{events}");
    assert!(events.contains(",manifestation,manifestation,"), "{events}");
    assert!(events.lines().next().unwrap().ends_with(",nom@ar,nom@en,date de début"), "{events}");
    assert!(statements.starts_with("\u{FEFF}sujet,subjectLabel,propriété,label,objet,"), "{statements}");
    assert!(statements.contains(",dirige,") && !statements.contains(",leads,"), "{statements}");
    for format in Format::ALL.into_iter().filter(|format| ![Format::Csv, Format::Xlsx].contains(format)) {
        let refused = export::write_to(&graph, format, &options, &folder.path().join("other")).unwrap_err();
        assert!(matches!(refused, export::ExportError::Labels(_)), "{}", format.name());
    }
}

#[test]
fn hostile_texts_come_back_from_every_format() {
    let (graph, _) = open(&repository("tests/hostile"));
    let control = (0..0x20).filter(|code| ![9, 10, 13].contains(code)).map(|code| format!("\\u{code:04X}"));
    let control: Vec<String> = control.collect();
    let kept = |text: &str| control.iter().fold(text.to_owned(), |text, c| text.replace(c, "\u{FFFD}"));
    comes_back(&graph, kept, |line| line.len() < 32_767);
}

#[test]
fn the_cases_come_back_from_every_format() {
    for case in ["cases/claims", "cases/names", "cases/two-terms", "reports"] {
        comes_back(&open(&repository("tests").join(case)).0, str::to_owned, |_| true);
    }
}

#[test]
fn reifiers_come_back_as_the_statements_that_they_are() {
    let (graph, _) = open(&repository("data/c24"));
    let folder = tempfile::tempdir().unwrap();
    for format in Format::rdf().filter(|format| format.holds_triple_terms()) {
        let path = folder.path().join(format!("graph.{}", format.extension()));
        let mut out = Vec::new();
        let options = Options { profile: Profile::Rdf12, ..options(&graph) };
        export::write_graph(&graph, format, &options, &mut out).unwrap();
        fs::write(&path, out).unwrap();
        assert_eq!(difference(&lines(&graph), &lines(&open_file(&path).0)), None, "{}", format.name());
    }
}

#[test]
fn a_workbook_is_a_data_set_in_a_folder_of_its_own() {
    let (graph, _) = open(&repository("data/c24"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("graph.xlsx"), written(&graph, Format::Xlsx)).unwrap();
    assert_eq!(difference(&lines(&graph), &lines(&open(folder.path()).0)), None);
}

#[test]
fn a_file_that_is_no_data_set_alone_is_a_failure() {
    let source = Source::File(repository("data/c24/events.csv"));
    let error = rapporteur::open(&source, Ontology::shipped().unwrap()).unwrap_err();
    assert!(
        error.to_string().ends_with("events.csv is no data set by itself; name the folder that it is in"),
        "{error}"
    );
}

#[test]
fn terms_of_ones_own_go_out_with_tables() {
    let terms = "name,kind,domain,range,label@en\nobserves,property,Entity,Entity,\"observes, \"\"so\"\" or ★\"\n";
    let entities = "id,class,label@en,observes,source\nd,Report,Report,,\no,Organization,Body,d,d\n";
    let folder = crate::dataset(&[("terms.csv", terms), ("entities.csv", entities)]);
    let source = Source::Folder(folder.path().to_owned());
    let (ontology, findings) = rapporteur::read::ontology(&source, Ontology::shipped().unwrap()).unwrap();
    assert_eq!(findings, []);
    let (graph, _) = rapporteur::open(&source, ontology).unwrap();
    assert!(lines(&graph).contains("observes"));
    let made = tempfile::tempdir().unwrap();
    let path = made.path().join("tables");
    export::write_to(&graph, Format::Csv, &options(&graph), &path).unwrap();
    let workbook = made.path().join("graph.xlsx");
    fs::write(&workbook, written(&graph, Format::Xlsx)).unwrap();
    for source in [Source::Folder(path), Source::File(workbook), Source::Folder(made.path().to_owned())] {
        let (ontology, _) = rapporteur::read::ontology(&source, Ontology::shipped().unwrap()).unwrap();
        let label = ontology.properties().iter().find(|property| property.name == "observes").unwrap();
        assert!(label.labels.values().any(|label| label == "observes, \"so\" or ★"));
        let (again, findings) = rapporteur::open(&source, ontology).unwrap();
        assert_eq!(violations(&findings), [""; 0]);
        assert_eq!(difference(&lines(&graph), &lines(&again)), None);
    }
}

#[test]
fn a_name_that_a_statement_says_too_comes_back() {
    let entities = "id,class,label@en,altLabel@en\nd,Report,Report,\nx,Topic,X,one|two|three\n";
    let statements = "subject,property,object,rank,source\nx,altLabel@en,two,deprecated,d\nx,altLabel@en,three,,d\nx,label@fr,ICS,,d\n";
    let folder = crate::dataset(&[("entities.csv", entities), ("statements.csv", statements)]);
    comes_back(&open(folder.path()).0, str::to_owned, |_| true);
}

#[test]
fn an_export_beside_its_tables_is_left_out() {
    let folder: TempDir = crate::dataset(&[("e.csv", "id,class,label@en\nx,Topic,X\n")]);
    let (graph, _) = open(folder.path());
    fs::write(folder.path().join("graph.ttl"), written(&graph, Format::Turtle)).unwrap();
    let (again, findings) = open(folder.path());
    assert_eq!(lines(&again), lines(&graph));
    let found: Vec<_> = findings.iter().filter(|finding| finding.code == Code::UnreadFile).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "the file `graph.ttl` is not read: it is made from the tables beside it");
}

/// Texts as people and programs write them, with all that means something in one format or another.
fn text() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-z]{1,4}",
        "[=+@'|\\\\\"<>&;,#-]{1,6}",
        "[\\PC|\\\\\"]{1,12}",
        Just("سطر\nآخر".to_owned()),
        Just("a\\".to_owned()),
    ];
    text.prop_map(|text| text.trim().to_owned()).prop_filter("a text", |text| !text.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_data_set_comes_back(
        labels in prop::collection::vec((text(), text()), 3),
        others in prop::collection::vec(text(), 0..4),
        numbers in prop::collection::vec("[0-9.|()a-z]{1,5}", 2),
        rows in prop::collection::vec((0..3usize, 0..5usize, 0..3usize, 0..2usize, text(), 0..4usize), 0..8),
    ) {
        let cell = |text: &str| text.replace('|', "\\|") + " ";
        let mut entities = csv::Writer::from_writer(Vec::new());
        entities.write_record(["id", "class", "label@en", "label@ar", "altLabel@en", "source"]).unwrap();
        entities.write_record(["d", "Report", "Report", "تقرير", "", ""]).unwrap();
        for (number, (one, other)) in labels.iter().enumerate() {
            let names = others.iter().map(|name| cell(name)).collect::<Vec<_>>().join("|");
            let id = format!("e{number}");
            entities.write_record([&id, "Organization", &cell(one), &cell(other), &names, "d"]).unwrap();
        }
        let mut paragraphs = csv::Writer::from_writer(Vec::new());
        paragraphs.write_record(["document", "number", "heading@en"]).unwrap();
        for number in &numbers {
            paragraphs.write_record(["d", &cell(number), &cell(&labels[0].0)]).unwrap();
        }
        let mut statements = csv::Writer::from_writer(Vec::new());
        statements.write_record(["subject", "property", "object", "start", "remark@en", "rank", "source"]).unwrap();
        for (subject, property, object, paragraph, note, rank) in rows {
            let property = ["cooperatesWith", "altLabel@en", "startDate", "note@ar", "label@fr"][property];
            let target = format!("e{object}");
            let value = match property {
                "cooperatesWith" => target,
                "startDate" => ["2024", "2024-05~", "2023-11/.."][object].to_owned(),
                _ => cell(&note),
            };
            let start = ["", "2020", "2021-03"][object];
            let source = cell(&format!("d#{}", numbers[paragraph]));
            let rank = ["", "preferred", "normal", "deprecated"][rank];
            statements.write_record([&format!("e{subject}"), property, &value, start, &cell(&note), rank, &source]).unwrap();
        }
        let text = |writer: csv::Writer<Vec<u8>>| String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let tables = [("entities.csv", text(entities)), ("paragraphs.csv", text(paragraphs)), ("statements.csv", text(statements))];
        let folder = crate::dataset(&tables.each_ref().map(|(name, text)| (*name, text.as_str())));
        comes_back(&open(folder.path()).0, str::to_owned, |_| true);
    }
}

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use rapporteur::export::{self, Format};
use rapporteur::finding::{self, Code, MessageFormat, Severity, Style};
use rust_xlsxwriter::Workbook;

use crate::{open, repository};

/// Writes a workbook as that of the agencies is: a space before a name, blank categories, line breaks, an acronym twice.
fn write_agencies(path: &Path) {
    let rows = [
        ["Title", "Category", "CEB membership", "Organization", "Body"],
        [" Office for Maps", "Specialized Agencies", "Yes", "OM", "Established in 1951.\nIt has maps.\n"],
        ["Court of Maps", "", "No", "CM", "A court\u{a0}of law.\n\u{a0}\n"],
        ["Commission on Maps", "Regional Commissions", "No", "UN", "A commission."],
        ["United Maps", "United Nations (UN)", "Yes", "UN", "…"],
        ["Maps Fund ", "Funds and Programmes", "Yes", "MF", ""],
    ];
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Agencies").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save(path).unwrap();
}

#[test]
fn a_table_that_others_made_goes_in_by_mapping_alone() {
    let mut folders: Vec<_> =
        fs::read_dir(repository("tests/foreign")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    assert_eq!(folders.len(), 4);
    for folder in folders {
        let copy = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if !path.file_name().unwrap().to_str().unwrap().starts_with("expected.") {
                fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        if folder.ends_with("un-agencies") {
            write_agencies(&copy.path().join("un_agencies.xlsx"));
        }
        let (graph, findings) = open(copy.path());
        let violations: Vec<_> = findings.iter().filter(|finding| finding.severity() == Severity::Violation).collect();
        assert!(violations.is_empty(), "{violations:#?}");
        let mut turtle = Vec::new();
        export::write_graph(&graph, Format::Turtle, &export::Options::default(), &mut turtle).unwrap();
        expect_file![folder.join("expected.ttl")].assert_eq(std::str::from_utf8(&turtle).unwrap());
        let mut messages = Vec::new();
        let style = Style { format: MessageFormat::Short, color: false, all: true, hint: "" };
        finding::write_findings(&findings, style, &mut messages).unwrap();
        expect_file![folder.join("expected.txt")].assert_eq(std::str::from_utf8(&messages).unwrap());
    }
}

#[test]
fn a_list_of_objects_is_read_as_lines_of_them_are() {
    let (folder, copy) = (repository("tests/foreign/ror"), tempfile::tempdir().unwrap());
    let lines = fs::read_to_string(folder.join("ror_records_v2_sample.jsonl")).unwrap();
    let records: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let config = fs::read_to_string(folder.join("dataset.toml")).unwrap();
    fs::write(copy.path().join("dataset.toml"), config.replace("ror_records_v2_sample.jsonl", "ror.json")).unwrap();
    fs::copy(folder.join("more.csv"), copy.path().join("more.csv")).unwrap();
    let expected = fs::read_to_string(folder.join("expected.ttl")).unwrap();
    let within = serde_json::json!({"meta": {"types": ["a", "b"]}, "found": {"items": records.clone()}});
    for json in [serde_json::Value::from(records), within] {
        fs::write(copy.path().join("ror.json"), format!("{json:#}")).unwrap();
        let (graph, _) = open(copy.path());
        let mut turtle = Vec::new();
        export::write_graph(&graph, Format::Turtle, &export::Options::default(), &mut turtle).unwrap();
        assert_eq!(std::str::from_utf8(&turtle).unwrap(), expected);
    }
}

#[test]
fn a_class_keeps_a_city_of_that_name_from_making_a_country_ambiguous() {
    let (graph, findings) = open(&repository("tests/foreign/world-cities"));
    assert!(findings.iter().all(|finding| finding.code != Code::AmbiguousReference));
    let created: Vec<_> = findings.iter().filter(|finding| finding.code == Code::CreatedEntity).collect();
    // Each is told once, however many cities are in it, and has an id of its own.
    assert_eq!(created.iter().filter_map(|finding| finding.focus.as_deref()).collect::<Vec<_>>(), ["aland", "bland"]);
    assert_eq!(graph.entities().len(), 4 + 2 + 1);
}

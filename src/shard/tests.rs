//! What comes of a data set in parts. That many parts together tell what the whole does, `tests/readback/spark` shows with an
//! engine; here a part has all rows, and a part has few.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{ShardError, check, finish, part, rows, sought, write_blocks};
use crate::export::{self, Format, Options};
use crate::ontology::Ontology;
use crate::read::{Part, Role, Row};
use crate::tests::{repository, shipped};

fn ontology() -> Ontology {
    Ontology::shipped().unwrap()
}

/// Fills a folder with `dataset.toml` and the headers of the shipped tables; returns the names of the tables.
fn plan(folder: &Path) -> Vec<String> {
    let shipped = repository("data/c24");
    let mut tables = Vec::new();
    for entry in fs::read_dir(shipped).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let is_table = path.extension().is_some_and(|extension| extension == "csv");
        let kept = if is_table { text.lines().next().unwrap() } else { text.as_str() };
        fs::write(folder.join(&name), kept).unwrap();
        tables.extend(is_table.then_some(name));
    }
    tables.sort();
    tables
}

/// Each row of a table with its kind and id, as an engine gets it.
fn rows_of(folder: &Path, table: &str) -> Vec<(String, String, Row)> {
    let text = fs::read_to_string(repository("data/c24").join(table)).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    let mut told = Vec::new();
    rows(folder.to_owned(), ontology(), table, 2, &mut rest.as_bytes(), &mut told).unwrap();
    let row = |line: &str| {
        let facts: serde_json::Value = serde_json::from_str(line).unwrap();
        let of = |key: &str| facts[key].as_str().unwrap_or_default().to_owned();
        let role = if of("kind") == "s" { Role::Guest } else { Role::Own };
        let line = u32::try_from(facts["line"].as_u64().unwrap()).unwrap();
        (of("kind"), of("id"), Row { role, is_told: true, line, text: of("text") })
    };
    String::from_utf8(told).unwrap().lines().map(row).collect()
}

/// The lines of N-Triples of a part, sorted.
fn lines(part: Part, has_dataset: bool) -> Vec<String> {
    let mut out = Vec::new();
    write_blocks(part, ontology(), Format::NTriples, &Options::default(), has_dataset, &mut out).unwrap();
    let mut lines: Vec<String> = String::from_utf8(out).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The lines of N-Triples of the whole, sorted.
fn whole() -> Vec<String> {
    let mut out = Vec::new();
    export::write_graph(&shipped(), Format::NTriples, &Options::default(), &mut out).unwrap();
    let mut lines: Vec<String> = String::from_utf8(out).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn a_part_with_all_rows_is_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let tables = plan(folder.path());
    let mut part = Part::new(folder.path().to_owned(), tables.clone());
    for table in &tables {
        for (.., row) in rows_of(folder.path(), table) {
            assert!(part.add(table, &row), "{table}");
        }
    }
    assert!(lines(part, true) == whole());
}

#[test]
fn a_part_tells_only_what_belongs_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let tables = plan(folder.path());
    let mut part = Part::new(folder.path().to_owned(), tables.clone());
    for table in &tables {
        for (kind, id, row) in rows_of(folder.path(), table) {
            let role = match kind.as_str() {
                "e" if id == "itu" => Role::Own,
                "s" => Role::Guest,
                _ => Role::Named,
            };
            part.add(table, &Row { role, is_told: role == Role::Own, ..row });
        }
    }
    let about = "<https://w3id.org/rapporteur/c24/itu>";
    let (lines, whole) = (lines(part, false), whole());
    let plain = |lines: &[String]| lines.iter().filter(|line| line.starts_with(about)).cloned().collect::<Vec<_>>();
    assert!(plain(&lines).len() > 100);
    assert_eq!(plain(&lines), plain(&whole));
    let is_node = |line: &&String| line.starts_with("<https://w3id.org/rapporteur/c24/statement/");
    assert!(lines.iter().all(|line| line.starts_with(about) || is_node(&line)));
    assert!(lines.iter().all(|line| whole.binary_search(line).is_ok()));
}

#[test]
fn findings_are_at_their_places_in_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    let tables = ["organizations.csv".to_owned()];
    let mut part = Part::new(folder.path().to_owned(), tables);
    let row = |line, role, text: &str| Row { role, is_told: role == Role::Own, line, text: text.to_owned() };
    part.add("organizations.csv", &row(700, Role::Own, "a b,Organ,\"A\nB\",,,,,,,,,,,,,"));
    part.add("organizations.csv", &row(900, Role::Guest, "c d,Organ,A,,,,,,,,,,,,,"));
    part.add("organizations.csv", &row(901, Role::Own, "e,Organ,E,,,,,,,,,,,,,\"nobody#1|\nnobody#2\""));
    let mut out = Vec::new();
    check(part, ontology(), &mut out).unwrap();
    let told = String::from_utf8(out).unwrap();
    let findings = told.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let texts = findings.filter(|record| matches!(record["what"].as_str(), Some("finding" | "open")));
    let places: Vec<String> = texts
        .map(|record| {
            let text: serde_json::Value = serde_json::from_str(record["text"].as_str().unwrap()).unwrap();
            let finding = text.get("finding").unwrap_or(&text).clone();
            format!("{} {}:{}", finding["code"].as_str().unwrap(), finding["line"], finding["column"])
        })
        .collect();
    for expected in ["invalid-id 700:1", "unknown-reference 901:24", "unknown-reference 902:1"] {
        assert!(places.contains(&expected.to_owned()), "{expected}: {places:?}");
    }
    assert!(!places.iter().any(|place| place.contains(" 900:")), "another part tells of it: {places:?}");
}

#[test]
fn what_is_no_record_and_no_row_is_told_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let tables = plan(folder.path());
    let records = "{\"what\":\"reports\",\"text\":\"1\"}\n{\"what\":\"finding\",\"text\":\"no JSON\"}\n";
    let error = finish(folder.path().to_owned(), ontology(), records.as_bytes(), &mut Vec::new()).unwrap_err();
    assert!(matches!(error, ShardError::Record { line: 2, .. }), "{error}");
    let records = "{\"what\":\"document\",\"one\":\"c24\"}\n{\"what\":\"open\"}\n";
    let error = sought(records.as_bytes(), &mut Vec::new()).unwrap_err();
    assert!(matches!(error, ShardError::Record { line: 2, .. }), "{error}");
    // Rows are put in order, which changes nothing of where they came.
    let mut rows = "0,true,topics.csv,2,\"x\"\n0,true,no-table.csv,2,\"x\"\n".as_bytes();
    let error = part(folder.path().to_owned(), tables, BTreeSet::new(), &mut rows).unwrap_err();
    assert!(matches!(error, ShardError::Row(2)), "{error}");
}

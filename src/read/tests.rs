//! The stage as a whole: a folder in, tables and findings out.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::delimited::Delimited;
use super::json_rows::Form;
use super::json_table::JsonTable;
use super::*;
use crate::finding::Position;
use crate::ontology::Column;

const CONFIG: &str =
    "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::shipped().unwrap());

/// Reads a data set of these files.
fn read(config: &str, files: &[(&str, &str)]) -> (Dataset, Vec<Finding>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dataset.toml"), format!("{CONFIG}{config}")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    dataset(&Source::Folder(folder.path().to_owned()), &ONTOLOGY).unwrap()
}

/// Code, place and help of each finding.
fn findings(config: &str, files: &[(&str, &str)]) -> Vec<String> {
    let line = |finding: &Finding| {
        format!("{} {} {}", finding.code.name(), finding.location, finding.help.as_deref().unwrap_or_default())
    };
    read(config, files).1.iter().map(line).collect()
}

/// Code and place of each finding.
fn places(config: &str, files: &[(&str, &str)]) -> Vec<String> {
    read(config, files).1.iter().map(|finding| format!("{} {}", finding.code.name(), finding.location)).collect()
}

fn values(table: &Table, row: u32, column: u16) -> Vec<String> {
    table.values(row, column).map(|(_, value)| value.into_owned()).collect()
}

#[test]
fn the_embedded_data_set_is_read_without_a_finding() {
    let (dataset, findings) = dataset(&Source::Embedded, &ONTOLOGY).unwrap();
    assert_eq!(findings, []);
    assert!(dataset.tables.iter().all(|table| table.rows() > 0));
}

#[test]
fn every_value_keeps_its_place() {
    let text = "id,class,altLabel@en\nitu,Organization,\"a \"\"b\"\"\nc| d\"\n";
    let (dataset, findings) = read("", &[("a.csv", text)]);
    assert_eq!(findings, []);
    let table = &dataset.tables[0];
    assert_eq!((table.kind(), table.rows(), table.column(Column::Class)), (TableKind::Entities, 1, Some(1)));
    assert_eq!(values(table, 0, 2), ["a \"b\"\nc", "d"]);
    let at = |column, value| dataset.locate(Place { table: 0, row: 0, column, value }).to_string();
    assert_eq!([at(1, 0), at(2, 0), at(2, 1)], ["a.csv:2:5", "a.csv:2:19", "a.csv:3:4"]);
    assert_eq!(dataset.locate(Place::row(0, 0)).to_string(), "a.csv:2:1");
}

#[test]
fn a_header_that_means_nothing_is_reported_once() {
    let text = "id,class,lable@en,Full name,label,startDate@en,label@english,,id\na,b,c,d,e,f,g,h,i\n";
    assert_eq!(
        findings("", &[("a.csv", text)]),
        [
            "unknown-header a.csv:1:10 did you mean `label`?",
            "unknown-header a.csv:1:19 say in dataset.toml what it means: [table.\"a.csv\"] columns = { \"Full name\" = \"…\" }; \"\" leaves it out",
            "invalid-language a.csv:1:29 names and other texts for people have a language; dates, numbers, ids and addresses have none",
            "invalid-language a.csv:1:35 names and other texts for people have a language; dates, numbers, ids and addresses have none",
            "invalid-language a.csv:1:48 write a tag such as `en` or `zh-Hans` after the `@`",
            "missing-header a.csv:1:62 name the column, or remove it",
            "duplicate-header a.csv:1:63 put several values into one cell, rename a column, or map it in dataset.toml as \"id#2\"",
        ]
    );
}

#[test]
fn two_headers_with_one_meaning_are_duplicates() {
    assert_eq!(places("", &[("a.csv", "id,class,label@en,label@EN\n")]), ["duplicate-header a.csv:1:19"]);
}

#[test]
fn a_column_must_fit_the_kind_of_its_table() {
    let files = [
        ("a.csv", "id,class,role,rank\n"),
        ("b.csv", "subject,property,object,role,leads,label@en,id\n"),
        ("c.csv", "document,number,heading@en,leads,source\n"),
    ];
    assert_eq!(
        places("", &files),
        [
            "unknown-header a.csv:1:10",
            "unknown-header a.csv:1:15",
            "unknown-header b.csv:1:30",
            "unknown-header b.csv:1:36",
            "unknown-header b.csv:1:45",
            "unknown-header c.csv:1:28",
            "unknown-header c.csv:1:34",
        ]
    );
}

#[test]
fn a_table_without_the_columns_it_needs_is_left_out() {
    let files = [("a.csv", "label@en\nx\n"), ("b.csv", "subject,object\n"), ("c.csv", "number\n"), ("d.csv", "")];
    let (dataset, _) = read("", &files);
    assert!(dataset.tables.is_empty());
    assert_eq!(
        places("", &files),
        [
            "missing-header a.csv:1:1",
            "missing-header a.csv:1:1",
            "missing-header b.csv:1:1",
            "missing-header c.csv:1:1",
            "missing-header d.csv:1:1",
        ]
    );
}

#[test]
fn a_file_that_is_not_utf_8_does_not_keep_others_from_being_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dataset.toml"), CONFIG).unwrap();
    std::fs::write(folder.path().join("a.csv"), b"id,class\n\xE9,x\n").unwrap();
    std::fs::write(folder.path().join("b.tsv"), "id\tclass\na,\tOrganization\n").unwrap();
    let source = Source::Folder(folder.path().to_owned());
    let (dataset, findings) = dataset(&source, &ONTOLOGY).unwrap();
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::WrongEncoding]);
    assert_eq!(dataset.tables[0].file(), "b.tsv");
    assert_eq!(dataset.tables[0].cell(0, 0), "a,");
}

#[test]
fn mistakes_in_the_config_and_in_tables_are_found_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dataset.toml"), "id = 1\nlicence = \"x\"\n").unwrap();
    std::fs::write(folder.path().join("a.csv"), "id,class,lable@en\n").unwrap();
    let (dataset, findings) = dataset(&Source::Folder(folder.path().to_owned()), &ONTOLOGY).unwrap();
    let places: Vec<_> =
        findings.iter().map(|finding| format!("{} {}", finding.code.name(), finding.location)).collect();
    assert_eq!(
        places,
        [
            "invalid-config dataset.toml:2:1",
            "invalid-config dataset.toml:1:1",
            "invalid-config dataset.toml:1:6",
            "unknown-header a.csv:1:10",
            "invalid-config dataset.toml:1:1",
            "invalid-config dataset.toml:1:1",
        ]
    );
    assert_eq!(dataset.tables.len(), 1);
}

#[test]
fn a_key_of_the_config_has_a_place() {
    let (dataset, _) = read("report = \"c24\"\n", &[]);
    assert_eq!(config::value_place(&dataset.config_file, "report").to_string(), "dataset.toml:5:10");
    assert_eq!(config::value_place(&dataset.config_file, "date").to_string(), "dataset.toml");
}

/// The text that a location marks.
fn marked(location: &Location) -> String {
    let Position::Text { column, length, excerpt, excerpt_column, .. } = &location.position else {
        return String::new();
    };
    excerpt.chars().skip(column - excerpt_column).take(*length).collect()
}

/// All values, each with the text that its place marks; places of rows and headers are asked for, too.
fn marked_values(content: &Content) -> Vec<(String, String)> {
    let syntax = content.syntax('|');
    let mut values = Vec::new();
    for column in 0..content.grid().width() {
        content.header_place(column);
        for row in 0..content.grid().rows() {
            content.row_place(row);
            let cell = content.grid().cell(row, column);
            for (number, value) in syntax.values(&content.text()[cell]) {
                values.push((value.into_owned(), marked(&content.place(row, column, number, '|'))));
            }
        }
    }
    values
}

proptest! {
    #[test]
    fn every_value_of_csv_is_at_its_place(text in "([ab,|\"\r\n ع\\\\]|\"\"|\",\"|\r\n){0,40}") {
        let table = Delimited::read(TextFile::new("t.csv", text), (b',', true), &Budget::of_file(0), &mut Findings::default());
        for (value, marked) in table.map(|table| marked_values(&Content::Delimited(table))).unwrap_or_default() {
            // What is unescaped, or shown in its first line only, is written otherwise.
            let as_written = !value.contains(['"', '|', '\r', '\n']);
            prop_assert!(!as_written || value == marked, "{value:?} is not {marked:?}");
        }
    }

    #[test]
    fn every_value_of_json_is_at_its_place(values in prop::collection::vec("[ab|\\\\ ع]{0,4}", 0..4), more in "[\\[\\]{}:,\"a1\n ]{0,20}") {
        let line = serde_json::json!({ "id": values, "x": values.first() });
        let config = TextFile::new("dataset.toml", String::new());
        let context = Context { mapping: None, config: &config, ontology: &ONTOLOGY, languages: &[] };
        for (form, text) in [
            (Form::Lines, format!("{line}\n{more}")),
            (Form::Array, format!("[{line},\n {line:#}]")),
            (Form::Array, format!("{{\"n\": [1], \"in\": {{\"items\": [\n{line:#}]}} }}")),
        ] {
            let file = TextFile::new("t.json", text);
            let table = JsonTable::read(file, form, (&context, &Budget::of_file(0)), &mut Findings::default());
            for (value, marked) in table.map(|table| marked_values(&Content::Json(table))).unwrap_or_default() {
                let as_written = !value.contains(['\\', '|']);
                prop_assert!(!as_written || marked.contains(&value), "{value:?} is not in {marked:?}");
            }
        }
    }
}

mod mapped;

#[test]
fn cells_that_another_character_divides_are_one_finding() {
    let files = [
        ("a.csv", "id;class;label@en\na;Organization;\"A; B\"\nb;Organization;B, C\n"),
        ("b.csv", "Sigle;Nom\nx;y\n"),
        ("c.csv", "id\tclass\nc\tTopic\n"),
        ("d.tsv", "id,class\nd,Topic\n"),
    ];
    let (dataset, found) = read("", &files);
    let told: Vec<_> = found.iter().map(|it| (it.code.name(), it.location.to_string(), it.help.as_deref())).collect();
    let help =
        |file: &str, delimiter: &str| format!("say so in dataset.toml: [table.{file:?}] delimiter = {delimiter:?}");
    let expected =
        [("a.csv", ";"), ("b.csv", ";"), ("c.csv", "\t"), ("d.tsv", ",")].map(|(file, it)| (file, help(file, it)));
    let expected: Vec<_> =
        expected.iter().map(|(file, help)| ("wrong-delimiter", format!("{file}:1:1"), Some(help.as_str()))).collect();
    assert_eq!(told, expected);
    assert_eq!(dataset.unreadable, ["a.csv", "b.csv", "c.csv", "d.tsv"]);
    let said = "[table.\"b.csv\"]\ncolumns = { Sigle = \"id\" }\ndelimiter = \",\"\n";
    let by_number = "[table.\"b.csv\"]\nid = \"{#1}\"\ncolumns = { \"#1\" = \"label@en\" }\n";
    for said in [said, by_number] {
        assert!(findings(said, &[files[1]]).iter().all(|finding| !finding.contains("wrong-delimiter")), "{said}");
    }
}

#[test]
fn a_word_of_several_languages_means_what_the_table_can_have() {
    let files = [
        ("e.csv", "id,class,Nombre,Nombre@fr\na,Organization,A,\n"),
        ("s.csv", "subject,property,object,Nombre\na,Nombre,B,2\n"),
    ];
    for languages in ["[\"es\", \"en\", \"fr\"]", "[\"fr\", \"es\"]"] {
        let folder = tempfile::tempdir().unwrap();
        let config = CONFIG.replace("[\"en\"]", languages);
        for (name, text) in files.iter().chain(&[("dataset.toml", config.as_str())]) {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let (dataset, findings) = dataset(&Source::Folder(folder.path().to_owned()), &ONTOLOGY).unwrap();
        assert_eq!(findings, [], "{languages}");
        let term = |name: &str| ONTOLOGY.property_by_name(name).unwrap();
        let [es, fr] = ["es", "fr"].map(|tag| Language::parse(tag).unwrap());
        let [label, count] = [term("label"), term("count")];
        assert!(dataset.tables[0].column(Column::Term(label, Some(es))).is_some());
        assert!(dataset.tables[0].column(Column::Term(label, Some(fr))).is_some());
        assert!(dataset.tables[1].column(Column::Term(count, None)).is_some());
        assert_eq!(ONTOLOGY.tagged_property("Nombre", &dataset.config.languages).unwrap(), (label, Some(es)));
    }
}

//! Tables that were not made for the data set: each thing that a mapping can do, on the smallest table that shows it.

use super::*;

/// The values of all rows of a mapped table under a meaning, row by row.
fn under(config: &str, files: &[(&str, &str)], header: &str) -> Vec<Vec<String>> {
    let (dataset, findings) = read(config, files);
    assert_eq!(findings.iter().map(|finding| &finding.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let table = &dataset.tables[0];
    let meaning = ONTOLOGY.column(header, &[]).unwrap();
    let columns: Vec<_> =
        (0..).zip(table.columns()).filter(|(_, column)| **column == Some(meaning)).map(|(number, _)| number).collect();
    assert!(!columns.is_empty(), "{header}");
    let row = |row| columns.iter().flat_map(|&column| values(table, row, column)).collect();
    (0..table.rows()).map(row).collect()
}

/// The mapping of `t.csv` with these lines.
fn mapping(lines: &str) -> String {
    format!("[table.\"t.csv\"]\nid = \"{{n}}\"\nclass = \"Organization\"\n{lines}")
}

#[test]
fn a_foreign_table_is_mapped() {
    let config = r#"[table."who.csv"]
class = "Organization"
columns = { "Full name" = "label@en", "Other" = "altLabel@en", "Former" = "altLabel@en", "Fax" = "" }
constants = { source = "who#1" }
id = "who-{Short}"
separator = ";"
"#;
    let (dataset, findings) = read(config, &[("who.csv", "Full name,Other,Former,Fax,Short\nX,a; b\\;c,d|e,1,A B\n")]);
    assert_eq!(findings, []);
    let table = &dataset.tables[0];
    let column = |column| table.column(column).unwrap();
    assert_eq!(values(table, 0, column(Column::Id)), ["who-a-b"]);
    assert_eq!(values(table, 0, column(Column::Class)), ["Organization"]);
    assert_eq!(values(table, 0, column(Column::Source)), ["who#1"]);
    assert_eq!(values(table, 0, 1), ["a", "b;c"]);
    assert_eq!([table.columns()[3], table.columns()[4], table.columns()[1]], [None, None, table.columns()[2]]);
    let at = |column, value| dataset.locate(Place { table: 0, row: 0, column, value }).to_string();
    assert_eq!(
        [at(column(Column::Id), 0), at(column(Column::Source), 0), at(1, 1)],
        ["who.csv:2:17", "who.csv:2:1", "who.csv:2:6"]
    );
}

#[test]
fn ids_can_be_made_from_a_column_of_that_name() {
    let config = "[table.\"a.csv\"]\nid = \"x-{id}\"\n";
    let (dataset, findings) = read(config, &[("a.csv", "id,class\nhttps://ror.org/1,Organization\n")]);
    assert_eq!(findings, []);
    let table = &dataset.tables[0];
    assert_eq!(table.cell(0, table.column(Column::Id).unwrap()), "x-https-ror-org-1");
}

#[test]
fn a_mapping_that_does_not_fit_is_reported_in_its_file() {
    let config = r#"[table."a.csv"]
class = "Organizatoin"
columns = { "Nmae" = "label@en", "Name" = "lable@en" }
constants = { rank = "normal" }
id = "{Acronym}"
[table."members.csv"]
"#;
    assert_eq!(
        findings(config, &[("a.csv", "id,Name\n")]),
        [
            "invalid-mapping dataset.toml:10:8 write the file's name with its extension, as in [table.\"who.xlsx\"]",
            "invalid-mapping dataset.toml:7:43 did you mean `label`?",
            "invalid-mapping dataset.toml:7:13 did you mean `Name`?",
            "invalid-mapping dataset.toml:6:9 did you mean `Organization`?",
            "invalid-mapping dataset.toml:9:6 its columns are id, Name",
            "invalid-mapping dataset.toml:8:15 it says something of a statement: a table of those has the columns subject, property and object",
        ]
    );
}

#[test]
fn values_stand_for_others() {
    let config = "[table.\"t.csv\"]\nid = \"{n}\"\n[table.\"t.csv\".columns]\nkind = { property = \"class\", values = { \"Specialised Agency\" = \"SpecializedAgency\", \"\" = \"Organ\", \"*\" = \"Organization\" } }\nceb = { property = \"memberOf\", values = { Yes = \"ceb\", No = \"\" } }\n";
    let files = [("t.csv", "n,kind,ceb\n1,Specialised Agency,Yes\n2,,No\n3,Fund,\n")];
    assert_eq!(under(config, &files, "class"), [["SpecializedAgency"], ["Organ"], ["Organization"]]);
    assert_eq!(under(config, &files, "memberOf"), [vec!["ceb"], vec![], vec![]]);
    let (dataset, _) = read(config, &files);
    let class = dataset.tables[0].column(Column::Class).unwrap();
    assert_eq!(
        [0, 1, 2].map(|row| dataset.tables[0].cell(row, class).into_owned()),
        ["SpecializedAgency", "Organ", "Organization"]
    );
}

#[test]
fn templates_make_any_column_and_ids_of_references() {
    let config = mapping(
        "templates = { sameAs = \"https://ror.org/{ror}\", locatedIn = \"{Country}\" }\ncolumns = { \"*\" = \"\" }",
    );
    let files = [("t.csv", "n,ror,Country,more\n1,0x,Côte d'Ivoire,z\n2,,,\n")];
    assert_eq!(under(&config, &files, "sameAs"), [vec!["https://ror.org/0x"], vec![]]);
    assert_eq!(under(&config, &files, "locatedIn"), [vec!["côte-d-ivoire"], vec![]]);
}

#[test]
fn dates_of_other_forms_are_read() {
    let config = mapping("columns = { founded = { property = \"startDate\", date = [\"%d-%b-%Y\", \"%m/%Y\"] } }");
    let files = [("t.csv", "n,founded\n1,7-Apr-1948\n2,5/2024\n3,2024-05\n")];
    assert_eq!(under(&config, &files, "startDate"), [["1948-04-07"], ["2024-05"], ["2024-05"]]);
}

#[test]
fn files_of_other_encodings_and_delimiters_are_read() {
    let read_bytes = |lines: &str, bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dataset.toml"), format!("{CONFIG}{}", mapping(lines))).unwrap();
        std::fs::write(folder.path().join("t.csv"), bytes).unwrap();
        let (dataset, findings) = dataset(&Source::Folder(folder.path().to_owned()), &ONTOLOGY).unwrap();
        let label = |table: &Table| table.cell(0, 1).into_owned();
        (
            dataset.tables.first().map(label),
            findings.iter().map(|finding| finding.location.to_string()).collect::<Vec<_>>(),
        )
    };
    let latin = b"n;name\n1;Caf\xE9\n";
    let columns = "columns = { name = \"label@en\" }\ndelimiter = \";\"\n";
    assert_eq!(read_bytes(&format!("{columns}encoding = \"latin-1\""), latin), (Some("Café".to_owned()), vec![]));
    let arabic = b"n;name\n1;\xC7\xE1\xC7\xCA\xCD\xC7\xCF\n";
    assert_eq!(
        read_bytes(&format!("{columns}encoding = \"windows-1256\""), arabic),
        (Some("الاتحاد".to_owned()), vec![])
    );
    assert_eq!(read_bytes(columns, latin), (None, vec!["t.csv:2:6".to_owned()]));
    let broken = read_bytes(&format!("{columns}encoding = \"shift_jis\""), b"n;name\n1;\x82\n");
    assert_eq!(broken, (None, vec!["t.csv:2:3".to_owned()]));
}

#[test]
fn duplicate_headers_are_told_apart_by_their_number() {
    let config = mapping("columns = { \"Name\" = \"label@en\", \"Name#2\" = \"label@fr\", \"#4\" = \"acronym\" }");
    let files = [("t.csv", "n,Name,Name,\n1,x,y,z\n")];
    assert_eq!(under(&config, &files, "label@fr"), [["y"]]);
    assert_eq!(under(&config, &files, "acronym"), [["z"]]);
    let (dataset, _) = read(&config, &files);
    assert_eq!(dataset.locate(Place { table: 0, row: 0, column: 2, value: 0 }).to_string(), "t.csv:2:5");
}

#[test]
fn a_cell_is_several_columns_and_a_column_means_several_things() {
    let config = mapping(
        "columns = { Place = { split = \", \", into = [\"locatedIn\", { property = \"locatedIn\", values = { CH = \"Switzerland\" } }] }, Name = [\"label@en\", \"altLabel@fr\"] }",
    );
    let files = [("t.csv", "n,Place,Name\n1,\"Geneva, CH\",ITU\n2,Paris,\n")];
    assert_eq!(under(&config, &files, "locatedIn"), [vec!["Geneva", "Switzerland"], vec!["Paris"]]);
    assert_eq!(under(&config, &files, "altLabel@fr"), [vec!["ITU"], vec![]]);
}

#[test]
fn the_language_of_a_text_may_stand_in_another_column() {
    let config = mapping("columns = { name = { property = \"label\", language = \"lang\" }, lang = \"\" }");
    let files = [("t.csv", "n,name,lang\n1,x,en\n2,ع,ar\n3,y,\n")];
    assert_eq!(under(&config, &files, "label@ar"), [vec![], vec!["ع"], vec![]]);
    assert_eq!(under(&config, &files, "label@und"), [vec![], vec![], vec!["y"]]);
    let files = [("t.csv", "n,name,lang\n1,x,english\n")];
    assert_eq!(places(&config, &files), ["invalid-language t.csv:2:5"]);
}

#[test]
fn rows_are_left_out_counted_and_told() {
    let config = mapping("where = { column = \"status\", is = [\"active\", \"\"] }\ncolumns = { status = \"\" }");
    let files = [("t.csv", "n,status\n1,active\n2,withdrawn\n3,\n")];
    let (dataset, findings) = read(&config, &files);
    assert_eq!(dataset.tables[0].rows(), 2);
    assert_eq!(dataset.locate(Place::row(0, 1)).to_string(), "t.csv:4:1");
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].code, findings[0].location.to_string()),
        (Code::RowsLeftOut, "dataset.toml:8:20".to_owned())
    );
    assert!(findings[0].message.starts_with("1 rows of t.csv"), "{}", findings[0].message);
}

#[test]
fn several_conditions_must_all_hold() {
    let config = mapping(
        "where = [{ column = \"status\", is = \"active\" }, { column = \"kind\", is-not = [\"x\", \"y\"] }]\ncolumns = { \"*\" = \"\" }",
    );
    let files = [("t.csv", "n,status,kind\n1,active,x\n2,withdrawn,z\n3,active,z\n4,active,\n5,active,a|y\n")];
    let (dataset, findings) = read(&config, &files);
    assert_eq!(dataset.tables[0].rows(), 2);
    assert_eq!(dataset.locate(Place::row(0, 1)).to_string(), "t.csv:5:1");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].location.to_string(), "dataset.toml:8:21");
    assert_eq!(findings[0].message, "3 rows of t.csv are left out, by their `status` and `kind`");
    let unknown = mapping(
        "where = [{ column = \"kind\", is = \"x\" }, { column = \"knd\", is = \"x\" }]\ncolumns = { \"*\" = \"\" }",
    );
    assert_eq!(places(&unknown, &files)[0], "invalid-mapping dataset.toml:8:52");
}

#[test]
fn rows_are_chosen_by_a_column_of_a_number_or_by_one_of_several_alike() {
    let files = [("t.csv", "n,kind,kind\n1,a,x\n2,b,a\n")];
    for column in ["#3", "kind#2"] {
        let config = mapping(&format!("where = {{ column = \"{column}\", is = \"a\" }}\ncolumns = {{ \"*\" = \"\" }}"));
        let (dataset, _) = read(&config, &files);
        assert_eq!(dataset.tables[0].rows(), 1, "{column}");
        assert_eq!(dataset.locate(Place::row(0, 0)).to_string(), "t.csv:3:1", "{column}");
    }
}

#[test]
fn a_condition_splits_a_cell_as_the_column_is_split_however_it_is_named() {
    let files = [("t.csv", "n,kind\n1,a;x\n2,b;y\n")];
    for column in ["kind", "#2"] {
        let config = mapping(&format!(
            "where = {{ column = \"{column}\", is = \"x\" }}\ncolumns = {{ kind = {{ property = \"altLabel@en\", separator = \";\" }} }}"
        ));
        let (dataset, _) = read(&config, &files);
        assert_eq!(dataset.tables[0].rows(), 1, "{column}");
    }
}

#[test]
fn paths_of_json_choose_among_nested_objects() {
    let config = "[table.\"t.jsonl\"]\nid = \"{id}\"\nclass = \"Organization\"\n[table.\"t.jsonl\".columns]\n\"names[types=label].value\" = { property = \"label\", language = \"lang\" }\n\"relationships[type=Parent].id\" = \"partOf\"\n";
    let line = r#"{"id": "a", "names": [{"lang": "ar", "types": ["label"], "value": "ع"}, {"lang": "ar", "types": ["alias"], "value": "x"}], "relationships": [{"type": "Child", "id": "c"}, {"type": "Parent", "id": "p"}]}"#;
    assert_eq!(under(config, &[("t.jsonl", line)], "label@ar"), [["ع"]]);
    assert_eq!(under(config, &[("t.jsonl", line)], "partOf"), [["p"]]);
}

#[test]
fn a_path_that_no_line_has_is_a_mistake_of_the_mapping() {
    let config = "[table.\"t.jsonl\"]\nid = \"{meta.idd}\"\nclass = \"Topic\"\n[table.\"t.jsonl\".columns]\n\"meta.knd\" = \"note@en\"\n\"names.value\" = { property = \"label\", language = \"lng\" }\n";
    let line = r#"{"meta": {"id": "a", "kind": "x"}, "names": [{"value": "A", "lang": "en"}]}"#;
    let (_, found) = read(config, &[("t.jsonl", line)]);
    let told: Vec<_> = found
        .into_iter()
        .map(|finding| (finding.location.to_string(), finding.message, finding.help.unwrap()))
        .collect();
    let of = |place: &str, message: &str, help: &str| {
        (place.to_owned(), message.to_owned(), format!("did you mean `{help}`?"))
    };
    assert_eq!(
        told,
        [
            of("dataset.toml:10:50", "t.jsonl has no `lng` beside `names.value`", "names.lang"),
            of("dataset.toml:9:1", "no object of t.jsonl has `meta.knd`", "meta.kind"),
            of("dataset.toml:6:6", "no object of t.jsonl has `meta.idd`", "meta.id"),
        ]
    );
    // Nothing else is left of the table.
    let only = "[table.\"t.jsonl\".columns]\n\"meta.knd\" = \"note@en\"\n\"names.valeu\" = \"\"\n";
    let (_, found) = read(only, &[("t.jsonl", line)]);
    let places: Vec<_> = found.iter().map(|finding| finding.location.to_string()).collect();
    assert_eq!(places[..2], ["dataset.toml:6:1", "dataset.toml:7:1"], "{found:?}");
}

#[test]
fn a_template_that_lacks_a_cell_is_told_with_its_rows() {
    let config =
        mapping("templates = { homepage = \"https://x.org/{n}/{a}\", note = \"\" }\ncolumns = { n = \"\", a = \"\" }")
            .replace(", note = \"\"", "");
    let (_, found) = read(&config, &[("t.csv", "n,a\n1,x\n2,\n,\n,y\n3,z\n")]);
    let told: Vec<_> = found.iter().filter(|finding| finding.code == Code::IncompleteTemplate).collect();
    assert_eq!(told.len(), 1, "{found:?}");
    assert_eq!(told[0].message, "the template of `homepage` makes nothing in 2 rows of t.csv, where it lacks a cell");
    assert_eq!(told[0].help.as_deref(), Some("the first is `a` at t.csv:3:3; fill the cells if the texts are wanted"));
    assert_eq!(told[0].location.file, "dataset.toml");
}

#[test]
fn a_wrong_class_in_a_mapping_is_one_finding() {
    let config = "[table.\"t.csv\"]\nid = \"{n}\"\nclass = \"Organizatoin\"\n";
    let (dataset, findings) = read(config, &[("t.csv", "n,label@en\n1,x\n2,y\n")]);
    assert_eq!((findings.len(), dataset.tables.len(), dataset.unplaced.len()), (1, 0, 1));
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `Organization`?"));
}

#[test]
fn a_class_is_said_of_references_only() {
    let config = mapping(
        "columns = { a = { property = \"label@en\", class = \"Place\" }, b = { property = \"locatedIn\", create = \"Plaec\" } }",
    );
    assert_eq!(
        places(&config, &[("t.csv", "n,a,b\n")]),
        ["invalid-mapping dataset.toml:8:50", "invalid-mapping dataset.toml:8:100"]
    );
}

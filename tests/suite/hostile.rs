//! Small inputs that ask for much: each must end in time and within its memory, in a process with a limit of both.
//!
//! The time is that of the processor, so that a busy machine changes nothing.

mod linked;

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cli::{stderr, stdout};

const CONFIG: &str =
    "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

/// The address space that a process has, in KiB: much of it is never touched.
const MEMORY: usize = 1 << 20;

/// The seconds of processor time that it has in a build that is not optimized.
const SECONDS: usize = 20;

/// Runs the program on a folder within the limits.
fn limited(folder: &Path, arguments: &[&str]) -> Output {
    let limits = format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limits, env!("CARGO_BIN_EXE_rapporteur"), "--data"]).arg(folder).args(arguments);
    command.stdin(Stdio::null()).output().unwrap()
}

/// Runs the program on a data set of these files.
fn run(toml: &str, files: &[(&str, &[u8])], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dataset.toml"), format!("{CONFIG}{toml}")).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    limited(folder.path(), arguments)
}

/// The findings of a data set: the summary of `check`, whose exit code must tell of violations.
fn check(toml: &str, files: &[(&str, &[u8])]) -> (String, String) {
    let output = run(toml, files, &["check", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1), "{}\n{}", stderr(&output), stdout(&output));
    let output = (output, run(toml, files, &["check"]));
    (stdout(&output.0).to_owned(), stderr(&output.1).to_owned())
}

/// Asserts that a data set is refused with a finding that names the limit.
fn assert_too_much(name: &str, toml: &str, file: &str, bytes: &[u8]) {
    let output = run(toml, &[(file, bytes)], &["check", "--message-format", "short"]);
    let told = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{name}: {}\n{told}", stderr(&output));
    assert!(told.contains("MiB"), "{name}: {told}");
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with as many sheets of the same rows, with a table of strings and one of styles.
fn xlsx(n_sheets: usize, rows: &str, strings: &str, styles: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let numbers = || 1..=n_sheets;
    let list: String =
        numbers().map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")).collect::<Vec<_>>().concat();
    let relations: String = numbers()
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/s{n}.xml\"/>"))
        .collect::<Vec<_>>()
        .concat();
    let header: String =
        ["id", "class", "label@en"].map(|header| format!("<c t=\"inlineStr\"><is><t>{header}</t></is></c>")).concat();
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData><row>{header}</row>{rows}</sheetData></worksheet>");
    let names: Vec<_> = numbers().map(|n| format!("xl/worksheets/s{n}.xml")).collect();
    let (workbook, relations, strings, styles) = (
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
        format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
        format!("<sst xmlns=\"{MAIN}\">{strings}</sst>"),
        format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>"),
    );
    let package = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut parts = vec![
        ("_rels/.rels", package.as_str()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
    ];
    parts.extend(names.iter().map(|name| (name.as_str(), sheet.as_str())));
    archive(&parts)
}

/// A spreadsheet of `OpenDocument` with as many sheets of the same rows.
fn ods(n_sheets: usize, rows: &str) -> Vec<u8> {
    let sheets: String = (0..n_sheets)
        .map(|n| format!("<table:table table:name=\"S{n}\">{}</table:table>", ods_row(&["id", "class"]) + rows))
        .collect::<Vec<_>>()
        .concat();
    archive(&[("content.xml", &content(&sheets))])
}

fn content(sheets: &str) -> String {
    format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
}

fn ods_row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
        })
        .collect::<Vec<_>>()
        .concat();
    format!("<table:table-row>{cells}</table:table-row>")
}

#[test]
fn a_workbook_takes_no_more_memory_than_it_may() {
    let long = format!("<si><t>{}</t></si>", "x".repeat(1 << 20));
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(200);
    assert_too_much("strings", "", "t.xlsx", &xlsx(2, &cells, &long, ""));
    assert_too_much("tiny strings", "", "t.xlsx", &xlsx(1, "", &"<si/>".repeat(8 << 20), ""));
    let styles = format!("<cellXfs>{}</cellXfs>", "<xf/>".repeat(1 << 20));
    assert_too_much("styles", "", "t.xlsx", &xlsx(1, "", "", &styles));
    let cell = |n: usize| format!("<row r=\"{n}\"><c r=\"{}{n}\"><v>1</v></c></row>", letters(n));
    let diagonal: String = (3..9000).map(cell).collect::<Vec<_>>().concat();
    assert_too_much("diagonal", "", "t.xlsx", &xlsx(1, &diagonal, "", ""));
}

fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column % 26]));
        column /= 26;
    }
    letters.into_iter().rev().collect()
}

#[test]
fn repetitions_of_open_document_take_no_more_memory_than_they_may() {
    let spaces = ods_row(&[&"<text:s text:c=\"1000000\"/>".repeat(500)]);
    assert_too_much("spaces", "", "t.ods", &ods(1, &spaces));
    let several = ods_row(&["<text:s text:c=\"1000000\"/>x"]).repeat(50);
    assert_too_much("cells of spaces", "", "t.ods", &ods(4, &several));
    let repeated = |row: &str, times: &str| {
        row.replacen("<table:table-row", &format!("<table:table-row table:number-rows-repeated=\"{times}\""), 1)
    };
    let long = ods_row(&[&"x".repeat(1000)]);
    assert_too_much("rows", "", "t.ods", &ods(1, &repeated(&long, "1000000")));
    let tiny = ods_row(&["1"]);
    assert_too_much("tiny rows", "", "t.ods", &ods(1, &repeated(&tiny, "9000000")));
    assert_too_much("endless rows", "", "t.ods", &ods(1, &repeated(&tiny, "99999999999999999999")));
    let formula = "<table:table-row><table:table-cell table:formula=\"of:=1\"/></table:table-row>";
    assert_too_much("formulas", "", "t.ods", &ods(1, &repeated(formula, "9000000")));
}

#[test]
fn a_spreadsheet_that_is_cut_short_ends() {
    let whole =
        content(&format!("<table:table table:name=\"S\">{}</table:table>", ods_row(&["id", "class"]).repeat(9)));
    for length in [whole.len() / 3, whole.len() / 2, whole.len() - 40] {
        let bytes = archive(&[("content.xml", &whole[..length])]);
        let (told, _) = check("", &[("t.ods", &bytes)]);
        assert!(told.contains("unreadable-sheet"), "{told}");
        let (told, _) = check("", &[("t.ods", &bytes[..bytes.len() / 2])]);
        assert!(told.contains("unreadable-sheet"), "{told}");
    }
}

/// A table of so many topics with two columns more, the last empty.
fn topics(n: usize) -> Vec<u8> {
    let rows: String = (0..n).map(|number| format!("a{number},Topic,y\n")).collect::<Vec<_>>().concat();
    format!("id,class,x\n{rows}").into_bytes()
}

#[test]
fn a_mapping_makes_no_more_than_it_may() {
    let (long, table) = ("x".repeat(100_000), topics(20_000));
    let columns = |target: &str| format!("[table.\"t.csv\".columns]\nx = {target}\n");
    for (name, toml) in [
        ("constant", format!("[table.\"t.csv\"]\nconstants = {{ \"label@en\" = \"{long}\" }}\n")),
        ("many", format!("[table.\"t.csv\"]\nconstants = {{ \"altLabel@en\" = \"{}\" }}\n", "a|".repeat(5000))),
        ("id", format!("[table.\"t.csv\"]\ncolumns = {{ id = \"\" }}\nid = \"{long}{{id}}\"\n")),
        ("template", format!("[table.\"t.csv\"]\ntemplates = {{ \"label@en\" = \"{}\" }}\n", "{id}".repeat(5000))),
        ("value", columns(&format!("{{ property = \"label@en\", values = {{ y = \"{long}\" }} }}"))),
        ("around", columns(&format!("{{ property = \"label@en\", template = \"{long}{{}}\" }}"))),
    ] {
        assert_too_much(name, &toml, "t.csv", &table);
    }
}

#[test]
fn a_long_base_or_prefix_takes_no_more_memory_than_it_may() {
    let long = "x".repeat(100_000);
    let rows = |name: &str| {
        (0..5000)
            .map(|number| format!("{} a rap:Topic .\n", name.replace('0', &number.to_string())))
            .collect::<Vec<_>>()
            .concat()
    };
    let rap = "@prefix rap: <https://w3id.org/rapporteur/ns#> .\n";
    let prefix = format!("@prefix p: <https://example.org/{long}/> .\n{rap}{}", rows("p:a0"));
    assert_too_much("prefix", "", "t.ttl", prefix.as_bytes());
    let base = format!("@base <https://example.org/{long}/> .\n{rap}{}", rows("<a0>"));
    assert_too_much("base", "", "t.ttl", base.as_bytes());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dataset.toml"), CONFIG.replacen("org/", &format!("org/{long}/"), 1)).unwrap();
    std::fs::write(folder.path().join("t.csv"), topics(5000)).unwrap();
    let output = limited(folder.path(), &["check", "--message-format", "short"]);
    assert!(stdout(&output).contains("the base has 100021 bytes, of which 2000 are the most"), "{}", stdout(&output));
}

#[cfg(unix)]
#[test]
fn nothing_is_read_without_end() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dataset.toml"), CONFIG).unwrap();
    for arguments in
        [&["--ontology", "/dev/zero", "check"][..], &["query", "-f", "/dev/zero"], &["draw", "--query", "/dev/zero"]]
    {
        let output = limited(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {}", stderr(&output));
    }
    let zeros =
        format!("\"{}\" --data \"{}\" query - < /dev/zero", env!("CARGO_BIN_EXE_rapporteur"), folder.path().display());
    let output =
        Command::new("sh").args(["-c", &format!("ulimit -v {MEMORY}; ulimit -t {SECONDS}; {zeros}")]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("stdin is not read: it has more than 1 MiB"), "{}", stderr(&output));
    let device = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/zero", device.path().join("dataset.toml")).unwrap();
    assert_eq!(limited(device.path(), &["check"]).status.code(), Some(2));
}

/// All counts, which stay true although not all findings are kept.
#[test]
fn mistakes_by_the_ten_thousand_are_found_and_counted_in_time() {
    let n = 40_000;
    let many = |text: &str, between: &str| vec![text; n].join(between);
    let numbered = |between: &str| (0..n).map(|number| format!("zz{number}")).collect::<Vec<_>>().join(between);
    let keys: Vec<_> = (0..n).map(|number| format!("\"k{number}\": 1")).collect();
    let values: Vec<_> = (0..n).map(|number| format!("\"zz{number}\"")).collect();
    let row = "id,class,label@en,partOf\na,Topic,A,";
    for (file, text, counted) in [
        ("t.csv", format!("id,class,{}\na,Topic\n", many("label@en", ",")), "39999 duplicate-header"),
        ("t.csv", format!("id,class,{}\n", numbered(",")), "40000 unknown-header"),
        ("t.csv", format!("{row}{}\n", numbered("|")), "40000 unknown-reference"),
        ("t.csv", format!("id,class,label@en\n{}", many("a\n", "")), "40000 ragged-row"),
        ("t.jsonl", format!("{{{}}}\n", keys.join(",")), "40000 unknown-header"),
        (
            "t.jsonl",
            format!(
                "{{\"id\": \"a\", \"class\": \"Topic\", \"label@en\": \"A\", \"partOf\": [{}]}}\n",
                values.join(",")
            ),
            "40000 unknown-reference",
        ),
        ("t.jsonl", many("x\n", ""), "40000 invalid-json"),
    ] {
        let output = run("", &[(file, text.as_bytes())], &["check"]);
        assert_eq!(output.status.code(), Some(1), "{counted}: {}", stderr(&output));
        assert!(stderr(&output).contains(counted), "{counted}: {}", stderr(&output));
    }
}

#[test]
fn every_value_of_a_long_cell_is_read() {
    let n = 70_000;
    let names: Vec<_> = (0..n).map(|number| format!("name {number}")).collect();
    let rows = "id,class,label@en,altLabel@en\na,Topic,A,";
    let json = format!("{{\"id\": \"a\", \"class\": \"Topic\", \"label@en\": \"A\", \"altLabel@en\": {names:?}}}\n");
    for (file, text) in [("t.csv", format!("{rows}{}\n", names.join("|"))), ("t.jsonl", json)] {
        let output = run("", &[(file, text.as_bytes())], &["export", "-f", "ntriples"]);
        let told = stdout(&output).lines().filter(|line| line.contains("altLabel")).count();
        assert_eq!(told, n, "{file}: {}", stderr(&output));
    }
}

#[test]
fn what_is_like_a_mistake_is_looked_for_in_time() {
    let paragraphs: String = (0..20_000).map(|number| format!("d,9.{number}.77\n")).collect::<Vec<_>>().concat();
    let citing: String =
        (0..5000).map(|number| format!("a{number},Topic,A{number},d#q{number}x\n")).collect::<Vec<_>>().concat();
    let table = format!("id,class,label@en,source\nd,Report,D,\n{citing}");
    let paragraphs = format!("document,number\n{paragraphs}");
    let output = run("", &[("t.csv", table.as_bytes()), ("p.csv", paragraphs.as_bytes())], &["check"]);
    assert!(stderr(&output).contains("5000 unknown-paragraph"), "{}", stderr(&output));
    let long: String = (0..9)
        .map(|number| format!("a{number},Topic,{},{}\n", "x".repeat(100_000), "y".repeat(100_001)))
        .collect::<Vec<_>>()
        .concat();
    let table = format!("id,class,label@en,partOf\n{long}");
    assert!(check("", &[("t.csv", table.as_bytes())]).1.contains("9 unknown-reference"));
    let same: String = (0..10_000).map(|number| format!("a{number},Topic,Same,Same\n")).collect::<Vec<_>>().concat();
    let table = format!("id,class,label@en,partOf\n{same}");
    let (told, counted) = check("", &[("t.csv", table.as_bytes())]);
    assert!(counted.contains("10000 ambiguous-reference"), "{counted}");
    assert!(told.contains("`Same` names 10000 entities"), "{told}");
}

#[test]
fn a_deep_ontology_is_refused() {
    let above = |number: usize| if number == 0 { "rap:Topic".to_owned() } else { format!("my:C{}", number - 1) };
    let classes: String = (0..3000)
        .map(|number| {
            format!("my:C{number} a owl:Class ; rdfs:subClassOf {} ; rdfs:label \"c{number}\"@en .\n", above(number))
        })
        .collect::<Vec<_>>()
        .concat();
    let turtle = format!(
        "@prefix rap: <https://w3id.org/rapporteur/ns#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix my: <https://example.org/terms#> .\n{classes}"
    );
    let (told, _) =
        check("ontology = \"o.ttl\"\n", &[("o.ttl", turtle.as_bytes()), ("t.csv", b"id,class,label@en\na,Topic,A\n")]);
    assert!(told.contains("is below more than 256 others"), "{told}");
}

#[test]
fn wide_layers_have_their_shortest_paths_drawn() {
    let (width, depth) = (60, 4);
    let (mut entities, mut links) =
        ("id,class,label@en\ns,Topic,S\nt,Topic,T\n".to_owned(), "subject,property,object\n".to_owned());
    for layer in 0..depth {
        for number in 0..width {
            entities += &format!("l{layer}n{number},Topic,L{layer}N{number}\n");
            let next = |other| if layer + 1 == depth { "t".to_owned() } else { format!("l{}n{other}", layer + 1) };
            let n = if layer + 1 == depth { 1 } else { width };
            (0..n).for_each(|other| links += &format!("l{layer}n{number},partOf,{}\n", next(other)));
            if layer == 0 {
                links += &format!("s,partOf,l0n{number}\n");
            }
        }
    }
    let files: [(&str, &[u8]); 2] = [("e.csv", entities.as_bytes()), ("s.csv", links.as_bytes())];
    let output = run("", &files, &["draw", "--path", "s", "t", "-f", "md"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = run("", &files, &["path", "s", "t", "--paths", "10000000"]);
    assert!(stderr(&output).contains("more paths than can be followed"), "{}", stderr(&output));
}

#[test]
fn a_congress_of_thousands_is_not_drawn_as_all_with_all() {
    let organizations: String =
        (0..3000).map(|number| format!("o{number},Organization,O{number},,d\n")).collect::<Vec<_>>().concat();
    let links: String = (0..3000).map(|number| format!("o{number},participatesIn,ev,d\n")).collect::<Vec<_>>().concat();
    let entities = format!("id,class,label@en,startDate,source\nd,Report,D,,d\nev,Event,E,2024,d\n{organizations}");
    let links = format!("subject,property,object,source\n{links}");
    let files: [(&str, &[u8]); 2] = [("e.csv", entities.as_bytes()), ("s.csv", links.as_bytes())];
    let output = run("", &files, &["draw", "--mode", "one-mode", "--top", "9", "-f", "dot"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("1976 organizations are left out"), "{}", stderr(&output));
    assert!(stdout(&output).contains("fewest links"), "{}", stdout(&output));
}

#[test]
fn very_many_dates_of_one_entity_are_written_in_time() {
    let day = |number: usize| format!("{:04}-{:02}-{:02}", 1 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
    let claims: String =
        (0..20_000).map(|number| format!("a,startDate,{},d\n", day(number))).collect::<Vec<_>>().concat();
    let claims = format!("subject,property,object,source\n{claims}");
    let files: [(&str, &[u8]); 2] =
        [("e.csv", b"id,class,label@en,source\nd,Report,D,d\na,Organization,A,d\n"), ("s.csv", claims.as_bytes())];
    let output = run("", &files, &["export", "-f", "ntriples"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let earliest = stdout(&output).lines().filter(|line| line.contains("startDateEarliest")).count();
    assert_eq!(earliest, 20_000);
}

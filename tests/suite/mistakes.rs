use std::fs;
use std::path::Path;

use rapporteur::finding::{Finding, Position};

use crate::{copy_shipped, open, repository};

/// A finding by code, file, line, column and length.
type Found = (String, String, usize, usize, usize);

/// Takes the marks `⟦code:text⟧` out of a text, and returns what they say is to be found.
fn unmarked(file: &str, marked: &str) -> (String, Vec<Found>) {
    let (mut text, mut expected) = (String::new(), Vec::new());
    let (mut line, mut column) = (1, 1);
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '⟦' => {
                let (code, after) = rest.split_once(':').unwrap();
                let length = after.split('⟧').next().unwrap().chars().count();
                expected.push((code.to_owned(), file.to_owned(), line, column, length));
                rest = after;
                continue;
            }
            '⟧' => continue,
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
        text.push(c);
    }
    (text, expected)
}

fn found(finding: &Finding) -> Found {
    let Position::Text { line, column, length, .. } = finding.location.position else { panic!("{finding:?}") };
    (finding.code.name().to_owned(), finding.location.file.clone(), line, column, length)
}

/// Copies the shipped data set and adds the planted tables; returns what is to be found in them.
pub(crate) fn plant(folder: &Path) -> Vec<Found> {
    copy_shipped(folder);
    let mut expected = Vec::new();
    for entry in fs::read_dir(repository("tests/mistakes")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            continue;
        }
        let name = format!("planted-{}", path.file_name().unwrap().to_str().unwrap());
        let (text, more) = unmarked(&name, &fs::read_to_string(&path).unwrap());
        fs::write(folder.join(&name), text).unwrap();
        expected.extend(more);
    }
    expected.sort();
    expected
}

#[test]
fn every_planted_mistake_is_found_at_its_place_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let expected = plant(folder.path());
    assert!(expected.len() >= 25);
    let (_, before) = open(&repository("data/c24"));
    let (_, mut findings) = open(folder.path());
    findings.retain(|finding| !before.contains(finding));
    let mut found: Vec<_> = findings.iter().map(found).collect();
    found.sort();
    let missing: Vec<_> = expected.iter().filter(|one| !found.contains(one)).collect();
    let surplus: Vec<_> = found.iter().filter(|one| !expected.contains(one)).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:#?}\nsurplus: {surplus:#?}");
}

#[test]
fn every_planted_mistake_comes_with_help() {
    let folder = tempfile::tempdir().unwrap();
    plant(folder.path());
    let (_, findings) = open(folder.path());
    let helpless: Vec<_> = findings.iter().filter(|finding| finding.help.is_none()).collect();
    assert!(helpless.is_empty(), "{helpless:#?}");
}

#[test]
fn a_table_in_another_encoding_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    copy_shipped(folder.path());
    fs::write(folder.path().join("planted-latin.csv"), b"id,class,label@en\nm-latin,Topic,Caf\xE9\n").unwrap();
    let (_, before) = open(&repository("data/c24"));
    let (_, mut findings) = open(folder.path());
    findings.retain(|finding| !before.contains(finding));
    let found: Vec<_> = findings.iter().map(found).collect();
    assert_eq!(found, [("wrong-encoding".to_owned(), "planted-latin.csv".to_owned(), 2, 18, 1)]);
}

/// A data set in which each link, date and citation stands once.
const ONCE: [(&str, &str); 4] = [
    (
        "dataset.toml",
        "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n[title]\nen = \"T\"\n",
    ),
    (
        "entities.csv",
        "id,class,label@en,startDate,partOf,source\n\
         r,Report,The report,,,\n\
         a,Organization,Body A,,Body B,r#1\n\
         b,Organization,Body B,,,r#2\n\
         c,Organization,Body C,,,r#2\n\
         d,Conference,Event D,2023,,r#2\n\
         e,Event,Event E,2024,,r#2\n",
    ),
    ("paragraphs.csv", "document,number\nr,1\nr,2\nr,3\nr,4\n"),
    (
        "statements.csv",
        "subject,property,object,atEvent,source\n\
         c,participatesIn,Event E,Event D,r#3\n\
         c,startDate,1990,,r#4\n",
    ),
];

/// The codes of what is found in that data set with another text of one file.
fn codes(file: &str, text: &str) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    for (name, original) in ONCE {
        fs::write(folder.path().join(name), if name == file { text } else { original }).unwrap();
    }
    let (_, findings) = open(folder.path());
    findings.iter().map(|finding| finding.code.name()).collect()
}

/// What is said of things that lack something.
const LACKS: [&str; 5] =
    ["isolated-entity", "undated-event", "uncited-paragraph", "missing-label", "statement-without-source"];

#[test]
fn what_stands_where_something_is_wrong_is_not_said_to_be_missing() {
    assert_eq!(codes("", ""), [""; 0]);
    let mut seen = 0;
    for (file, text) in &ONCE[1..] {
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        for (line, column) in (0..lines.len()).flat_map(|line| (0..lines[line].len()).map(move |column| (line, column)))
        {
            let header = lines[0][column];
            let cell = lines[line][column];
            let torn = [format!("{cell},y"), format!("\"{cell}\"y")];
            for wrong in ["", "no-such", "a b", "r#1", "r#9"].map(str::to_owned).into_iter().chain(torn.clone()) {
                let is_class = matches!(header, "class" | "property") && line > 0;
                let is_date = header == "startDate" && line > 0 && !wrong.is_empty();
                // Another name, id or source, or none, may be what is meant: then something else is missing.
                let is_header = line == 0 && !lines[1][column].is_empty();
                if !torn.contains(&wrong) && !is_class && !is_date && !is_header {
                    continue;
                }
                let mut changed = lines.clone();
                changed[line][column] = &wrong;
                let text: Vec<String> = changed.iter().map(|cells| cells.join(",")).collect();
                let found = codes(file, &(text.join("\n") + "\n"));
                assert!(
                    !found.iter().any(|code| LACKS.contains(code)),
                    "{file}:{}: {wrong:?} in {header}: {found:?}",
                    line + 1
                );
                seen += usize::from(!found.is_empty());
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn what_only_a_wrong_source_names_is_not_said_to_be_linked_with_nothing() {
    let original = ONCE[1].1;
    let more = "f,Report,Another report,,,\ng,Organization,Body G,,Body B,f#1\n";
    assert_eq!(codes("entities.csv", &format!("{original}{more}")), ["unknown-paragraph"]);
    let more =
        "f,Report,Another report,,,\ng,Topic,Topic G,,,\nh,Organization,Body H,,Body B,r#2|Topic G|Another report#\n";
    assert_eq!(codes("entities.csv", &format!("{original}{more}")), ["invalid-source", "invalid-source"]);
}

#[test]
fn a_list_in_one_value_of_another_list_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in ONCE {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let rows = "{\"id\":\"m\",\"class\":\"Organization\",\"label@en\":\"Body M\"}\n\
                {\"id\":\"n\",\"class\":\"Organization\",\"label@en\":\"Body N\",\"partOf\":[\"Body B|Body M\"]}\n";
    fs::write(folder.path().join("more.jsonl"), rows).unwrap();
    let (_, findings) = open(folder.path());
    let told: Vec<_> = findings
        .iter()
        .map(|finding| (finding.message.as_str(), finding.help.as_deref().unwrap_or_default()))
        .collect();
    let expected =
        ("no entity is called `Body B|Body M`", "`|` is part of this value: write each name as a value of its own");
    assert_eq!(told, [expected]);
}

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
    fs::write(folder.join("planted-latin.csv"), b"id,class,label@en\nm-latin,Topic,Caf\xE9\n").unwrap();
    expected.push(("wrong-encoding".to_owned(), "planted-latin.csv".to_owned(), 2, 18, 1));
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

use std::fs;
use std::sync::Arc;

use expect_test::expect_file;
use rapporteur::query::{Answer, Engine, Format, Options};
use rapporteur::rdf::Profile;

use crate::{repository, shipped};

#[test]
fn every_question_has_its_answer() {
    let graph = shipped();
    let engine = Engine::new(Arc::new(graph), Profile::Statements).unwrap();
    let mut files: Vec<_> =
        fs::read_dir(repository("tests/competency")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rq"));
    files.sort();
    assert!(files.len() >= 40);
    for path in files {
        let query = fs::read_to_string(&path).unwrap();
        let (english, arabic) = (query.lines().next().unwrap(), query.lines().nth(1).unwrap());
        assert!(english.starts_with("# en: ") && arabic.starts_with("# ar: "), "{}", path.display());
        let found = json(&engine.run(&query, &Options::default()).unwrap());
        let found: serde_json::Value = serde_json::from_slice(&found).unwrap();
        if let Some(rows) = found["results"]["bindings"].as_array() {
            assert!(!rows.is_empty(), "{} has no answer", path.display());
        }
        expect_file![path.with_extension("srj")].assert_eq(&(serde_json::to_string_pretty(&found).unwrap() + "\n"));
    }
}

fn json(answer: &Answer) -> Vec<u8> {
    let format = if matches!(answer, Answer::Graph(_)) { Format::Turtle } else { Format::Json };
    let mut written = Vec::new();
    rapporteur::query::write(answer, format, &[], &mut written).unwrap();
    written
}

//! Errors for programs that read them.

use crate::cli::{rapporteur, stderr};
use crate::repository;

#[test]
fn errors_are_json_for_programs() {
    let folder = repository("");
    let error = |arguments: &[&str]| {
        let output = rapporteur(&folder, &[arguments, &["--quiet", "--message-format", "json"]].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        serde_json::from_str::<serde_json::Value>(stderr(&output)).unwrap()
    };
    let query = error(&["query", "SELECT ?x\nWHERE { ?x rdfs:label \"x }"]);
    assert_eq!((&query["file"], &query["line"], &query["column"]), (&"query".into(), &2.into(), &23.into()));
    assert_eq!(query["message"], "this string is never closed");
    let name = error(&["draw", "--around", "Nobody At All", "-o", "-", "-f", "svg"]);
    assert_eq!((&name["severity"], &name["message"]), (&"error".into(), &"no entity is called `Nobody At All`".into()));
    assert_eq!(name.get("line"), None);
    let file = error(&["check", "--ontology", "nowhere.ttl"]);
    assert!(file["message"].as_str().unwrap().contains("nowhere.ttl"), "{file}");
}

//! What holds of every feed: the same entities and statements as the graph, in every view, and the same bytes each time.

use rapporteur::export::{self, Format, Options};
use rapporteur::graph::{KnowledgeGraph, Mode, Selection, View};
use rapporteur::model::Object;

use crate::repository;

fn hostile() -> KnowledgeGraph {
    crate::open(&repository("tests/hostile")).0
}

fn written(graph: &KnowledgeGraph, format: Format, view: &View) -> String {
    let options = Options { view: view.clone(), languages: graph.languages(None), ..Options::default() };
    let mut out = Vec::new();
    export::write(graph, format, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn views(graph: &KnowledgeGraph) -> Vec<View> {
    let entity = graph.entity_ids().nth(3).unwrap();
    let two_mode = View { mode: Mode::TwoMode, ..View::default() };
    let section = graph.sections().last().unwrap().number.clone();
    vec![View::default(), Selection::Around(entity, 2).into(), Selection::Section(section).into(), two_mode]
}

#[test]
fn rdf_and_graphml_hold_the_entities_and_statements_of_the_view() {
    for graph in [crate::shipped(), hostile()] {
        for view in views(&graph) {
            let part = graph.subgraph(&view);
            let links = part.statements.iter().map(|&id| graph.statement(id).object);
            let links = links.filter(|object| matches!(object, Object::Entity(_))).count();
            let rdf = written(&graph, Format::NTriples, &view);
            let count = |text: &str, what: &str| text.matches(what).count();
            assert_eq!(
                count(&rdf, "<https://w3id.org/rapporteur/ns#Statement> .\n"),
                part.statements.len(),
                "{view:?}"
            );
            let graphml = written(&graph, Format::GraphMl, &view);
            assert_eq!(count(&graphml, "<node id="), part.entities.len(), "{view:?}");
            assert_eq!(count(&graphml, "<edge id="), links, "{view:?}");
        }
    }
}

#[test]
fn derived_links_are_refused_as_rdf() {
    let graph = crate::shipped();
    let view = View { mode: Mode::OneMode, ..View::default() };
    let options = Options { view, ..Options::default() };
    let error = export::write(&graph, Format::Turtle, &options, &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "turtle cannot hold the mode one-mode");
}

#[test]
fn files_and_folders_are_the_same_bytes_each_time() {
    let graph = hostile();
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let options = Options { languages: graph.languages(None), ..Options::default() };
    for format in Format::ALL {
        for folder in [&one, &other] {
            export::write_to(&graph, format, &options, &folder.path().join(format.name())).unwrap();
        }
        let [first, second] = [&one, &other].map(|folder| contents(&folder.path().join(format.name())));
        assert!(!first.is_empty() && first == second, "{}", format.name());
    }
}

/// The files of a folder, or the file itself, by name.
fn contents(path: &std::path::Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    if path.is_file() {
        return vec![(path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap())];
    }
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.flat_map(|entry| contents(&entry)).collect();
    files.sort();
    files
}

#[test]
fn the_documentation_tells_what_each_format_carries() {
    let mut page = "# Feeds\n\nEvery format that `rapporteur export -f NAME` writes, and what it cannot carry. \
                    The same is said by `rapporteur export --explain NAME`.\n"
        .to_owned();
    for format in Format::ALL {
        page.push_str(&format!("\n## {}\n\n{}", format.name(), format.explanation()));
    }
    expect_test::expect_file![repository("docs/feeds.md")].assert_eq(&page);
}

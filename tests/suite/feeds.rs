//! What holds of every feed: the same entities and statements as the graph, in every view, and the same bytes each time.

use rapporteur::export::{self, Format, Options};
use rapporteur::graph::{KnowledgeGraph, Mode, Selection, View};
use rapporteur::model::Object;
use rapporteur::ontology::Ontology;
use rapporteur::read::Source;

use crate::{repository, shipped};

fn hostile() -> KnowledgeGraph {
    crate::open(&repository("tests/hostile")).0
}

fn written(graph: &KnowledgeGraph, format: Format, view: &View) -> String {
    let options = Options { view: view.clone(), languages: graph.languages(None), ..Options::default() };
    let mut out = Vec::new();
    export::write_graph(graph, format, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn views(graph: &KnowledgeGraph) -> Vec<View> {
    let entity = graph.entity_ids().nth(3).unwrap();
    let two_mode = View { mode: Mode::TwoMode, ..View::default() };
    let section = graph.sections().pop().unwrap();
    vec![View::default(), Selection::Around(entity, 2).into(), Selection::Section(section).into(), two_mode]
}

#[test]
fn rdf_and_graphml_hold_the_entities_and_statements_of_the_view() {
    for graph in [shipped(), hostile()] {
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
    let graph = shipped();
    let view = View { mode: Mode::OneMode, ..View::default() };
    let options = Options { view, ..Options::default() };
    let error = export::write_graph(&graph, Format::Turtle, &options, &mut Vec::new()).unwrap_err();
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
#[test]
fn a_folder_with_something_else_in_it_stays_as_it_is() {
    let (graph, options) = (shipped(), Options::default());
    let folder = tempfile::tempdir().unwrap();
    for (format, name, other) in [
        (Format::Csv, "organization.csv", "budget.csv"),
        (Format::Neo4j, "nodes.csv", "notes.txt"),
        (Format::Parquet, "nodes.parquet", "other.parquet"),
    ] {
        let path = folder.path().join(format.name());
        export::write_to(&graph, format, &options, &path).unwrap();
        std::fs::write(path.join(name), "old").unwrap();
        std::fs::write(path.join(other), "precious").unwrap();
        let error = export::write_to(&graph, format, &options, &path).unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains(other) && cause.contains("not ours"), "{cause}");
        let texts = [name, other].map(|name| std::fs::read_to_string(path.join(name)).unwrap());
        assert_eq!(texts, ["old", "precious"]);
        std::fs::remove_file(path.join(other)).unwrap();
        export::write_to(&graph, format, &options, &path).unwrap();
        assert_ne!(std::fs::read(path.join(name)).unwrap(), b"old");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside them");
}

#[test]
fn columns_and_edges_have_names_of_their_own() {
    let terms = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        @prefix rap: <https://w3id.org/rapporteur/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
        <https://example.org/ns#label_ar> a owl:DatatypeProperty ; rdfs:domain rap:Entity ; rdfs:range xsd:string ; rdfs:label \"x\"@en .\n\
        <https://example.org/ns#id_> a owl:DatatypeProperty ; rdfs:domain rap:Entity ; rdfs:range xsd:string ; rdfs:label \"y\"@en .\n";
    let organizations = ["a", "b--c", "a--b", "c"]
        .map(|id| format!("{id},Organization,{id},\u{645}\u{646}\u{638}\u{645}\u{629},text,text,d\n"));
    let entities = format!(
        "id,class,label@en,label@ar,label_ar,id_,source\nd,Report,D,,,,\ne,Event,E,,,,d\nf,Event,F,,,,d\n{}",
        organizations.concat()
    );
    let statements = "subject,property,object,source\na,participatesIn,e,d\nb--c,participatesIn,e,d\na--b,participatesIn,f,d\nc,participatesIn,f,d\n";
    let folder = crate::dataset(&[("terms.ttl", terms), ("e.csv", &entities), ("statements.csv", statements)]);
    let ontology = Ontology::with(&[terms]).unwrap();
    let (graph, _) = rapporteur::open(&Source::Folder(folder.path().to_owned()), ontology).unwrap();
    let pairs = View { mode: Mode::OneMode, ..View::default() };
    for (view, elements) in [(View::default(), "key"), (pairs, "edge")] {
        let text = written(&graph, Format::GraphMl, &view);
        let ids: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix(&format!("<{elements} "))).collect();
        let name = |line: &str| {
            let attribute = if elements == "key" { "attr.name=\"" } else { "id=\"" };
            let name = line.split_once(attribute).unwrap().1.split_once('"').unwrap().0.to_owned();
            (line.contains("for=\"edge\""), name)
        };
        let names: std::collections::BTreeSet<_> = ids.iter().map(|line| name(line)).collect();
        assert!(names.len() == ids.len() && !ids.is_empty(), "{ids:#?}");
    }
}

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
                    The same is said by `rapporteur export --explain NAME`. \
                    What is computed of nodes, such as their betweenness, `--with` adds to those that are no RDF.\n"
        .to_owned();
    for format in Format::ALL {
        page.push_str(&format!("\n## {}\n\n{}", format.name(), format.explanation()));
    }
    expect_test::expect_file![repository("docs/feeds.md")].assert_eq(&page);
}

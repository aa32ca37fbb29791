//! What each stage costs at a thousand and a hundred thousand statements: `cargo bench`.
//!
//! The data are [synthetic]. Whole-process figures beside other tools stand in docs/performance.md.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use rapporteur::draw;
use rapporteur::export::{self, Format};
use rapporteur::graph::Selection;
use rapporteur::graph::{KnowledgeGraph, PathOptions};
use rapporteur::link::link;
use rapporteur::ontology::Ontology;
use rapporteur::query::{Engine, Options};
use rapporteur::rdf::Profile;
use rapporteur::read::{self, Source};
use rapporteur::validate::validate;

mod synthetic;

const STATEMENTS: [usize; 2] = [1_000, 100_000];

fn main() {
    divan::main();
}

fn data(statements: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    synthetic::write(folder.path(), statements / 5).unwrap();
    folder
}

fn graph(statements: usize) -> KnowledgeGraph {
    let folder = data(statements);
    rapporteur::open(&Source::Folder(folder.path().to_owned()), Ontology::shipped().unwrap()).unwrap().0
}

#[divan::bench]
fn load_ontology() -> Ontology {
    Ontology::shipped().unwrap()
}

#[divan::bench(args = STATEMENTS)]
fn read_tables(bencher: Bencher<'_, '_>, statements: usize) {
    let (folder, ontology) = (data(statements), Ontology::shipped().unwrap());
    let source = Source::Folder(folder.path().to_owned());
    bencher.bench(|| read::dataset(&source, &ontology).unwrap());
}

#[divan::bench(args = STATEMENTS)]
fn link_records(bencher: Bencher<'_, '_>, statements: usize) {
    let (folder, ontology) = (data(statements), Ontology::shipped().unwrap());
    let (dataset, _) = read::dataset(&Source::Folder(folder.path().to_owned()), &ontology).unwrap();
    bencher.bench(|| link(&dataset, &ontology));
}

#[divan::bench(args = STATEMENTS)]
fn apply_rules(bencher: Bencher<'_, '_>, statements: usize) {
    let (folder, ontology) = (data(statements), Ontology::shipped().unwrap());
    let (dataset, _) = read::dataset(&Source::Folder(folder.path().to_owned()), &ontology).unwrap();
    bencher.with_inputs(|| link(&dataset, &ontology).0).bench_values(|linked| validate(linked, &dataset, &ontology));
}

#[divan::bench(args = STATEMENTS)]
fn write_ntriples(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = graph(statements);
    bencher
        .bench(|| export::write_graph(&graph, Format::NTriples, &export::Options::default(), &mut io::sink()).unwrap());
}

#[divan::bench(args = STATEMENTS)]
fn write_turtle(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = graph(statements);
    bencher
        .bench(|| export::write_graph(&graph, Format::Turtle, &export::Options::default(), &mut io::sink()).unwrap());
}

#[divan::bench(args = STATEMENTS)]
fn find_paths(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = graph(statements);
    let (from, to) = (graph.find("org-0").unwrap(), graph.find("org-1").unwrap());
    bencher.bench(|| graph.paths(black_box(from), to, PathOptions::default()));
}

#[divan::bench(args = STATEMENTS)]
fn draw_neighbourhood(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = graph(statements);
    let (entity, languages) = (graph.find("org-0").unwrap(), graph.languages(None));
    bencher.bench(|| {
        let view = Selection::Around(entity, 1).into();
        let diagram = draw::diagram(&draw::Scene::new(&graph, &view, &languages));
        draw::svg(&diagram, &draw::layout(&diagram))
    });
}

#[divan::bench(args = STATEMENTS, sample_count = 5)]
fn begin_engine(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = Arc::new(graph(statements));
    bencher.bench(|| Engine::new(Arc::clone(&graph), Profile::Direct).unwrap());
}

/// The questions of `benches/queries`, of an engine that has answered each before.
#[divan::bench(args = questions(), sample_count = 5)]
fn ask(bencher: Bencher<'_, '_>, question: &str) {
    static ENGINE: LazyLock<Engine> =
        LazyLock::new(|| Engine::new(Arc::new(graph(STATEMENTS[1])), Profile::default()).unwrap());
    let query = fs::read_to_string(Path::new(QUERIES).join(question)).unwrap();
    ENGINE.run(&query, &Options::default()).unwrap();
    bencher.bench(|| ENGINE.run(&query, &Options::default()).unwrap());
}

const QUERIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/queries");

fn questions() -> Vec<String> {
    let files = fs::read_dir(QUERIES).unwrap();
    let mut names: Vec<_> = files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[divan::bench(args = STATEMENTS)]
fn ask_for_neighbours(bencher: Bencher<'_, '_>, statements: usize) {
    let engine = Engine::new(Arc::new(graph(statements)), Profile::Direct).unwrap();
    let query = "SELECT ?name WHERE { synthetic:org-0 rap:participatesIn/^rap:participatesIn ?other . ?other rdfs:label ?name }";
    bencher.bench(|| engine.run(query, &Options::default()).unwrap());
}

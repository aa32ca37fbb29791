//! What each stage costs at a thousand and a hundred thousand statements: `cargo bench`.
//!
//! The data are synthetic: as many organizations as a fifth of the statements, half as many initiatives and events, each
//! statement with a start date and a paragraph. Whole-process figures beside other tools stand in docs/performance.md.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::fmt::Write as _;
use std::io;
use std::path::Path;

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

const STATEMENTS: [usize; 2] = [1_000, 100_000];

fn main() {
    divan::main();
}

/// Numbers that are the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Writes a data set of so many statements to a folder.
fn write_data(folder: &Path, statements: usize) {
    let organizations = statements / 5;
    let half = organizations / 2;
    let mut numbers = Numbers(1);
    let mut entities = "id,class,label@en,label@ar,acronym,startDate,source\nr,Report,Report,تقرير,,,\n".to_owned();
    for (prefix, class, count) in
        [("org", "Organization", organizations), ("ini", "Initiative", half), ("evt", "Event", half)]
    {
        for number in 0..count {
            let day = 1 + numbers.below(28);
            writeln!(
                entities,
                "{prefix}-{number},{class},Name {number},اسم {number},{prefix}{number},2024-03-{day:02},r#{}",
                1 + numbers.below(99)
            )
            .unwrap();
        }
    }
    let mut links = "subject,property,object,start,source\n".to_owned();
    for number in 0..statements {
        let subject = numbers.below(organizations);
        let (property, object) = match number % 3 {
            0 => ("participatesIn", format!("evt-{}", numbers.below(half))),
            1 => ("contributesTo", format!("ini-{}", numbers.below(half))),
            _ => ("cooperatesWith", format!("org-{}", numbers.below(organizations))),
        };
        writeln!(links, "org-{subject},{property},{object},2024-0{},r#{}", 1 + numbers.below(9), 1 + numbers.below(99))
            .unwrap();
    }
    let paragraphs: String =
        (1..100).fold("document,number\n".to_owned(), |table, number| table + &format!("r,{number}\n"));
    let config = "id = \"s\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\nlanguages = [\"en\", \"ar\"]\n\n[title]\nen = \"Synthetic\"\n";
    for (name, text) in
        [("dataset.toml", config), ("entities.csv", &entities), ("links.csv", &links), ("paragraphs.csv", &paragraphs)]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

fn data(statements: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_data(folder.path(), statements);
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
    bencher.bench(|| export::write(&graph, Format::NTriples, &export::Options::default(), &mut io::sink()).unwrap());
}

#[divan::bench(args = STATEMENTS)]
fn write_turtle(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = graph(statements);
    bencher.bench(|| export::write(&graph, Format::Turtle, &export::Options::default(), &mut io::sink()).unwrap());
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
        let diagram = draw::diagram(&graph, &Selection::Around(entity, 1).into(), &languages);
        draw::svg(&diagram, &draw::layout(&diagram))
    });
}

#[divan::bench(args = STATEMENTS, sample_count = 5)]
fn load_engine(bencher: Bencher<'_, '_>, statements: usize) {
    let graph = graph(statements);
    bencher.bench(|| Engine::new(&graph, Profile::Direct).unwrap());
}

#[divan::bench(args = STATEMENTS)]
fn ask_for_neighbours(bencher: Bencher<'_, '_>, statements: usize) {
    let engine = Engine::new(&graph(statements), Profile::Direct).unwrap();
    let query =
        "SELECT ?name WHERE { s:org-0 rap:participatesIn/^rap:participatesIn ?other . ?other rdfs:label ?name }";
    bencher.bench(|| engine.run(query, &Options::default()).unwrap());
}

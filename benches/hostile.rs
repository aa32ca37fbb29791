//! What inputs cost that ask for much, at three sizes: `cargo bench --bench hostile`. Twice the size must cost twice the
//! time, about, and no more.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::fmt::Write as _;
use std::fs;

use divan::Bencher;
use rapporteur::export::{self, Format};
use rapporteur::graph::{KnowledgeGraph, Mode, Selection, View};
use rapporteur::ontology::Ontology;
use rapporteur::read::Source;
use tempfile::TempDir;

const SIZES: [usize; 3] = [10_000, 20_000, 40_000];

fn main() {
    divan::main();
}

const CONFIG: &str =
    "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

fn data_set(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dataset.toml"), CONFIG).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn open(folder: &TempDir) -> KnowledgeGraph {
    rapporteur::open(&Source::Folder(folder.path().to_owned()), Ontology::shipped().unwrap()).unwrap().0
}

fn bench_open(bencher: Bencher<'_, '_>, files: &[(&str, &str)]) {
    let folder = data_set(files);
    bencher.bench(|| open(&folder));
}

/// So many texts made of their numbers, put together.
fn numbered(size: usize, text: impl Fn(usize) -> String) -> String {
    (0..size).map(text).collect()
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn headers_that_repeat(bencher: Bencher<'_, '_>, size: usize) {
    bench_open(bencher, &[("t.csv", &format!("id,class{}\n", ",label@en".repeat(size)))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn headers_that_mean_nothing(bencher: Bencher<'_, '_>, size: usize) {
    bench_open(bencher, &[("t.csv", &format!("id,class{}\n", numbered(size, |number| format!(",x{number}"))))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn values_of_a_cell(bencher: Bencher<'_, '_>, size: usize) {
    let values = numbered(size, |number| format!("x{number}|"));
    bench_open(bencher, &[("t.csv", &format!("id,class,label@en,partOf\na,Topic,A,{values}\n"))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn keys_of_an_object(bencher: Bencher<'_, '_>, size: usize) {
    let keys = numbered(size, |number| format!(", \"x{number}\": 1"));
    bench_open(bencher, &[("t.jsonl", &format!("{{\"id\": \"a\"{keys}}}\n"))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn values_of_an_array(bencher: Bencher<'_, '_>, size: usize) {
    let values = numbered(size, |number| format!(", \"x{number}\""));
    bench_open(
        bencher,
        &[("t.jsonl", &format!("{{\"id\": \"a\", \"class\": \"Topic\", \"partOf\": [\"x\"{values}]}}\n"))],
    );
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn rows_that_are_ragged(bencher: Bencher<'_, '_>, size: usize) {
    bench_open(bencher, &[("t.csv", &format!("id,class\n{}", "a\n".repeat(size)))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn paragraphs_that_are_not_there(bencher: Bencher<'_, '_>, size: usize) {
    let citing = numbered(size, |number| format!("a{number},Topic,A{number},d#x{number}\n"));
    let paragraphs = numbered(size, |number| format!("d,{number}.1\n"));
    let table = format!("id,class,label@en,source\nd,Report,D,\n{citing}");
    bench_open(bencher, &[("t.csv", &table), ("p.csv", &format!("document,number\n{paragraphs}"))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn references_that_many_bear(bencher: Bencher<'_, '_>, size: usize) {
    let rows = numbered(size, |number| format!("a{number},Topic,Same,Same\n"));
    bench_open(bencher, &[("t.csv", &format!("id,class,label@en,partOf\n{rows}"))]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn dates_of_one_entity(bencher: Bencher<'_, '_>, size: usize) {
    let day = |number: usize| format!("{:04}-{:02}-{:02}", 1 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
    let claims = numbered(size, |number| format!("a,startDate,{}\n", day(number)));
    let folder = data_set(&[
        ("e.csv", "id,class,label@en\na,Organization,A\n"),
        ("s.csv", &format!("subject,property,object\n{claims}")),
    ]);
    let graph = open(&folder);
    let options = export::Options::default();
    bencher.bench(|| export::write_graph(&graph, Format::NTriples, &options, &mut std::io::sink()).unwrap());
}

/// Two entities, and between them layers of so many links in all, each layer linked with all of the next.
#[divan::bench(args = SIZES, sample_count = 5)]
fn paths_over_wide_layers(bencher: Bencher<'_, '_>, size: usize) {
    const LAYERS: usize = 4;
    let width = (size / (LAYERS - 1)).isqrt();
    let (mut entities, mut links) = ("id,class\ns,Topic\nt,Topic\n".to_owned(), "subject,property,object\n".to_owned());
    for number in 0..width {
        writeln!(links, "s,partOf,l0n{number}\nl{}n{number},partOf,t", LAYERS - 1).unwrap();
        for layer in 0..LAYERS {
            writeln!(entities, "l{layer}n{number},Topic").unwrap();
            let next = (0..width).filter(|_| layer + 1 < LAYERS);
            next.for_each(|other| writeln!(links, "l{layer}n{number},partOf,l{}n{other}", layer + 1).unwrap());
        }
    }
    let graph = open(&data_set(&[("e.csv", &entities), ("s.csv", &links)]));
    let [from, to] = ["s", "t"].map(|id| graph.entity_by_id(id).unwrap());
    bencher.bench(|| graph.subgraph(&Selection::Path(from, to).into()));
}

/// So many organizations at one event: from some size on, what is looked at no longer grows.
#[divan::bench(args = SIZES, sample_count = 5)]
fn organizations_at_one_event(bencher: Bencher<'_, '_>, size: usize) {
    let entities = numbered(size, |number| format!("o{number},Organization\n"));
    let links = numbered(size, |number| format!("o{number},participatesIn,ev\n"));
    let graph = open(&data_set(&[
        ("e.csv", &format!("id,class\nev,Event\n{entities}")),
        ("s.csv", &format!("subject,property,object\n{links}")),
    ]));
    let view = View { mode: Mode::OneMode, ..View::default() };
    bencher.bench(|| graph.sharing(&view).pairs().count());
}

/// So many classes, in chains as deep as they may be.
#[divan::bench(args = SIZES, sample_count = 5)]
fn classes_below_others(bencher: Bencher<'_, '_>, size: usize) {
    let above =
        |number: usize| if number.is_multiple_of(200) { "rap:Topic".to_owned() } else { format!("my:C{}", number - 1) };
    let classes = numbered(size, |number| {
        format!("my:C{number} a owl:Class ; rdfs:subClassOf {} ; rdfs:label \"c{number}\"@en .\n", above(number))
    });
    let turtle = format!(
        "@prefix rap: <https://w3id.org/rapporteur/ns#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix my: <https://example.org/terms#> .\n{classes}"
    );
    bencher.bench(|| Ontology::with(&[&turtle]).unwrap());
}

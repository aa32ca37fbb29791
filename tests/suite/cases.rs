use std::fs;

use expect_test::expect_file;
use rapporteur::draw;
use rapporteur::export::{self, Format};
use rapporteur::finding::{self, Code, MessageFormat, Style};
use rapporteur::graph::View;

use crate::{open, repository};

#[test]
fn each_folder_gives_what_stands_beside_it() {
    let mut folders: Vec<_> =
        fs::read_dir(repository("tests/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    for folder in folders {
        let (graph, mut findings) = open(&folder);
        // What is expected stands in the folder, too.
        findings.retain(|finding| finding.code != Code::UnreadFile);
        let mut turtle = Vec::new();
        export::write_graph(&graph, Format::Turtle, &export::Options::default(), &mut turtle).unwrap();
        expect_file![folder.join("expected.ttl")].assert_eq(std::str::from_utf8(&turtle).unwrap());
        let mut messages = Vec::new();
        let style = Style { format: MessageFormat::Human, color: false, all: true, hint: "" };
        finding::write_findings(&findings, style, &mut messages).unwrap();
        expect_file![folder.join("expected.txt")].assert_eq(std::str::from_utf8(&messages).unwrap());
        let (view, languages) = (View::default(), graph.languages(None));
        let diagram = draw::diagram(&draw::Scene::new(&graph, &view, &languages));
        let layout = draw::layout(&diagram);
        expect_file![folder.join("expected.dot")].assert_eq(&draw::dot(&diagram, &layout));
        expect_file![folder.join("expected.svg")].assert_eq(&draw::svg(&diagram, &layout));
    }
}

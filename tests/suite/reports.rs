use rapporteur::graph::KnowledgeGraph;

use crate::cli::{rapporteur, stderr, stdout};
use crate::{dataset, open, repository};

const DOCUMENTS: &str = "id,class,label@en,source\na,Report,First report,\nb,Report,Second report,\nc,Letter,Third,\no,Organization,Body,a#1\n";
const PARAGRAPHS: &str = "document,number,noLink@en\na,1,\na,2,\nb,1,\nb,2,thanks\nc,1,\n";
const CONFIG: &str =
    "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\nlanguages = [\"en\"]\n";

/// A data set whose `dataset.toml` has one line more.
fn with(line: &str) -> tempfile::TempDir {
    dataset(&[
        ("e.csv", &DOCUMENTS.replace("Letter", "Document")),
        ("p.csv", PARAGRAPHS),
        ("s.csv", "subject,property,object,source\no,cooperatesWith,o,a#1|b#1\n"),
        ("dataset.toml", &format!("{CONFIG}{line}\n")),
    ])
}

/// Place, message and help of the findings of a code.
fn findings(line: &str, code: &str) -> Vec<[String; 3]> {
    let found = open(with(line).path()).1;
    let found = found.into_iter().filter(|finding| finding.code.name() == code);
    found.map(|found| [found.location.to_string(), found.message, found.help.unwrap_or_default()]).collect()
}

fn sections(graph: &KnowledgeGraph) -> Vec<String> {
    graph.section_names(&graph.sections())
}

#[test]
fn a_report_that_is_no_document_is_found_at_its_place() {
    assert_eq!(findings("report = [\"a\", \"b\"]", "unknown-report"), [[""; 3]; 0]);
    let found = findings("report = [\"a\", \"Second report\", \"o\", \"a1\"]", "unknown-report");
    let expected = [
        ["dataset.toml:5:16", "no document has the id `Second report`", "did you mean `b`?"],
        [
            "dataset.toml:5:33",
            "`o` is of class Organization, not a document",
            "name a document whose paragraphs are to be covered",
        ],
    ];
    assert_eq!(found[..2], expected);
    assert_eq!(found[2][..2], ["dataset.toml:5:38", "no document has the id `a1`"]);
    assert_eq!(findings("report = \"secnd report\"", "unknown-report")[0][0], "dataset.toml:5:10");
    assert_eq!(findings("report = \"secnd report\"", "unknown-report")[0][2], "did you mean `Second report`?");
}

#[test]
fn the_paragraphs_of_the_reports_are_covered_or_of_all_documents_where_none_is_named() {
    let uncited =
        |line| findings(line, "uncited-paragraph").into_iter().map(|[_, message, _]| message).collect::<Vec<_>>();
    let of =
        |names: &[&str]| names.iter().map(|name| format!("no statement cites paragraph {name}")).collect::<Vec<_>>();
    assert_eq!(uncited("report = \"a\""), of(&["2"]));
    assert_eq!(uncited("report = [\"c\", \"a\"]"), of(&["a#2", "c#1"]));
    assert_eq!(uncited(""), of(&["a#2", "c#1"]));
    assert_eq!(uncited("report = \"b\""), of(&[]));
    let graph = |line| open(with(line).path()).0;
    assert_eq!(sections(&graph("report = \"b\"")), ["1", "2"]);
    assert_eq!(sections(&graph("report = [\"b\", \"a\"]")), ["b#1", "b#2", "a#1", "a#2"]);
    assert_eq!(sections(&graph("")), ["a#1", "a#2", "b#1", "b#2", "c#1"]);
}

#[test]
fn a_section_of_several_reports_is_named_with_its_report() {
    let output = rapporteur(&repository("tests/reports"), &["--data", ".", "draw", "--section", "2"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("write the one that is meant: council#2, resolution#2"), "{}", stderr(&output));
}

#[test]
fn figures_are_of_each_report_and_of_all() {
    let stats = |format| {
        let output = rapporteur(&repository("tests/reports"), &["--data", ".", "stats", "-F", format]);
        stdout(&output).to_owned()
    };
    for line in [
        "paragraphs       8  7 covered: 5 cited, 2 without a link\n",
        "not covered: council#3.1\n",
        " council: 4 in 3 sections, 3 covered: 2 cited, 1 without a link; 7 statements cite it\n",
        " resolution: 4 in 3 sections, 4 covered: 3 cited, 1 without a link; 7 statements cite it\n",
    ] {
        assert!(stats("table").contains(line), "{line}: {}", stats("table"));
    }
    for line in ["paragraphs,,8\r\n", "paragraphs,council,4\r\n", "statements,resolution,7\r\n"] {
        assert!(stats("csv").contains(line), "{line}: {}", stats("csv"));
    }
    let json: serde_json::Value = serde_json::from_str(&stats("json")).unwrap();
    assert_eq!(json["paragraphs"]["uncovered"], serde_json::json!(["council#3.1"]));
    assert_eq!(json["reports"][1]["id"], "resolution");
    assert_eq!(json["reports"][1]["paragraphs"]["all"], 4);
}

#[test]
fn a_new_data_set_may_be_of_several_reports() {
    let folder = tempfile::tempdir().unwrap();
    let made = rapporteur(folder.path(), &["new", "x", "--report", "Council", "--report", "Assembly", "--csv"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let (graph, findings) = open(&folder.path().join("x"));
    let codes: Vec<_> = findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, [""; 0], "{findings:?}");
    let names: Vec<_> = graph.reports().iter().map(|&report| graph.label(report, &graph.languages(None))).collect();
    assert_eq!(names, ["Council", "Assembly"]);
}

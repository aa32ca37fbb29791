//! What queries give, in which order and form, and what they are told when they are wrong.

mod counted;
mod explained;
mod hostile;
mod standard;

use oxrdf::{GraphName, Quad, Triple};
use oxrdfio::{RdfFormat, RdfParser};

use std::sync::Arc;

use super::*;
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::rdf::Profile;
use crate::read::Source;

const DATA: &str = r#"
    ex:itu a rap:Organization ; rap:label "ITU"@en , "الاتحاد الدولي للاتصالات"@ar ; rap:founded 1865 .
    ex:wsis a rap:Initiative ; rap:label "WSIS"@en ; rap:ledBy ex:itu .
    GRAPH ex:report { ex:undp rap:leads ex:wsis }
    GRAPH ex:annex { ex:who rap:leads ex:wsis }
"#;

fn prefixes() -> Vec<(String, String)> {
    [("ex", "http://e/"), ("rap", "http://rap/")].map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).into()
}

/// Returns a graph of nothing.
fn empty() -> KnowledgeGraph {
    let folder = tempfile::tempdir().unwrap();
    let config = "id = \"t\"\nbase = \"http://base/\"\nlicense = \"http://e/licence\"\nlanguages = [\"en\"]\n[title]\nen = \"Test\"\n";
    std::fs::write(folder.path().join("dataset.toml"), config).unwrap();
    crate::open(&Source::Folder(folder.path().to_owned()), Ontology::shipped().unwrap()).unwrap().0
}

/// Returns an engine that holds the quads of a text in `TriG`, and knows two prefixes.
fn engine(trig: &str) -> Engine {
    let text = format!("PREFIX ex: <http://e/> PREFIX rap: <http://rap/> {trig}");
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&text).collect::<Result<_, _>>().unwrap();
    Engine::with(Arc::new(empty()), Profile::default(), prefixes(), quads).unwrap()
}

fn ask(query: &str) -> Answer {
    engine(DATA).run(query, &Options::default()).unwrap()
}

fn fail(query: &str) -> QueryError {
    engine(DATA).run(query, &Options::default()).unwrap_err()
}

fn written(answer: &Answer, format: Format) -> String {
    let mut out = Vec::new();
    write(answer, format, &prefixes(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Checks the table that answers a query.
#[track_caller]
fn check(query: &str, expected: &expect_test::Expect) {
    expected.assert_eq(&written(&ask(query), Format::Table));
}

#[test]
fn prefixes_are_known() {
    check(
        "SELECT ?what { ?what rap:ledBy ex:itu }",
        &expect_test::expect![[r"
        what
        ───────
        ex:wsis
    "]],
    );
}

#[test]
fn ask_gives_yes_or_no() {
    assert_eq!(ask("ASK { ex:wsis rap:ledBy ex:itu }"), Answer::Boolean(true));
    assert_eq!(ask("ASK { ex:itu rap:ledBy ex:wsis }"), Answer::Boolean(false));
}

#[test]
fn solutions_without_order_by_are_sorted_unbound_first() {
    check(
        "SELECT ?n ?s { ?s a ?class OPTIONAL { ?s rap:founded ?n } }",
        &expect_test::expect![[r"
            n     s
            ────  ───────
                  ex:wsis
            1865  ex:itu
        "]],
    );
}

#[test]
fn solutions_with_order_by_are_in_its_order_and_those_of_a_subquery_are_not() {
    let numbers = |query: &str| written(&ask(query), Format::Csv).replace("\r\n", " ");
    assert_eq!(numbers("SELECT * { VALUES ?n { 9 10 1 } } ORDER BY DESC(?n)"), "n 10 9 1 ");
    assert_eq!(numbers("SELECT * { { SELECT * { VALUES ?n { 9 10 1 } } ORDER BY ?n } }"), "n 1 10 9 ");
}

#[test]
fn columns_are_in_the_order_of_select_or_of_first_occurrence() {
    let variables = |query| match ask(query) {
        Answer::Solutions { variables, .. } => variables,
        _ => Vec::new(),
    };
    assert_eq!(variables("SELECT ?z ?a { ?a ?m ?z }"), ["z", "a"]);
    assert_eq!(variables("SELECT * { ?z ?m $a }"), ["z", "m", "a"]);
    assert_eq!(variables("SELECT DISTINCT * { ?z ?m ?a }"), ["z", "m", "a"]);
    assert!(variables("SELECT * {}").is_empty());
}

#[test]
fn construct_gives_each_triple_once_and_sorted() {
    let answer =
        ask("CONSTRUCT { ?leader rap:leads ?what . ex:a rap:leads ?what } { ?what rap:ledBy ?leader, ?other }");
    assert_eq!(
        written(&answer, Format::NTriples),
        "<http://e/a> <http://rap/leads> <http://e/wsis> .\n<http://e/itu> <http://rap/leads> <http://e/wsis> .\n"
    );
    assert_eq!(answer.rows(), Some(2));
}

#[test]
fn describe_gives_the_triples_of_a_node_with_the_prefixes_that_it_uses() {
    let answer = ask("DESCRIBE ex:wsis");
    expect_test::expect![[r#"
        @prefix rap: <http://rap/> .
        @prefix ex: <http://e/> .
        ex:wsis rap:label "WSIS"@en ;
        	rap:ledBy ex:itu ;
        	a rap:Initiative .
    "#]]
    .assert_eq(&written(&answer, Format::Turtle));
}

#[test]
fn blank_nodes_are_numbered() {
    let answer = ask("SELECT ?node ?same { VALUES ?n { 1 2 } BIND(BNODE() AS ?node) BIND(?node AS ?same) }");
    assert_eq!(written(&answer, Format::Csv), "node,same\r\n_:b0,_:b0\r\n_:b1,_:b1\r\n");
}

#[test]
fn without_from_the_default_graph_alone_is_asked() {
    let leaders = "SELECT ?who { ?who rap:leads ex:wsis }";
    assert_eq!(ask(leaders).rows(), Some(0));
    assert_eq!(ask("SELECT ?who { GRAPH ?source { ?who rap:leads ex:wsis } }").rows(), Some(2));
}

#[test]
fn from_and_from_named_choose_the_graphs() {
    assert_eq!(ask("SELECT ?who FROM ex:report { ?who rap:leads ex:wsis }").rows(), Some(1));
    assert_eq!(ask("SELECT ?who FROM ex:report FROM ex:annex { ?who rap:leads ex:wsis }").rows(), Some(2));
    assert_eq!(ask("SELECT ?who FROM NAMED ex:annex { GRAPH ?source { ?who rap:leads ex:wsis } }").rows(), Some(1));
    assert_eq!(ask("SELECT ?who FROM NAMED ex:annex { ?who rap:label ?label }").rows(), Some(0));
}

#[test]
fn triple_terms_are_found_and_shown() {
    let engine = engine("ex:s rap:reifies <<( ex:itu rap:leads \"ع\"@ar )>> .");
    let answer = engine.run("SELECT ?what { ?s ?p ?what }", &Options::default()).unwrap();
    let expected = "what\n────────────────────────────\n\u{2066}<<( ex:itu rap:leads ع )>>\u{2069}\n";
    assert_eq!(written(&answer, Format::Table).replace('─', ""), expected.replace('─', ""));
}

#[test]
fn results_are_written_in_every_format_that_holds_them() {
    let solutions = ask("SELECT ?s ?n ?none { ?s rap:founded ?n }");
    let yes = ask("ASK {}");
    let texts = [Format::Csv, Format::Tsv, Format::Json, Format::Xml, Format::Table]
        .map(|format| format!("{}\n{}", written(&solutions, format).replace('\r', ""), written(&yes, format)));
    expect_test::expect![[r#"
        s,n,none
        http://e/itu,1865,

        true

        ?s	?n	?none
        <http://e/itu>	1865	

        true

        {"head":{"vars":["s","n","none"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://e/itu"},"n":{"type":"literal","value":"1865","datatype":"http://www.w3.org/2001/XMLSchema#integer"}}]}}

        {"head":{},"boolean":true}

        <?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/><variable name="n"/><variable name="none"/></head><results><result><binding name="s"><uri>http://e/itu</uri></binding><binding name="n"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">1865</literal></binding></result></results></sparql>

        <?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head><boolean>true</boolean></sparql>

        s       n     none
        ──────  ────  ────
        ex:itu  1865

        true
    "#]]
    .assert_eq(&texts.join("\n"));
}

#[test]
fn triples_read_back_from_every_syntax_are_the_same() {
    let answer = ask("CONSTRUCT { ?s ?p ?o . ?s rap:says [ rap:of ?o ] } { ?s rap:label ?o ; ?p ?o }");
    let Answer::Graph(triples) = &answer else { unreachable!("CONSTRUCT gives a graph") };
    let sorted = |mut triples: Vec<Triple>| {
        triples.sort_by_key(ToString::to_string);
        triples
    };
    let syntaxes = [
        (Format::Turtle, RdfFormat::Turtle),
        (Format::NTriples, RdfFormat::NTriples),
        (Format::TriG, RdfFormat::TriG),
        (Format::NQuads, RdfFormat::NQuads),
        (Format::RdfXml, RdfFormat::RdfXml),
        (Format::JsonLd, RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() }),
    ];
    for (format, syntax) in syntaxes {
        let text = written(&answer, format);
        let quads: Vec<Quad> = RdfParser::from_format(syntax).for_slice(&text).collect::<Result<_, _>>().unwrap();
        assert!(quads.iter().all(|quad| quad.graph_name == GraphName::DefaultGraph));
        assert_eq!(sorted(quads.into_iter().map(Triple::from).collect()), sorted(triples.clone()), "{}", format.name());
    }
}

#[test]
fn a_format_that_cannot_hold_an_answer_is_refused() {
    for format in Format::ALL {
        for (query, shape) in
            [("SELECT * {}", Shape::Solutions), ("ASK {}", Shape::Boolean), ("DESCRIBE ex:itu", Shape::Graph)]
        {
            let result = write(&ask(query), format, &[], &mut Vec::new());
            assert_eq!(result.is_ok(), format.holds(shape), "{} {query}", format.name());
        }
    }
    let error = write(&ask("ASK {}"), Format::Turtle, &[], &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "turtle cannot hold the yes or no of ASK");
    assert_eq!(error.help().as_deref(), Some("use table, csv, tsv, json or xml"));
}

#[test]
fn names_and_extensions_lead_to_one_format_each() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Some(format));
        assert_eq!(Format::from_name(format.extension()), Some(format));
    }
}

#[test]
fn a_format_that_fits_is_chosen() {
    for (query, format, on_terminal) in [
        ("ASK {}", Format::Csv, Format::Table),
        ("SELECT * {}", Format::Csv, Format::Table),
        ("DESCRIBE ex:itu", Format::Turtle, Format::Turtle),
    ] {
        assert_eq!(
            (Format::fitting(ask(query).shape(), false), Format::fitting(ask(query).shape(), true)),
            (format, on_terminal)
        );
    }
}

#[test]
fn the_graph_and_its_ontology_are_asked_together() {
    let (graph, _) = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap();
    let engine = Engine::new(Arc::new(graph), Profile::default()).unwrap();
    let query = "ASK {
        ?class rdfs:subClassOf* rap:Organization ; rdfs:label 'organization'@en .
        ?itu a ?class ; skos:prefLabel|rdfs:label ?label .
    }";
    assert_eq!(engine.run(query, &Options::default()).unwrap(), Answer::Boolean(true));
}

#[test]
fn statements_have_the_same_names_before_and_after_all_are_hashed_at_once() {
    let engine = Engine::new(Arc::new(crate::tests::shipped()), Profile::default()).unwrap();
    let query = "SELECT ?statement { ?statement a rap:Statement } ORDER BY ?statement";
    let first = engine.run(query, &Options::default()).unwrap();
    // Each run names each statement at least once, and the sorting many of them several times.
    let runs = 20_000 / first.rows().unwrap() + 1;
    for _ in 0..runs {
        assert_eq!(engine.run(query, &Options::default()).unwrap(), first);
    }
}

//! What queries answer, compared with a store that holds the exported quads.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, Term, Triple};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use proptest::prelude::*;
use rapporteur::export::{self, Format};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::query::{Answer, Engine, Options, QueryError};
use rapporteur::rdf::{Profile, prefixes};

use crate::{dataset, open, repository, shipped};

/// An answer without the order of its rows, numbers by their value, languages in lower case: how often there is each row.
type Rows = BTreeMap<Vec<(String, String)>, usize>;

fn store(graph: &KnowledgeGraph, profile: Profile) -> Store {
    let store = Store::new().unwrap();
    let mut quads = Vec::new();
    let options = export::Options { profile, ..export::Options::default() };
    export::write_graph(graph, Format::NQuads, &options, &mut quads).unwrap();
    store.load_from_slice(RdfFormat::NQuads, &quads).unwrap();
    for text in graph.ontology().texts() {
        store.load_from_slice(RdfParser::from_format(RdfFormat::Turtle), text).unwrap();
    }
    store
}

fn shown(term: &Term) -> String {
    match term {
        Term::Literal(literal) => shown_literal(literal),
        Term::Triple(triple) => shown_triple(triple).concat(),
        Term::BlankNode(_) => "_:blank".to_owned(),
        Term::NamedNode(_) => term.to_string(),
    }
}

fn shown_literal(literal: &Literal) -> String {
    let datatype = literal.datatype().as_str();
    let name = datatype.strip_prefix("http://www.w3.org/2001/XMLSchema#").unwrap_or_default();
    match (literal.value().parse::<f64>(), literal.language()) {
        (Ok(number), None) if matches!(name, "integer" | "decimal" | "double" | "float") => {
            format!("{number:.9} {name}")
        }
        (_, Some(tag)) => format!("{:?}@{}", literal.value(), tag.to_ascii_lowercase()),
        _ => literal.to_string(),
    }
}

fn shown_triple(triple: &Triple) -> [String; 3] {
    [shown(&triple.subject.clone().into()), triple.predicate.to_string(), shown(&triple.object)]
}

fn rows_of<'a>(variables: &[String], rows: impl Iterator<Item = Vec<Option<&'a Term>>>) -> Rows {
    let mut counted = Rows::new();
    for row in rows {
        let bound = variables.iter().zip(row).filter_map(|(name, term)| Some((name.clone(), shown(term?))));
        let mut bound: Vec<_> = bound.collect();
        bound.sort();
        *counted.entry(bound).or_default() += 1;
    }
    counted
}

fn triples<'a>(triples: impl Iterator<Item = &'a Triple>) -> Rows {
    let row = |triple| shown_triple(triple).into_iter().map(|term| (String::new(), term)).collect();
    triples.map(|triple| (row(triple), 1)).collect()
}

fn yes_or_no(value: bool) -> Rows {
    Rows::from([(vec![(String::new(), value.to_string())], 1)])
}

fn ours(engine: &Engine, query: &str) -> Rows {
    ours_within(engine, query, usize::MAX).unwrap()
}

/// Our answer, or nothing if it has more rows than may be.
fn ours_within(engine: &Engine, query: &str, limit: usize) -> Option<Rows> {
    let options = Options { max_rows: Some(limit), ..Options::default() };
    Some(match engine.run(query, &options) {
        Ok(Answer::Solutions { variables, rows }) => {
            rows_of(&variables, rows.iter().map(|row| row.iter().map(Option::as_ref).collect()))
        }
        Ok(Answer::Boolean(value)) => yes_or_no(value),
        Ok(Answer::Graph(graph)) => triples(graph.iter()),
        Err(QueryError::TooManyRows { .. }) => return None,
        Err(error) => panic!("{query}: {error:?}"),
    })
}

fn theirs(store: &Store, prefixes: &[(String, String)], query: &str) -> Rows {
    theirs_within(store, prefixes, query, usize::MAX).unwrap()
}

/// The store's answer, or nothing if it has more rows than may be.
fn theirs_within(store: &Store, prefixes: &[(String, String)], query: &str, limit: usize) -> Option<Rows> {
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, namespace) in prefixes {
        evaluator = evaluator.with_prefix(prefix, namespace).unwrap();
    }
    Some(match evaluator.parse_query(query).unwrap().on_store(store).execute().unwrap() {
        QueryResults::Solutions(solutions) => {
            let variables: Vec<_> = solutions.variables().iter().map(|name| name.as_str().to_owned()).collect();
            let rows: Vec<_> =
                solutions.take(limit.saturating_add(1)).map(|row| row.unwrap().values().to_vec()).collect();
            if rows.len() > limit {
                return None;
            }
            rows_of(&variables, rows.iter().map(|row| row.iter().map(Option::as_ref).collect()))
        }
        QueryResults::Boolean(value) => yes_or_no(value),
        QueryResults::Graph(graph) => triples(graph.map(Result::unwrap).collect::<Vec<_>>().iter()),
    })
}

/// The queries of a profile, and whether the store answers each as we do.
fn queries(profile: Profile) -> Vec<(String, bool)> {
    let path = repository("tests/queries").join(profile.name()).with_extension("rq");
    let text = fs::read_to_string(path).unwrap();
    let (mut queries, mut agrees) = (Vec::new(), true);
    for line in text.lines() {
        match line {
            _ if line.starts_with("#! oxigraph: ") => agrees = false,
            _ if line.starts_with('#') || line.is_empty() => {}
            _ => queries.push((line.to_owned(), std::mem::replace(&mut agrees, true))),
        }
    }
    queries
}

fn compare(profile: Profile) -> usize {
    let graph = shipped();
    let (store, prefixes) = (store(&graph, profile), prefixes(&graph));
    let engine = Engine::new(Arc::new(graph), profile).unwrap();
    let queries = queries(profile);
    let mut wrong = Vec::new();
    for (query, agrees) in &queries {
        let (ours, theirs) = (ours(&engine, query), theirs(&store, &prefixes, query));
        if (ours == theirs) != *agrees {
            let more = |one: &Rows, other: &Rows| {
                one.iter()
                    .filter(|(row, n)| other.get(*row) != Some(n))
                    .take(2)
                    .map(|it| format!("{it:?}"))
                    .collect::<Vec<_>>()
            };
            wrong.push(format!("{query}\n  ours: {:?}\n  theirs: {:?}", more(&ours, &theirs), more(&theirs, &ours)));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), queries.len(), wrong.join("\n"));
    queries.len()
}

#[test]
fn queries_over_statements_are_answered_as_a_store_of_the_quads_does() {
    assert!(compare(Profile::Statements) >= 250);
}

#[test]
fn queries_over_named_graphs_are_answered_as_a_store_of_the_quads_does() {
    assert!(compare(Profile::Graphs) >= 30);
}

#[test]
fn queries_over_triple_terms_are_answered_as_a_store_of_the_quads_does() {
    assert!(compare(Profile::Rdf12) >= 20);
}

#[test]
fn the_questions_and_the_benchmarks_are_answered_as_a_store_of_the_quads_does() {
    let graph = shipped();
    let (store, prefixes) = (store(&graph, Profile::Statements), prefixes(&graph));
    let engine = Engine::new(Arc::new(graph), Profile::Statements).unwrap();
    let mut compared = 0;
    for folder in ["tests/competency", "benches/queries"] {
        for path in fs::read_dir(repository(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|extension| extension == "rq") {
                let query = fs::read_to_string(&path).unwrap().replace("synthetic:", "c24:");
                assert_eq!(ours(&engine, &query), theirs(&store, &prefixes, &query), "{}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared >= 91);
}

#[test]
fn languages_are_the_same_in_any_case() {
    let entities = "id,class,label@en,label@zh-Hant,label@pt-BR,source\nd,Report,,,,\na,Organization,A,甲,Á,d\n";
    let folder = dataset(&[("e.csv", entities)]);
    let engine = Engine::new(Arc::new(open(folder.path()).0), Profile::default()).unwrap();
    for query in [
        "SELECT ?s { ?s rdfs:label \"甲\"@zh-Hant }",
        "SELECT ?s { ?s rdfs:label \"Á\"@pt-BR }",
        "SELECT ?s { ?s rdfs:label \"Á\"@PT-br }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(?l = \"甲\"@zh-Hant) }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(?l IN (\"x\", \"Á\"@pt-BR)) }",
        "SELECT ?s { VALUES ?l { \"甲\"@zh-hant } ?s rdfs:label ?l }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(?l = STRLANG(\"Á\", \"pt-BR\")) }",
        "SELECT ?s { BIND(STRLANG(\"Á\", \"pt-BR\") AS ?l) ?s rdfs:label ?l }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(LANG(?l) = \"pt-BR\") }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(\"zh-hant\" = LANG(?l)) }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(LANG(?l) IN (\"zh-Hant\", \"tlh\")) }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(LANGMATCHES(LANG(?l), \"zh-HANT\")) }",
        "SELECT ?s { ?s rdfs:label ?l FILTER(SAMETERM(?l, \"甲\"@zh-Hant)) }",
    ] {
        let answer = engine.run(query, &Options::default()).unwrap();
        assert_eq!(answer.rows(), Some(1), "{query}");
    }
    let Answer::Solutions { rows, .. } = engine.run("SELECT ?l { t:a rdfs:label ?l }", &Options::default()).unwrap()
    else {
        panic!("SELECT gives solutions");
    };
    let tags: Vec<_> =
        rows.iter().flatten().flatten().map(|term| term.to_string().rsplit('@').next().unwrap().to_owned()).collect();
    assert_eq!(tags, ["en", "pt-BR", "zh-Hant"]);
}

/// A row of entities: class, label, alternative label, start and end.
fn entity() -> impl Strategy<Value = [&'static str; 4]> {
    let class = prop::sample::select(vec!["Organization", "Organ", "Conference", "Initiative", "Report"]);
    let label = prop::sample::select(vec!["A", "B", "C"]);
    let other = prop::sample::select(vec!["", "A", "B|B", "C"]);
    let date =
        prop::sample::select(vec!["", "2024", "2024-01-01", "2024-01", "2023-12-31/2024-01-01", "2024~", "2024-05/.."]);
    (class, label, other, date).prop_map(|(class, label, other, date)| [class, label, other, date])
}

/// A row of statements: subject, property, object, start, rank, source.
fn statement() -> impl Strategy<Value = String> {
    let id = || prop::sample::select(vec!["e0", "e1", "e2", "e3", "e4"]);
    let link = (id(), prop::sample::select(vec!["cooperatesWith", "about", "partOf"]), id())
        .prop_map(|(subject, property, object)| format!("{subject},{property},{object}"));
    let date = (id(), prop::sample::select(vec!["2024", "2024-01", "2024-01-01", "2023"]))
        .prop_map(|(subject, date)| format!("{subject},startDate,{date}"));
    let name = (id(), prop::sample::select(vec!["A", "B", "Z"]))
        .prop_map(|(subject, name)| format!("{subject},altLabel@en,{name}"));
    let start = prop::sample::select(vec!["", "2020", "2020-05-01"]);
    let rank = prop::sample::select(vec!["", "deprecated", "preferred"]);
    let source = prop::sample::select(vec!["d#1", "d#2", "d", "d2", "d#1|d2"]);
    (prop_oneof![3 => link, 1 => date, 1 => name], start, rank, source)
        .prop_map(|(said, start, rank, source)| format!("{said},{start},{rank},{source}"))
}

fn pattern() -> impl Strategy<Value = String> {
    let end = || prop::sample::select(vec!["?a", "?b", "?c", "?d", "t:e0", "t:e1", "t:d"]);
    let property = prop::sample::select(vec![
        "?p",
        "?q",
        "a",
        "rdfs:label",
        "skos:altLabel",
        "rap:cooperatesWith",
        "rap:partOf",
        "rap:about",
        "rdf:subject",
        "rdf:predicate",
        "rdf:object",
        "rap:rank",
        "prov:hadPrimarySource",
        "dcterms:source",
        "rap:startDate",
        "rap:startDateEarliest",
        "rap:startDateLatest",
        "rap:startEarliest",
        "rap:start",
        "rap:number",
        "rap:position",
        "dcterms:isPartOf",
        "rdf:reifies",
        "rap:partOf+",
        "rap:partOf*",
        "^rap:about",
        "rap:partOf/rap:about",
        "!rdf:type",
    ]);
    let object = prop_oneof![
        3 => end().prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "rap:Organization", "rap:Organ", "rap:Statement", "rap:Paragraph", "\"A\"@en", "\"B\"@en", "\"1\"", "1", "2",
            "\"2024-01-01\"^^xsd:date", "\"2024\"^^edtf:EDTF", "rap:normal", "rap:deprecated", "rap:partOf",
        ]).prop_map(str::to_owned),
    ];
    (end(), property, object).prop_map(|(subject, property, object)| format!("{subject} {property} {object} ."))
}

fn query() -> impl Strategy<Value = String> {
    (pattern(), pattern(), pattern(), 0..9).prop_map(|(one, other, third, shape)| match shape {
        0 => format!("SELECT * {{ {one} }}"),
        1 => format!("SELECT * {{ {one} {other} }}"),
        2 => format!("SELECT * {{ {one} OPTIONAL {{ {other} }} }}"),
        3 => format!("SELECT * {{ {{ {one} }} UNION {{ {other} {third} }} }}"),
        4 => format!("SELECT * {{ {one} MINUS {{ {other} }} }}"),
        5 => format!("SELECT * {{ {one} FILTER EXISTS {{ {other} }} }}"),
        6 => format!("SELECT * {{ GRAPH ?g {{ {one} }} }}"),
        7 => format!("SELECT * FROM t:d FROM NAMED t:d2 {{ {one} OPTIONAL {{ GRAPH ?g {{ {other} }} }} }}"),
        _ => format!("SELECT (COUNT(*) AS ?n) {{ {one} {other} }}"),
    })
}

/// A path of no length from a constant, which the store answers only for nodes of the graph: not compared.
fn is_compared(query: &str) -> bool {
    let is_variable = |end: &str| end.starts_with('?');
    let mut words = query.split_whitespace();
    let mut before = "";
    loop {
        match words.next() {
            Some("rap:partOf*") => return is_variable(before) && words.next().is_some_and(is_variable),
            Some(word) => before = word,
            None => return true,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_pattern_over_any_data_is_answered_as_a_store_of_the_quads_does(
        entities in prop::collection::vec(entity(), 5),
        statements in prop::collection::vec(statement(), 0..12),
        profile in prop::sample::select(Profile::ALL.to_vec()),
        queries in prop::collection::vec(query(), 24),
    ) {
        let mut rows = "id,class,label@en,altLabel@en,startDate,source\nd,Report,D,,,\nd2,Report,D,,,\n".to_owned();
        for (number, [class, label, other, date]) in entities.iter().enumerate() {
            rows += &format!("e{number},{class},{label},{other},{date},d#1\n");
        }
        let said = format!("subject,property,object,start,rank,source\n{}\n", statements.join("\n"));
        let folder = dataset(&[("e.csv", &rows), ("p.csv", "document,number\nd,1\nd,2\n"), ("s.csv", &said)]);
        let (graph, _) = open(folder.path());
        let (store, prefixes) = (store(&graph, profile), prefixes(&graph));
        let engine = Engine::new(Arc::new(graph), profile).unwrap();
        for query in queries.iter().filter(|query| is_compared(query)) {
            // Two patterns that share nothing have as many rows as their product, and to count them takes as long.
            let limit = 100_000;
            let uncounted = query.replace("(COUNT(*) AS ?n)", "*");
            if uncounted != *query && ours_within(&engine, &uncounted, limit).is_none() {
                continue;
            }
            let (ours, theirs) = (ours_within(&engine, query, limit), theirs_within(&store, &prefixes, query, limit));
            prop_assert_eq!(ours, theirs, "{} {}", profile.name(), query);
        }
    }
}

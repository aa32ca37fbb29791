//! Each function called once, on the shipped data, as its callers do.

use std::sync::Arc;

use crate::draw::{Picture, Scene, diagram};
use crate::graph::{Selection, View};
use crate::publish::{
    Address, Cited, Exploration, FairResult, ParagraphError, PictureFormat, SearchIndex, Site, StatementTold, Subject,
    alone, chosen, entity_page, fair_checks, find_paragraph,
};
use crate::query::{Engine, Options};
use crate::rdf::Profile;
use crate::tests::shipped;

#[test]
fn a_paragraph_is_found_by_its_number_its_reference_and_its_iri() {
    let graph = shipped();
    let paragraph = find_paragraph(&graph, "c24#2.10").unwrap();
    assert_eq!(find_paragraph(&graph, "2.10"), Ok(paragraph));
    assert_eq!(find_paragraph(&graph, "https://w3id.org/rapporteur/c24/c24/para/2.10"), Ok(paragraph));
    assert!(matches!(find_paragraph(&graph, "c24#2.10000"), Err(ParagraphError::Unknown { .. })));
}

#[test]
fn the_ontology_is_checked_in_24_points() {
    let checks = fair_checks(&shipped());
    assert_eq!(checks.len(), 24);
    assert!(checks.iter().any(|check| check.name == "VER1" && check.result == FairResult::Met));
}

#[test]
fn what_an_answer_names_is_a_part_of_the_graph() {
    let graph = Arc::new(shipped());
    let engine = Engine::new(Arc::clone(&graph), Profile::Statements).unwrap();
    let answer = engine.run("SELECT ?fund { ?fund a rap:Fund }", &Options::default()).unwrap();
    assert_eq!(chosen(&graph, &answer, "Funds".to_owned()).unwrap().entities.len(), 4);
}

#[test]
fn a_page_of_an_entity_has_what_it_says_and_what_others_say_of_it() {
    let graph = shipped();
    let page = entity_page(&graph, graph.find("ITU").unwrap(), &graph.languages(None));
    assert_eq!(page.id, "itu");
    assert!(!page.said.is_empty() && !page.said_by_others.is_empty());
}

#[test]
fn pictures_have_formats_by_their_extensions() {
    assert_eq!(PictureFormat::from_extension("html"), Some(PictureFormat::Html));
    assert_eq!(PictureFormat::from_extension("gif"), None);
}

#[test]
fn a_cell_of_sources_is_told_with_what_is_unknown_in_it() {
    let graph = shipped();
    let (cited, unknown) = Cited::listed(&graph, "c24#2.4, c24, 99.99", &graph.languages(None));
    assert_eq!(cited.iter().map(|cited| cited.paragraph).collect::<Vec<_>>(), [Some("2.4"), None]);
    assert_eq!(unknown, ["99.99"]);
    let first = graph.statement_ids().next().unwrap();
    let told = StatementTold::new(&graph, first, &graph.languages(None));
    assert!(told.cited.iter().all(|cited| cited.iri.starts_with("https://w3id.org/rapporteur/c24/")));
}

#[test]
fn an_exploration_is_its_address() {
    let graph = shipped();
    let pairs = [("add", "itu"), ("open", "itu,cooperatesWith"), ("no", "Place")];
    let exploration = Exploration::read(&graph, pairs).unwrap();
    assert_eq!(exploration.address(&graph), pairs.map(|(name, value)| (name, value.to_owned())));
    assert!(exploration.explored(&graph).entities().len() > 2);
    let (diagram, layout) = exploration.picture(&graph, &graph.languages(None)).unwrap();
    assert_eq!(diagram.nodes.len(), layout.nodes.len());
}

#[test]
fn names_are_searched_in_any_language() {
    let graph = shipped();
    let (hits, n) = SearchIndex::new(&graph).find(&graph, "الاتحاد الدولي", 10);
    assert_eq!(graph.id(hits[0].entity), "itu");
    assert!(n >= hits.len());
}

#[test]
fn pages_and_pictures_have_paths() {
    let graph = shipped();
    let (site, language) = (Site::new(&graph, &[], graph.languages(None)), graph.languages(None)[0]);
    let itu = Address { subject: Subject::Entity(graph.find("ITU").unwrap()), part: 0 };
    assert_eq!(site.path(itu), "entity/itu.html");
    assert!(site.page(itu, language).starts_with("<!DOCTYPE html>"));
    let start = Address { subject: Subject::Start, part: 0 };
    assert_eq!(site.address("index.html", language), Some(start));
    assert_eq!(site.address("nobody.html", language), None);
    assert!(site.picture_svg("picture/section-7.svg", language).unwrap().starts_with("<svg"));
    assert_eq!(site.picture_svg("picture/nothing.svg", language), None);
}

#[test]
fn a_picture_stands_alone_in_a_file() {
    let graph = shipped();
    let view = View::from(Selection::Section(graph.sections_called("7").remove(0)));
    let drawn = |languages: &[_]| Picture::Network(diagram(&Scene::new(&graph, &view, languages)));
    let html = alone(&graph, drawn, &graph.languages(None)).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("default-src 'none'"));
}

use std::collections::BTreeSet;

use super::*;
use crate::draw::{Scene, diagram, timeline};
use crate::graph::{Mode, Selection, View};
use crate::ontology::Ontology;
use crate::read::Source;

fn graph() -> KnowledgeGraph {
    crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
}

/// The values of an attribute, in order.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn between<'h>(html: &'h str, start: &str, end: &str) -> &'h str {
    html.split(start).nth(1).and_then(|rest| rest.split(end).next()).unwrap_or_default()
}

/// Checks what holds of each file.
fn check(html: &str, name: &str) {
    assert!(html.len() < MOST_BYTES, "{name}: {} bytes", html.len());
    let ids: Vec<&str> = values(html, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{name}");
    for address in values(html, "href") {
        match address.strip_prefix('#') {
            Some(place) => assert!(unique.contains(place), "{name}: nothing at {address}"),
            None => assert!(address.starts_with("http"), "{name}: {address}"),
        }
    }
    for object in values(html, "data-object") {
        assert!(unique.contains(object), "{name}: {object}");
    }
    for statement in values(html, "data-statements").iter().flat_map(|ids| ids.split_whitespace()) {
        assert!(unique.contains(format!("s{statement}").as_str()), "{name}: statement {statement}");
    }
    let policy = html.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    let own = |element: &str| digest(between(html, &format!("<{element}>"), &format!("</{element}>")));
    for (directive, element) in [("script-src", "script"), ("style-src", "style")] {
        assert!(policy.contains(&format!("{directive} 'sha256-{}';", own(element))), "{name}: {policy}");
        assert_eq!(html.matches(&format!("<{element}")).count(), 1, "{name}");
    }
    assert!(policy.starts_with("default-src 'none'") && !html.contains(" src=") && !html.contains(" style="), "{name}");
}

#[test]
fn a_file_leads_nowhere_but_to_itself_and_holds_what_its_lines_stand_for() {
    let graph = graph();
    let section = Selection::Section(graph.sections_called("7").remove(0));
    let views = [
        ("section", View::from(section)),
        ("around", View::from(Selection::Around(graph.find("itu").unwrap(), 1))),
        ("organizations", View { mode: Mode::OneMode, ..View::default() }),
        ("path", View::from(Selection::Path(graph.find("EQUALS").unwrap(), graph.find("Guy Ryder").unwrap()))),
    ];
    for tag in ["en", "ar"] {
        let languages = graph.languages(Language::parse(tag).ok());
        for (name, view) in &views {
            let drawn = diagram(&Scene::new(&graph, view, &languages));
            let n = drawn.edges.iter().flat_map(|edge| &edge.statements).map(|stated| stated.ids.len()).sum::<usize>();
            assert!(n > 0);
            check(&alone(&graph, Picture::Network(drawn), &languages).unwrap(), name);
        }
        let events = timeline(&Scene::new(&graph, &View::default(), &languages));
        check(&alone(&graph, Picture::Timeline(events), &languages).unwrap(), "timeline");
    }
}

#[test]
fn a_hash_is_spelled_as_policies_spell_it() {
    assert_eq!(digest(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

#[test]
fn more_than_a_browser_moves_is_refused_with_the_number() {
    let graph = graph();
    let languages = graph.languages(None);
    let view = View::from(Selection::Around(graph.find("gsma").unwrap(), 1));
    let mut drawn = diagram(&Scene::new(&graph, &view, &languages));
    let node = drawn.nodes[0].clone();
    drawn.nodes.resize(MOST_SHOWN + 1, node);
    let error = alone(&graph, Picture::Network(drawn), &languages).unwrap_err();
    assert_eq!(error.to_string(), "a page of a picture has at most 2000 entities, and this would have 2001");
}

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
    for language in ["en", "ar", "fr", "es", "ru", "zh"] {
        assert!(html.contains(&format!("data-language=\"{language}\"")), "{name}: {language}");
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
            let drawn = |languages: &[Language]| diagram(&Scene::new(&graph, view, languages));
            let edges = drawn(&languages).edges;
            let n = edges.iter().flat_map(|edge| &edge.statements).map(|stated| stated.ids.len()).sum::<usize>();
            assert!(n > 0);
            check(&alone(&graph, |languages| Picture::Network(drawn(languages)), &languages).unwrap(), name);
        }
        let events =
            |languages: &[Language]| Picture::Timeline(timeline(&Scene::new(&graph, &View::default(), languages)));
        check(&alone(&graph, events, &languages).unwrap(), "timeline");
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
    let error = alone(&graph, |_| Picture::Network(drawn.clone()), &languages).unwrap_err();
    assert_eq!(error.to_string(), "a page of a picture has at most 2000 entities, and this would have 2001");
}

#[test]
fn what_is_compressed_is_the_whole_of_the_other_languages() {
    let graph = graph();
    let section = View::from(Selection::Section(graph.sections_called("7").remove(0)));
    let drawn = |languages: &[Language]| Picture::Network(diagram(&Scene::new(&graph, &section, languages)));
    let html = alone(&graph, drawn, &graph.languages(None)).unwrap();
    let data = between(&html, "rapporteurLanguages(", ");\n");
    let others: std::collections::BTreeMap<String, String> = serde_json::from_str(data).unwrap();
    assert_eq!(others.keys().map(String::as_str).collect::<Vec<_>>(), ["ar", "es", "fr", "ru", "zh"]);
    let bytes = unpacked(&others["ar"]);
    let mut body = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut body).unwrap();
    assert!(body.starts_with("<body class=\"alone\"") && body.contains("data-dir=\"rtl\""));
    let n = |html: &str| html.matches("data-statements=").count();
    assert!(n(&body) > 0 && n(&body) == n(&html));
}

/// The bytes of a text in Base64.
fn unpacked(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut n, mut bytes) = (0_u32, 0, Vec::new());
    for value in text.chars().filter_map(|letter| LETTERS.find(letter)) {
        (bits, n) = (bits << 6 | u32::try_from(value).unwrap(), n + 6);
        if n >= 8 {
            n -= 8;
            bytes.push(u8::try_from(bits >> n & 0xff).unwrap());
        }
    }
    bytes
}

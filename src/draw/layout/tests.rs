use proptest::prelude::*;

use super::*;
use crate::draw::samples::{any_diagram, diagram};
use crate::graph::{Mode, Selection, View};
use crate::model::Language;
use crate::ontology::Ontology;
use crate::read::Source;

/// All text stands in what it belongs to, and everything in the picture.
fn check_places(diagram: &Diagram, layout: &Layout) {
    let page = Rect::spanning(0.0, 0.0, layout.size.width, layout.size.height);
    let within = |inner: &Rect, outer: &Rect| {
        let union = inner.union(outer);
        assert!((union.size.width - outer.size.width).abs() < 0.01, "{inner:?} sticks out of {outer:?}");
        assert!((union.size.height - outer.size.height).abs() < 0.01, "{inner:?} sticks out of {outer:?}");
    };
    for node in &layout.nodes {
        within(&node.label.rect, &node.rect);
        within(&node.rect, &page);
    }
    for (edge, placed) in diagram.edges.iter().zip(&layout.edges) {
        within(&placed.label.rect, if edge.from == edge.to { &layout.nodes[edge.from].rect } else { &page });
    }
    for text in layout.footer.iter().chain(layout.legend.iter().map(|entry| &entry.label)).chain([&layout.title]) {
        within(&text.rect, &page);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn in_layers_nothing_overlaps_and_no_edge_crosses_a_box(diagram in any_diagram(20)) {
        let layout = layout(&diagram);
        prop_assert_eq!(layout.overlaps(), (0, 0));
        prop_assert_eq!(layout.hidden(&diagram).0, 0);
        check_places(&diagram, &layout);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn by_forces_nothing_overlaps(diagram in any_diagram(80)) {
        let layout = layout(&diagram);
        prop_assert_eq!(layout.overlaps(), (0, 0));
        check_places(&diagram, &layout);
    }
}

#[test]
fn the_layout_is_the_same_each_time() {
    let edges: Vec<_> = (1..80).map(|node| (node / 3, node, "leads")).collect();
    let diagram = diagram("en", &["Organization"; 80], &edges);
    assert_eq!(layout(&diagram), layout(&diagram));
}

#[test]
fn an_empty_diagram_has_a_picture() {
    let layout = layout(&diagram("en", &[], &[]));
    assert!(layout.nodes.is_empty() && layout.size.width > 0.0);
}

#[test]
fn an_edge_leads_from_border_to_border_in_the_direction_of_reading() {
    for (language, sign) in [("en", 1.0), ("ar", -1.0)] {
        let layout = layout(&diagram(language, &["a", "b"], &[(0, 1, "leads")]));
        let (from, to) = (layout.nodes[0].rect.center.x, layout.nodes[1].rect.center.x);
        let (start, end) = (layout.edges[0].curves[0].from.x, layout.edges[0].curves.last().unwrap().to.x);
        let label = layout.edges[0].label.rect.center.x;
        let places = [from, start, label, end, to].map(|place| sign * place);
        assert!(places.is_sorted(), "{language} {places:?}");
    }
}

#[test]
fn many_edges_between_two_nodes_each_have_their_place() {
    let edges: Vec<_> = (0..20).map(|number| (number % 2, 1 - number % 2, "cooperates with")).collect();
    assert_eq!(layout(&diagram("en", &["a", "b"], &edges)).overlaps(), (0, 0));
}

#[test]
fn a_cycle_and_an_edge_to_itself_are_drawn() {
    let layout = layout(&diagram("en", &["a", "b", "c"], &[(0, 1, "x"), (1, 2, "x"), (2, 0, "x"), (1, 1, "renews")]));
    assert_eq!(layout.overlaps(), (0, 0));
    assert!(layout.edges[3].curves.is_empty());
    assert_eq!(layout.edges[3].label.lines[0].text, "↻ renews");
}

/// How far a place is from the outline of a box.
fn distance_from_outline(place: Point, shape: Shape, rect: Rect) -> f64 {
    let corners = shape.outline(rect);
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let distances = sides.map(|(&a, &b)| {
        let (x, y) = (b.x - a.x, b.y - a.y);
        let along = ((place.x - a.x) * x + (place.y - a.y) * y) / (x * x + y * y).max(1e-9);
        place.distance(a.toward(b, along.clamp(0.0, 1.0)))
    });
    distances.fold(f64::INFINITY, f64::min)
}

#[test]
fn lines_end_at_the_outline_of_every_shape_in_both_directions_and_layouts() {
    let n = 60;
    let labels = vec!["Digital Public Infrastructure of the United Nations"; n];
    for (language, hub) in [("en", false), ("ar", false), ("en", true), ("ar", true)] {
        let edges: Vec<_> = (1..n).map(|node| (if hub { node % 3 } else { node / 3 }, node, "leads")).collect();
        let edges = if hub { &edges[3..] } else { &edges[..40] };
        let diagram = diagram(language, &labels, edges);
        let layout = layout(&diagram);
        for (edge, placed) in diagram.edges.iter().zip(&layout.edges) {
            let (start, last) = (placed.curves[0].from, placed.curves.last().unwrap());
            let end = last.to;
            assert!(last.from.distance(end) > 8.0, "no room for an arrowhead: {last:?}");
            for (node, place) in [(edge.from, start), (edge.to, end)] {
                let shape = diagram.classes[diagram.nodes[node].class].shape;
                let distance = distance_from_outline(place, shape, layout.nodes[node].rect);
                assert!(distance < 0.1, "{language} {shape:?} {distance}");
            }
        }
    }
}

/// Labels as long as those of a report, in English and in Arabic.
const NAMES: [[&str; 4]; 2] = [
    [
        "Geneva",
        "Digital Public Infrastructure (DPI)",
        "Council Working Group on the World Summit on the Information Society and the Sustainable Development Goals",
        "WSIS Forum 2024",
    ],
    [
        "جنيف",
        "البنية التحتية العامة الرقمية (DPI)",
        "فريق العمل التابع للمجلس والمعني بالقمة العالمية لمجتمع المعلومات وأهداف التنمية المستدامة",
        "منتدى WSIS لعام 2024",
    ],
];
const RELATIONS: [[&str; 3]; 2] =
    [["part of", "contributes to", "cooperates with"], ["جزء من", "يساهم في", "يتعاون مع"]];

/// A graph of n nodes and one and a half times as many edges: a tree with some hubs, and edges across it.
fn synthetic(n: usize, arabic: bool) -> Diagram {
    let (names, relations) = (NAMES[usize::from(arabic)], RELATIONS[usize::from(arabic)]);
    let labels: Vec<_> = (0..n).map(|node| names[node % names.len()]).collect();
    let tree = (1..n).map(|node| (node * node % node.div_ceil(3), node));
    let across = (0..n / 2).map(|edge| (2 * edge, (edge * 7 + 3) % n));
    let edges: Vec<_> = tree.chain(across).zip(0..).map(|((from, to), edge)| (from, to, relations[edge % 3])).collect();
    diagram(if arabic { "ar" } else { "en" }, &labels, &edges)
}

/// A node that is linked with all others, and every tenth of these with the next.
fn star(n: usize, arabic: bool) -> Diagram {
    let (names, relations) = (NAMES[usize::from(arabic)], RELATIONS[usize::from(arabic)]);
    let labels: Vec<_> = (0..n).map(|node| names[node % names.len()]).collect();
    let spokes = (1..n).map(|node| if node % 2 == 0 { (0, node) } else { (node, 0) });
    let rim = (10..n).step_by(10).map(|node| (node - 1, node));
    let edges: Vec<_> = spokes.chain(rim).zip(0..).map(|((from, to), edge)| (from, to, relations[edge % 3])).collect();
    diagram(if arabic { "ar" } else { "en" }, &labels, &edges)
}

/// Up to how many nodes no line leads under a box, and one of how many lines may beyond.
const CLEAR: usize = 120;
const ONE_OF: usize = 300;

#[test]
fn no_line_around_a_hub_leads_under_a_box() {
    for n in [60, 95, 120] {
        for arabic in [false, true] {
            let diagram = star(n, arabic);
            let layout = layout(&diagram);
            assert_eq!(layout.overlaps(), (0, 0), "{n} {arabic}");
            assert_eq!(layout.hidden(&diagram).0, 0, "{n} {arabic}");
        }
    }
}

/// Nothing overlaps, nothing is cut or outside, and the picture is of a shape that fills a page.
fn check_readable(diagram: &Diagram, name: &str) {
    let layout = layout(diagram);
    assert_eq!(layout.overlaps(), (0, 0), "{name}");
    let most_hidden = if diagram.nodes.len() > CLEAR { diagram.edges.len() / ONE_OF } else { 0 };
    let n_hidden = layout.hidden(diagram).0;
    assert!(n_hidden <= most_hidden, "{name}: {n_hidden} lines lead under boxes");
    check_places(diagram, &layout);
    for placed in layout.nodes.iter().map(|node| &node.label).chain(layout.edges.iter().map(|edge| &edge.label)) {
        assert!(placed.lines.iter().all(|line| line.width <= placed.rect.size.width + 0.01), "{name} {placed:?}");
    }
    let aspect = layout.size.width / layout.size.height;
    assert!(layout.size.width < TURN * PAGE.0 || (0.5..2.1).contains(&aspect), "{name} {aspect}");
}

#[test]
fn graphs_of_ten_to_five_hundred_nodes_can_be_read() {
    for n in [10, 40, 120, 300] {
        check_readable(&synthetic(n, false), &format!("{n} in English"));
        check_readable(&synthetic(n, true), &format!("{n} in Arabic"));
    }
    check_readable(&synthetic(500, true), "500 in Arabic");
}

#[test]
fn every_view_of_the_report_can_be_read() {
    let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
    let sections = graph.sections().into_iter().map(|section| View::from(Selection::Section(section)));
    let organizations = View { mode: Mode::OneMode, ..View::default() };
    let views: Vec<View> = sections.chain([View::default(), organizations]).collect();
    for language in ["en", "ar"] {
        // The whole, which takes longest, in one language.
        for view in views.iter().filter(|view| language == "ar" || **view != View::default()) {
            let diagram = crate::draw::diagram(&crate::draw::Scene::new(
                &graph,
                view,
                &graph.languages(Language::parse(language).ok()),
            ));
            check_readable(&diagram, &diagram.title);
        }
    }
}

use proptest::prelude::*;

use super::*;
use crate::draw::samples::{any_diagram, diagram};

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

/// The pairs of an edge and a box, other than its ends, that it passes through.
fn crossed_boxes(diagram: &Diagram, layout: &Layout) -> usize {
    let crossed = |edge: &crate::draw::Edge, placed: &PlacedEdge, node: usize| {
        let rect = layout.nodes[node].rect.padded(-0.1, -0.1);
        let mut pieces = placed.curves.iter().flat_map(|curve| (0..16).map(move |piece| (curve, f64::from(piece))));
        node != edge.from
            && node != edge.to
            && pieces.any(|(curve, piece)| rect.is_crossed_by(curve.at(piece / 16.0), curve.at((piece + 1.0) / 16.0)))
    };
    let edges = diagram.edges.iter().zip(&layout.edges);
    edges.map(|(edge, placed)| (0..layout.nodes.len()).filter(|&node| crossed(edge, placed, node)).count()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn in_layers_nothing_overlaps_and_no_edge_crosses_a_box(diagram in any_diagram(20)) {
        let layout = layout(&diagram);
        prop_assert_eq!(layout.overlaps(), (0, 0));
        prop_assert_eq!(crossed_boxes(&diagram, &layout), 0);
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

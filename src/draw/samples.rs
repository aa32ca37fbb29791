//! Diagrams for tests: by hand, and any.

use proptest::prelude::*;

use super::{Arrow, ClassStyle, Colour, Diagram, Edge, LineStyle, Node, Shape, Stated, Style};
use crate::model::Language;

/// Returns a diagram of nodes with these labels and of edges from the first number to the second.
pub(super) fn diagram(language: &str, labels: &[&str], edges: &[(usize, usize, &str)]) -> Diagram {
    let classes = Shape::ALL.map(|shape| ClassStyle {
        label: shape.name().to_owned(),
        shape,
        colour: Colour([0x56, 0xB4, 0xE9]),
    });
    let node = |(number, label): (usize, &&str)| Node {
        id: format!("n{number}"),
        label: (*label).to_owned(),
        class: number % classes.len(),
        href: Some(format!("https://example.org/?a=1&b={label}")),
        tooltip: format!("about {label}"),
        size: 100,
        group: None,
    };
    let edge = |&(from, to, label): &(usize, usize, &str)| Edge {
        from,
        to,
        label: label.to_owned(),
        tooltip: format!("{label} (2024)"),
        statements: vec![Stated {
            relation: label.to_owned(),
            remarks: "2024".to_owned(),
            sources: vec!["c24#1".to_owned()],
            ids: Vec::new(),
        }],
        style: [LineStyle::Solid, LineStyle::Dashed, LineStyle::Dotted][(from + to) % 3],
        arrow: if from < to { Arrow::Forward } else { Arrow::None },
        weight: 1 + from,
        kinds: Vec::new(),
        href: None,
    };
    Diagram {
        title: labels.first().map_or("", |label| label).to_owned(),
        description: labels.join(", "),
        language: Language::parse(language).unwrap(),
        footer: labels.last().map(|label| (*label).to_owned()).into_iter().collect(),
        nodes: labels.iter().enumerate().map(node).collect(),
        classes: classes.to_vec(),
        hints: Vec::new(),
        kinds: Vec::new(),
        widths: Vec::new(),
        sizes: Vec::new(),
        groups: Vec::new(),
        hub: None,
        sectors: Vec::new(),
        line_styles: vec![(LineStyle::Dashed, "planned".to_owned())],
        edges: edges.iter().map(edge).collect(),
        style: Style::Colour,
        paper: None,
        font: None,
    }
}

/// Labels as they are: short and long, in both scripts and mixed, empty, unbreakable.
const LABELS: [&str; 8] = [
    "ITU",
    "Secretary-General of the International Telecommunication Union",
    "قمة المستقبل",
    "فريق العمل التابع للمجلس والمعني بالقمة العالمية لمجتمع المعلومات وأهداف التنمية المستدامة",
    "مبادرة P2C للفترة 2024-2027",
    "",
    "https://example.org/a/very/long/address/without/any/space",
    "leads\nhosts\norganizes",
];

/// Any diagram of up to a number of nodes with twice as many edges, with labels as they are.
pub(super) fn any_diagram(most: usize) -> impl Strategy<Value = Diagram> {
    let label = || prop::sample::select(&LABELS[..]);
    (prop::collection::vec(label(), 1..=most), prop::sample::select(&["en", "ar"][..])).prop_flat_map(
        move |(labels, language)| {
            let n = labels.len();
            prop::collection::vec((0..n, 0..n, label()), 0..=2 * n)
                .prop_map(move |edges| diagram(language, &labels, &edges))
        },
    )
}

/// A diagram of two nodes and two edges whose texts are any text at all.
pub(super) fn any_text() -> impl Strategy<Value = Diagram> {
    prop::collection::vec(any::<String>(), 5).prop_map(|texts| {
        let mut diagram = diagram("ar", &[&texts[0], &texts[1]], &[(0, 1, &texts[2]), (1, 1, &texts[3])]);
        diagram.nodes[0].href = Some(texts[4].clone());
        diagram
    })
}

//! SVG: a document with a title, a description, a group for each node and edge, and text that stays text.
//!
//! No script, nothing fetched. Base direction is left to right everywhere and lines are around their middles, because
//! programs disagree on what `direction="rtl"` does to places; text from right to left is isolated instead.

use super::annotation::{Notes, edge_notes};
use super::diagram::safe;
use super::geometry::{Point, Rect, Size};
use super::layout::{Layout, PlacedArea, PlacedText};
use super::path::{number, polyline};
use super::text::{clean, isolated};
use super::{ClassStyle, Colour, Diagram, LineStyle, Node, Shape, Style};
use crate::export::xml;
use crate::model::Language;

/// The fonts to look for: the one that text was measured with, then others that have Arabic and are not wider.
const FONTS: &str = "'DejaVu Sans', Verdana, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', 'Segoe UI', Tahoma, \
    'Microsoft YaHei', 'PingFang SC', sans-serif";
/// The size in pixels of the text of most nodes.
pub(super) const NODE_TEXT: f64 = 12.0;
/// How wide the bands of areas are, and what their outline adds.
const AREA: f64 = 20.0;
const AREA_OUTLINE: f64 = 2.4;

/// Returns a diagram as SVG. O(size of the output).
#[must_use]
pub fn svg(diagram: &Diagram, layout: &Layout) -> String {
    svg_with(diagram, layout, Notes::Titles)
}

/// Returns a diagram as SVG that says so much besides.
pub(super) fn svg_with(diagram: &Diagram, layout: &Layout, notes: Notes) -> String {
    let mut out = Svg::open(
        (&diagram.title, &diagram.description),
        diagram.language,
        (layout.size, layout.points),
        diagram.style,
    );
    out.notes = notes;
    let edge_notes = edge_notes(diagram, notes);
    let title = font_size(&layout.title) + " font-weight=\"bold\"";
    out.group("title", &title, |out| out.lines(&layout.title));
    if !layout.areas.is_empty() {
        out.group("groups", "stroke-linejoin=\"round\" stroke-linecap=\"round\"", |out| {
            for (group, area) in diagram.groups.iter().zip(&layout.areas) {
                out.area(group.colour, area);
            }
        });
    }
    if !layout.panels.is_empty() {
        out.panels(layout);
    }
    out.group("lines", &format!("fill=\"none\" stroke=\"{}\" stroke-width=\"1.2\"", diagram.style.line()), |out| {
        for ((edge, placed), notes) in diagram.edges.iter().zip(&layout.edges).zip(&edge_notes) {
            if !placed.curves.is_empty() {
                out.line(placed, (edge, notes), diagram);
            }
        }
    });
    out.group("nodes", "stroke-width=\"1.5\" stroke-linejoin=\"round\"", |out| out.nodes(diagram, layout));
    out.group("edges", &format!("font-size=\"10\" fill=\"{}\"", diagram.style.label()), |out| {
        out.edges(diagram, layout, &edge_notes);
    });
    if let Some(first) = layout.legend.first() {
        out.group("legend", &font_size(&first.label), |out| out.legend(diagram, layout));
    }
    if let Some(first) = layout.footer.first() {
        let footer = font_size(first) + &format!(" fill=\"{}\"", diagram.style.footer());
        out.group("footer", &footer, |out| layout.footer.iter().for_each(|line| out.lines(line)));
    }
    out.close()
}

/// A document that is being written.
pub(super) struct Svg {
    text: String,
    pub(super) notes: Notes,
    /// How it is painted.
    pub(super) style: Style,
}

impl Svg {
    /// Begins a document with its title, its description and a white ground.
    pub(super) fn open(
        (title, description): (&str, &str),
        language: Language,
        (size, points): (Size, Option<f64>),
        style: Style,
    ) -> Self {
        let (width, height) = (number(size.width), number(size.height));
        let direction = language.direction().as_str();
        let mut out = Self::empty(style);
        let shown = match points {
            None => format!("width=\"{width}\" height=\"{height}\""),
            Some(points) => {
                let (width, height) = (number(size.width * points), number(size.height * points));
                format!("width=\"{width}pt\" height=\"{height}pt\"")
            }
        };
        out.push(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" {shown} role=\"graphics-document document\" lang=\"{language}\" xml:lang=\"{language}\" \
             dir=\"{direction}\" direction=\"ltr\" font-family=\"{FONTS}\" font-size=\"12\" text-anchor=\"middle\" \
             fill=\"#000000\">\n"
        ));
        out.element("title", title);
        out.push("\n");
        if !description.is_empty() {
            out.element("desc", description);
            out.push("\n");
        }
        out.push("<style>a:focus path,a:focus ellipse,a:hover path,a:hover ellipse{stroke-width:3}</style>\n");
        out.push("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n");
        out
    }

    /// A document without anything.
    pub(super) fn empty(style: Style) -> Self {
        Self { text: String::new(), notes: Notes::Titles, style }
    }

    /// Ends the document and returns it.
    pub(super) fn close(mut self) -> String {
        self.push("</svg>\n");
        self.text
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn group(&mut self, class: &str, attributes: &str, content: impl FnOnce(&mut Self)) {
        self.push(&format!("<g class=\"{class}\" {attributes}>\n"));
        content(self);
        self.push("</g>\n");
    }

    /// An element with nothing but text.
    pub(super) fn element(&mut self, name: &str, text: &str) {
        self.push(&format!("<{name}>{}</{name}>", xml::content(&clean(text))));
    }

    pub(super) fn lines(&mut self, text: &PlacedText) {
        for line in text.lines.iter().filter(|line| !line.text.is_empty()) {
            let (x, y) = (number(line.base.x), number(line.base.y));
            let text = isolated(&line.text, line.direction);
            let text = xml::content(&text);
            self.push(&format!("<text x=\"{x}\" y=\"{y}\">{text}</text>\n"));
        }
    }

    fn nodes(&mut self, diagram: &Diagram, layout: &Layout) {
        for (node, placed) in diagram.nodes.iter().zip(&layout.nodes) {
            self.anchored(node, |out| {
                out.shape(diagram.classes.get(node.class), placed.rect);
                out.sized_lines(&placed.label);
            });
        }
    }

    /// Lines in the size of their font, where it is not that of most.
    fn sized_lines(&mut self, text: &PlacedText) {
        if (text.font_size - NODE_TEXT).abs() < 0.01 {
            return self.lines(text);
        }
        self.push(&format!("<g {}>\n", font_size(text)));
        self.lines(text);
        self.push("</g>\n");
    }

    /// The panels with their headings, and the trunk that leads to them.
    fn panels(&mut self, layout: &Layout) {
        let (line, fill) = (self.style.line(), self.style.panel());
        let trunk: String = layout.trunk.iter().map(|line| polyline(line)).collect();
        self.push(&format!("<path d=\"{trunk}\" fill=\"none\" stroke=\"{line}\" stroke-width=\"1.2\"/>\n"));
        self.group("panels", "font-weight=\"bold\"", |out| {
            for panel in &layout.panels {
                let (x, y) = (number(panel.rect.left()), number(panel.rect.top()));
                let (width, height) = (number(panel.rect.size.width), number(panel.rect.size.height));
                out.push(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{fill}\" \
                     stroke=\"{line}\" stroke-width=\"0.6\"/>\n"
                ));
                out.lines(&panel.heading);
            }
        });
    }

    /// The area of a group: once in the colour of its outline, and once, a little smaller, filled.
    fn area(&mut self, colour: Colour, area: &PlacedArea) {
        let mut path = String::new();
        for rect in &area.boxes {
            let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
            path.push_str(&polyline(&[
                Point { x: left, y: top },
                Point { x: right, y: top },
                Point { x: right, y: bottom },
                Point { x: left, y: bottom },
            ]));
            path.push('Z');
        }
        path.extend(area.bands.iter().map(|band| polyline(band)));
        let (outline, fill) = (self.style.border(colour), self.style.fill(colour));
        for (colour, width) in [(outline, AREA + AREA_OUTLINE), (fill, AREA)] {
            let width = number(width);
            self.push(&format!(
                "<path d=\"{path}\" fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n"
            ));
        }
    }

    /// The group of a node with its title, within a link to where it leads.
    pub(super) fn anchored(&mut self, node: &Node, content: impl FnOnce(&mut Self)) {
        let id = clean(&node.id);
        let id = xml::content(&id);
        let href = safe(node.href.as_deref());
        // A screen reader does not read inside a symbol, so a symbol must hold no link. A node without a link takes the
        // focus itself.
        let role = if href.is_some() { "graphics-object\"" } else { "graphics-symbol\" tabindex=\"0\"" };
        let class = match self.notes {
            Notes::Titles | Notes::Labels => String::new(),
            Notes::Data => format!(" data-class=\"{}\"", node.class),
        };
        self.push(&format!("<g class=\"node\" id=\"{id}\"{class} role=\"{role}>"));
        self.element("title", if node.tooltip.is_empty() { &node.label } else { &node.tooltip });
        if let Some(href) = href {
            self.push(&format!("<a href=\"{}\">", xml::content(href)));
        }
        self.push("\n");
        content(self);
        self.push(if href.is_some() { "</a></g>\n" } else { "</g>\n" });
    }

    pub(super) fn shape(&mut self, class: Option<&ClassStyle>, rect: Rect) {
        let (shape, colour) = class.map_or((Shape::Box, Colour([0x99; 3])), |class| (class.shape, class.colour));
        let paint = format!("fill=\"{}\" stroke=\"{}\"", self.style.fill(colour), self.style.border(colour));
        if shape == Shape::Ellipse {
            let (x, y) = (number(rect.center.x), number(rect.center.y));
            let (rx, ry) = (number(rect.size.width / 2.0), number(rect.size.height / 2.0));
            self.push(&format!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\" {paint}/>\n"));
            return;
        }
        let mut path = format!("{}Z", polyline(&shape.outline(rect)));
        for stroke in shape.strokes(rect) {
            path.push_str(&polyline(&stroke));
        }
        self.push(&format!("<path d=\"{path}\" {paint}/>\n"));
    }

    pub(super) fn backdrop(&mut self, rect: Rect) {
        let (x, y) = (number(rect.left()), number(rect.top()));
        let (width, height) = (number(rect.size.width), number(rect.size.height));
        self.push(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\" fill-opacity=\"0.9\"/>\n"
        ));
    }
}

pub(super) fn dashes(style: LineStyle) -> &'static str {
    match style {
        LineStyle::Solid => "",
        LineStyle::Dashed => " stroke-dasharray=\"7 4\"",
        LineStyle::Dotted => " stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\"",
    }
}

pub(super) fn font_size(text: &PlacedText) -> String {
    format!("font-size=\"{}\"", number(text.font_size))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::layout::layout;
    use super::super::samples::{any_text, diagram};
    use super::*;

    fn written(diagram: &Diagram) -> String {
        svg(diagram, &layout(diagram))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn any_text_gives_a_well_formed_document_with_a_group_for_each_node_and_edge(diagram in any_text()) {
            let text = written(&diagram);
            let document = roxmltree::Document::parse(&text).unwrap();
            for (class, n) in [("node", 2), ("edge", 2)] {
                let groups = document.descendants().filter(|node| node.attribute("class") == Some(class));
                prop_assert_eq!(groups.clone().count(), n);
                prop_assert!(groups.into_iter().all(|group| group.first_element_child().unwrap().has_tag_name(
                    ("http://www.w3.org/2000/svg", "title")
                )));
            }
        }
    }

    #[test]
    fn labels_are_whole_and_titles_name_things() {
        let label = "Working Group on \"A&B\" <x> of the International Telecommunication Union";
        let text = written(&diagram("en", &[label], &[]));
        let document = roxmltree::Document::parse(&text).unwrap();
        let node = document.descendants().find(|node| node.attribute("id") == Some("n0")).unwrap();
        let lines = node.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text());
        assert_eq!(lines.collect::<Vec<_>>().join(" "), label);
        assert_eq!(node.first_element_child().unwrap().text(), Some(format!("about {label}").as_str()));
    }

    #[test]
    fn a_print_is_black_and_white() {
        let mut diagram = diagram("en", &["a", "b", "c"], &[(0, 1, "x"), (1, 2, "y"), (2, 0, "z")]);
        let colours = |diagram: &Diagram| -> Vec<String> {
            let text = written(diagram);
            text.split("=\"#").skip(1).map(|rest| rest[..6].to_owned()).collect()
        };
        let black_or_white = |colour: &String| matches!(colour.as_str(), "000000" | "FFFFFF");
        assert!(!colours(&diagram).iter().all(black_or_white));
        diagram.style = Style::Print;
        assert!(colours(&diagram).iter().all(black_or_white));
        assert!(written(&diagram).contains("stroke-dasharray"));
    }

    #[test]
    fn a_picture_in_arabic_says_so() {
        let text = written(&diagram("ar", &["قمة المستقبل"], &[]));
        assert!(text.contains(r#"lang="ar" xml:lang="ar" dir="rtl""#));
        assert!(text.contains("\u{2067}قمة المستقبل\u{2069}</text>"));
    }

    #[test]
    fn scripts_are_no_links() {
        let mut diagram = diagram("en", &["a"], &[]);
        diagram.nodes[0].href = Some("javascript:alert(1)".to_owned());
        assert!(!written(&diagram).contains("href"));
    }
}

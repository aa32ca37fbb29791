//! [DOT](https://graphviz.org/doc/info/lang.html), for Graphviz and other readers, with the sizes and places of our
//! layout. `neato -n` keeps the places; any other engine lays the graph out anew.
//!
//! Every identifier and value is a string in quotes, made by [`quoted`]: nothing else in a text can be taken for DOT.

use std::fmt::Write as _;

use super::diagram::{Sign, safe};
use super::layout::{Layout, PlacedLine};
use super::text::{clean, isolated};
use super::{Arrow, Diagram, Ends, Rect, Shape, Size};
use crate::model::Direction;

/// Pixels of a picture in one inch of Graphviz, which has 72 points.
const INCH: f64 = 72.0;
/// After so many bytes without a backslash, a string continues in the next line.
const LONGEST_RUN: usize = 8_000;

/// A statement of DOT. Names and values are quoted.
#[derive(Debug, PartialEq)]
enum Statement {
    /// Attributes of the graph, or of all its nodes or edges: the keyword says which.
    Defaults(&'static str, Vec<Attribute>),
    Node(Quoted, Vec<Attribute>),
    Edge([Quoted; 2], Vec<Attribute>),
    Subgraph(Quoted, Vec<Self>),
}

/// A name that DOT knows, and its value.
#[derive(Debug, PartialEq)]
struct Attribute(&'static str, Quoted);

/// A string in quotes.
#[derive(Debug, PartialEq)]
struct Quoted(String);

/// Returns a diagram as DOT. O(size of the output).
#[must_use]
pub fn dot(diagram: &Diagram, layout: &Layout) -> String {
    let mut text = "digraph \"rapporteur\" {\n".to_owned();
    for statement in graph(diagram, layout) {
        statement.push_to(&mut text, 1);
    }
    text.push_str("}\n");
    text
}

impl Statement {
    /// Appends the statement with its line break, that many levels deep.
    fn push_to(&self, text: &mut String, level: usize) {
        let indent = "  ".repeat(level);
        // Writing to a string does not fail.
        let _ = match self {
            Self::Defaults(of, attributes) => write!(text, "{indent}{of}{}", list(attributes)),
            Self::Node(Quoted(id), attributes) => write!(text, "{indent}{id}{}", list(attributes)),
            Self::Edge([Quoted(from), Quoted(to)], attributes) => {
                write!(text, "{indent}{from} -> {to} {}", list(attributes))
            }
            Self::Subgraph(Quoted(id), statements) => {
                let _ = writeln!(text, "{indent}subgraph {id} {{");
                for statement in statements {
                    statement.push_to(text, level + 1);
                }
                write!(text, "{indent}}}")
            }
        };
        text.push('\n');
    }
}

/// Attributes in brackets.
fn list(attributes: &[Attribute]) -> String {
    let written: Vec<_> = attributes.iter().map(|Attribute(name, Quoted(value))| format!("{name}={value}")).collect();
    format!("[{}]", written.join(" "))
}

fn graph(diagram: &Diagram, layout: &Layout) -> Vec<Statement> {
    let mut statements = vec![
        Statement::Defaults(
            "graph",
            vec![
                caption(layout),
                plain("labelloc", "t"),
                plain("charset", "UTF-8"),
                plain("rankdir", rank_direction(diagram)),
                plain("overlap", "prism"),
                plain("splines", "true"),
                plain("fontname", "DejaVu Sans"),
            ],
        ),
        Statement::Defaults(
            "node",
            vec![
                plain("fontname", "DejaVu Sans"),
                plain("fontsize", "12"),
                plain("style", "filled"),
                plain("fixedsize", "true"),
            ],
        ),
        Statement::Defaults(
            "edge",
            vec![
                plain("fontname", "DejaVu Sans"),
                plain("fontsize", "10"),
                plain("color", &diagram.style.line().to_string()),
            ],
        ),
    ];
    statements.extend(nodes(diagram, layout));
    statements.extend(edges(diagram, layout));
    if !layout.legend.is_empty() {
        statements.push(legend(diagram, layout));
    }
    statements
}

/// The title and the footer, which Graphviz puts in one place.
fn caption(layout: &Layout) -> Attribute {
    let all = [&layout.title].into_iter().chain(&layout.footer).flat_map(|text| &text.lines);
    lines("label", all)
}

/// The direction of reading.
fn rank_direction(diagram: &Diagram) -> &'static str {
    match diagram.language.direction() {
        Direction::LeftToRight => "LR",
        Direction::RightToLeft => "RL",
    }
}

fn nodes(diagram: &Diagram, layout: &Layout) -> Vec<Statement> {
    let node = |(node, placed): (&super::Node, &super::PlacedNode)| {
        let mut attributes = vec![
            lines("label", &placed.label.lines),
            plain("pos", &format!("{:.1},{:.1}", placed.rect.center.x, layout.size.height - placed.rect.center.y)),
        ];
        if node.size != 100 {
            attributes.push(plain("fontsize", &format!("{:.1}", placed.label.font_size)));
        }
        attributes.extend(style(diagram, node.class, placed.rect));
        if !node.tooltip.is_empty() {
            attributes.push(label("tooltip", &node.tooltip));
        }
        attributes.extend(safe(node.href.as_deref()).map(|href| label("URL", href)));
        Statement::Node(node_id(&node.id), attributes)
    };
    diagram.nodes.iter().zip(&layout.nodes).map(node).collect()
}

/// The shape, colour and size of a node.
fn style(diagram: &Diagram, class: usize, rect: Rect) -> Vec<Attribute> {
    let shape = diagram.classes.get(class).map_or(Shape::Box, |class| class.shape);
    let mut attributes = vec![
        plain("width", &format!("{:.3}", width(shape, rect.size) / INCH)),
        plain("height", &format!("{:.3}", rect.size.height / INCH)),
    ];
    if let Some(class) = diagram.classes.get(class) {
        attributes.push(plain("shape", class.shape.name()));
        attributes.push(plain("color", &diagram.style.border(class.colour).to_string()));
        attributes.push(plain("fillcolor", &diagram.style.fill(class.colour).to_string()));
    }
    attributes
}

/// The width that Graphviz's shape needs for text that fits in ours. Its slopes and corners grow with the width.
fn width(shape: Shape, ours: Size) -> f64 {
    let padding = shape.around(Size::default());
    let text = ours.width - padding.width;
    let height = ((ours.height - padding.height) / ours.height).max(0.0);
    let part = match shape {
        // A slope takes a quarter of the width on each side, but nothing at the middle line.
        Shape::Hexagon => 1.0 - height / 2.0,
        // A slope of a fifth of the width.
        Shape::Parallelogram => 0.8 - height / 5.0,
        // Corners of 0.29 of width and height.
        Shape::Octagon => 1.0 - 2.0 * (0.29 - (1.0 - height) / 2.0).max(0.0),
        Shape::Box | Shape::Ellipse | Shape::Note | Shape::House | Shape::Tab | Shape::Folder | Shape::Component => {
            return ours.width;
        }
    };
    ours.width.max(text / part)
}

fn edges(diagram: &Diagram, layout: &Layout) -> Vec<Statement> {
    let edge = |(edge, placed): (&super::Edge, &super::PlacedEdge)| {
        let end = |node: usize| diagram.nodes.get(node).map(|node| node_id(&node.id));
        let mut attributes = vec![lines("label", &placed.label.lines), plain("style", edge.style.name())];
        if edge.arrow == Arrow::None {
            attributes.push(plain("dir", "none"));
        }
        if edge.weight > 1 {
            attributes.push(plain("penwidth", &format!("{:.1}", diagram.thickness(edge.weight))));
        }
        let kinds: Vec<_> = diagram.kinds_of(edge).collect();
        if let Some(colour) = diagram.colour_of(edge) {
            let marks =
                |at: fn(Ends) -> bool| kinds.iter().filter(move |kind| at(kind.ends)).map(|kind| kind.mark.name());
            attributes.push(plain("color", &diagram.style.ink(colour).to_string()));
            let (head, tail): (String, String) =
                (marks(|ends| ends != Ends::Neither).collect(), marks(|ends| ends == Ends::Both).collect());
            if !head.is_empty() && edge.arrow == Arrow::Forward {
                attributes.push(plain("arrowhead", &head));
            } else if !tail.is_empty() {
                attributes.retain(|Attribute(name, _)| *name != "dir");
                attributes.extend([plain("dir", "both"), plain("arrowhead", &head), plain("arrowtail", &tail)]);
            }
        }
        if !edge.tooltip.is_empty() {
            attributes.push(label("tooltip", &edge.tooltip));
            attributes.push(label("labeltooltip", &edge.tooltip));
        }
        Some(Statement::Edge([end(edge.from)?, end(edge.to)?], attributes))
    };
    diagram.edges.iter().zip(&layout.edges).filter_map(edge).collect()
}

/// The legend: the classes in a cluster of their own, the styles of lines by their names, and what else is explained in
/// words.
fn legend(diagram: &Diagram, layout: &Layout) -> Statement {
    let entry = |(number, ((sign, _), entry)): (usize, ((Sign<'_>, &str), &super::LegendEntry))| {
        let size = match sign {
            Sign::Size(size) => f64::from(size) / 100.0,
            Sign::Class(_) | Sign::Line(_) | Sign::Kind(_) | Sign::Width(_) | Sign::Group(_) => 1.0,
        };
        let Size { width, height } = entry.label.rect.size;
        let text = Rect { size: Size { width: width * size, height: height * size }, ..entry.label.rect };
        let rect = text.padded(10.0, 8.0);
        let mut attributes = vec![
            lines("label", &entry.label.lines),
            plain("fontsize", &format!("{:.1}", entry.label.font_size * size)),
            plain("pos", &format!("{:.1},{:.1}", rect.center.x, layout.size.height - rect.center.y)),
        ];
        attributes.extend(style(diagram, number, rect));
        match sign {
            Sign::Class(_) => {}
            Sign::Line(line) => attributes.extend([plain("shape", "box"), plain("style", line.name())]),
            Sign::Kind(kind) => {
                let colour = diagram.style.ink(kind.colour).to_string();
                attributes.extend([plain("shape", "box"), plain("style", "solid"), plain("color", &colour)]);
            }
            Sign::Width(weight) => {
                let width = format!("{:.1}", diagram.thickness(weight));
                attributes.extend([plain("shape", "box"), plain("style", "solid"), plain("penwidth", &width)]);
            }
            Sign::Size(_) => attributes.push(plain("shape", "plaintext")),
            Sign::Group(colour) => {
                let colour = diagram.style.fill(colour).to_string();
                attributes.extend([plain("shape", "box"), plain("fillcolor", &colour)]);
            }
        }
        Statement::Node(node_id(&format!("legend {}", number + 1)), attributes)
    };
    // Without a label of its own the cluster would repeat the picture's.
    let no_label = Statement::Defaults("graph", vec![plain("label", "")]);
    let statements = [no_label].into_iter().chain(diagram.signs().zip(&layout.legend).enumerate().map(entry)).collect();
    Statement::Subgraph(quoted("cluster_legend"), statements)
}

/// The name of a node. One that ends in a backslash could not be written, so each is doubled.
fn node_id(id: &str) -> Quoted {
    quoted(&clean(id).replace('\\', "\\\\"))
}

/// An attribute whose value is for programs.
fn plain(name: &'static str, value: &str) -> Attribute {
    Attribute(name, quoted(value))
}

/// An attribute that is text for people: Graphviz reads [escapes](https://graphviz.org/docs/attr-types/escString/) and
/// character references in it.
fn label(name: &'static str, text: &str) -> Attribute {
    plain(name, &clean(text).replace('&', "&amp;").replace('\\', "\\\\").replace('\n', "\\n"))
}

fn lines<'a>(name: &'static str, lines: impl IntoIterator<Item = &'a PlacedLine>) -> Attribute {
    let lines: Vec<_> = lines.into_iter().map(|line| isolated(&line.text, line.direction)).collect();
    let lines: Vec<_> = lines.iter().map(|line| line.replace('&', "&amp;").replace('\\', "\\\\")).collect();
    plain(name, &lines.join("\\n"))
}

/// A quoted identifier. The only escape in DOT is `\"`, so a backslash must never stand before the closing quote. A
/// long text is continued on the next line, because Graphviz reads no piece of 16,384 bytes.
fn quoted(text: &str) -> Quoted {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    let mut run = 0;
    for c in text.chars() {
        if c == '"' {
            written.push('\\');
        }
        // The backslash that continues a line must not follow one of the text.
        if run > LONGEST_RUN && !written.ends_with('\\') {
            written.push_str("\\\n");
            run = 0;
        }
        written.push(c);
        run = if c == '\\' { 0 } else { run + c.len_utf8() };
    }
    written.push('"');
    Quoted(written)
}

#[cfg(test)]
mod tests {
    use graphviz_rust::dot_structures as ast;
    use proptest::prelude::*;

    use super::super::layout::layout;
    use super::super::samples::{any_diagram, any_text, diagram};
    use super::*;

    fn check(diagram: &Diagram) {
        let layout = layout(diagram);
        let read = graphviz_rust::parse(&dot(diagram, &layout)).unwrap();
        let stmts = graph(diagram, &layout).into_iter().map(tree).collect();
        assert_eq!(
            read,
            ast::Graph::DiGraph { id: ast::Id::Escaped("\"rapporteur\"".to_owned()), strict: false, stmts }
        );
    }

    /// A statement as the library's parser reads it.
    fn tree(statement: Statement) -> ast::Stmt {
        let id = |Quoted(text)| ast::Id::Escaped(text);
        let attribute = |Attribute(name, value)| ast::Attribute(ast::Id::Plain(name.to_owned()), id(value));
        let all = |attributes: Vec<Attribute>| attributes.into_iter().map(attribute).collect();
        let node = |text| ast::NodeId(id(text), None);
        match statement {
            Statement::Defaults(of, attributes) => {
                ast::Stmt::GAttribute(ast::GraphAttributes::new(of, all(attributes)))
            }
            Statement::Node(name, attributes) => ast::Stmt::Node(ast::Node::new(node(name), all(attributes))),
            Statement::Edge(ends, attributes) => {
                let [from, to] = ends.map(|end| ast::Vertex::N(node(end)));
                ast::Stmt::Edge(ast::Edge { ty: ast::EdgeTy::Pair(from, to), attributes: all(attributes) })
            }
            Statement::Subgraph(name, statements) => {
                ast::Stmt::Subgraph(ast::Subgraph { id: id(name), stmts: statements.into_iter().map(tree).collect() })
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_back_as_it_was_written(diagram in any_text()) {
            check(&diagram);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

        #[test]
        fn any_diagram_is_read_back_as_it_was_written(diagram in any_diagram(12)) {
            check(&diagram);
        }
    }

    #[test]
    fn quotes_backslashes_and_references_are_escaped() {
        let label = r#"a "b" \N &amp; c\"#;
        let diagram = diagram("en", &[label], &[]);
        check(&diagram);
        assert!(dot(&diagram, &layout(&diagram)).contains(r#"label="a \"b\" \\N &amp;amp; c\\""#));
    }

    #[test]
    fn the_caption_says_what_the_picture_says_and_only_once() {
        let diagram = diagram("en", &["the title", "the licence"], &[]);
        let text = dot(&diagram, &layout(&diagram));
        assert!(text.contains("label=\"the title\\nthe licence\""), "{text}");
        assert!(text.contains("label=\"\""));
    }

    #[test]
    fn a_long_text_is_continued_in_the_next_line() {
        let long = format!("{}\\\\{}\"{}", "ع".repeat(9_000), "b".repeat(9_000), "c".repeat(9_000));
        let mut diagram = diagram("en", &["a", "b"], &[(0, 1, "x")]);
        diagram.nodes[0].tooltip.clone_from(&long);
        check(&diagram);
        let text = dot(&diagram, &layout(&diagram));
        assert!(text.lines().all(|line| line.len() < 16_384), "a line is too long");
        let read = text.replace("\\\n", "");
        assert!(read.contains(&long.replace('\\', "\\\\").replace('"', "\\\"")), "something is lost");
    }

    #[test]
    fn an_id_that_ends_in_a_backslash_harms_nothing() {
        let mut diagram = diagram("en", &["a", "b"], &[(0, 1, "x")]);
        diagram.nodes[0].id = "a\\".to_owned();
        check(&diagram);
    }
}

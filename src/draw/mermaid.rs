//! [Mermaid](https://mermaid.js.org/syntax/flowchart.html), which GitHub and others draw within Markdown.
//!
//! Nodes are numbered, all text is quoted, and each ASCII character that Mermaid may take for a mark is written as a
//! character reference. Only the older syntax of shapes is used, which every program knows.

use std::fmt::Write as _;

use super::diagram::safe;
use super::text::{clean, direction, isolated};
use super::words::Words;
use super::{Arrow, Diagram, DrawError, Edge, LineStyle, Shape};
use crate::model::Direction;

/// The most edges that Mermaid draws. A page can allow more, a diagram cannot.
pub(super) const MOST_EDGES: usize = 500;
/// The most characters, as JavaScript counts them, that it reads.
pub(super) const MOST_CHARACTERS: usize = 50_000;

/// Returns a diagram as Mermaid. O(size of the output).
///
/// # Errors
///
/// If it has more edges or characters than Mermaid takes.
pub(crate) fn mermaid(diagram: &Diagram) -> Result<String, DrawError> {
    if diagram.edges.len() > MOST_EDGES {
        return Err(DrawError::MermaidEdges(diagram.edges.len()));
    }
    let mut out = String::new();
    // Writing to memory does not fail.
    let _ = write_diagram(diagram, &mut out);
    let characters = out.encode_utf16().count();
    if characters > MOST_CHARACTERS { Err(DrawError::MermaidText(characters)) } else { Ok(out) }
}

fn write_diagram(diagram: &Diagram, out: &mut String) -> std::fmt::Result {
    let towards = match diagram.language.direction() {
        Direction::LeftToRight => "LR",
        Direction::RightToLeft => "RL",
    };
    writeln!(out, "---\ntitle: {}\n---", serde_json::Value::from(clean(&diagram.title).replace('\n', " ")))?;
    writeln!(out, "flowchart {towards}")?;
    for (keyword, text) in [("accTitle", &diagram.title), ("accDescr", &diagram.description)] {
        writeln!(out, "    {keyword}: {}", escaped(&clean(text).replace('\n', " ")))?;
    }
    for (number, node) in diagram.nodes.iter().enumerate() {
        let (open, close) = brackets(diagram.classes.get(node.class).map_or(Shape::Box, |class| class.shape));
        writeln!(out, "    n{number}{open}{}{close}:::c{}", quoted(diagram, &node.label), node.class)?;
        if let Some(href) = safe(node.href.as_deref()) {
            writeln!(out, "    click n{number} href \"{}\"", address(href))?;
        }
    }
    diagram.edges.iter().try_for_each(|edge| {
        // What all lines say is said once, in the legend; Mermaid has no marks for several kinds.
        let label = quoted(diagram, if diagram.kinds.len() == 1 { edge.written() } else { &edge.label });
        let label = if label == "\"\"" { String::new() } else { format!("|{label}|") };
        writeln!(out, "    n{} {}{label} n{}", edge.from, line(edge), edge.to)
    })?;
    let dotted = diagram.edges.iter().enumerate().filter(|(_, edge)| edge.style == LineStyle::Dotted);
    let dotted: Vec<_> = dotted.map(|(number, _)| number.to_string()).collect();
    if !dotted.is_empty() {
        writeln!(out, "    linkStyle {} stroke-dasharray:1 4", dotted.join(","))?;
    }
    legend(diagram, out)
}

/// The classes in a group of their own, and how their nodes are painted.
fn legend(diagram: &Diagram, out: &mut String) -> std::fmt::Result {
    if !diagram.classes.is_empty() {
        let words = Words::of(diagram.language);
        writeln!(out, "    subgraph legend[{}]", quoted(diagram, words.shapes))?;
        let explained = |label: &str| !label.is_empty();
        if let [kind] = diagram.kinds.as_slice()
            && explained(&kind.label)
        {
            writeln!(out, "        kind[{}]", quoted(diagram, &format!("— {}", kind.label)))?;
        }
        for (number, class) in diagram.classes.iter().enumerate().filter(|(_, class)| explained(&class.label)) {
            let (open, close) = brackets(class.shape);
            writeln!(out, "        k{number}{open}{}{close}:::c{number}", quoted(diagram, &class.label))?;
        }
        writeln!(out, "    end")?;
    }
    for (number, class) in diagram.classes.iter().enumerate() {
        let (fill, stroke) = (diagram.style.fill(class.colour), diagram.style.border(class.colour));
        writeln!(out, "    classDef c{number} fill:{fill},stroke:{stroke},color:#000000")?;
    }
    Ok(())
}

/// The line of an edge. Mermaid has one kind of broken line; dotted lines get shorter dashes below.
fn line(edge: &Edge) -> &'static str {
    match (edge.style, edge.arrow) {
        (LineStyle::Solid, Arrow::Forward) => "-->",
        (LineStyle::Solid, Arrow::None) => "---",
        (LineStyle::Dashed | LineStyle::Dotted, Arrow::Forward) => "-.->",
        (LineStyle::Dashed | LineStyle::Dotted, Arrow::None) => "-.-",
    }
}

/// The shape of Mermaid that is most like ours, a different one for each.
fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Box => ("[", "]"),
        Shape::Ellipse => ("([", "])"),
        Shape::Hexagon => ("{{", "}}"),
        Shape::Octagon => ("[\\", "/]"),
        Shape::Note => (">", "]"),
        Shape::House => ("[/", "\\]"),
        Shape::Parallelogram => ("[/", "/]"),
        Shape::Tab => ("(", ")"),
        Shape::Folder => ("[(", ")]"),
        Shape::Component => ("[[", "]]"),
    }
}

/// A label: each line isolated by direction.
fn quoted(diagram: &Diagram, text: &str) -> String {
    let base = diagram.language.direction();
    let lines: Vec<_> = clean(text).split('\n').map(|line| escaped(&isolated(line, direction(line, base)))).collect();
    format!("\"{}\"", lines.join("<br/>"))
}

/// Text whose ASCII punctuation is written as references, except what Mermaid never takes for a mark.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // Mermaid would take a number and a dot, or a dash, at the beginning for a list.
        let mark = c.is_ascii_punctuation() && (at == 0 || !matches!(c, '(' | ')' | ',' | '-' | '/' | '\''));
        if mark {
            let _ = write!(escaped, "#{};", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// An address without what would end its quotes, or begin a directive or a reference of Mermaid.
fn address(href: &str) -> String {
    let mut address = String::with_capacity(href.len());
    for c in href.chars() {
        if matches!(c, '"' | ';' | '{' | '}' | '<' | '>' | '`') {
            let _ = write!(address, "%{:02X}", u32::from(c));
        } else {
            address.push(c);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::diagram;
    use super::*;

    #[test]
    fn labels_are_quoted_and_marks_are_references() {
        let mut diagram = diagram("en", &["ITU \"A;B\"", "1. end"], &[(0, 1, "hosts\nleads"), (1, 1, "")]);
        diagram.classes.truncate(2);
        expect![[r#"
            ---
            title: "ITU \"A;B\""
            ---
            flowchart LR
                accTitle: ITU #34;A#59;B#34;
                accDescr: ITU #34;A#59;B#34;, 1#46; end
                n0["ITU #34;A#59;B#34;"]:::c0
                n1(["1#46; end"]):::c1
                n0 -.->|"hosts<br/>leads"| n1
                n1 -.- n1
                linkStyle 1 stroke-dasharray:1 4
                subgraph legend["Shapes"]
                    k0["box"]:::c0
                    k1(["ellipse"]):::c1
                end
                classDef c0 fill:#E2F2FB,stroke:#336C8B,color:#000000
                classDef c1 fill:#E2F2FB,stroke:#336C8B,color:#000000
        "#]]
        .assert_eq(&mermaid(&diagram).unwrap());
    }

    #[test]
    fn more_edges_or_text_than_mermaid_takes_are_refused() {
        let many = vec![(0, 1, "x"); MOST_EDGES + 1];
        assert!(matches!(mermaid(&diagram("en", &["a", "b"], &many)), Err(DrawError::MermaidEdges(501))));
        assert!(mermaid(&diagram("en", &["a", "b"], &many[1..])).is_ok());
        let long = "لا".repeat(MOST_CHARACTERS / 2);
        assert!(
            matches!(mermaid(&diagram("ar", &[&long], &[])), Err(DrawError::MermaidText(n)) if n > MOST_CHARACTERS)
        );
    }
}

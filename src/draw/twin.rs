//! The text twin of a picture: Markdown that says all that the picture shows, for those who listen or search.
//!
//! Title and description, an outline of the nodes by class, a table of what the edges stand for. It is within an element
//! that gives its language and direction; what reads in the other direction is isolated.

use std::fmt::Write as _;

use super::diagram::safe;
use super::text::{clean, direction, isolated};
use super::words::Words;
use super::{Diagram, Edge, Node};
use crate::model::Direction::{self, LeftToRight, RightToLeft};
use crate::model::Language;

/// Returns a diagram as [Markdown](https://github.github.com/gfm/) with tables. O(size of the output).
#[must_use]
pub(crate) fn twin(diagram: &Diagram) -> String {
    let twin = Twin { diagram, words: Words::of(diagram.language) };
    let mut out = String::new();
    // Writing to memory does not fail.
    let _ = twin.write(&mut out);
    out
}

struct Twin<'a> {
    diagram: &'a Diagram,
    words: &'static Words,
}

impl Twin<'_> {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let (diagram, words) = (self.diagram, self.words);
        opening(out, diagram.language, &diagram.title)?;
        writeln!(out, "{}\n", self.text(&diagram.description))?;
        writeln!(out, "## {}\n", words.entities)?;
        for (number, class) in diagram.classes.iter().enumerate() {
            let nodes: Vec<_> = diagram.nodes.iter().filter(|node| node.class == number).collect();
            if !class.label.is_empty() {
                let n = if diagram.classes.iter().any(|class| class.label.is_empty()) {
                    diagram.nodes.len()
                } else {
                    nodes.len()
                };
                writeln!(out, "### {} ({n})\n", self.text(&class.label))?;
            }
            nodes.into_iter().try_for_each(|node| outlined(out, node, diagram.language.direction()))?;
            writeln!(out)?;
        }
        if !diagram.edges.is_empty() {
            writeln!(out, "## {}\n", words.links)?;
            writeln!(out, "| {} |\n|---|---|---|---|---|", words.columns.join(" | "))?;
            diagram.edges.iter().try_for_each(|edge| self.edge(out, edge))?;
            writeln!(out)?;
        }
        writeln!(out, "{CLOSING}")
    }

    /// A row for each statement that the edge stands for.
    fn edge(&self, out: &mut String, edge: &Edge) -> std::fmt::Result {
        let label = |node: usize| self.diagram.nodes.get(node).map_or_else(String::new, |node| self.text(&node.label));
        let (from, to) = (label(edge.from), label(edge.to));
        for stated in &edge.statements {
            let sources: Vec<_> = stated.sources.iter().map(|source| self.text(source)).collect();
            let (relation, remarks) = (self.text(&stated.relation), self.text(&stated.remarks));
            writeln!(out, "| {from} | {relation} | {to} | {remarks} | {} |", sources.join(" "))?;
        }
        if edge.statements.is_empty() {
            writeln!(out, "| {from} | {} | {to} | {} | |", self.text(&edge.label), self.text(&edge.tooltip))?;
        }
        Ok(())
    }

    fn text(&self, text: &str) -> String {
        line(text, self.diagram.language.direction())
    }
}

/// Begins a document in a language, with its title.
pub(crate) fn opening(out: &mut String, language: Language, title: &str) -> std::fmt::Result {
    let base = language.direction();
    let direction = base.as_str();
    writeln!(out, "<div lang=\"{language}\" dir=\"{direction}\">\n\n# {}\n", line(title, base))
}

/// Ends a document.
pub(crate) const CLOSING: &str = "</div>";

/// Writes the name of a node with its link; below it, what the picture shows in the tooltip.
pub(super) fn outlined(out: &mut String, node: &Node, base: Direction) -> std::fmt::Result {
    let label = line(&node.label, base);
    match safe(node.href.as_deref()) {
        Some(href) => writeln!(out, "- **[{label}](<{}>)**", href.replace(['<', '>'], ""))?,
        None => writeln!(out, "- **{label}**")?,
    }
    node.tooltip.lines().skip(1).try_for_each(|known| writeln!(out, "  - {}", line(known, base)))
}

/// Returns text as one line of Markdown within a document of a direction: what would be read as a mark is escaped.
pub(crate) fn line(text: &str, base: Direction) -> String {
    let text = clean(text).replace('\n', " ");
    let text = match (direction(&text, base), base) {
        (RightToLeft, _) => isolated(&text, RightToLeft),
        (LeftToRight, RightToLeft) if !text.is_empty() => format!("\u{2066}{text}\u{2069}"),
        (LeftToRight, _) => text,
    };
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::samples::diagram;
    use super::*;

    #[test]
    fn everything_that_is_drawn_is_said() {
        let mut diagram = diagram("en", &["ITU", "Summit | *2024*"], &[(0, 1, "hosts")]);
        diagram.classes.truncate(2);
        expect![[r#"
            <div lang="en" dir="ltr">

            # ITU

            ITU, Summit \| \*2024\*

            ## Entities by class

            ### box (1)

            - **[ITU](<https://example.org/?a=1&b=ITU>)**

            ### ellipse (1)

            - **Summit \| \*2024\***

            ## Links

            | From | Relation | To | Dates and remarks | Paragraphs |
            |---|---|---|---|---|
            | ITU | hosts | Summit \| \*2024\* | 2024 | c24\#1 |

            </div>
        "#]]
        .assert_eq(&twin(&diagram));
    }

    #[test]
    fn in_arabic_what_reads_from_left_to_right_is_isolated() {
        let text = twin(&diagram("ar", &["ITU (2024)", "خطة 2024-2027"], &[(0, 1, "hosts")]));
        assert!(text.starts_with("<div lang=\"ar\" dir=\"rtl\">\n"));
        assert!(text.contains("| \u{2066}ITU (2024)\u{2069} | \u{2066}hosts\u{2069} |"), "{text}");
        assert!(text.contains("| \u{2067}خطة \u{2066}2024-2027\u{2069}\u{2069} |"), "{text}");
    }
}

//! Findings for people, as a compiler shows mistakes.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Finding, Position, Severity};

/// Writes a finding, and an empty line after it.
pub(super) fn write(finding: &Finding, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity() {
        Severity::Violation => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title =
        level.with_name(finding.severity().name()).primary_title(visible(&finding.message)).id(finding.code.name());
    let mut group = title.elements(place(finding));
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    writeln!(out, "{}\n", renderer.decor_style(DecorStyle::Ascii).render(&[group]))
}

/// Where the finding is, and the excerpt with the place marked.
fn place(finding: &Finding) -> Vec<Element<'static>> {
    let location = &finding.location;
    match &location.position {
        Position::File => vec![Origin::path(location.file.clone()).into()],
        Position::Text { line, column, length, excerpt, excerpt_column } => {
            // What is left out before the excerpt is made up for by spaces, which the renderer cuts off again: it
            // counts the column itself.
            let line_text = " ".repeat(excerpt_column - 1) + &visible(excerpt);
            let span = span(&line_text, column - 1, *length);
            let snippet = Snippet::source(line_text).line_start(*line).path(location.file.clone());
            vec![snippet.annotation(AnnotationKind::Primary.span(span)).into()]
        }
        Position::Cell { excerpt, .. } => {
            let message = Level::NOTE.no_name().message(format!("the cell has: {}", visible(excerpt)));
            vec![Origin::path(location.to_string()).into(), message.into()]
        }
    }
}

/// The bytes of so many characters of a text, from a character on.
fn span(text: &str, skipped: usize, length: usize) -> std::ops::Range<usize> {
    let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte);
    byte(skipped)..byte(skipped + length)
}

/// A text without characters that would garble a terminal: controls, and overrides of direction. Each is replaced by one
/// of the same number of bytes or shown as a space, so that places stay right.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' => shown.push(' '),
            c if c.is_ascii_control() => shown.push('?'),
            // Three bytes each, as the replacement character has.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => shown.push('\u{FFFD}'),
            c if c.is_control() => shown.push('\u{A4}'),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::finding::{Code, Location};

    fn check(position: Position, expected: &Expect) {
        let location = Location { file: "statements.csv".to_owned(), position };
        let finding =
            Finding::new(Code::UnknownReference, location, "no entity is called `gcd`").help("did you mean `gdc`?");
        let mut out = Vec::new();
        write(&finding, false, &mut out).unwrap();
        expected.assert_eq(std::str::from_utf8(&out).unwrap());
    }

    fn text(excerpt: &str, column: usize, length: usize) -> Position {
        Position::Text { line: 7, column, length, excerpt: excerpt.to_owned(), excerpt_column: 1 }
    }

    #[test]
    fn the_place_is_marked() {
        check(
            text("itu,leads,gcd,c24#2.4", 11, 3),
            &expect![[r#"
                violation[unknown-reference]: no entity is called `gcd`
                 --> statements.csv:7:11
                  |
                7 | itu,leads,gcd,c24#2.4
                  |           ^^^
                  |
                  = help: did you mean `gdc`?

            "#]],
        );
    }

    #[test]
    fn columns_count_characters_in_any_script() {
        check(
            text("الاتحاد,يقود,gcd,c24#2.4", 14, 3),
            &expect![[r#"
                violation[unknown-reference]: no entity is called `gcd`
                 --> statements.csv:7:14
                  |
                7 | الاتحاد,يقود,gcd,c24#2.4
                  |              ^^^
                  |
                  = help: did you mean `gdc`?

            "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let excerpt = format!("{},gcd,{}", "x".repeat(79), "y".repeat(76));
        let position = Position::Text { line: 7, column: 1081, length: 3, excerpt, excerpt_column: 1001 };
        check(
            position,
            &expect![[r#"
                violation[unknown-reference]: no entity is called `gcd`
                 --> statements.csv:7:1081
                  |
                7 | ...   xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,gcd,yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...
                  |                                                                                       ^^^
                  |
                  = help: did you mean `gdc`?

            "#]],
        );
    }

    #[test]
    fn a_cell_of_a_spreadsheet_has_its_name() {
        check(
            Position::Cell { sheet: "Members".to_owned(), cell: "B7".to_owned(), excerpt: "gcd".to_owned() },
            &expect![[r#"
                violation[unknown-reference]: no entity is called `gcd`
                --> statements.csv:Members!B7
                 = the cell has: gcd
                 = help: did you mean `gdc`?

            "#]],
        );
    }

    #[test]
    fn what_garbles_a_terminal_is_not_written() {
        assert_eq!(visible("a\u{1b}[31m\u{202E}b\tc"), "a?[31m\u{FFFD}b c");
        for text in ["a\u{1b}\u{202E}\u{85}\t\n", "الأمم\u{200F}"] {
            assert_eq!(visible(text).len(), text.len());
        }
    }
}

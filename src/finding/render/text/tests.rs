//! What people see.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};

use super::*;
use crate::finding::{Code, Location};

fn at(column: usize, length: usize, excerpt: &str) -> Location {
    let position = Position::Text { line: 12, column, length, excerpt: excerpt.to_owned(), excerpt_column: 1 };
    Location { file: "statements.csv".to_owned(), position }
}

const PLAIN: Style<'_> =
    Style { format: crate::finding::MessageFormat::Human, color: false, all: false, hint: "--all shows all" };

fn human(findings: &[Finding], out: &mut Vec<u8>) {
    write_human(&Groups::of(findings, 2), PLAIN, out).unwrap();
}

fn check(finding: Finding, expected: &Expect) {
    let mut out = Vec::new();
    human(&[finding], &mut out);
    expected.assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn the_place_is_marked_in_its_line() {
    let finding = Finding::new(Code::UnknownReference, at(9, 3, "itu,المجلس,unn"), "no entity is called `unn`");
    check(
        finding.help("did you mean `un`?"),
        &expect![[r#"
            violation[unknown-reference]: no entity is called `unn`
              --> statements.csv:12:9
               |
            12 | itu,المجلس,unn
               |         ^^^
               |
               = help: did you mean `un`?

        "#]],
    );
}

#[test]
fn a_place_between_characters_is_marked_with_a_caret() {
    check(
        Finding::new(Code::RaggedRow, at(4, 0, "a,b"), "the row has 2 cells"),
        &expect![[r#"
            violation[ragged-row]: the row has 2 cells
              --> statements.csv:12:4
               |
            12 | a,b
               |    ^

        "#]],
    );
}

#[test]
fn a_line_that_is_shown_in_part_keeps_its_column() {
    let mut location = at(501, 4, &format!("before here after {}", "x".repeat(140)));
    if let Position::Text { excerpt_column, .. } = &mut location.position {
        *excerpt_column = 494;
    }
    check(
        Finding::new(Code::IsolatedEntity, location, "x"),
        &expect![[r#"
            warning[isolated-entity]: x
              --> statements.csv:12:501
               |
            12 | …before here after xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
               |         ^^^^

        "#]],
    );
}

#[test]
fn a_place_far_into_a_line_is_shown() {
    for column in [70_000, 2_000_000] {
        let mut location = at(column, 70_000, "here");
        if let Position::Text { excerpt_column, .. } = &mut location.position {
            *excerpt_column = column;
        }
        let mut out = Vec::new();
        human(&[Finding::new(Code::IsolatedEntity, location, "x")], &mut out);
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains(&format!("statements.csv:12:{column}\n")) && text.contains("…here"), "{text}");
    }
}

#[test]
fn a_cell_of_a_spreadsheet_is_shown_with_its_text() {
    let position = Position::Cell { sheet: "Members".into(), cell: "B7".into(), excerpt: "two\nlines".into() };
    let location = Location { file: "who.xlsx".into(), position };
    check(
        Finding::new(Code::SharedAcronym, location, "x"),
        &expect![[r#"
            info[shared-acronym]: x
            --> who.xlsx:Members!B7
             = cell: two�lines

        "#]],
    );
}

#[test]
fn a_file_as_a_whole_has_no_excerpt() {
    check(
        Finding::new(Code::WrongEncoding, Location::file("a.csv"), "x").help("y"),
        &expect![[r#"
        violation[wrong-encoding]: x
        --> a.csv
         = help: y

    "#]],
    );
}

#[test]
fn what_a_terminal_would_obey_is_replaced() {
    let line = "a\u{1b}[31m\u{202E}b\u{9b}1mc\u{2067}d";
    check(
        Finding::new(Code::InvalidId, at(14, 1, line), format!("x {line}")),
        &expect![[r#"
            violation[invalid-id]: x a�[31m\u{202e}b�1mc\u{2067}d
              --> statements.csv:12:14
               |
            12 | a�[31m�b�1mc�d
               |              ^

        "#]],
    );
    let mut out = Vec::new();
    write_short(&Groups::of(&[Finding::new(Code::InvalidId, at(14, 1, line), line)], 10), &mut out).unwrap();
    assert!(!String::from_utf8(out).unwrap().trim_end().contains(|c: char| c.is_control() || c == '\u{202E}'));
}

#[test]
fn colours_are_used_if_wanted() {
    let mut out = Vec::new();
    let findings = [Finding::new(Code::InvalidId, at(1, 1, "x"), "x")];
    write_human(&Groups::of(&findings, 10), Style { color: true, ..PLAIN }, &mut out).unwrap();
    assert!(out.starts_with(b"\x1b["));
}

#[test]
fn the_short_form_is_a_line() {
    let mut out = Vec::new();
    let findings = [
        Finding::new(Code::InvalidId, at(9, 3, "x"), "x"),
        Finding::new(Code::InvalidId, Location::file("a\nb"), "y"),
        Finding::new(Code::InvalidId, Location::file("c"), "z"),
    ];
    write_short(&Groups::of(&findings, 2), &mut out).unwrap();
    expect![[r#"
        statements.csv:12:9: violation[invalid-id]: x
        a�b: violation[invalid-id]: y
        violation[invalid-id]: 1 more, 3 in all
    "#]]
    .assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn of_many_findings_of_a_kind_the_first_are_shown() {
    let finding = |file: &str| Finding::new(Code::WrongEncoding, Location::file(file), "x");
    let mut out = Vec::new();
    human(&[finding("a"), finding("b"), finding("c")], &mut out);
    expect![[r#"
        violation[wrong-encoding]: x
        --> a

        violation[wrong-encoding]: x
        --> b

        and 1 more of `wrong-encoding`; --all shows all

    "#]]
    .assert_eq(&String::from_utf8(out).unwrap());
}

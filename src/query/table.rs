//! Answers as tables for a terminal: aligned columns, right with text of any direction.

use std::io::{self, Write};

use oxrdf::{NamedOrBlankNode, Term, Triple};
use unicode_width::UnicodeWidthChar as _;

use super::Answer;
use crate::model::is_right_to_left;

/// What stands between columns.
const GAP: &str = "  ";
/// The most that a column of a table is aligned to. What follows a wider cell stands behind it, so that one long text among many rows
/// does not make all of them as long.
pub(crate) const WIDEST: usize = 200;

/// Writes a header, a line and the rows; of a boolean, the word.
pub(super) fn write(answer: &Answer, prefixes: &[(String, String)], out: &mut impl Write) -> io::Result<()> {
    match answer {
        Answer::Boolean(value) => writeln!(out, "{value}"),
        Answer::Solutions { variables, rows } => {
            let header = variables.iter().map(|name| Cell::new(name)).collect();
            let cell =
                |term: &Option<Term>| Cell::new(&term.as_ref().map_or_else(String::new, |term| short(term, prefixes)));
            write_rows(header, rows.iter().map(|row| row.iter().map(cell).collect()), out)
        }
        Answer::Graph(triples) => {
            let header = ["subject", "predicate", "object"].map(Cell::new).into();
            write_rows(
                header,
                triples.iter().map(|triple| parts(triple, prefixes).map(|part| Cell::new(&part)).into()),
                out,
            )
        }
    }
}

/// A text that can stand on a line, and its width in columns.
struct Cell {
    text: String,
    width: usize,
}

impl Cell {
    fn new(text: &str) -> Self {
        let text = isolated(text.chars().filter_map(harmless).collect());
        let width = width(&text);
        Self { text, width }
    }
}

/// Returns the columns of a terminal that a text takes: of each character by itself, for terminals give lam-alef two, where the
/// width of a text gives it one.
pub(crate) fn width(text: &str) -> usize {
    text.chars().filter_map(char::width).sum()
}

fn write_rows(header: Vec<Cell>, rows: impl Iterator<Item = Vec<Cell>>, out: &mut impl Write) -> io::Result<()> {
    let mut widths: Vec<usize> = header.iter().map(|cell| cell.width.min(WIDEST)).collect();
    let rows: Vec<Vec<Cell>> = rows.collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width.min(WIDEST).max(*width);
        }
    }
    let line = widths.iter().map(|&width| Cell { text: "─".repeat(width), width }).collect();
    for row in [header, line].iter().chain(&rows) {
        write_row(row, &widths, out)?;
    }
    Ok(())
}

/// Writes a row without space at its end.
fn write_row(row: &[Cell], widths: &[usize], out: &mut impl Write) -> io::Result<()> {
    let mut missing = 0;
    for (number, (cell, width)) in row.iter().zip(widths).enumerate() {
        if cell.width > 0 {
            write!(out, "{}{}", " ".repeat(missing), cell.text)?;
            missing = 0;
        }
        missing += width.saturating_sub(cell.width) + if number + 1 < row.len() { GAP.len() } else { 0 };
    }
    writeln!(out)
}

/// Returns a term as people write it: IRIs with prefixes, literals without quotes and types.
fn short(term: &Term, prefixes: &[(String, String)]) -> String {
    match term {
        Term::NamedNode(node) => short_iri(node.as_str(), prefixes),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::Triple(triple) => format!("<<( {} )>>", parts(triple, prefixes).join(" ")),
    }
}

fn parts(triple: &Triple, prefixes: &[(String, String)]) -> [String; 3] {
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => short_iri(node.as_str(), prefixes),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    };
    [subject, short_iri(triple.predicate.as_str(), prefixes), short(&triple.object, prefixes)]
}

/// Shortens an IRI by the prefix of the longest namespace that it starts with. What follows is left as it is, so that
/// `c24:c24/para/2.10` needs a backslash before each slash in a query.
fn short_iri(iri: &str, prefixes: &[(String, String)]) -> String {
    let fitting =
        prefixes.iter().filter_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace.as_str())?)));
    match fitting.min_by_key(|(_, local)| local.len()) {
        Some((prefix, local)) => format!("{prefix}:{local}"),
        None => format!("<{iri}>"),
    }
}

/// Replaces a character that could move the cursor, break the line or turn the direction of what follows.
fn harmless(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Embeddings, overrides and isolates: a cell has its own.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        _ if character.is_control() => Some(char::REPLACEMENT_CHARACTER),
        _ => Some(character),
    }
}

/// Puts a text with letters of a right-to-left script into an
/// [isolate](https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates) of the direction that its first letter
/// has, which takes no columns. Otherwise two such cells side by side would be read as one, and change places.
fn isolated(text: String) -> String {
    if !text.contains(is_right_to_left) {
        return text;
    }
    let first = text.chars().find(|&character| is_right_to_left(character) || character.is_alphabetic());
    let direction = if first.is_some_and(is_right_to_left) { '\u{2067}' } else { '\u{2066}' };
    format!("{direction}{text}\u{2069}")
}

#[cfg(test)]
mod tests {
    use oxrdf::{Literal, NamedNode};

    use super::*;

    fn prefixes() -> Vec<(String, String)> {
        [("ex", "http://e/"), ("para", "http://e/para/")]
            .map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned()))
            .into()
    }

    /// Returns the table of these cells: nothing is unbound, what starts with a bracket an IRI, all else a string.
    fn table(variables: &[&str], rows: &[&[&str]]) -> String {
        let term = |cell: &&str| match cell.strip_prefix('<') {
            Some(iri) => Some(Term::from(NamedNode::new_unchecked(iri))),
            None => (!cell.is_empty()).then(|| Literal::new_simple_literal(*cell).into()),
        };
        let variables = variables.iter().map(|&name| name.to_owned()).collect();
        let rows = rows.iter().map(|row| row.iter().map(term).collect()).collect();
        let mut out = Vec::new();
        write(&Answer::Solutions { variables, rows }, &prefixes(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_and_rows_end_without_space() {
        let rows: &[&[&str]] =
            &[&["<http://e/itu", "7", ""], &["<http://e/para/2.10", "", "日本"], &["<urn:x", "10", "é"]];
        expect_test::expect![[r"
            who        n   note
            ─────────  ──  ────
            ex:itu     7
            para:2.10      日本
            <urn:x>    10  é
        "]]
        .assert_eq(&table(&["who", "n", "note"], rows));
    }

    #[test]
    fn right_to_left_text_is_isolated_and_takes_no_more_columns() {
        let table = table(&["a", "b", "c"], &[&["الاتحاد", "ITU الاتحاد", "x"], &["x", "y", "2"]]);
        let expected = "a        b            c\n───────  ───────────  ─\n\
            \u{2067}الاتحاد\u{2069}  \u{2066}ITU الاتحاد\u{2069}  x\nx        y            2\n";
        assert_eq!(table, expected);
    }

    #[test]
    fn no_text_moves_the_cursor_or_turns_the_line() {
        let table = table(&["a"], &[&["a\u{1b}[2J\tb\nc\u{202e}d\u{2067}"]]);
        assert_eq!(table, "a\n──────────\na\u{fffd}[2J b cd\n");
    }

    #[test]
    fn one_long_cell_does_not_make_all_rows_as_long() {
        let long = "x".repeat(70_000);
        let table = table(&["a", "b"], &[&[&long, "1"], &["y", "2"]]);
        assert!(table.ends_with(&format!("\n{long}  1\ny{}2\n", " ".repeat(WIDEST + 1))), "{}", table.len());
    }
}

//! Findings as JSON: one object a line, keys always in this order, absent ones left out.

use std::io::{self, Write};

use serde::Serialize;

use super::group::Groups;
use crate::finding::{Finding, Position};

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    focus: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// How many findings of a kind are left out.
#[derive(Serialize)]
struct Rest {
    code: &'static str,
    severity: &'static str,
    hidden: usize,
    all: usize,
}

/// Writes findings as JSON Lines; then an object for each kind of which some are left out.
pub(super) fn write_json(groups: &Groups<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &groups.shown {
        serde_json::to_writer(&mut *out, &entry(finding))?;
        out.write_all(b"\n")?;
    }
    for (code, more) in &groups.more {
        let rest = Rest { code: code.name(), severity: code.severity().name(), hidden: more.hidden, all: more.all };
        serde_json::to_writer(&mut *out, &rest)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn entry(finding: &Finding) -> Entry<'_> {
    let (mut text, mut sheet_and_cell) = (None, None);
    match &finding.location.position {
        Position::File => {}
        Position::Text { line, column, length, .. } => text = Some((*line, *column, *length)),
        Position::Cell { sheet, cell, .. } => sheet_and_cell = Some((sheet.as_str(), cell.as_str())),
    }
    Entry {
        code: finding.code.name(),
        severity: finding.severity().name(),
        file: &finding.location.file,
        line: text.map(|(line, ..)| line),
        column: text.map(|(_, column, _)| column),
        length: text.map(|(.., length)| length),
        sheet: sheet_and_cell.map(|(sheet, _)| sheet),
        cell: sheet_and_cell.map(|(_, cell)| cell),
        focus: finding.focus.as_deref(),
        message: &finding.message,
        help: finding.help.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Location};

    #[test]
    fn what_is_left_out_is_counted() {
        let finding = || Finding::new(Code::InvalidId, Location::file("a"), "m");
        let mut out = Vec::new();
        write_json(&Groups::of(&[finding(), finding(), finding()], 1), &mut out).unwrap();
        let last = String::from_utf8(out).unwrap().lines().last().unwrap().to_owned();
        assert_eq!(last, r#"{"code":"invalid-id","severity":"violation","hidden":2,"all":3}"#);
    }

    #[test]
    fn each_finding_is_an_object_in_a_line() {
        let text = Position::Text { line: 2, column: 5, length: 3, excerpt: "x".into(), excerpt_column: 1 };
        let cell = Position::Cell { sheet: "S".into(), cell: "B7".into(), excerpt: "x".into() };
        let at = |position| Location { file: "a.csv".into(), position };
        let findings = [
            Finding::new(Code::InvalidId, at(text), "an \"id\"\n").help("h").about("itu"),
            Finding::new(Code::SharedAcronym, at(cell), "m"),
            Finding::new(Code::MissingHeader, at(Position::File), "m"),
        ];
        let mut out = Vec::new();
        write_json(&Groups::of(&findings, 10), &mut out).unwrap();
        let expected = concat!(
            r#"{"code":"invalid-id","severity":"violation","file":"a.csv","line":2,"column":5,"length":3,"#,
            r#""focus":"itu","message":"an \"id\"\n","help":"h"}"#,
            "\n",
            r#"{"code":"shared-acronym","severity":"info","file":"a.csv","sheet":"S","cell":"B7","message":"m"}"#,
            "\n",
            r#"{"code":"missing-header","severity":"violation","file":"a.csv","message":"m"}"#,
            "\n",
        );
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

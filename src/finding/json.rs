//! Findings for programs: a JSON object each.

use std::io::{self, Write};

use serde::Serialize;

use super::{Finding, Position};

/// A finding as it is written; the order of the fields is that of the object.
#[derive(Serialize)]
struct Record<'a> {
    severity: &'static str,
    code: &'static str,
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
    focus: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
}

/// Writes a finding in a line.
pub(super) fn write(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let mut record = Record {
        severity: finding.severity().name(),
        code: finding.code.name(),
        file: &finding.location.file,
        line: None,
        column: None,
        length: None,
        sheet: None,
        cell: None,
        focus: finding.focus.as_deref(),
        message: &finding.message,
        help: finding.help.as_deref(),
    };
    match &finding.location.position {
        Position::File => {}
        Position::Text { line, column, length, .. } => {
            (record.line, record.column, record.length) = (Some(*line), Some(*column), Some(*length));
        }
        Position::Cell { sheet, cell, .. } => (record.sheet, record.cell) = (Some(sheet.as_str()), Some(cell.as_str())),
    }
    serde_json::to_writer(&mut *out, &record)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Location};

    #[test]
    fn a_finding_is_a_line() {
        let position = Position::Cell { sheet: "S".to_owned(), cell: "B7".to_owned(), excerpt: String::new() };
        let location = Location { file: "a.xlsx".to_owned(), position };
        let mut out = Vec::new();
        write(&Finding::new(Code::InvalidDate, location, "`x` is not a date").about("itu"), &mut out).unwrap();
        assert_eq!(
            std::str::from_utf8(&out).unwrap(),
            "{\"severity\":\"violation\",\"code\":\"invalid-date\",\"file\":\"a.xlsx\",\"sheet\":\"S\",\"cell\":\"B7\",\
             \"focus\":\"itu\",\"message\":\"`x` is not a date\",\"help\":null}\n"
        );
    }
}

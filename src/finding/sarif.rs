//! Findings for code scanners: [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Code, Finding, Position, Severity};

/// Writes one run with all rules and the findings as its results.
pub(super) fn write(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            json!({
                "id": code.name(),
                "shortDescription": {"text": code.description()},
                "defaultConfiguration": {"level": level(code.severity())},
            })
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn result(finding: &Finding) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let rule = Code::ALL.iter().position(|code| *code == finding.code);
    json!({
        "ruleId": finding.code.name(),
        "ruleIndex": rule,
        "level": level(finding.severity()),
        "message": {"text": text},
        "locations": [location(finding)],
    })
}

fn location(finding: &Finding) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": encoded(&finding.location.file)}});
    match &finding.location.position {
        Position::File => json!({"physicalLocation": physical}),
        Position::Text { line, column, length, .. } => {
            physical["region"] = json!({"startLine": line, "startColumn": column, "endColumn": column + length});
            json!({"physicalLocation": physical})
        }
        Position::Cell { sheet, cell, .. } => {
            let logical = json!({"fullyQualifiedName": format!("{sheet}!{cell}"), "kind": "element"});
            json!({"physicalLocation": physical, "logicalLocations": [logical]})
        }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative reference: percent-encoded except for what may stand in a path.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;

    #[test]
    fn a_finding_is_a_result_at_its_place() {
        let position = Position::Text { line: 3, column: 5, length: 2, excerpt: String::new(), excerpt_column: 1 };
        let location = Location { file: "أ b.csv".to_owned(), position };
        let mut out = Vec::new();
        write(&[Finding::new(Code::IsolatedEntity, location, "alone").help("link it")], &mut out).unwrap();
        let document: Value = serde_json::from_slice(&out).unwrap();
        let result = &document["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "isolated-entity");
        assert_eq!(result["level"], "warning");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "%D8%A3%20b.csv");
        assert_eq!(place["region"], json!({"startLine": 3, "startColumn": 5, "endColumn": 7}));
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(document["runs"][0]["tool"]["driver"]["rules"][rule]["id"], "isolated-entity");
    }
}

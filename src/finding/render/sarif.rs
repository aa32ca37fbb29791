//! Findings as a log in [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code
//! hosts show beside the lines of a change.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::group::Groups;
use crate::finding::{Code, Finding, Location, Position, Severity};

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<LeftOut>,
}

/// How many results of a rule are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeftOut {
    left_out: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text<&'static str>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<String>,
    locations: [SarifLocation; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

#[derive(Serialize)]
struct Properties<'a> {
    focus: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

/// Writes findings as one log with one run.
pub(super) fn write_sarif(groups: &Groups<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = Code::ALL.iter().map(|&code| Rule {
        id: code.name(),
        short_description: Text { text: code.description() },
        default_configuration: Configuration { level: level(code.severity()) },
    });
    let driver = Driver { name: "rapporteur", version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            column_kind: "unicodeCodePoints",
            results: groups.shown.iter().copied().map(result).collect(),
            properties: (!groups.more.is_empty()).then(|| LeftOut {
                left_out: groups.more.iter().map(|(code, more)| (code.name(), more.hidden)).collect(),
            }),
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn result(finding: &Finding) -> SarifResult<'_> {
    let text = match &finding.help {
        Some(help) => format!("{} (help: {help})", finding.message),
        None => finding.message.clone(),
    };
    SarifResult {
        rule_id: finding.code.name(),
        // Codes are numbered in the order of the list, which the test below relies on.
        rule_index: finding.code as usize,
        level: level(finding.severity()),
        message: Text { text },
        locations: [location(&finding.location)],
        properties: finding.focus.as_deref().map(|focus| Properties { focus }),
    }
}

/// SARIF's words for how bad a finding is.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(location: &Location) -> SarifLocation {
    let (mut region, mut logical_locations) = (None, Vec::new());
    match &location.position {
        Position::File => {}
        Position::Text { line, column, length, .. } => {
            region = Some(Region { start_line: *line, start_column: *column, end_column: column + length });
        }
        Position::Cell { sheet, cell, .. } => {
            logical_locations.push(LogicalLocation { fully_qualified_name: format!("{sheet}!{cell}"), kind: "cell" });
        }
    }
    let artifact_location = ArtifactLocation { uri: uri(&location.file) };
    SarifLocation { physical_location: PhysicalLocation { artifact_location, region }, logical_locations }
}

/// Returns a path as a relative reference of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-4.2): all but
/// unreserved characters and `/` are percent-encoded, so that no part looks like a scheme.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for &byte in path.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
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
    use serde_json::{Value, json};

    fn log(findings: &[Finding]) -> Value {
        let mut out = Vec::new();
        write_sarif(&Groups::of(findings, 2), &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_result_has_its_rule_level_and_region() {
        let position = Position::Text { line: 2, column: 5, length: 3, excerpt: "x".into(), excerpt_column: 1 };
        let location = Location { file: "a b/ع:1.csv".into(), position };
        let log = log(&[Finding::new(Code::SharedAcronym, location, "m").help("h").about("itu")]);
        let index = log["runs"][0]["results"][0]["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index.unwrap()]["id"], "shared-acronym");
        assert_eq!(
            log["runs"][0]["results"][0],
            json!({
                "ruleId": "shared-acronym",
                "ruleIndex": index.unwrap(),
                "level": "note",
                "message": { "text": "m (help: h)" },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": "a%20b/%D8%B9%3A1.csv" },
                    "region": { "startLine": 2, "startColumn": 5, "endColumn": 8 },
                } }],
                "properties": { "focus": "itu" },
            })
        );
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let finding = || Finding::new(Code::InvalidId, Location::file("a"), "m");
        let run = log(&[finding(), finding(), finding()])["runs"][0].clone();
        assert_eq!(run["results"].as_array().unwrap().len(), 2);
        assert_eq!(run["properties"], json!({ "leftOut": { "invalid-id": 1 } }));
    }

    #[test]
    fn a_cell_is_a_logical_location() {
        let position = Position::Cell { sheet: "S".into(), cell: "B7".into(), excerpt: "x".into() };
        let log = log(&[Finding::new(Code::InvalidId, Location { file: "a.xlsx".into(), position }, "m")]);
        let location = &log["runs"][0]["results"][0]["locations"][0];
        assert_eq!(location["logicalLocations"], json!([{ "fullyQualifiedName": "S!B7", "kind": "cell" }]));
        assert!(location["physicalLocation"]["region"].is_null());
    }

    #[test]
    fn every_code_is_a_rule_at_its_index() {
        let rules = log(&[])["runs"][0]["tool"]["driver"]["rules"].clone();
        for (index, code) in Code::ALL.iter().enumerate() {
            assert_eq!((rules[index]["id"].as_str(), *code as usize), (Some(code.name()), index));
        }
    }
}

//! How the data set is cited, for programs and people: [Citation File Format 1.2.0](https://citation-file-format.github.io/).

use std::fmt::Write as _;

use serde_json::json;

use super::about::About;

/// Returns `CITATION.cff`. Texts are written as strings of JSON, which are strings of YAML too.
pub(super) fn record(about: &About<'_>) -> String {
    let mut text = String::new();
    let mut put = |key: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{key}: {}", json!(value));
    };
    put("cff-version", "1.2.0");
    put("message", "If you use this data set, please cite it as below.");
    put("type", "dataset");
    put("title", about.title());
    put("abstract", about.description());
    put("version", about.version);
    put("date-released", about.issued);
    match about.license.spdx {
        Some(spdx) => put("license", spdx),
        None => put("license-url", about.license.iri),
    }
    put("url", about.graph.config().publication.site.as_deref().unwrap_or(about.base()));
    text.push_str("authors:\n");
    let _ = writeln!(text, "  - name: {}", json!(about.publisher));
    if let Some(address) = &about.graph.config().publication.publisher_iri {
        let _ = writeln!(text, "    website: {}", json!(address));
    }
    text.push_str("identifiers:\n  - type: other\n");
    let _ = writeln!(text, "    value: {}", json!(about.version_iri()));
    let words: Vec<_> = about.keywords().map(|(_, word)| format!("  - {}\n", json!(word))).collect();
    if !words.is_empty() {
        text.push_str("keywords:\n");
        text.push_str(&words.concat());
    }
    text
}

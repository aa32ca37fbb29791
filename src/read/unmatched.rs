//! Mappings of files that there are not.

use std::ops::Range;

use super::config::Mappings;
use super::source::{File, is_json};
use super::text::TextFile;
use super::toml_string;
use crate::finding::{Code, Finding};
use crate::ontology::nearest;

/// Returns a finding for each mapping of a file that is none of those that are read. The others may be meant.
pub(super) fn mappings_without_file(
    mappings: &Mappings,
    (files, not_read): (&[File], &[String]),
    config: &TextFile,
) -> Vec<Finding> {
    // The sheets of a workbook are looked up when it is read.
    let is_of = |file: &File, name: &str| {
        let rest = name.strip_prefix(&file.name);
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with(':') && file.is_workbook()))
    };
    let is_rdf = |name: &str| files.iter().any(|file| file.name == name && file.is_rdf());
    let tables = mappings.tables.iter().map(|(name, mapping)| (name, &mapping.span, "table"));
    let tables = tables.filter(|(name, ..)| is_rdf(name) || !files.iter().any(|file| is_of(file, name)));
    let rdf = mappings.rdf.iter().map(|(name, mapping)| (name, &mapping.span, "rdf"));
    let missing = tables.chain(rdf.filter(|(name, ..)| !is_rdf(name)));
    let finding = |(name, span, key): (&String, &Range<usize>, &str)| {
        let kind = if key == "rdf" { "file of RDF" } else { "table" };
        let message = format!("the data set has no {kind} `{name}`");
        let finding = Finding::new(Code::InvalidMapping, config.locate(span.clone()), message);
        let others = files.iter().filter(|file| file.is_rdf() == (key == "rdf") && file.name != *name);
        // JSON is read where its name is written right.
        let json = not_read.iter().map(String::as_str).filter(|name| key == "table" && is_json(name));
        let near = nearest(name, others.map(|file| file.name.as_str()).chain(json), 1);
        let is_other = files.iter().any(|file| file.name == *name);
        finding.help(match near.first() {
            _ if is_other && key == "table" => format!("RDF is mapped by [rdf.{}]", toml_string(name)),
            _ if is_other => format!("tables are mapped by [table.{}]", toml_string(name)),
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write the file's name with its extension, as in [{key}.{:?}]", example(key)),
        })
    };
    missing.map(finding).collect()
}

fn example(key: &str) -> &'static str {
    if key == "rdf" { "who.ttl" } else { "who.xlsx" }
}

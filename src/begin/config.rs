//! The `dataset.toml` of a new data set, with every key explained in a line.

use crate::model::Language;
use crate::read::{KeyValue, toml_string};

/// What `dataset.toml` says of the new data set.
pub(super) struct Config<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) reports: &'a [String],
    pub(super) languages: &'a [Language],
    /// The file whose mapping is shown as an example.
    pub(super) table: &'a str,
}

impl Config<'_> {
    /// Returns the file. The keys that a data set can do without are there as comments.
    pub(super) fn text(&self) -> String {
        let languages: Vec<_> = self.languages.iter().map(|language| format!("\"{language}\"")).collect();
        let (first, languages) = (languages.first().cloned().unwrap_or_default(), languages.join(", "));
        let id = self.id;
        let tag = self.languages.first().map(ToString::to_string).unwrap_or_default();
        let report = match self.reports {
            [report] => KeyValue::One(report.clone()),
            reports => KeyValue::Several(reports.to_vec()),
        };
        format!(
            r#"# What the data set as a whole is. Lines that begin with # are notes; take the # away from those you want.

# A short name: letters, digits, - and _. It begins the names of files.
id = "{id}"
# What the addresses (IRIs) of everything in the data set begin with; ends in / or #. Choose one that can last.
base = "https://example.org/{id}/"
# The licence of the data, as an address. This one says that it has not been decided yet; for a free one write
# https://creativecommons.org/licenses/by/4.0/ or https://creativecommons.org/publicdomain/zero/1.0/
license = "http://rightsstatements.org/vocab/CNE/1.0/"
# The languages of names, in the order in which they are tried.
languages = [{languages}]
# The languages in which everything must have a name; the first of all, unless said otherwise.
# required-languages = [{first}]
# The document whose paragraphs are to be covered: its id in the table of documents. Several: ["one", "two"];
# without this line, all documents that have paragraphs.
report = {report}
# Who publishes the data set.
# publisher = "…"
# The version of the data set.
# version = "0.1.0"
# The date of the data, as exactly as it is known.
# date = "2024-05"
# Files of Turtle with terms of your own, in this folder; a table or sheet called terms needs no line here.
# ontology = ["more.ttl"]

{catalogue}
# The title, in one or more languages.
[title]
{tag} = {title}

{about}
# Prefixes of your own for queries and Turtle.
# [prefixes]
# wd = "https://www.wikidata.org/entity/"

# A table that somebody else made is not edited: what its columns mean is said here.
# [table.{table}]
# class = "Organization"                                      # of every row
# columns = {{ "Full name" = "label@en", "Remarks" = "" }}      # "" leaves a column out

# RDF that somebody else made is read too: what its classes and properties mean is said here.
# [rdf."orgs.ttl"]
# classes = {{ "http://example.org/ns#Org" = "Organization" }}
# properties = {{ "skos:prefLabel" = "label" }}
"#,
            catalogue = catalogue(id),
            about = about(&tag),
            title = toml_string(self.title),
            table = toml_string(self.table),
        )
    }
}

/// The keys that only catalogues ask for.
fn catalogue(id: &str) -> String {
    format!(
        r#"# What a catalogue says of the data set. A release needs a publisher, a version, a day and a description too.
# The day on which this version is released.
# released = "2024-05-27"
# The address (IRI) of the publisher.
# publisher-iri = "https://example.org/about"
# Where questions are answered: mail or a page.
# contact = "mailto:data@example.org"
# The folder on the web from which the files of a release are downloaded; without this line, below the base.
# download = "https://example.org/{id}/files/"
# The site on the web, to which the addresses below the base lead.
# site = "https://example.org/{id}/site/"
"#
    )
}

/// The texts by language that only catalogues ask for.
fn about(tag: &str) -> String {
    format!(
        r#"# What the data set holds, in a few sentences, in one or more languages.
# [description]
# {tag} = "…"

# What it is about, in one or more languages.
# [keywords]
# {tag} = ["…", "…"]
"#
    )
}

/// Returns a name as the id of a data set: ASCII letters, digits, `-` and `_`, a letter first.
pub(super) fn id_of(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut id = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() || c == '_' {
            id.push(c);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_matches('-');
    let id = id.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    match id {
        "" => "data".to_owned(),
        id if taken(id) => format!("{id}-data"),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_of_a_folder_gives_an_id() {
        let id = |name| id_of(name, |id| id == "org");
        let cases = [
            ("My Report 2024", "my-report-2024"),
            ("2024-council", "council"),
            ("تقرير", "data"),
            ("org", "org-data"),
            ("..", "data"),
        ];
        for (name, expected) in cases {
            assert_eq!(id(name), expected);
        }
    }
}

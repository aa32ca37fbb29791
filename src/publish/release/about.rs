//! What all records of a release say of the data set: one record, from which they are written.

use std::collections::BTreeMap;

use super::licence::Licence;
use crate::finding::{Code, Finding, Location};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::ontology::preferred;
use crate::read::CONFIG;

/// A data set as a catalogue knows it.
pub(super) struct About<'g> {
    pub(super) graph: &'g KnowledgeGraph,
    /// The languages of the data set, best first.
    pub(super) languages: Vec<Language>,
    pub(super) license: Licence<'g>,
    pub(super) publisher: &'g str,
    pub(super) publisher_iri: String,
    pub(super) version: &'g str,
    /// The day of the release, as an `xsd:date`.
    pub(super) issued: &'g str,
    /// The address of the folder of the release.
    pub(super) download: String,
    /// What is in the graph, by what it is called.
    pub(super) counts: [(&'static str, usize); 3],
}

impl<'g> About<'g> {
    /// Returns what is said of a data set.
    ///
    /// # Errors
    ///
    /// If something is not said that a catalogue must know: a finding for each.
    pub(super) fn of(graph: &'g KnowledgeGraph) -> Result<Self, Vec<Finding>> {
        let (config, publication) = (graph.config(), &graph.config().publication);
        let (version, issued, download) = (config.version.as_deref(), issued(graph), download(graph));
        match (lacking(graph), config.publisher.as_deref(), version, issued, download) {
            (lacking, Some(publisher), Some(version), Some(issued), Some(download)) if lacking.is_empty() => {
                let counts = graph.counts();
                let named = publication.publisher_iri.clone();
                Ok(Self {
                    graph,
                    languages: graph.languages(None),
                    license: Licence::of(&config.license),
                    publisher,
                    publisher_iri: named.unwrap_or_else(|| format!("{}release/publisher", config.base)),
                    version,
                    issued,
                    download,
                    counts: [
                        ("entities", counts.entities),
                        ("statements", counts.statements),
                        ("sources", counts.sources),
                    ],
                })
            }
            (lacking, ..) => Err(lacking),
        }
    }

    pub(super) fn base(&self) -> &'g str {
        &self.graph.config().base
    }

    pub(super) fn titles(&self) -> &'g BTreeMap<Language, String> {
        &self.graph.config().title
    }

    pub(super) fn descriptions(&self) -> &'g BTreeMap<Language, String> {
        &self.graph.config().publication.description
    }

    /// The title in the first language that has one.
    pub(super) fn title(&self) -> &'g str {
        preferred(self.titles(), &self.languages).unwrap_or(&self.graph.config().id)
    }

    /// The description in the first language that has one.
    pub(super) fn description(&self) -> &'g str {
        preferred(self.descriptions(), &self.languages).unwrap_or_default()
    }

    /// The keywords of all languages, in the order of the languages.
    pub(super) fn keywords(&self) -> impl Iterator<Item = (Language, &'g String)> {
        let keywords = &self.graph.config().publication.keywords;
        let of_language =
            move |&language: &Language| keywords.get(&language).into_iter().flatten().map(move |word| (language, word));
        self.languages.clone().into_iter().flat_map(move |language| of_language(&language).collect::<Vec<_>>())
    }

    pub(super) fn contact(&self) -> Option<&'g str> {
        self.graph.config().publication.contact.as_deref()
    }

    /// The IRI of this version.
    pub(super) fn version_iri(&self) -> String {
        version_iri(self.base(), self.version)
    }

    /// The address of a file of the release.
    pub(super) fn address(&self, file: &str) -> String {
        format!("{}{file}", self.download)
    }

    /// How the data set is cited.
    pub(super) fn citation(&self) -> String {
        let year = self.issued.split('-').next().unwrap_or_default();
        format!("{} ({year}). {}, version {}. {}", self.publisher, self.title(), self.version, self.version_iri())
    }
}

/// The IRI of a version of a data set.
fn version_iri(base: &str, version: &str) -> String {
    format!("{base}release/{}", crate::rdf::segment(version))
}

/// The day of the release: as it is said, or the date of the data if that is a day.
fn issued(graph: &KnowledgeGraph) -> Option<&str> {
    let config = graph.config();
    let date = config.publication.released.as_ref().or(config.date.as_ref())?;
    let day = date.date().earliest?;
    (day.to_string() == date.text()).then(|| date.text())
}

/// Where the files of the release are: as it is said, or below the base if that is on the web.
fn download(graph: &KnowledgeGraph) -> Option<String> {
    let config = graph.config();
    let base = config.base.as_str();
    let below = || {
        let is_web = base.starts_with("http://") || base.starts_with("https://");
        let version = config.version.as_deref()?;
        (is_web && base.ends_with('/')).then(|| format!("{}/", version_iri(base, version)))
    };
    config.publication.download.clone().or_else(below)
}

/// Returns a finding for each key of `dataset.toml` that a catalogue must know and that is not said.
pub(crate) fn lacking(graph: &KnowledgeGraph) -> Vec<Finding> {
    let config = graph.config();
    let publication = &config.publication;
    // A version is part of addresses: without one, that is what is told.
    let has_download = config.version.is_none() || download(graph).is_some();
    let needed = [
        ("title", !config.title.is_empty(), "a title", "a table [title] with a line such as `en = \"…\"`"),
        (
            "description",
            !publication.description.is_empty(),
            "a description",
            "a table [description] with a line such as `en = \"…\"`",
        ),
        ("publisher", config.publisher.is_some(), "a publisher", "a line such as `publisher = \"…\"`"),
        ("version", config.version.is_some(), "a version", "a line such as `version = \"1.0.0\"`"),
        ("released", issued(graph).is_some(), "a day of release", "a line such as `released = \"2024-05-27\"`"),
        (
            "download",
            has_download,
            "an address of its files",
            "a line such as `download = \"https://example.org/files/\"`",
        ),
    ];
    let lacking = needed.into_iter().filter(|(_, is_said, ..)| !is_said);
    lacking
        .map(|(key, _, what, line)| {
            let message = format!("a catalogue needs {what}, and the key `{key}` is missing");
            Finding::new(Code::UnpublishableDataset, Location::file(CONFIG), message).help(format!("add {line}"))
        })
        .collect()
}

//! What the process of queries is asked: a line of JSON each.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::publish::{AnswerFormat, Telling};
use crate::query::{Format, Shape};
use crate::rdf::Profile;

/// A query, with what its answer may be and take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) query: String,
    /// The name of the profile in which the graph is asked.
    pub(super) profile: String,
    /// The graphs that are asked instead of those that the query names; nothing for these.
    pub(super) dataset: Option<Dataset>,
    /// The media type in which each kind of answer is wanted; nothing where none is acceptable.
    pub(super) solutions: Option<String>,
    pub(super) boolean: Option<String>,
    pub(super) graph: Option<String>,
    /// The form in which the answer to a question is told, with what is told of the question; nothing for another query.
    pub(super) told: Option<(AnswerFormat, Telling)>,
    /// What a page says of data that are not shown: how many violations they have.
    pub(super) refused: Option<usize>,
    pub(super) time: Duration,
    pub(super) memory: usize,
    pub(super) rows: usize,
    /// The language of a page; nothing for other answers.
    pub(super) language: Option<String>,
}

/// The graphs that a request names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Dataset {
    pub(super) default: Vec<String>,
    pub(super) named: Vec<String>,
}

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// One of the formats of answers.
    As(Format),
    /// A page.
    Page,
}

/// The media types in which solutions and a yes or no can be sent, those first that programs expect.
pub(super) const RESULTS: [(&str, Written); 9] = [
    ("application/sparql-results+json", Written::As(Format::Json)),
    ("application/json", Written::As(Format::Json)),
    ("application/sparql-results+xml", Written::As(Format::Xml)),
    ("application/xml", Written::As(Format::Xml)),
    ("text/xml", Written::As(Format::Xml)),
    ("text/csv", Written::As(Format::Csv)),
    ("text/tab-separated-values", Written::As(Format::Tsv)),
    ("text/plain", Written::As(Format::Table)),
    ("text/html", Written::Page),
];

/// The media types in which triples can be sent.
pub(super) const TRIPLES: [(&str, Written); 12] = [
    ("text/turtle", Written::As(Format::Turtle)),
    ("application/n-triples", Written::As(Format::NTriples)),
    ("application/ld+json", Written::As(Format::JsonLd)),
    ("application/rdf+xml", Written::As(Format::RdfXml)),
    ("application/trig", Written::As(Format::TriG)),
    ("application/n-quads", Written::As(Format::NQuads)),
    ("application/x-turtle", Written::As(Format::Turtle)),
    ("application/json", Written::As(Format::JsonLd)),
    ("application/xml", Written::As(Format::RdfXml)),
    ("text/xml", Written::As(Format::RdfXml)),
    ("text/plain", Written::As(Format::NTriples)),
    ("text/html", Written::Page),
];

/// Returns the media types in which a kind of answer can be sent.
pub(super) fn offers(shape: Shape) -> &'static [(&'static str, Written)] {
    match shape {
        Shape::Solutions | Shape::Boolean => &RESULTS,
        Shape::Graph => &TRIPLES,
    }
}

impl Job {
    /// Returns the media type that is wanted for a kind of answer, and what it is written as.
    pub(super) fn wanted(&self, shape: Shape) -> Option<(&'static str, Written)> {
        let name = match shape {
            Shape::Solutions => &self.solutions,
            Shape::Boolean => &self.boolean,
            Shape::Graph => &self.graph,
        };
        let name = name.as_deref()?;
        offers(shape).iter().find(|offer| offer.0 == name).copied()
    }

    pub(super) fn profile(&self) -> Profile {
        Profile::from_name(&self.profile).unwrap_or_default()
    }
}

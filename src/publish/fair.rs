//! How well the ontology and the data set are prepared for others to find and reuse: the 24 checks of
//! [FOOPS!](https://w3id.org/foops/catalogue), as far as they can be answered without asking anybody.

use super::release::Place;
use crate::finding::{Code, Finding, Location};
use crate::graph::KnowledgeGraph;
use crate::ontology::{DCTERMS, FOAF, Labels, OWL, Ontology, SCHEMA};
use crate::read::CONFIG;

const VANN: &str = "http://purl.org/vocab/vann/";
const BIBO: &str = "http://purl.org/ontology/bibo/";

/// A check of the ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FairCheck {
    /// Its name in the catalogue.
    pub name: &'static str,
    /// The principle that it is for: F, A, I or R.
    pub principle: char,
    /// What it asks for.
    pub asks: &'static str,
    /// What came of it.
    pub result: FairResult,
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FairResult {
    /// It is so.
    Met,
    /// A release has what a server must send for it to be so.
    Prepared,
    /// Something is missing: what.
    Missing(Vec<String>),
    /// Others know: a registry, or the web.
    Unseen,
}

impl FairResult {
    /// Returns the word for it.
    #[must_use]
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Prepared => "prepared",
            Self::Missing(_) => "missing",
            Self::Unseen => "unseen",
        }
    }
}

/// What the ontology may say of itself, and the properties that say it; the first is the one that is asked for.
struct Said(&'static str, &'static [(&'static str, &'static str)]);

const TITLE: Said = Said("a title", &[(DCTERMS, "title"), (SCHEMA, "name")]);
const DESCRIPTION: Said =
    Said("a description", &[(DCTERMS, "description"), (DCTERMS, "abstract"), (SCHEMA, "description")]);
const LICENSE: Said = Said("a licence", &[(DCTERMS, "license"), (SCHEMA, "license")]);
const VERSION_IRI: Said = Said("an IRI of the version", &[(OWL, "versionIRI")]);
const AUTHOR: Said = Said("an author", &[(DCTERMS, "creator"), (SCHEMA, "creator"), (FOAF, "maker")]);
const NAMESPACE: Said = Said("the namespace", &[(VANN, "preferredNamespaceUri")]);
const PREFIX: Said = Said("a prefix", &[(VANN, "preferredNamespacePrefix")]);
const VERSION: Said = Said("a version", &[(OWL, "versionInfo"), (SCHEMA, "schemaVersion")]);
const CREATED: Said = Said("the date of its making", &[(DCTERMS, "created"), (SCHEMA, "dateCreated")]);
const CITATION: Said = Said("a citation", &[(DCTERMS, "bibliographicCitation"), (SCHEMA, "citation")]);
const DOI: Said = Said("a DOI", &[(BIBO, "doi")]);
const PUBLISHER: Said = Said("a publisher", &[(DCTERMS, "publisher"), (SCHEMA, "publisher")]);
const LOGO: Said = Said("a logo", &[(FOAF, "logo"), (FOAF, "depiction"), (SCHEMA, "logo")]);
const STATUS: Said = Said("a status", &[(BIBO, "status")]);
const SOURCE: Said = Said("a source", &[(DCTERMS, "source")]);
const ISSUED: Said = Said("the date of its issue", &[(DCTERMS, "issued"), (SCHEMA, "datePublished")]);

/// Returns what comes of each check, in the order of the principles.
#[must_use]
pub(crate) fn fair_checks(graph: &KnowledgeGraph) -> Vec<FairCheck> {
    let ontology = graph.ontology();
    let served = if is_beside(graph) { FairResult::Prepared } else { FairResult::Unseen };
    let says = |wanted: &[Said]| says(ontology, wanted);
    let check = |name, principle, asks, result| FairCheck { name, principle, asks, result };
    vec![
        check("PURL1", 'F', "an IRI of a service that lasts", lasts(ontology)),
        check("URI1", 'F', "an IRI that leads somewhere", served.clone()),
        check("URI2", 'F', "an IRI that is the one in the file", is_consistent(ontology)),
        check("VER1", 'F', "an IRI of the version", says(&[VERSION_IRI])),
        check("VER2", 'F', "an IRI of the version that leads somewhere", served.clone()),
        check(
            "OM1",
            'F',
            "title, description, licence, IRI of the version, author, namespace",
            says(&[TITLE, DESCRIPTION, LICENSE, VERSION_IRI, AUTHOR, NAMESPACE]),
        ),
        check("FIND1", 'F', "a prefix", says(&[PREFIX])),
        check("FIND2", 'F', "the prefix in a registry (prefix.cc, LOV)", FairResult::Unseen),
        check("FIND3", 'F', "the ontology in a registry (LOV)", FairResult::Unseen),
        check("CN1", 'A', "RDF and HTML by what is asked for", served.clone()),
        check("HTTP1", 'A', "an IRI of the web", is_web(ontology)),
        check("FIND_3_BIS", 'A', "what is said of it in a registry that lasts", FairResult::Unseen),
        check("RDF1", 'I', "RDF in a known syntax", served.clone()),
        check("VOC1", 'I', "known vocabularies for what is said of it", reuses(ontology)),
        check("VOC2", 'I', "terms that extend those of others", extends(ontology)),
        check("DOC1", 'R', "a page for people", served),
        check("VOC3", 'R', "a label of each term", of_each_term(ontology, |labels, _| labels)),
        check("VOC4", 'R', "a definition of each term", of_each_term(ontology, |_, definitions| definitions)),
        check("OM2", 'R', "prefix, version, date of its making, citation", says(&[PREFIX, VERSION, CREATED, CITATION])),
        check(
            "OM3",
            'R',
            "DOI, publisher, logo, status, source, date of its issue",
            says(&[DOI, PUBLISHER, LOGO, STATUS, SOURCE, ISSUED]),
        ),
        check("OM4.1", 'R', "a licence", says(&[LICENSE])),
        check("OM4.2", 'R', "a licence that leads somewhere", FairResult::Unseen),
        check("OM5.1", 'R', "author, date of its making", says(&[AUTHOR, CREATED])),
        check("OM5.2", 'R', "date of its issue, publisher", says(&[ISSUED, PUBLISHER])),
    ]
}

/// Returns a finding for each check of which something is missing, and for what the data set does not say although it
/// would help others.
#[must_use]
pub(crate) fn publication_findings(graph: &KnowledgeGraph) -> Vec<Finding> {
    let of_ontology = fair_checks(graph).into_iter().filter_map(|check| match check.result {
        FairResult::Missing(missing) => {
            let message = format!("the ontology lacks {} (check {})", missing.join(", "), check.name);
            let help = "see what it says of itself at the top of its file, or of the term";
            Some(Finding::new(Code::IncompletePublication, Location::file("the ontology"), message).help(help))
        }
        FairResult::Met | FairResult::Prepared | FairResult::Unseen => None,
    });
    let (config, publication) = (graph.config(), &graph.config().publication);
    let is_decided = config.license != "http://rightsstatements.org/vocab/CNE/1.0/";
    let wanted = [
        (is_decided, "license", "https://creativecommons.org/licenses/by/4.0/"),
        (publication.contact.is_some(), "contact", "mailto:data@example.org"),
        (publication.publisher_iri.is_some(), "publisher-iri", "https://example.org/about"),
        (publication.site.is_some(), "site", "https://example.org/site/"),
    ];
    let of_data = wanted.into_iter().filter(|(is_said, ..)| !is_said).map(|(_, key, example)| {
        let message = format!("the key `{key}` does not say what others look for");
        let help = format!("write a line such as `{key} = \"{example}\"`");
        Finding::new(Code::IncompletePublication, Location::file(CONFIG), message).help(help)
    });
    let keywords = publication.keywords.is_empty().then(|| {
        let help = "add a table [keywords] with a line such as `en = [\"…\"]`";
        Finding::new(Code::IncompletePublication, Location::file(CONFIG), "there are no keywords").help(help)
    });
    of_data.chain(keywords).chain(of_ontology).collect()
}

/// Whether the redirects of a release of this data set lead the IRI of the ontology to its files.
fn is_beside(graph: &KnowledgeGraph) -> bool {
    Place::of(&graph.ontology().declaration().iri).is_some_and(|place| place.is_beside(&graph.config().base))
}

fn says(ontology: &Ontology, wanted: &[Said]) -> FairResult {
    let declaration = ontology.declaration();
    let is_said = |(namespace, name): &(&str, &str)| declaration.values(&format!("{namespace}{name}")).next().is_some();
    let missing = wanted.iter().filter(|Said(_, properties)| !properties.iter().any(is_said));
    result(missing.map(|Said(what, _)| (*what).to_owned()).collect())
}

fn result(missing: Vec<String>) -> FairResult {
    if missing.is_empty() { FairResult::Met } else { FairResult::Missing(missing) }
}

fn needs(is_so: bool, what: &str) -> FairResult {
    result(if is_so { Vec::new() } else { vec![what.to_owned()] })
}

fn lasts(ontology: &Ontology) -> FairResult {
    let services = ["w3id.org/", "purl.org/", "doi.org/", "www.w3.org/", "data.europa.eu/", "purl.obolibrary.org/"];
    let iri = ontology.declaration().iri.split_once("://").map_or("", |(_, rest)| rest);
    needs(services.iter().any(|service| iri.starts_with(service)), "an IRI of a service that lasts, such as w3id.org")
}

fn is_consistent(ontology: &Ontology) -> FairResult {
    let declaration = ontology.declaration();
    let namespace = declaration.values(&format!("{VANN}preferredNamespaceUri")).next().unwrap_or_default();
    let is_same = !declaration.iri.is_empty() && namespace.trim_end_matches(['#', '/']) == declaration.iri;
    needs(is_same, "one IRI in the file and in its namespace")
}

fn is_web(ontology: &Ontology) -> FairResult {
    let iri = &ontology.declaration().iri;
    needs(iri.starts_with("https://") || iri.starts_with("http://"), "an IRI that begins with https")
}

fn reuses(ontology: &Ontology) -> FairResult {
    let known = [DCTERMS, SCHEMA, VANN, FOAF];
    let mut properties = ontology.declaration().properties();
    let reuses = properties.any(|property| known.iter().any(|namespace| property.starts_with(namespace)));
    needs(reuses, "properties of known vocabularies, such as DCMI metadata terms")
}

fn extends(ontology: &Ontology) -> FairResult {
    let extends = ontology.classes().iter().any(|class| !class.aligned.is_empty())
        || ontology.properties().iter().any(|property| !property.aligned.is_empty());
    needs(extends, "terms that are below terms of others")
}

/// The most terms that are named.
const MOST_NAMED: usize = 5;

/// Whether each term has a text.
fn of_each_term(ontology: &Ontology, text: impl for<'a> Fn(&'a Labels, &'a Labels) -> &'a Labels) -> FairResult {
    let classes = ontology.classes().iter().map(|term| (&term.name, &term.labels, &term.definitions));
    let properties = ontology.properties().iter().map(|term| (&term.name, &term.labels, &term.definitions));
    let values = ontology.values().iter().map(|term| (&term.name, &term.labels, &term.definitions));
    let without = classes.chain(properties).chain(values);
    let without: Vec<_> = without.filter(|(_, labels, definitions)| text(labels, definitions).is_empty()).collect();
    let mut named: Vec<_> = without.iter().take(MOST_NAMED).map(|(name, ..)| format!("one of `{name}`")).collect();
    if without.len() > named.len() {
        named.push(format!("and {} more", without.len() - named.len()));
    }
    result(named)
}

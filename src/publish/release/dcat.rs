//! The record of the data set for catalogues of open data:
//! [DCAT-AP 3](https://semiceu.github.io/DCAT-AP/releases/3.0.0/), a profile of [DCAT 3](https://www.w3.org/TR/vocab-dcat-3/).

use oxrdf::Triple;

use super::about::About;
use super::pack::{Kind, Packed, Packing};
use crate::export::Format;
use crate::ontology::{DCTERMS, FOAF, OWL_VERSION_INFO, RAP, VOID, XSD, XSD_DATE};
use crate::publish::triples::Triples;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const SPDX: &str = "http://spdx.org/rdf/terms#";
const VCARD: &str = "http://www.w3.org/2006/vcard/ns#";
const DCATAP: &str = "http://data.europa.eu/r5r/";
/// Controlled vocabularies of the Publications Office of the European Union, which the profile asks for.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority/";
/// Media types that are registered have an IRI.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// The prefixes of the record, besides those of every data set.
pub(super) const PREFIXES: [(&str, &str); 4] = [("dcat", DCAT), ("spdx", SPDX), ("vcard", VCARD), ("dcatap", DCATAP)];

fn dcat(name: &str) -> String {
    format!("{DCAT}{name}")
}

fn dcterms(name: &str) -> String {
    format!("{DCTERMS}{name}")
}

/// Returns the record: a catalogue with the data set and its files.
pub(super) fn record<'f>(about: &About<'_>, files: impl Iterator<Item = &'f Packed>) -> Vec<Triple> {
    let mut triples = Triples::default();
    let (base, catalogue) = (about.base(), format!("{}release/catalogue", about.base()));
    triples.a(&catalogue, &dcat("Catalog"));
    triples.iri(&catalogue, &dcat("dataset"), base);
    for node in [catalogue.as_str(), base, &about.version_iri()] {
        triples.tagged(node, &dcterms("title"), about.titles());
        triples.tagged(node, &dcterms("description"), about.descriptions());
        triples.iri(node, &dcterms("publisher"), &about.publisher_iri);
        triples.iri(node, &dcterms("license"), about.license.iri);
        triples.typed(node, &dcterms("issued"), about.issued, XSD_DATE);
    }
    agents(about, &mut triples);
    dataset(about, &mut triples);
    for file in files {
        distribution(about, file, &mut triples);
    }
    triples.0
}

/// Who publishes the data set, who answers questions, and the licence.
fn agents(about: &About<'_>, triples: &mut Triples) {
    triples.a(&about.publisher_iri, &format!("{FOAF}Agent"));
    triples.text(&about.publisher_iri, &format!("{FOAF}name"), about.publisher);
    triples.a(about.license.iri, &dcterms("LicenseDocument"));
    let Some(address) = about.contact() else { return };
    let contact = format!("{}release/contact", about.base());
    triples.iri(about.base(), &dcat("contactPoint"), &contact);
    triples.a(&contact, &format!("{VCARD}Kind"));
    triples.text(&contact, &format!("{VCARD}fn"), about.publisher);
    let by = if address.starts_with("mailto:") { "hasEmail" } else { "hasURL" };
    triples.iri(&contact, &format!("{VCARD}{by}"), address);
}

fn dataset(about: &About<'_>, triples: &mut Triples) {
    let (base, version) = (about.base(), about.version_iri());
    for node in [base, &version] {
        triples.a(node, &dcat("Dataset"));
        triples.text(node, &dcat("version"), about.version);
    }
    triples.text(base, OWL_VERSION_INFO, about.version);
    triples.iri(base, &dcat("hasVersion"), &version);
    triples.iri(&version, &dcat("isVersionOf"), base);
    triples.text(base, &dcterms("identifier"), base);
    triples.iri(base, &dcterms("accessRights"), &format!("{AUTHORITY}access-right/PUBLIC"));
    triples.iri(base, &dcterms("conformsTo"), RAP.trim_end_matches('#'));
    triples.a(RAP.trim_end_matches('#'), &dcterms("Standard"));
    for (language, word) in about.keywords() {
        triples.tagged(base, &dcat("keyword"), [(&language, word)]);
    }
    for code in about.languages.iter().filter_map(|language| language_code(language.as_str())) {
        triples.iri(base, &dcterms("language"), &format!("{AUTHORITY}language/{code}"));
    }
    if let Some(site) = &about.graph.config().publication.site {
        triples.iri(base, &dcat("landingPage"), site);
    }
    for (what, n) in about.counts.into_iter().filter(|(what, _)| *what == "entities") {
        triples.count(base, &format!("{VOID}{what}"), n);
    }
}

/// A file: what it is, where it is, how it is checked.
fn distribution(about: &About<'_>, file: &Packed, triples: &mut Triples) {
    let node = format!("{}/file/{}", about.version_iri(), file.name);
    triples.iri(about.base(), &dcat("distribution"), &node);
    triples.a(&node, &dcat("Distribution"));
    triples.text(&node, &dcterms("title"), &file.title);
    triples.text(&node, &dcterms("description"), &file.description());
    triples.iri(&node, &dcat("accessURL"), &about.address(&file.name));
    triples.iri(&node, &dcat("downloadURL"), &about.address(&file.name));
    triples.iri(&node, &dcterms("license"), about.license.iri);
    triples.typed(&node, &dcterms("issued"), about.issued, XSD_DATE);
    triples.typed(&node, &dcat("byteSize"), &file.bytes.to_string(), &format!("{XSD}nonNegativeInteger"));
    triples.iri(&node, &format!("{DCATAP}availability"), &format!("{AUTHORITY}planned-availability/STABLE"));
    if is_registered(file.media_type()) {
        triples.iri(&node, &dcat("mediaType"), &format!("{MEDIA_TYPES}{}", file.media_type()));
    }
    if let Some(packing) = file.packing() {
        let by = match packing {
            Packing::Gzip => "compressFormat",
            Packing::Zip => "packageFormat",
        };
        triples.iri(&node, &dcat(by), &format!("{MEDIA_TYPES}{}", packing.media_type()));
    }
    if let Kind::Data { format, .. } = file.kind {
        triples.iri(&node, &dcterms("format"), &format!("{AUTHORITY}file-type/{}", file_type(format)));
    }
    let checksum = format!("{node}#checksum");
    triples.iri(&node, &format!("{SPDX}checksum"), &checksum);
    triples.a(&checksum, &format!("{SPDX}Checksum"));
    triples.iri(&checksum, &format!("{SPDX}algorithm"), &format!("{SPDX}checksumAlgorithm_sha256"));
    triples.typed(&checksum, &format!("{SPDX}checksumValue"), &file.sha256, &format!("{XSD}hexBinary"));
}

/// The code of a format in the [table of file types](https://op.europa.eu/web/eu-vocabularies/at-dataset/-/resource/dataset/file-type).
fn file_type(format: Format) -> &'static str {
    match format {
        Format::Turtle => "RDF_TURTLE",
        Format::TriG => "RDF_TRIG",
        Format::NTriples => "RDF_N_TRIPLES",
        Format::NQuads => "RDF_N_QUADS",
        Format::RdfXml => "RDF_XML",
        Format::JsonLd => "JSON_LD",
        Format::GraphMl | Format::Gexf => "XML",
        Format::Cytoscape | Format::Cx2 | Format::NodeLink | Format::FollowTheMoney => "JSON",
        Format::Parquet => "PARQUET",
        Format::Csv | Format::Neo4j => "CSV",
        Format::Xlsx => "XLSX",
        Format::Cypher => "TXT",
    }
}

/// The code of a language in the [table of languages](https://op.europa.eu/web/eu-vocabularies/at-dataset/-/resource/dataset/language).
fn language_code(tag: &str) -> Option<&'static str> {
    match tag.split('-').next().unwrap_or_default() {
        "ar" => Some("ARA"),
        "en" => Some("ENG"),
        "es" => Some("SPA"),
        "fr" => Some("FRA"),
        "ru" => Some("RUS"),
        "zh" => Some("ZHO"),
        _ => None,
    }
}

/// Tells whether a media type is [registered](https://www.iana.org/assignments/media-types/).
fn is_registered(media_type: &str) -> bool {
    const OTHERS: [&str; 4] =
        ["application/graphml+xml", "application/gexf+xml", "application/json+ftm", "application/x-cypher-query"];
    !OTHERS.contains(&media_type)
}

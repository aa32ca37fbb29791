//! The ontology as files: in every syntax, as pages for people, and what follows from it.

use oxrdf::Triple;
use oxrdfio::{RdfFormat, RdfParser};

use super::ReleaseError;
use super::about::About;
use super::pack::{Kind, Packer};
use crate::export;
use crate::model::Language;
use crate::ontology::TURTLE;
use crate::publish::site::{ONTOLOGY_STYLE, ontology_page};
use crate::publish::triples;
use crate::query::Format;

/// Writes the files.
pub(super) fn write(about: &About<'_>, packer: &mut Packer<'_>) -> Result<(), ReleaseError> {
    let ontology = about.graph.ontology();
    let kind = |media_type| Kind::Ontology { media_type };
    packer.text("ontology/rapporteur.ttl", "The ontology as Turtle", kind("text/turtle"), TURTLE.as_bytes())?;
    let prefixes = crate::rdf::prefixes(about.graph);
    for format in [Format::NTriples, Format::RdfXml, Format::JsonLd] {
        let text = triples::written(parsed()?, format, &prefixes)?;
        let name = format!("ontology/rapporteur.{}", format.extension());
        packer.text(&name, &format!("The ontology as {}", format.name()), kind(format.media_type()), &text)?;
    }
    let own: Vec<&str> = ontology.texts().skip(1).collect();
    if !own.is_empty() {
        let text = own.join("\n");
        packer.text("ontology/terms.ttl", "Terms of the data set's own", kind("text/turtle"), text.as_bytes())?;
    }
    let shapes = ontology.shapes(&about.graph.config().required_languages);
    packer.text("ontology/shapes.ttl", "The rules as SHACL shapes", kind("text/turtle"), shapes.as_bytes())?;
    let context = serde_json::to_string_pretty(&export::context(ontology))?;
    packer.text("ontology/context.jsonld", "A context of JSON-LD", kind("application/ld+json"), context.as_bytes())?;
    packer.text(
        "ontology/style.css",
        "How the pages of the ontology look",
        kind("text/css"),
        ONTOLOGY_STYLE.as_bytes(),
    )?;
    for language in Language::of_the_un() {
        let page = ontology_page(ontology, language);
        let title = format!("The ontology as a page, in the language {language}");
        packer.text(&format!("ontology/{language}.html"), &title, kind("text/html"), page.as_bytes())?;
    }
    Ok(())
}

/// The triples of the ontology, which was read before.
fn parsed() -> Result<Vec<Triple>, ReleaseError> {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(TURTLE.as_bytes());
    quads.map(|quad| Ok(Triple::from(quad.map_err(oxrdfio::RdfParseError::from)?))).collect()
}

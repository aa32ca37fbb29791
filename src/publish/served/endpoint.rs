//! Where queries are asked, as a page.

use maud::html;

use super::{form, framed};
use crate::graph::KnowledgeGraph;
use crate::ontology::preferred;
use crate::publish::site::text::Text;
use crate::rdf;

/// A query to begin with.
const FIRST: &str = "# Which organizations lead which initiatives, and where is it said?
SELECT ?organization ?initiative ?paragraph WHERE {
  ?statement rdf:subject ?organization ;
    rdf:predicate rap:leads ;
    rdf:object ?initiative ;
    prov:hadPrimarySource ?paragraph .
}
LIMIT 100
";

/// Returns the page at which queries are asked, which says what is known of the data set: its prefixes, and within which
/// limits a query is answered.
#[must_use]
pub fn endpoint_page(graph: &KnowledgeGraph, limits: &[(&str, String)]) -> String {
    let config = graph.config();
    let title = preferred(&config.title, &graph.languages(None)).unwrap_or(&config.id);
    let main = html! {
        h1 { "SPARQL" }
        p { (Text(title)) }
        (form(FIRST))
        h2 { "Limits" }
        dl { @for (name, value) in limits { dt { (name) } dd { (value) } } }
        h2 { "Prefixes that are known" }
        table {
            thead { tr { th scope="col" { "Prefix" } th scope="col" { "Namespace" } } }
            tbody { @for (prefix, namespace) in rdf::prefixes(graph) { tr {
                td { code { (Text(&prefix)) ":" } } td { bdi dir="ltr" { (Text(&namespace)) } }
            } } }
        }
        h2 { "For programs" }
        p {
            "This address speaks the SPARQL 1.1 Protocol, and describes itself in RDF to those who accept that. "
            a href="/.well-known/void" { "The data set in VoID" } " lists its classes and properties."
        }
    };
    framed("SPARQL", &main)
}

//! The record of the data set for users of linked data: [VoID](https://www.w3.org/TR/void/).

use oxrdf::Triple;

use super::about::About;
use super::pack::{Kind, Packed};
use crate::ontology::{DCTERMS, DCTERMS_TITLE, VOID, XSD_DATE};
use crate::publish::described::void_description;
use crate::publish::triples::Triples;

/// Returns the record, which is at an address: what the data set is, how often each class and property occurs, and where
/// its triples are, of which there are so many in the default profile.
pub(super) fn record<'f>(
    about: &About<'_>,
    address: &str,
    n_triples: u64,
    files: impl Iterator<Item = &'f Packed>,
) -> Vec<Triple> {
    let base = about.base();
    let mut triples = Triples(void_description(about.graph, address, None));
    triples.count(base, &format!("{VOID}triples"), usize::try_from(n_triples).unwrap_or(usize::MAX));
    triples.tagged(base, &format!("{DCTERMS}description"), about.descriptions());
    triples.typed(base, &format!("{DCTERMS}issued"), about.issued, XSD_DATE);
    // The description is a thing of its own.
    triples.a(address, &format!("{VOID}DatasetDescription"));
    triples.tagged(address, DCTERMS_TITLE, about.titles());
    triples.iri(address, "http://xmlns.com/foaf/0.1/primaryTopic", base);
    for file in files {
        if let Kind::Data { profile: Some(_), .. } = file.kind {
            triples.iri(base, &format!("{VOID}dataDump"), &about.address(&file.name));
        }
    }
    triples.0
}

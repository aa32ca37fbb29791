//! What is said to people in the folder of a release.

use super::about::About;

/// Returns `README.md`.
pub(super) fn readme(about: &About<'_>) -> String {
    let counts = about.counts.map(|(what, n)| format!("{n} {what}")).join(", ");
    format!(
        "# {title}\n\n{description}\n\nVersion {version} of {issued}, by {publisher}: {counts}. Licence: {license} \
         (<{iri}>).\n\nTo cite: {citation}\n\n\
         | file | what it is |\n|---|---|\n\
         | `data/` | the graph in every format; `.gz` is gzip, `.zip` a folder, `-0001` the first of several parts, each \
         whole by itself |\n\
         | `ontology/` | the terms of the data, as RDF and as pages, with SHACL shapes and a context of JSON-LD |\n\
         | `dcat.ttl` | the record for catalogues of open data (DCAT-AP) |\n\
         | `void.ttl` | the same for linked data, with how often each class and property occurs |\n\
         | `schema.jsonld` | the same for search engines (schema.org) |\n\
         | `croissant.json` | the same for machine learning, with the tables as sets of records |\n\
         | `ro-crate-metadata.json` | the same for archives of research, with all files |\n\
         | `CITATION.cff`, `LICENSE.txt` | how to cite it, and under which licence it is |\n\
         | `redirects/` | rules by which the addresses (IRIs) of the data lead to pages and data |\n\
         | `manifest.json`, `SHA256SUMS` | all files with sizes and checksums: `sha256sum --check SHA256SUMS` |\n",
        title = about.title(),
        description = about.description(),
        version = about.version,
        issued = about.issued,
        publisher = about.publisher,
        license = about.license.name,
        iri = about.license.iri,
        citation = about.citation(),
    )
}

//! Namespaces of the vocabularies that the output uses, and the prefixes that every query knows.

/// The ontology's own namespace.
pub(crate) const RAP: &str = "https://w3id.org/rapporteur/ns#";
/// RDF.
pub(crate) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// RDF Schema.
pub(crate) const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
/// OWL 2.
pub(crate) const OWL: &str = "http://www.w3.org/2002/07/owl#";
/// XML Schema datatypes.
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
/// SKOS.
pub(crate) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
/// DCMI metadata terms.
pub(crate) const DCTERMS: &str = "http://purl.org/dc/terms/";
/// PROV-O.
pub(crate) const PROV: &str = "http://www.w3.org/ns/prov#";
/// The Organization Ontology.
pub(crate) const ORG: &str = "http://www.w3.org/ns/org#";
/// schema.org.
pub(crate) const SCHEMA: &str = "https://schema.org/";
/// FOAF.
pub(crate) const FOAF: &str = "http://xmlns.com/foaf/0.1/";
/// The datatype of EDTF.
pub(crate) const EDTF: &str = "http://id.loc.gov/datatypes/edtf/";

/// The Vocabulary of Interlinked Datasets.
pub(crate) const VOID: &str = "http://rdfs.org/ns/void#";

macro_rules! terms {
    ($($namespace:literal: $($constant:ident $name:literal)*;)*) => {
        $($(
            #[doc = concat!("`", $namespace, $name, "`")]
            pub(crate) const $constant: &str = concat!($namespace, $name);
        )*)*
    };
}

terms! {
    "http://purl.org/dc/terms/":
        DCTERMS_DATE "date"
        DCTERMS_ISSUED "issued"
        DCTERMS_IS_PART_OF "isPartOf"
        DCTERMS_LICENSE "license"
        DCTERMS_PUBLISHER "publisher"
        DCTERMS_SOURCE "source"
        DCTERMS_TITLE "title";
    "http://www.w3.org/2002/07/owl#":
        OWL_VERSION_INFO "versionInfo";
    "http://www.w3.org/ns/prov#":
        PROV_HAD_PRIMARY_SOURCE "hadPrimarySource";
    "https://w3id.org/rapporteur/ns#":
        RAP_DEPRECATED "deprecated"
        RAP_NORMAL "normal"
        RAP_NUMBER "number"
        RAP_PARAGRAPH "Paragraph"
        RAP_POSITION "position"
        RAP_PREFERRED "preferred"
        RAP_RANK "rank"
        RAP_STATEMENT "Statement";
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#":
        RDF_OBJECT "object"
        RDF_PREDICATE "predicate"
        RDF_REIFIES "reifies"
        RDF_STATEMENT "Statement"
        RDF_SUBJECT "subject"
        RDF_TYPE "type";
    "http://rdfs.org/ns/void#":
        VOID_DATASET "Dataset"
        VOID_VOCABULARY "vocabulary";
    "http://www.w3.org/2001/XMLSchema#":
        XSD_DATE "date";
}

/// What stands between the IRI of a document and the number of a paragraph of it.
pub(crate) const PARAGRAPH_PATH: &str = "/para/";

/// The prefixes of the vocabularies, sorted; the data set adds its own.
pub(crate) const PREFIXES: [(&str, &str); 13] = [
    ("dcterms", DCTERMS),
    ("edtf", EDTF),
    ("foaf", FOAF),
    ("org", ORG),
    ("owl", OWL),
    ("prov", PROV),
    ("rap", RAP),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("schema", SCHEMA),
    ("skos", SKOS),
    ("void", VOID),
    ("xsd", XSD),
];

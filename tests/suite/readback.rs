use std::collections::BTreeSet;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model as ox;
use rapporteur::export::{self, Format};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::rdf::{self, Profile};

use crate::shipped;

fn library_format(format: Format) -> RdfFormat {
    RdfFormat::from_extension(format.extension()).unwrap()
}

fn options(profile: Profile) -> export::Options {
    export::Options { profile, ..export::Options::default() }
}

fn written(graph: &KnowledgeGraph, format: Format, profile: Profile) -> Vec<u8> {
    let mut out = Vec::new();
    export::write_graph(graph, format, &options(profile), &mut out).unwrap();
    out
}

/// The lines of N-Quads, with tags of languages in lower case, as the library's parser has them.
fn lines(quads: impl Iterator<Item = ox::Quad>) -> BTreeSet<String> {
    quads.map(|quad| quad.to_string().replace("@zh-Hans", "@zh-hans")).collect()
}

fn parsed(bytes: &[u8], format: Format) -> BTreeSet<String> {
    lines(RdfParser::from_format(library_format(format)).for_slice(bytes).map(Result::unwrap))
}

fn expected(graph: &KnowledgeGraph, profile: Profile) -> BTreeSet<String> {
    let mut quads = Vec::new();
    rdf::quads(&rdf::Projection::new(graph, profile), &mut |quad| {
        quads.push(ox::Quad::from(quad));
        Ok::<_, std::convert::Infallible>(())
    })
    .unwrap();
    lines(quads.into_iter())
}

fn can_hold(format: Format, profile: Profile) -> bool {
    (format.holds_named_graphs() || !profile.needs_named_graphs())
        && (format.holds_triple_terms() || !profile.needs_triple_terms())
}

#[test]
fn every_format_reads_back_as_the_same_quads_in_every_profile_it_can_hold() {
    let graph = shipped();
    for profile in Profile::ALL {
        let expected = expected(&graph, profile);
        for format in Format::rdf().filter(|&format| can_hold(format, profile)) {
            let found = parsed(&written(&graph, format, profile), format);
            assert!(
                found == expected,
                "{} in {}: {:?}",
                profile.name(),
                format.name(),
                found.symmetric_difference(&expected).next()
            );
        }
    }
}

#[test]
fn a_format_that_cannot_hold_a_profile_says_so() {
    let graph = shipped();
    for profile in Profile::ALL {
        for format in Format::rdf().filter(|&format| !can_hold(format, profile)) {
            assert!(export::write_graph(&graph, format, &options(profile), &mut Vec::new()).is_err());
        }
    }
}

#[test]
fn our_lines_are_those_of_the_library() {
    let graph = shipped();
    for (format, profile) in
        [(Format::NTriples, Profile::Statements), (Format::NTriples, Profile::Rdf12), (Format::NQuads, Profile::Graphs)]
    {
        let mut writer = oxigraph::io::RdfSerializer::from_format(library_format(format)).for_writer(Vec::new());
        rdf::quads(&rdf::Projection::new(&graph, profile), &mut |quad| writer.serialize_quad(&ox::Quad::from(quad)))
            .unwrap();
        assert!(written(&graph, format, profile) == writer.finish().unwrap(), "{}", format.name());
    }
}

#[test]
fn no_node_is_blank() {
    let graph = shipped();
    for profile in Profile::ALL {
        assert!(expected(&graph, profile).iter().all(|line| !line.starts_with("_:") && !line.contains(" _:")));
    }
}

#[test]
fn a_deprecated_claim_has_no_plain_triple() {
    let graph = shipped();
    let plain = expected(&graph, Profile::Direct);
    let base = &graph.config().base;
    let printed = format!(
        "<{base}csw68> <https://w3id.org/rapporteur/ns#endDate> \"2024-03-24\"^^<http://id.loc.gov/datatypes/edtf/EDTF>"
    );
    let corrected = printed.replace("03-24", "03-22");
    assert!(plain.contains(&corrected));
    assert!(!plain.contains(&printed));
    assert!(expected(&graph, Profile::Statements).iter().any(|line| line.contains("\"2024-03-24\"")));
}

#[test]
fn a_property_with_the_name_of_a_fixed_term_survives_json_ld() {
    let more = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        @prefix rap: <https://w3id.org/rapporteur/ns#> .\n\
        <https://example.org/ns#hadPrimarySource> a owl:ObjectProperty ; rdfs:domain rap:Entity ; rdfs:range rap:Entity .\n";
    let entities = "id,class,label@en,hadPrimarySource,source\nd,Report,Report,,\no,Organization,Body,d,d\n";
    let folder = crate::dataset(&[("entities.csv", entities)]);
    let source = rapporteur::read::Source::Folder(folder.path().to_owned());
    let ontology = rapporteur::ontology::Ontology::with(&[more]).unwrap();
    let (graph, findings) = rapporteur::open(&source, ontology).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    let profile = Profile::Statements;
    assert_eq!(parsed(&written(&graph, Format::JsonLd, profile), Format::JsonLd), expected(&graph, profile));
}

#[test]
fn a_control_character_is_warned_of_and_survives_but_in_xml() {
    let entities = "id,class,label@en\nx,Topic,a\u{1}b\n";
    let folder = crate::dataset(&[("entities.csv", entities)]);
    let (graph, findings) = crate::open(folder.path());
    assert!(findings.iter().any(|finding| finding.code == rapporteur::finding::Code::ControlCharacter));
    for format in Format::rdf() {
        let mut expected = expected(&graph, Profile::Statements);
        if format == Format::RdfXml {
            expected = expected.into_iter().map(|line| line.replace("\\u0001", "\u{FFFD}")).collect();
        }
        assert_eq!(parsed(&written(&graph, format, Profile::Statements), format), expected, "{}", format.name());
    }
}

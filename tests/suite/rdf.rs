use rapporteur::export::{self, Format, Options};
use rapporteur::finding::{Code, Finding};
use rapporteur::graph::KnowledgeGraph;

use crate::cli::{rapporteur, stderr, stdout};
use crate::{dataset, open};

const CONFIG: &str = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\nlanguages = [\"en\", \"ar\"]\nrequired-languages = [\"en\"]\n[title]\nen = \"Test\"\n";

/// Organizations as somebody else might publish them.
const FOREIGN: &str = "\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://other.example/ns#> .
@prefix id: <http://other.example/id/> .

id:ITU a ex:Org , ex:Agency ;
  skos:prefLabel \"International Telecommunication Union\"@en , \"الاتحاد الدولي للاتصالات\"@ar ;
  ex:short \"ITU\" ;
  ex:parent id:UN ;
  ex:budget 100 ;
  ex:address [ ex:city \"Geneva\" ] .
id:UN a ex:Org ; skos:prefLabel \"United Nations\"@en ; ex:founded \"1945-10-24\" .
<http://third.example/un> a ex:Org ; skos:prefLabel \"Other\"@en ; ex:parent [ a ex:Org ] .
id:x a ex:Thing .
id:y ex:note \"no class\" .
";

const MAPPING: &str = "\
[rdf.\"other.ttl\"]
classes = { \"ex:Org\" = \"Organization\", \"ex:Agency\" = \"specialized agency\" }
properties = { \"skos:prefLabel\" = \"label\", \"ex:short\" = \"acronym\", \"ex:parent\" = \"partOf\", \"ex:founded\" = \"remark\" }
";

fn of(toml: &str, file: (&str, &str)) -> (KnowledgeGraph, Vec<Finding>) {
    let folder = dataset(&[("dataset.toml", &format!("{CONFIG}{toml}")), file]);
    open(folder.path())
}

fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {} {}", finding.location, finding.code.name(), finding.message)).collect()
}

fn lines(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    export::write_graph(graph, Format::NTriples, &Options::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_others_publish_is_mapped_and_the_rest_counted() {
    let (graph, findings) = of(&MAPPING.replace(", \"ex:founded\" = \"remark\"", ""), ("other.ttl", FOREIGN));
    let expected = expect_test::expect![[r"
        other.ttl:8:3 created-entity no source of 1 statement is said: the document `other-ttl` is made of other.ttl
        other.ttl:9:3 unmapped-rdf 1 triple with <http://other.example/ns#budget> is left out
        other.ttl:10:3 unmapped-rdf 1 triple with <http://other.example/ns#address> is left out
        other.ttl:10:3 unmapped-rdf 2 things without a class are left out
        other.ttl:11:1 unmapped-rdf 1 triple with <http://other.example/ns#founded> is left out
        other.ttl:12:1 unmapped-rdf 1 thing without an IRI is left out
        other.ttl:12:1 unmapped-rdf 1 triple with <http://other.example/ns#parent> is left out: a thing without an IRI is no entity
        other.ttl:12:1 isolated-entity nothing links `un-0c206c94b9` with another entity
        other.ttl:13:1 unmapped-rdf 1 thing of the class <http://other.example/ns#Thing> is left out"]];
    expected.assert_eq(&shown(&findings).join("\n"));
    let expected = expect_test::expect![[r#"
        <https://example.org/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://rdfs.org/ns/void#Dataset> .
        <https://example.org/> <http://purl.org/dc/terms/title> "Test"@en .
        <https://example.org/> <http://purl.org/dc/terms/license> <https://example.org/licence> .
        <https://example.org/> <http://rdfs.org/ns/void#vocabulary> <https://w3id.org/rapporteur/ns#> .
        <https://example.org/itu> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/rapporteur/ns#SpecializedAgency> .
        <https://example.org/itu> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/rapporteur/ns#Organization> .
        <https://example.org/itu> <https://w3id.org/rapporteur/ns#acronym> "ITU" .
        <https://example.org/itu> <http://www.w3.org/2000/01/rdf-schema#label> "الاتحاد الدولي للاتصالات"@ar .
        <https://example.org/itu> <http://www.w3.org/2000/01/rdf-schema#label> "International Telecommunication Union"@en .
        <https://example.org/itu> <http://www.w3.org/2002/07/owl#sameAs> <http://other.example/id/ITU> .
        <https://example.org/itu> <https://w3id.org/rapporteur/ns#partOf> <https://example.org/un-32890d11d0> .
        <https://example.org/other-ttl> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/rapporteur/ns#Document> .
        <https://example.org/other-ttl> <http://www.w3.org/2000/01/rdf-schema#label> "other.ttl"@en .
        <https://example.org/un-0c206c94b9> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/rapporteur/ns#Organization> .
        <https://example.org/un-0c206c94b9> <http://www.w3.org/2000/01/rdf-schema#label> "Other"@en .
        <https://example.org/un-0c206c94b9> <http://www.w3.org/2002/07/owl#sameAs> <http://third.example/un> .
        <https://example.org/un-32890d11d0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/rapporteur/ns#Organization> .
        <https://example.org/un-32890d11d0> <http://www.w3.org/2000/01/rdf-schema#label> "United Nations"@en .
        <https://example.org/un-32890d11d0> <http://www.w3.org/2002/07/owl#sameAs> <http://other.example/id/UN> ."#]];
    let plain: Vec<_> = lines(&graph).lines().filter(|line| !line.contains("/statement/")).map(str::to_owned).collect();
    expected.assert_eq(&plain.join("\n"));
}

#[test]
fn a_context_that_is_elsewhere_is_one_finding_though_the_file_is_mapped() {
    let mapping = "[rdf.\"o.jsonld\"]\nclasses = { \"http://schema.org/Organization\" = \"Organization\" }\n";
    let text = "{\"@context\": \"https://schema.org/\", \"@id\": \"http://e/1\", \"@type\": \"Organization\"}";
    let folder = dataset(&[("dataset.toml", &format!("{CONFIG}{mapping}")), ("o.jsonld", text)]);
    let (_, findings) = open(folder.path());
    let told: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told, ["this cannot be read: its context is elsewhere, and not in the file"]);
}

#[test]
fn mistakes_of_a_mapping_are_found_at_their_places() {
    let toml = "\
[rdf.\"other.ttl\"]
source = \"nobody\"
clases = {}
base = \"other\"
classes = { \"ex:Orgg\" = \"Organization\", \"ex:Org\" = \"Organisation\" }
properties = { \"skos:preflabel\" = \"label\", \"ex:parent\" = \"parOf\", \"ex:short\" = \"id\", \"*\" = \"\" }
values = { \"ex:founded\" = \"planed\" }
[rdf.\"othr.ttl\"]
[table.\"other.ttl\"]
";
    let (_, findings) = of(toml, ("other.ttl", FOREIGN));
    let shown = findings.iter().filter(|finding| matches!(finding.code, Code::InvalidMapping | Code::InvalidConfig));
    let shown = shown.map(|finding| {
        format!("{} {} | {}", finding.location, finding.message, finding.help.as_deref().unwrap_or_default())
    });
    let expected = expect_test::expect![[r#"
        dataset.toml:10:1 unknown key `clases` | did you mean `classes`?
        dataset.toml:11:8 `other` is not an absolute IRI: No scheme found in an absolute IRI | write what the IRIs of its things begin with
        dataset.toml:12:13 other.ttl does not say `http://other.example/ns#Orgg` | did you mean `http://other.example/ns#Org`?
        dataset.toml:13:16 other.ttl does not say `http://www.w3.org/2004/02/skos/core#preflabel` | did you mean `http://www.w3.org/2004/02/skos/core#prefLabel`?
        dataset.toml:13:58 unknown property `parOf` | did you mean `partOf`?
        dataset.toml:13:80 a property cannot stand for the column `id` | write the name of a property, or `source`
        dataset.toml:14:27 `planed` is no controlled value of the ontology | did you mean `planned`?
        dataset.toml:15:6 the data set has no file of RDF `othr.ttl` | did you mean `other.ttl`?
        dataset.toml:16:8 the data set has no table `other.ttl` | RDF is mapped by [rdf."other.ttl"]"#]];
    expected.assert_eq(&shown.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_left_out_on_purpose_is_not_told() {
    let toml = "\
[rdf.\"other.ttl\"]
base = \"http://other.example/id/\"
source = \"UN\"
classes = { \"ex:Org\" = \"Document\", \"*\" = \"\" }
properties = { \"skos:prefLabel\" = \"label\", \"ex:parent\" = \"partOf\", \"*\" = \"\" }
";
    let (graph, findings) = of(toml, ("other.ttl", FOREIGN));
    let told: Vec<_> = findings.iter().filter(|finding| finding.code == Code::UnmappedRdf).cloned().collect();
    let expected = expect_test::expect![[r"
        other.ttl:10:3 unmapped-rdf 2 things without a class are left out
        other.ttl:12:1 unmapped-rdf 1 thing without an IRI is left out
        other.ttl:12:1 unmapped-rdf 1 triple with <http://other.example/ns#parent> is left out: a thing without an IRI is no entity"]];
    expected.assert_eq(&shown(&told).join("\n"));
    let part = "<https://example.org/ITU> <https://w3id.org/rapporteur/ns#partOf> <https://example.org/UN> .";
    assert!(lines(&graph).contains(part), "{}", lines(&graph));
}

#[test]
fn findings_have_the_lines_of_what_they_are_about() {
    let text = "\
@prefix rap: <https://w3id.org/rapporteur/ns#> . @prefix : <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:d a rap:Report ;
  rdfs:label \"Report\"@en .
:e a rap:Event ;
  rdfs:label \"Event\"@en ;
  rap:startDate \"March 2024\" ;
  rap:heldIn :nowhere ,
    :d .
:s a rap:Statement ; <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> :e .
";
    let (_, findings) = of("[rdf.\"a.ttl\"]\nsource = \"d\"\n", ("a.ttl", text));
    let expected = expect_test::expect![[r"
        a.ttl:7:18 invalid-date `March 2024` is not a date: whitespace is not allowed
        a.ttl:8:15 unknown-reference no entity is called `nowhere`
        a.ttl:9:6 object-outside-range `d` is of class Report, but `heldIn` needs class Place
        a.ttl:10:1 empty-cell a statement that lacks a part"]];
    expected.assert_eq(&shown(&findings).join("\n"));
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let label = "http://www.w3.org/2000/01/rdf-schema#label";
    let topic = "https://w3id.org/rapporteur/ns#Topic";
    let files = [
        ("a.nt", format!("<https://example.org/a> <{label}> .\n<https://example.org/b> a\n")),
        ("b.ttl", format!("<b> a <{topic}> .\n<b> <{label}> \"x .\n")),
        ("c.rdf", "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<a>\n</rdf:RDF>".to_owned()),
        ("d.jsonld", "{\"@context\": \"https://schema.org/\",\n \"@id\": \"x\", \"name\": \"y\"}".to_owned()),
        ("e.jsonld", "{\"@id\": \"https://example.org/e\",\n \"@type\": }".to_owned()),
        ("f.nt", "<https://example.org/\u{645} x> <y> <z> .\n".to_owned()),
    ];
    let mut found = Vec::new();
    for (name, text) in &files {
        let (_, findings) = of("", (name, text));
        let wrong = findings.into_iter().filter(|finding| finding.code == Code::InvalidRdf);
        found.extend(wrong.map(|finding| format!("{} {}", finding.location, finding.help.unwrap_or_default())));
    }
    let expected = expect_test::expect![[r"
        a.nt:1:70 correct the file, or write it anew with the program that made it; the statement here is left out
        a.nt:2:25 correct the file, or write it anew with the program that made it; the statement here is left out
        b.ttl:2:50 correct the file, or write it anew with the program that made it; the statement here is left out
        c.rdf:2:1 correct the file, or write it anew with the program that made it; the statement here is left out
        d.jsonld:2:1 write the context itself into the file: none is ever fetched
        e.jsonld:2:11 correct the file, or write it anew with the program that made it; the statement here is left out
        f.nt:1:1 correct the file, or write it anew with the program that made it; the statement here is left out
        f.nt:1:27 correct the file, or write it anew with the program that made it; the statement here is left out
        f.nt:1:31 correct the file, or write it anew with the program that made it; the statement here is left out"]];
    expected.assert_eq(&found.join("\n"));
}

#[test]
fn keys_of_json_ld_may_be_in_any_order() {
    let text = "{\"https://w3id.org/rapporteur/ns#acronym\": \"X\",\n \"@type\": \"https://w3id.org/rapporteur/ns#Topic\",\n \"http://www.w3.org/2000/01/rdf-schema#label\": {\"@value\": \"X\", \"@language\": \"en\"}, \"@id\": \"https://example.org/x\"}";
    let (graph, findings) = of("", ("x.jsonld", text));
    assert_eq!(shown(&findings).iter().filter(|shown| !shown.contains("isolated")).count(), 0, "{findings:?}");
    assert!(graph.find("X").is_ok());
}

#[test]
fn a_reader_of_entities_of_xml_is_not_blown_up() {
    let mut text = "<!DOCTYPE a [\n<!ENTITY e0 \"haha\">\n".to_owned();
    for number in 1..10 {
        text += &format!("<!ENTITY e{number} \"{}\">\n", format!("&e{};", number - 1).repeat(10));
    }
    text += "]>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">&e9;</rdf:RDF>";
    let (_, findings) = of("", ("bomb.rdf", &text));
    assert_eq!(
        shown(&findings),
        ["bomb.rdf:6:1 invalid-rdf the entities of this file stand for more text than is taken from them"]
    );
}

#[test]
fn a_triple_in_the_graph_of_a_document_cites_it() {
    let text = "\
@prefix rap: <https://w3id.org/rapporteur/ns#> . @prefix : <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:d a rap:Report ; rdfs:label \"Report\"@en . :a a rap:Organization ; rdfs:label \"A\"@en .
:b a rap:Organization ; rdfs:label \"B\"@en .
:d { :a rap:cooperatesWith :b } :b { :a rap:cooperatesWith :b }
";
    let (graph, findings) = of("", ("g.trig", text));
    let wrong: Vec<_> = shown(&findings).into_iter().filter(|shown| !shown.contains("warning")).collect();
    let expected = expect_test::expect!["g.trig:5:29 invalid-source `b` is of class Organization, not a document"];
    expected.assert_eq(&wrong.join("\n"));
    assert_eq!(graph.statements().len(), 1);
}

#[test]
fn what_the_data_set_does_not_say_of_itself_a_file_may() {
    let text = "\
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://other.example/set/> a <http://rdfs.org/ns/void#Dataset> ; dcterms:title \"Told\"@en ;
  dcterms:license <https://example.org/told> ; dcterms:publisher \"Somebody\" ; dcterms:created \"2024\" .
<https://other.example/set/x> a <https://w3id.org/rapporteur/ns#Topic> ;
  <http://www.w3.org/2000/01/rdf-schema#label> \"X\"@en .
";
    let folder = dataset(&[("dataset.toml", "id = \"t\"\nlanguages = [\"en\"]\n"), ("x.ttl", text)]);
    let (graph, findings) = open(folder.path());
    let config = graph.config();
    let title = config.title.values().map(String::as_str).collect::<Vec<_>>();
    assert_eq!((config.base.as_str(), title), ("https://other.example/set/", vec!["Told"]));
    assert_eq!((config.license.as_str(), config.publisher.as_deref()), ("https://example.org/told", Some("Somebody")));
    assert_eq!(graph.entity_ids().map(|entity| graph.id(entity)).collect::<Vec<_>>(), ["x"]);
    let told: Vec<_> =
        shown(&findings).into_iter().filter(|shown| shown.contains("dcterms") || shown.contains("dc/terms")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with("1 triple with <http://purl.org/dc/terms/created> is left out"), "{told:?}");
    // What dataset.toml says itself stands.
    let folder = dataset(&[("x.ttl", text)]);
    let (graph, _) = open(folder.path());
    assert_eq!(
        (graph.config().base.as_str(), graph.config().publisher.as_deref()),
        ("https://example.org/", Some("Somebody"))
    );
    assert!(lines(&graph).contains("<https://example.org/x> "));
}

#[test]
fn deep_nesting_does_no_harm() {
    let nested = |start: &str, end: &str| format!("{}{}", start.repeat(50_000), end.repeat(50_000));
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    for (name, text) in [
        ("a.ttl", format!("<a> <b> {} .", nested("[ <b> ", "]"))),
        ("b.ttl", format!("<a> <b> {} .", nested("( ", ")"))),
        ("c.nt", format!("<https://example.org/a> <https://example.org/b> {} .", nested("<<( <x:a> <x:b> ", ")>>"))),
        ("d.jsonld", format!("{{\"x:a\":{}}}", nested("{\"x:a\":", "}"))),
        ("e.jsonld", format!("{{\"x:a\":{}}}", nested("[", "]"))),
        ("f.rdf", format!("<rdf:RDF xmlns:rdf=\"{rdf}\" xmlns:a=\"x:\">{}</rdf:RDF>", nested("<a:b>", "</a:b>"))),
    ] {
        let (graph, findings) = of("", (name, &text));
        assert!(graph.entities().is_empty(), "{name}");
        assert!(name == "e.jsonld" || !findings.is_empty(), "{name}");
    }
}

#[test]
fn a_name_is_one_triple_however_many_there_are() {
    // Some in the table of entities, some stated, each twice.
    let names: Vec<String> = (0..3_000).map(|number| format!("n{number}")).collect();
    let cell = [names.join("|"), names.join("|")].join("|");
    let entities = format!("id,class,label@en,altLabel@en,source\nd,Report,Report,,d\na,Organization,A,{cell},d\n");
    let mut statements = "subject,property,object,source\n".to_owned();
    for number in 1_500..4_500 {
        statements += &format!("a,altLabel@en,n{number},d\n");
    }
    let folder = dataset(&[("e.csv", &entities), ("s.csv", &statements)]);
    let (graph, _) = open(folder.path());
    let told = lines(&graph);
    let mut names: Vec<_> =
        told.lines().filter(|line| line.contains("altLabel") && !line.contains("statement/")).collect();
    assert_eq!(names.len(), 4_500);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 4_500);
}

#[test]
fn what_comes_out_of_each_triple_of_mapped_rdf_is_shown() {
    let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n[rdf.\"o.ttl\"]\nbase = \"http://e/org/\"\nclasses = { \"ex:Org\" = \"Organization\", \"ex:List\" = \"\" }\nproperties = { \"ex:name\" = \"label\", \"ex:secret\" = \"\", \"ex:site\" = \"homepage\" }\n";
    let rdf = "@prefix ex: <http://e/#> .\n<http://e/org/a> a ex:Org ; ex:name \"A\"@en, \"B\"@fr ; ex:fax \"1\" ; ex:secret \"s\" ; ex:site <http://e/s> .\nex:b a ex:Other ; ex:name \"C\" .\nex:c a ex:List .\n";
    let folder = dataset(&[("dataset.toml", config), ("o.ttl", rdf)]);
    let output = rapporteur(folder.path(), &["check", "--mapping"]);
    let expected = "o.ttl, thing 1 of 3
  <http://e/org/a> -> id: a
  a ex:Org -> class: Organization
  ex:name \"A\"@en -> label@en: A
  ex:name \"B\"@fr -> label@fr: B
  ex:fax \"1\" -> not mapped
  ex:secret \"s\" -> left out
  ex:site <http://e/s> -> homepage: http://e/s

o.ttl, thing 2 of 3
  ex:b -> not mapped
  a ex:Other -> not mapped

o.ttl, thing 3 of 3
  ex:c -> left out
  a ex:List -> left out

";
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), expected), "{}", stderr(&output));
}

use rapporteur::finding::{Code, Finding};
use rapporteur::graph::KnowledgeGraph;

use crate::cli::{rapporteur, stderr, stdout};
use crate::{dataset, open, repository};

const CONFIG: &str = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\", \"ar\"]\nrequired-languages = [\"en\"]\n";

fn opened(files: &[(&str, &str)]) -> (KnowledgeGraph, Vec<Finding>) {
    open(dataset(files).path())
}

/// Everything that is said, in N-Triples: the same if and only if the graph is.
fn written(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    rapporteur::export::write_graph(
        graph,
        rapporteur::export::Format::NTriples,
        &rapporteur::export::Options::default(),
        &mut out,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

const LOCAL_NAMES: [(&str, &str); 4] = [
    ("dataset.toml", CONFIG),
    (
        "e.csv",
        "id,class,label@en,label@ar,startDate,memberOf,source\nr,Report,The report,,,,\nitu,SpecializedAgency,ITU,الاتحاد,1865,un,r#1\nun,IntergovernmentalOrganization,UN,,,,r#1\np,Partnership,P,,,,r#1\n",
    ),
    ("p.csv", "document,number,heading@en\nr,1,One\n"),
    (
        "s.csv",
        "subject,property,object,role,start,rank,source\nitu,leads,p,coLead,2024,preferred,r#1\nun,supports,p,,,,r#1\n",
    ),
];

#[test]
fn tables_in_words_of_english_and_arabic_say_the_same_as_in_local_names() {
    let (graph, findings) = opened(&LOCAL_NAMES);
    assert!(findings.iter().all(|finding| finding.code == Code::UncitedParagraph), "{findings:?}");
    let english = [
        LOCAL_NAMES[0],
        (
            "e.csv",
            "ID,Class,Name,الاسم,Start date,Member of,Source\nr,report,The report,,,,\nitu,Specialized agency,ITU,الاتحاد,1865,un,r#1\nun,intergovernmental  organization,UN,,,,r#1\np,PARTNERSHIP,P,,,,r#1\n",
        ),
        ("p.csv", "Document,Number,Heading\nr,1,One\n"),
        (
            "s.csv",
            "Subject,Property,Object,Role,From,Rank,Source\nitu,Leads,p,Co-lead,2024,Preferred,r#1\nun,supports,p,,,,r#1\n",
        ),
    ];
    assert_eq!(written(&opened(&english).0), written(&graph));
    let arabic = [
        LOCAL_NAMES[0],
        (
            "e.csv",
            "المعرف,الفئة,الاسم@en,الاسم,تاريخ البدء,عضو في,المصدر\nr,تقرير,The report,,,,\nitu,وكالة متخصصة,ITU,الاتحاد,1865,un,r#1\nun,منظمة حكومية دولية,UN,,,,r#1\np,شراكه,P,,,,r#1\n",
        ),
        ("p.csv", "الوثيقة,الرقم,العنوان@en\nr,1,One\n"),
        (
            "s.csv",
            "الطرف الأول,الخاصية,الطرف الثاني,الدور,من,الرتبة,المصدر\nitu,يقود,p,شريك في القيادة,2024,مفضل,r#1\nun,يدعم,p,,,,r#1\n",
        ),
    ];
    let (same, findings) = opened(&arabic);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(written(&same), written(&graph));
}

#[test]
fn a_label_without_a_tag_is_in_its_own_language_if_the_data_set_has_it() {
    let names = |languages: &str, header: &str| {
        let config = CONFIG.replace("[\"en\", \"ar\"]", languages).replace("required-languages = [\"en\"]\n", "");
        let entities = format!("id,class,{header}\nt,Topic,T\n");
        let (graph, _) = opened(&[("dataset.toml", &config), ("e.csv", &entities)]);
        let topic = graph.find("t").unwrap();
        graph.attributes(topic).iter().map(|name| name.language.unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("[\"en\", \"ar\"]", "الاسم"), ["ar"]);
    assert_eq!(names("[\"en\", \"ar\"]", "Name"), ["en"]);
    assert_eq!(names("[\"fr\", \"es\"]", "Name"), ["fr"]);
    assert_eq!(names("[\"fr\", \"es\"]", "Name@ru"), ["ru"]);
    assert!(names("[\"en\", \"ar\"]", "Label").is_empty(), "a local name needs its tag");
}

#[test]
fn a_word_for_several_terms_is_reported_with_the_candidates() {
    let terms = "name,kind,range,label@en\nstars,property,text,rating\ngrade,property,text,rating\n";
    let entities = "id,class,label@en,Rating\nt,Topic,T,x\n";
    let (_, findings) = opened(&[("dataset.toml", CONFIG), ("terms.csv", terms), ("e.csv", entities)]);
    let finding = findings.iter().find(|finding| finding.code == Code::AmbiguousWord).unwrap();
    assert_eq!(finding.location.to_string(), "e.csv:1:19");
    assert_eq!(finding.message, "`Rating` is what several columns are called");
    assert_eq!(finding.help.as_deref(), Some("write the one that is meant: `grade` or `stars`"));
}

#[test]
fn a_word_that_is_like_a_label_gets_it_as_help() {
    let (_, findings) = opened(&[("dataset.toml", CONFIG), ("e.csv", "id,class,label@en,تاريخ البدا\nt,موضوعات,T,\n")]);
    let helps: Vec<_> = findings.iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert!(helps.iter().any(|help| help.contains("تاريخ البدء")), "{findings:?}");
    assert!(helps.iter().any(|help| help.contains("موضوع")), "{findings:?}");
}

#[test]
fn labels_head_columns_of_json_lines_too() {
    let lines = "{\"ID\": \"t\", \"Class\": \"topic\", \"Name\": {\"en\": \"T\", \"ar\": \"م\"}}\n";
    let (graph, findings) = opened(&[("dataset.toml", CONFIG), ("e.jsonl", lines)]);
    assert_eq!(graph.attributes(graph.find("t").unwrap()).len(), 2, "{findings:?}");
}

#[test]
fn amounts_are_in_currencies_by_their_codes() {
    let entities = "id,class,label@en,source\nr,Report,R,\no,Organization,O,r\n";
    for (code, unit) in [("USD", "usDollar"), ("KES", "kenyanShilling"), ("mnt", "tugrik"), ("Hryvnias", "hryvnia")] {
        let statements = format!("subject,property,object,amount,unit,source\no,supports,r,100,{code},r\n");
        let (graph, findings) = opened(&[("e.csv", entities), ("s.csv", &statements)]);
        assert!(findings.is_empty(), "{findings:?}");
        assert!(written(&graph).contains(&format!("ns#unit> <https://w3id.org/rapporteur/ns#{unit}>")));
    }
}

#[test]
fn digits_of_arabic_and_spaces_around_the_number_of_a_paragraph_say_the_same() {
    let (graph, _) = opened(&LOCAL_NAMES);
    let texts = LOCAL_NAMES
        .map(|(file, text)| (file, text.replace("1865", "١٨٦٥").replace("2024", "٢٠٢٤").replace("r#1", "r # ١")));
    let files = texts.each_ref().map(|(file, text)| (*file, text.as_str()));
    let (same, findings) = opened(&files);
    assert!(findings.iter().all(|finding| finding.code == Code::UncitedParagraph), "{findings:?}");
    assert_eq!(written(&same), written(&graph));
}

/// Local names and codes stay as they are.
#[test]
fn words_are_listed_in_the_language_that_is_asked_for() {
    for language in ["ar", "ru", "zh"] {
        let output = rapporteur(&repository(""), &["words", "--lang", language]);
        let is_meaning = |line: &&str| line.starts_with("      ");
        let lines: Vec<_> = stdout(&output).lines().filter(|line| !line.is_empty() && !is_meaning(line)).collect();
        assert_eq!(lines.iter().filter(|line| !line.starts_with(' ')).count(), 6, "{lines:?}");
        for line in lines {
            let said = if line.starts_with(' ') { line.splitn(3, " · ").nth(2).unwrap_or_default() } else { line };
            assert!(!said.contains(|c: char| c.is_ascii_lowercase()), "{line}");
        }
    }
}

#[test]
fn a_language_without_words_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, is_told) in [
        (&["new", "a", "--lang", "de"][..], true),
        (&["new", "b", "--lang", "zh-Hans"], false),
        (&["words", "leads", "--lang", "xx"], true),
    ] {
        let output = rapporteur(folder.path(), arguments);
        assert_eq!(stderr(&output).contains("there are no words in `"), is_told, "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
    let said = stderr(&rapporteur(folder.path(), &["--data", "b", "draw", "-o", "p.svg"])).to_owned();
    assert!(!said.contains("rapporteur draw"), "{said}");
}

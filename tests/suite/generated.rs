use expect_test::expect_file;
use rapporteur::draw;
use rapporteur::export;
use rapporteur::finding::Code;
use rapporteur::graph::Selection;
use rapporteur::model::Language;
use rapporteur::ontology::{Labels, Ontology, PropertyKind, Range};

use crate::repository;

fn shown(labels: &Labels, tag: &str) -> String {
    let language = Language::parse(tag).unwrap();
    labels.get(&language).cloned().unwrap_or_else(|| panic!("no text in {tag}: {labels:?}"))
}

#[test]
fn the_shapes_follow_from_the_ontology() {
    let required = ["en", "ar"].map(|tag| Language::parse(tag).unwrap());
    let shapes = Ontology::shipped().unwrap().shapes(&required);
    expect_file![repository("ontology/shapes.ttl")].assert_eq(&shapes);
}

#[test]
fn the_context_follows_from_the_ontology() {
    let context = export::context(&Ontology::shipped().unwrap());
    expect_file![repository("ontology/context.jsonld")]
        .assert_eq(&(serde_json::to_string_pretty(&context).unwrap() + "\n"));
}

#[test]
fn the_documentation_lists_every_finding() {
    let mut page = "# Findings\n\nWhat `rapporteur check` can report. The name is stable; the severity decides the exit code.\n\n| code | severity | when |\n|---|---|---|\n".to_owned();
    for code in Code::ALL {
        page.push_str(&format!("| `{}` | {} | {} |\n", code.name(), code.severity(), code.description()));
    }
    expect_file![repository("docs/findings.md")].assert_eq(&page);
}

#[test]
fn the_documentation_lists_every_term() {
    let ontology = Ontology::shipped().unwrap();
    let mut page = "# Terms\n\nThe words that tables use, from `ontology/rapporteur.ttl`, with labels in English and Arabic and definitions in\nEnglish. There, and in `rapporteur words --lang`, they have both in the six official languages of the United Nations.\n\n## Classes\n\n| class | label | is a | definition |\n|---|---|---|---|\n".to_owned();
    let entity = ontology.class_by_name("Entity").unwrap();
    for (id, class) in ontology.class_ids().zip(ontology.classes()) {
        if ontology.is_a(id, entity) {
            let parents: Vec<_> = class.parents.iter().map(|&parent| ontology.class(parent).name.as_str()).collect();
            page.push_str(&format!(
                "| `{}` | {}, {} | {} | {} |\n",
                class.name,
                shown(&class.labels, "en"),
                shown(&class.labels, "ar"),
                parents.join(", "),
                shown(&class.definitions, "en")
            ));
        }
    }
    for (kind, heading) in [
        (PropertyKind::Claim, "Properties"),
        (PropertyKind::Annotation, "Names and identifiers"),
        (PropertyKind::Qualifier, "Qualifiers of statements"),
    ] {
        page.push_str(&format!("\n## {heading}\n\n| name | label | from | to | definition |\n|---|---|---|---|---|\n"));
        for property in ontology.properties().iter().filter(|property| property.kind == kind) {
            let domain = property.domain.map_or("", |domain| ontology.class(domain).name.as_str());
            let range = match property.range {
                Range::Entity(class) | Range::Value(class) => ontology.class(class).name.clone(),
                Range::Literal(datatype) => datatype.iri().rsplit(['#', '/']).next().unwrap().to_owned(),
            };
            page.push_str(&format!(
                "| `{}` | {}, {} | {domain} | {range} | {} |\n",
                property.name,
                shown(&property.labels, "en"),
                shown(&property.labels, "ar"),
                shown(&property.definitions, "en")
            ));
        }
    }
    page.push_str("\n## Controlled values\n\n| value | of | label | definition |\n|---|---|---|---|\n");
    for value in ontology.values() {
        let code = value.code.as_ref().map_or_else(String::new, |code| format!(" ({code})"));
        page.push_str(&format!(
            "| `{}`{code} | {} | {}, {} | {} |\n",
            value.name,
            ontology.class(value.class).name,
            shown(&value.labels, "en"),
            shown(&value.labels, "ar"),
            shown(&value.definitions, "en")
        ));
    }
    expect_file![repository("docs/terms.md")].assert_eq(&page);
}

#[test]
fn the_command_line_is_documented_as_it_is() {
    let mut page = "# Command line\n".to_owned();
    let mut command = rapporteur::cli::command().term_width(100);
    command.build();
    let help = command.render_long_help();
    page.push_str(&format!("\n```text\n{}\n```\n", help.to_string().trim_end()));
    for subcommand in command.get_subcommands_mut().filter(|subcommand| subcommand.get_name() != "help") {
        let help = subcommand.render_long_help().to_string();
        page.push_str(&format!("\n## {}\n\n```text\n{}\n```\n", subcommand.get_name(), help.trim_end()));
    }
    let page: Vec<_> = page.lines().map(str::trim_end).collect();
    expect_file![repository("docs/cli.md")].assert_eq(&(page.join("\n") + "\n"));
}

#[test]
fn the_picture_in_the_readme_is_drawn_from_the_data() {
    let graph = crate::shipped();
    let (view, languages) = (Selection::Section(graph.sections_called("7").remove(0)).into(), graph.languages(None));
    let diagram = draw::diagram(&draw::Scene::new(&graph, &view, &languages));
    expect_file![repository("docs/picture.svg")].assert_eq(&draw::svg(&diagram, &draw::layout(&diagram)));
}

#[test]
fn the_documentation_of_the_crate_begins_with_the_example_of_petgraph() {
    let example = std::fs::read_to_string(repository("examples/petgraph.rs")).unwrap();
    let library = std::fs::read_to_string(repository("src/lib.rs")).unwrap();
    let code = library.split("//! ```\n").nth(1).unwrap();
    let lines = code.lines().map(|line| line.strip_prefix("//! ").unwrap_or_default());
    assert_eq!(lines.collect::<Vec<_>>(), example.lines().skip(2).collect::<Vec<_>>());
}

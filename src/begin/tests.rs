//! A new data set is read, checked and looked into.

use std::collections::BTreeSet;

use super::*;
use crate::ontology::RESERVED;

fn options(tag: &str, tables: Tables) -> Options {
    Options { title: None, reports: Vec::new(), language: Language::parse(tag).unwrap(), tables }
}

/// The text of a file of a new data set of CSV files.
fn text(tag: &str, name: &str) -> String {
    let ontology = Ontology::shipped().unwrap();
    let files = files("x", &options(tag, Tables::Csv), &ontology).unwrap();
    let (_, bytes) = files.into_iter().find(|(file, _)| file == name).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn there_is_a_table_for_each_base_class_one_of_paragraphs_and_one_of_statements() {
    let ontology = Ontology::shipped().unwrap();
    let files = files("x", &options("en", Tables::Csv), &ontology).unwrap();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "dataset.toml",
        "document.csv",
        "event.csv",
        "initiative.csv",
        "organization.csv",
        "paragraphs.csv",
        "person.csv",
        "place.csv",
        "post.csv",
        "statements.csv",
        "topic.csv",
    ];
    assert_eq!(names, expected);
}

#[test]
fn headings_are_labels_in_the_chosen_language_and_each_means_a_column_of_its_own() {
    let ontology = Ontology::shipped().unwrap();
    assert!(text("en", "organization.csv").contains("Id,Class,Name,Other name,Acronym,Member of,"));
    assert!(text("ar", "organization.csv").contains("المعرِّف,الفئة,الاسم,الاسم@en,"));
    for tag in Language::UN {
        let languages = languages(Language::parse(tag).unwrap());
        let maker = Maker { ontology: &ontology, words: Words::of(languages[0]), languages: &languages, reports: &[] };
        for sheet in maker.sheets() {
            let mut meanings = Vec::new();
            for column in &sheet.columns {
                let meaning = ontology.column(&column.heading, &languages);
                let meaning = meaning.unwrap_or_else(|error| panic!("{tag}, {}: {error}", sheet.name));
                assert!(!meanings.contains(&meaning), "{tag}, {}: {}", sheet.name, column.heading);
                meanings.push(meaning);
            }
        }
    }
}

#[test]
fn the_words_of_lists_mean_something() {
    let ontology = Ontology::shipped().unwrap();
    let of_values: BTreeSet<_> = ontology.values().iter().map(|value| value.class).collect();
    for tag in Language::UN {
        let languages = languages(Language::parse(tag).unwrap());
        let maker = Maker { ontology: &ontology, words: Words::of(languages[0]), languages: &languages, reports: &[] };
        let (mut lists, mut all) = (0, BTreeSet::new());
        for column in maker.sheets().iter().flat_map(|sheet| &sheet.columns) {
            let book::Choice::Words(words) = &column.choice else { continue };
            lists += 1;
            assert!(!words.is_empty(), "{tag}: {}", column.heading);
            for word in words {
                all.insert(word.clone());
                let value = || of_values.iter().any(|&class| ontology.value_called(word, class, &languages).is_ok());
                let means_something = ontology.class_called(word, |_| true, &languages).is_ok()
                    || ontology.tagged_property(word, &languages).is_ok()
                    || value();
                assert!(means_something, "{tag}: {word}");
            }
        }
        assert!(lists >= 8 + 4 && all.len() > 150, "{tag}: {lists} {}", all.len());
    }
}

#[test]
fn a_new_data_set_is_valid_in_every_language_and_its_examples_cite_their_paragraphs() {
    let folder = tempfile::tempdir().unwrap();
    for tag in Language::UN {
        let path = folder.path().join(tag);
        let options = Options { reports: vec!["A|B, \"C\"".to_owned()], ..options(tag, Tables::Csv) };
        begin(&path, &options, &Ontology::shipped().unwrap()).unwrap();
        let source = crate::read::Source::Folder(path);
        let (graph, findings) = crate::open(&source, Ontology::shipped().unwrap()).unwrap();
        assert!(findings.is_empty(), "{tag}: {findings:#?}");
        assert_eq!((graph.entities().len(), graph.statements().len()), (4, 2), "{tag}");
        assert!(graph.statements().iter().all(|statement| graph.citations(statement).len() == 1), "{tag}");
        assert_eq!(graph.label(graph.find("report").unwrap(), &graph.languages(None)), "A|B, \"C\"");
    }
}

#[test]
fn without_its_examples_it_is_valid_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    begin(&path, &options("en", Tables::Csv), &Ontology::shipped().unwrap()).unwrap();
    for entry in fs::read_dir(&path).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "csv") {
            let text = fs::read_to_string(&file).unwrap();
            let kept = text.lines().filter(|line| {
                !line.contains("xample") && !line.starts_with("report,1") && !line.starts_with("report,2")
            });
            fs::write(&file, kept.collect::<Vec<_>>().join("\n")).unwrap();
        }
    }
    let (graph, findings) = crate::open(&crate::read::Source::Folder(path), Ontology::shipped().unwrap()).unwrap();
    assert_eq!((graph.entities().len(), graph.statements().len()), (1, 0));
    let codes: Vec<_> = findings.iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["isolated-entity"], "the report alone");
}

#[test]
fn nothing_is_written_over_and_nothing_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (path, options) = (folder.path().join("x"), options("en", Tables::Workbook));
    fs::create_dir(&path).unwrap();
    let ontology = Ontology::shipped().unwrap();
    let error = begin(&path, &options, &ontology).unwrap_err();
    assert!(matches!(error, BeginError::Exists { .. }), "{error}");
    assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
    assert!(matches!(begin(Path::new("/"), &options, &ontology), Err(BeginError::Name { .. })));
    fs::write(folder.path().join("file"), "").unwrap();
    assert!(matches!(begin(&folder.path().join("file/x"), &options, &ontology), Err(BeginError::Io { .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn the_same_options_give_the_same_bytes() {
    let ontology = Ontology::shipped().unwrap();
    for tag in ["en", "ar"] {
        let written = || files("x", &options(tag, Tables::Workbook), &ontology).unwrap();
        assert!(written() == written());
    }
}

/// The keys that stand as comments are right once the `# ` before them is taken away.
#[test]
fn every_key_of_dataset_toml_is_explained() {
    let config = text("en", "dataset.toml");
    let is_key = |line: &str| {
        let line = line.trim_start_matches("# ");
        line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
    };
    let all: Vec<_> =
        config.lines().map(|line| if is_key(line) { line.trim_start_matches("# ") } else { line }).collect();
    let folder = tempfile::tempdir().unwrap();
    let (path, options) = (folder.path().join("x"), options("en", Tables::Csv));
    begin(&path, &options, &Ontology::shipped().unwrap()).unwrap();
    fs::write(path.join("dataset.toml"), all.join("\n")).unwrap();
    fs::write(path.join("members.xlsx"), "").unwrap();
    fs::write(path.join("more.ttl"), "").unwrap();
    let (dataset, _) = crate::read::dataset(&crate::read::Source::Folder(path), &Ontology::shipped().unwrap()).unwrap();
    assert_eq!(dataset.config.version.as_deref(), Some("0.1.0"));
    for key in crate::read::CONFIG_KEYS {
        assert!(
            all.iter().any(|line| line.starts_with(&format!("{key} = ")) || line.starts_with(&format!("[{key}"))),
            "{key}"
        );
    }
}

#[test]
fn the_note_of_every_heading_is_in_the_chosen_language_alone() {
    let ontology = Ontology::shipped().unwrap();
    for tag in Language::UN {
        let languages = languages(Language::parse(tag).unwrap());
        let maker = Maker { ontology: &ontology, words: Words::of(languages[0]), languages: &languages, reports: &[] };
        let english: BTreeSet<&str> = ontology
            .properties()
            .iter()
            .filter_map(|property| property.definitions.get(&Language::parse("en").unwrap()))
            .map(String::as_str)
            .chain(RESERVED.iter().map(|reserved| reserved.definition("en")))
            .collect();
        for sheet in maker.sheets() {
            for column in &sheet.columns {
                let first = column.note.lines().next().unwrap_or_default();
                assert!(!first.is_empty(), "{tag}: {}", column.heading);
                assert_eq!(english.contains(first), tag == "en", "{tag}: {}: {first}", column.heading);
            }
        }
    }
}

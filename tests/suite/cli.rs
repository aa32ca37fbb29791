use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::mistakes::plant;
use crate::{copy_shipped, repository};

pub(crate) fn rapporteur(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).current_dir(folder).args(arguments).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[test]
fn the_shipped_data_set_has_no_violations() {
    let output = rapporteur(&repository(""), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn the_embedded_data_set_is_used_where_there_is_no_other() {
    let empty = tempfile::tempdir().unwrap();
    let embedded = rapporteur(empty.path(), &["export", "-f", "ntriples"]);
    let shipped = rapporteur(&repository(""), &["export", "-f", "ntriples"]);
    assert_eq!(embedded.status.code(), Some(0), "{}", stderr(&embedded));
    assert!(!embedded.stdout.is_empty() && embedded.stdout == shipped.stdout);
}

#[test]
fn violations_give_exit_code_1_and_no_output() {
    let folder = tempfile::tempdir().unwrap();
    plant(folder.path());
    let data = folder.path().to_str().unwrap();
    assert_eq!(rapporteur(folder.path(), &["--data", data, "check"]).status.code(), Some(1));
    let build = rapporteur(folder.path(), &["--data", data, "build", "-o", "built"]);
    assert_eq!(build.status.code(), Some(1));
    assert!(!folder.path().join("built").exists());
}

#[test]
fn wrong_usage_and_failures_give_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["frobnicate"][..],
        &["--data", "nowhere", "check"],
        &["export", "-o", "graph.xyz"],
        &["export", "-f", "rdfxml", "--profile", "graphs"],
        &["export", "-f", "turtle", "--with", "degree"],
        &["export", "-f", "gexf", "--with", "degree,fame"],
        &["rank", "--by", "fame"],
        &["show", "Nobody At All"],
        &["query", "SELECT ?x WHERE { ?x"],
        &["draw", "--whole", "-o", "whole.mmd"],
        &["draw", "-o", "whole.gif"],
        &["draw", "--events", "-o", "events.dot"],
    ] {
        let output = rapporteur(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn figures_are_a_table_or_csv_or_json() {
    let folder = tempfile::tempdir().unwrap();
    for (command, header) in [("rank", "rank,degree,name,class,id\r\n"), ("groups", "group,id,name,class\r\n")] {
        let csv = rapporteur(folder.path(), &[command, "-F", "csv"]);
        assert!(stdout(&csv).starts_with(header), "{}", stdout(&csv));
        let json = rapporteur(folder.path(), &[command, "-F", "json"]);
        assert!(stdout(&json).starts_with("{\n") && stdout(&json).ends_with("}\n"));
    }
    let table = rapporteur(folder.path(), &["rank", "--top", "2", "--class", "Organization"]);
    assert_eq!(stdout(&table).lines().count(), 4, "{}", stdout(&table));
    assert!(stdout(&table).contains("International Telecommunication Union"));
    let stats = rapporteur(folder.path(), &["stats"]);
    for part in ["entities", "two-mode", "one-mode", "Initiative", "without the link"] {
        assert!(stdout(&stats).contains(part), "{part}: {}", stdout(&stats));
    }
}

#[test]
fn graphviz_is_needed_only_when_asked_for() {
    let draw = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .current_dir(repository(""))
            .args(["draw", "--section", "7"])
            .args(arguments)
            .env("PATH", "")
            .output()
            .unwrap()
    };
    assert_eq!(draw(&[]).status.code(), Some(0));
    let output = draw(&["--engine", "sfdp"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("install Graphviz") && output.stdout.is_empty(), "{}", stderr(&output));
}

#[test]
fn the_whole_is_written_as_an_overview_with_pages() {
    let folder = tempfile::tempdir().unwrap();
    let output = rapporteur(folder.path(), &["draw", "-o", "all.dot"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pages = std::fs::read_dir(folder.path()).unwrap().count();
    assert!(pages > 10 && folder.path().join("all-1.dot").is_file());
    assert!(stderr(&output).contains(&format!("{} pages", pages - 1)), "{}", stderr(&output));
}

#[test]
fn builds_in_different_folders_and_of_shuffled_rows_are_the_same() {
    let shuffled = tempfile::tempdir().unwrap();
    crate::laws::shuffled(7, shuffled.path());
    let data = [repository("data/c24"), repository("data/c24"), shuffled.path().to_owned()];
    let manifests = data.map(|data| {
        let folder = tempfile::tempdir().unwrap();
        let output = rapporteur(folder.path(), &["--data", data.to_str().unwrap(), "build", "-o", "result"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        std::fs::read_to_string(folder.path().join("result/manifest.json")).unwrap()
    });
    // The manifest has the checksum of every file.
    assert!(manifests[0].contains("sha256"));
    assert_eq!(manifests[0], manifests[1]);
    assert_eq!(manifests[0], manifests[2]);
}

#[test]
fn a_build_has_a_timeline_where_an_event_has_a_date() {
    let built = |date: &str| {
        let entities = format!(
            "id,class,label@en,eventStatus,startDate,source\nd,Report,Report,,,\ne,Event,Event,planned,{date},d\n"
        );
        let folder = crate::dataset(&[("entities.csv", &entities)]);
        let output = rapporteur(folder.path(), &["build", "-o", "built"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        ["manifest.json", "site/en/picture/index.html"]
            .map(|name| std::fs::read_to_string(folder.path().join("built").join(name)).unwrap())
    };
    let [manifest, index] = built("2024-05-27");
    for extension in ["svg", "md"] {
        let name = format!("diagrams/en/timeline.{extension}\"");
        assert!(manifest.contains(&name), "{manifest}");
    }
    assert!(index.contains("timeline.html"), "{index}");
    assert!(!built("").concat().contains("timeline."));
}

#[test]
fn a_name_in_any_language_leads_to_the_entity() {
    for name in ["ITU", "itu", "الاتحاد الدولي للاتصالات", "Unión Internacional de Telecomunicaciones", "国际电信联盟"]
    {
        let output = rapporteur(&repository(""), &["show", name]);
        assert!(stdout(&output).contains("itu · "), "{name}: {}", stderr(&output));
    }
}

#[test]
fn an_unknown_name_gets_suggestions() {
    let output = rapporteur(&repository(""), &["show", "Summit of the Futur"]);
    assert!(stderr(&output).contains("Summit of the Future"), "{}", stderr(&output));
}

#[test]
fn path_tells_how_two_entities_are_connected() {
    let output = rapporteur(&repository(""), &["path", "HLCP", "CEB", "-k", "1"]);
    let text = stdout(&output);
    assert!(text.contains("unit of") && text.contains("Chief Executives Board"), "{text}");
}

#[test]
fn a_query_that_takes_too_long_ends_in_time() {
    let started = Instant::now();
    let cross = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let output = rapporteur(&repository(""), &["query", "--timeout", "1", cross]);
    assert_eq!(output.status.code(), Some(2));
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(stderr(&output).contains("longer than 1"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_closed_pipe_is_silent() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(repository(""))
        .args(["--quiet", "export", "-f", "ntriples"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_a_link_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let expected = rapporteur(folder.path(), &["export", "-f", "ntriples"]).stdout;
    let output = rapporteur(folder.path(), &["export", "-f", "ntriples", "-o", "/dev/stdout"]);
    assert!(output.stdout == expected, "{}", stderr(&output));
    std::fs::write(folder.path().join("target.nt"), "old").unwrap();
    for target in ["target.nt", "new.nt"] {
        let (link, target) = (folder.path().join("link.nt"), folder.path().join(target));
        drop(std::fs::remove_file(&link));
        std::os::unix::fs::symlink(target.file_name().unwrap(), &link).unwrap();
        let output = rapporteur(folder.path(), &["export", "-o", "link.nt"]);
        assert!(link.is_symlink() && std::fs::read(&target).unwrap() == expected, "{}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn stdout_that_is_a_file_keeps_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let expected = rapporteur(folder.path(), &["export", "-f", "ntriples"]).stdout;
    let log = folder.path().join("log");
    for (name, stream) in [("/dev/stdout", 1), ("/dev/fd/2", 2)] {
        std::fs::write(&log, "before\n").unwrap();
        let file = || std::fs::File::options().append(true).open(&log).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.current_dir(folder.path()).args(["export", "-f", "ntriples", "-q", "-o", name]);
        let command = if stream == 1 { command.stdout(file()) } else { command.stderr(file()) };
        assert!(command.status().unwrap().success());
        let written = std::fs::read(&log).unwrap();
        assert!(written.strip_prefix(b"before\n") == Some(expected.as_slice()), "{name}");
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    for flag in ["--help", "--version"] {
        let output = rapporteur(&repository(""), &[flag]);
        assert!(output.status.success() && !output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn terms_of_another_ontology_are_legal_headers_and_can_be_queried() {
    let more = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        @prefix rap: <https://w3id.org/rapporteur/ns#> .\n\
        <https://example.org/ns#sponsors> a owl:ObjectProperty ; rdfs:domain rap:Agent ; rdfs:range rap:Event ;\n\
            rdfs:label \"sponsors\"@en .\n";
    let entities = "id,class,label@en,eventStatus,sponsors,source\nd,Report,Report,,,\ne,Event,Event,planned,,d\no,Organization,Body,,e,d\n";
    let folder = crate::dataset(&[("more.ttl", more), ("entities.csv", entities)]);
    let query = "SELECT ?name WHERE { t:o ?p t:e . ?p rdfs:label ?name }";
    let output = rapporteur(folder.path(), &["--quiet", "--ontology", "more.ttl", "query", "-F", "csv", query]);
    assert_eq!((stdout(&output), stderr(&output)), ("name\r\nsponsors\r\n", ""));
}

#[test]
fn a_folder_of_tables_without_dataset_toml_is_not_answered_with_the_embedded_report() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("members.csv"), "id,class\n").unwrap();
    for arguments in [&["check"][..], &["stats"], &["build", "-o", "built"]] {
        let output = rapporteur(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let text = stderr(&output);
        assert!(text.contains("members.csv, but no dataset.toml") && text.contains("rapporteur new"), "{text}");
    }
}

#[test]
fn the_first_line_says_which_data_set_is_read() {
    let empty = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (&["check"][..], "data set: the one that is part of the program"),
        (&["check", "--data", "data/c24"], "data set: data/c24"),
        (&["stats", "--data", "data/c24"], "data set: data/c24"),
    ] {
        let folder = if arguments.len() == 1 { empty.path().to_owned() } else { repository("") };
        assert_eq!(stderr(&rapporteur(&folder, arguments)).lines().next(), Some(expected));
    }
    assert_eq!(stderr(&rapporteur(empty.path(), &["check", "--quiet"])), "");
}

#[test]
fn many_findings_are_grouped_counted_and_shown_on_demand() {
    let rows: Vec<_> = (0..15).map(|number| format!("t{number},Topic,T,")).collect();
    let table = format!("id,class,label@en,source\n{}\n", rows.join("\n"));
    let folder = crate::dataset(&[("t.csv", &table), ("notes.md", "x")]);
    let check = |more: &[&str]| rapporteur(folder.path(), &[&["check"], more].concat());
    let output = check(&[]);
    assert_eq!(stdout(&output).matches("warning[isolated-entity]").count(), 10);
    assert!(stdout(&output).contains("and 5 more of `isolated-entity`; --all shows all"), "{}", stdout(&output));
    let last: Vec<_> = stderr(&output).lines().rev().take(2).collect();
    assert_eq!(last, ["not read: notes.md", "15 isolated-entity, 1 unread-file"]);
    let built = rapporteur(folder.path(), &["build", "--quiet", "-o", "built"]);
    assert!(!stderr(&built).contains("not read"), "{}", stderr(&built));
    let built = rapporteur(folder.path(), &["build", "-o", "built"]);
    assert!(stderr(&built).contains("not read: notes.md\n"), "{}", stderr(&built));
    assert_eq!(stdout(&check(&["--all"])).matches("warning[isolated-entity]").count(), 15);
    assert_eq!(output.status.code(), check(&["--all"]).status.code());
}

#[test]
fn mistakes_of_dataset_toml_are_findings_of_check_and_failures_of_the_rest() {
    let folder = crate::dataset(&[("dataset.toml", "id = \"t\"\nlicence = \"x\"\n"), ("a.csv", "id,class,lable@en\n")]);
    let output = rapporteur(folder.path(), &["check", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("dataset.toml:2:1: violation[invalid-config]: unknown key `licence`"));
    assert!(stdout(&output).contains("a.csv:1:10: violation[unknown-header]"));
    for (arguments, code) in [(&["stats"][..], 2), (&["export", "-f", "ntriples"], 1), (&["build", "-o", "built"], 1)] {
        let output = rapporteur(folder.path(), arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{arguments:?}");
        assert!(stderr(&output).contains("unknown key `licence`"), "{arguments:?}");
    }
}

#[test]
fn what_comes_out_of_each_cell_of_a_mapped_table_is_shown() {
    let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n[table.\"m.csv\"]\nclass = \"Topic\"\nid = \"m-{Name}\"\ncolumns = { Name = \"label@en\", \"*\" = \"\" }\n";
    let folder = crate::dataset(&[("dataset.toml", config), ("m.csv", "Name,Fax\nA B,1\n")]);
    let output = rapporteur(folder.path(), &["check", "--mapping"]);
    let expected = "m.csv, row 1 of 1\n  Name \"A B\" -> label@en: A B\n  Fax \"1\" -> left out\n  (class) -> class: Topic\n  (id) -> id: m-a-b\n\n";
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), expected));
    // Of a column in several languages, the one that the row has; an empty cell, once.
    let config =
        config.replace("\"*\" = \"\"", "Other = { property = \"altLabel\", language = \"Lang\" }, \"*\" = \"\"");
    let folder = crate::dataset(&[("dataset.toml", &config), ("m.csv", "Name,Other,Lang\nA,X,fr\nB,Y,en\nC,,fr\n")]);
    let output = rapporteur(folder.path(), &["check", "--mapping"]);
    let other: Vec<_> = stdout(&output).lines().filter(|line| line.contains("Other")).map(str::trim).collect();
    assert_eq!(other[..2], ["Other \"X\" -> altLabel@fr: X", "Other \"Y\" -> altLabel@en: Y"]);
    assert_eq!(other.len(), 3, "{other:?}");
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<_> =
        std::fs::read_dir(repository("data/c24")).unwrap().map(|file| file.unwrap().file_name()).collect();
    copy_shipped(folder.path());
    std::fs::write(folder.path().join("own.ttl"), "@prefix ex: <http://e/> .\n").unwrap();
    std::fs::hard_link(folder.path().join("people.csv"), folder.path().join("other.svg")).unwrap();
    let before = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let contents: Vec<_> = names.iter().map(|name| before(name.to_str().unwrap())).collect();
    for arguments in [
        &["export", "-f", "turtle", "-o", "statements.csv"][..],
        &["export", "-f", "csv", "-o", "."],
        &["draw", "-o", "dataset.toml", "-f", "svg"],
        &["draw", "-o", "./other.svg"],
        &["--ontology", "own.ttl", "export", "-o", "own.ttl"],
        &["build", "-o", "."],
    ] {
        let output = rapporteur(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("would be lost"), "{arguments:?}: {}", stderr(&output));
    }
    for (name, content) in names.iter().zip(contents) {
        assert!(before(name.to_str().unwrap()) == content, "{}", name.display());
    }
    // An export beside the tables is none of them, and may be written again.
    for _ in 0..2 {
        let output = rapporteur(folder.path(), &["export", "-o", "graph.ttl"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

#[test]
fn a_query_chooses_what_is_drawn_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let query = "# en: Who leads with whom?\nSELECT ?s { ?s rdf:predicate rap:leads }";
    std::fs::write(folder.path().join("leads.rq"), query).unwrap();
    let twin = rapporteur(folder.path(), &["draw", "--query", "leads.rq", "-f", "md"]);
    let text = String::from_utf8(twin.stdout.clone()).unwrap();
    assert_eq!(twin.status.code(), Some(0), "{}", stderr(&twin));
    assert!(
        text.contains("\n# Who leads with whom?\n") && text.contains("| leads |") && text.contains("c24\\#7 |"),
        "{text}"
    );
    let feed = rapporteur(folder.path(), &["export", "--query", query, "-f", "nodelink"]);
    let feed: serde_json::Value = serde_json::from_slice(&feed.stdout).unwrap();
    let edges = feed["edges"].as_array().unwrap();
    assert!(edges.len() > 5 && edges.iter().all(|edge| edge["property"] == "leads" && edge["sources"].is_array()));
    for (query, said) in [
        ("ASK {}", "answers yes or no"),
        ("SELECT ?n { c24:itu rdfs:label ?n }", "no entity, no statement and no paragraph"),
        ("SELECT ?n {", "expected"),
        ("none.rq", "cannot read none.rq"),
    ] {
        let output = rapporteur(folder.path(), &["draw", "--query", query]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

use std::fs;
use std::path::{Path, PathBuf};

use crate::repository;

/// The stages in the order in which one may import another; `lib.rs` and `main.rs` stand above them.
const STAGES: [&str; 17] = [
    "model", "finding", "ontology", "read", "begin", "link", "validate", "graph", "rdf", "export", "shard", "draw",
    "query", "publish", "remote", "serve", "cli",
];

const BANNED: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "misc"];

pub(crate) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

fn all_sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches", "examples"] {
        if repository(folder).is_dir() {
            sources(&repository(folder), &mut found);
        }
    }
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long: Vec<_> = all_sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    for (path, _) in all_sources() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(!BANNED.contains(&stem), "{}", path.display());
    }
}

#[test]
fn a_stage_imports_earlier_stages_only() {
    let stage = |name: &str| STAGES.iter().position(|stage| *stage == name);
    for (path, text) in all_sources() {
        let Ok(inside) = path.strip_prefix(repository("src")) else { continue };
        let Some(here) = inside.components().next().and_then(|first| stage(first.as_os_str().to_str()?)) else {
            continue;
        };
        // Documentation and tests may speak of later stages.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for part in line.split("crate::").skip(1) {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if let Some(imported) = stage(&name) {
                    assert!(imported <= here, "{}: {line}", path.display());
                }
            }
        }
    }
}

/// The path of a file's module: `src/draw/mod.rs` is `draw`, `src/draw/svg.rs` is `draw::svg`.
fn module(inside: &Path) -> Vec<String> {
    let mut parts: Vec<_> =
        inside.iter().map(|part| part.to_str().unwrap().trim_end_matches(".rs").to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

/// The modules that the code of a file names, each by its path: `use super::{svg::Svg, twin}` names two.
fn named_modules(here: &[String], code: &str) -> Vec<Vec<String>> {
    let mut named = Vec::new();
    for (at, word) in code.match_indices("super::").chain(code.match_indices("crate::")) {
        let before = code[..at].rsplit("super::").take_while(|between| between.is_empty()).count();
        let up = if word == "super::" { here.len().saturating_sub(before + 1) } else { 0 };
        let rest = &code[at + word.len()..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
        let path = here[..up].iter().map(String::as_str).chain(rest[..end].split("::").filter(|part| !part.is_empty()));
        let path: Vec<String> = path.map(str::to_owned).collect();
        let group = rest[end..].strip_prefix('{').and_then(|group| group.split('}').next()).unwrap_or_default();
        named.extend(group.split(',').map(|name| {
            let name = name.trim().split("::").next().unwrap_or_default().to_owned();
            path.iter().cloned().chain([name]).collect()
        }));
    }
    named
}

#[test]
fn the_modules_that_code_names_are_found() {
    let here = ["draw", "timeline", "svg"].map(str::to_owned);
    let code = "use super::super::text;\nuse super::{place::Placed, Kind};\nuse crate::draw::svg::Svg;";
    let named: Vec<_> = named_modules(&here, code).into_iter().map(|path| path.join("::")).collect();
    for expected in ["draw::text::", "draw::timeline::place", "draw::timeline::Kind", "draw::svg::Svg::"] {
        assert!(named.contains(&expected.to_owned()), "{expected}: {named:?}");
    }
    assert!(!named.contains(&"draw::timeline::text::".to_owned()), "{named:?}");
}

/// Two files that need each other are one; what a folder gives out through its `mod.rs` is not looked at.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut files: Vec<(Vec<String>, bool, String)> = Vec::new();
    for (path, text) in all_sources() {
        let Ok(inside) = path.strip_prefix(repository("src")) else { continue };
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<_> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        files.push((module(inside), inside.ends_with("mod.rs"), code.join("\n")));
    }
    let mut imports = petgraph::graphmap::DiGraphMap::<usize, ()>::new();
    for (from, (here, is_folder, code)) in files.iter().enumerate() {
        for named in named_modules(here, code) {
            let is_named = |(module, is_folder, _): &(Vec<String>, bool, String)| {
                !is_folder && !module.is_empty() && named.starts_with(module)
            };
            if let Some(to) = files.iter().position(is_named).filter(|&to| to != from && !is_folder) {
                imports.add_edge(from, to, ());
            }
        }
    }
    assert!(imports.edge_count() > 150, "{}", imports.edge_count());
    for circle in petgraph::algo::kosaraju_scc(&imports) {
        let circle: Vec<_> = circle.into_iter().map(|file| files[file].0.join("::")).collect();
        assert!(circle.len() == 1, "{circle:?}");
    }
}

/// What others say of the rest is theirs to say: a site or a server has no options.
#[test]
fn only_the_command_line_names_its_commands_and_options() {
    let command = rapporteur::cli::command();
    let commands = || command.get_subcommands();
    let mut named: Vec<String> = commands().map(|sub| format!("rapporteur {}", sub.get_name())).collect();
    let options = commands().flat_map(clap::Command::get_arguments).chain(command.get_arguments());
    named.extend(options.filter_map(|option| Some(format!("--{}", option.get_long()?))));
    assert!(named.len() > 30, "{named:?}");
    let is_part_of_a_word = |c: char| c.is_alphanumeric() || c == '-';
    for (path, text) in all_sources() {
        let Ok(inside) = path.strip_prefix(repository("src")) else { continue };
        let is_test = inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
        if inside.starts_with("cli") || is_test {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in &named {
            let is_named = code.split(name.as_str()).skip(1).any(|rest| !rest.starts_with(is_part_of_a_word));
            assert!(!is_named, "{} names {name}", path.display());
        }
    }
}

#[test]
fn every_stage_is_in_the_order() {
    let mut modules: Vec<_> = fs::read_dir(repository("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    modules.sort();
    let mut stages = STAGES.to_vec();
    stages.sort_unstable();
    assert_eq!(modules, stages);
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(repository("Cargo.toml")).unwrap();
    let mut inside = false;
    let mut reason = false;
    for line in manifest.lines() {
        match line {
            _ if line.starts_with('[') => inside = line.contains("dependencies"),
            _ if !inside || line.is_empty() => {}
            _ if line.starts_with("# ") => {
                reason = true;
                continue;
            }
            // One reason may stand above several lines that belong together.
            _ => assert!(reason, "no reason for {line}"),
        }
        reason = reason && !line.is_empty() && inside && !line.starts_with('[');
    }
}

#[test]
fn the_architecture_names_every_stage() {
    let text = fs::read_to_string(repository("docs/architecture.md")).unwrap();
    for stage in STAGES {
        assert!(text.contains(&format!("`{stage}`")), "docs/architecture.md does not name {stage}");
    }
}

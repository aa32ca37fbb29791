//! What a release holds: the same bytes for the same data, and records that agree.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::cli::{rapporteur, stderr, stdout};
use crate::{copy_shipped, dataset, repository, shipped};

const KEYS: &str = "publisher = \"P\"\nversion = \"1.0\"\nreleased = \"2024-05-27\"\n";

/// A `dataset.toml` that a catalogue could use, with more keys.
fn config(more: &str) -> String {
    format!(
        "id = \"t\"\nbase = \"https://example.org/x/t/\"\nlicense = \"https://creativecommons.org/licenses/by/4.0/\"\n\
         languages = [\"en\"]\n{KEYS}{more}[title]\nen = \"Test\"\n[description]\nen = \"What there is.\"\n"
    )
}

/// Releases a data set into a folder, in files of at most so many bytes.
fn release(data: &Path, folder: &Path, most: u64) -> Output {
    rapporteur(data, &["--data", ".", "release", "-o", folder.to_str().unwrap(), "--split", &most.to_string()])
}

fn released(data: &Path, folder: &Path, most: u64) {
    let output = release(data, folder, most);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

/// All files of a folder, by their paths.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                add(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    add(folder, "", &mut found);
    found
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn json(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

fn quads(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(&files[name]).map(Result::unwrap).collect()
}

/// The values of a property, whose IRI ends so, of a subject.
fn values(quads: &[Quad], subject: &str, property: &str) -> BTreeSet<String> {
    let of = |quad: &&Quad| {
        quad.subject.to_string() == format!("<{subject}>") && quad.predicate.as_str().ends_with(property)
    };
    let text = |quad: &Quad| match &quad.object {
        oxigraph::model::Term::NamedNode(node) => node.as_str().to_owned(),
        oxigraph::model::Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    quads.iter().filter(of).map(text).collect()
}

fn one(text: &str) -> BTreeSet<String> {
    BTreeSet::from([text.to_owned()])
}

/// Name without the folder of the release, size and checksum of each file that holds data, as a record of JSON has them.
fn distributions(record: &Value, list: &str, kind: &str) -> BTreeSet<(String, String, String)> {
    let entries = record[list].as_array().unwrap().iter();
    let files = entries.filter(|entry| entry["@type"] == kind && entry.get("containedIn").is_none());
    files
        .filter_map(|file| {
            let address = file["contentUrl"].as_str()?;
            let (_, name) = address.split_once("/release/0.1.0/")?;
            let bytes = file["contentSize"].as_str()?.trim_end_matches(" B");
            name.starts_with("data/")
                .then(|| (name.to_owned(), bytes.to_owned(), file["sha256"].as_str().unwrap().to_owned()))
        })
        .collect()
}

fn shipped_release() -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let place = tempfile::tempdir().unwrap();
    released(&repository("data/c24"), &place.path().join("out"), 1 << 30);
    let files = files(&place.path().join("out"));
    (place, files)
}

#[test]
fn a_release_is_the_same_in_every_folder_and_its_records_agree() {
    let (_place, files) = shipped_release();
    // Another folder, the data copied, written over an earlier release of something else.
    let other = tempfile::tempdir().unwrap();
    let (copy, out) = (other.path().join("copied data"), other.path().join("elsewhere"));
    fs::create_dir(&copy).unwrap();
    copy_shipped(&copy);
    let small = dataset(&[("dataset.toml", &config("")), ("o.csv", "id,class,label@en\na,Organization,A\n")]);
    released(small.path(), &out, 1 << 30);
    fs::write(out.join("notes.txt"), "kept").unwrap();
    released(&copy, &out, 1 << 30);
    let mut again = self::files(&out);
    assert_eq!(again.remove("notes.txt").unwrap(), b"kept");
    assert_eq!(again.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, bytes) in &again {
        assert!(*bytes == files[name], "{name}");
    }
    assert_lists(&files);
    assert_records(&files);
    assert_distributions(&files);
}

/// The manifest, the checksums and the crate have every file as it is.
fn assert_lists(files: &BTreeMap<String, Vec<u8>>) {
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).unwrap();
    let sums: BTreeMap<&str, &str> =
        sums.lines().map(|line| line.split_once("  ").unwrap()).map(|(a, b)| (b, a)).collect();
    let listed: BTreeSet<&str> = sums.keys().copied().chain(["SHA256SUMS"]).collect();
    assert_eq!(listed, files.keys().map(String::as_str).collect());
    let (manifest, research) = (json(files, "manifest.json"), json(files, "ro-crate-metadata.json"));
    let in_manifest: BTreeMap<_, _> =
        manifest["files"].as_array().unwrap().iter().map(|file| (file["file"].as_str().unwrap(), file)).collect();
    let in_crate: BTreeMap<_, _> =
        research["@graph"].as_array().unwrap().iter().map(|one| (one["@id"].as_str().unwrap(), one)).collect();
    for (name, sum) in sums {
        let bytes = &files[name];
        assert_eq!(sha256(bytes), sum, "{name}");
        if name != "manifest.json" {
            assert_eq!(
                (&in_manifest[name]["sha256"], &in_manifest[name]["bytes"]),
                (&sum.into(), &bytes.len().into()),
                "{name}"
            );
        }
        if !["manifest.json", "ro-crate-metadata.json"].contains(&name) {
            assert_eq!(in_crate[name]["sha256"], sum, "{name}");
            assert_eq!(in_crate[name]["contentSize"], bytes.len().to_string(), "{name}");
        }
    }
}

/// Licence, day, version and counts are those of the data set in every record.
fn assert_records(files: &BTreeMap<String, Vec<u8>>) {
    let graph = shipped();
    let (config, counts) = (graph.config(), graph.counts());
    let (base, version) = (config.base.as_str(), config.version.as_deref().unwrap());
    let issued = config.publication.released.as_ref().unwrap().text();
    let triples = String::from_utf8(gunzip(&files["data/c24.nt.gz"])).unwrap().lines().count();
    let (void, dcat) = (quads(files, "void.ttl"), quads(files, "dcat.ttl"));
    for record in [&void, &dcat] {
        assert_eq!(values(record, base, "dc/terms/license"), one(&config.license));
        assert_eq!(values(record, base, "dc/terms/issued"), one(issued));
        assert_eq!(values(record, base, "versionInfo"), one(version));
        assert_eq!(values(record, base, "void#entities"), one(&counts.entities.to_string()));
        assert_eq!(values(record, base, "dc/terms/title"), config.title.values().cloned().collect());
    }
    assert_eq!(values(&void, base, "void#triples"), one(&triples.to_string()));
    let research = json(files, "ro-crate-metadata.json");
    let entities = research["@graph"].as_array().unwrap();
    let entity = |id: &str| entities.iter().find(|one| one["@id"] == id).unwrap();
    let root = entity("./");
    assert_eq!(root["license"]["@id"], config.license.as_str());
    for (what, n) in [("entities", counts.entities), ("statements", counts.statements), ("sources", counts.sources)] {
        assert_eq!(entity(&format!("#{what}"))["value"], n);
        assert_eq!(json(files, "manifest.json")["counts"][what], n);
    }
    for name in ["schema.jsonld", "croissant.json"] {
        let record = json(files, name);
        assert_eq!(record["license"], config.license.as_str(), "{name}");
        assert_eq!((&record["version"], &record["datePublished"]), (&version.into(), &issued.into()), "{name}");
        let sizes: BTreeMap<_, _> = record["size"]
            .as_array()
            .unwrap()
            .iter()
            .map(|size| (size["unitText"].as_str().unwrap(), &size["value"]))
            .collect();
        assert_eq!(sizes["entities"], counts.entities, "{name}");
        assert_eq!(sizes["statements"], counts.statements, "{name}");
    }
    assert_eq!((&root["version"], &root["datePublished"]), (&version.into(), &issued.into()));
    let citation = String::from_utf8(files["CITATION.cff"].clone()).unwrap();
    for line in
        [format!("version: \"{version}\""), format!("date-released: \"{issued}\""), "license: \"CC0-1.0\"".to_owned()]
    {
        assert!(citation.lines().any(|other| other == line), "{line}");
    }
    assert!(String::from_utf8(files["LICENSE.txt"].clone()).unwrap().contains(&config.license));
}

/// The files with data have the same names, sizes and checksums in all records.
fn assert_distributions(files: &BTreeMap<String, Vec<u8>>) {
    let data = files.iter().filter(|(name, _)| name.starts_with("data/"));
    let expected: BTreeSet<_> =
        data.map(|(name, bytes)| (name.clone(), bytes.len().to_string(), sha256(bytes))).collect();
    assert!(expected.len() >= 20, "{}", expected.len());
    assert_eq!(distributions(&json(files, "schema.jsonld"), "distribution", "DataDownload"), expected);
    assert_eq!(distributions(&json(files, "croissant.json"), "distribution", "cr:FileObject"), expected);
    assert_eq!(distributions(&json(files, "ro-crate-metadata.json"), "@graph", "File"), expected);
    let (dcat, void) = (quads(files, "dcat.ttl"), quads(files, "void.ttl"));
    let base = shipped().config().base.clone();
    let found: BTreeSet<_> = values(&dcat, &base, "dcat#distribution")
        .into_iter()
        .map(|node| {
            let address = values(&dcat, &node, "downloadURL").pop_first().unwrap();
            let checksum = values(&dcat, &node, "terms#checksum").pop_first().unwrap();
            let (_, name) = address.split_once("/release/0.1.0/").unwrap();
            let bytes = values(&dcat, &node, "byteSize").pop_first().unwrap();
            (name.to_owned(), bytes, values(&dcat, &checksum, "checksumValue").pop_first().unwrap())
        })
        .collect();
    assert_eq!(found, expected);
    for dump in values(&void, &base, "dataDump") {
        assert!(expected.iter().any(|(name, ..)| dump.ends_with(name)), "{dump}");
    }
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(bytes), &mut text).unwrap();
    text
}

#[test]
fn large_files_are_cut_into_parts_each_whole_by_itself() {
    let place = tempfile::tempdir().unwrap();
    let (one, many) = (place.path().join("one"), place.path().join("many"));
    released(&repository("data/c24"), &one, 1 << 30);
    released(&repository("data/c24"), &many, 60_000);
    let (one, many) = (files(&one), files(&many));
    for extension in ["nt", "nq", "ftm.json"] {
        let parts: Vec<_> = many
            .keys()
            .filter(|name| name.starts_with("data/c24-") && name.ends_with(&format!(".{extension}.gz")))
            .collect();
        assert!(parts.len() > 1, "{extension}: {parts:?}");
        let text: Vec<u8> = parts.iter().flat_map(|name| gunzip(&many[*name])).collect();
        assert!(text == gunzip(&one[&format!("data/c24.{extension}.gz")]), "{extension}");
        assert!(parts.iter().all(|name| many[*name].len() <= 60_000 && gunzip(&many[*name]).ends_with(b"\n")));
    }
    let manifest = json(&many, "manifest.json");
    let parts = manifest["files"].as_array().unwrap().iter().filter(|file| file.get("part").is_some());
    assert!(parts.count() > 3);
}

#[test]
fn packed_files_hold_no_time_and_no_name() {
    let (_place, files) = shipped_release();
    for (name, bytes) in files.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "gz")) {
        assert_eq!(bytes[..3], [0x1f, 0x8b, 8], "{name}");
        assert_eq!(bytes[3..8], [0; 5], "{name}: neither a name nor a time");
    }
}

#[test]
fn what_a_catalogue_must_know_is_asked_for() {
    let bare = dataset(&[("o.csv", "id,class,label@en\na,Organization,A\n")]);
    let output = rapporteur(bare.path(), &["release", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    for key in ["description", "publisher", "version", "released"] {
        assert!(stderr(&output).contains(&format!("the key `{key}` is missing")), "{}", stderr(&output));
    }
    assert!(!bare.path().join("out").exists());
    let urn = config("").replace("https://example.org/x/t/", "urn:x:t/");
    let urn = dataset(&[("dataset.toml", &urn), ("o.csv", "id,class,label@en\na,Organization,A\n")]);
    let output = release(urn.path(), &urn.path().join("out"), 1);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(stderr(&output).matches(" is missing").count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("the key `download` is missing"), "{}", stderr(&output));
    let said = config("download = \"https://example.org/files\"\n").replace("https://example.org/x/t/", "urn:x:t/");
    fs::write(urn.path().join("dataset.toml"), said).unwrap();
    released(urn.path(), &urn.path().join("out"), 1 << 30);
    let files = files(&urn.path().join("out"));
    assert!(files.keys().all(|name| !name.starts_with("redirects/")), "nothing could lead to a name of that kind");
    assert!(String::from_utf8(files["dcat.ttl"].clone()).unwrap().contains("https://example.org/files/data/t.ttl.gz"));
}

#[test]
fn the_ontology_is_released_in_every_syntax_and_as_pages_of_all_its_terms() {
    let (_place, files) = shipped_release();
    let ontology = rapporteur::ontology::Ontology::shipped().unwrap();
    let triples = |name: &str, format| -> BTreeSet<String> {
        RdfParser::from_format(format).for_slice(&files[name]).map(|quad| quad.unwrap().to_string()).collect()
    };
    let expected = triples("ontology/rapporteur.ttl", RdfFormat::Turtle);
    assert_eq!(triples("ontology/rapporteur.nt", RdfFormat::NTriples), expected);
    assert_eq!(triples("ontology/rapporteur.rdf", RdfFormat::RdfXml), expected);
    for tag in rapporteur::model::Language::UN {
        let page = String::from_utf8(files[&format!("ontology/{tag}.html")].clone()).unwrap();
        assert!(page.contains(&format!("lang=\"{tag}\"")) && !page.contains("<script"), "{tag}");
        for name in
            ontology.classes().iter().map(|class| &class.name).chain(ontology.properties().iter().map(|one| &one.name))
        {
            assert_eq!(page.matches(&format!("id=\"{name}\"")).count(), 1, "{name} in {tag}");
        }
    }
}

#[test]
fn publication_is_checked_when_asked_for() {
    let folder = repository("data/c24");
    let output = rapporteur(&folder, &["check"]);
    assert!(!stdout(&output).contains("PURL1") && !stdout(&output).contains("incomplete-publication"));
    let output = rapporteur(&folder, &["check", "--publish"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let rows: Vec<_> = stdout(&output)
        .lines()
        .filter(|line| ["F", "A", "I", "R"].iter().any(|principle| line.split_whitespace().nth(1) == Some(principle)))
        .collect();
    assert_eq!(rows.len(), 24, "{}", stdout(&output));
    assert!(
        stdout(&output).contains("24 checks of the ontology: 14 met, 1 missing, 5 prepared, 4 unseen"),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("the ontology lacks a DOI, a logo (check OM3)"));
    let terms = "name,kind,label@en\nObservatory,class,observatory\n";
    let own = dataset(&[("terms.csv", terms), ("o.csv", "id,class,label@en\na,Observatory,A\nb,Observatory,B\n")]);
    let output = rapporteur(own.path(), &["check", "--publish"]);
    assert_eq!(output.status.code(), Some(1), "what a release needs is missing");
    assert!(stdout(&output).contains("the ontology lacks one of `Observatory` (check VOC4)"), "{}", stdout(&output));
}

use std::fs;
use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::cli::{rapporteur, stderr};

#[test]
fn parts_are_the_lines_of_the_export_and_the_manifest_says_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for (format, profile, packing) in [
        ("ntriples", "statements", None),
        ("ntriples", "statements", Some("--gzip")),
        ("nquads", "graphs", Some("--gzip")),
    ] {
        let run = |more: &[&str]| {
            let arguments = [&["export", "-f", format, "--profile", profile][..], more].concat();
            let output = rapporteur(folder.path(), &arguments);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            output.stdout
        };
        let split = [&["--split", "40kB", "-o", "parts"][..], packing.as_slice()].concat();
        run(&split);
        let read = |name: &str| fs::read(folder.path().join("parts").join(name)).unwrap();
        let manifest: Value = serde_json::from_slice(&read("manifest.json")).unwrap();
        let parts = manifest["parts"].as_array().unwrap();
        assert!(parts.len() > 2, "{manifest}");
        assert_eq!(fs::read_dir(folder.path().join("parts")).unwrap().count(), parts.len() + 1);
        let (mut all, mut lines) = (Vec::new(), 0);
        for part in parts {
            let bytes = read(part["file"].as_str().unwrap());
            assert!(bytes.len() <= 40_000 && part["bytes"] == bytes.len());
            let start = all.len();
            match packing {
                Some(_) => drop(GzDecoder::new(&bytes[..]).read_to_end(&mut all).unwrap()),
                None => all.extend(bytes),
            }
            assert!(all.ends_with(b"\n") && part["unpacked"] == all.len() - start);
            let n = memchr::memchr_iter(b'\n', &all[start..]).count();
            assert_eq!(part["statements"], n);
            lines += n;
        }
        assert_eq!(manifest["statements"], lines);
        assert!(all == run(&[]), "{format} {packing:?}");
        // The same again is the same, and takes the place of what was there.
        let before = read("manifest.json");
        run(&split);
        assert!(before == read("manifest.json"));
    }
}

#[test]
fn parts_are_made_of_lines_in_a_folder_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/notes.txt"), "mine").unwrap();
    for (arguments, said) in [
        (&["-f", "turtle", "-o", "parts"][..], "no format of lines"),
        (&["-f", "csv", "-o", "parts"], "no format of lines"),
        (&["-f", "ntriples"], "parts are files in a folder"),
        (&["-f", "ntriples", "--profile", "graphs", "-o", "parts"], "cannot hold named graphs"),
        (&["-f", "ntriples", "-o", "mine"], "notes.txt"),
    ] {
        let output = rapporteur(folder.path(), &[&["export", "--split", "1MB"][..], arguments].concat());
        assert!(output.status.code() == Some(2) && stderr(&output).contains(said), "{}", stderr(&output));
        assert!(!folder.path().join("parts").exists());
    }
    assert_eq!(fs::read(folder.path().join("mine/notes.txt")).unwrap(), b"mine");
}

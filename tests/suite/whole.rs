use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::{rapporteur, stderr};
use crate::dataset;

/// Returns a data set of so many organizations, whose files have this name.
fn data(id: &str, organizations: usize) -> tempfile::TempDir {
    let rows: String = (0..organizations)
        .map(|n| format!("o{n},Organization,Body {n} of {id},Body {n}\n"))
        .collect::<Vec<_>>()
        .concat();
    let folder = dataset(&[("organizations.csv", &format!("id,class,label@en,acronym@en\n{rows}"))]);
    let config = fs::read_to_string(folder.path().join("dataset.toml")).unwrap();
    fs::write(folder.path().join("dataset.toml"), config.replace("\"t\"", &format!("\"{id}\""))).unwrap();
    folder
}

/// What is in a folder: of each file its path and text, sorted.
fn state(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap_or_default());
            }
        }
    }
    files
}

/// Names in a folder that are temporary.
fn temporary(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".rapporteur-")).collect()
}

fn build(place: &Path, data: &Path) -> Output {
    rapporteur(place, &["--data", data.to_str().unwrap(), "--quiet", "build", "-o", "out"])
}

/// Starts to write, and waits until there is a workspace.
fn begin(place: &Path, arguments: &[&str]) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(place)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    while !place.join(".rapporteur-out/new").exists() && begin.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(1));
    }
    child
}

fn send(signal: &str, child: &Child) {
    assert!(crate::signalled(signal, &child.id().to_string()));
}

#[test]
fn a_build_that_is_killed_leaves_the_old_folder_or_the_new_one_and_the_next_clears_up() {
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for by a variable")]
    let kills = std::env::var("RAPPORTEUR_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(16);
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let sets = [data("one", 30), data("two", 20)];
    let states = sets.each_ref().map(|set| {
        assert_eq!(build(place.path(), set.path()).status.code(), Some(0));
        state(&out)
    });
    let begun = Instant::now();
    assert_eq!(build(place.path(), sets[0].path()).status.code(), Some(0));
    let whole = begun.elapsed();
    assert!(states[0] != states[1] && state(&out) == states[0] && temporary(place.path()).is_empty());
    let (mut seed, mut found) = (1_u32, [0, 0]);
    for kill in 0..kills {
        // A linear congruential generator: the same points in every run, as far as the machine is.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let data = sets[kill % 2].path().to_str().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .current_dir(place.path())
            .args(["--data", data, "--quiet", "build", "-o", "out"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(whole.mul_f64(f64::from(seed >> 8) / f64::from(1 << 24)));
        drop(child.kill());
        child.wait().unwrap();
        let now = state(&out);
        let which = states.iter().position(|state| *state == now);
        found[which.unwrap_or_else(|| panic!("a mixture after kill {kill}"))] += 1;
    }
    assert!(found.iter().sum::<usize>() == kills, "{found:?}");
    assert_eq!(build(place.path(), sets[0].path()).status.code(), Some(0));
    assert!(state(&out) == states[0] && temporary(place.path()).is_empty());
}

#[test]
fn who_ends_a_build_finds_nothing_temporary() {
    let place = tempfile::tempdir().unwrap();
    let set = data("one", 400);
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut child = begin(place.path(), &["--data", set.path().to_str().unwrap(), "build", "-o", "out"]);
        send(signal, &child);
        assert_eq!(child.wait().unwrap().code(), Some(code), "{signal}");
        assert!(temporary(place.path()).is_empty() && !place.path().join("out").exists(), "{signal}");
    }
}

#[test]
fn a_second_process_that_writes_to_a_folder_is_told_so() {
    let place = tempfile::tempdir().unwrap();
    let set = data("one", 1);
    assert_eq!(build(place.path(), set.path()).status.code(), Some(0));
    let before = state(&place.path().join("out"));
    fs::create_dir(place.path().join(".rapporteur-out")).unwrap();
    let lock = File::create(place.path().join(".rapporteur-out/lock")).unwrap();
    lock.lock().unwrap();
    let data = set.path().to_str().unwrap();
    for arguments in
        [&["--data", data, "build", "-o", "out"][..], &["--data", data, "export", "-f", "csv", "-o", "out"]]
    {
        let output = rapporteur(place.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("another process is writing it"), "{}", stderr(&output));
    }
    assert!(state(&place.path().join("out")) == before);
    lock.unlock().unwrap();
    assert_eq!(build(place.path(), set.path()).status.code(), Some(0));
    assert!(temporary(place.path()).is_empty());
}

#[test]
fn a_build_takes_away_what_an_earlier_one_wrote_and_keeps_what_is_of_others() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    assert_eq!(build(place.path(), data("one", 3).path()).status.code(), Some(0));
    assert!(out.join("rdf/one.ttl").exists() && out.join("site/en/entity/o2.html").exists());
    let others = ["notes.txt", ".git/refs/heads/main", "rdf/by-hand.ttl", "site/en/by-hand.html", "site/robots.txt"];
    for other in others {
        fs::create_dir_all(out.join(other).parent().unwrap()).unwrap();
        fs::write(out.join(other), other).unwrap();
    }
    fs::create_dir(out.join("empty")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("notes.txt", out.join("link.txt")).unwrap();
    assert_eq!(build(place.path(), data("two", 2).path()).status.code(), Some(0));
    for other in others {
        assert_eq!(fs::read_to_string(out.join(other)).unwrap(), other);
    }
    assert!(out.join("empty").is_dir());
    #[cfg(unix)]
    assert_eq!(fs::read_link(out.join("link.txt")).unwrap(), Path::new("notes.txt"));
    let left: Vec<_> = state(&out).into_keys().filter(|path| path.to_string_lossy().contains("one")).collect();
    assert!(left.is_empty() && out.join("rdf/two.ttl").exists(), "{left:?}");
    assert!(!out.join("site/en/entity/o2.html").exists() && out.join("site/en/entity/o1.html").exists());
}

#[test]
fn what_a_kill_left_is_cleared_and_an_old_folder_that_was_moved_is_put_back() {
    let place = tempfile::tempdir().unwrap();
    let set = data("one", 1);
    assert_eq!(build(place.path(), set.path()).status.code(), Some(0));
    fs::write(place.path().join("out/notes.txt"), "kept").unwrap();
    // As a system without an exchange of folders is left between its two steps.
    fs::create_dir_all(place.path().join(".rapporteur-out/new/rdf")).unwrap();
    fs::rename(place.path().join("out"), place.path().join(".rapporteur-out/old")).unwrap();
    // A file of an export that was killed, and one of an export that goes on.
    let old = place.path().join("out.ttl-folder");
    fs::create_dir(&old).unwrap();
    let [stale, fresh] = [".rapporteur-stale", ".rapporteur-fresh"].map(|name| File::create(old.join(name)).unwrap());
    let then = stale.metadata().unwrap().modified().unwrap() - Duration::from_mins(5);
    stale.set_modified(then).unwrap();
    fresh.set_modified(then).unwrap();
    fresh.lock().unwrap();
    assert_eq!(build(place.path(), set.path()).status.code(), Some(0));
    assert_eq!(fs::read_to_string(place.path().join("out/notes.txt")).unwrap(), "kept");
    assert!(temporary(place.path()).is_empty());
    let data = set.path().to_str().unwrap();
    assert_eq!(
        rapporteur(place.path(), &["--data", data, "export", "-o", "out.ttl-folder/g.ttl"]).status.code(),
        Some(0)
    );
    assert_eq!(temporary(&old), [old.join(".rapporteur-fresh")]);
}

#[test]
fn a_folder_that_cannot_be_replaced_is_left_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let set = data("one", 1);
    let data = set.path().to_str().unwrap();
    assert_eq!(build(place.path(), set.path()).status.code(), Some(0));
    let before = state(&place.path().join("out"));
    let within = place.path().join("out/rdf");
    for (folder, output, said) in [
        (place.path().join("out"), ".", "holds the current folder"),
        (within, "..", "holds the current folder"),
        (place.path().to_owned(), "/proc", "mounted"),
        (place.path().to_owned(), "/proc/out", "cannot write /proc/out"),
        (place.path().to_owned(), "out/manifest.json", "is a file"),
    ] {
        let output = rapporteur(&folder, &["--data", data, "build", "-o", output]);
        assert_eq!(output.status.code(), Some(2), "{said}: {}", stderr(&output));
        assert!(stderr(&output).contains(said) && !stderr(&output).contains("panicked"), "{}", stderr(&output));
    }
    assert!(state(&place.path().join("out")) == before && temporary(place.path()).is_empty());
    #[cfg(unix)]
    {
        // A link stays, and what it leads to is replaced.
        std::os::unix::fs::symlink("out", place.path().join("link")).unwrap();
        let output = rapporteur(place.path(), &["--data", data, "build", "-o", "link"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(place.path().join("link").is_symlink() && state(&place.path().join("out")) == before);
    }
}

/// A small file system of its own, if one may be mounted: that of the super-user.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount(size: &str) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(place.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(place))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(self.0.path()).status());
    }
}

#[test]
fn a_full_disk_is_an_error_and_what_was_there_stays() {
    let set = data("one", 200);
    let data = set.path().to_str().unwrap();
    let output = rapporteur(set.path(), &["--data", data, "export", "-o", "/dev/full", "-f", "turtle"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    // Without the right to mount there is no disk to fill.
    let Some(disk) = Disk::mount("256k") else { return };
    let place = disk.0.path();
    fs::create_dir(place.join("out")).unwrap();
    fs::write(place.join("out/notes.txt"), "kept").unwrap();
    let mut filler = File::create(place.join("filler")).unwrap();
    while filler.write_all(&[0; 4096]).is_ok() {}
    filler.set_len(filler.metadata().unwrap().len() - 8192).unwrap();
    let failed = |output: &Output| {
        assert_eq!(output.status.code(), Some(2), "{}", stderr(output));
        assert!(!stderr(output).contains("panicked"), "{}", stderr(output));
        assert!(temporary(place).is_empty());
    };
    failed(&build(place, set.path()));
    failed(&rapporteur(place, &["--data", data, "export", "-f", "csv", "-o", "tables"]));
    failed(&rapporteur(place, &["--data", data, "export", "-o", "graph.ttl"]));
    assert_eq!(state(place).keys().collect::<Vec<_>>(), [Path::new("filler"), Path::new("out/notes.txt")]);
    // The library of workbooks has files of its own, in the folder for temporary ones.
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(set.path())
        .env("TMPDIR", place)
        .args(["--data", data, "export", "-f", "xlsx", "-o", "graph.xlsx"])
        .output()
        .unwrap();
    failed(&output);
    assert!(!set.path().join("graph.xlsx").exists());
    let output = rapporteur(set.path(), &["--data", data, "build", "-o", place.to_str().unwrap()]);
    assert!(stderr(&output).contains("mounted"), "{}", stderr(&output));
}

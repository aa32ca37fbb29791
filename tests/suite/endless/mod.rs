mod cases;

use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cases::{Case, End, functions, growth, operators, paths, syntax};

use crate::cli::{rapporteur, stderr};
use crate::repository;

/// The limit of time of each query.
const TIMEOUT: Duration = Duration::from_millis(400);

/// The limit of memory of each query, in megabytes.
const MEGABYTES: usize = 64;

/// How much later than its limit a query may end. Half a second is promised; the rest is for a machine with much else to
/// do, on which a debug build is tested.
const LATE: Duration = Duration::from_millis(2_500);

/// How many megabytes more than a tenth above its limit a query may take, for the same reason.
const BEYOND: usize = 64;

/// What is said where a limit of time or memory ends a query.
const LIMITS: [&str; 2] = ["the query took longer than", "of memory"];

/// What was seen of a query.
struct Seen {
    took: Duration,
    kilobytes: usize,
    code: Option<i32>,
    stderr: String,
}

/// Asks in a process of its own.
fn ask(query: &str, folder: &std::path::Path, number: usize) -> Seen {
    let file = folder.join(format!("{number}.rq"));
    std::fs::write(&file, query).unwrap();
    let errors = folder.join(format!("{number}.err"));
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(repository(""))
        .args(["--data", "tests/hostile", "query", "--max-rows", "100000000", "-F", "csv"])
        .args(["--timeout", &TIMEOUT.as_secs_f64().to_string(), "--max-memory", &MEGABYTES.to_string(), "-f"])
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let mut kilobytes = 0;
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        kilobytes = kilobytes.max(peak(&child));
        assert!(begin.elapsed() < Duration::from_mins(1) || child.kill().is_err(), "without end: {query:.200}");
        thread::sleep(Duration::from_millis(2));
    };
    Seen { took: begin.elapsed(), kilobytes, code, stderr: std::fs::read_to_string(errors).unwrap() }
}

/// Returns the most kilobytes of a process that were resident until now.
fn peak(child: &Child) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}

/// Returns what is wrong with how a query ended, beside a query that asks nothing.
fn fault(case: &Case, seen: &Seen, nothing: &Seen) -> Option<String> {
    let is_limit = LIMITS.iter().any(|limit| seen.stderr.contains(limit));
    let kilobytes = nothing.kilobytes + (MEGABYTES * 11 / 10 + BEYOND) * 1024;
    let is_as_expected = match case.end {
        End::Limit => seen.code == Some(2) && is_limit,
        End::Refusal => seen.code == Some(2) && !is_limit && !seen.stderr.is_empty(),
        End::Any => seen.code == Some(0) || (seen.code == Some(2) && !seen.stderr.is_empty()),
    };
    if !is_as_expected {
        Some(format!("code {:?}, {:.300}", seen.code, seen.stderr))
    } else if seen.took > nothing.took + TIMEOUT + LATE {
        Some(format!("{:?}", seen.took))
    } else if seen.kilobytes > kilobytes {
        Some(format!("{} kB rather than {kilobytes}", seen.kilobytes))
    } else {
        None
    }
}

#[test]
fn hostile_queries_end_in_time_and_in_memory_with_a_message() {
    let cases: Vec<Case> = [operators(), functions(), growth(), paths(), syntax()].into_iter().flatten().collect();
    assert!(cases.len() >= 200, "{}", cases.len());
    let folder = tempfile::tempdir().unwrap();
    let nothing = ask("ASK {}", folder.path(), cases.len());
    assert_eq!(nothing.code, Some(0), "{}", nothing.stderr);
    let next = AtomicUsize::new(0);
    let (faults, figures) = (Mutex::new(String::new()), Mutex::new(String::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((number, case)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, cases.get(n)?)))
                {
                    let seen = ask(&case.query, folder.path(), number);
                    if let Some(fault) = fault(case, &seen, &nothing) {
                        writeln!(faults.lock().unwrap(), "{number} {:?} {:.160}\n    {fault}", case.end, case.query)
                            .unwrap();
                    }
                    let late = seen.took.saturating_sub(nothing.took + TIMEOUT).as_millis();
                    let kilobytes = seen.kilobytes.saturating_sub(nothing.kilobytes);
                    let line = seen.stderr.lines().nth(1).unwrap_or("");
                    writeln!(
                        figures.lock().unwrap(),
                        "{late}\t{kilobytes}\t{:?}\t{:?}\t{number}\t{line:.80}",
                        seen.code,
                        seen.took
                    )
                    .unwrap();
                }
            });
        }
    });
    // How late, in milliseconds, how much, in kilobytes, and how it ended.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/endless.tsv"), figures.into_inner().unwrap()).unwrap();
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn a_limit_of_time_may_be_a_part_of_a_second_and_must_be_a_number() {
    let output = rapporteur(&repository(""), &["query", "--timeout", "soon", "ASK {}"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("it is no number of seconds"), "{}", stderr(&output));
}

mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rapporteur::query::Engine;
use rapporteur::rdf::Profile;

use crate::{dataset, open, repository};
use targets::targets;

/// How long one input may take, without optimization and with much else to do.
const SLOW: Duration = Duration::from_secs(20);

/// Numbers that look random: [xorshift](https://www.jstatsoft.org/article/view/v008i14).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below((length - start).min(64) + 1)
    }

    /// Changes a text here and there, with parts of others.
    fn change(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.of(seeds).clone();
        for _ in 0..=self.below(6) {
            let range = self.range(bytes.len());
            match self.below(6) {
                0 => drop(bytes.drain(range)),
                1 => drop(bytes.splice(range.start..range.start, self.of(WORDS).bytes()).collect::<Vec<_>>()),
                2 => {
                    let part = bytes[range.clone()].to_vec();
                    let times = 1 + self.below(40);
                    drop(bytes.splice(range.start..range.start, part.repeat(times)).collect::<Vec<_>>());
                }
                3 => {
                    let other = self.of(seeds);
                    let part = other[self.range(other.len())].to_vec();
                    drop(bytes.splice(range, part).collect::<Vec<_>>());
                }
                4 => {
                    if let Some(byte) = bytes.get_mut(range.start) {
                        *byte = u8::try_from(self.below(256)).unwrap();
                    }
                }
                _ => bytes.truncate(range.end.max(bytes.len() / 4)),
            }
        }
        bytes
    }
}

/// What means something somewhere.
const WORDS: &[&str] = &[
    "\"",
    "'",
    "|",
    "\\|",
    ",",
    ";",
    "\t",
    "\r\n",
    "\n",
    "\0",
    "\u{feff}",
    "\u{1b}[31m",
    "=1+1",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "<<(",
    ")>>",
    "@en",
    "@ar--rtl",
    "^^",
    ":",
    "::",
    "/",
    "//",
    "#",
    "c24#2.10",
    "../",
    "\u{202e}",
    "\u{200f}",
    "العربية",
    "中文",
    "😀",
    "é",
    "e\u{301}",
    "id",
    "class",
    "label@en",
    "subject",
    "property",
    "object",
    "source",
    "2024-05-27/2024-05-30",
    "2023~",
    "-9999",
    "../..",
    "y-170000002",
    "99999999999999999999",
    "-0",
    "1e999",
    "NaN",
    "null",
    "true",
    "&amp;",
    "&#0;",
    "<![CDATA[",
    "<!DOCTYPE a [",
    "]]>",
    "SELECT",
    "FILTER(",
    "OPTIONAL {",
    "GROUP BY",
    "SUBSTR(",
    "javascript:",
    "data:,",
    "http://",
    "_:b",
    "a",
    "prefix",
    "\\u0000",
    "\\uD800",
];

#[expect(clippy::disallowed_methods, reason = "a longer run, and other numbers, are asked for by variables")]
fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

#[test]
fn nothing_that_is_nearly_right_makes_a_reader_a_parser_or_a_writer_fail() {
    let seconds = asked("RAPPORTEUR_FUZZ_SECONDS", 6);
    let seed = asked("RAPPORTEUR_FUZZ_SEED", 1);
    let folder = dataset(&[]);
    fs::create_dir(folder.path().join("alone")).unwrap();
    let graph = open(&repository("tests/hostile")).0;
    let engine = Engine::new(Arc::new(open(&repository("tests/hostile")).0), Profile::default()).unwrap();
    let targets = targets(folder.path(), &graph, &engine);
    let each = Duration::from_secs(seconds) / u32::try_from(targets.len()).unwrap();
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (mut faults, mut figures) = (Vec::new(), String::new());
    for (place, target) in (1..).zip(&targets) {
        // The same for each target, however far those before it came.
        let mut random = Random((seed << 8 | place).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let (begin, mut number) = (Instant::now(), 0);
        while begin.elapsed() < each || number == 0 {
            let input = random.change(&target.seeds);
            number += 1;
            // What overflows the stack leaves its input here.
            fs::write(kept.join("fuzz-now"), &input).unwrap();
            let start = Instant::now();
            let failed = catch_unwind(AssertUnwindSafe(|| (target.run)(&input))).is_err();
            if failed || start.elapsed() > SLOW {
                let path = kept.join(format!("fuzz-{}-{}", target.name.replace(['/', ' '], "-"), number));
                fs::write(&path, &input).unwrap();
                faults.push(format!("{}: {} after {:?}", target.name, path.display(), start.elapsed()));
                break;
            }
        }
        figures.push_str(&format!("{number}\t{}\n", target.name));
    }
    // How many texts each target was given.
    fs::write(kept.join("fuzz.tsv"), figures).unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

//! A synthetic data set of any size, the same bytes at each run.
//!
//! Of size N it has N organizations, N/2 initiatives, N/2 events and 5N statements, each with a start date and a
//! paragraph as its source, and names in English and Arabic. As in real reports, few organizations are in many statements.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

const ENGLISH: [&str; 12] = [
    "Global", "Digital", "Council", "Union", "Forum", "Agency", "Climate", "Health", "Space", "Women", "Youth", "Water",
];
const ARABIC: [&str; 12] =
    ["العالمي", "الرقمي", "مجلس", "اتحاد", "منتدى", "وكالة", "المناخ", "الصحة", "الفضاء", "المرأة", "الشباب", "المياه"];
const CONFIG: &str = "id = \"synthetic\"\nbase = \"https://example.org/id/\"\n\
    license = \"https://creativecommons.org/publicdomain/zero/1.0/\"\nlanguages = [\"en\", \"ar\"]\n\n\
    [title]\nen = \"Synthetic reports\"\nar = \"تقارير مصطنعة\"\n";

/// Numbers that look random and are the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn source(&mut self, size: usize) -> String {
        format!("report-{}#{}.{}", self.below(reports(size)), 1 + self.below(12), 1 + self.below(15))
    }

    fn date(&mut self) -> String {
        format!("20{:02}-{:02}-{:02}", 10 + self.below(17), 1 + self.below(12), 1 + self.below(28))
    }
}

/// Writes the tables of a data set of that size into a folder.
///
/// # Errors
///
/// If the folder or a table cannot be written.
pub(crate) fn write(folder: &Path, size: usize) -> io::Result<()> {
    let (half, mut numbers) = ((size / 2).max(1), Numbers(1));
    let homepage = |_: &mut Numbers, number: usize| format!("https://example.org/org/{number}");
    let start = |numbers: &mut Numbers, _: usize| numbers.date();
    std::fs::create_dir_all(folder)?;
    let tables = [
        ("dataset.toml", CONFIG.to_owned()),
        ("organizations.csv", entities("Organization", "org", size, "homepage", homepage, &mut numbers, size)),
        ("initiatives.csv", entities("Initiative", "ini", half, "startDate", start, &mut numbers, size)),
        ("events.csv", entities("Event", "evt", half, "startDate", start, &mut numbers, size)),
        ("statements.csv", statements(size, half, &mut numbers)),
        ("documents.csv", documents(size)),
        ("paragraphs.csv", paragraphs(size)),
    ];
    tables.into_iter().try_for_each(|(name, table)| std::fs::write(folder.join(name), table))
}

fn reports(size: usize) -> usize {
    1 + size / 100
}

fn entities(
    class: &str,
    prefix: &str,
    count: usize,
    column: &str,
    value: impl Fn(&mut Numbers, usize) -> String,
    numbers: &mut Numbers,
    size: usize,
) -> String {
    let mut table = format!("id,class,label@en,label@ar,acronym,{column},source\n");
    for number in 0..count {
        let words: [usize; 4] = std::array::from_fn(|_| numbers.below(ENGLISH.len()));
        let [english, arabic] = [ENGLISH, ARABIC].map(|language| words.map(|word| language[word]).join(" "));
        let (acronym, value) = (prefix.to_uppercase(), value(numbers, number));
        let row = format!("{prefix}-{number},{class},{english} {number},{arabic} {number},{acronym}{number},{value}");
        // Writing to a string does not fail.
        let _ = writeln!(table, "{row},{}", numbers.source(size));
    }
    table
}

fn statements(size: usize, half: usize, numbers: &mut Numbers) -> String {
    let mut table = "subject,property,object,start,source\n".to_owned();
    for number in 0..5 * size {
        // The square of an even distribution: the first organizations are in most statements.
        let place = numbers.below(1 << 20);
        let organization = format!("org-{}", (((place * place) >> 20) * size) >> 20);
        let row = match number % 5 {
            0 => format!("{organization},participatesIn,evt-{}", numbers.below(half)),
            1 => format!("{organization},contributesTo,ini-{}", numbers.below(half)),
            2 => format!("{organization},cooperatesWith,org-{}", numbers.below(size)),
            3 => format!("evt-{},partOf,ini-{}", numbers.below(half), numbers.below(half)),
            _ => format!("{organization},leads,ini-{}", numbers.below(half)),
        };
        let _ = writeln!(table, "{row},{},{}", numbers.date(), numbers.source(size));
    }
    table
}

fn documents(size: usize) -> String {
    let mut table = "id,class,label@en,label@ar\n".to_owned();
    for number in 0..reports(size) {
        let _ = writeln!(table, "report-{number},Report,Report {number},تقرير {number}");
    }
    table
}

fn paragraphs(size: usize) -> String {
    let mut table = "document,number\n".to_owned();
    for number in 0..reports(size) {
        for section in 1..=12 {
            for paragraph in 1..=15 {
                let _ = writeln!(table, "report-{number},{section}.{paragraph}");
            }
        }
    }
    table
}

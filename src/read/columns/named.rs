//! How a mapping names the columns of a file: by their headers, or by number.

use std::collections::BTreeMap;

/// Headers as a mapping can name them: the second `Name` is `Name#2`.
pub(super) fn numbered(headers: &[String]) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = Vec::with_capacity(headers.len());
    for header in headers {
        let count = seen.entry(header).and_modify(|count| *count += 1).or_insert(1);
        names.push(if *count == 1 { header.clone() } else { format!("{header}#{count}") });
    }
    names
}

/// The column that a mapping names: by a header, by one of several that are alike (`Name#2`), or by its number (`#3`).
pub(in crate::read) fn named(headers: &[String], name: &str) -> Option<usize> {
    let found = numbered(headers).iter().position(|header| header == name);
    found.or_else(|| by_number(name)).filter(|column| *column < headers.len())
}

/// The column of a number such as `#3`.
pub(in crate::read) fn by_number(name: &str) -> Option<usize> {
    name.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1)
}

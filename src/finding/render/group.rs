//! Findings of a kind together where they are many, and how many of each kind are shown.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};
use crate::sort;

/// Findings to show, and how many of each kind there are more.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    /// In their order; by kind, the worst first, if some of a kind are left out.
    pub(super) shown: Vec<&'a Finding>,
    pub(super) more: BTreeMap<Code, More>,
}

/// How many findings of a kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct More {
    /// How many are not shown.
    pub(super) hidden: usize,
    /// How many there are in all.
    pub(super) all: usize,
}

impl<'a> Groups<'a> {
    /// Takes at most so many findings of a kind. O(n log n).
    pub(super) fn of(findings: &'a [Finding], most: usize) -> Self {
        // How many of each kind there are, and how many are shown.
        let mut counts: BTreeMap<Code, (usize, usize)> = BTreeMap::new();
        let mut shown = Vec::new();
        for finding in findings {
            let (all, seen) = counts.entry(finding.code).or_default();
            *all += finding.times();
            // What stands for others tells nothing of them.
            if *seen < most && (finding.times() == 1 || most == usize::MAX) {
                *seen += finding.times();
                shown.push(finding);
            }
        }
        let more: BTreeMap<_, _> = counts
            .into_iter()
            .filter(|(_, (all, seen))| all > seen)
            .map(|(code, (all, seen))| (code, More { hidden: all - seen, all }))
            .collect();
        if !more.is_empty() {
            // A stable sort keeps the places of each kind in their order.
            sort::by_key(&mut shown, |finding| (finding.severity(), finding.code));
        }
        Self { shown, more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;

    #[test]
    fn findings_of_a_kind_stand_together_once_some_are_left_out() {
        let finding = |code, file: &str| Finding::new(code, Location::file(file), "x");
        let findings = [
            finding(Code::IsolatedEntity, "a"),
            finding(Code::InvalidId, "b"),
            finding(Code::IsolatedEntity, "c"),
            finding(Code::IsolatedEntity, "d"),
        ];
        let files = |groups: &Groups<'_>| groups.shown.iter().map(|one| one.location.file.clone()).collect::<String>();
        let all = Groups::of(&findings, 3);
        assert_eq!((files(&all).as_str(), all.more.len()), ("abcd", 0));
        let some = Groups::of(&findings, 2);
        assert_eq!(files(&some), "bac");
        assert_eq!(some.more[&Code::IsolatedEntity], More { hidden: 1, all: 3 });
    }
}

//! Findings as they are made: so many of each kind are kept, and the others counted.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{Code, Finding, Location};

/// How many findings of a kind are kept. The mistake that a program made in each row is told often enough by then.
pub(crate) const MOST_KEPT: usize = 10_000;

/// How many bytes the findings that are kept may have together.
const MOST_BYTES: usize = 64 << 20;

/// Findings in the order in which they are made: the first of each kind, and how many more there are.
///
/// What is kept depends on that order alone, so that it does not matter in how many pieces they are made.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Finding>,
    /// How many of each kind are kept.
    counts: BTreeMap<Code, usize>,
    /// The first of each kind that is not kept, and how many that are.
    more: BTreeMap<Code, (Finding, usize)>,
    bytes: usize,
    /// The numbers of those that are about what is said once for all rows: each is kept, and the rows counted.
    said_once: BTreeMap<SaidOnce, usize>,
}

/// What tells two findings apart that are about what is said once for all rows.
type SaidOnce = (Code, Location, String, Option<Box<Location>>);

impl Findings {
    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.keep(finding);
    }

    /// Adds a finding. Returns its number among those that are kept, if it is one of them.
    pub(crate) fn keep(&mut self, finding: Finding) -> Option<usize> {
        if finding.rows > 0 {
            return self.keep_once(finding);
        }
        let count = self.counts.entry(finding.code).or_default();
        // Once one of a kind is not kept, no later one is.
        let is_full = *count >= MOST_KEPT || self.bytes > MOST_BYTES || self.more.contains_key(&finding.code);
        if is_full {
            let times = finding.times();
            self.more.entry(finding.code).or_insert((finding, 0)).1 += times;
            return None;
        }
        *count += 1;
        self.bytes += finding.bytes();
        self.kept.push(finding);
        Some(self.kept.len() - 1)
    }

    fn keep_once(&mut self, finding: Finding) -> Option<usize> {
        match self.said_once.entry(said_once(&finding)) {
            Entry::Occupied(known) => {
                self.kept[*known.get()].rows += finding.rows;
                None
            }
            Entry::Vacant(new) => {
                new.insert(self.kept.len());
                self.kept.push(finding);
                Some(self.kept.len() - 1)
            }
        }
    }

    /// Numbers those anew that are about what is said once, after others are taken out.
    fn number_anew(&mut self) {
        let numbered = self.kept.iter().enumerate().filter(|(_, finding)| finding.rows > 0);
        self.said_once = numbered.map(|(number, finding)| (said_once(finding), number)).collect();
    }

    /// Adds the findings of somebody who came later.
    pub(crate) fn append(&mut self, later: Self) {
        drop(self.append_numbered(later));
    }

    /// Adds the findings of somebody who came later. Returns of each that is kept there its number here, if it is kept.
    pub(crate) fn append_numbered(&mut self, later: Self) -> Vec<Option<usize>> {
        let numbers = later.kept.into_iter().map(|finding| self.keep(finding)).collect();
        for (code, (first, count)) in later.more {
            // Whatever is too much alone is too much here.
            self.more.entry(code).or_insert((first, 0)).1 += count;
        }
        numbers
    }

    /// Tells whether no further finding of a kind is kept, so that only its kind matters.
    pub(crate) fn is_over(&self, code: Code) -> bool {
        self.more.contains_key(&code)
    }

    /// Adds a finding, which is only made if it is kept or is the first that is not.
    pub(crate) fn push_with(&mut self, code: Code, finding: impl FnOnce() -> Finding) {
        match self.more.get_mut(&code) {
            Some((_, count)) => *count += 1,
            None => self.push(finding()),
        }
    }

    /// The findings that are kept.
    pub(crate) fn kept(&self) -> &[Finding] {
        &self.kept
    }

    /// Takes all findings of a kind out. Returns the first, and how many there are.
    pub(crate) fn take(&mut self, code: Code) -> Option<(Finding, usize)> {
        let first = self.kept.iter().find(|finding| finding.code == code)?.clone();
        let kept: usize = self.kept.iter().filter(|finding| finding.code == code).map(Finding::times).sum();
        self.kept.retain(|finding| finding.code != code);
        self.number_anew();
        self.counts.remove(&code);
        let more = self.more.remove(&code).map_or(0, |(_, more)| more);
        Some((first, kept + more))
    }

    /// Says how many findings of a kind there are, of which no more than are kept have been added.
    pub(crate) fn count(&mut self, code: Code, all: usize) {
        if let Some((_, more)) = self.more.get_mut(&code) {
            *more = all.saturating_sub(self.counts.get(&code).copied().unwrap_or_default());
        }
    }

    /// Keeps of those that are kept the ones that are wanted.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&Finding) -> bool) {
        self.kept.retain(wanted);
        self.number_anew();
    }

    /// Takes some of those that are kept out, by their numbers, which are sorted.
    pub(crate) fn remove(&mut self, numbers: &[usize]) -> Vec<Finding> {
        let (mut taken, mut wanted) = (Vec::with_capacity(numbers.len()), numbers.iter().peekable());
        let kept = std::mem::take(&mut self.kept);
        for (number, finding) in kept.into_iter().enumerate() {
            if wanted.next_if(|wanted| **wanted == number).is_some() {
                taken.push(finding);
            } else {
                self.kept.push(finding);
            }
        }
        self.number_anew();
        taken
    }

    /// Returns one that is kept, to be changed.
    pub(crate) fn get_mut(&mut self, number: usize) -> Option<&mut Finding> {
        self.kept.get_mut(number)
    }

    /// Returns the findings, those that are not kept as one of each kind that says how many they are.
    pub(crate) fn into_vec(self) -> Vec<Finding> {
        let mut all: Vec<_> = self.kept.into_iter().map(Finding::and_its_rows).collect();
        all.extend(self.more.into_values().map(|(first, count)| match count {
            1 => first,
            _ => first.and_others(count),
        }));
        all
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        for finding in findings {
            self.push(finding);
        }
    }
}

fn said_once(finding: &Finding) -> SaidOnce {
    (finding.code, finding.location.clone(), finding.message.clone(), finding.row.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;

    fn finding(code: Code, number: usize) -> Finding {
        Finding::new(code, Location::file("t.csv"), number.to_string())
    }

    /// All findings of so many pieces.
    fn in_pieces(length: usize) -> Vec<Finding> {
        let all: Vec<_> = (0..=2 * MOST_KEPT).map(|number| finding(Code::InvalidDate, number)).collect();
        let mut findings = Findings::default();
        for piece in all.chunks(length) {
            let mut some = Findings::default();
            some.extend(piece.iter().cloned());
            findings.append(some);
        }
        findings.push(finding(Code::InvalidId, 0));
        findings.into_vec()
    }

    #[test]
    fn all_are_counted_and_so_many_kept() {
        let findings = in_pieces(usize::MAX);
        assert_eq!(findings.len(), MOST_KEPT + 2);
        let of = |code| findings.iter().filter(move |finding| finding.code == code);
        assert_eq!(of(Code::InvalidDate).map(Finding::times).sum::<usize>(), 2 * MOST_KEPT + 1);
        assert_eq!(of(Code::InvalidId).map(Finding::times).sum::<usize>(), 1);
        let last = of(Code::InvalidDate).next_back().unwrap();
        assert_eq!(last.message, "10001 more findings of this kind are counted, and not told one by one");
    }

    #[test]
    fn the_number_of_pieces_changes_nothing() {
        let whole = in_pieces(usize::MAX);
        for length in [1, 7000, MOST_KEPT, 2 * MOST_KEPT] {
            assert_eq!(in_pieces(length), whole, "pieces of {length}");
        }
    }

    #[test]
    fn what_is_said_once_is_one_finding_with_its_rows() {
        let once = |number| finding(Code::UnknownValue, number).in_a_row();
        let (mut findings, mut more) = (Findings::default(), Findings::default());
        assert_eq!([findings.keep(once(1)), findings.keep(once(1)), findings.keep(once(2))], [Some(0), None, Some(1)]);
        more.extend([once(2), once(1)]);
        findings.append(more);
        let messages: Vec<_> = findings.into_vec().into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages, ["1, in 3 rows", "2, in 2 rows"]);
    }

    #[test]
    fn long_texts_fill_what_is_kept_sooner() {
        let mut findings = Findings::default();
        let help = "x".repeat(crate::finding::MOST_CHARACTERS);
        for number in 0..MOST_KEPT {
            findings.push(finding(Code::InvalidDate, number).help(help.repeat(100)));
        }
        assert!(findings.bytes <= 2 * MOST_BYTES, "{}", findings.bytes);
        assert_eq!(findings.into_vec().iter().map(Finding::times).sum::<usize>(), MOST_KEPT);
    }
}

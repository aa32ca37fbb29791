//! The sources of statements in their order: lists that come again are kept once, and what is joined is bounded.
//!
//! All statements in the row of an entity have its sources, and a statement that is made twice has those of both rows. So a
//! few long rows could ask for values × sources.

use std::ops::Range;

use hashbrown::{HashMap, HashSet};

use super::drafts::Drafts;
use super::index;
use crate::model::{Citation, Statement};

/// Shorter lists are not worth looking for.
const SHORT: usize = 4;
/// How many sources may be joined besides those that there are: so many for each statement, and so many in any case.
const FOR_EACH: usize = 8;
const IN_ANY_CASE: usize = 1 << 16;

/// A statement, and the chunk that it is in.
pub(super) type Draft<'a> = (&'a Statement, &'a Drafts);

/// The list of a draft: the place of its chunk, and where the list begins there. Lists do not overlap.
type List = (usize, u32);

/// The sources of some statements.
pub(super) struct Sources {
    pub(super) all: Vec<Citation>,
    // Both are only looked up, never walked: their order reaches no output.
    joined: HashMap<Vec<List>, Range<u32>>,
    seen: HashSet<List>,
    /// How many may still be joined.
    left: usize,
}

impl Sources {
    /// Room for those of so many statements.
    pub(super) fn of(statements: usize) -> Self {
        let left = statements.saturating_mul(FOR_EACH).saturating_add(IN_ANY_CASE);
        Self { all: Vec::with_capacity(statements), joined: HashMap::new(), seen: HashSet::new(), left }
    }

    /// Adds the sources of a statement that is made once, or several times with the sources of all. Returns where they are;
    /// nothing if together they would be too many.
    pub(super) fn add(&mut self, group: &[Draft<'_>]) -> Option<Range<u32>> {
        let [draft] = group else { return self.add_several(group) };
        if draft.0.citations.len() <= SHORT {
            return Some(self.join(&[*draft]));
        }
        let lists = vec![list(*draft)];
        if let Some(known) = self.joined.get(&lists) {
            return Some(known.clone());
        }
        let range = self.join(&[*draft]);
        self.joined.insert(lists, range.clone());
        Some(range)
    }

    fn add_several(&mut self, group: &[Draft<'_>]) -> Option<Range<u32>> {
        // What one row says twice has the same sources twice.
        let mut distinct: Vec<Draft<'_>> =
            group.iter().copied().filter(|(statement, _)| !statement.citations.is_empty()).collect();
        distinct.sort_unstable_by_key(|draft| list(*draft));
        distinct.dedup_by_key(|draft| list(*draft));
        let lists: Vec<List> = distinct.iter().map(|draft| list(*draft)).collect();
        if let Some(known) = self.joined.get(&lists) {
            return Some(known.clone());
        }
        // Lists that no other statement has are what was read.
        let (mut length, mut read) = (0, 0);
        for draft in &distinct {
            length += draft.0.citations.len();
            if self.seen.insert(list(*draft)) {
                read += draft.0.citations.len();
            }
        }
        self.left = self.left.saturating_add(read);
        self.left = self.left.checked_sub(length)?;
        let range = self.join(&distinct);
        self.joined.insert(lists, range.clone());
        Some(range)
    }

    /// Puts lists together: sorted, each source once.
    fn join(&mut self, drafts: &[Draft<'_>]) -> Range<u32> {
        let start = self.all.len();
        for (statement, chunk) in drafts {
            let Range { start, end } = statement.citations;
            self.all.extend_from_slice(&chunk.citations[start as usize..end as usize]);
        }
        if drafts.len() > 1 {
            self.all[start..].sort_by_key(|citation| (citation.document, citation.paragraph, citation.place));
            let mut sources = self.all.split_off(start);
            sources.dedup_by_key(|citation| (citation.document, citation.paragraph));
            self.all.append(&mut sources);
        }
        index(start)..index(self.all.len())
    }
}

fn list((statement, chunk): Draft<'_>) -> List {
    (std::ptr::from_ref(chunk).addr(), statement.citations.start)
}

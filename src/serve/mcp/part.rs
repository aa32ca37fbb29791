//! Long answers in parts: which part is wanted, and where the next begins.

use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::serve::digest;
use crate::sort;

/// The most that one answer has.
pub(super) const MOST: usize = 100;

/// The part of an answer that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    first: usize,
    most: usize,
    /// What the whole answer is known by: a cursor leads on in no other.
    whole: String,
}

/// What is called, and on which data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Called<'a> {
    pub(super) tool: &'a str,
    pub(super) arguments: &'a Map<String, Value>,
    pub(super) digest: &'a str,
}

impl Called<'_> {
    /// What an answer is known by, whichever part of it is wanted.
    fn whole(self) -> String {
        let mut arguments: Vec<_> =
            self.arguments.iter().filter(|(name, _)| !matches!(name.as_str(), "cursor" | "limit")).collect();
        sort::by_key(&mut arguments, |(name, _)| *name);
        let arguments = serde_json::to_string(&arguments).unwrap_or_default();
        digest::short(&[self.digest, self.tool, &arguments])[..8].to_owned()
    }
}

impl Part {
    /// Reads which part is wanted: `usual` at once unless a limit is given, from the beginning unless a cursor is.
    pub(super) fn read(
        called: Called<'_>,
        limit: Option<usize>,
        cursor: Option<&str>,
        usual: usize,
    ) -> Result<Self, Refusal> {
        let most = limit.unwrap_or(usual);
        if !(1..=MOST).contains(&most) {
            return Err(Refusal::new(format!("`limit` is a number from 1 to {MOST}, not {most}")));
        }
        let whole = called.whole();
        let Some(cursor) = cursor else { return Ok(Self { first: 0, most, whole }) };
        let first = cursor.split_once('-').filter(|(of, _)| *of == whole).and_then(|(_, first)| first.parse().ok());
        let first = first.ok_or_else(|| {
            Refusal::new("the cursor is none of this call, or the data have changed since")
                .help("give all other arguments as before, or leave the cursor out to begin anew")
        })?;
        Ok(Self { first, most, whole })
    }

    pub(super) fn is_first(&self) -> bool {
        self.first == 0
    }

    /// Returns what of all is in this part.
    pub(super) fn of<T>(&self, all: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        all.into_iter().skip(self.first).take(self.most)
    }

    /// Returns where the next part begins, if there is one.
    pub(super) fn next(&self, total: usize) -> Option<String> {
        let next = self.first.saturating_add(self.most);
        (next < total).then(|| format!("{}-{next}", self.whole))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(arguments: &Value, limit: Option<usize>, cursor: Option<&str>) -> Result<Part, Refusal> {
        let arguments = arguments.as_object().unwrap();
        Part::read(Called { tool: "search", arguments, digest: "d" }, limit, cursor, 10)
    }

    #[test]
    fn parts_follow_each_other_until_the_end() {
        let (asked, mut cursor, mut seen) = (json!({"text": "a"}), None, Vec::new());
        loop {
            let part = read(&asked, Some(4), cursor.as_deref()).unwrap();
            seen.extend(part.of(0..10));
            cursor = part.next(10);
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..10).collect::<Vec<_>>());
        assert_eq!(read(&asked, None, None).unwrap().next(10), None);
    }

    #[test]
    fn a_cursor_of_another_call_and_a_limit_out_of_range_are_refused() {
        let cursor = read(&json!({"text": "a"}), None, None).unwrap().next(100).unwrap();
        assert!(read(&json!({"text": "a", "limit": 3, "cursor": cursor}), Some(3), Some(&cursor)).is_ok());
        for (asked, limit, cursor) in [
            (json!({"text": "b"}), None, Some(cursor.as_str())),
            (json!({"text": "a"}), None, Some("10")),
            (json!({"text": "a"}), None, Some("")),
            (json!({"text": "a"}), Some(0), None),
            (json!({"text": "a"}), Some(101), None),
        ] {
            assert!(read(&asked, limit, cursor).is_err(), "{asked} {limit:?} {cursor:?}");
        }
    }
}

//! Rows as sentences: `{name} is a member of {body}[ since {from}].`

use std::ops::Range;

use super::Telling;
use super::row::Rows;
use crate::model::{Direction, Language};

/// How a row reads as a sentence: text with variables and parameters in braces, and parts in brackets that are left out where
/// one of theirs has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Name(String, Range<usize>),
    Optional(Vec<Part>),
}

/// Why a text is no sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SentenceError {
    /// A brace or a bracket has no other that goes with it, or stands within one.
    #[error("`{mark}` stands alone or at the wrong place in the sentence")]
    Mark {
        /// What stands there.
        mark: char,
        /// The byte at which it stands.
        at: usize,
    },
    /// There is no name between two braces.
    #[error("there is no name between two braces of the sentence")]
    NoName {
        /// The bytes between them.
        range: Range<usize>,
    },
}

impl SentenceError {
    /// Returns where it is in the text.
    #[must_use]
    pub(crate) fn range(&self) -> Range<usize> {
        match self {
            // All marks are of ASCII.
            Self::Mark { at, .. } => *at..at + 1,
            Self::NoName { range } => range.clone(),
        }
    }
}

impl Part {
    /// What is within it, or itself.
    fn within(&self) -> &[Self] {
        match self {
            Self::Optional(parts) => parts,
            Self::Text(_) | Self::Name(..) => std::slice::from_ref(self),
        }
    }
}

impl Sentence {
    /// Reads a sentence.
    ///
    /// # Errors
    ///
    /// If braces and brackets do not go together.
    pub(crate) fn parse(text: &str) -> Result<Self, SentenceError> {
        let (mut outer, mut rest) = (Vec::new(), text);
        // The parts in brackets that are not closed yet, with where they were opened.
        let mut inner: Option<(usize, Vec<Part>)> = None;
        while let Some(found) = rest.find(['{', '}', '[', ']']) {
            let (before, mark) = (&rest[..found], rest[found..].chars().next().unwrap_or_default());
            let at = text.len() - rest.len() + found;
            let parts = inner.as_mut().map_or(&mut outer, |(_, parts)| parts);
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            rest = &rest[found + 1..];
            match mark {
                '{' => {
                    let (name, after) = rest.split_once('}').ok_or(SentenceError::Mark { mark, at })?;
                    let range = at + 1..at + 1 + name.len();
                    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
                    if !is_name {
                        return Err(SentenceError::NoName { range });
                    }
                    parts.push(Part::Name(name.to_owned(), range));
                    rest = after;
                }
                '[' if inner.is_none() => inner = Some((at, Vec::new())),
                ']' => outer.push(Part::Optional(inner.take().ok_or(SentenceError::Mark { mark, at })?.1)),
                other => return Err(SentenceError::Mark { mark: other, at }),
            }
        }
        if let Some((at, _)) = inner {
            return Err(SentenceError::Mark { mark: '[', at });
        }
        if !rest.is_empty() {
            outer.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(outer))
    }

    /// Returns the names of variables and parameters in it, with the bytes of the text at which they stand.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.0.iter().flat_map(Part::within).filter_map(|part| match part {
            Part::Name(name, range) => Some((name.as_str(), range.clone())),
            Part::Text(_) | Part::Optional(_) => None,
        })
    }

    /// Returns the sentence with values. What has none and is not in brackets is an ellipsis.
    #[must_use]
    pub(crate) fn filled(&self, value: impl Fn(&str) -> Option<String>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Name(name, _) => value(name),
            Part::Optional(_) => None,
        };
        let parts = self.0.iter().map(|outer| match outer {
            Part::Optional(parts) => parts.iter().map(part).collect::<Option<String>>().unwrap_or_default(),
            Part::Text(_) | Part::Name(..) => part(outer).unwrap_or_else(|| "…".to_owned()),
        });
        parts.collect()
    }

    /// Returns the sentence for a row, with what was asked for where the row says nothing.
    #[must_use]
    pub(crate) fn told(&self, telling: &Telling, of_row: impl Fn(&str) -> Option<String>) -> String {
        let given = |name: &str| telling.values.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone());
        self.filled(|name| of_row(name).or_else(|| given(name)).map(|text| one_line(&text)))
    }
}

/// Writes a line for each row: the sentence, and in brackets what it cites.
pub(super) fn written(rows: &Rows<'_>, telling: &Telling) -> Result<String, SentenceError> {
    let sentence = Sentence::parse(telling.sentence.as_deref().unwrap_or_default())?;
    let is_right_to_left =
        rows.languages.first().is_some_and(|language| language.direction() == Direction::RightToLeft);
    let mut out = String::new();
    for row in rows.all() {
        out.push_str(&sentence.told(telling, |name| row.text(name)));
        let (cited, unknown) = row.cited();
        let references: Vec<String> = cited.into_iter().map(|cited| cited.reference).chain(unknown).collect();
        let references = references.join(", ");
        // Within text from right to left, ids and numbers keep their order.
        let references = if is_right_to_left { format!("\u{2066}{references}\u{2069}") } else { references };
        out.extend([" [", &references, "]\n"]);
    }
    if out.is_empty() {
        out = format!("{}\n", nothing(rows.languages));
    }
    Ok(out)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said where there is no row.
fn nothing(languages: &[Language]) -> &'static str {
    const NOTHING: [(&str, &str); 6] = [
        ("ar", "لا يرد في البيانات شيء من ذلك."),
        ("en", "The data state nothing of the kind."),
        ("es", "Los datos no afirman nada de ello."),
        ("fr", "Les données n’en disent rien."),
        ("ru", "В данных об этом ничего не сказано."),
        ("zh", "数据中没有相关陈述。"),
    ];
    let of = |language: &Language| NOTHING.iter().find(|(tag, _)| *tag == language.primary().as_str());
    languages.iter().find_map(of).map_or(NOTHING[1].1, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_brackets_are_left_out_where_a_value_is_missing() {
        let text = "{a} is {b}[ from {c}][ to {d}].";
        let sentence = Sentence::parse(text).unwrap();
        assert!(sentence.names().all(|(name, range)| &text[range] == name));
        assert_eq!(sentence.names().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        let all = |name: &str| Some(name.to_uppercase());
        assert_eq!(sentence.filled(all), "A is B from C to D.");
        let some = |name: &str| matches!(name, "a" | "d").then(|| name.to_owned());
        assert_eq!(sentence.filled(some), "a is … to d.");
    }

    #[test]
    fn marks_that_do_not_go_together_are_refused() {
        for (text, wrong) in [
            ("{a", "{"),
            ("a}", "}"),
            ("é[a", "["),
            ("a]", "]"),
            ("[[a]]", "["),
            ("{}", ""),
            ("[é {a b}]", "a b"),
            ("{a[b]}", "a[b]"),
        ] {
            assert_eq!(&text[Sentence::parse(text).unwrap_err().range()], wrong, "{text}");
        }
        assert_eq!(Sentence::parse("").unwrap().filled(|_| None), "");
    }
}

//! The head of a question: the comments that it begins with, line by line, each part with its place.

use std::ops::Range;

/// A part of a text, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
}

impl<'t> Part<'t> {
    /// The part without the space around it.
    fn trimmed(text: &'t str, from: usize) -> Self {
        let begin = from + text.len() - text.trim_start().len();
        let text = text.trim();
        Self { text, range: begin..begin + text.len() }
    }

    /// What is before and after the first occurrence of a character.
    fn split(&self, at: char) -> Option<(Self, Self)> {
        let (before, after) = self.text.split_once(at)?;
        let from = self.range.start;
        Some((Self::trimmed(before, from), Self::trimmed(after, from + before.len() + at.len_utf8())))
    }
}

/// A line of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'t> {
    /// `key: value` or `key@tag: value`.
    Key { key: Part<'t>, tag: Option<Part<'t>>, value: Part<'t> },
    /// `- name: kind = value`, an item of what the line before begins.
    Parameter { name: Part<'t>, kind: Part<'t>, value: Option<Part<'t>> },
    /// What is neither.
    Other(Part<'t>),
}

/// Returns the lines of the head of a question: those that begin with `#+` before any other.
pub(super) fn head(text: &str) -> Vec<Line<'_>> {
    let mut from = 0;
    let lines = text.split_inclusive('\n').map_while(|whole| {
        let at = from;
        from += whole.len();
        whole.strip_prefix("#+").map(|line| Part::trimmed(line, at + 2))
    });
    lines.filter(|line| !line.text.is_empty()).map(line).collect()
}

fn line(whole: Part<'_>) -> Line<'_> {
    let Some((key, value)) = whole.split(':') else { return Line::Other(whole) };
    if let Some(name) = key.text.strip_prefix('-') {
        let name = Part::trimmed(name, key.range.start + 1);
        return match value.split('=') {
            Some((kind, value)) => Line::Parameter { name, kind, value: Some(value) },
            None => Line::Parameter { name, kind: value, value: None },
        };
    }
    match key.split('@') {
        Some((key, tag)) => Line::Key { key, tag: Some(tag), value },
        None => Line::Key { key, tag: None, value },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_head_has_its_place() {
        let text = "#+ summary@ar: من؟\n#+   - body: Body = g20\n#+ what\n#+\nASK {}\n#+ late: no\n";
        let lines = head(text);
        let places: Vec<&str> = lines
            .iter()
            .flat_map(|line| match line {
                Line::Key { key, tag, value } => [Some(key), tag.as_ref(), Some(value)],
                Line::Parameter { name, kind, value } => [Some(name), Some(kind), value.as_ref()],
                Line::Other(part) => [Some(part), None, None],
            })
            .flatten()
            .map(|part| {
                assert_eq!(&text[part.range.clone()], part.text);
                part.text
            })
            .collect();
        assert_eq!(places, ["summary", "ar", "من؟", "body", "Body", "g20", "what"]);
    }
}

//! What is wrong with how the rows of a question read as sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use super::head::{Line, Part};
use crate::ontology::nearest;
use crate::publish::{Sentence, SentenceError};

/// What is wrong with a sentence, where in the question, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SentenceMistake {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

/// Returns what is wrong with sentences of a head that cannot be read.
pub(super) fn unreadable(lines: &[Line<'_>]) -> Vec<SentenceMistake> {
    let wrong = sentences(lines).filter_map(|part| Some((part, Sentence::parse(part.text).err()?)));
    let mistake = |(part, error): (&Part<'_>, SentenceError)| {
        let help = "names stand in braces, as `{name}`, and what is left out without them in brackets".to_owned();
        SentenceMistake { range: within(part, &error.range()), message: error.to_string(), help }
    };
    wrong.map(mistake).collect()
}

/// Returns what stands in sentences of a head and is none of the names that a row or what was asked of has.
pub(super) fn unnamed(lines: &[Line<'_>], names: &BTreeSet<&str>) -> Vec<SentenceMistake> {
    let mut all = Vec::new();
    for part in sentences(lines) {
        let Ok(sentence) = Sentence::parse(part.text) else { continue };
        for (name, range) in sentence.names().filter(|(name, _)| !names.contains(name)) {
            let near = nearest(name, names.iter().copied(), 1);
            let all_names = || one_of(&names.iter().copied().collect::<Vec<_>>());
            let help = near.first().map_or_else(all_names, |near| did_you_mean(near));
            let message = format!("the query selects no `?{name}`, and no parameter is called so");
            all.push(SentenceMistake { range: within(part, &range), message, help });
        }
    }
    all
}

/// The sentences, in all languages.
fn sentences<'l, 't>(lines: &'l [Line<'t>]) -> impl Iterator<Item = &'l Part<'t>> {
    lines.iter().filter_map(|line| match line {
        Line::Key { key, value, .. } if key.text == "sentence" => Some(value),
        Line::Key { .. } | Line::Parameter { .. } | Line::Other(_) => None,
    })
}

fn within(part: &Part<'_>, range: &Range<usize>) -> Range<usize> {
    part.range.start + range.start..part.range.start + range.end
}

pub(super) fn did_you_mean(near: &str) -> String {
    format!("did you mean `{near}`?")
}

pub(super) fn one_of(names: &[&str]) -> String {
    format!("one of {}", names.join(", "))
}

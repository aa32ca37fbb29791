//! What may be meant by words that lead to nothing, among some of the names of all entities.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use super::ShardError;
use super::record::{self, Record};
use crate::link;
use crate::model::fold;

/// Names, each with who bears it first and which of the bearer's names it is.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    /// By the folded name: the bearer, the number of the name, how it is written.
    names: BTreeMap<String, (String, usize, String)>,
    ids: Vec<String>,
}

impl Spelled {
    pub(super) fn add_id(&mut self, id: &str) {
        self.ids.push(id.to_owned());
    }

    pub(super) fn add_name(&mut self, bearer: &str, number: usize, written: &str) {
        let name = (bearer.to_owned(), number, written.to_owned());
        self.names
            .entry(fold(written))
            .and_modify(|first| {
                if name < *first {
                    first.clone_from(&name);
                }
            })
            .or_insert(name);
    }

    /// The names and ids that may be meant by a word.
    pub(super) fn like(&self, word: &str) -> Vec<String> {
        let spelled: Vec<_> =
            self.names.iter().map(|(folded, (.., written))| (folded.as_str(), written.as_str())).collect();
        link::suggested(word, &spelled, self.ids.iter().map(String::as_str))
    }

    /// Who bears a name that is written so, and which of the bearer's names it is; nothing of what is only an id.
    fn bearer(&self, written: &str) -> Option<(&str, usize)> {
        let (bearer, number, _) = self.names.get(&fold(written)).filter(|(.., first)| first == written)?;
        Some((bearer, *number))
    }
}

/// Reads words, and some entities, each with its names as a JSON array, and writes what of these names and ids may be meant by
/// each word. What is written of several parts of the names leads, put together, to what all of them lead to.
///
/// # Errors
///
/// If what comes is no record, or a pipe is broken.
pub(crate) fn like(input: impl BufRead, out: &mut impl Write) -> Result<(), ShardError> {
    let (mut words, mut spelled) = (Vec::new(), Spelled::default());
    for record in record::read(input) {
        let record = record?;
        let one = record.one.as_deref().unwrap_or_default();
        if record.what == "word" {
            words.push(one.to_owned());
            continue;
        }
        spelled.add_id(one);
        let names: Vec<Cow<'_, str>> = record.said()?;
        for (number, name) in names.iter().enumerate() {
            spelled.add_name(one, number, name);
        }
    }
    for found in words.iter().flat_map(|word| spelled.like(word)) {
        let record = Record::new("like");
        match spelled.bearer(&found) {
            Some((bearer, number)) => {
                record.other(format!("{bearer}\u{1F}{number}")).text(found.as_str()).write(out)?;
            }
            None => record.text(found.as_str()).write(out)?,
        }
    }
    Ok(())
}

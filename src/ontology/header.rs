//! What a column header means.

use memchr::memchr;

use super::word::MOST_LIKE;
use super::{Datatype, Ontology, PropertyKind, RESERVED, Range, WordError};
use crate::model::{Language, LanguageError, PropertyId, fold};

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    /// An entity's id.
    Id,
    /// An entity's class.
    Class,
    /// A statement's subject.
    Subject,
    /// A statement's property, with the language of its object where it has one.
    Property,
    /// A statement's object.
    Object,
    /// A statement's rank.
    Rank,
    /// The sources of the row.
    Source,
    /// The document of a paragraph.
    Document,
    /// The number of a paragraph.
    Number,
    /// The values of a property or qualifier, in a language where the property has one.
    Term(PropertyId, Option<Language>),
}

/// Why a header has no meaning.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HeaderError {
    /// No term has that name.
    #[error("unknown column `{name}`")]
    Unknown {
        /// The header without its language.
        name: String,
        /// The names most like it, nearest first.
        nearest: Vec<String>,
    },
    /// Several terms are called so.
    #[error("`{name}` is what several columns are called")]
    Ambiguous {
        /// The header without its language.
        name: String,
        /// The local names of the terms, sorted.
        candidates: Vec<String>,
    },
    /// What follows the `@` is no language tag.
    #[error(transparent)]
    Language(#[from] LanguageError),
    /// The property's values have a language and the header has none.
    #[error("`{0}` needs a language, as in `{0}@en`")]
    LanguageMissing(String),
    /// The property's values have no language and the header has one.
    #[error("`{0}` takes no language")]
    LanguageUnused(String),
}

impl Ontology {
    /// Returns what a header means: a reserved word, or the local name of a term with its language (`label@ar`); either
    /// may be written as its label in any language (`Name`, `عضو في`), folded as names are.
    ///
    /// # Errors
    ///
    /// If there is no such term, or several are called so, or its language is missing, malformed or out of place.
    pub(crate) fn column(&self, header: &str, languages: &[Language]) -> Result<Column, HeaderError> {
        self.column_of(header, languages, |_| true)
    }

    /// Returns what a header means, as [`Ontology::column`] does; of several terms that are called so, the only one that
    /// fits.
    pub(crate) fn column_of(
        &self,
        header: &str,
        languages: &[Language],
        fits: impl Fn(PropertyId) -> bool,
    ) -> Result<Column, HeaderError> {
        self.column_with(header, languages, fits, |name| self.like_property(name))
    }

    /// Returns what a header means, as [`Ontology::column_of`] does, but looks for nothing that is like an unknown one.
    pub(crate) fn column_meant(
        &self,
        header: &str,
        languages: &[Language],
        fits: impl Fn(PropertyId) -> bool,
    ) -> Result<Column, HeaderError> {
        self.column_with(header, languages, fits, |_| Vec::new())
    }

    fn column_with(
        &self,
        header: &str,
        languages: &[Language],
        fits: impl Fn(PropertyId) -> bool,
        like: impl Fn(&str) -> Vec<String>,
    ) -> Result<Column, HeaderError> {
        if let Some(column) = self.reserved_called(header) {
            return Ok(column);
        }
        let (property, language) = self.property_with_language(header, languages, fits, like)?;
        Ok(Column::Term(property, language))
    }

    /// Tells whether a statement may have the property, so that it is no qualifier.
    fn is_of_statements(&self, id: PropertyId) -> bool {
        matches!(self.property(id).kind, PropertyKind::Claim | PropertyKind::Annotation)
    }

    /// Returns the names of properties most like a word that means none, else their labels.
    pub(crate) fn like_property(&self, word: &str) -> Vec<String> {
        let name = word.split_once('@').map_or(word, |(name, _)| name);
        let names = self.nearest_names(name);
        match self.no_property(name, Vec::new()) {
            WordError::Unknown(labels) if names.is_empty() => labels,
            WordError::Unknown(_) | WordError::Ambiguous(_) => names,
        }
    }

    /// Returns the property that a name such as `leads` or `altLabel@ar` means, with its language. Nothing is looked for
    /// that is like a name that means none.
    ///
    /// A label without a tag, such as `Name` or `الاسم`, stands for text in its own language if that is one of the data
    /// set's `languages`, else in the first of them. Of several properties that are called so it is the only one that a
    /// statement may have.
    ///
    /// # Errors
    ///
    /// As [`Ontology::column`].
    pub(crate) fn tagged_property(
        &self,
        text: &str,
        languages: &[Language],
    ) -> Result<(PropertyId, Option<Language>), HeaderError> {
        self.property_with_language(text, languages, |id| self.is_of_statements(id), |_| Vec::new())
    }

    fn property_with_language(
        &self,
        text: &str,
        languages: &[Language],
        fits: impl Fn(PropertyId) -> bool,
        like: impl Fn(&str) -> Vec<String>,
    ) -> Result<(PropertyId, Option<Language>), HeaderError> {
        let (name, tag) = match memchr(b'@', text.as_bytes()) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let only = |several: Vec<PropertyId>| {
            let takes_tag = |id: PropertyId| tag.is_none() || self.property(id).has_language();
            let mut fitting = several.iter().copied().filter(|&id| takes_tag(id) && fits(id));
            fitting.next().filter(|_| fitting.next().is_none()).ok_or(several)
        };
        let id = self.property_meant(name, languages).or_else(only).map_err(|several| {
            if several.is_empty() {
                return HeaderError::Unknown { name: name.to_owned(), nearest: like(name) };
            }
            match self.no_property(name, several) {
                WordError::Ambiguous(candidates) => HeaderError::Ambiguous { name: name.to_owned(), candidates },
                WordError::Unknown(nearest) => HeaderError::Unknown { name: name.to_owned(), nearest },
            }
        })?;
        let takes = self.property(id).has_language();
        match tag {
            None if self.needs_language(id) => {
                let language = self.language_of_label(id, name, languages);
                let language = language.ok_or_else(|| HeaderError::LanguageMissing(name.to_owned()))?;
                Ok((id, Some(language)))
            }
            Some(_) if !takes => Err(HeaderError::LanguageUnused(name.to_owned())),
            None => Ok((id, None)),
            Some(tag) => Ok((id, Some(Language::parse(tag)?))),
        }
    }

    /// Tells whether the values of the property that a name without a tag means have a language each.
    #[must_use]
    pub(crate) fn is_text_in_languages(&self, name: &str, languages: &[Language]) -> bool {
        self.property_meant(name, languages).is_ok_and(|id| self.needs_language(id))
    }

    fn needs_language(&self, id: PropertyId) -> bool {
        self.property(id).range == Range::Literal(Datatype::LangString)
    }

    /// The language of the text under a label: its own if the data set has it, else the first of the data set. Nothing if
    /// the word is no label of the property.
    fn language_of_label(&self, id: PropertyId, word: &str, languages: &[Language]) -> Option<Language> {
        let (word, labels) = (fold(word), &self.property(id).labels);
        let is_label = |language: &&Language| labels.get(*language).is_some_and(|label| fold(label) == word);
        let own = languages.iter().find(is_label);
        let other = || labels.keys().find(is_label).and(languages.first());
        own.or_else(other).copied()
    }

    fn nearest_names(&self, name: &str) -> Vec<String> {
        let said = self.properties.iter().take(MOST_LIKE).filter(|property| property.kind != PropertyKind::Computed);
        let properties = said.map(|property| property.name.as_str());
        nearest(name, properties.chain(RESERVED.iter().map(|reserved| reserved.name)), 3)
    }

    /// Tells whether a property may head a column of that kind of table.
    #[must_use]
    pub(crate) fn is_qualifier(&self, id: PropertyId) -> bool {
        self.property(id).kind == PropertyKind::Qualifier
    }
}

/// Nothing is looked for that is like a longer name: nobody has misspelled it.
const LONGEST: usize = 200;

/// Returns up to `most` of the candidates that are like a name, nearest first: those within a third of its length in
/// edits; none are like a name of more than 200 characters. O(candidates), each once in proportion to its length and, if it
/// has the letters, to the square of it.
pub(crate) fn nearest<'a>(name: &str, mut candidates: impl Iterator<Item = &'a str>, most: usize) -> Vec<String> {
    nearest_of(name, &mut candidates, most)
}

/// The same, compiled once for all kinds of candidates.
fn nearest_of(name: &str, candidates: &mut dyn Iterator<Item = &str>, most: usize) -> Vec<String> {
    let folded: Vec<char> = name.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if folded.len() > LONGEST {
        return Vec::new();
    }
    let limit = (folded.len() / 3).max(2);
    let (letters, mut other) = (letters(&folded), Vec::new());
    let mut found: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            other.clear();
            other.extend(candidate.chars().take(LONGEST + limit + 1).flat_map(char::to_lowercase));
            let distance =
                may_be_alike(letters, self::letters(&other), limit).then(|| edits(&folded, &other, limit))?;
            Some((distance?, candidate))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(most).map(|(_, candidate)| candidate.to_owned()).collect()
}

/// Which letters a word has, as far as 64 bits tell them apart.
fn letters(word: &[char]) -> u64 {
    word.iter().fold(0, |letters, &letter| letters | 1 << (u32::from(letter) & 63))
}

/// Tells whether words with such letters may be within so many edits: each edit takes one letter away at most, and adds one.
fn may_be_alike(one: u64, other: u64, limit: usize) -> bool {
    let lacking = |one: u64, other: u64| (one & !other).count_ones() as usize;
    lacking(one, other) <= limit && lacking(other, one) <= limit
}

/// How many letters of a word must be added, taken out, replaced, or exchanged with the one beside them to make another of it;
/// nothing if it is over the limit.
fn edits(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    let (mut above, mut next) = (row.clone(), row.clone());
    for (i, a) in left.iter().enumerate() {
        next[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = row[j] + usize::from(a != b);
            next[j + 1] = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                next[j + 1] = next[j + 1].min(above[j - 1] + 1);
            }
        }
        // What is over the limit in two rows only grows.
        if row.iter().chain(&next).all(|distance| *distance > limit) {
            return None;
        }
        (above, row, next) = (row, next, above);
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first() {
        let names = ["partOf", "participatesIn", "hasPart", "leads"];
        assert_eq!(nearest("parOf", names.into_iter(), 3), ["partOf"]);
        assert!(nearest("zzzz", names.into_iter(), 3).is_empty());
        assert_eq!(nearest("titel", ["site", "title"].into_iter(), 1), ["title"]);
        assert_eq!((edits(&['a', 'b'], &['b', 'a'], 2), edits(&['a', 'b', 'c'], &['c', 'a'], 3)), (Some(1), Some(3)));
    }

    #[test]
    fn nothing_is_like_a_name_that_is_too_long() {
        let [long, longer] = [LONGEST, LONGEST + 1].map(|length| "a".repeat(length));
        assert_eq!(nearest(&long, [longer.as_str()].into_iter(), 1), [longer.as_str()]);
        assert!(nearest(&longer, [longer.as_str()].into_iter(), 1).is_empty());
        let endless = "a".repeat(10_000_000);
        assert!(nearest("aaaaaa", std::iter::repeat_n(endless.as_str(), 1000), 1).is_empty());
    }
}

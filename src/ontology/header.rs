//! What a column header means.

use super::{Datatype, Ontology, PropertyKind, RESERVED, Range, WordError};
use crate::model::{Language, LanguageError, PropertyId, fold};

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
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
#[non_exhaustive]
pub enum HeaderError {
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
    pub fn column(&self, header: &str, languages: &[Language]) -> Result<Column, HeaderError> {
        if let Some(column) = self.reserved_called(header) {
            return Ok(column);
        }
        let (property, language) = self.tagged_property(header, languages)?;
        Ok(Column::Term(property, language))
    }

    /// Returns the property that a name such as `leads` or `altLabel@ar` means, with its language.
    ///
    /// A label without a tag, such as `Name` or `الاسم`, stands for text in its own language if that is one of the data
    /// set's `languages`, else in the first of them.
    ///
    /// # Errors
    ///
    /// As [`Ontology::column`].
    pub fn tagged_property(
        &self,
        text: &str,
        languages: &[Language],
    ) -> Result<(PropertyId, Option<Language>), HeaderError> {
        let (name, tag) = text.split_once('@').map_or((text, None), |(name, tag)| (name, Some(tag)));
        let id = self.property_called(name, languages).map_err(|error| match error {
            WordError::Unknown(labels) => {
                let names = self.nearest_names(name);
                let nearest = if names.is_empty() { labels } else { names };
                HeaderError::Unknown { name: name.to_owned(), nearest }
            }
            WordError::Ambiguous(candidates) => HeaderError::Ambiguous { name: name.to_owned(), candidates },
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
    pub fn is_text_in_languages(&self, name: &str, languages: &[Language]) -> bool {
        self.property_called(name, languages).is_ok_and(|id| self.needs_language(id))
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
        let said = self.properties.iter().filter(|property| property.kind != PropertyKind::Computed);
        let properties = said.map(|property| property.name.as_str());
        nearest(name, properties.chain(RESERVED.iter().map(|reserved| reserved.name)), 3)
    }

    /// Tells whether a property may head a column of that kind of table.
    #[must_use]
    pub fn is_qualifier(&self, id: PropertyId) -> bool {
        self.property(id).kind == PropertyKind::Qualifier
    }
}

/// Returns up to `most` of the candidates that are like a name, nearest first: those within a third of its length in
/// edits. O(candidates × lengths).
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>, most: usize) -> Vec<String> {
    let folded: Vec<char> = name.to_lowercase().chars().collect();
    let limit = (folded.len() / 3).max(2);
    let mut found: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            let distance = edits(&folded, &candidate.to_lowercase().chars().collect::<Vec<_>>(), limit)?;
            Some((distance, candidate))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(most).map(|(_, candidate)| candidate.to_owned()).collect()
}

/// The Levenshtein distance of two words, or nothing if it is over the limit.
fn edits(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
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
    }
}

//! What a column header means.

use super::{Datatype, Ontology, PropertyKind, Range};
use crate::model::{Language, LanguageError, PropertyId};

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
pub enum HeaderError {
    /// No term has that name.
    #[error("unknown column `{name}`")]
    Unknown {
        /// The header without its language.
        name: String,
        /// The names most like it, nearest first.
        nearest: Vec<String>,
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

/// The reserved headers, by kind of table.
const RESERVED: [(&str, Column); 9] = [
    ("class", Column::Class),
    ("document", Column::Document),
    ("id", Column::Id),
    ("number", Column::Number),
    ("object", Column::Object),
    ("property", Column::Property),
    ("rank", Column::Rank),
    ("source", Column::Source),
    ("subject", Column::Subject),
];

impl Ontology {
    /// Returns what a header means: a reserved word, or the local name of a term with its language (`label@ar`).
    ///
    /// # Errors
    ///
    /// If there is no such term, or its language is missing, malformed or out of place.
    pub fn column(&self, header: &str) -> Result<Column, HeaderError> {
        if let Some((_, column)) = RESERVED.iter().find(|(name, _)| *name == header) {
            return Ok(*column);
        }
        let (property, language) = self.tagged_property(header)?;
        Ok(Column::Term(property, language))
    }

    /// Returns the property that a name such as `leads` or `altLabel@ar` means, with its language.
    ///
    /// # Errors
    ///
    /// As [`Ontology::column`].
    pub fn tagged_property(&self, text: &str) -> Result<(PropertyId, Option<Language>), HeaderError> {
        let (name, tag) = text.split_once('@').map_or((text, None), |(name, tag)| (name, Some(tag)));
        let known = self.property_by_name(name).filter(|&id| self.property(id).kind != PropertyKind::Computed);
        let Some(id) = known else {
            let nearest = self.nearest_names(name);
            return Err(HeaderError::Unknown { name: name.to_owned(), nearest });
        };
        let needs = self.property(id).range == Range::Literal(Datatype::LangString);
        let takes = self.property(id).has_language();
        match tag {
            None if needs => Err(HeaderError::LanguageMissing(name.to_owned())),
            Some(_) if !takes => Err(HeaderError::LanguageUnused(name.to_owned())),
            None => Ok((id, None)),
            Some(tag) => Ok((id, Some(Language::parse(tag)?))),
        }
    }

    fn nearest_names(&self, name: &str) -> Vec<String> {
        let said = self.properties.iter().filter(|property| property.kind != PropertyKind::Computed);
        let properties = said.map(|property| property.name.as_str());
        let reserved = RESERVED.iter().map(|(name, _)| *name);
        nearest(name, properties.chain(reserved), 3)
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

//! Words as people write them: the terms that a label in any language, or a local name, stands for, folded.
//!
//! A local name is looked up first, where it is needed, and costs what it always did; the index of words is made when
//! something is written otherwise.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::{Column, Labels, Ontology, PropertyKind, RESERVED, nearest};
use crate::model::{ClassId, Language, PropertyId, ValueId, fold, words};
use crate::sort;

/// Why a word stands for no term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WordError {
    /// No term is called so; the names and labels most like it, nearest first.
    Unknown(Vec<String>),
    /// Several terms are called so; the first of their local names, sorted.
    Ambiguous(Vec<String>),
}

/// How many terms are named that a word may mean.
const MOST_CANDIDATES: usize = 10;

/// How many names and labels are named that are most like a word.
const MOST_NEAR: usize = 3;

/// How many terms are looked through for those most like a word.
pub(super) const MOST_LIKE: usize = 1 << 12;

/// The terms by what they are called.
// Only looked up, never walked: the order of the tables reaches no output.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    reserved: HashMap<String, Vec<Sense<Column>>>,
    classes: HashMap<String, Vec<Sense<ClassId>>>,
    properties: HashMap<String, Vec<Sense<PropertyId>>>,
    values: HashMap<String, Vec<Sense<ValueId>>>,
}

/// One meaning of a word: a term, and the language in which the word is its label; none where it is its local name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense<T> {
    pub(super) term: T,
    pub(super) language: Option<Language>,
}

impl Words {
    fn of(ontology: &Ontology) -> Self {
        let mut words = Self::default();
        for reserved in &RESERVED {
            let labels = reserved.labels.iter().filter_map(|(tag, text)| Some((Language::parse(tag).ok()?, *text)));
            add(&mut words.reserved, reserved.column, reserved.name, labels);
        }
        for (id, class) in ontology.class_ids().zip(&ontology.classes) {
            add(&mut words.classes, id, &class.name, texts(&class.labels));
        }
        for (id, property) in ontology.property_ids().zip(&ontology.properties) {
            if property.kind != PropertyKind::Computed {
                add(&mut words.properties, id, &property.name, texts(&property.labels));
            }
        }
        for (id, value) in ontology.value_ids().zip(&ontology.values) {
            add(&mut words.values, id, &value.name, texts(&value.labels));
            if let Some(code) = &value.code {
                add(&mut words.values, id, code, std::iter::empty());
            }
        }
        words
    }
}

fn texts(labels: &Labels) -> impl Iterator<Item = (Language, &str)> {
    labels.iter().map(|(language, text)| (*language, text.as_str()))
}

fn add<'a, T: Copy>(
    words: &mut HashMap<String, Vec<Sense<T>>>,
    term: T,
    name: &str,
    labels: impl Iterator<Item = (Language, &'a str)>,
) {
    words.entry(fold(name)).or_default().push(Sense { term, language: None });
    for (language, text) in labels {
        words.entry(fold(text)).or_default().push(Sense { term, language: Some(language) });
    }
}

/// Returns the one term that is meant: the one of that local name, else the only one so called, else the
/// only one so called in the languages of the data set. Fails with the terms that may be meant, none if there is none.
fn meant<T: Copy + Eq>(
    senses: Option<&Vec<Sense<T>>>,
    wanted: impl Fn(T) -> bool,
    languages: &[Language],
) -> Result<T, Vec<T>> {
    let all: Vec<_> = senses.into_iter().flatten().copied().filter(|sense| wanted(sense.term)).collect();
    let named: Vec<_> = all.iter().copied().filter(|sense| sense.language.is_none()).collect();
    let spoken = |sense: &Sense<T>| sense.language.is_some_and(|language| languages.contains(&language));
    let known: Vec<_> = all.iter().copied().filter(spoken).collect();
    let mut terms = Vec::new();
    for senses in [named, all, known] {
        match senses.as_slice() {
            [] => {}
            [first, rest @ ..] if rest.iter().all(|other| other.term == first.term) => return Ok(first.term),
            several => terms = several.iter().map(|sense| sense.term).collect(),
        }
    }
    Err(terms)
}

impl Ontology {
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self))
    }

    /// Returns the class that a word means: its local name, or its label in any language, folded. A word for several
    /// classes means the one so called in one of the languages. O(1).
    ///
    /// # Errors
    ///
    /// If no wanted class is called so, or several are.
    pub(crate) fn class_called(
        &self,
        word: &str,
        wanted: impl Fn(ClassId) -> bool,
        languages: &[Language],
    ) -> Result<ClassId, WordError> {
        self.class_meant(word, &wanted, languages).map_err(|several| {
            let called = |class: ClassId| (self.class(class).name.as_str(), &self.class(class).labels);
            let all = self.class_ids().filter(|&class| wanted(class));
            error(word, several, all, called)
        })
    }

    /// Returns the class that a word means, or all that it may mean. Nothing is looked for that is like it.
    pub(crate) fn class_meant(
        &self,
        word: &str,
        wanted: impl Fn(ClassId) -> bool,
        languages: &[Language],
    ) -> Result<ClassId, Vec<ClassId>> {
        if let Some(class) = self.class_by_name(word).filter(|&class| wanted(class)) {
            return Ok(class);
        }
        meant(self.words().classes.get(&fold(word)), &wanted, languages)
    }

    /// Returns the controlled value of a class that a word means, as [`Ontology::class_called`]. O(1).
    ///
    /// # Errors
    ///
    /// If no value of the class is called so, or several are.
    pub(crate) fn value_called(
        &self,
        word: &str,
        class: ClassId,
        languages: &[Language],
    ) -> Result<ValueId, WordError> {
        self.value_meant(word, class, languages).map_err(|several| self.no_value(word, class, several))
    }

    /// Returns the controlled value that a word means, or all that it may mean. Nothing is looked for that is like it.
    pub(crate) fn value_meant(
        &self,
        word: &str,
        class: ClassId,
        languages: &[Language],
    ) -> Result<ValueId, Vec<ValueId>> {
        let wanted = |value: ValueId| self.is_a(self.value(value).class, class);
        if let Some(value) = self.value_by_name(word).filter(|&value| wanted(value)) {
            return Ok(value);
        }
        meant(self.words().values.get(&fold(word)), wanted, languages)
    }

    /// Returns the names of controlled values of a class most like a word that means none, else their labels.
    pub(crate) fn like_value(&self, word: &str, class: ClassId) -> Vec<String> {
        match self.no_value(word, class, Vec::new()) {
            WordError::Unknown(near) => near,
            WordError::Ambiguous(_) => Vec::new(),
        }
    }

    fn no_value(&self, word: &str, class: ClassId, several: Vec<ValueId>) -> WordError {
        let called = |value: ValueId| (self.value(value).name.as_str(), &self.value(value).labels);
        let all = self.value_ids().filter(|&value| self.is_a(self.value(value).class, class));
        error(word, several, all, called)
    }

    /// Returns the property or qualifier that a word means, as [`Ontology::class_called`]. O(1).
    ///
    /// # Errors
    ///
    /// If no property is called so, or several are.
    pub(crate) fn property_called(&self, word: &str, languages: &[Language]) -> Result<PropertyId, WordError> {
        self.property_meant(word, languages).map_err(|several| self.no_property(word, several))
    }

    /// Returns the property that a word means, or all that it may mean. Nothing is looked for that is like it.
    pub(super) fn property_meant(&self, word: &str, languages: &[Language]) -> Result<PropertyId, Vec<PropertyId>> {
        if let Some(property) = self.property_by_name(word).filter(|&id| self.is_said(id)) {
            return Ok(property);
        }
        meant(self.words().properties.get(&fold(word)), |_| true, languages)
    }

    fn is_said(&self, property: PropertyId) -> bool {
        self.property(property).kind != PropertyKind::Computed
    }

    /// Says why a word stands for no property.
    pub(super) fn no_property(&self, word: &str, several: Vec<PropertyId>) -> WordError {
        let called = |id: PropertyId| (self.property(id).name.as_str(), &self.property(id).labels);
        error(word, several, self.property_ids().filter(|&id| self.is_said(id)), called)
    }

    /// Returns the reserved column that a word means.
    pub(super) fn reserved_called(&self, word: &str) -> Option<Column> {
        let named = RESERVED.iter().find(|reserved| reserved.name == word).map(|reserved| reserved.column);
        named.or_else(|| self.words().reserved.get(&fold(word))?.first().map(|sense| sense.term))
    }
}

/// Says why a word stands for no term: several candidates, or none, with what is most like it: local names, or else
/// labels.
fn error<'a, T: Copy>(
    word: &str,
    several: Vec<T>,
    all: impl Iterator<Item = T>,
    called: impl Fn(T) -> (&'a str, &'a Labels),
) -> WordError {
    if !several.is_empty() {
        let names: BTreeSet<_> = several.into_iter().map(|term| called(term).0).collect();
        return WordError::Ambiguous(names.into_iter().take(MOST_CANDIDATES).map(str::to_owned).collect());
    }
    let all: Vec<T> = all.take(MOST_LIKE).collect();
    let mut near = containing(word, &all, &called);
    for like in nearest(word, all.iter().map(|term| called(*term).0), MOST_NEAR) {
        if !near.contains(&like) {
            near.push(like);
        }
    }
    near.truncate(MOST_NEAR);
    if !near.is_empty() {
        return WordError::Unknown(near);
    }
    WordError::Unknown(nearest(
        word,
        all.iter().flat_map(|term| called(*term).1.values().map(String::as_str)),
        MOST_NEAR,
    ))
}

/// The local names of the terms one of whose labels has all words of a text: of an `agency`, those of the specialized one.
/// The shortest come first.
fn containing<'a, T: Copy>(text: &str, all: &[T], called: impl Fn(T) -> (&'a str, &'a Labels)) -> Vec<String> {
    let folded = fold(text);
    let wanted: Vec<&str> = words(&folded).collect();
    let has_all = |label: &String| {
        let label = fold(label);
        wanted.iter().all(|wanted| words(&label).any(|word| word == *wanted))
    };
    let terms = all.iter().map(|term| called(*term)).filter(|(_, labels)| labels.values().any(has_all));
    let mut names: Vec<&str> = if wanted.is_empty() { Vec::new() } else { terms.map(|(name, _)| name).collect() };
    sort::by_key(&mut names, |name| (name.len(), *name));
    names.dedup();
    names.into_iter().take(MOST_NEAR).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(tags: &[&str]) -> Vec<Language> {
        tags.iter().map(|tag| Language::parse(tag).unwrap()).collect()
    }

    #[test]
    fn every_label_of_every_term_means_it_or_names_the_candidates() {
        let ontology = Ontology::shipped().unwrap();
        for (id, class) in ontology.class_ids().zip(ontology.classes()) {
            for word in class.labels.values().chain([&class.name]) {
                assert_eq!(ontology.class_called(&word.to_uppercase(), |_| true, &[]), Ok(id), "{word}");
            }
        }
        for (id, value) in ontology.value_ids().zip(ontology.values()) {
            for word in value.labels.values().chain([&value.name]).chain(&value.code) {
                assert_eq!(ontology.value_called(word, value.class, &[]), Ok(id), "{word}");
            }
        }
        for (id, property) in ontology.property_ids().zip(ontology.properties()) {
            for (language, word) in property.labels.iter().filter(|_| property.kind != PropertyKind::Computed) {
                assert_eq!(ontology.property_called(&format!(" {word} "), &[*language]), Ok(id), "{word}");
            }
        }
    }

    #[test]
    fn a_word_for_two_properties_means_the_one_of_the_languages_or_is_ambiguous() {
        let ontology = Ontology::shipped().unwrap();
        let called = |tags: &[&str]| {
            let found = ontology.property_called("Nombre", &languages(tags));
            found.map(|id| ontology.property(id).name.as_str())
        };
        assert_eq!(called(&["es", "en"]), Ok("label"));
        assert_eq!(called(&["fr"]), Ok("count"));
        let both = WordError::Ambiguous(vec!["count".to_owned(), "label".to_owned()]);
        assert_eq!(called(&["en"]), Err(both.clone()));
        assert_eq!(called(&["fr", "es"]), Err(both));
    }

    #[test]
    fn no_reserved_header_is_called_as_another_column() {
        let ontology = Ontology::shipped().unwrap();
        for reserved in &RESERVED {
            for (_, label) in &reserved.labels {
                assert_eq!(ontology.reserved_called(label), Some(reserved.column), "{label}");
                let property = ontology.property_called(label, &[]).ok();
                let property = property.map(|id| ontology.property(id).name.as_str());
                assert!(property.is_none_or(|name| name == reserved.name), "{label} is {property:?}");
            }
        }
        for reserved in RESERVED.iter().filter(|reserved| ["number", "rank"].contains(&reserved.name)) {
            let property = ontology.property(ontology.property_by_name(reserved.name).unwrap());
            for (tag, label) in reserved.labels {
                assert_eq!(property.labels[&Language::parse(tag).unwrap()], label, "as the ontology has it");
            }
        }
    }

    #[test]
    fn what_is_like_a_label_is_suggested() {
        let ontology = Ontology::shipped().unwrap();
        let near = |word: &str| match ontology.class_called(word, |_| true, &[]) {
            Err(WordError::Unknown(near)) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("Organisatoin")[0], "Organization");
        assert_eq!(near("agency")[0], "SpecializedAgency");
        assert_eq!(near("وكالة متخصص")[0], "وكالة متخصصة");
    }
}

//! Looking for terms by a word that is like what they are called.

use super::{Labels, Ontology, PropertyKind, RESERVED, Reserved, nearest};
use crate::model::{ClassId, PropertyId, ValueId, fold};

/// A word that tables may use.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Term {
    /// A reserved header.
    Reserved(&'static Reserved),
    /// A class of entities.
    Class(ClassId),
    /// A property of entities, a name or identifier of them, or a qualifier of statements.
    Property(PropertyId),
    /// A controlled value.
    Value(ValueId),
}

/// How many terms that are only written alike are found.
const MOST_ALIKE: usize = 3;

impl Ontology {
    /// Returns all words that tables may use: reserved headers, the classes that entities may have, properties, names and
    /// identifiers, qualifiers, and controlled values, each sorted by local name.
    #[must_use]
    pub(crate) fn terms(&self) -> Vec<Term> {
        let of_entities = |&id: &ClassId| self.is_a(id, self.known.entity);
        let not_reserved = |&id: &PropertyId| RESERVED.iter().all(|reserved| reserved.name != self.property(id).name);
        let reserved = RESERVED.iter().map(Term::Reserved);
        let classes = self.class_ids().filter(of_entities).map(Term::Class);
        let kinds = [PropertyKind::Claim, PropertyKind::Annotation, PropertyKind::Qualifier];
        let of_kind = |kind| {
            let all = self.property_ids().filter(not_reserved);
            all.filter(move |&id| self.property(id).kind == kind)
        };
        let properties = kinds.into_iter().flat_map(of_kind);
        let values = self.value_ids().map(Term::Value);
        reserved.chain(classes).chain(properties.map(Term::Property)).chain(values).collect()
    }

    /// Returns the terms that a word is like: those called so in any language and those whose name or a label contains
    /// it; if there are none, those whose name or a label is written almost so; if there are none either, those whose
    /// definition has the word. The order is that of [`Ontology::terms`]. O(size of the ontology).
    #[must_use]
    pub(crate) fn terms_like(&self, word: &str) -> Vec<Term> {
        let (folded, terms) = (fold(word), self.terms());
        let having = |texts: fn(&Self, Term) -> Vec<String>| {
            let has = |term: &&Term| texts(self, **term).iter().any(|text| text.contains(&folded));
            terms.iter().filter(has).copied().collect::<Vec<_>>()
        };
        let called = having(Self::called);
        if !called.is_empty() {
            return called;
        }
        let all: Vec<String> = terms.iter().flat_map(|term| self.called(*term)).collect();
        let near = nearest(&folded, all.iter().map(String::as_str), MOST_ALIKE);
        if near.is_empty() {
            return having(Self::defined);
        }
        let is_near = |term: &Term| self.called(*term).iter().any(|text| near.contains(text));
        terms.into_iter().filter(is_near).collect()
    }

    /// What a term is called, folded: its local name, as it is and word by word, and its labels in all languages and its code.
    fn called(&self, term: Term) -> Vec<String> {
        let (name, labels, code) = match term {
            Term::Reserved(reserved) => {
                return [reserved.name].into_iter().chain(reserved.labels.map(|(_, label)| label)).map(fold).collect();
            }
            Term::Class(id) => (&self.class(id).name, &self.class(id).labels, None),
            Term::Property(id) => (&self.property(id).name, &self.property(id).labels, None),
            Term::Value(id) => (&self.value(id).name, &self.value(id).labels, self.value(id).code.as_ref()),
        };
        let names = [fold(name), fold(&in_words(name))].into_iter();
        names.chain(labels.values().chain(code).map(|label| fold(label))).collect()
    }

    /// What a term means, folded, in all languages of definitions.
    fn defined(&self, term: Term) -> Vec<String> {
        let definitions: &Labels = match term {
            Term::Reserved(reserved) => return reserved.definitions.map(|(_, text)| fold(text)).into(),
            Term::Class(id) => &self.class(id).definitions,
            Term::Property(id) => &self.property(id).definitions,
            Term::Value(id) => &self.value(id).definitions,
        };
        definitions.values().map(|text| fold(text)).collect()
    }
}

/// A local name with space before each capital letter: `memberOf` is `member Of`.
fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(word: &str) -> Vec<String> {
        let ontology = Ontology::shipped().unwrap();
        let name = |term| match term {
            Term::Reserved(reserved) => reserved.name.to_owned(),
            Term::Class(id) => ontology.class(id).name.clone(),
            Term::Property(id) => ontology.property(id).name.clone(),
            Term::Value(id) => ontology.value(id).name.clone(),
        };
        ontology.terms_like(word).into_iter().map(name).collect()
    }

    #[test]
    fn a_word_finds_what_is_called_like_it_in_any_language() {
        for word in ["member", "Member of", "memberof", "عضو", "miembro"] {
            assert!(names(word).contains(&"memberOf".to_owned()), "{word}: {:?}", names(word));
        }
        assert_eq!(names("underConsideration"), ["underConsideration"]);
        assert_eq!(names("USD"), ["usDollar"]);
        assert!(names("المعرف").contains(&"id".to_owned()));
    }

    #[test]
    fn a_misspelt_word_finds_the_nearest() {
        assert!(names("oraganisation").contains(&"Organization".to_owned()));
    }

    #[test]
    fn a_word_of_definitions_alone_finds_them() {
        assert_eq!(names("charter"), ["SpecializedAgency", "Treaty"]);
        assert!(names("xyzzyplugh").is_empty());
    }
}

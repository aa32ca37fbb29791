//! What things are called in a language.

use super::KnowledgeGraph;
use crate::model::{Citation, EntityId, Language, Object, ParagraphId, PropertyId};
use crate::ontology::preferred;

impl KnowledgeGraph {
    /// Returns the languages to try, best first: the wanted one, also without its region, then the data set's in their
    /// order, also without theirs, then English, which every term of the ontology has.
    #[must_use]
    pub fn languages(&self, wanted: Option<Language>) -> Vec<Language> {
        let own = &self.config().languages;
        let tried = wanted.into_iter().flat_map(|language| [language, language.primary()]);
        let tried = tried.chain(own.iter().copied()).chain(own.iter().map(Language::primary));
        let mut languages = Vec::new();
        for language in tried.chain(Language::parse("en")) {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        languages
    }

    /// Returns the label of an entity in the first language that has one, else its id.
    #[must_use]
    pub fn label(&self, entity: EntityId, languages: &[Language]) -> &str {
        self.name(entity, self.ontology().known().label, languages).unwrap_or_else(|| self.id(entity))
    }

    /// Returns the acronym of an entity in the first language that has one.
    #[must_use]
    pub fn acronym(&self, entity: EntityId, languages: &[Language]) -> Option<&str> {
        self.name(entity, self.ontology().known().acronym, languages)
    }

    fn name(&self, entity: EntityId, property: PropertyId, languages: &[Language]) -> Option<&str> {
        let rank = |language: Option<Language>| {
            languages.iter().position(|&other| Some(other) == language).unwrap_or(usize::MAX)
        };
        let best = self.texts_of(entity, property).min_by_key(|attribute| rank(attribute.language))?;
        Some(self.text(best.text))
    }

    /// Returns the acronym of an entity, or its name where it has none.
    pub(crate) fn short_label(&self, entity: EntityId, languages: &[Language]) -> &str {
        self.acronym(entity, languages).unwrap_or_else(|| self.label(entity, languages))
    }

    /// Returns the label of a property.
    #[must_use]
    pub fn property_label(&self, property: PropertyId, languages: &[Language]) -> &str {
        let property = self.ontology().property(property);
        preferred(&property.labels, languages).unwrap_or(&property.name)
    }

    /// Returns what is shown of an object: a label, or the text of a literal.
    #[must_use]
    pub fn object_label(&self, object: Object, languages: &[Language]) -> &str {
        match object {
            Object::Entity(entity) => self.label(entity, languages),
            Object::Value(value) => {
                let value = self.ontology().value(value);
                preferred(&value.labels, languages).unwrap_or(&value.name)
            }
            Object::Literal(text, _) => self.text(text),
        }
    }

    /// Returns the number of a paragraph with its document, as tables write it: `c24#2.10`.
    #[must_use]
    pub fn paragraph_reference(&self, paragraph: ParagraphId) -> String {
        let paragraph = self.paragraph(paragraph);
        format!("{}#{}", self.id(paragraph.document), self.text(paragraph.number))
    }

    /// Returns a source as tables write it: `c24#2.10`, or the document alone.
    #[must_use]
    pub fn citation_reference(&self, citation: &Citation) -> String {
        match citation.paragraph {
            Some(paragraph) => self.paragraph_reference(paragraph),
            None => self.id(citation.document).to_owned(),
        }
    }
}

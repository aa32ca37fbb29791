//! What is in a graph: the entities, paragraphs and statements of its store.

use super::KnowledgeGraph;
use crate::model::{
    Attribute, Citation, Entity, EntityId, Object, Paragraph, ParagraphId, PropertyId, Qualifier, Statement,
    StatementId, Symbol,
};

impl KnowledgeGraph {
    /// Returns the text of a symbol. O(1).
    #[must_use]
    #[inline]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.store.text(symbol)
    }

    /// Returns all entities, sorted by id.
    #[must_use]
    #[inline]
    pub fn entities(&self) -> &[Entity] {
        self.store.entities()
    }

    /// Returns the numbers of all entities, in their order.
    pub fn entity_ids(&self) -> impl ExactSizeIterator<Item = EntityId> + Clone + use<> {
        self.store.entity_ids()
    }

    /// Returns an entity. O(1).
    #[must_use]
    #[inline]
    pub fn entity(&self, entity: EntityId) -> &Entity {
        self.store.entity(entity)
    }

    /// Returns the id of an entity. O(1).
    #[must_use]
    #[inline]
    pub fn id(&self, entity: EntityId) -> &str {
        self.store.id(entity)
    }

    /// Returns the entity of that id. O(length of the id).
    #[must_use]
    pub fn entity_by_id(&self, id: &str) -> Option<EntityId> {
        self.store.entity_by_id(id)
    }

    /// Returns the names and other descriptions of an entity.
    #[must_use]
    #[inline]
    pub fn attributes(&self, entity: EntityId) -> &[Attribute] {
        self.store.attributes(entity)
    }

    /// Returns the texts of one of an entity's attributes, with their languages.
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let label = graph.ontology().property_by_name("label").unwrap();
    /// let itu = graph.find("ITU").unwrap();
    /// let languages: Vec<_> = graph.texts_of(itu, label).filter_map(|label| label.language).collect();
    /// assert_eq!(languages.iter().map(|language| language.as_str()).collect::<Vec<_>>(), ["ar", "en", "es", "fr", "ru", "zh"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn texts_of(&self, entity: EntityId, property: PropertyId) -> impl Iterator<Item = &Attribute> {
        self.store.texts_of(entity, property)
    }

    /// Returns the paragraphs that name an entity.
    #[must_use]
    pub fn entity_citations(&self, entity: EntityId) -> &[Citation] {
        self.store.entity_citations(entity)
    }

    /// Returns all paragraphs, sorted by document and order of reading.
    #[must_use]
    #[inline]
    pub fn paragraphs(&self) -> &[Paragraph] {
        self.store.paragraphs()
    }

    /// Returns the numbers of all paragraphs, in their order.
    pub fn paragraph_ids(&self) -> impl ExactSizeIterator<Item = ParagraphId> + Clone + use<> {
        self.store.paragraph_ids()
    }

    /// Returns a paragraph. O(1).
    #[must_use]
    #[inline]
    pub fn paragraph(&self, paragraph: ParagraphId) -> &Paragraph {
        self.store.paragraph(paragraph)
    }

    /// Returns the headings of a paragraph, and the reasons why it states no link.
    #[must_use]
    pub fn paragraph_attributes(&self, paragraph: &Paragraph) -> &[Attribute] {
        self.store.paragraph_attributes(paragraph)
    }

    /// Returns all statements, sorted by subject, property, object and qualifiers.
    #[must_use]
    #[inline]
    pub fn statements(&self) -> &[Statement] {
        self.store.statements()
    }

    /// Returns the numbers of all statements, in their order.
    pub fn statement_ids(&self) -> impl ExactSizeIterator<Item = StatementId> + Clone + use<> {
        self.store.statement_ids()
    }

    /// Returns a statement. O(1).
    #[must_use]
    #[inline]
    pub fn statement(&self, statement: StatementId) -> &Statement {
        self.store.statement(statement)
    }

    /// Returns the numbers of the statements about a subject. O(log n).
    ///
    /// ```
    /// # use rapporteur::{ontology::Ontology, read::Source};
    /// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    /// let itu = graph.find("ITU").unwrap();
    /// for id in graph.statements_of(itu) {
    ///     let statement = graph.statement(id);
    ///     assert_eq!(statement.subject, itu);
    ///     // Every statement cites what says so.
    ///     assert!(!graph.citations(statement).is_empty());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn statements_of(&self, subject: EntityId) -> impl ExactSizeIterator<Item = StatementId> + Clone + use<> {
        self.store.statements_of(subject)
    }

    /// Returns the numbers of the statements about a subject with a property. O(log n).
    pub(crate) fn statements_with(
        &self,
        subject: EntityId,
        property: PropertyId,
    ) -> impl ExactSizeIterator<Item = StatementId> + Clone + use<> {
        self.store.statements_with(subject, property)
    }

    /// Returns the qualifiers of a statement, sorted by property.
    #[must_use]
    #[inline]
    pub fn qualifiers(&self, statement: &Statement) -> &[Qualifier] {
        self.store.qualifiers(statement)
    }

    /// Returns the qualifiers of a statement as they are read: when it begins, when it ends, then the others as they are
    /// kept.
    #[must_use]
    pub(crate) fn qualifiers_as_read(&self, statement: &Statement) -> Vec<Qualifier> {
        let known = self.ontology().known();
        let mut qualifiers = self.qualifiers(statement).to_vec();
        qualifiers.sort_by_key(|qualifier| match qualifier.property {
            property if property == known.start => 0,
            property if property == known.end => 1,
            _ => 2,
        });
        qualifiers
    }

    /// Returns the value of one of a statement's qualifiers, the first if it has several.
    #[must_use]
    pub fn qualifier(&self, statement: &Statement, property: PropertyId) -> Option<Object> {
        self.store.qualifier(statement, property)
    }

    /// Returns the sources of a statement, sorted by document and order of reading.
    #[must_use]
    #[inline]
    pub fn citations(&self, statement: &Statement) -> &[Citation] {
        self.store.citations(statement)
    }
}

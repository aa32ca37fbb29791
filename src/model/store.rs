//! All entities and statements of a data set: flat arrays, read through ranges.
//!
//! Filled by [`link`](mod@crate::link) and never changed afterwards.

use std::ops::Range;

use super::{
    Attribute, Citation, Entity, EntityId, Interner, Object, Paragraph, ParagraphId, PropertyId, Qualifier, Statement,
    StatementId, Symbol,
};

/// Entities, paragraphs and statements in the order of the output, naming each other by number.
#[derive(Debug, Default)]
pub struct StatementStore {
    /// All text. The ids come first, in the order of the entities.
    pub(crate) texts: Interner,
    /// Sorted by id.
    pub(crate) entities: Vec<Entity>,
    /// Sorted by document and order of reading.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Sorted by subject, property, object and qualifiers.
    pub(crate) statements: Vec<Statement>,
    /// Of entities, then of paragraphs.
    pub(crate) attributes: Vec<Attribute>,
    /// Of statements.
    pub(crate) qualifiers: Vec<Qualifier>,
    /// Of entities, then of statements.
    pub(crate) citations: Vec<Citation>,
    /// What is named in rows that could not be placed.
    pub(crate) spared: Spared,
}

/// What is named in rows that could not be placed, sorted: what it lacks for that is not told.
#[derive(Debug, Default)]
pub(crate) struct Spared {
    /// Entities that may be linked there.
    pub(crate) links: Vec<EntityId>,
    /// Entities of which a date or a status may stand there.
    pub(crate) dates: Vec<EntityId>,
    /// Paragraphs that are cited there.
    pub(crate) paragraphs: Vec<ParagraphId>,
}

impl Spared {
    pub(crate) fn sorted(mut self) -> Self {
        for entities in [&mut self.links, &mut self.dates] {
            entities.sort_unstable();
            entities.dedup();
        }
        self.paragraphs.sort_unstable();
        self.paragraphs.dedup();
        self
    }
}

impl StatementStore {
    /// Returns the text of a symbol. O(1).
    #[must_use]
    #[inline]
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        self.texts.text(symbol)
    }

    /// Returns all entities, sorted by id.
    #[must_use]
    pub(crate) fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Returns the numbers of all entities, in their order.
    pub(crate) fn entity_ids(&self) -> impl ExactSizeIterator<Item = EntityId> + Clone + use<> {
        (0..number(self.entities.len())).map(EntityId::new)
    }

    /// Returns an entity. O(1).
    #[must_use]
    #[inline]
    pub(crate) fn entity(&self, entity: EntityId) -> &Entity {
        &self.entities[entity.index()]
    }

    /// Returns the id of an entity. O(1).
    #[must_use]
    #[inline]
    pub(crate) fn id(&self, entity: EntityId) -> &str {
        // Ids are interned before all else, in the order of the entities.
        self.text(Symbol::new(entity.number()))
    }

    /// Returns the entity of that id. O(length of the id).
    #[must_use]
    pub(crate) fn entity_by_id(&self, id: &str) -> Option<EntityId> {
        self.entity_of(self.texts.symbol(id)?)
    }

    /// Returns the entities of many ids, sooner than one by one. O(length of all).
    pub(crate) fn entities_by_id<T: AsRef<str>>(&self, ids: &[T]) -> Vec<Option<EntityId>> {
        let symbols = self.texts.symbols(ids).into_iter();
        symbols.map(|symbol| symbol.and_then(|symbol| self.entity_of(symbol))).collect()
    }

    /// The entity whose id is that text.
    fn entity_of(&self, symbol: Symbol) -> Option<EntityId> {
        (symbol.index() < self.entities.len()).then(|| EntityId::new(symbol.number()))
    }

    /// Returns the names and other descriptions of an entity.
    #[must_use]
    #[inline]
    pub(crate) fn attributes(&self, entity: EntityId) -> &[Attribute] {
        slice(&self.attributes, &self.entity(entity).attributes)
    }

    /// Returns the texts of one of an entity's attributes, with their languages.
    pub(crate) fn texts_of(&self, entity: EntityId, property: PropertyId) -> impl Iterator<Item = &Attribute> {
        self.attributes(entity).iter().filter(move |attribute| attribute.property == property)
    }

    /// Returns the paragraphs that name an entity.
    #[must_use]
    pub(crate) fn entity_citations(&self, entity: EntityId) -> &[Citation] {
        slice(&self.citations, &self.entity(entity).citations)
    }

    /// Returns all paragraphs, sorted by document and order of reading.
    #[must_use]
    pub(crate) fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Returns the numbers of all paragraphs, in their order.
    pub(crate) fn paragraph_ids(&self) -> impl ExactSizeIterator<Item = ParagraphId> + Clone + use<> {
        (0..number(self.paragraphs.len())).map(ParagraphId::new)
    }

    /// Returns a paragraph. O(1).
    #[must_use]
    #[inline]
    pub(crate) fn paragraph(&self, paragraph: ParagraphId) -> &Paragraph {
        &self.paragraphs[paragraph.index()]
    }

    /// Returns the headings of a paragraph, and the reasons why it states no link.
    #[must_use]
    pub(crate) fn paragraph_attributes(&self, paragraph: &Paragraph) -> &[Attribute] {
        slice(&self.attributes, &paragraph.attributes)
    }

    /// Returns all statements, sorted by subject, property, object and qualifiers.
    #[must_use]
    pub(crate) fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Returns the numbers of all statements, in their order.
    pub(crate) fn statement_ids(&self) -> impl ExactSizeIterator<Item = StatementId> + Clone + use<> {
        (0..number(self.statements.len())).map(StatementId::new)
    }

    /// Returns a statement. O(1).
    #[must_use]
    #[inline]
    pub(crate) fn statement(&self, statement: StatementId) -> &Statement {
        &self.statements[statement.index()]
    }

    /// Returns the numbers of the statements about a subject. O(log n).
    pub(crate) fn statements_of(
        &self,
        subject: EntityId,
    ) -> impl ExactSizeIterator<Item = StatementId> + Clone + use<> {
        let start = self.statements.partition_point(|statement| statement.subject < subject);
        let count = self.statements[start..].partition_point(|statement| statement.subject == subject);
        (number(start)..number(start + count)).map(StatementId::new)
    }

    /// Returns the numbers of the statements about a subject with a property. O(log n).
    pub(crate) fn statements_with(
        &self,
        subject: EntityId,
        property: PropertyId,
    ) -> impl ExactSizeIterator<Item = StatementId> + Clone + use<> {
        let key = |statement: &Statement| (statement.subject, statement.property);
        let start = self.statements.partition_point(|statement| key(statement) < (subject, property));
        let count = self.statements[start..].partition_point(|statement| key(statement) == (subject, property));
        (number(start)..number(start + count)).map(StatementId::new)
    }

    /// Returns the qualifiers of a statement, sorted by property.
    #[must_use]
    #[inline]
    pub(crate) fn qualifiers(&self, statement: &Statement) -> &[Qualifier] {
        slice(&self.qualifiers, &statement.qualifiers)
    }

    /// Returns the value of one of a statement's qualifiers, the first if it has several.
    #[must_use]
    pub(crate) fn qualifier(&self, statement: &Statement, property: PropertyId) -> Option<Object> {
        self.qualifiers(statement)
            .iter()
            .find(|qualifier| qualifier.property == property)
            .map(|qualifier| qualifier.value)
    }

    /// Returns the sources of all entities and statements, each list once that several share.
    pub(crate) fn all_citations(&self) -> &[Citation] {
        &self.citations
    }

    /// Returns the sources of all statements, each list once that several share. O(entities).
    pub(crate) fn statement_citations(&self) -> &[Citation] {
        // Those of entities stand before them.
        let start = self.entities.iter().map(|entity| entity.citations.end).max().unwrap_or_default();
        &self.citations[start as usize..]
    }

    /// Returns the sources of a statement, sorted by document and order of reading.
    #[must_use]
    #[inline]
    pub(crate) fn citations(&self, statement: &Statement) -> &[Citation] {
        slice(&self.citations, &statement.citations)
    }
}

/// A position in one of the arrays.
fn number(index: usize) -> u32 {
    #[expect(clippy::expect_used, reason = "a cell takes at least a byte of a table of at most 4 GiB")]
    u32::try_from(index).expect("fewer than 2^32 values")
}

fn slice<'a, T>(all: &'a [T], range: &Range<u32>) -> &'a [T] {
    &all[range.start as usize..range.end as usize]
}

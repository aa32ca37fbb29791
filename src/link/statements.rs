//! Statements, from the rows of entities and from tables of their own.

use std::ops::Range;

use super::entities::did_you_mean;
use super::{Chunk, Linker, Worker, index, later, order};
use crate::finding::Code;
use crate::model::{Citation, EntityId, Interner, Language, Object, Place, PropertyId, Qualifier, Rank, Statement};
use crate::ontology::{Column, HeaderError, PropertyKind};
use crate::read::{Table, TableKind};

/// Statements in the order in which they are read, with their qualifiers and citations.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) statements: Vec<Statement>,
    pub(super) qualifiers: Vec<Qualifier>,
    pub(super) citations: Vec<Citation>,
    /// The texts of literals.
    pub(super) texts: Interner,
}

impl Drafts {
    fn with_capacity(rows: usize) -> Self {
        Self {
            statements: Vec::with_capacity(rows),
            qualifiers: Vec::with_capacity(rows),
            citations: Vec::with_capacity(rows),
            texts: Interner::default(),
        }
    }

    fn push(&mut self, mut statement: Statement, qualifiers: &[Qualifier], citations: &[Citation]) {
        let start = self.qualifiers.len();
        self.qualifiers.extend_from_slice(qualifiers);
        statement.qualifiers = index(start)..index(self.qualifiers.len());
        let start = self.citations.len();
        self.citations.extend_from_slice(citations);
        statement.citations = index(start)..index(self.citations.len());
        self.statements.push(statement);
    }

    /// Appends those of a chunk and the texts of its literals.
    fn append(&mut self, chunk: Self, texts: &Interner) {
        let symbols = self.texts.intern_all(texts);
        let ours = |value: Object| match value {
            Object::Literal(text, language) => Object::Literal(symbols[text.index()], language),
            Object::Entity(_) | Object::Value(_) => value,
        };
        let (qualifiers, citations) = (index(self.qualifiers.len()), index(self.citations.len()));
        self.statements.extend(chunk.statements.into_iter().map(|statement| Statement {
            object: ours(statement.object),
            qualifiers: later(&statement.qualifiers, qualifiers),
            citations: later(&statement.citations, citations),
            ..statement
        }));
        let ours = |qualifier: Qualifier| Qualifier { value: ours(qualifier.value), ..qualifier };
        self.qualifiers.extend(chunk.qualifiers.into_iter().map(ours));
        self.citations.extend(chunk.citations);
    }
}

/// The columns of a table of statements.
struct Columns {
    subject: u16,
    property: u16,
    object: u16,
    rank: Option<u16>,
    source: Option<u16>,
    qualifiers: Vec<(u16, PropertyId, Option<Language>)>,
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        let qualifiers = (0..).zip(table.columns()).filter_map(|(number, column)| match column {
            Some(Column::Term(property, language)) => Some((number, *property, *language)),
            _ => None,
        });
        Some(Self {
            subject: table.column(Column::Subject)?,
            property: table.column(Column::Property)?,
            object: table.column(Column::Object)?,
            rank: table.column(Column::Rank),
            source: table.column(Column::Source),
            qualifiers: qualifiers.collect(),
        })
    }
}

/// Where statements are read from: the rows of entities by the entities' numbers, or rows of statements.
enum Rows {
    Entities(Range<u32>),
    Statements(Chunk),
}

impl Linker<'_> {
    /// Reads the sources of each entity, the statements in its row, and the tables of statements.
    pub(super) fn read_statements(&mut self) -> Drafts {
        let entities = self.linked.entities.len();
        let chunks = self.chunks(TableKind::Statements);
        let all = entities + chunks.iter().map(|chunk| chunk.rows.len()).sum::<usize>();
        let rows = self.split(index(entities)).map(Rows::Entities);
        let rows: Vec<_> = rows.chain(chunks.into_iter().map(Rows::Statements)).collect();
        let work = |worker: &mut Worker<'_>, rows: &Rows| {
            let mut drafts = Drafts::default();
            let cited = match rows {
                Rows::Entities(numbers) => worker.cite_entities(numbers.clone(), &mut drafts),
                Rows::Statements(chunk) => {
                    worker.read_chunk(chunk, &mut drafts);
                    Cited::default()
                }
            };
            order::sort(&mut drafts, &worker.texts);
            (drafts, cited)
        };
        // Room for a statement in each row, with a qualifier and a source: growing would leave holes behind.
        let mut drafts = Drafts::with_capacity(all);
        let mut cited = (Vec::with_capacity(all), Vec::with_capacity(entities));
        self.work(&rows, work, |(chunk, (citations, ranges)), texts| {
            let start = index(cited.0.len());
            cited.0.extend(citations);
            cited.1.extend(ranges.iter().map(|range| later(range, start)));
            drafts.append(chunk, texts);
        });
        for (range, entity) in cited.1.into_iter().zip(&mut self.linked.entities) {
            entity.citations = range;
        }
        self.linked.citations = cited.0;
        drafts
    }
}

/// The sources of entities, and for each entity the range of its own.
type Cited = (Vec<Citation>, Vec<Range<u32>>);

impl Worker<'_> {
    /// Reads the sources of entities, and the statements in their rows.
    fn cite_entities(&mut self, numbers: Range<u32>, drafts: &mut Drafts) -> Cited {
        let ontology = self.ontology;
        let mut cited = Cited::default();
        for subject in numbers.map(EntityId) {
            let place = self.linked.entity(subject).place;
            let (table, row) = (self.table(place.table), place.row);
            let citations = self.citations(table, place, table.column(Column::Source));
            for (column, meaning) in (0..).zip(table.columns()) {
                let Some(Column::Term(property, language)) = *meaning else { continue };
                if ontology.property(property).kind != PropertyKind::Claim {
                    continue;
                }
                for (value, text) in table.values(row, column) {
                    let place = Place { column, value, ..place };
                    if let Some(object) = self.object(property, language, &text, place) {
                        let (subject, property, object) = self.in_kept_direction(subject, property, object);
                        let rank = Rank::default();
                        drafts.push(
                            Statement { subject, property, object, rank, qualifiers: 0..0, citations: 0..0, place },
                            &[],
                            &citations,
                        );
                    }
                }
            }
            let start = index(cited.0.len());
            cited.0.extend(citations);
            cited.1.push(start..index(cited.0.len()));
        }
        cited
    }

    /// Reads rows of a table of statements.
    fn read_chunk(&mut self, chunk: &Chunk, drafts: &mut Drafts) {
        let table = self.table(chunk.table);
        let Some(columns) = Columns::of(table) else { return };
        for row in chunk.rows.clone() {
            self.read_statement(table, Place::row(chunk.table, row), &columns, drafts);
        }
    }

    fn read_statement(&mut self, table: &Table, place: Place, columns: &Columns, drafts: &mut Drafts) {
        let property = self.property(table, place.at(columns.property));
        let subject = self.filled(table, place.at(columns.subject), "a statement without a subject");
        let subject = subject.and_then(|text| self.entity(&text, place.at(columns.subject)));
        let object = self.filled(table, place.at(columns.object), "a statement without an object");
        let object = object.and_then(|text| {
            let (property, language) = property?;
            self.object(property, language, &text, place.at(columns.object))
        });
        let rank = self.rank(table, place, columns.rank);
        let citations = self.citations(table, place, columns.source);
        let mut qualifiers = Vec::new();
        for &(column, property, language) in &columns.qualifiers {
            for (value, text) in table.values(place.row, column) {
                let place = Place { column, value, ..place };
                qualifiers
                    .extend(self.object(property, language, &text, place).map(|value| Qualifier { property, value }));
            }
        }
        if let (Some(subject), Some((property, _)), Some(object), Some(rank)) = (subject, property, object, rank) {
            let (subject, property, object) = self.in_kept_direction(subject, property, object);
            let statement = Statement { subject, property, object, rank, qualifiers: 0..0, citations: 0..0, place };
            drafts.push(statement, &qualifiers, &citations);
        }
    }

    /// A statement with an inverse, such as ledBy, turned to the direction in which the graph keeps it.
    fn in_kept_direction(
        &self,
        subject: EntityId,
        property: PropertyId,
        object: Object,
    ) -> (EntityId, PropertyId, Object) {
        match (self.ontology.property(property).written_as, object) {
            (Some(kept), Object::Entity(object)) => (object, kept, Object::Entity(subject)),
            (_, object) => (subject, property, object),
        }
    }

    fn filled<'t>(&mut self, table: &'t Table, place: Place, message: &str) -> Option<std::borrow::Cow<'t, str>> {
        let text = table.cell(place.row, place.column);
        if text.is_empty() {
            let finding = self.finding(Code::EmptyCell, place, message);
            self.report(finding.help("fill the cell, or take the row out"));
            return None;
        }
        Some(text)
    }

    fn property(&mut self, table: &Table, place: Place) -> Option<(PropertyId, Option<Language>)> {
        let text = self.filled(table, place, "a statement without a property")?;
        let error = match self.ontology.tagged_property(&text) {
            Ok((property, _)) if self.ontology.is_qualifier(property) => {
                let finding =
                    self.finding(Code::UnknownProperty, place, format!("`{text}` is a qualifier, not a property"));
                self.report(finding.help("say it of a statement, in a column of that name"));
                return None;
            }
            Ok(found) => return Some(found),
            Err(error) => error,
        };
        let finding = match &error {
            HeaderError::Unknown { name, nearest } => self
                .finding(Code::UnknownProperty, place, format!("unknown property `{name}`"))
                .help(did_you_mean(nearest, "see the properties in the documentation of the data format")),
            HeaderError::Language(_) | HeaderError::LanguageMissing(_) | HeaderError::LanguageUnused(_) => {
                self.finding(Code::InvalidLanguage, place, error.to_string())
            }
        };
        self.report(finding);
        None
    }

    fn rank(&mut self, table: &Table, place: Place, column: Option<u16>) -> Option<Rank> {
        let Some(column) = column else { return Some(Rank::default()) };
        let text = table.cell(place.row, column);
        if text.is_empty() {
            return Some(Rank::default());
        }
        let rank = Rank::from_name(&text);
        if rank.is_none() {
            let finding = self.finding(Code::InvalidRank, place.at(column), format!("`{text}` is not a rank"));
            self.report(finding.help("write preferred, normal or deprecated; an empty cell means normal"));
        }
        rank
    }
}

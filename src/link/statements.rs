//! Statements, from the rows of entities and from tables of their own.

use std::mem::take;
use std::ops::Range;

use super::ahead::{Ahead, blocks};
use super::drafts::Drafts;
use super::reference::suggestible;
use super::{Chunk, Linker, Unknown, Worker, index, later, order};
use crate::finding::Code;
use crate::model::{
    Citation, EntityId, Interner, Language, Object, Place, PropertyId, Qualifier, Rank, Statement, visible,
};
use crate::ontology::{self, Column, HeaderError, PropertyKind};
use crate::read::{Table, TableKind};

/// The columns of a table of statements.
struct Columns {
    subject: u16,
    property: u16,
    object: u16,
    rank: Option<u16>,
    qualifiers: Vec<(u16, PropertyId, Option<Language>)>,
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        let qualifiers = (0..).zip(table.columns()).filter_map(|(number, column)| {
            if let Some(Column::Term(property, language)) = column {
                Some((number, *property, *language))
            } else {
                None
            }
        });
        Some(Self {
            subject: table.column(Column::Subject)?,
            property: table.column(Column::Property)?,
            object: table.column(Column::Object)?,
            rank: table.column(Column::Rank),
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
    /// Reads the sources of each entity, the statements in its row, and the tables of statements: chunks, each sorted.
    pub(super) fn read_statements(&mut self) -> Vec<Drafts> {
        let entities = self.linked.entities.len();
        let rows = self.split(index(entities)).map(Rows::Entities);
        let rows: Vec<_> = rows.chain(self.chunks(TableKind::Statements).into_iter().map(Rows::Statements)).collect();
        let work = |worker: &mut Worker<'_>, rows: &Rows| {
            let (mut drafts, cited) = match rows {
                Rows::Entities(numbers) => worker.cite_entities(numbers.clone()),
                Rows::Statements(chunk) => (worker.read_chunk(chunk), Cited::default()),
            };
            drafts.texts = take(&mut worker.texts);
            order::sort(&mut drafts);
            (drafts, cited)
        };
        let mut chunks = Vec::with_capacity(rows.len());
        let mut cited = (Vec::with_capacity(entities), Vec::with_capacity(entities));
        // The texts of literals will stand behind those there are.
        let (mut literals, shift) = (Interner::default(), self.linked.texts.strings());
        self.work(&rows, work, |(drafts, (citations, ranges)), _| {
            let start = index(cited.0.len());
            cited.0.extend(citations);
            cited.1.extend(ranges.iter().map(|range| later(range, start)));
            chunks.push(drafts.in_texts_of(&mut literals, shift));
        });
        self.linked.texts.push_all(&literals);
        for (range, entity) in cited.1.into_iter().zip(&mut self.linked.entities) {
            entity.citations = range;
        }
        self.linked.citations = cited.0;
        chunks
    }
}

/// The sources of entities, and for each entity the range of its own.
type Cited = (Vec<Citation>, Vec<Range<u32>>);

impl Worker<'_> {
    /// Reads the sources of entities, and the statements in their rows.
    fn cite_entities(&mut self, numbers: Range<u32>) -> (Drafts, Cited) {
        let ontology = self.ontology;
        let (mut drafts, mut cited) = (Drafts::with_capacity(numbers.len()), Cited::default());
        for numbers in blocks(numbers) {
            let places = numbers.clone().map(|number| self.linked.entity(EntityId::new(number)).place);
            let places: Vec<_> = places.collect();
            let sources = self.sources_ahead(&places);
            for ((subject, place), source) in numbers.map(EntityId::new).zip(places).zip(sources) {
                let (table, row) = (self.table(place.table), place.row);
                let start = cited.0.len();
                if table.only_names() {
                    cited.1.push(index(start)..index(start));
                    continue;
                }
                self.subject = Some(subject);
                self.cite(table, place, source, &mut cited.0);
                let mut shared = None;
                for (column, meaning) in (0..).zip(table.columns()) {
                    let Some(Column::Term(property, language)) = *meaning else { continue };
                    if ontology.property(property).kind != PropertyKind::Claim {
                        continue;
                    }
                    for (value, text) in table.values(row, column) {
                        let place = Place { column, value, ..place };
                        let object = self.object(property, language, &text, place);
                        if object.is_none() {
                            self.lose(place, Some(property));
                        }
                        if let Some(object) = object {
                            let (subject, property, object) = self.in_kept_direction(subject, property, object);
                            let rank = Rank::default();
                            let citations = shared.get_or_insert_with(|| drafts.cite(&cited.0[start..])).clone();
                            drafts.push(
                                Statement { subject, property, object, rank, qualifiers: 0..0, citations, place },
                                &[],
                            );
                        }
                    }
                }
                cited.1.push(index(start)..index(cited.0.len()));
            }
        }
        (drafts, cited)
    }

    /// Reads rows of a table of statements.
    fn read_chunk(&mut self, chunk: &Chunk) -> Drafts {
        let table = self.table(chunk.table);
        let Some(columns) = Columns::of(table) else { return Drafts::default() };
        let mut drafts = Drafts::with_capacity(chunk.rows.len());
        for rows in blocks(chunk.rows.clone()) {
            let places: Vec<_> = rows.map(|row| Place::row(chunk.table, row)).collect();
            let mut subjects = self.ids_ahead(&places, columns.subject);
            let mut objects = self.ids_ahead(&places, columns.object);
            for (found, column) in [(&mut subjects, columns.subject), (&mut objects, columns.object)] {
                if table.reference(column).class.is_some() {
                    // An id of another class is not the one that is meant.
                    found.fill(None);
                }
            }
            let sources = self.sources_ahead(&places);
            for (((place, subject), object), source) in places.iter().zip(subjects).zip(objects).zip(sources) {
                self.read_statement(table, *place, &columns, Ahead { subject, object, source }, &mut drafts);
            }
        }
        drafts
    }

    fn read_statement(&mut self, table: &Table, place: Place, columns: &Columns, ahead: Ahead, drafts: &mut Drafts) {
        let property = self.property(table, place.at(columns.property));
        let subject = ahead.subject.or_else(|| {
            let text = self.filled(table, place.at(columns.subject), "a statement without a subject")?;
            self.entity(&text, place.at(columns.subject))
        });
        let is_link = |property| matches!(self.ontology.property(property).range, ontology::Range::Entity(_));
        let object = if let (Some((property, _)), Some(object)) = (property, ahead.object)
            && is_link(property)
        {
            Some(Object::Entity(object))
        } else {
            let object = self.filled(table, place.at(columns.object), "a statement without an object");
            object.and_then(|text| {
                let (property, language) = property?;
                self.object(property, language, &text, place.at(columns.object))
            })
        };
        let rank = self.rank(table, place, columns.rank);
        let (mut qualifiers, mut citations) = (take(&mut self.qualifiers), take(&mut self.citations));
        self.cite(table, place, ahead.source, &mut citations);
        for &(column, property, language) in &columns.qualifiers {
            for (value, text) in table.values(place.row, column) {
                let place = Place { column, value, ..place };
                let value = self.object(property, language, &text, place);
                if value.is_none() && matches!(self.ontology.property(property).range, ontology::Range::Entity(_)) {
                    self.lose(place, Some(property));
                }
                qualifiers.extend(value.map(|value| Qualifier { property, value }));
            }
        }
        if let (Some(subject), Some((property, _)), Some(object), Some(rank)) = (subject, property, object, rank) {
            let (subject, property, object) = self.in_kept_direction(subject, property, object);
            let citations = drafts.cite(&citations);
            let statement = Statement { subject, property, object, rank, qualifiers: 0..0, citations, place };
            drafts.push(statement, &qualifiers);
        } else {
            self.lose(place, property.map(|(property, _)| property));
        }
        qualifiers.clear();
        citations.clear();
        (self.qualifiers, self.citations) = (qualifiers, citations);
    }

    /// Turns a statement with an inverse property, such as ledBy, to the direction that the graph keeps.
    fn in_kept_direction(
        &self,
        subject: EntityId,
        property: PropertyId,
        object: Object,
    ) -> (EntityId, PropertyId, Object) {
        match (self.ontology.property(property).written_as, object) {
            (Some(kept), Object::Entity(object)) => (object, kept, Object::Entity(subject)),
            (None, Object::Entity(_)) | (_, Object::Value(_) | Object::Literal(..)) => (subject, property, object),
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

    pub(super) fn property(&mut self, table: &Table, place: Place) -> Option<(PropertyId, Option<Language>)> {
        let text = self.filled(table, place, "a statement without a property")?;
        let error = match self.ontology.tagged_property(&text, &self.dataset.config.languages) {
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
            HeaderError::Unknown { name, .. } => {
                let finding = self.finding(Code::UnknownProperty, place, format!("unknown property `{name}`"));
                let kept = self.findings.keep(finding);
                self.leave(kept, Unknown::Property(suggestible(name)));
                return None;
            }
            HeaderError::Ambiguous { candidates, .. } => {
                self.report_ambiguous(&text, candidates, place);
                return None;
            }
            HeaderError::Language(_) | HeaderError::LanguageMissing(_) | HeaderError::LanguageUnused(_) => {
                self.finding(Code::InvalidLanguage, place, error.to_string())
            }
        };
        self.report(finding);
        None
    }

    pub(super) fn rank(&mut self, table: &Table, place: Place, column: Option<u16>) -> Option<Rank> {
        let Some(column) = column else { return Some(Rank::default()) };
        let text = table.cell(place.row, column);
        if text.is_empty() {
            return Some(Rank::default());
        }
        let rank = Rank::from_name(&visible(&text)).or_else(|| self.rank_called(&text));
        if rank.is_none() {
            let finding = self.finding(Code::InvalidRank, place.at(column), format!("`{text}` is not a rank"));
            self.report(finding.help("write preferred, normal or deprecated; an empty cell means normal"));
        }
        rank
    }

    /// The rank of that label.
    fn rank_called(&self, word: &str) -> Option<Rank> {
        let class = self.ontology.class_by_name("Rank")?;
        let value = self.ontology.value_meant(word, class, &self.dataset.config.languages).ok()?;
        Rank::from_name(&self.ontology.value(value).name)
    }
}

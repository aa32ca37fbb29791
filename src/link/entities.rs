//! The rows that declare entities: ids, classes, names.

use super::Linker;
use crate::finding::Code;
use crate::model::{Attribute, ClassId, Entity, EntityId, Place, Symbol};
use crate::ontology::{Column, PropertyKind, nearest};
use crate::read::{Table, TableKind};

/// For each entity the table and row that declare it.
pub(super) type Rows = Vec<(u16, u32)>;

impl Linker<'_> {
    /// Reads ids and classes, and numbers the entities by their ids.
    pub(super) fn declare_entities(&mut self) -> Rows {
        let mut entities = Vec::new();
        let dataset = self.dataset;
        for (number, table) in tables(dataset, TableKind::Entities) {
            let id = table.column(Column::Id);
            let class = table.column(Column::Class);
            for row in 0..table.rows() {
                let place = Place::row(number, row);
                let id = self.id(table, place, id);
                let class = self.class(table, place, class);
                if let (Some(id), Some(class)) = (id, class) {
                    let id = self.linked.texts.intern(&id);
                    entities.push(Entity { id, class, attributes: 0..0, citations: 0..0, place });
                }
            }
        }
        let texts = &self.linked.texts;
        entities.sort_by(|a, b| texts.text(a.id).cmp(texts.text(b.id)).then(a.place.cmp(&b.place)));
        self.linked.entities = self.without_duplicates(entities);
        self.linked.ids.fill(&self.linked.entities);
        self.linked.entities.iter().map(|entity| (entity.place.table, entity.place.row)).collect()
    }

    fn id(&mut self, table: &Table, place: Place, column: Option<u16>) -> Option<String> {
        let place = place.at(column?);
        let id = table.cell(place.row, place.column);
        if id.is_empty() {
            let finding = self.finding(Code::EmptyCell, place, "an entity without an id");
            self.report(finding.help("give the row an id of its own, such as a short name in lower case"));
            return None;
        }
        if let Some(wrong) = id.chars().find(|&c| !is_id_character(c)) {
            let finding =
                self.finding(Code::InvalidId, place, format!("the id `{id}` contains `{}`", wrong.escape_debug()));
            self.report(
                finding.help("use letters, digits, `-`, `_`, `.` and `~` only: ids become part of IRIs").about(id),
            );
            return None;
        }
        if id.ends_with('.') {
            let finding = self.finding(Code::InvalidId, place, format!("the id `{id}` ends with a dot"));
            self.report(finding.help("take the dot away: readers of IRIs and of Turtle stumble over it").about(id));
            return None;
        }
        Some(id.into_owned())
    }

    fn class(&mut self, table: &Table, place: Place, column: Option<u16>) -> Option<ClassId> {
        let place = place.at(column?);
        let name = table.cell(place.row, place.column);
        if name.is_empty() {
            let finding = self.finding(Code::EmptyCell, place, "an entity without a class");
            self.report(finding.help("name a class of the ontology, such as `Organization`"));
            return None;
        }
        let entity = self.ontology.class_by_name("Entity");
        let found = self.ontology.class_by_name(&name);
        let found = found.filter(|&class| entity.is_none_or(|entity| self.ontology.is_a(class, entity)));
        if found.is_none() {
            let names = self.ontology.classes().iter().map(|class| class.name.as_str());
            let near = nearest(&name, names, 3);
            let finding = self.finding(Code::UnknownClass, place, format!("unknown class `{name}`"));
            self.report(finding.help(did_you_mean(&near, "see the classes in the documentation of the data format")));
        }
        found
    }

    fn without_duplicates(&mut self, sorted: Vec<Entity>) -> Vec<Entity> {
        let mut kept: Vec<Entity> = Vec::with_capacity(sorted.len());
        for entity in sorted {
            let Some(first) = kept.last().filter(|first| first.id == entity.id) else {
                kept.push(entity);
                continue;
            };
            let id = self.linked.texts.text(entity.id).to_owned();
            let column = self.column_of(entity.place, Column::Id);
            let earlier = self.dataset.locate(first.place.at(self.column_of(first.place, Column::Id)));
            let finding =
                self.finding(Code::DuplicateId, entity.place.at(column), format!("the id `{id}` is already declared"));
            self.report(
                finding.help(format!("it is declared first at {earlier}; give one of them another id")).about(id),
            );
        }
        kept
    }

    fn column_of(&self, place: Place, wanted: Column) -> u16 {
        self.dataset.tables[usize::from(place.table)].column(wanted).unwrap_or(Place::WHOLE_ROW)
    }

    /// Reads the names and other annotations of each entity.
    pub(super) fn describe_entities(&mut self, rows: &Rows) {
        for (number, &(table, row)) in rows.iter().enumerate() {
            self.linked.entities[number].attributes = self.annotations(Place::row(table, row));
        }
    }

    /// Reads the annotations of a row.
    pub(super) fn annotations(&mut self, row: Place) -> std::ops::Range<u32> {
        let table = &self.dataset.tables[usize::from(row.table)];
        let start = self.linked.attributes.len();
        for (column, meaning) in (0..).zip(table.columns()) {
            let Some(Column::Term(property, language)) = *meaning else { continue };
            if self.ontology.property(property).kind != PropertyKind::Annotation {
                continue;
            }
            for (value, text) in table.values(row.row, column) {
                let place = Place { column, value, ..row };
                if let Some(text) = self.literal(property, &text, place) {
                    self.linked.attributes.push(Attribute { property, text, language, place });
                }
            }
        }
        // Several names of one kind keep the order of their cell: the first is the one to show.
        self.linked.attributes[start..]
            .sort_by_key(|attribute| (attribute.property, attribute.language, attribute.place.value));
        index(start)..index(self.linked.attributes.len())
    }
}

/// Returns the tables of a kind with their numbers.
pub(super) fn tables(dataset: &crate::read::Dataset, kind: TableKind) -> impl Iterator<Item = (u16, &Table)> {
    (0..).zip(&dataset.tables).filter(move |(_, table)| table.kind() == kind)
}

/// A position in one of the flat arrays.
pub(super) fn index(length: usize) -> u32 {
    #[expect(clippy::expect_used, reason = "a cell takes at least a byte of a table of at most 4 GiB")]
    u32::try_from(length).expect("fewer than 2^32 values")
}

/// Help that names the nearest words, or says what else to do.
pub(super) fn did_you_mean(near: &[String], otherwise: &str) -> String {
    if near.is_empty() {
        return otherwise.to_owned();
    }
    let quoted: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
    format!("did you mean {}?", quoted.join(" or "))
}

/// Characters that stand for themselves in a segment of an IRI's path: letters of any script, digits, `-._~`.
fn is_id_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~')
}

impl super::Ids {
    fn fill(&mut self, entities: &[Entity]) {
        let length = entities.iter().map(|entity| entity.id.index() + 1).max().unwrap_or_default();
        self.by_symbol = vec![None; length];
        for (number, entity) in (0..).map(EntityId).zip(entities) {
            self.by_symbol[entity.id.index()] = Some(number);
        }
    }

    /// Returns the entity whose id has that symbol. O(1).
    pub(crate) fn get(&self, id: Symbol) -> Option<EntityId> {
        self.by_symbol.get(id.index()).copied().flatten()
    }
}

//! The rows that declare entities: ids, classes, names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;

use super::lost::Lost;
use super::reference::help_for_class;
use super::{Chunk, Linker, Worker, index, later};
use crate::finding::{Code, Finding, MOST_KEPT};
use crate::model::{
    Attribute, ClassId, Entity, Interner, Place, StatementStore, is_id_character, is_invisible, visible,
};
use crate::ontology::{Column, Ontology, PropertyKind, WordError};
use crate::read::{Dataset, Table, TableKind};

/// A row that declares an entity.
struct Declared<'a> {
    id: Cow<'a, str>,
    /// How the id begins, zeros after its end: it tells most ids apart without a look at the text of their table.
    start: u128,
    class: ClassId,
    place: Place,
}

/// By table and word, the finding that a class is wrong where it first stands, and in how many rows it does.
pub(super) type WrongClasses = BTreeMap<(u16, String), (Finding, usize)>;

/// What a finding is about that is told of each row of a part, and of all rows of the whole together.
pub(crate) const IN_ROWS: &str = "\u{1F}rows";

/// For how many wrong classes in a chunk of rows one is looked for that is like them.
const MOST_SUGGESTED: usize = 100;

/// Attributes, and for each row or entity the range of its own.
pub(super) type Annotations = (Vec<Attribute>, Vec<Range<u32>>);

impl<'a> Linker<'a> {
    /// Reads ids and classes, and numbers the entities by their ids.
    ///
    /// The symbol of an id has the number of its entity: ids are interned first, in the order of the entities.
    pub(super) fn declare_entities(&mut self) {
        let chunks = self.chunks(TableKind::Entities);
        let dataset = self.dataset;
        let mut declared = Vec::with_capacity(chunks.iter().map(|chunk| chunk.rows.len()).sum());
        let mut wrong = WrongClasses::new();
        self.work(
            &chunks,
            |worker, chunk| worker.declared(dataset, chunk),
            |(chunk, more), _| {
                declared.extend(chunk);
                for (word, (finding, rows)) in more {
                    wrong.entry(word).or_insert((finding, 0)).1 += rows;
                }
            },
        );
        if !self.dataset.is_part() {
            self.findings.extend(wrong.into_values().map(in_rows));
        }
        // Each chunk is sorted, and a stable sort makes use of that.
        declared.sort_by(Declared::compare);
        declared.dedup_by(|again, first| {
            let same = again.start == first.start && again.id == first.id;
            if same {
                self.report_duplicate(again, first);
            }
            same
        });
        let bytes = declared.iter().map(|entity| entity.id.len()).sum();
        self.linked.texts.reserve(declared.len(), bytes);
        self.linked.entities = declared
            .iter()
            .map(|&Declared { ref id, class, place, .. }| {
                self.linked.texts.intern(id);
                Entity { class, attributes: 0..0, citations: 0..0, place }
            })
            .collect();
    }

    fn report_duplicate(&mut self, again: &Declared<'a>, first: &Declared<'a>) {
        let place = |entity: &Declared<'_>| entity.place.at(self.column_of(entity.place, Column::Id));
        let earlier = self.dataset.locate(place(first));
        let message = format!("the id `{}` is already declared", again.id);
        let finding = self.finding(Code::DuplicateId, place(again), message);
        let help = format!("it is declared first at {earlier}; give one of them another id");
        self.findings.push(finding.help(help).about(again.id.clone()));
        self.lost.push(Lost::whole(again.place));
    }

    fn column_of(&self, place: Place, wanted: Column) -> u16 {
        self.dataset.tables[usize::from(place.table)].column(wanted).unwrap_or(Place::WHOLE_ROW)
    }

    /// Reads the names and other annotations of each entity.
    pub(super) fn describe_entities(&mut self) {
        let chunks: Vec<_> = self.split(index(self.linked.entities.len())).collect();
        let mut kept = self.kept_annotations(TableKind::Entities);
        let work = |worker: &mut Worker<'_>, numbers: &Range<u32>| {
            let entities = &worker.linked.entities[numbers.start as usize..numbers.end as usize];
            worker.all_annotations(entities.iter().map(|entity| entity.place))
        };
        self.work(&chunks, work, |annotations, texts| kept.keep(annotations, texts));
        for (range, entity) in kept.ranges.into_iter().zip(&mut self.linked.entities) {
            entity.attributes = range;
        }
        (self.linked.texts, self.linked.attributes) = (kept.texts, kept.attributes);
    }

    /// The annotations so far, to put those of tables of a kind behind them. No text can be looked up until they are given
    /// back.
    pub(super) fn kept_annotations(&mut self, kind: TableKind) -> Kept {
        let StatementStore { texts, attributes, .. } = &mut self.linked;
        let (mut texts, mut attributes) = (take(texts), take(attributes));
        // Room for the most there can be. What stays unused is never touched, but growing would leave holes behind.
        let tables = || self.dataset.tables.iter().filter(|table| table.kind() == kind);
        // Of many columns most cells are empty: no more of them have a text than the tables have bytes.
        let cells = tables().map(|table| (table.rows() as usize * table.columns().len()).min(table.bytes())).sum();
        attributes.reserve_exact(cells);
        texts.make_room(cells, tables().map(Table::bytes).sum());
        Kept { texts, attributes, ranges: Vec::new() }
    }
}

/// Annotations put together from chunks.
pub(super) struct Kept {
    pub(super) texts: Interner,
    pub(super) attributes: Vec<Attribute>,
    /// For each row of the chunks the range of its own.
    pub(super) ranges: Vec<Range<u32>>,
}

impl Kept {
    pub(super) fn keep(&mut self, (attributes, ranges): Annotations, texts: &Interner) {
        let (start, shift) = (index(self.attributes.len()), self.texts.push_all(texts));
        self.attributes.extend(attributes.into_iter().map(|name| Attribute { text: name.text.later(shift), ..name }));
        self.ranges.extend(ranges.iter().map(|range| later(range, start)));
    }
}

impl Declared<'_> {
    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let ids = self.start.cmp(&other.start).then_with(|| self.id.cmp(&other.id));
        ids.then(self.place.cmp(&other.place))
    }
}

/// The first sixteen bytes of a text as a number, which compares as they do.
fn start(text: &str) -> u128 {
    let mut start = [0; 16];
    let length = text.len().min(start.len());
    start[..length].copy_from_slice(&text.as_bytes()[..length]);
    u128::from_be_bytes(start)
}

/// Returns the rows of a table that declare an entity, each with the id and the class. O(rows).
pub(crate) fn declared(dataset: &Dataset, ontology: &Ontology, table: u16) -> Vec<(u32, String, ClassId)> {
    let linker = Linker::new(dataset, ontology, u32::MAX);
    let rows = Chunk { table, rows: 0..dataset.tables[usize::from(table)].rows() };
    let (declared, _) = Worker::new(&linker).declared(dataset, &rows);
    declared.into_iter().map(|entity| (entity.place.row, entity.id.into_owned(), entity.class)).collect()
}

impl Worker<'_> {
    /// Reads the ids and classes of rows, and sorts them by id.
    fn declared<'t>(&mut self, dataset: &'t Dataset, chunk: &Chunk) -> (Vec<Declared<'t>>, WrongClasses) {
        let table = &dataset.tables[usize::from(chunk.table)];
        let mut wrong = WrongClasses::new();
        let (id, class) = (table.column(Column::Id), table.column(Column::Class));
        let mut declared = Vec::with_capacity(chunk.rows.len());
        for row in chunk.rows.clone() {
            let place = Place::row(chunk.table, row);
            let id = self.id(table, place, id);
            let class = self.class(table, place, class, &mut wrong);
            if let (Some(id), Some(class)) = (id, class) {
                let start = start(&id);
                declared.push(Declared { id, start, class, place });
            } else {
                self.lose(place, None);
            }
        }
        declared.sort_by(Declared::compare);
        (declared, wrong)
    }

    fn id<'t>(&mut self, table: &'t Table, place: Place, column: Option<u16>) -> Option<Cow<'t, str>> {
        let place = place.at(column?);
        let id = table.cell(place.row, place.column);
        if id.is_empty() {
            let finding = self.finding(Code::EmptyCell, place, "an entity without an id");
            self.report(finding.help("give the row an id of its own, such as a short name in lower case"));
            return None;
        }
        let mut id = id;
        if !id.is_ascii() && id.contains(is_invisible) {
            id = Cow::Owned(visible(&id).into_owned());
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
        Some(id)
    }

    pub(super) fn class(
        &mut self,
        table: &Table,
        place: Place,
        column: Option<u16>,
        wrong: &mut WrongClasses,
    ) -> Option<ClassId> {
        let place = place.at(column?);
        let name = table.cell(place.row, place.column);
        if name.is_empty() {
            let finding = self.finding(Code::EmptyCell, place, "an entity without a class");
            self.report(finding.help("name a class of the ontology, such as `Organization`"));
            return None;
        }
        if !wrong.is_empty()
            && let Some((first, rows)) = wrong.get_mut(&(place.table, name.clone().into_owned()))
        {
            *rows += 1;
            if self.dataset.is_part() {
                // Of a part all rows are told, for the whole to count them.
                let (code, message, help) = (first.code, first.message.clone(), first.help.clone());
                let mut again = self.finding(code, place, message);
                again.help = help;
                self.report(again.about(IN_ROWS));
            }
            return None;
        }
        let entity = self.ontology.known().entity;
        let of_entities = |class| self.ontology.is_a(class, entity);
        let languages = &self.dataset.config.languages;
        let found = if wrong.len() < MOST_SUGGESTED {
            self.ontology.class_called(&name, of_entities, languages)
        } else {
            let found = self.ontology.class_meant(&name, of_entities, languages);
            found.map_err(|_| WordError::Unknown(Vec::new()))
        };
        let finding = match found {
            Ok(class) => return Some(class),
            Err(WordError::Ambiguous(several)) => self.ambiguous(&name, &several, place),
            Err(WordError::Unknown(near)) => {
                let finding = self.finding(Code::UnknownClass, place, format!("unknown class `{name}`"));
                finding.help(help_for_class(&near, self.ontology))
            }
        };
        if self.dataset.is_part() {
            self.report(finding.clone().about(IN_ROWS));
        }
        if wrong.len() < MOST_KEPT {
            wrong.insert((place.table, name.into_owned()), (finding, 1));
        } else if !self.dataset.is_part() {
            self.report(finding);
        }
        None
    }

    /// Reports a word that several terms are called.
    pub(super) fn report_ambiguous(&mut self, word: &str, candidates: &[String], place: Place) {
        let finding = self.ambiguous(word, candidates, place);
        self.report(finding);
    }

    fn ambiguous(&self, word: &str, candidates: &[String], place: Place) -> Finding {
        let finding = self.finding(Code::AmbiguousWord, place, format!("`{word}` is what several terms are called"));
        finding.help(format!("write the one that is meant: `{}`", candidates.join("` or `")))
    }

    /// Reads the annotations of several rows.
    pub(super) fn all_annotations(&mut self, rows: impl Iterator<Item = Place>) -> Annotations {
        let (mut attributes, mut ranges) = (Vec::new(), Vec::new());
        for row in rows {
            let start = index(attributes.len());
            self.annotations(row, &mut attributes);
            ranges.push(start..index(attributes.len()));
        }
        (attributes, ranges)
    }

    /// Reads the annotations of a row.
    fn annotations(&mut self, row: Place, attributes: &mut Vec<Attribute>) {
        let table = self.table(row.table);
        let start = attributes.len();
        for (column, meaning) in (0..).zip(table.columns()) {
            let Some(Column::Term(property, language)) = *meaning else { continue };
            if self.ontology.property(property).kind != PropertyKind::Annotation {
                continue;
            }
            for (value, text) in table.values(row.row, column) {
                let place = Place { column, value, ..row };
                if let Some(text) = self.checked(property, text, place) {
                    attributes.push(Attribute { property, text: self.texts.push(&text), language, place });
                }
            }
        }
        // Several names of one kind keep the order of their cell: the first is the one to show.
        attributes[start..].sort_by_key(|attribute| (attribute.property, attribute.language, attribute.place.value));
        let several =
            |pair: &&[Attribute]| (pair[0].property, pair[0].language) == (pair[1].property, pair[1].language);
        for pair in attributes[start..].windows(2).filter(several) {
            self.check_label(&pair[0], &pair[1]);
        }
    }

    /// An entity has one label in a language: its other names are alternative labels.
    fn check_label(&mut self, first: &Attribute, second: &Attribute) {
        let (one, other) = (self.texts.text(first.text).to_owned(), self.texts.text(second.text).to_owned());
        if first.property != self.ontology.known().label || one == other {
            return;
        }
        let tag = first.language.map(|language| format!("@{language}")).unwrap_or_default();
        let message = format!("`{one}` and `{other}` are two labels in one language");
        let finding = self.finding(Code::SeveralLabels, second.place, message);
        let move_it = format!("put other names into the column altLabel{tag}");
        self.report(finding.help(if first.place.column == second.place.column {
            format!("if `|` is part of the name, write `{one}\\|{other}`; otherwise {move_it}")
        } else {
            move_it
        }));
    }
}

/// A finding with the number of the rows that it is true of.
pub(crate) fn in_rows((finding, rows): (Finding, usize)) -> Finding {
    finding.and_rows(rows)
}

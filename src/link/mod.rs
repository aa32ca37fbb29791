//! From records to entities and statements: who is who.
//!
//! References are ids or names; names are folded and must name one entity only. Nothing is guessed, and nothing stops
//! the run: what cannot be linked becomes a finding at its place, and the rest goes on.
//!
//! Rows are read in chunks, several at a time, and the chunks put together in their order: how many there are and who
//! reads them changes nothing.

mod ahead;
mod created;
mod drafts;
mod entities;
mod left_out;
mod literal;
mod lost;
mod mapped;
mod names;
mod order;
mod owned;
mod paragraphs;
mod reference;
mod sources;
mod spared;
mod statements;
mod unplaced;

pub(crate) use created::create;
pub(crate) use entities::{IN_ROWS, declared, in_rows};
pub use names::NameError;
pub(crate) use names::{Names, suggested};
pub(crate) use owned::{owns_entity, owns_statement};
pub(crate) use paragraphs::{help_like, help_without_paragraphs};
pub(crate) use reference::{MOST_SUGGESTIONS, help_for_property, help_for_reference, help_for_value};
pub(crate) use unplaced::{pieces, raw_pieces};

use std::convert::Infallible;
use std::ops::Range;
use std::sync::OnceLock;

use self::left_out::LeftOut;
use self::lost::Lost;
use self::mapped::located;
use self::unplaced::Unplaced;
use crate::finding::{Code, Finding, Findings};
use crate::model::{Citation, ClassId, EntityId, Interner, Place, Qualifier, StatementStore};
use crate::ontology::Ontology;
use crate::parallel;
use crate::read::{Dataset, Table, TableKind};

/// Links the records of a data set. Never fails: what is wrong is among the findings.
///
/// O(n log n) in the number of records.
#[must_use]
pub fn link(dataset: &Dataset, ontology: &Ontology) -> (StatementStore, Vec<Finding>) {
    in_chunks(dataset, ontology, 1 << 16)
}

/// Links a part of a data set. What leads to nothing there comes apart: only the whole knows what may be meant.
pub(crate) fn link_part(dataset: &Dataset, ontology: &Ontology) -> (StatementStore, Vec<Finding>, Vec<Open>) {
    let linker = linked(dataset, ontology, 1 << 16);
    (linker.linked, linker.findings.into_vec(), linker.open)
}

/// Links with that many rows in a chunk, which changes nothing.
fn in_chunks(dataset: &Dataset, ontology: &Ontology, chunk: u32) -> (StatementStore, Vec<Finding>) {
    let linker = linked(dataset, ontology, chunk);
    (linker.linked, linker.findings.into_vec())
}

fn linked<'a>(dataset: &'a Dataset, ontology: &'a Ontology, chunk: u32) -> Linker<'a> {
    let mut linker = Linker::new(dataset, ontology, chunk);
    linker.declare_entities();
    linker.describe_entities();
    linker.declare_paragraphs();
    for open in &mut linker.open {
        open.is_paragraph = true;
    }
    let drafts = linker.read_statements();
    linker.spare();
    linker.check_unplaced();
    // What is wrong with a row, the part tells that has it; with statements, the one that has all about their subject.
    dataset.tell(&mut linker.findings);
    linker.order_statements(&drafts);
    linker.gather_unknown();
    linker
}

/// The work in hand: what is linked so far, and what was found wrong.
struct Linker<'a> {
    dataset: &'a Dataset,
    ontology: &'a Ontology,
    chunk: u32,
    linked: StatementStore,
    findings: Findings,
    paragraphs: paragraphs::Index,
    // Built when the first reference is no id: a data set that uses ids only pays nothing.
    names: OnceLock<Names>,
    unplaced: OnceLock<Unplaced>,
    left_out: OnceLock<LeftOut>,
    lost: Vec<Lost>,
    suggestions: usize,
    /// What leads to nothing in a part of a data set.
    open: Vec<Open>,
}

/// Rows of a table.
#[derive(Debug, Clone)]
struct Chunk {
    table: u16,
    rows: Range<u32>,
}

/// A chunk of rows in the hands of one thread. It sees what was linked before, and keeps for itself what it finds.
struct Worker<'a> {
    dataset: &'a Dataset,
    ontology: &'a Ontology,
    linked: &'a StatementStore,
    paragraphs: &'a paragraphs::Index,
    names: &'a OnceLock<Names>,
    unplaced: &'a OnceLock<Unplaced>,
    left_out: &'a OnceLock<LeftOut>,
    /// The texts of literals that are new in this chunk, and perhaps only here.
    texts: Interner,
    // By symbol: the same dates come again and again, and are checked once.
    dates: Vec<bool>,
    // The qualifiers and citations of the current row. The vectors are kept, so that they are not allocated for each
    // row.
    qualifiers: Vec<Qualifier>,
    citations: Vec<Citation>,
    findings: Findings,
    /// The rows that could not be placed.
    lost: Vec<Lost>,
    /// What leads to nothing, with the numbers of the findings that say so.
    unknown: Vec<(usize, Unknown, Option<EntityId>)>,
    /// The entity in whose row the worker is.
    subject: Option<EntityId>,
}

/// What leads to nothing.
#[derive(Debug, Clone)]
pub(crate) enum Unknown {
    /// A reference to an entity.
    Entity(String),
    /// A property of a statement.
    Property(String),
    /// A controlled value of a class.
    Value(ClassId, String),
    /// The number of a paragraph of a document that has others.
    Paragraph(EntityId, String),
}

/// What leads to nothing in a part of a data set, with the finding that says so, which lacks help.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) finding: Finding,
    pub(crate) unknown: Unknown,
    /// The entity in whose row it stands, if it is no other row: these are read in the order of their ids.
    pub(crate) subject: Option<EntityId>,
    /// Whether it stands in the row of a paragraph: these are read before statements.
    pub(crate) is_paragraph: bool,
}

impl<'a> Linker<'a> {
    fn new(dataset: &'a Dataset, ontology: &'a Ontology, chunk: u32) -> Self {
        Self {
            dataset,
            ontology,
            chunk,
            linked: StatementStore::default(),
            findings: Findings::default(),
            paragraphs: paragraphs::Index::default(),
            names: OnceLock::new(),
            unplaced: OnceLock::new(),
            left_out: OnceLock::new(),
            lost: Vec::new(),
            suggestions: 0,
            open: Vec::new(),
        }
    }

    /// The rows of all tables of a kind, in their order.
    fn chunks(&self, kind: TableKind) -> Vec<Chunk> {
        // What others state, others read.
        let is_read = |table: &Table| kind != TableKind::Statements || !table.only_names();
        let tables = (0..).zip(&self.dataset.tables).filter(|(_, table)| table.kind() == kind && is_read(table));
        tables.flat_map(|(table, rows)| self.split(rows.rows()).map(move |rows| Chunk { table, rows })).collect()
    }

    /// So many things in chunks.
    fn split(&self, length: u32) -> impl Iterator<Item = Range<u32>> + use<> {
        split(0..length, self.chunk)
    }

    /// Does something with each chunk, several at a time, and hands what comes of it, with the texts that are new in it,
    /// to `sink` in the order of the chunks.
    fn work<T: Sync, R: Send>(
        &mut self,
        chunks: &[T],
        work: impl Fn(&mut Worker<'_>, &T) -> R + Sync,
        mut sink: impl FnMut(R, &Interner),
    ) {
        let this = &*self;
        let is_part = self.dataset.is_part();
        let (mut found, mut all, mut open, mut lost) = (Vec::new(), Findings::default(), Vec::new(), Vec::new());
        let done = |chunk: &T| {
            let mut worker = Worker::new(this);
            (work(&mut worker, chunk), worker)
        };
        let Ok(()) = parallel::in_order(chunks, done, |(result, worker)| {
            let Worker { texts, findings, unknown, lost: more, .. } = worker;
            lost.extend(more);
            sink(result, &texts);
            if is_part {
                found.push((findings, unknown));
            } else {
                // No more are kept of all chunks than of one.
                let numbers = all.append_numbered(findings);
                let kept = |(number, unknown, subject): (usize, _, _)| Some((numbers[number]?, unknown, subject));
                open.extend(unknown.into_iter().filter_map(kept));
            }
            Ok::<_, Infallible>(())
        });
        self.lost.append(&mut lost);
        self.take(all, open);
        for (findings, unknown) in found {
            self.leave_open(findings, unknown);
        }
    }

    /// Takes over the findings of a worker, and looks for what may be meant by that which leads to nothing.
    fn take(&mut self, mut findings: Findings, unknown: Vec<(usize, Unknown, Option<EntityId>)>) {
        for (number, unknown, _) in unknown {
            let help = match unknown {
                Unknown::Entity(reference) => {
                    let near = self.suggest(&reference);
                    help_for_reference(&reference, &near)
                }
                Unknown::Property(name) => {
                    let near = if self.may_suggest(&name) { self.ontology.like_property(&name) } else { Vec::new() };
                    help_for_property(&near)
                }
                Unknown::Value(class, word) => self.like_value(class, &word),
                Unknown::Paragraph(document, number) => self.like_paragraph(document, &number),
            };
            if let Some(finding) = findings.get_mut(number) {
                finding.help = Some(help);
            }
        }
        self.findings.append(findings);
    }

    /// Takes over the findings of a worker, and those apart that only the whole can help with.
    fn leave_open(&mut self, mut findings: Findings, unknown: Vec<(usize, Unknown, Option<EntityId>)>) {
        let taken = findings.remove(&unknown.iter().map(|(number, ..)| *number).collect::<Vec<_>>());
        let told = taken.into_iter().zip(unknown).filter(|(finding, _)| self.dataset.tells_of(&finding.location));
        self.open.extend(told.map(|(finding, (_, unknown, subject))| Open {
            finding,
            unknown,
            subject,
            is_paragraph: false,
        }));
        self.findings.append(findings);
    }

    fn finding(&self, code: Code, place: Place, message: impl Into<String>) -> Finding {
        located(self.dataset, &self.findings, code, place, message)
    }
}

impl<'a> Worker<'a> {
    fn new(linker: &'a Linker<'_>) -> Self {
        Self {
            dataset: linker.dataset,
            ontology: linker.ontology,
            linked: &linker.linked,
            paragraphs: &linker.paragraphs,
            names: &linker.names,
            unplaced: &linker.unplaced,
            left_out: &linker.left_out,
            texts: Interner::default(),
            dates: Vec::new(),
            qualifiers: Vec::new(),
            citations: Vec::new(),
            findings: Findings::default(),
            lost: Vec::new(),
            unknown: Vec::new(),
            subject: None,
        }
    }

    /// Keeps what leads to nothing, with the number of the finding that says so, if that is kept.
    fn leave(&mut self, kept: Option<usize>, unknown: Unknown) {
        self.unknown.extend(kept.map(|number| (number, unknown, self.subject)));
    }

    fn table(&self, number: u16) -> &'a Table {
        self.dataset.table(number)
    }

    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn finding(&self, code: Code, place: Place, message: impl Into<String>) -> Finding {
        located(self.dataset, &self.findings, code, place, message)
    }
}

/// Rows in pieces of that length. The last one may be shorter.
fn split(rows: Range<u32>, length: u32) -> impl Iterator<Item = Range<u32>> {
    let end = rows.end;
    rows.step_by(length as usize).map(move |start| start..end.min(start.saturating_add(length)))
}

/// A position in one of the flat arrays.
fn index(length: usize) -> u32 {
    #[expect(clippy::expect_used, reason = "a cell takes at least a byte of a table of at most 4 GiB")]
    u32::try_from(length).expect("fewer than 2^32 values")
}

/// A range of one of the flat arrays that starts that much later.
fn later(range: &Range<u32>, shift: u32) -> Range<u32> {
    range.start + shift..range.end + shift
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Object;
    use crate::read::{self, Source};

    /// All that is linked, with the texts instead of their numbers, and all findings in their order.
    fn shown(source: &Source, chunk: u32) -> String {
        let ontology = Ontology::shipped().unwrap();
        let (dataset, _) = read::dataset(source, &ontology).unwrap();
        let (linked, mut findings) = in_chunks(&dataset, &ontology, chunk);
        crate::finding::sort(&mut findings);
        let value = |value| match value {
            Object::Literal(text, language) => format!("{:?}@{language:?}", linked.text(text)),
            other => format!("{other:?}"),
        };
        let mut shown = vec![format!("{findings:#?}")];
        for entity in linked.entity_ids() {
            let texts: Vec<_> =
                linked.attributes(entity).iter().map(|name| (linked.text(name.text), name.place)).collect();
            shown.push(format!("{} {texts:?} {:?}", linked.id(entity), linked.entity_citations(entity)));
        }
        for paragraph in linked.paragraphs() {
            shown.push(format!("{:?} {}", paragraph.document, linked.text(paragraph.number)));
        }
        for statement in linked.statements() {
            let qualifiers: Vec<_> = linked
                .qualifiers(statement)
                .iter()
                .map(|qualifier| (qualifier.property, value(qualifier.value)))
                .collect();
            let (citations, object) = (linked.citations(statement), value(statement.object));
            shown.push(format!(
                "{:?} {:?} {object} {:?} {:?} {qualifiers:?} {citations:?}",
                statement.subject, statement.property, statement.rank, statement.place
            ));
        }
        shown.join("\n")
    }

    #[test]
    fn the_size_of_a_chunk_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let tables = [
            (
                "dataset.toml",
                "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n[title]\nen = \"T\"\n",
            ),
            (
                "e.csv",
                "id,class,label@en,startDate,source\nd,Report,D,,\nb,Event,Same,2024,d#1\na,Event,Same,2024-05,d#2\nb,Event,,,\nc,Event,Other,x,d#3\n",
            ),
            ("p.csv", "document,number,heading@en\nd,2,Two\nd,1,One\nd,2,Again\n"),
            (
                "s.csv",
                "subject,property,object,start,source\na,partOf,b,2024,d#2\na,partOf,b,2024,d#1\nOther,partOf,a,2024-05,d\nOthr,partOf,Same,2024-13,d#9\n",
            ),
        ];
        for (name, text) in tables {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        for source in [Source::Embedded, Source::Folder(folder.path().to_owned())] {
            let whole = shown(&source, 1 << 16);
            for chunk in [1, 2, 97] {
                assert!(shown(&source, chunk) == whole, "chunks of {chunk}");
            }
        }
    }
}

//! The order of statements, and what happens to one that is made twice.

use std::cmp::Ordering;
use std::convert::Infallible;
use std::mem::take;
use std::ops::Range;

use super::drafts::Drafts;
use super::sources::{Draft, Sources};
use super::{Linker, index, later, owns_statement};
use crate::finding::{Code, Finding, Findings};
use crate::model::{EntityId, Interner, Object, Place, Qualifier, Statement, StatementStore};
use crate::ontology::Ontology;
use crate::parallel;
use crate::read::Dataset;

/// How many statements are ordered at a time, if their subjects allow it.
const PART: usize = 1 << 15;

/// Sorts the statements of a chunk by content, and the qualifiers of each.
pub(super) fn sort(drafts: &mut Drafts) {
    let Drafts { statements, qualifiers, texts, .. } = drafts;
    for statement in statements.iter() {
        qualifiers[range(&statement.qualifiers)].sort_by(|a, b| compare_qualifiers(*a, *b, texts));
    }
    statements.sort_unstable_by(|a, b| compare((a, qualifiers), (b, qualifiers), texts).then(a.place.cmp(&b.place)));
}

impl Linker<'_> {
    /// Sorts the statements by content and joins those that say the same, with the sources of all.
    ///
    /// What comes out does not depend on the order of the rows.
    pub(super) fn order_statements(&mut self, chunks: &[Drafts]) {
        // All sources are linked: here memory is scarcest.
        take(&mut self.paragraphs);
        let parts = parts(chunks, self.linked.entities.len());
        let all = chunks.iter().map(|drafts| drafts.statements.len()).sum();
        let mut citations = take(&mut self.linked.citations);
        citations.reserve_exact(chunks.iter().map(|drafts| drafts.citations.len()).sum());
        let mut qualifiers = Vec::with_capacity(chunks.iter().map(|drafts| drafts.qualifiers.len()).sum());
        let mut statements: Vec<Statement> = Vec::with_capacity(all);
        let whole = Whole { linked: &self.linked, dataset: self.dataset, ontology: self.ontology };
        let order = |subjects: &Range<EntityId>| Ordered::of(chunks, subjects, whole);
        let Ok(()) = parallel::in_order(&parts, order, |part| {
            let (said, cited) = (index(qualifiers.len()), index(citations.len()));
            statements.extend(part.statements.into_iter().map(|statement| Statement {
                qualifiers: later(&statement.qualifiers, said),
                citations: later(&statement.citations, cited),
                ..statement
            }));
            qualifiers.extend(part.qualifiers);
            citations.extend(part.sources.all);
            self.findings.append(part.findings);
            self.findings.extend(part.cut.map(|(first, count)| cut(first, count, self.dataset)));
            Ok::<_, Infallible>(())
        });
        (self.linked.statements, self.linked.qualifiers, self.linked.citations) = (statements, qualifiers, citations);
    }
}

/// Cuts the entities into ranges with about [`PART`] statements each. A single entity may have more.
fn parts(chunks: &[Drafts], entities: usize) -> Vec<Range<EntityId>> {
    let mut counts = vec![0; entities];
    for statement in chunks.iter().flat_map(|drafts| &drafts.statements) {
        counts[statement.subject.index()] += 1;
    }
    let (mut parts, mut start, mut sum) = (Vec::new(), 0, 0);
    for (entity, count) in counts.into_iter().enumerate() {
        sum += count;
        if sum >= PART || entity + 1 == entities {
            parts.push(EntityId::new(index(start))..EntityId::new(index(entity + 1)));
            (start, sum) = (entity + 1, 0);
        }
    }
    parts
}

/// The statements about some entities in their order, each once, and what was found wrong.
struct Ordered {
    statements: Vec<Statement>,
    qualifiers: Vec<Qualifier>,
    sources: Sources,
    findings: Findings,
    /// The first statement not all of whose sources are joined, and how many there are.
    cut: Option<(Place, usize)>,
}

/// What is linked so far, and what it is made of.
#[derive(Clone, Copy)]
struct Whole<'a> {
    linked: &'a StatementStore,
    dataset: &'a Dataset,
    ontology: &'a Ontology,
}

impl Ordered {
    fn of(chunks: &[Drafts], subjects: &Range<EntityId>, whole: Whole<'_>) -> Self {
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for chunk in chunks {
            let start = chunk.statements.partition_point(|statement| statement.subject < subjects.start);
            let about = &chunk.statements[start..];
            let about = &about[..about.partition_point(|statement| statement.subject < subjects.end)];
            drafts.extend(about.iter().map(|statement| (statement, chunk)));
        }
        let order =
            |a: &Draft<'_>, b: &Draft<'_>| compare((a.0, &a.1.qualifiers), (b.0, &b.1.qualifiers), &whole.linked.texts);
        // Each chunk is sorted, and a stable sort makes use of that.
        drafts.sort_by(|a, b| order(a, b).then(a.0.place.cmp(&b.0.place)));
        let room = drafts.len();
        let mut ordered = Self {
            statements: Vec::with_capacity(room),
            qualifiers: Vec::with_capacity(room),
            sources: Sources::of(room),
            findings: Findings::default(),
            cut: None,
        };
        let mut last = None;
        for group in drafts.chunk_by(|a, b| order(a, b) == Ordering::Equal) {
            ordered.join(group, last, whole);
            last = match *group {
                [draft] => Some(draft),
                _ => None,
            };
        }
        ordered
    }

    /// Adds the first of several statements that say the same, with the best rank and all sources. If it has those of the
    /// draft that was added last, as all in the row of an entity have, they share them.
    fn join(&mut self, group: &[Draft<'_>], last: Option<Draft<'_>>, whole: Whole<'_>) {
        let Whole { linked, dataset, ontology } = whole;
        let [(first, chunk), more @ ..] = group else { return };
        let mut joined = (*first).clone();
        let start = self.qualifiers.len();
        self.qualifiers.extend_from_slice(&chunk.qualifiers[range(&first.qualifiers)]);
        joined.qualifiers = index(start)..index(self.qualifiers.len());
        let same = |(last, of): Draft<'_>| std::ptr::eq(of, *chunk) && last.citations == first.citations;
        if let ([], Some(added)) = (more, self.statements.last().filter(|_| last.is_some_and(same))) {
            joined.citations = added.citations.clone();
            return self.statements.push(joined);
        }
        joined.rank = group.iter().map(|(statement, _)| statement.rank).min().unwrap_or(joined.rank);
        let citations = self.sources.add(group).or_else(|| {
            if owns_statement(linked, dataset, ontology, first) {
                self.cut.get_or_insert((first.place, 0)).1 += 1;
            }
            self.sources.add(&group[..1])
        });
        joined.citations = citations.unwrap_or_default();
        if !more.is_empty() {
            // Of a part, who has all that is said of the subject tells it.
            let told = if owns_statement(linked, dataset, ontology, first) { more } else { &[] };
            for (again, _) in told {
                let code = repeated(first, again);
                self.findings.push_with(code, || repetition(first, again, linked, dataset));
            }
        }
        self.statements.push(joined);
    }
}

/// Says that the sources of statements that are made several times are not all joined.
fn cut(first: Place, count: usize, dataset: &Dataset) -> Finding {
    let (s, are) = if count == 1 { ("", "is") } else { ("s", "are") };
    let message =
        format!("{count} statement{s} {are} made several times, and the sources of all would be too many together");
    let finding = Finding::new(Code::OversizedTable, dataset.locate(first), message);
    finding.help("make each statement once; until then each has the sources of its first row only")
}

fn repeated(first: &Statement, again: &Statement) -> Code {
    if first.rank == again.rank { Code::RepeatedStatement } else { Code::ContradictoryClaims }
}

fn repetition(first: &Statement, again: &Statement, linked: &StatementStore, dataset: &Dataset) -> Finding {
    let at = dataset.locate(first.place);
    let code = repeated(first, again);
    let (message, help) = if code == Code::RepeatedStatement {
        let message = format!("the same statement is made at {at}");
        (message, "the sources of both are joined; keep one row and put all sources into it")
    } else {
        let message = format!("the same statement is made at {at}, with the rank {}", first.rank.name());
        (message, "give one statement one rank")
    };
    Finding::new(code, dataset.locate(again.place), message).help(help).about(linked.id(first.subject))
}

fn range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Compares statements, each with the qualifiers of its chunk. Most differ in the subject or in the property.
#[inline]
fn compare(
    (a, a_qualifiers): (&Statement, &[Qualifier]),
    (b, b_qualifiers): (&Statement, &[Qualifier]),
    texts: &Interner,
) -> Ordering {
    let key = |statement: &Statement| (statement.subject, statement.property);
    match key(a).cmp(&key(b)) {
        Ordering::Equal => compare_objects(a.object, b.object, texts)
            .then_with(|| compare_all(&a_qualifiers[range(&a.qualifiers)], &b_qualifiers[range(&b.qualifiers)], texts)),
        order => order,
    }
}

#[inline(never)]
fn compare_all(a: &[Qualifier], b: &[Qualifier], texts: &Interner) -> Ordering {
    let first = a.iter().zip(b).map(|(a, b)| compare_qualifiers(*a, *b, texts)).find(|order| order.is_ne());
    first.unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn compare_qualifiers(a: Qualifier, b: Qualifier, texts: &Interner) -> Ordering {
    a.property.cmp(&b.property).then_with(|| compare_objects(a.value, b.value, texts))
}

/// Entities come first, then controlled values, then literals by text and language.
fn compare_objects(a: Object, b: Object, texts: &Interner) -> Ordering {
    match (a, b) {
        (Object::Entity(a), Object::Entity(b)) => a.cmp(&b),
        (Object::Value(a), Object::Value(b)) => a.cmp(&b),
        (Object::Literal(a, a_language), Object::Literal(b, b_language)) => {
            if (a, a_language) == (b, b_language) {
                return Ordering::Equal;
            }
            texts.text(a).cmp(texts.text(b)).then(a_language.cmp(&b_language))
        }
        (Object::Entity(_), _) | (Object::Value(_), Object::Literal(..)) => Ordering::Less,
        (_, Object::Entity(_)) | (Object::Literal(..), Object::Value(_)) => Ordering::Greater,
    }
}

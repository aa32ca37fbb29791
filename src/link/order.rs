//! The order of statements, and what happens to one that is made twice.

use std::cmp::Ordering;

use super::statements::Drafts;
use super::{Linker, index};
use crate::finding::Code;
use crate::model::{Citation, Interner, Object, Qualifier, Statement};

/// Sorts the statements of a chunk by content, and the qualifiers of each.
pub(super) fn sort(drafts: &mut Drafts, texts: &Interner) {
    let Drafts { statements, qualifiers, .. } = drafts;
    for statement in statements.iter() {
        qualifiers[range(&statement.qualifiers)].sort_by(|a, b| compare_qualifiers(*a, *b, texts));
    }
    statements.sort_by(|a, b| compare(a, b, qualifiers, texts).then(a.place.cmp(&b.place)));
}

impl Linker<'_> {
    /// Sorts the statements by content and joins those that say the same, with the sources of all.
    ///
    /// What comes out does not depend on the order of the rows.
    pub(super) fn order_statements(&mut self, drafts: Drafts) {
        let Drafts { mut statements, mut qualifiers, citations, texts } = drafts;
        let symbols = self.linked.texts.intern_all(&texts);
        let values = statements.iter_mut().map(|statement| &mut statement.object);
        for value in values.chain(qualifiers.iter_mut().map(|qualifier| &mut qualifier.value)) {
            if let Object::Literal(text, _) = value {
                *text = symbols[text.index()];
            }
        }
        let texts = &self.linked.texts;
        // Each chunk is sorted, and a stable sort makes use of that.
        statements.sort_by(|a, b| compare(a, b, &qualifiers, texts).then(a.place.cmp(&b.place)));
        self.linked.qualifiers.reserve_exact(qualifiers.len());
        self.linked.citations.reserve_exact(citations.len());
        let (mut kept, mut group) = (0, 0..0);
        while group.end < statements.len() {
            group.start = group.end;
            let first = &statements[group.start];
            let texts = &self.linked.texts;
            let same = |other: &&Statement| compare(first, other, &qualifiers, texts) == Ordering::Equal;
            group.end += 1 + statements[group.start + 1..].iter().take_while(same).count();
            statements[kept] = self.join(&statements[group.clone()], &qualifiers, &citations);
            kept += 1;
        }
        statements.truncate(kept);
        self.linked.statements = statements;
    }

    /// Returns the first of several statements that say the same, with the best rank and all sources.
    fn join(&mut self, group: &[Statement], qualifiers: &[Qualifier], citations: &[Citation]) -> Statement {
        let first = &group[0];
        let mut joined = first.clone();
        let start = self.linked.qualifiers.len();
        self.linked.qualifiers.extend_from_slice(&qualifiers[range(&first.qualifiers)]);
        joined.qualifiers = index(start)..index(self.linked.qualifiers.len());
        let start = self.linked.citations.len();
        for statement in group {
            self.linked.citations.extend_from_slice(&citations[range(&statement.citations)]);
            joined.rank = joined.rank.min(statement.rank);
        }
        if let [_, more @ ..] = group {
            let cited = &mut self.linked.citations;
            cited[start..].sort_by_key(|citation| (citation.document, citation.paragraph, citation.place));
            let mut sources = cited.split_off(start);
            sources.dedup_by_key(|citation| (citation.document, citation.paragraph));
            cited.append(&mut sources);
            for again in more {
                self.report_repetition(first, again);
            }
        }
        joined.citations = index(start)..index(self.linked.citations.len());
        joined
    }

    fn report_repetition(&mut self, first: &Statement, again: &Statement) {
        let subject = self.linked.id(first.subject).to_owned();
        let at = self.dataset.locate(first.place);
        let finding = if first.rank == again.rank {
            self.finding(Code::RepeatedStatement, again.place, format!("the same statement is made at {at}"))
                .help("the sources of both are joined; keep one row and put all sources into it")
        } else {
            let message = format!("the same statement is made at {at}, with the rank {}", first.rank.name());
            self.finding(Code::ContradictoryClaims, again.place, message).help("give one statement one rank")
        };
        self.findings.push(finding.about(subject));
    }
}

fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}

fn compare(a: &Statement, b: &Statement, qualifiers: &[Qualifier], texts: &Interner) -> Ordering {
    (a.subject, a.property)
        .cmp(&(b.subject, b.property))
        .then_with(|| compare_objects(a.object, b.object, texts))
        .then_with(|| {
            let (a, b) = (&qualifiers[range(&a.qualifiers)], &qualifiers[range(&b.qualifiers)]);
            let first = a.iter().zip(b).map(|(a, b)| compare_qualifiers(*a, *b, texts)).find(|order| order.is_ne());
            first.unwrap_or_else(|| a.len().cmp(&b.len()))
        })
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

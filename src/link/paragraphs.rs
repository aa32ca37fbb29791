//! Paragraphs, and the sources that cite them.

use std::ops::Range;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::lost::Lost;
use super::reference::suggestible;
use super::{Linker, Unknown, Worker, index};
use crate::finding::Code;
use crate::model::{
    Citation, EntityId, Interner, Paragraph, ParagraphId, ParagraphNumber, Place, Symbol, ascii_digits, visible,
};
use crate::ontology::{Column, nearest};
use crate::read::{Table, TableKind};

/// The paragraphs by document and number. Only looked up, never walked: its order reaches no output.
pub(super) type Index = HashMap<(EntityId, Symbol), ParagraphId>;

impl Linker<'_> {
    /// Reads the tables of paragraphs and numbers the paragraphs in the order of reading.
    pub(super) fn declare_paragraphs(&mut self) {
        let chunks = self.chunks(TableKind::Paragraphs);
        let mut paragraphs = Vec::with_capacity(chunks.iter().map(|chunk| chunk.rows.len()).sum());
        let mut numbers = Interner::default();
        self.work(
            &chunks,
            |worker, chunk| worker.read_paragraphs(chunk.table, chunk.rows.clone()),
            |read, texts| {
                let symbols = numbers.intern_all(texts);
                let ours = |paragraph: Paragraph| Paragraph { number: symbols[paragraph.number.index()], ..paragraph };
                paragraphs.extend(read.into_iter().map(ours));
            },
        );
        let symbols = self.linked.texts.intern_all(&numbers);
        for paragraph in &mut paragraphs {
            paragraph.number = symbols[paragraph.number.index()];
        }
        order(&mut paragraphs, &self.linked.texts);
        self.linked.paragraphs = self.distinct(paragraphs);
        self.describe_paragraphs();
    }

    /// Keeps the first row of each paragraph.
    fn distinct(&mut self, sorted: Vec<Paragraph>) -> Vec<Paragraph> {
        let mut kept = Vec::with_capacity(sorted.len());
        self.paragraphs.reserve(sorted.len());
        for paragraph in sorted {
            if let Entry::Vacant(free) = self.paragraphs.entry((paragraph.document, paragraph.number)) {
                free.insert(ParagraphId::new(index(kept.len())));
                kept.push(paragraph);
                continue;
            }
            let table = &self.dataset.tables[usize::from(paragraph.place.table)];
            let place = paragraph.place.at(table.column(Column::Number).unwrap_or(Place::WHOLE_ROW));
            let number = self.linked.texts.text(paragraph.number).to_owned();
            let finding =
                self.finding(Code::DuplicateId, place, format!("the paragraph `{number}` is already declared"));
            self.findings.push(finding.help("each paragraph of a document has one row").about(number));
        }
        kept
    }

    /// Says what may be meant by a number that no paragraph of a document has, which has others.
    pub(super) fn like_paragraph(&mut self, document: EntityId, number: &str) -> String {
        if !self.may_suggest(number) {
            return OTHERWISE.to_owned();
        }
        let (id, paragraphs) = (self.linked.id(document), &self.linked.paragraphs);
        let start = paragraphs.partition_point(|paragraph| paragraph.document < document);
        let declared = paragraphs[start..].iter().take_while(|paragraph| paragraph.document == document);
        help_like(id, number, declared.map(|paragraph| self.linked.text(paragraph.number)))
    }

    /// Reads the headings and other annotations of each paragraph.
    fn describe_paragraphs(&mut self) {
        let chunks: Vec<_> = self.split(index(self.linked.paragraphs.len())).collect();
        let mut kept = self.kept_annotations(TableKind::Paragraphs);
        let work = |worker: &mut Worker<'_>, numbers: &Range<u32>| {
            let paragraphs = &worker.linked.paragraphs[numbers.start as usize..numbers.end as usize];
            worker.all_annotations(paragraphs.iter().map(|paragraph| paragraph.place))
        };
        self.work(&chunks, work, |annotations, texts| kept.keep(annotations, texts));
        for (range, paragraph) in kept.ranges.into_iter().zip(&mut self.linked.paragraphs) {
            paragraph.attributes = range;
        }
        (self.linked.texts, self.linked.attributes) = (kept.texts, kept.attributes);
    }
}

/// Puts paragraphs in the order of reading, document by document: that of their rows, save that those with numbers take
/// the rows of those with numbers in the order of counting. So `considering further` stays behind `considering`, an annex
/// at the end, and 2.10 comes behind 2.9 in whatever order a program has sorted them.
fn order(paragraphs: &mut [Paragraph], texts: &Interner) {
    paragraphs.sort_by_key(|paragraph| (paragraph.document, paragraph.place));
    let number = |paragraph: &Paragraph| ParagraphNumber(texts.text(paragraph.number));
    for document in paragraphs.chunk_by_mut(|a, b| a.document == b.document) {
        let is_numbered = |paragraph: &Paragraph| number(paragraph).is_numbered();
        let mut numbered: Vec<_> = document.iter().filter(|paragraph| is_numbered(paragraph)).cloned().collect();
        numbered.sort_by(|a, b| number(a).cmp(&number(b)).then(a.place.cmp(&b.place)));
        let places = document.iter_mut().filter(|paragraph| is_numbered(paragraph));
        places.zip(numbered).for_each(|(place, paragraph)| *place = paragraph);
    }
}

/// What to do if a document is cited that has no paragraphs.
pub(crate) fn help_without_paragraphs(id: &str) -> String {
    format!("add the paragraphs of `{id}` to a table with the columns document and number")
}

/// What may be meant by a number that no paragraph of a document has, of those that it has.
pub(crate) fn help_like<'t>(id: &str, number: &str, numbers: impl Iterator<Item = &'t str>) -> String {
    let near: Vec<_> = nearest(number, numbers, 3).into_iter().map(|near| format!("`{id}#{near}`")).collect();
    if near.is_empty() { OTHERWISE.to_owned() } else { format!("did you mean {}?", near.join(" or ")) }
}

/// What to do about a number that none is like.
const OTHERWISE: &str = "correct the number, or add the paragraph to the table of paragraphs";

impl Worker<'_> {
    /// Reads rows of a table of paragraphs.
    fn read_paragraphs(&mut self, number: u16, rows: Range<u32>) -> Vec<Paragraph> {
        let table = self.table(number);
        let columns = table.column(Column::Document).zip(table.column(Column::Number));
        let Some((document, paragraph)) = columns else { return Vec::new() };
        let mut read = Vec::with_capacity(rows.len());
        for place in rows.map(|row| Place::row(number, row)) {
            match self.paragraph(table, place, document, paragraph) {
                Some(paragraph) => read.push(paragraph),
                None => self.lose(place, None),
            }
        }
        read
    }

    fn paragraph(&mut self, table: &Table, place: Place, document: u16, number: u16) -> Option<Paragraph> {
        let filled = |worker: &mut Self, column, what| {
            let text = table.cell(place.row, column);
            if text.is_empty() {
                let finding = worker.finding(Code::EmptyCell, place.at(column), format!("a paragraph without {what}"));
                worker.report(finding);
            }
            Some(text).filter(|text| !text.is_empty())
        };
        let name = filled(self, document, "a document");
        let number_text = filled(self, number, "a number");
        let (name, number_text) = (name?, number_text?);
        if matches!(&*number_text, "." | "..") {
            let finding = self.finding(
                Code::InvalidId,
                place.at(number),
                format!("`{number_text}` is not a number of a paragraph"),
            );
            self.report(
                finding.help("write it as it is printed, as in 2.10: alone, dots mean something else in an IRI"),
            );
            return None;
        }
        let document = self.document(&name, place.at(document))?;
        let number = self.texts.intern(&visible(&number_text));
        Some(Paragraph { document, number, attributes: 0..0, place })
    }

    pub(super) fn document(&mut self, reference: &str, place: Place) -> Option<EntityId> {
        let entity = self.entity(reference, place)?;
        let class = self.linked.entity(entity).class;
        if self.ontology.is_a(class, self.ontology.known().document) {
            return Some(entity);
        }
        let class = &self.ontology.class(class).name;
        let finding =
            self.finding(Code::InvalidSource, place, format!("`{reference}` is of class {class}, not a document"));
        self.report(finding.help("cite a document and its paragraph, as in c24#2.10"));
        None
    }

    /// Appends the sources that a row cites, sorted, each once.
    pub(super) fn cite(&mut self, table: &Table, row: Place, ahead: Option<Citation>, citations: &mut Vec<Citation>) {
        if ahead.is_some() {
            return citations.extend(ahead);
        }
        let Some(column) = table.column(Column::Source) else { return };
        let (mut cited, mut n_values) = (Vec::new(), 0);
        for (value, text) in table.values(row.row, column) {
            n_values += 1;
            cited.extend(self.citation(&text, Place { column, value, ..row }));
        }
        if cited.len() < n_values {
            self.lost.push(Lost::Sources(Place { column, ..row }));
        }
        cited.sort_by_key(|citation: &Citation| (citation.document, citation.paragraph, citation.place));
        cited.dedup_by_key(|citation| (citation.document, citation.paragraph));
        citations.append(&mut cited);
    }

    pub(super) fn citation(&mut self, text: &str, place: Place) -> Option<Citation> {
        let Some((reference, number)) = text.rsplit_once('#') else {
            let document = self.document(text, place)?;
            return Some(Citation { document, paragraph: None, place });
        };
        let (reference, number) = (reference.trim_end(), number.trim_start());
        if reference.is_empty() || number.is_empty() {
            let finding = self.finding(Code::InvalidSource, place, format!("`{text}` is not a source"));
            self.report(finding.help("write the document's id, `#` and the paragraph's number, as in c24#2.10"));
            return None;
        }
        let document = self.document(reference, place)?;
        let declared = |number: &str| {
            let number = self.linked.texts.symbol(number)?;
            self.paragraphs.get(&(document, number)).copied()
        };
        let clean = visible(number);
        // As it is printed, or else with the digits that others are written with.
        let ascii = ascii_digits(&clean);
        let found = declared(&clean).or_else(|| declared(&ascii));
        let ways = [number, &*ascii];
        if found.is_none() && !ways.iter().any(|number| self.is_unplaced_paragraph(number)) {
            self.report_unknown_paragraph(document, ways, place);
        }
        found.map(|paragraph| Citation { document, paragraph: Some(paragraph), place })
    }

    fn report_unknown_paragraph(&mut self, document: EntityId, ways: [&str; 2], place: Place) {
        if let Some(finding) = ways.iter().find_map(|number| self.paragraph_left_out(document, number, place)) {
            return self.report(finding);
        }
        let number = ways[0];
        let id = self.linked.id(document).to_owned();
        let paragraphs = &self.linked.paragraphs;
        let start = paragraphs.partition_point(|paragraph| paragraph.document < document);
        let declared = paragraphs[start..].iter().take_while(|paragraph| paragraph.document == document);
        // Of a part the whole knows whether there are others.
        let has_none = declared.take(1).count() == 0 && !self.dataset.is_part();
        let finding =
            self.finding(Code::UnknownParagraph, place, format!("the document `{id}` has no paragraph `{number}`"));
        if has_none {
            return self.report(finding.help(help_without_paragraphs(&id)).about(id));
        }
        let kept = self.findings.keep(finding.about(id));
        self.leave(kept, Unknown::Paragraph(document, suggestible(number)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of paragraphs of one document in the order of reading.
    fn ordered(rows: &[&str]) -> Vec<String> {
        let mut texts = Interner::default();
        let mut paragraphs: Vec<_> = (0..)
            .zip(rows)
            .map(|(row, number)| Paragraph {
                document: EntityId::new(0),
                number: texts.intern(number),
                attributes: 0..0,
                place: Place::row(0, row),
            })
            .collect();
        order(&mut paragraphs, &texts);
        paragraphs.iter().map(|paragraph| texts.text(paragraph.number).to_owned()).collect()
    }

    #[test]
    fn paragraphs_are_read_in_the_order_of_their_rows_not_of_the_alphabet() {
        let rows = ["recalling.b", "recalling.a", "considering", "considering further", "1", "2", "Annex A"];
        assert_eq!(ordered(&rows), rows);
        let rows = ["p. 9", "p. 10", "• first", "II", "Article 2"];
        assert_eq!(ordered(&rows), rows);
    }

    #[test]
    fn numbers_are_counted_whatever_the_order_of_their_rows() {
        assert_eq!(ordered(&["H", "2.10", "2.9", "1", "Annex"]), ["H", "1", "2.9", "2.10", "Annex"]);
    }
}

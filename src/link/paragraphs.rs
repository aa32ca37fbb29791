//! Paragraphs, and the sources that cite them.

use std::collections::{BTreeMap, BTreeSet};

use super::Linker;
use super::entities::{index, tables};
use crate::finding::Code;
use crate::model::{Citation, EntityId, Paragraph, ParagraphId, ParagraphNumber, Place, Symbol};
use crate::ontology::{Column, nearest};
use crate::read::{Table, TableKind};

/// The paragraphs of each document.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_document: BTreeMap<EntityId, BTreeMap<Symbol, ParagraphId>>,
}

impl Linker<'_> {
    /// Reads the tables of paragraphs and numbers the paragraphs in the order of reading.
    pub(super) fn declare_paragraphs(&mut self) {
        let dataset = self.dataset;
        let mut paragraphs = Vec::new();
        for (number, table) in tables(dataset, TableKind::Paragraphs) {
            let (Some(document), Some(paragraph)) = (table.column(Column::Document), table.column(Column::Number))
            else {
                continue;
            };
            for row in 0..table.rows() {
                paragraphs.extend(self.paragraph(table, Place::row(number, row), document, paragraph));
            }
        }
        let texts = &self.linked.texts;
        paragraphs.sort_by(|a, b| {
            let numbers = |p: &Paragraph| (p.document, ParagraphNumber(texts.text(p.number)));
            numbers(a).cmp(&numbers(b)).then(a.place.cmp(&b.place))
        });
        for mut paragraph in self.distinct(paragraphs) {
            paragraph.attributes = self.annotations(paragraph.place);
            let number = ParagraphId(index(self.linked.paragraphs.len()));
            self.paragraphs.by_document.entry(paragraph.document).or_default().insert(paragraph.number, number);
            self.linked.paragraphs.push(paragraph);
        }
    }

    fn paragraph(&mut self, table: &Table, place: Place, document: u16, number: u16) -> Option<Paragraph> {
        let filled = |linker: &mut Self, column, what| {
            let text = table.cell(place.row, column);
            if text.is_empty() {
                let finding = linker.finding(Code::EmptyCell, place.at(column), format!("a paragraph without {what}"));
                linker.report(finding);
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
        let number = self.linked.texts.intern(&number_text);
        Some(Paragraph { document, number, attributes: 0..0, place })
    }

    fn distinct(&mut self, sorted: Vec<Paragraph>) -> Vec<Paragraph> {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::with_capacity(sorted.len());
        for paragraph in sorted {
            if seen.insert((paragraph.document, paragraph.number)) {
                kept.push(paragraph);
                continue;
            }
            let table = &self.dataset.tables[usize::from(paragraph.place.table)];
            let place = paragraph.place.at(table.column(Column::Number).unwrap_or(Place::WHOLE_ROW));
            let number = self.linked.texts.text(paragraph.number).to_owned();
            let finding =
                self.finding(Code::DuplicateId, place, format!("the paragraph `{number}` is already declared"));
            self.report(finding.help("each paragraph of a document has one row").about(number));
        }
        kept
    }

    fn document(&mut self, reference: &str, place: Place) -> Option<EntityId> {
        let entity = self.entity(reference, place)?;
        let class = self.linked.entities[entity.index()].class;
        let document = self.ontology.class_by_name("Document");
        if document.is_none_or(|document| self.ontology.is_a(class, document)) {
            return Some(entity);
        }
        let class = &self.ontology.class(class).name;
        let finding =
            self.finding(Code::InvalidSource, place, format!("`{reference}` is of class {class}, not a document"));
        self.report(finding.help("cite a document and its paragraph, as in c24#2.10"));
        None
    }

    /// Returns the sources that a row cites, sorted, each once.
    pub(super) fn citations(&mut self, table: &Table, place: Place, column: Option<u16>) -> Vec<Citation> {
        let Some(column) = column else { return Vec::new() };
        let mut citations = Vec::new();
        for (value, text) in table.values(place.row, column) {
            let place = Place { column, value, ..place };
            citations.extend(self.citation(&text, place));
        }
        citations.sort_by_key(|citation: &Citation| (citation.document, citation.paragraph, citation.place));
        citations.dedup_by_key(|citation| (citation.document, citation.paragraph));
        citations
    }

    fn citation(&mut self, text: &str, place: Place) -> Option<Citation> {
        let Some((reference, number)) = text.rsplit_once('#') else {
            let document = self.document(text, place)?;
            return Some(Citation { document, paragraph: None, place });
        };
        if reference.is_empty() || number.is_empty() {
            let finding = self.finding(Code::InvalidSource, place, format!("`{text}` is not a source"));
            self.report(finding.help("write the document's id, `#` and the paragraph's number, as in c24#2.10"));
            return None;
        }
        let document = self.document(reference, place)?;
        let paragraphs = self.paragraphs.by_document.get(&document);
        let symbol = self.linked.texts.symbol(number);
        let found = symbol.and_then(|number| paragraphs?.get(&number).copied());
        if found.is_none() {
            self.report_unknown_paragraph(document, number, place);
        }
        found.map(|paragraph| Citation { document, paragraph: Some(paragraph), place })
    }

    fn report_unknown_paragraph(&mut self, document: EntityId, number: &str, place: Place) {
        let id = self.id_of(document).to_owned();
        let declared = self.paragraphs.by_document.get(&document);
        let names = declared.into_iter().flatten().map(|(&number, _)| self.linked.texts.text(number));
        let near: Vec<_> = nearest(number, names, 3).into_iter().map(|near| format!("`{id}#{near}`")).collect();
        let help = match (declared, near.is_empty()) {
            (None, _) => format!("add the paragraphs of `{id}` to a table with the columns document and number"),
            (Some(_), true) => "correct the number, or add the paragraph to the table of paragraphs".to_owned(),
            (Some(_), false) => format!("did you mean {}?", near.join(" or ")),
        };
        let finding =
            self.finding(Code::UnknownParagraph, place, format!("the document `{id}` has no paragraph `{number}`"));
        self.report(finding.help(help).about(id));
    }
}

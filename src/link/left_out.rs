//! What a mapping leaves out by its `where`: what refers to it leads to nothing, and the finding says why.

use std::collections::BTreeMap;

use super::Worker;
use crate::finding::{Code, Finding};
use crate::model::{ClassId, EntityId, Place, fold, visible};
use crate::ontology::{Column, Ontology};
use crate::read::{Dataset, RowLeftOut, Table, TableKind};

/// A row that is left out, and its table.
type Row = (u16, RowLeftOut);

/// The rows that are left out: of entities by id and by folded name, of paragraphs by folded document and number.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    ids: BTreeMap<String, Row>,
    names: BTreeMap<String, Row>,
    paragraphs: BTreeMap<(String, String), Row>,
}

impl LeftOut {
    /// Collects them. O(rows that are left out), once a reference is to nothing.
    fn of(dataset: &Dataset, ontology: &Ontology) -> Self {
        let mut left_out = Self::default();
        for (number, table) in (0..).zip(&dataset.tables) {
            match table.kind() {
                TableKind::Entities => left_out.add_entities(number, table, ontology),
                TableKind::Paragraphs => left_out.add_paragraphs(number, table),
                TableKind::Statements => {}
            }
        }
        left_out
    }

    fn add_entities(&mut self, number: u16, table: &Table, ontology: &Ontology) {
        let names = table.columns_of(&ontology.known().naming());
        let id = table.column(Column::Id);
        for row in table.rows_left_out() {
            for id in id.iter().flat_map(|&id| table.values_left_out(row, id)) {
                self.ids.entry(visible(&id).into_owned()).or_insert((number, row));
            }
            for name in names.iter().flat_map(|&column| table.values_left_out(row, column)) {
                self.names.entry(fold(&name)).or_insert((number, row));
            }
        }
    }

    fn add_paragraphs(&mut self, table_number: u16, table: &Table) {
        let Some((document, number)) = table.column(Column::Document).zip(table.column(Column::Number)) else { return };
        for row in table.rows_left_out() {
            let text = |column| table.values_left_out(row, column).next();
            if let (Some(document), Some(number)) = (text(document), text(number)) {
                let key = (fold(&document), visible(&number).into_owned());
                self.paragraphs.entry(key).or_insert((table_number, row));
            }
        }
    }
}

impl Worker<'_> {
    fn left_out(&self) -> &LeftOut {
        self.left_out.get_or_init(|| LeftOut::of(self.dataset, self.ontology))
    }

    /// Returns the finding that a reference is to an entity whose row is left out, if it is.
    pub(super) fn entity_left_out(&self, reference: &str, class: Option<ClassId>, place: Place) -> Option<Finding> {
        let left_out = self.left_out();
        let found = left_out.ids.get(&*visible(reference)).or_else(|| left_out.names.get(&fold(reference)));
        let &(number, row) = found?;
        let table = self.table(number);
        let class_of_row = || {
            let word = table.values_left_out(row, table.column(Column::Class)?).next()?;
            self.ontology.class_meant(&word, |_| true, &self.dataset.config.languages).ok()
        };
        if class.is_some_and(|class| class_of_row().is_none_or(|is| !self.ontology.is_a(is, class))) {
            return None;
        }
        self.told(Code::UnknownReference, &format!("`{reference}`"), (number, row), place)
    }

    /// Returns the finding that a source is a paragraph whose row is left out, if it is.
    pub(super) fn paragraph_left_out(&self, document: EntityId, number: &str, place: Place) -> Option<Finding> {
        let paragraphs = &self.left_out().paragraphs;
        if paragraphs.is_empty() {
            return None;
        }
        let (id, naming) = (self.linked.id(document), self.ontology.known().naming());
        let names = self.linked.attributes(document).iter().filter(|name| naming.contains(&name.property));
        let mut called = std::iter::once(id).chain(names.map(|name| self.linked.text(name.text)));
        let row = *called.find_map(|name| paragraphs.get(&(fold(name), visible(number).into_owned())))?;
        let finding = self.told(Code::UnknownParagraph, &format!("the paragraph `{number}` of `{id}`"), row, place)?;
        Some(finding.about(id))
    }

    fn told(&self, code: Code, what: &str, (number, row): Row, place: Place) -> Option<Finding> {
        let table = self.table(number);
        let (at, column, told) = table.tell_left_out(row)?;
        let message = format!("{what} is left out: at {at}, by the `where` of {}", table.name());
        let help = format!("let that `where` ({told}) take the row in by its `{column}`, or take the reference out");
        Some(self.finding(code, place, message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Code;
    use crate::ontology::Ontology;
    use crate::read::{self, Source};
    use crate::tests::dataset;

    #[test]
    fn what_refers_to_a_row_that_is_left_out_is_told_so() {
        let config = r##"id = "t"
base = "https://example.org/"
license = "https://example.org/l"
languages = ["en"]
title = { en = "T" }
[table."o.csv"]
columns = { status = "" }
where = [{ column = "id", is-not = "z" }, { column = "status", is = "active" }]
[table."p.csv"]
columns = { "#3" = "" }
where = { column = "#3", is-not = "x" }
"##;
        let tables = [
            ("dataset.toml", config),
            (
                "o.csv",
                "id,class,label@en,status\nd,Report,D,active\na,Organization,A,active\nb,Organization,Old body,closed\n",
            ),
            ("p.csv", "document,number,\nD,1,\nD,2,x\n"),
            ("s.csv", "subject,property,object,source\na,partOf,b,d#1\na,partOf,Old  Body,d#2\na,partOf,B, d # ١\n"),
        ];
        let folder = dataset(&tables);
        let ontology = Ontology::shipped().unwrap();
        let (dataset, _) = read::dataset(&Source::Folder(folder.path().to_owned()), &ontology).unwrap();
        let (_, findings) = crate::link::link(&dataset, &ontology);
        let told: Vec<_> = findings.iter().map(|it| (it.code, it.location.to_string(), it.message.as_str())).collect();
        let (entity, paragraph) = (Code::UnknownReference, Code::UnknownParagraph);
        assert_eq!(
            told,
            [
                (entity, "s.csv:2:10".to_owned(), "`b` is left out: at o.csv:4:1, by the `where` of o.csv"),
                (entity, "s.csv:3:10".to_owned(), "`Old  Body` is left out: at o.csv:4:1, by the `where` of o.csv"),
                (
                    paragraph,
                    "s.csv:3:20".to_owned(),
                    "the paragraph `2` of `d` is left out: at p.csv:3:1, by the `where` of p.csv"
                ),
                (entity, "s.csv:4:10".to_owned(), "no entity is called `B`"),
            ]
        );
        assert_eq!(
            findings[0].help.as_deref(),
            Some("let that `where` (dataset.toml:8:54) take the row in by its `status`, or take the reference out")
        );
    }
}

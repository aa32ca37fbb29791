//! Rules over single statements and over claims about the same.

use super::Check;
use crate::finding::Code;
use crate::model::{Object, Place, Qualifier, Rank, Statement};
use crate::ontology::{Column, Range};
use crate::sort;

impl Check<'_> {
    /// The subject of each statement is in the domain of its property.
    pub(super) fn subject_outside_domain(&mut self) {
        for statement in self.statements() {
            let property = self.ontology.property(statement.property);
            let Some(domain) = property.domain.filter(|&domain| !self.is_a(statement.subject, domain)) else {
                continue;
            };
            let (subject, class) = (self.linked.id(statement.subject), self.class_name(statement.subject));
            let wanted = &self.ontology.class(domain).name;
            let message =
                format!("`{subject}` is of class {class}, but `{}` is said of class {wanted} only", property.name);
            let place = self.subject_cell(statement);
            self.report(
                Code::SubjectOutsideDomain,
                place,
                statement.subject,
                message,
                "use another property, or correct the subject or its class",
            );
        }
    }

    /// The object of each statement, and each entity in a qualifier, is in the range of its property.
    pub(super) fn object_outside_range(&mut self) {
        for statement in self.statements() {
            let said = Qualifier { property: statement.property, value: statement.object };
            self.range(statement, said, |check| check.object_cell(statement));
            for &qualifier in self.linked.qualifiers(statement) {
                self.range(statement, qualifier, |check| check.qualifier_cell(statement, qualifier));
            }
        }
    }

    fn range(&mut self, statement: &Statement, said: Qualifier, place: impl FnOnce(&Self) -> Place) {
        let property = self.ontology.property(said.property);
        let (Range::Entity(range), Object::Entity(object)) = (property.range, said.value) else { return };
        if self.is_a(object, range) {
            return;
        }
        let (id, class) = (self.linked.id(object), self.class_name(object));
        let wanted = &self.ontology.class(range).name;
        let message = format!("`{id}` is of class {class}, but `{}` needs class {wanted}", property.name);
        let place = place(self);
        self.report(
            Code::ObjectOutsideRange,
            place,
            statement.subject,
            message,
            "use another property, or correct the object or its class",
        );
    }

    /// The cell of a statement's subject: in an entity's row, the cell that makes the statement.
    fn subject_cell(&self, statement: &Statement) -> Place {
        if statement.place.column == Place::WHOLE_ROW {
            self.cell(statement.place, Column::Subject)
        } else {
            statement.place
        }
    }

    /// Each statement cites a source; statements of one row are one finding.
    pub(super) fn statement_without_source(&mut self) {
        let mut rows: Vec<&Statement> =
            self.statements().filter(|statement| self.linked.citations(statement).is_empty()).collect();
        sort::by_key(&mut rows, |statement| (statement.place.table, statement.place.row));
        rows.dedup_by_key(|statement| (statement.place.table, statement.place.row));
        for statement in rows {
            let place = self.cell(statement.place, Column::Source);
            // A source that could not be read is reported already.
            let table = &self.dataset.tables[usize::from(place.table)];
            let is_read = place.column != Place::WHOLE_ROW && table.values(place.row, place.column).next().is_some();
            if is_read || table.is_unsure(place.row) {
                continue;
            }
            let subject = self.linked.id(statement.subject);
            let message = format!("a statement about `{subject}` cites no source");
            self.report(
                Code::StatementWithoutSource,
                place,
                statement.subject,
                message,
                "cite the paragraph that says so, as in c24#2.10",
            );
        }
    }

    /// Of a property that has one value at most, one claim at most is preferred.
    pub(super) fn contradictory_claims(&mut self) {
        let preferred = self.statements().filter(|statement| {
            statement.rank == Rank::Preferred && self.ontology.property(statement.property).functional
        });
        let preferred: Vec<&Statement> = preferred.collect();
        for pair in preferred.windows(2) {
            let [first, second] = pair else { continue };
            if (first.subject, first.property) != (second.subject, second.property) || first.object == second.object {
                continue;
            }
            let (earlier, later) = if first.place < second.place { (first, second) } else { (second, first) };
            let subject = self.linked.id(first.subject);
            let at = self.dataset.locate(earlier.place);
            let property = &self.ontology.property(first.property).name;
            let message = format!(
                "two preferred claims about `{property}` of `{subject}` contradict each other: the other is at {at}"
            );
            let place = self.object_cell(later);
            self.report(Code::ContradictoryClaims, place, first.subject, message, "prefer one of them, or neither");
        }
    }
}

//! Rules over dates.

use super::Check;
use crate::finding::Code;
use crate::model::{Date, Object, PropertyId, Rank, Statement, Symbol};
use crate::ontology::{Column, PropertyKind};

impl Check<'_> {
    /// Nothing ends before it starts: no statement by its qualifiers, no entity by its claims.
    pub(super) fn end_before_start(&mut self) {
        let pairs: Vec<(PropertyId, PropertyId)> = self
            .ontology
            .property_ids()
            .zip(self.ontology.properties())
            .filter_map(|(end, property)| property.not_before.map(|start| (start, end)))
            .collect();
        for (start, end) in pairs {
            if self.ontology.property(end).kind == PropertyKind::Qualifier {
                self.qualifiers_in_order(start, end);
            } else {
                self.claims_in_order(start, end);
            }
        }
    }

    fn qualifiers_in_order(&mut self, start: PropertyId, end: PropertyId) {
        for statement in self.statements() {
            let date = |property| literal(self.linked.qualifier(statement, property)?);
            let (Some(first), Some(last)) = (date(start), date(end)) else { continue };
            if self.in_order(first, last) {
                continue;
            }
            let message =
                format!("it ends ({}) before it starts ({})", self.linked.text(last), self.linked.text(first));
            let place = self.cell(statement.place, Column::Term(end, None));
            self.report(Code::EndBeforeStart, place, statement.subject, message, "correct one of the dates");
        }
    }

    fn claims_in_order(&mut self, start: PropertyId, end: PropertyId) {
        let statements = self.linked.statements();
        for claims in statements.chunk_by(|a, b| a.subject == b.subject) {
            let (Some(first), Some(last)) = (best(claims, start), best(claims, end)) else { continue };
            if self.in_order(first, last) {
                continue;
            }
            // Only the claim that stands for the entity is compared: others may belong to another account of it.
            let same = |claim: &&Statement| literal(claim.object) == Some(last);
            for claim in current(claims).filter(|claim| claim.property == end).filter(same) {
                let subject = self.linked.id(claim.subject);
                let (first, last) = (self.linked.text(first), self.linked.text(last));
                let message = format!("`{subject}` ends ({last}) before it starts ({first})");
                let place = self.object_cell(claim);
                self.report_entity(Code::EndBeforeStart, place, claim.subject, message, "correct one of the dates");
            }
        }
    }

    fn in_order(&self, first: Symbol, last: Symbol) -> bool {
        let date = |symbol| Date::parse(self.linked.text(symbol));
        !matches!((date(first), date(last)), (Ok(first), Ok(last)) if last.is_before(&first))
    }
}

/// The date of the best of an entity's claims, the first of several.
fn best(claims: &[Statement], property: PropertyId) -> Option<Symbol> {
    let claims = current(claims).filter(|claim| claim.property == property);
    claims.min_by_key(|claim| claim.rank).and_then(|claim| literal(claim.object))
}

fn current(claims: &[Statement]) -> impl Iterator<Item = &Statement> {
    claims.iter().filter(|claim| claim.rank != Rank::Deprecated)
}

fn literal(object: Object) -> Option<Symbol> {
    match object {
        Object::Literal(text, _) => Some(text),
        Object::Entity(_) | Object::Value(_) => None,
    }
}

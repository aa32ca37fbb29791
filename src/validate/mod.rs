//! The rules that entities and statements must follow.
//!
//! Each rule is a function named for its finding. The same rules stand in `ontology/shapes.ttl` as far as SHACL can say
//! them, and a test holds the two together.

mod claims;
mod dates;
mod entities;
mod paragraphs;
mod parts;

pub(crate) use paragraphs::{cited_paragraphs, perhaps_cited, reports};
pub(crate) use parts::{OPEN_IT, circle, circles};

use crate::finding::{Code, Finding, Findings};
use crate::link;
use crate::model::{ClassId, EntityId, Object, Place, Qualifier, Rank, Statement, StatementStore};
use crate::ontology::{Column, Datatype, Ontology, Range};
use crate::parallel;
use crate::read::Dataset;

/// Entities and statements that every rule has seen. What was wrong is among the findings.
#[derive(Debug)]
pub struct Validated(pub(crate) StatementStore);

/// The rules. They know nothing of each other. The longest comes first, for then no thread waits for it at the end.
const RULES: [fn(&mut Check<'_>); 12] = [
    |check| check.shared_acronym(),
    |check| check.subject_outside_domain(),
    |check| check.object_outside_range(),
    |check| check.statement_without_source(),
    |check| check.contradictory_claims(),
    |check| check.end_before_start(),
    |check| check.undated_event(),
    |check| check.missing_label(),
    |check| check.isolated_entity(),
    |check| check.cyclic_part(),
    |check| check.uncited_paragraph(),
    |check| check.unknown_report(),
];

/// Applies all rules. Never fails. O(n log n) in the number of entities and statements.
#[must_use]
pub fn validate(linked: StatementStore, dataset: &Dataset, ontology: &Ontology) -> (Validated, Vec<Finding>) {
    let findings = parallel::all(&RULES, |rule| {
        let mut check = Check { linked: &linked, dataset, ontology, findings: Findings::default() };
        rule(&mut check);
        check.findings
    });
    let mut all = Findings::default();
    for found in findings {
        all.append(found);
    }
    (Validated(linked), all.into_vec())
}

/// What the rules see, and what they found.
struct Check<'a> {
    linked: &'a StatementStore,
    dataset: &'a Dataset,
    ontology: &'a Ontology,
    findings: Findings,
}

impl<'a> Check<'a> {
    /// Reports what is wrong with an entity, if it belongs to the data set.
    fn report_entity(&mut self, code: Code, place: Place, entity: EntityId, message: String, help: &str) {
        if link::owns_entity(self.linked, self.dataset, entity) {
            self.report(code, place, entity, message, help);
        }
    }

    fn report(&mut self, code: Code, place: Place, focus: EntityId, message: String, help: &str) {
        self.findings.push_with(code, || {
            let finding = Finding::new(code, self.dataset.locate(place), message);
            finding.help(help).about(self.linked.id(focus))
        });
    }

    /// The statements that belong to the data set.
    fn statements(&self) -> impl Iterator<Item = &'a Statement> + use<'a> {
        let (linked, dataset, ontology) = (self.linked, self.dataset, self.ontology);
        let all = linked.statements().iter();
        all.filter(move |statement| link::owns_statement(linked, dataset, ontology, statement))
    }

    /// The statements that are not known to be wrong.
    fn current(&self) -> impl Iterator<Item = &'a Statement> + use<'a> {
        self.statements().filter(|statement| statement.rank != Rank::Deprecated)
    }

    fn is_a(&self, entity: EntityId, class: ClassId) -> bool {
        self.ontology.is_a(self.linked.entity(entity).class, class)
    }

    /// The cell of that column in a row; the whole row if its table has no such column.
    fn cell(&self, place: Place, column: Column) -> Place {
        let table = &self.dataset.tables[usize::from(place.table)];
        table.column(column).map_or(Place::row(place.table, place.row), |column| place.at(column))
    }

    /// The cell of a statement's object: a statement in an entity's row stands in one cell.
    fn object_cell(&self, statement: &Statement) -> Place {
        if statement.place.column == Place::WHOLE_ROW {
            self.cell(statement.place, Column::Object)
        } else {
            statement.place
        }
    }

    /// The cell of a qualifier, in any language.
    fn qualifier_cell(&self, statement: &Statement, qualifier: Qualifier) -> Place {
        let language = match qualifier.value {
            Object::Literal(_, language) => language,
            Object::Entity(_) | Object::Value(_) => None,
        };
        self.cell(statement.place, Column::Term(qualifier.property, language))
    }

    /// Tells whether a file cannot be read, which is told: what others lack may stand there.
    fn is_part_unread(&self) -> bool {
        !self.dataset.unreadable.is_empty()
    }

    /// Tells whether the row of an entity, or of a statement, has something that nobody understands, which is told there.
    fn is_unsure(&self, place: Place) -> bool {
        self.dataset.tables[usize::from(place.table)].is_unsure(place.row)
    }

    fn class_name(&self, entity: EntityId) -> &'a str {
        &self.ontology.class(self.linked.entity(entity).class).name
    }

    fn is_date(&self, statement: &Statement) -> bool {
        self.ontology.property(statement.property).range == Range::Literal(Datatype::Edtf)
    }
}

//! What is wrong with a shard, and what it leaves open.

use std::collections::BTreeSet;
use std::io::Write;

use super::open::OpenRecord;
use super::record::{Record, order, told};
use super::{Opened, ShardError, open};
use crate::export;
use crate::finding::{Code, Finding};
use crate::graph::KnowledgeGraph;
use crate::link;
use crate::model::{EntityId, Object, Rank, Statement, StatementStore};
use crate::ontology::Ontology;
use crate::read::{Dataset, Part, Source};
use crate::validate::{self, Validated};

/// Reads, links and checks a shard, and writes what is wrong and what only the whole can tell as records.
///
/// # Errors
///
/// If the shard cannot be read at all, or a pipe is broken.
pub(crate) fn check(part: Part, ontology: Ontology, out: &mut impl Write) -> Result<(), ShardError> {
    let Opened { dataset, ontology, findings } = open(&Source::Part(part), ontology)?;
    for finding in &findings {
        tell(finding, out)?;
    }
    let (linked, findings, open) = link::link_part(&dataset, &ontology);
    for finding in &findings {
        tell(finding, out)?;
    }
    for (number, open) in open.iter().enumerate() {
        let record = OpenRecord::of(open, number, &linked, &ontology);
        Record::new("open").one(record.key()).text(record.text()).write(out)?;
    }
    let (Validated(linked), findings) = validate::validate(linked, &dataset, &ontology);
    for finding in &findings {
        match finding.code {
            Code::IsolatedEntity => apart("isolated", finding, out)?,
            Code::UndatedEvent => apart("undated", finding, out)?,
            Code::UncitedParagraph => apart("uncited", finding, out)?,
            _ => tell(finding, out)?,
        }
    }
    let whole = Loose { linked: &linked, dataset: &dataset, ontology: &ontology };
    whole.links(out)?;
    whole.cited(out)?;
    whole.transitive(out)?;
    whole.count(out)?;
    let graph = KnowledgeGraph::new(Validated(linked), dataset, ontology);
    Ok(Record::new("columns").text(export::columns_of(&graph)).write(out)?)
}

/// Tells a finding.
fn tell(finding: &Finding, out: &mut impl Write) -> Result<(), ShardError> {
    let is_of_row = finding.focus.as_deref() == Some(link::IN_ROWS) || finding.row().is_some();
    let what = if is_of_row { "row" } else { "finding" };
    let record = Record::new(what).one(finding.code.name()).other(order(finding));
    Ok(record.text(told(finding)).write(out)?)
}

/// Tells a finding that holds unless another shard knows better of what it is about: an entity, or a document and a paragraph.
fn apart(what: &str, finding: &Finding, out: &mut impl Write) -> Result<(), ShardError> {
    let focus = finding.focus.as_deref().unwrap_or_default();
    let record = Record::new(what).text(told(finding));
    let record = match focus.split_once('#') {
        Some((document, number)) => record.one(document).other(number),
        None => record.one(focus),
    };
    Ok(record.write(out)?)
}

/// What a shard knows of what belongs to others.
struct Loose<'a> {
    linked: &'a StatementStore,
    dataset: &'a Dataset,
    ontology: &'a Ontology,
}

impl Loose<'_> {
    fn owns(&self, entity: EntityId) -> bool {
        link::owns_entity(self.linked, self.dataset, entity)
    }

    fn has(&self, statement: &Statement) -> bool {
        link::owns_statement(self.linked, self.dataset, self.ontology, statement)
    }

    /// Tells which entities of others are linked with something, and which may have a date.
    fn links(&self, out: &mut impl Write) -> Result<(), ShardError> {
        let (linked, mut ends) = (self.linked, BTreeSet::new());
        let documents = linked.entity_ids().flat_map(|entity| linked.entity_citations(entity));
        ends.extend(documents.map(|citation| citation.document));
        ends.extend(linked.paragraphs().iter().map(|paragraph| paragraph.document));
        for statement in linked.statements() {
            ends.extend(linked.citations(statement).iter().map(|citation| citation.document));
            let qualifiers = linked.qualifiers(statement).iter().map(|qualifier| qualifier.value);
            ends.extend(qualifiers.chain([statement.object]).filter_map(entity));
            ends.extend(entity(statement.object).map(|_| statement.subject));
        }
        ends.extend(&linked.spared.links);
        let dates = linked.spared.dates.iter().copied().map(|entity| ("dated", entity));
        let ends = ends.into_iter().map(|entity| ("linked", entity));
        for (what, entity) in ends.chain(dates).filter(|&(_, entity)| !self.owns(entity)) {
            Record::new(what).one(linked.id(entity)).write(out)?;
        }
        Ok(())
    }

    /// Tells which paragraphs of others are cited, or may be.
    fn cited(&self, out: &mut impl Write) -> Result<(), ShardError> {
        let cited = validate::perhaps_cited(self.linked);
        for (paragraph, _) in self.linked.paragraphs().iter().zip(cited).filter(|(_, is_cited)| *is_cited) {
            if !self.dataset.owns(paragraph.place) {
                let (document, number) = (self.linked.id(paragraph.document), self.linked.text(paragraph.number));
                Record::new("cited").one(document).other(number).write(out)?;
            }
        }
        Ok(())
    }

    /// Tells the statements that a circle may lead through.
    fn transitive(&self, out: &mut impl Write) -> Result<(), ShardError> {
        let follows = |statement: &&Statement| {
            let property = self.ontology.property(statement.property);
            let counts = property.transitive && !property.symmetric && statement.rank != Rank::Deprecated;
            counts && self.has(statement)
        };
        for statement in self.linked.statements().iter().filter(follows) {
            let Some(object) = entity(statement.object) else { continue };
            let place = self.dataset.locate(statement.place);
            let finding = Finding::new(Code::CyclicPart, place, &self.ontology.property(statement.property).name);
            let (subject, object) = (self.linked.id(statement.subject), self.linked.id(object));
            Record::new("edge").one(subject).other(object).text(told(&finding)).write(out)?;
        }
        Ok(())
    }

    fn count(&self, out: &mut impl Write) -> Result<(), ShardError> {
        let entities = self.linked.entity_ids().filter(|&entity| self.owns(entity)).count();
        let statements = self.linked.statements().iter().filter(|it| self.has(it)).count();
        let paragraphs = self.linked.paragraphs().iter().filter(|it| self.dataset.owns(it.place)).count();
        for (what, count) in [("entities", entities), ("statements", statements), ("paragraphs", paragraphs)] {
            Record::new("count").one(what).text(count.to_string()).write(out)?;
        }
        Ok(())
    }
}

fn entity(object: Object) -> Option<EntityId> {
    match object {
        Object::Entity(entity) => Some(entity),
        Object::Value(_) | Object::Literal(..) => None,
    }
}

//! How much fits one triple pattern, counted without rows.

use oxrdf::Literal;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern, Variable};

use super::View;
use super::find::Purpose;
use super::gauge;
use super::unit::Graphs;

impl View<'_> {
    /// Answers a query that only counts what fits one triple pattern. The evaluator would make a row for each, to count
    /// it. O(what fits).
    pub(in crate::query) fn count_alone(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Filter { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.count_alone(inner),
            GraphPattern::Group { inner, variables, aggregates } if variables.is_empty() => {
                let GraphPattern::Bgp { patterns } = &**inner else { return };
                let [triple] = patterns.as_slice() else { return };
                let Some(bound) = bound(triple) else { return };
                if aggregates.iter().all(|(_, aggregate)| counts_rows(aggregate, &bound)) {
                    let number = GroundTerm::Literal(Literal::from(self.fitting(triple)));
                    let (variables, bindings) =
                        aggregates.iter().map(|(variable, _)| (variable.clone(), Some(number.clone()))).unzip();
                    *pattern = GraphPattern::Values { variables, bindings: vec![bindings] };
                }
            }
            _ => {}
        }
    }

    /// How many triples of the default graph fit a pattern of different variables.
    fn fitting(&self, triple: &TriplePattern) -> u64 {
        let [subject, predicate, object] = self.constants(triple);
        let graphs = self.from.clone().map_or(Graphs::Default, Graphs::Merged);
        let mut said = Vec::new();
        let mut number = 0;
        for (units, wanted) in self.find(subject.as_ref(), predicate.as_ref(), object.as_ref(), graphs, Purpose::Find) {
            for unit in units {
                gauge::tick();
                self.say(unit, &wanted, &mut said);
                number += said.len() as u64;
                said.clear();
            }
        }
        number
    }
}

/// The variables that a pattern binds, if nothing stands in it twice, so that whatever fits the constants fits the pattern.
fn bound(triple: &TriplePattern) -> Option<Vec<&Variable>> {
    let mut bound = Vec::new();
    for end in [&triple.subject, &triple.object] {
        match end {
            TermPattern::Variable(variable) => bound.push(variable),
            TermPattern::BlankNode(_) | TermPattern::NamedNode(_) | TermPattern::Literal(_) => {}
            TermPattern::Triple(_) => return None,
        }
    }
    if let NamedNodePattern::Variable(variable) = &triple.predicate {
        if bound.contains(&variable) {
            return None;
        }
        bound.push(variable);
    }
    (triple.subject != triple.object).then_some(bound)
}

/// Tells whether an aggregate is the number of rows, of which each binds some variables.
fn counts_rows(aggregate: &AggregateExpression, bound: &[&Variable]) -> bool {
    match aggregate {
        AggregateExpression::CountSolutions { distinct } => !distinct,
        AggregateExpression::FunctionCall {
            name: AggregateFunction::Count,
            expr: Expression::Variable(variable),
            distinct,
        } => !distinct && bound.contains(&variable),
        AggregateExpression::FunctionCall { .. } => false,
    }
}

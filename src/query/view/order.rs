//! The patterns of a query, in the order of how many triples fit: the optimizer holds many of them equal, and takes the
//! first.

use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::View;
use super::find::Purpose;
use super::term::Term;
use super::unit::Graphs;

impl View<'_> {
    /// Sorts the triple patterns of every basic graph pattern.
    pub(in crate::query) fn order(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.sort_by_cached_key(|triple| self.count(triple)),
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::LeftJoin { left, right, .. } => {
                self.order(left);
                self.order(right);
            }
            GraphPattern::Filter { inner, .. }
            | GraphPattern::Graph { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Group { inner, .. } => self.order(inner),
            GraphPattern::Path { .. } | GraphPattern::Values { .. } | GraphPattern::Service { .. } => {}
        }
    }

    /// How many units can say triples that fit a pattern; few where the subject is known.
    fn count(&self, triple: &TriplePattern) -> usize {
        let [subject, predicate, object] = self.constants(triple);
        if subject.is_some() {
            return if predicate.is_some() { 2 } else { 20 };
        }
        // Named graphs hold what the default graph would.
        let found = self.find(None, predicate.as_ref(), object.as_ref(), Graphs::Default, Purpose::Count);
        found.iter().map(|(units, _)| units.size_hint().0).sum()
    }

    /// The terms of a pattern that are known.
    pub(super) fn constants(&self, triple: &TriplePattern) -> [Option<Term<'static>>; 3] {
        let term = |pattern: &TermPattern| match pattern {
            TermPattern::NamedNode(node) => Some(self.speller.lasting(node.clone().into())),
            TermPattern::Literal(literal) => Some(self.speller.lasting(literal.clone().into())),
            TermPattern::BlankNode(_) | TermPattern::Triple(_) | TermPattern::Variable(_) => None,
        };
        let predicate = match &triple.predicate {
            NamedNodePattern::NamedNode(node) => Some(self.speller.lasting(node.clone().into())),
            NamedNodePattern::Variable(_) => None,
        };
        [term(&triple.subject), predicate, term(&triple.object)]
    }
}

//! Queries put so that the evaluator answers them as the specification says, where it would not.
//!
//! - `p|q` gives a solution for each side that holds, outside of `*` and `+`: a union says so.
//! - A path of no length holds for a constant end even if that is no node of the graph.
//! - A triple term of which a part is known is found by that part.
//! - The language of a text is compared in lower case, as the evaluator keeps it.
//! - VALUES and subqueries within GRAPH bind the variable of the graph. Where a subquery counts or limits what is in each
//!   graph by itself, it is refused.
//! - `COUNT(DISTINCT *)` does not look at blank nodes of the patterns.

use std::mem::take;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode};
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, OrderExpression,
    PropertyPathExpression as Path,
};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern, Variable};

use super::view::HIDDEN;
use crate::rdf::Profile;

/// What is known of a query once it is rewritten.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    /// Whether it compares, computes with, adds up or orders values.
    pub(super) computes: bool,
    /// Whether a subquery counts or limits within the graphs of a variable, which the evaluator does over all of them.
    pub(super) is_per_graph: bool,
    /// Whether nodes of statements reify triples.
    has_reifiers: bool,
    /// The graph that the pattern is asked of.
    graph: Option<NamedNodePattern>,
    /// How many variables were added.
    added: usize,
}

impl Rewritten {
    /// Rewrites a pattern over a graph in a profile.
    pub(super) fn of(pattern: &mut GraphPattern, profile: Profile) -> Self {
        let mut rewritten = Self { has_reifiers: profile.needs_triple_terms(), ..Self::default() };
        rewritten.pattern(pattern);
        rewritten
    }

    fn pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                patterns.iter_mut().for_each(named);
                if self.has_reifiers && self.graph.is_none() {
                    *patterns = take(patterns).into_iter().flat_map(reified).collect();
                }
            }
            GraphPattern::Path { subject, path, object } => {
                let path = std::mem::replace(path, Path::NegatedPropertySet(Vec::new()));
                let [subject, object] = [subject, object].map(|end| named_term(end.clone()));
                *pattern = self.path(subject, path, object);
            }
            GraphPattern::Values { .. } => {
                if self.graph.is_some() {
                    let values = take(pattern);
                    *pattern = join(values, GraphPattern::default());
                }
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => self.both(left, right),
            GraphPattern::LeftJoin { left, right, expression } => {
                self.both(left, right);
                self.expressions(expression);
            }
            GraphPattern::Filter { expr, inner } | GraphPattern::Extend { inner, expression: expr, .. } => {
                self.pattern(inner);
                self.expression(expr);
            }
            GraphPattern::Graph { name, inner } => {
                let outer = self.graph.replace(name.clone());
                self.pattern(inner);
                self.graph = outer;
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.computes = true;
                self.pattern(inner);
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.expression(key);
                }
            }
            GraphPattern::Project { inner, variables } => {
                self.keep_graph(variables);
                self.pattern(inner);
            }
            GraphPattern::Slice { inner, .. } => {
                self.is_per_graph |= self.is_in_each();
                self.pattern(inner);
            }
            GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Service { inner, .. } => self.pattern(inner),
            GraphPattern::Group { inner, variables, aggregates } => {
                // Without groups there is a solution for a graph in which nothing is found.
                self.is_per_graph |= variables.is_empty() && self.is_in_each();
                self.keep_graph(variables);
                self.group(inner, aggregates);
            }
        }
    }

    /// Tells whether the pattern is asked of each of several graphs.
    fn is_in_each(&self) -> bool {
        matches!(self.graph, Some(NamedNodePattern::Variable(_)))
    }

    /// Adds the variable of the graph to those that are kept.
    fn keep_graph(&self, variables: &mut Vec<Variable>) {
        if let Some(NamedNodePattern::Variable(graph)) = &self.graph
            && !variables.contains(graph)
        {
            variables.push(graph.clone());
        }
    }

    fn both(&mut self, left: &mut GraphPattern, right: &mut GraphPattern) {
        self.pattern(left);
        self.pattern(right);
    }

    fn group(&mut self, inner: &mut Box<GraphPattern>, aggregates: &mut [(Variable, AggregateExpression)]) {
        let counts_distinct = |(_, aggregate): &(Variable, AggregateExpression)| {
            matches!(aggregate, AggregateExpression::CountSolutions { distinct: true })
        };
        let mut visible: Vec<Variable> = Vec::new();
        if aggregates.iter().any(counts_distinct) {
            inner.on_in_scope_variable(|variable| {
                if !visible.contains(variable) {
                    visible.push(variable.clone());
                }
            });
        }
        self.pattern(inner);
        if aggregates.iter().any(counts_distinct) {
            self.keep_graph(&mut visible);
            **inner = GraphPattern::Project { inner: Box::new(take(inner)), variables: visible };
        }
        for (_, aggregate) in aggregates {
            if let AggregateExpression::FunctionCall { name, expr, .. } = aggregate {
                self.computes |= match name {
                    AggregateFunction::Sum
                    | AggregateFunction::Avg
                    | AggregateFunction::Min
                    | AggregateFunction::Max => true,
                    AggregateFunction::Count
                    | AggregateFunction::GroupConcat { .. }
                    | AggregateFunction::Sample
                    | AggregateFunction::Custom(_) => false,
                };
                self.expression(expr);
            }
        }
    }

    /// A path as patterns: what it says of sequences, inverses and alternatives, with each solution as often as it holds.
    fn path(&mut self, subject: TermPattern, path: Path, object: TermPattern) -> GraphPattern {
        match path {
            Path::NamedNode(predicate) => {
                let triple = TriplePattern { subject, predicate: predicate.into(), object };
                GraphPattern::Bgp { patterns: vec![triple] }
            }
            Path::Reverse(path) => self.path(object, *path, subject),
            Path::Sequence(one, other) => {
                self.added += 1;
                // No variable of a query has a space in its name.
                let middle = TermPattern::from(Variable::new_unchecked(format!("path {}", self.added)));
                join(self.path(subject, *one, middle.clone()), self.path(middle, *other, object))
            }
            Path::Alternative(one, other) => GraphPattern::Union {
                left: Box::new(self.path(subject.clone(), *one, object.clone())),
                right: Box::new(self.path(subject, *other, object)),
            },
            Path::ZeroOrMore(_) | Path::ZeroOrOne(_) => match (constant(&subject), constant(&object)) {
                (Some(one), Some(other)) if one == other => GraphPattern::default(),
                (Some(start), None) => reflexive(subject, path, object.clone(), &object, start),
                (None, Some(end)) => reflexive(subject.clone(), path, object, &subject, end),
                (Some(_), Some(_)) | (None, None) => GraphPattern::Path { subject, path, object },
            },
            Path::OneOrMore(_) | Path::NegatedPropertySet(_) => GraphPattern::Path { subject, path, object },
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Equal(one, other) => {
                self.computes = true;
                lower(one, other);
                lower(other, one);
                self.expressions([&mut **one, other]);
            }
            Expression::In(one, several) => {
                self.computes = true;
                for other in &mut *several {
                    lower(one, other);
                }
                self.expression(one);
                self.expressions(several);
            }
            Expression::Greater(one, other)
            | Expression::GreaterOrEqual(one, other)
            | Expression::Less(one, other)
            | Expression::LessOrEqual(one, other)
            | Expression::Add(one, other)
            | Expression::Subtract(one, other)
            | Expression::Multiply(one, other)
            | Expression::Divide(one, other) => {
                self.computes = true;
                self.expressions([&mut **one, other]);
            }
            Expression::Or(one, other) | Expression::And(one, other) | Expression::SameTerm(one, other) => {
                self.expressions([&mut **one, other]);
            }
            Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => {
                self.computes = true;
                self.expression(inner);
            }
            Expression::If(condition, one, other) => self.expressions([&mut **condition, one, other]),
            Expression::Coalesce(several) => self.expressions(several),
            Expression::FunctionCall(function, arguments) => {
                self.computes |= matches!(
                    function,
                    Function::Abs
                        | Function::Ceil
                        | Function::Floor
                        | Function::Round
                        | Function::IsNumeric
                        | Function::Custom(_)
                );
                self.expressions(arguments);
            }
        }
    }

    fn expressions<'a>(&mut self, expressions: impl IntoIterator<Item = &'a mut Expression>) {
        expressions.into_iter().for_each(|expression| self.expression(expression));
    }
}

fn join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Join { left: Box::new(left), right: Box::new(right) }
}

/// A path that may be of no length, one end of which is a constant: the other is that constant, or what else the path
/// leads to.
fn reflexive(
    subject: TermPattern,
    path: Path,
    object: TermPattern,
    open: &TermPattern,
    constant: GroundTerm,
) -> GraphPattern {
    let path = GraphPattern::Path { subject, path, object };
    let TermPattern::Variable(open) = open else { return path };
    let term = match &constant {
        GroundTerm::NamedNode(node) => Expression::NamedNode(node.clone()),
        GroundTerm::Literal(literal) => Expression::Literal(literal.clone()),
        GroundTerm::Triple(_) => return path,
    };
    let is_it = Expression::SameTerm(Box::new(open.clone().into()), Box::new(term));
    let values = GraphPattern::Values { variables: vec![open.clone()], bindings: vec![vec![Some(constant)]] };
    GraphPattern::Union {
        // The empty pattern binds the variable of the graph.
        left: Box::new(join(values, GraphPattern::default())),
        right: Box::new(GraphPattern::Filter { expr: Expression::Not(Box::new(is_it)), inner: Box::new(path) }),
    }
}

fn constant(term: &TermPattern) -> Option<GroundTerm> {
    match term {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::BlankNode(_) | TermPattern::Triple(_) | TermPattern::Variable(_) => None,
    }
}

/// Puts the blank nodes of a pattern as variables, which they are: a union can bind them then.
fn named(triple: &mut TriplePattern) {
    triple.subject = named_term(triple.subject.clone());
    triple.object = named_term(triple.object.clone());
}

fn named_term(term: TermPattern) -> TermPattern {
    match term {
        TermPattern::BlankNode(node) => Variable::new_unchecked(format!("_:{}", node.as_str())).into(),
        TermPattern::Triple(mut triple) => {
            named(&mut triple);
            TermPattern::Triple(triple)
        }
        TermPattern::NamedNode(_) | TermPattern::Literal(_) | TermPattern::Variable(_) => term,
    }
}

/// Takes the triple apart that something reifies, if not all of it is known: what it reifies is found by any part then.
fn reified(triple: TriplePattern) -> Vec<TriplePattern> {
    let is_reifies = matches!(&triple.predicate, NamedNodePattern::NamedNode(node) if *node == rdf::REIFIES);
    let parts = match &triple.object {
        TermPattern::Triple(parts) if is_reifies => parts,
        _ => return vec![triple],
    };
    let predicate = match &parts.predicate {
        NamedNodePattern::NamedNode(node) => node.clone().into(),
        NamedNodePattern::Variable(variable) => variable.clone().into(),
    };
    let parts = [parts.subject.clone(), predicate, parts.object.clone()];
    if parts.iter().all(|part| constant(part).is_some()) {
        return vec![triple];
    }
    let part = |(name, object)| {
        let predicate = NamedNode::new_unchecked(name).into();
        TriplePattern { subject: triple.subject.clone(), predicate, object }
    };
    HIDDEN.into_iter().zip(parts).map(part).collect()
}

/// Puts a string in lower case that is compared with the language of a text.
fn lower(language: &Expression, text: &mut Expression) {
    if let (Expression::FunctionCall(Function::Lang, _), Expression::Literal(literal)) = (language, text)
        && literal.datatype() == xsd::STRING
    {
        *literal = Literal::new_simple_literal(literal.value().to_ascii_lowercase());
    }
}

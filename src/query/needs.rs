//! What of a graph a query can touch, so that no more is loaded.
//!
//! A triple that fits none of a query's patterns changes nothing in its answer, with two exceptions: a path that can be
//! of no length leads from every node of the graph to itself, and `GRAPH` sees which graphs there are. Where such a path
//! has a constant end, the triples of that node are loaded, which tell whether it is one of the graph's; where it has no
//! end that is known to be a node, or a query says `GRAPH` or asks for a description, everything is.

use spargebra::algebra::{
    AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression as Path,
};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{Query, SparqlParser};

use crate::rdf::{Quad, Term};

/// The patterns of a query: all that it can touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Needs {
    everything: bool,
    patterns: Vec<Pattern>,
}

/// Triples with these parts; any where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    subject: Option<String>,
    predicate: Option<String>,
    object: Option<Constant>,
}

/// An object that is compared as it is written. Numbers and dates are not: the store compares their values.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Constant {
    Iri(String),
    /// A text, in whatever language.
    Text(String),
}

impl Needs {
    /// Everything.
    pub(super) fn everything() -> Self {
        Self { everything: true, patterns: Vec::new() }
    }

    /// Returns what a query can touch; nothing if it is no query.
    pub(super) fn of(query: &str, prefixes: &[(String, String)]) -> Self {
        let mut parser = SparqlParser::new();
        for (prefix, namespace) in prefixes {
            match parser.with_prefix(prefix, namespace) {
                Ok(knowing) => parser = knowing,
                Err(_) => return Self::default(),
            }
        }
        let mut needs = Self::default();
        match parser.parse_query(query) {
            Ok(Query::Describe { .. }) => return Self::everything(),
            Ok(Query::Select { pattern, .. } | Query::Construct { pattern, .. } | Query::Ask { pattern, .. }) => {
                needs.pattern(&pattern);
            }
            Err(_) => {}
        }
        if needs.everything { Self::everything() } else { needs }
    }

    /// Tells whether the query can touch a quad.
    pub(super) fn include(&self, quad: &Quad<'_>) -> bool {
        self.everything || self.patterns.iter().any(|pattern| pattern.fits(quad))
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Join { .. } => self.join(pattern),
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                self.expressions(expression);
            }
            GraphPattern::Filter { expr, inner } => {
                self.pattern(inner);
                self.expression(expr);
            }
            GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.pattern(inner);
                self.expression(expression);
            }
            GraphPattern::Values { .. } => {}
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.expression(key);
                }
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
            GraphPattern::Group { inner, aggregates, .. } => {
                self.pattern(inner);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            GraphPattern::Graph { .. } | GraphPattern::Service { .. } => self.everything = true,
        }
    }

    /// What must hold together. A path of no length that starts or ends at a node of one of the triples adds no other.
    fn join(&mut self, pattern: &GraphPattern) {
        let (mut leaves, mut open) = (Vec::new(), vec![pattern]);
        while let Some(pattern) = open.pop() {
            match pattern {
                GraphPattern::Join { left, right } => open.extend([left, right].map(|side| &**side)),
                leaf => leaves.push(leaf),
            }
        }
        let triples = leaves.iter().filter_map(|leaf| match leaf {
            GraphPattern::Bgp { patterns } => Some(patterns),
            _ => None,
        });
        let nodes: Vec<&TermPattern> = triples.flatten().flat_map(|triple| [&triple.subject, &triple.object]).collect();
        for leaf in leaves {
            match leaf {
                GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.triple(triple)),
                GraphPattern::Path { subject, path, object } => {
                    if can_be_empty(path) {
                        let known = |end| is_constant(end) || nodes.contains(&end);
                        self.everything |= !known(subject) && !known(object);
                        [subject, object].into_iter().filter(|end| is_constant(end)).for_each(|end| self.node(end));
                    }
                    self.path(path);
                }
                other => self.pattern(other),
            }
        }
    }

    /// The triples that tell whether a constant is a node of the graph.
    fn node(&mut self, term: &TermPattern) {
        if let Some(iri) = iri(term) {
            self.add(Pattern { subject: Some(iri), predicate: None, object: None });
        }
        self.add(Pattern { subject: None, predicate: None, object: constant(term) });
    }

    fn triple(&mut self, triple: &TriplePattern) {
        let predicate = match &triple.predicate {
            NamedNodePattern::NamedNode(node) => Some(node.as_str().to_owned()),
            NamedNodePattern::Variable(_) => None,
        };
        let (subject, object) = (iri(&triple.subject), constant(&triple.object));
        self.add(Pattern { subject, predicate, object });
    }

    fn path(&mut self, path: &Path) {
        match path {
            Path::NamedNode(node) => {
                self.add(Pattern { subject: None, predicate: Some(node.as_str().to_owned()), object: None });
            }
            Path::Reverse(path) | Path::ZeroOrMore(path) | Path::OneOrMore(path) | Path::ZeroOrOne(path) => {
                self.path(path);
            }
            Path::Sequence(one, other) | Path::Alternative(one, other) => {
                self.path(one);
                self.path(other);
            }
            Path::NegatedPropertySet(_) => self.everything = true,
        }
    }

    fn add(&mut self, pattern: Pattern) {
        self.everything |= pattern == Pattern { subject: None, predicate: None, object: None };
        if !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
        }
    }

    fn expressions<'a>(&mut self, expressions: impl IntoIterator<Item = &'a Expression>) {
        expressions.into_iter().for_each(|expression| self.expression(expression));
    }

    /// Looks for `EXISTS`.
    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => self.expressions([&**a, b]),
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::If(a, b, c) => self.expressions([&**a, b, c]),
            Expression::In(one, several) => {
                self.expression(one);
                self.expressions(several);
            }
            Expression::Coalesce(several) | Expression::FunctionCall(_, several) => self.expressions(several),
        }
    }
}

impl Pattern {
    fn fits(&self, quad: &Quad<'_>) -> bool {
        self.predicate.as_ref().is_none_or(|predicate| predicate == quad.predicate)
            && self.subject.as_ref().is_none_or(|subject| quad.subject.is(subject))
            && self.object.as_ref().is_none_or(|object| match (object, quad.object) {
                (Constant::Iri(iri), Term::Node(node)) => node.is(iri),
                (Constant::Text(text), Term::Plain(other) | Term::Tagged(other, _)) => text == other,
                (Constant::Iri(_) | Constant::Text(_), _) => false,
            })
    }
}

fn is_string(literal: &oxigraph::model::Literal) -> bool {
    literal.datatype() == oxigraph::model::vocab::xsd::STRING
}

fn iri(term: &TermPattern) -> Option<String> {
    match term {
        TermPattern::NamedNode(node) => Some(node.as_str().to_owned()),
        TermPattern::BlankNode(_) | TermPattern::Literal(_) | TermPattern::Triple(_) | TermPattern::Variable(_) => None,
    }
}

fn constant(term: &TermPattern) -> Option<Constant> {
    match term {
        TermPattern::Literal(text) if text.language().is_some() || is_string(text) => {
            Some(Constant::Text(text.value().to_owned()))
        }
        _ => iri(term).map(Constant::Iri),
    }
}

fn is_constant(term: &TermPattern) -> bool {
    matches!(term, TermPattern::NamedNode(_) | TermPattern::Literal(_))
}

/// Tells whether a path can lead from a node to itself without a triple.
fn can_be_empty(path: &Path) -> bool {
    match path {
        Path::NamedNode(_) | Path::NegatedPropertySet(_) => false,
        Path::ZeroOrMore(_) | Path::ZeroOrOne(_) => true,
        Path::Reverse(path) | Path::OneOrMore(path) => can_be_empty(path),
        Path::Sequence(one, other) => can_be_empty(one) && can_be_empty(other),
        Path::Alternative(one, other) => can_be_empty(one) || can_be_empty(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Node;

    fn needs(query: &str) -> Needs {
        Needs::of(query, &[(String::new(), "http://e/".to_owned())])
    }

    /// Whether a query can touch `e:s e:p "o"@en`.
    fn touches(query: &str) -> bool {
        let english = crate::model::Language::parse("en").unwrap();
        let (subject, object) = (Node::Entity("http://e/", "s"), Term::Tagged("o", english));
        needs(query).include(&Quad { subject, predicate: "http://e/p", object, graph: None })
    }

    #[test]
    fn a_query_touches_what_fits_one_of_its_patterns() {
        for query in [
            "ASK { ?s :p ?o }",
            "ASK { :s ?p ?o }",
            "ASK { ?s ?p \"o\"@en }",
            "ASK { ?s :p \"o\"@ar }",
            "ASK { ?s :p 1 }",
            "ASK { [] :p [] }",
            "ASK { ?s :q/:p ?o }",
            "ASK { ?s (:q|^:p)+ ?o }",
            "SELECT (COUNT(*) AS ?n) { ?s :q ?o OPTIONAL { ?s :p ?p } }",
            "ASK { ?s :q ?o FILTER(1 + 1 = 2 && NOT EXISTS { ?s :p ?x }) }",
            "ASK { ?s :q ?o BIND(IF(EXISTS { ?s :p ?x }, 1, 2) AS ?y) }",
            "SELECT * { { SELECT ?s { ?s :p ?o } } UNION { ?s :q ?o } MINUS { ?s :r ?o } }",
            "SELECT (MAX(IF(EXISTS { ?s :p ?x }, 1, 2)) AS ?y) { ?s :q ?o } GROUP BY ?s",
            "SELECT ?s { ?s :q ?o } ORDER BY EXISTS { ?s :p ?x }",
            "CONSTRUCT { ?s :r ?o } { ?s :p ?o }",
            "ASK { :s :q* ?o }",
            "ASK { ?s :q? \"o\"@en }",
        ] {
            assert!(touches(query) && !needs(query).everything, "{query}");
        }
        for query in [
            "ASK { ?s :q ?o }",
            "ASK { :t ?p ?o }",
            "ASK { ?s :p \"x\" }",
            "ASK { ?s :p :o }",
            "CONSTRUCT { ?s :p ?o } { ?s :q ?o }",
            "ASK { ?s :q ?o VALUES ?o { :p } }",
            "ASK { ",
        ] {
            assert!(!touches(query), "{query}");
        }
    }

    #[test]
    fn what_sees_more_than_triples_that_fit_needs_everything() {
        for query in [
            "DESCRIBE :s",
            "ASK { ?s ?p ?o }",
            "ASK { GRAPH ?g {} }",
            "ASK { ?s !:p ?o }",
            "ASK { ?s :p* ?o }",
            "ASK { ?s (:p?/:q*)|:r ?o }",
            "ASK { VALUES ?s { :s } ?s :p* ?o }",
            "ASK { ?s :q ?x OPTIONAL { ?s :p* ?o } }",
            "ASK { 1 :p* ?o }",
        ] {
            assert!(needs(query).everything, "{query}");
        }
        for query in ["ASK { :s :p* ?o }", "ASK { ?s :q ?x . ?s :p* ?o }", "ASK { ?s :p*/:q ?o }"] {
            assert!(!needs(query).everything, "{query}");
        }
    }
}

//! Answers, gathered whole and put in an order that depends on the graph and the query only.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::mpsc::Sender;

use oxrdf::{BlankNode, NamedOrBlankNode, Term, Triple, Variable};
use spareval::{QueryResults, QuerySolutionIter, QueryTripleIter};

use super::results::{Message, Results, Row, defused};
use super::token::{Kind, Token, tokens, with_depth, without_mark};
use super::{QueryError, Shape};

/// What a query gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The solutions of SELECT.
    Solutions {
        /// The names of the variables, without question marks: in the order of SELECT, for `SELECT *` in that of their
        /// first occurrence in the query.
        variables: Vec<String>,
        /// The solutions: a term for each variable, or nothing where it is unbound. They are in the order that ORDER BY
        /// asks for, otherwise sorted by their terms.
        rows: Vec<Row>,
    },
    /// The yes or no of ASK.
    Boolean(bool),
    /// The triples of CONSTRUCT and DESCRIBE, sorted, each once.
    Graph(Vec<Triple>),
}

impl Answer {
    /// Returns what kind of answer it is.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self {
            Self::Solutions { .. } => Shape::Solutions,
            Self::Boolean(_) => Shape::Boolean,
            Self::Graph(_) => Shape::Graph,
        }
    }

    /// Puts an apostrophe before each text that a spreadsheet would take for a formula, as
    /// [`Results::safe_for_spreadsheets`] does.
    #[must_use]
    pub(crate) fn safe_for_spreadsheets(self) -> Self {
        let Self::Solutions { variables, rows } = self else { return self };
        let safe = |row: Row| row.into_iter().map(|term| term.map(defused)).collect();
        Self::Solutions { variables, rows: rows.into_iter().map(safe).collect() }
    }

    /// Returns the answer to a query in order, as one that was gathered here, with blank nodes numbered.
    pub(crate) fn in_order(self, query: &str) -> Self {
        let mut labels = Labels::default();
        match self {
            Self::Solutions { variables, rows } => {
                let mut term = |term: Option<Term>| term.map(|term| labels.term(&term));
                let rows = rows.into_iter().map(|row| row.into_iter().map(&mut term).collect()).collect();
                Self::Solutions { variables, rows: in_order(rows, &tokens(without_mark(query))) }
            }
            Self::Boolean(value) => Self::Boolean(value),
            Self::Graph(triples) => Self::Graph(distinct(triples.iter().map(|triple| labels.triple(triple)).collect())),
        }
    }

    /// Returns how many solutions or triples there are.
    #[must_use]
    pub fn rows(&self) -> Option<usize> {
        match self {
            Self::Solutions { rows, .. } => Some(rows.len()),
            Self::Boolean(_) => None,
            Self::Graph(triples) => Some(triples.len()),
        }
    }
}

impl Results {
    /// Waits for all results of a query, and puts them in order.
    ///
    /// # Errors
    ///
    /// If the query fails, or exceeds its limits.
    pub fn gather(self, query: &str) -> Result<Answer, QueryError> {
        gather(self, &tokens(without_mark(query)))
    }
}

/// Gathers the results of a query with these tokens. O(rows log rows).
pub(super) fn gather(results: Results, tokens: &[Token<'_>]) -> Result<Answer, QueryError> {
    match results {
        Results::Solutions { variables, rows } => {
            let rows = in_order(rows.collect::<Result<_, _>>()?, tokens);
            Ok(Answer::Solutions { variables, rows })
        }
        Results::Boolean(value) => Ok(Answer::Boolean(value)),
        Results::Graph(triples) => Ok(Answer::Graph(distinct(triples.collect::<Result<_, _>>()?))),
    }
}

/// Puts rows in order, unless the query with these tokens does.
fn in_order(mut rows: Vec<Row>, tokens: &[Token<'_>]) -> Vec<Row> {
    if !is_ordered(tokens) {
        rows.sort_by(|left, right| compare_rows(left, right));
    }
    rows
}

/// Puts triples in order, each once.
fn distinct(mut triples: Vec<Triple>) -> Vec<Triple> {
    triples.sort_by(compare_triples);
    triples.dedup();
    triples
}

/// Sends the results of a query, up to so many rows.
pub(super) fn send(
    results: QueryResults<'_>,
    query: &str,
    max_rows: Option<usize>,
    to: &Sender<Message>,
) -> Result<(), QueryError> {
    match results {
        QueryResults::Solutions(solutions) => send_solutions(solutions, query, max_rows, to),
        QueryResults::Boolean(value) => {
            drop(to.send(Message::Boolean(value)));
            Ok(())
        }
        QueryResults::Graph(triples) => send_triples(triples, max_rows, to),
    }
}

fn send_solutions(
    solutions: QuerySolutionIter<'_>,
    query: &str,
    max_rows: Option<usize>,
    to: &Sender<Message>,
) -> Result<(), QueryError> {
    let columns = columns(solutions.variables(), query);
    let names = columns.iter().map(|variable| variable.as_str().to_owned());
    drop(to.send(Message::Variables(names.collect())));
    let mut labels = Labels::default();
    let mut batch = Batch { items: Vec::new(), sent: 0, most: 1, max_rows, to, message: Message::Rows };
    for solution in solutions {
        let solution = solution.map_err(QueryError::Evaluation)?;
        batch.push(columns.iter().map(|variable| solution.get(variable).map(|term| labels.term(term))).collect())?;
    }
    batch.send();
    Ok(())
}

fn send_triples(triples: QueryTripleIter<'_>, max_rows: Option<usize>, to: &Sender<Message>) -> Result<(), QueryError> {
    drop(to.send(Message::Graph));
    let mut labels = Labels::default();
    let mut batch = Batch { items: Vec::new(), sent: 0, most: 1, max_rows, to, message: Message::Triples };
    for triple in triples {
        batch.push(labels.triple(&triple.map_err(QueryError::Evaluation)?))?;
    }
    batch.send();
    Ok(())
}

/// Rows or triples that are sent together: the first alone, so that it is there at once, then ever more.
struct Batch<'s, T> {
    items: Vec<T>,
    sent: usize,
    most: usize,
    max_rows: Option<usize>,
    to: &'s Sender<Message>,
    message: fn(Vec<T>) -> Message,
}

impl<T> Batch<'_, T> {
    /// Adds one, if one more is allowed. What nobody takes is dropped: the evaluation is about to be ended.
    fn push(&mut self, item: T) -> Result<(), QueryError> {
        const MOST: usize = 1024;
        match self.max_rows {
            Some(limit) if self.sent + self.items.len() >= limit => return Err(QueryError::TooManyRows { limit }),
            Some(_) | None => self.items.push(item),
        }
        if self.items.len() >= self.most {
            self.send();
            self.most = (self.most * 2).min(MOST);
        }
        Ok(())
    }

    fn send(&mut self) {
        self.sent += self.items.len();
        drop(self.to.send((self.message)(std::mem::take(&mut self.items))));
    }
}

/// Returns the variables in the order of SELECT. The engine sorts those of `SELECT *` by name.
fn columns(variables: &[Variable], query: &str) -> Vec<Variable> {
    let mut columns = variables.to_vec();
    // Most queries are not `SELECT *`, and need not be taken apart again.
    let tokens = if query.contains('*') { tokens(query) } else { Vec::new() };
    if selects_all(&tokens) {
        let is_of = |token: &Token<'_>, variable: &Variable| {
            token.kind == Kind::Variable && token.text.get(1..) == Some(variable.as_str())
        };
        columns.sort_by_cached_key(|variable| tokens.iter().position(|token| is_of(token, variable)));
    }
    columns
}

fn selects_all(tokens: &[Token<'_>]) -> bool {
    let after = tokens.iter().skip_while(|token| !token.is_word("SELECT")).skip(1);
    after
        .take(2)
        .find(|token| !token.is_word("DISTINCT") && !token.is_word("REDUCED"))
        .is_some_and(|token| token.text == "*")
}

/// Tells whether the solutions as a whole are ordered; ORDER BY in a subquery does not count.
fn is_ordered(tokens: &[Token<'_>]) -> bool {
    // The engine takes `ORDERBY` for two words.
    with_depth(tokens).any(|(depth, token)| depth == 0 && (token.is_word("ORDER") || token.is_word("ORDERBY")))
}

/// New labels for blank nodes, `b0`, `b1`…, in the order in which they appear; those of the engine are random.
#[derive(Default)]
struct Labels(HashMap<BlankNode, BlankNode>);

impl Labels {
    fn node(&mut self, node: &BlankNode) -> BlankNode {
        // Only looked up by key, so that the order of the map reaches no answer.
        let number = self.0.len();
        self.0.entry(node.clone()).or_insert_with(|| BlankNode::new_unchecked(format!("b{number}"))).clone()
    }

    fn term(&mut self, term: &Term) -> Term {
        match term {
            Term::NamedNode(_) | Term::Literal(_) => term.clone(),
            Term::BlankNode(node) => self.node(node).into(),
            Term::Triple(triple) => self.triple(triple).into(),
        }
    }

    fn triple(&mut self, triple: &Triple) -> Triple {
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.clone().into(),
            NamedOrBlankNode::BlankNode(node) => NamedOrBlankNode::from(self.node(node)),
        };
        Triple::new(subject, triple.predicate.clone(), self.term(&triple.object))
    }
}

/// Compares cell by cell: unbound, blank nodes, IRIs, literals, triples, as ORDER BY does; each by its text.
fn compare_rows(left: &[Option<Term>], right: &[Option<Term>]) -> Ordering {
    let cells = left.iter().zip(right).map(|(left, right)| match (left, right) {
        (Some(left), Some(right)) => compare_terms(left, right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    });
    cells.fold(Ordering::Equal, Ordering::then)
}

fn compare_terms(left: &Term, right: &Term) -> Ordering {
    match (left, right) {
        (Term::Triple(left), Term::Triple(right)) => compare_triples(left, right),
        _ => key(left).cmp(&key(right)),
    }
}

fn compare_triples(left: &Triple, right: &Triple) -> Ordering {
    let by_subject = subject_key(left).cmp(&subject_key(right));
    let by_predicate = || left.predicate.cmp(&right.predicate);
    by_subject.then_with(by_predicate).then_with(|| compare_terms(&left.object, &right.object))
}

fn subject_key(triple: &Triple) -> (bool, &str) {
    match &triple.subject {
        NamedOrBlankNode::BlankNode(node) => (false, node.as_str()),
        NamedOrBlankNode::NamedNode(node) => (true, node.as_str()),
    }
}

/// Returns what a term that is no triple is sorted by.
fn key(term: &Term) -> (u8, &str, &str, &str) {
    match term {
        Term::BlankNode(node) => (0, node.as_str(), "", ""),
        Term::NamedNode(node) => (1, node.as_str(), "", ""),
        Term::Literal(literal) => {
            (2, literal.value(), literal.language().unwrap_or_default(), literal.datatype().as_str())
        }
        Term::Triple(_) => (3, "", "", ""),
    }
}

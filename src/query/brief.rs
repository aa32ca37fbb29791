//! Which queries may be tried on the thread of whoever asks: those that need little stack, and whose evaluation does nothing
//! but what its gauge counts.

use super::token::{Kind, Token, with_depth};

/// The most tokens: the time of the parser and of the optimizer grows with them.
const MAX_TOKENS: usize = 100;

/// The most brackets within each other, and the most operators: the parser and the evaluation recurse as deep as either.
const MAX_DEPTH: usize = 4;
const MAX_OPERATORS: usize = 16;

/// The words that such queries are made of. A word for texts is none of them, for one text may grow without a term; nor is
/// one for groups within groups, whose products may have no terms.
const WORDS: [&str; 20] = [
    "PREFIX", "BASE", "SELECT", "ASK", "DISTINCT", "REDUCED", "FROM", "NAMED", "WHERE", "FILTER", "BOUND", "COUNT",
    "AS", "ORDER", "BY", "ASC", "DESC", "LIMIT", "OFFSET", "A",
];

/// Tells whether a query with these tokens may be tried.
pub(super) fn may_be(tokens: &[Token<'_>]) -> bool {
    let is_known = |token: &Token<'_>| token.kind != Kind::Word || WORDS.iter().any(|word| token.is_word(word));
    let separates = |token: &Token<'_>| matches!(token.text, "." | ";" | ",");
    let operators = tokens.iter().filter(|token| token.kind == Kind::Sign && !separates(token)).count();
    let groups = tokens.iter().filter(|token| token.text == "{").count();
    tokens.len() <= MAX_TOKENS
        && groups == 1
        && operators <= MAX_OPERATORS
        && tokens.iter().all(is_known)
        && with_depth(tokens).all(|(depth, _)| depth <= MAX_DEPTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::token::tokens;

    #[test]
    fn what_is_short_and_plain_may_be_tried() {
        for query in [
            "SELECT ?what { ex:who rap:leads ?what } ORDER BY ?what",
            "ASK { ?who a rap:Organization ; rap:leads [ rap:partOf ex:plan ] }",
            "PREFIX ex: <http://example.org/> SELECT (COUNT(DISTINCT ?x) AS ?n) { ex:a rap:partOf+/^rap:leads ?x }",
            "SELECT DISTINCT ?x FROM ex:g { ?x ?y ?z FILTER(?x != ex:a && BOUND(?z)) } LIMIT 10 OFFSET 2",
        ] {
            assert!(may_be(&tokens(query)), "{query}");
        }
    }

    #[test]
    fn what_may_grow_without_terms_or_recurse_deeply_may_not() {
        let long = format!("ASK {{ ?s ?p 1{} }}", ", 1".repeat(60));
        let deep = format!("ASK {{ ?s ?p {}?o{} }}", "[ ?p ".repeat(5), " ]".repeat(5));
        let chain = format!("ASK {{ ?s a{} ?o }}", "/a".repeat(20));
        for query in [
            long.as_str(),
            &deep,
            &chain,
            "ASK { {} UNION {} }",
            "ASK { VALUES ?v { 1 2 } }",
            "SELECT (GROUP_CONCAT(?s) AS ?all) { ?s ?p ?o }",
            "ASK { ?s ?p ?o BIND(CONCAT(?o, ?o) AS ?oo) }",
            "ASK { ?s ?p ?o FILTER EXISTS { ?o ?p ?s } }",
        ] {
            assert!(!may_be(&tokens(query)), "{query}");
        }
    }
}

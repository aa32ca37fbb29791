//! What is refused before the engine sees it: queries that are too long or too deep, updates and federation.

use super::error::{Place, QueryError};
use super::token::{Kind, Token, with_depth};

/// The longest query, in bytes.
pub(super) const MAX_LENGTH: usize = 64 << 10;

/// The most brackets within each other.
pub(super) const MAX_DEPTH: usize = 100;

/// What a [request to update](https://www.w3.org/TR/sparql12-update/) starts with.
const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"];

/// Checks that a query may go to the engine.
pub(super) fn check(query: &str, tokens: &[Token<'_>]) -> Result<(), QueryError> {
    if query.len() > MAX_LENGTH {
        return Err(QueryError::TooLong { length: query.len(), limit: MAX_LENGTH });
    }
    if let Some((_, token)) = with_depth(tokens).find(|(depth, _)| *depth > MAX_DEPTH) {
        return Err(QueryError::TooDeep { place: Place::new(query, token.range()), limit: MAX_DEPTH });
    }
    if let Some(token) = operation(tokens).filter(|token| UPDATES.iter().any(|update| token.is_word(update))) {
        let operation = token.text.to_ascii_uppercase();
        return Err(QueryError::Update { place: Place::new(query, token.range()), operation });
    }
    // The engine reads `SERVICESILENT` as two words. No other word has SERVICE in it.
    let federates =
        |token: &&Token<'_>| token.kind == Kind::Word && token.text.to_ascii_uppercase().contains("SERVICE");
    if let Some(token) = tokens.iter().find(federates) {
        return Err(QueryError::Service { place: Place::new(query, token.range()) });
    }
    Ok(())
}

/// Returns the first word after the [prologue](https://www.w3.org/TR/sparql12-query/#rPrologue), which says what the
/// query is.
fn operation<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t Token<'a>> {
    let is_prologue = |token: &Token<'_>| ["PREFIX", "BASE", "VERSION"].iter().any(|word| token.is_word(word));
    tokens.iter().find(|token| token.kind == Kind::Word && !is_prologue(token))
}

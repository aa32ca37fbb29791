//! What is refused before the engine sees it: queries that are too long, too deep or too entangled, updates and
//! federation.

use super::error::{Place, QueryError};
use super::token::{Kind, Token, tokens, with_depth};

/// The longest query, in bytes.
pub(crate) const MAX_LENGTH: usize = 64 << 10;

/// The most brackets within each other.
pub(super) const MAX_DEPTH: usize = 100;

/// How often the parser may read tokens, all readings of all tokens together: some tenths of a second.
///
/// The parser tries one form of a call after the other, and reads what is between the brackets anew for each: what is
/// within k such calls is read 2ᵏ times.
pub(super) const MAX_READINGS: u64 = 1 << 18;

/// The functions that have several forms with the same beginning.
const SEVERAL_FORMS: [&str; 4] = ["SUBSTR", "REGEX", "REPLACE", "GROUP_CONCAT"];

/// What a [request to update](https://www.w3.org/TR/sparql12-update/) starts with.
const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"];

/// Checks that a query may go to the engine.
pub(super) fn check(query: &str, tokens: &[Token<'_>]) -> Result<(), QueryError> {
    if query.len() > MAX_LENGTH {
        return Err(QueryError::TooLong { length: query.len(), limit: MAX_LENGTH });
    }
    let all = with_comparisons(tokens);
    if let Some((_, token)) = with_depth(&all).find(|(depth, _)| *depth > MAX_DEPTH) {
        return Err(QueryError::TooDeep { place: Place::new(query, token.range()), limit: MAX_DEPTH });
    }
    if let Some(token) = too_entangled(&all) {
        return Err(QueryError::TooEntangled { place: Place::new(query, token.range()) });
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

/// Returns the tokens as they are if `<` after an operand compares: the parser tries that as well, and finds the brackets
/// that are in the IRI `<(1)>` in `1<(1)>2`.
fn with_comparisons<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut all: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let may_compare = token.kind == Kind::Iri && token.text.contains(['(', '[']);
        if may_compare && all.last().is_some_and(|before| before.kind != Kind::Open) {
            all.push(Token { kind: Kind::Sign, text: &token.text[..1], start: token.start });
            let inside = self::tokens(&token.text[1..]).into_iter();
            all.extend(inside.map(|inner| Token { start: token.start + 1 + inner.start, ..inner }));
        } else {
            all.push(*token);
        }
    }
    all
}

/// Returns the bracket from which on the parser reads more often than it may, if there is one. O(tokens).
fn too_entangled<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t Token<'a>> {
    let mut readings = 0;
    let mut open: Vec<u32> = Vec::new();
    let mut innermost = None;
    for (number, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Open {
            let outer = open.last().copied().unwrap_or(0);
            open.push((outer + forms(tokens, number)).min(u64::BITS / 2));
            innermost = Some(token);
        }
        readings += 1_u64 << open.last().copied().unwrap_or(0);
        if readings > MAX_READINGS {
            return innermost;
        }
        if token.kind == Kind::Close {
            open.pop();
        }
    }
    None
}

/// Returns how often the parser doubles its readings of what an opening bracket holds.
fn forms(tokens: &[Token<'_>], bracket: usize) -> u32 {
    let before = |back: usize| bracket.checked_sub(back).and_then(|at| tokens.get(at));
    let is = |back, sign| before(back).is_some_and(|token| token.text == sign);
    let is_call = before(1).is_some_and(|token| match token.kind {
        Kind::Word => SEVERAL_FORMS.iter().any(|function| token.is_word(function)),
        // A condition may be a function of that name, or an aggregate.
        Kind::Name | Kind::Iri => tokens[bracket].text == "(",
        _ => false,
    });
    // `!` is tried before another `!` and before what is no `!`; `NOT EXISTS {` is two words.
    let words = (1..=2).take_while(|back| before(*back).is_some_and(is_name)).count();
    let is_negated = (1..=words + 1).any(|back| is(back, "!"));
    // `~` takes what is annotated with it, or leaves it to the next.
    let is_annotation =
        tokens.get(bracket + 1).is_some_and(|token| token.text.starts_with('|')) && (is(1, "~") || is(2, "~"));
    u32::from(is_call) + u32::from(is_negated) + u32::from(is_annotation)
}

fn is_name(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Word | Kind::Name | Kind::Iri)
}

//! The words and signs of a query, for what must be known of it before and beside parsing.
//!
//! The parser of the engine says neither where a word stands nor how deep brackets are nested. Tokens here are those of
//! the [grammar](https://www.w3.org/TR/sparql12-query/#sparqlGrammar), taken from left to right, the longest first; any
//! text has tokens, right or wrong.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, the name of a function, `a`, `true` or `false`.
    Word,
    /// A variable.
    Variable,
    /// A prefixed name.
    Name,
    /// An IRI in angle brackets.
    Iri,
    /// A label of a blank node.
    Blank,
    /// A string.
    String,
    /// A string without its closing quote.
    Unclosed,
    /// A number.
    Number,
    /// A language tag, with its `@`.
    Language,
    /// An opening bracket: `{`, `(`, `[` or `<<`.
    Open,
    /// A closing bracket: `}`, `)`, `]` or `>>`.
    Close,
    /// Any other sign.
    Sign,
}

/// A token and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Offset of its first byte.
    pub(super) start: usize,
}

impl Token<'_> {
    /// Returns the offset of the byte after it.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Returns its bytes in the query.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Tells whether it is a keyword, in whatever case.
    pub(super) fn is_word(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }
}

/// Returns the tokens of a query, without space and comments. O(length).
pub(super) fn tokens(query: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(rest) = query.get(start..).filter(|rest| !rest.is_empty()) {
        let blank = length_while(rest, |c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        if blank > 0 {
            start += blank;
        } else if rest.starts_with('#') {
            start += length_while(rest, |c| !matches!(c, '\r' | '\n'));
        } else {
            let (kind, length) = first(rest);
            tokens.push(Token { kind, text: &rest[..length], start });
            start += length;
        }
    }
    tokens
}

/// Returns each token with the number of brackets that it is in; brackets are counted in themselves.
pub(super) fn with_depth<'t, 'a>(tokens: &'t [Token<'a>]) -> impl Iterator<Item = (usize, &'t Token<'a>)> {
    let mut depth: usize = 0;
    tokens.iter().map(move |token| {
        depth += usize::from(token.kind == Kind::Open);
        let inside = depth;
        depth = depth.saturating_sub(usize::from(token.kind == Kind::Close));
        (inside, token)
    })
}

/// Returns the kind and the length of the first token of a text that starts with one.
fn first(rest: &str) -> (Kind, usize) {
    let mut characters = rest.chars();
    let (first, second) = (characters.next().unwrap_or(' '), characters.next().unwrap_or(' '));
    match first {
        '<' => iri(rest).map_or_else(|| sign(rest), |length| (Kind::Iri, length)),
        '"' | '\'' => string(rest, first),
        '?' | '$' if is_name_character(second) => {
            (Kind::Variable, 1 + length_while(&rest[1..], |c| is_name_character(c) && c != '-'))
        }
        '@' if second.is_ascii_alphabetic() => {
            (Kind::Language, 1 + length_while(&rest[1..], |c| c.is_ascii_alphanumeric() || c == '-'))
        }
        '_' if second == ':' => (Kind::Blank, 2 + dotted(&rest[2..], is_name_character)),
        '0'..='9' => (Kind::Number, number(rest)),
        '.' if second.is_ascii_digit() => (Kind::Number, number(rest)),
        ':' => name_or_word(rest),
        _ if first != '-' && is_name_character(first) => name_or_word(rest),
        _ => sign(rest),
    }
}

/// Returns the length of an [IRIREF](https://www.w3.org/TR/sparql12-query/#rIRIREF) at the start of a text.
fn iri(rest: &str) -> Option<usize> {
    let length = length_while(&rest[1..], |c| c > ' ' && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`'));
    rest[1 + length..].starts_with('>').then_some(length + 2)
}

/// Measures a string; without its closing quote, a short one ends with its line.
fn string(rest: &str, quote: char) -> (Kind, usize) {
    let long: String = [quote; 3].iter().collect();
    let (delimiter, is_long) = if rest.starts_with(&long) { (long.as_str(), true) } else { (&long[..1], false) };
    let mut at = delimiter.len();
    while let Some(character) = rest[at..].chars().next() {
        if rest[at..].starts_with(delimiter) {
            return (Kind::String, at + delimiter.len());
        }
        if !is_long && matches!(character, '\n' | '\r') {
            break;
        }
        at += character.len_utf8();
        if character == '\\' {
            at += rest[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    (Kind::Unclosed, at)
}

fn number(rest: &str) -> usize {
    let digits = |at: usize| at + length_while(&rest[at..], |c| c.is_ascii_digit());
    let mut end = digits(0);
    if rest[end..].starts_with('.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    if rest[end..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    end
}

/// Measures a [PrefixedName](https://www.w3.org/TR/sparql12-query/#rPrefixedName), or the word that is there instead.
fn name_or_word(rest: &str) -> (Kind, usize) {
    let prefix = length_while(rest, |c| is_name_character(c) || c == '.');
    if !rest[prefix..].starts_with(':') {
        return (Kind::Word, length_while(rest, |c| is_name_character(c) && c != '-'));
    }
    let start = prefix + 1;
    let (mut end, mut at) = (start, start);
    while let Some(character) = rest[at..].chars().next() {
        at += match character {
            '\\' => 1 + rest[at + 1..].chars().next().map_or(0, char::len_utf8),
            '.' | ':' | '%' => 1,
            _ if is_name_character(character) => character.len_utf8(),
            _ => break,
        };
        // A dot belongs to the name only if more of it follows.
        if character != '.' {
            end = at;
        }
    }
    (Kind::Name, end)
}

/// Brackets and operators of more than one character, longest first.
const LONG_SIGNS: [&str; 8] = ["<<", ">>", "<=", ">=", "!=", "&&", "||", "^^"];

fn sign(rest: &str) -> (Kind, usize) {
    let long = LONG_SIGNS.into_iter().find(|sign| rest.starts_with(sign));
    let length = long.map_or_else(|| rest.chars().next().map_or(0, char::len_utf8), str::len);
    let kind = match &rest[..length] {
        "{" | "(" | "[" | "<<" => Kind::Open,
        "}" | ")" | "]" | ">>" => Kind::Close,
        _ => Kind::Sign,
    };
    (kind, length)
}

/// Measures characters that may have dots between them, but none at the end.
fn dotted(rest: &str, wanted: impl Fn(char) -> bool) -> usize {
    let length = length_while(rest, |c| wanted(c) || c == '.');
    rest[..length].trim_end_matches('.').len()
}

fn length_while(rest: &str, wanted: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !wanted(c)).unwrap_or(rest.len())
}

/// Tells whether a character is a [PN_CHARS](https://www.w3.org/TR/sparql12-query/#rPN_CHARS), or nearly so.
fn is_name_character(character: char) -> bool {
    match character {
        '_' | '-' | '\u{b7}' | '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}' => true,
        _ if character.is_ascii() => character.is_ascii_alphanumeric(),
        '\u{300}'..='\u{36f}' => true,
        _ => character.is_alphanumeric(),
    }
}

/// Returns the query without the byte order mark that some editors put before a text.
pub(super) fn without_mark(query: &str) -> &str {
    query.strip_prefix('\u{feff}').unwrap_or(query)
}

#[cfg(test)]
mod tests {
    use super::Kind::*;
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &[(Kind, &str)]) {
        let found: Vec<_> = tokens(query).into_iter().map(|token| (token.kind, token.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_names_and_variables_are_told_apart() {
        check(
            "ASK{?s a c24:x.y. $o :p _:b1. }",
            &[
                (Word, "ASK"),
                (Open, "{"),
                (Variable, "?s"),
                (Word, "a"),
                (Name, "c24:x.y"),
                (Sign, "."),
                (Variable, "$o"),
                (Name, ":p"),
                (Blank, "_:b1"),
                (Sign, "."),
                (Close, "}"),
            ],
        );
        check(r"c24:para\/2\.10 ex-1:", &[(Name, r"c24:para\/2\.10"), (Name, "ex-1:")]);
    }

    #[test]
    fn nothing_in_strings_iris_and_comments_is_a_token() {
        check(
            "'{\\'(' <http://e/(#x> # {{{\n\"\"\"\"[\"\"\"",
            &[(String, "'{\\'('"), (Iri, "<http://e/(#x>"), (String, "\"\"\"\"[\"\"\"")],
        );
        check("\"a\n\"b", &[(Unclosed, "\"a"), (Unclosed, "\"b")]);
    }

    #[test]
    fn comparisons_are_no_iris() {
        check(
            "?a < ?b <= 1.5e3.",
            &[(Variable, "?a"), (Sign, "<"), (Variable, "?b"), (Sign, "<="), (Number, "1.5e3"), (Sign, ".")],
        );
    }

    #[test]
    fn any_text_is_cut_without_loss() {
        for text in ["", "\\", "é:", "?", "@", "\"\\", "\u{feff}", "1e", "1.", "::", "<", "a\\", "ع:ب\\ع", "\u{301}"]
        {
            let tokens = tokens(text);
            assert_eq!(tokens.iter().map(|token| token.text).collect::<std::string::String>(), text);
        }
    }

    #[test]
    fn brackets_are_as_deep_as_what_they_hold() {
        let tokens = tokens("a{b(c)}d");
        let depths: Vec<_> = with_depth(&tokens).map(|(depth, _)| depth).collect();
        assert_eq!(depths, [0, 1, 1, 2, 2, 2, 1, 0]);
    }
}

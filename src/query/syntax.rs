//! Why a query is not SPARQL: the first token that cannot stand where it does, and what could.
//!
//! The engine's parser reports the furthest character that it looked at, which is often the end of the query, and
//! rarely what it looked for. But it can be asked: the start of a query is right so far if the parser reads it to its
//! end. So the first wrong token is found by bisection, and what could stand there by trying each candidate. That costs
//! some hundred parses of a wrong query and nothing of a right one.

use spargebra::{SparqlParser, SparqlSyntaxError};

use super::error::{Place, SyntaxError};
use super::token::{Kind, Token, tokens, with_depth};
use super::word::{FUNCTIONS, KEYWORDS, LOOKALIKES, RULES, SIGNS};
use crate::ontology::nearest;

/// What is put after the start of a query: more than the longest keyword, as the parser looks that far ahead.
const PADDING: &str = "                                ";

/// Explains what the engine's parser refuses.
pub(super) fn explain(
    query: &str,
    parser: &SparqlParser,
    prefixes: &[(String, String)],
    source: SparqlSyntaxError,
) -> SyntaxError {
    let tokens = tokens(query);
    let probe = Probe { query, tokens: &tokens, parser };
    let wrong = probe.first_wrong();
    let before = probe.before(wrong);
    if let Some((place, message)) = probe.broken_rule(wrong, before) {
        return SyntaxError { place, message: message.to_owned(), expected: Vec::new(), help: None, source };
    }
    let known = Known { probe: &probe, before, prefixes };
    let Complaint { message, help, is_misplaced } = match tokens.get(wrong) {
        Some(token) => known.complaint(wrong, token),
        None => Complaint::misplaced("the query ends before it is complete".to_owned(), known.still_open(wrong)),
    };
    let range = tokens.get(wrong).map_or(before.len()..before.len(), Token::range);
    let expected = if is_misplaced { probe.expected(before) } else { Vec::new() };
    SyntaxError { place: Place::new(query, range), message, expected, help, source }
}

/// A query that is wrong, and the parser that says so.
struct Probe<'a> {
    query: &'a str,
    tokens: &'a [Token<'a>],
    parser: &'a SparqlParser,
}

impl Probe<'_> {
    /// Returns the number of the first token that cannot stand where it does, or that of the tokens.
    fn first_wrong(&self) -> usize {
        let cuts: Vec<usize> = (1..=self.tokens.len()).filter(|&count| self.may_cut(count)).collect();
        let right = cuts.partition_point(|&count| self.is_right(self.before(count)));
        let Some(&end) = cuts.get(right) else { return self.tokens.len() };
        let start = right.checked_sub(1).map_or(0, |last| cuts[last]);
        // Between two cuts are one token or two.
        if end - start > 1 && self.is_right(self.before(start + 1)) { start + 1 } else { start }
    }

    /// Returns the query up to a token, without the space before that.
    fn before(&self, token: usize) -> &str {
        &self.query[..token.checked_sub(1).map_or(0, |last| self.tokens[last].end())]
    }

    /// Tells whether space may follow so many tokens: the parser takes `CONCAT(`, `<<(` and `)>>` without space only.
    fn may_cut(&self, count: usize) -> bool {
        let (last, Some(next)) = (self.tokens[count - 1], self.tokens.get(count)) else { return true };
        let is_tight = match next.text {
            "(" => last.kind == Kind::Word || last.text == "<<",
            ">>" => last.text == ")",
            _ => false,
        };
        !is_tight || last.end() < next.start
    }

    /// Tells whether a text is the start of a query. One that ends inside of a string or an IRI is not: there, even
    /// what is no token could follow.
    fn is_right(&self, text: &str) -> bool {
        self.is_read_to_its_end(text) && !self.is_read_to_its_end(&format!("{text} \0"))
    }

    fn is_read_to_its_end(&self, text: &str) -> bool {
        let text = format!("{text}{PADDING}");
        let Some(error) = self.error(&text) else { return true };
        // The parser says `error at 1:23: expected …`, and gives the place in no other way.
        let place = error.strip_prefix("error at ").and_then(|rest| rest.split_once(": "));
        place.is_some_and(|(place, _)| place == Place::new(&text, text.len()..text.len()).to_string())
    }

    fn error(&self, text: &str) -> Option<String> {
        self.parser.clone().parse_query(text).err().map(|error| error.to_string())
    }

    /// Tells whether something could stand after the start of a query.
    fn could_follow(&self, before: &str, candidate: &str) -> bool {
        self.is_read_to_its_end(&format!("{before} {candidate}"))
    }

    /// Returns the candidates that could stand after the start of a query.
    fn expected(&self, before: &str) -> Vec<&'static str> {
        let candidates = SIGNS.iter().chain(KEYWORDS);
        let fitting = candidates.filter(|candidate| self.could_follow(before, candidate.text));
        fitting.map(|candidate| candidate.name).collect()
    }

    /// Returns the rule beyond the grammar that a query breaks, and where the part that breaks it begins.
    ///
    /// The parser notices it where that part is complete: at the end, or where its group or its VALUES are closed.
    fn broken_rule(&self, wrong: usize, before: &str) -> Option<(Place, &'static str)> {
        let next = self.tokens.get(wrong).map_or("", |token| token.text);
        if !matches!(next, "" | "}") {
            return None;
        }
        let errors = ["", next].map(|next| self.error(&format!("{before}{PADDING}{next}")).unwrap_or_default());
        let rule = RULES.iter().find(|rule| errors.iter().any(|error| error.contains(rule.engine)))?;
        let depths: Vec<_> = with_depth(self.tokens).collect();
        let depth = depths.get(wrong).map_or(0, |(depth, _)| *depth);
        let is_begin = |(inside, token): &&(usize, &Token<'_>)| *inside <= depth && token.is_word(rule.keyword);
        let (_, begin) = depths[..wrong].iter().rfind(is_begin)?;
        Some((Place::new(self.query, begin.range()), rule.message))
    }
}

/// What is known where a token is wrong.
struct Known<'a> {
    probe: &'a Probe<'a>,
    before: &'a str,
    prefixes: &'a [(String, String)],
}

/// What is wrong where a token is.
struct Complaint {
    message: String,
    help: Option<String>,
    /// Whether something else was expected there.
    is_misplaced: bool,
}

impl Complaint {
    fn misplaced(message: String, help: Option<String>) -> Self {
        Self { message, help, is_misplaced: true }
    }

    /// Complains of a token of the right kind.
    fn wrong_in_itself(message: String, help: &str) -> Self {
        Self { message, help: Some(help.to_owned()), is_misplaced: false }
    }
}

impl Known<'_> {
    fn complaint(&self, wrong: usize, token: &Token<'_>) -> Complaint {
        let found = shown(token.text);
        let help = match token.kind {
            Kind::Unclosed => {
                let help = "end it with the quote that it starts with; text of several lines needs three of them";
                return Complaint::wrong_in_itself("this string is never closed".to_owned(), help);
            }
            Kind::Iri if self.could_follow("<x:x>") => {
                let help = "write it whole, or with a prefix";
                return Complaint::wrong_in_itself(format!("{found} is not an IRI"), help);
            }
            Kind::Blank if self.could_follow("_:not-used-before") => {
                let message = format!("the blank node {found} is used in more than one group");
                let help = "use a variable: a label means the same node within one group only";
                return Complaint::wrong_in_itself(message, help);
            }
            Kind::Name => match self.unknown_prefix(token) {
                Some(complaint) => return complaint,
                None => None,
            },
            Kind::Word => self.intended(wrong, token),
            Kind::Open | Kind::Close => self.still_open(wrong),
            Kind::Sign => lookalike(token.text),
            Kind::Iri | Kind::Blank | Kind::Variable | Kind::String | Kind::Number | Kind::Language => None,
        };
        Complaint::misplaced(format!("unexpected {found}"), help)
    }

    fn could_follow(&self, candidate: &str) -> bool {
        self.probe.could_follow(self.before, candidate)
    }

    /// Complains of a prefix that neither the data set nor the query declares.
    fn unknown_prefix(&self, token: &Token<'_>) -> Option<Complaint> {
        let prefix = token.text.split(':').next()?;
        let declared = self.probe.tokens.windows(2).filter(|pair| pair[0].is_word("PREFIX"));
        let declared = declared.filter_map(|pair| pair[1].text.strip_suffix(':'));
        let known: Vec<&str> = self.prefixes.iter().map(|(prefix, _)| prefix.as_str()).chain(declared).collect();
        if known.contains(&prefix) || !self.could_follow("<x:x>") {
            return None;
        }
        let help = match nearest(prefix, known.iter().copied(), 1).first() {
            Some(near) => format!("did you mean `{near}:`? Known are {}", known.join(", ")),
            None => format!("declare it with PREFIX, or use one of {}", known.join(", ")),
        };
        Some(Complaint::wrong_in_itself(format!("unknown prefix {}", shown(&format!("{prefix}:"))), &help))
    }

    /// Returns the word that may be meant.
    fn intended(&self, wrong: usize, token: &Token<'_>) -> Option<String> {
        if self.could_follow(&format!("{}(", token.text)) && self.probe.tokens.get(wrong + 1)?.text == "(" {
            return Some(format!("write `{}(` without space", token.text));
        }
        let words = KEYWORDS.iter().map(|keyword| keyword.text).chain(FUNCTIONS.iter().copied());
        let near = nearest(token.text, words, usize::MAX);
        let meant = near.iter().find(|word| self.could_follow(word) || self.could_follow(&format!("{word}(")))?;
        (!meant.eq_ignore_ascii_case(token.text)).then(|| format!("did you mean `{meant}`?"))
    }

    /// Points at the innermost bracket that is still open before a token.
    fn still_open(&self, wrong: usize) -> Option<String> {
        let mut open = Vec::new();
        for token in &self.probe.tokens[..wrong] {
            if token.kind == Kind::Open {
                open.push(token);
            } else if token.kind == Kind::Close {
                open.pop();
            }
        }
        let token = open.pop()?;
        let place = Place::new(self.probe.query, token.range());
        Some(format!("the {} at {place} is not closed yet", shown(token.text)))
    }
}

/// Says which sign of SPARQL is meant by one of another script that looks like it.
fn lookalike(text: &str) -> Option<String> {
    let (_, meant) = LOOKALIKES.iter().find(|(sign, _)| *sign == text)?;
    Some(format!("did you mean `{meant}`?"))
}

/// Quotes a token for a message; characters that cannot be seen are named.
fn shown(text: &str) -> String {
    const MAX_SHOWN: usize = 40;
    let is_invisible = |c: char| {
        let is_format =
            matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        is_format || c.is_control() || c.is_whitespace()
    };
    match text.chars().next() {
        Some(only) if is_invisible(only) && only.len_utf8() == text.len() => {
            format!("character U+{:04X}", u32::from(only))
        }
        _ if text.chars().count() > MAX_SHOWN => {
            format!("`{}…`", text.chars().take(MAX_SHOWN).collect::<String>())
        }
        _ => format!("`{text}`"),
    }
}

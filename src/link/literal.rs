//! Literals, checked against the datatype of their property.

use std::borrow::Cow;

use oxrdf::NamedNodeRef;

use super::Worker;
use crate::finding::Code;
use crate::model::{Date, Place, PropertyId, Symbol, ascii_digits, visible};
use crate::ontology::{Datatype, Range};

impl Worker<'_> {
    /// Returns the text of a literal of that property if it is one.
    pub(super) fn literal(&mut self, property: PropertyId, text: &str, place: Place) -> Option<Symbol> {
        let symbol = self.texts.intern(text);
        let is_date = self.ontology.property(property).range == Range::Literal(Datatype::Edtf);
        if is_date && self.dates.get(symbol.index()) == Some(&true) {
            return Some(symbol);
        }
        if let Cow::Owned(clean) = self.checked(property, Cow::Borrowed(text), place)? {
            return Some(self.texts.intern(&clean));
        }
        if is_date {
            self.dates.resize(self.dates.len().max(symbol.index() + 1), false);
            self.dates[symbol.index()] = true;
        }
        Some(symbol)
    }

    /// Checks a text against the datatype of its property. Returns it as it is kept, if it can be.
    pub(super) fn checked<'t>(
        &mut self,
        property: PropertyId,
        text: Cow<'t, str>,
        place: Place,
    ) -> Option<Cow<'t, str>> {
        let Range::Literal(datatype) = self.ontology.property(property).range else { return Some(text) };
        if let Some(character) = control(&text) {
            let message = format!("a text has the control character {}", character.escape_unicode());
            let finding = self.finding(Code::ControlCharacter, place, message);
            self.report(finding.help("take it out: nobody sees it, and in XML it becomes \u{FFFD}"));
        }
        let clean = clean(datatype, &text);
        if let Err(Wrong { code, message, help }) = check(datatype, &clean) {
            let finding = self.finding(code, place, message);
            self.report(finding.help(help));
            return None;
        }
        match clean {
            Cow::Owned(clean) => Some(Cow::Owned(clean)),
            Cow::Borrowed(_) => Some(text),
        }
    }
}

/// Returns a date, a number or an address without characters that nobody sees, and the first two with the digits of ASCII.
/// Texts for people stay as they are.
fn clean(datatype: Datatype, text: &str) -> Cow<'_, str> {
    match datatype {
        Datatype::Integer | Datatype::Decimal | Datatype::Edtf | Datatype::Date => match visible(text) {
            Cow::Borrowed(text) => ascii_digits(text),
            Cow::Owned(clean) => Cow::Owned(ascii_digits(&clean).into_owned()),
        },
        Datatype::Boolean | Datatype::AnyUri => visible(text),
        Datatype::String | Datatype::LangString | Datatype::PlainLiteral => Cow::Borrowed(text),
    }
}

/// The first character of a text that controls a machine. Few texts have a byte that such a character could begin with,
/// and all bytes are looked at many at a time.
fn control(text: &str) -> Option<char> {
    let begins = |byte: u8| byte < b' ' || matches!(byte, 0x7F | 0xC2 | 0xEF);
    let may_be = text.bytes().fold(false, |found, byte| found | begins(byte));
    may_be.then(|| text.chars().find(|c| is_control(*c))).flatten()
}

/// Tells whether a character controls a machine and is no part of a text; tabs and line breaks are.
fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// What is wrong with a literal.
struct Wrong {
    code: Code,
    message: String,
    help: &'static str,
}

fn check(datatype: Datatype, text: &str) -> Result<(), Wrong> {
    let wrong = |right: bool, code, kind, help| {
        if right { Ok(()) } else { Err(Wrong { code, message: format!("`{text}` is not {kind}"), help }) }
    };
    match datatype {
        Datatype::String | Datatype::LangString | Datatype::PlainLiteral => Ok(()),
        Datatype::Integer => wrong(is_integer(text), Code::InvalidNumber, "an integer", "write digits only, as in 23"),
        Datatype::Decimal => {
            wrong(is_decimal(text), Code::InvalidNumber, "a number", "write digits with a dot for the fraction, as in 30000000 or 0.7")
        }
        Datatype::Boolean => {
            wrong(matches!(text, "true" | "false"), Code::InvalidNumber, "a truth value", "write true or false")
        }
        Datatype::AnyUri => wrong(
            NamedNodeRef::new(text).is_ok(),
            Code::InvalidIri,
            "an absolute IRI",
            "begin with a scheme such as https: and write spaces and quotes percent-encoded",
        ),
        Datatype::Edtf | Datatype::Date => Date::parse(text).map(|_| ()).map_err(|error| Wrong {
            code: Code::InvalidDate,
            message: format!("`{text}` is not a date: {error}"),
            help: "write a date as 2024, 2024-03 or 2024-03-15, about a date as 2023~, a range as 2024-05-27/2024-05-30",
        }),
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    match text.split_once('.') {
        None => is_integer(text),
        Some((whole, fraction)) => {
            (is_integer(whole) || matches!(whole, "" | "-"))
                && !fraction.is_empty()
                && fraction.bytes().all(|b| b.is_ascii_digit())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_found_wherever_they_are() {
        for c in ['\0', '\u{1B}', '\u{7F}', '\u{80}', '\u{9F}', '\u{FFFE}', '\u{FFFF}'] {
            assert_eq!(control(&format!("نص\t\u{FFFD}\u{A0}{c}é")), Some(c));
        }
        assert_eq!(control("نص\t\r\n\u{FFFD}\u{A0} é"), None);
    }

    #[test]
    fn literals_are_checked_by_datatype() {
        for (datatype, right, wrong) in [
            (Datatype::Integer, "-23", "2.5"),
            (Datatype::Decimal, "30000000.50", "1,000"),
            (Datatype::Boolean, "true", "yes"),
            (Datatype::AnyUri, "https://www.itu.int/ar", "www.itu.int"),
            (Datatype::AnyUri, "urn:isbn:1", "https://exa mple.org"),
            (Datatype::Edtf, "2024-03", "March 2024"),
        ] {
            assert!(check(datatype, right).is_ok(), "{right}");
            assert!(check(datatype, wrong).is_err(), "{wrong}");
        }
    }
}

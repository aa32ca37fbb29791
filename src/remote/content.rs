//! What is in a graph, whatever the order in which it is told: how many triples, and the sum of their hashes.

use std::fmt::Write as _;
use std::io::Read;
use std::str::FromStr;

use oxrdf::{LiteralRef, TermRef, TripleRef};
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Double, Float, Integer};
use sha2::{Digest as _, Sha256};

/// What is in a graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    /// How many triples.
    pub(super) triples: u64,
    /// The sum of the hashes of triples as they are written.
    written: Sum,
    /// The sum of the hashes of what triples mean: many stores keep numbers, days and tags of languages in a form of
    /// their own.
    meant: Sum,
    texts: Texts,
}

/// Room for the texts of a triple.
#[derive(Debug, Clone, Default)]
struct Texts {
    written: String,
    meant: String,
}

impl Content {
    /// Reads the triples of a document. O(bytes), in constant memory.
    pub(super) fn read(reader: impl Read, format: RdfFormat) -> Result<Self, RdfParseError> {
        let mut content = Self::default();
        for quad in RdfParser::from_format(format).without_named_graphs().for_reader(reader) {
            let quad = quad?;
            content.add(TripleRef::new(&quad.subject, &quad.predicate, &quad.object));
        }
        Ok(content)
    }

    /// Adds a triple.
    pub(super) fn add(&mut self, triple: TripleRef<'_>) {
        let Texts { written, meant } = &mut self.texts;
        written.clear();
        meant.clear();
        // Writing to a string does not fail.
        let _ = write!(written, "{triple}");
        push_meaning(triple, meant);
        let hash = Sha256::digest(&written);
        self.written.add(&hash);
        let hash = if written == meant { hash } else { Sha256::digest(&meant) };
        self.meant.add(&hash);
        self.triples += 1;
    }

    /// Tells whether the same is written in both.
    pub(super) fn is_written_as(&self, other: &Self) -> bool {
        self.triples == other.triples && self.written == other.written
    }

    /// Tells whether both mean the same.
    pub(super) fn means(&self, other: &Self) -> bool {
        self.triples == other.triples && self.meant == other.meant
    }
}

/// A sum of hashes, modulo 2²⁵⁶: one more triple, one less or another changes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Sum([u64; 4]);

impl Sum {
    fn add(&mut self, hash: &[u8]) {
        let mut carry = false;
        for (limb, bytes) in self.0.iter_mut().zip(hash.chunks(8)) {
            let more = bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
            let (sum, first) = limb.overflowing_add(more);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, first || second);
        }
    }
}

/// Appends what a triple means: a number by its value, a tag of a language in small letters.
fn push_meaning(triple: TripleRef<'_>, out: &mut String) {
    let TripleRef { subject, predicate, object } = triple;
    // Writing to a string does not fail.
    let _ = write!(out, "{subject} {predicate} ");
    match object {
        TermRef::Literal(literal) => push_value(literal, out),
        TermRef::Triple(triple) => {
            out.push_str("<<( ");
            push_meaning(triple.as_ref(), out);
            out.push_str(" )>>");
        }
        TermRef::NamedNode(_) | TermRef::BlankNode(_) => {
            let _ = write!(out, "{object}");
        }
    }
}

fn push_value(literal: LiteralRef<'_>, out: &mut String) {
    const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
    let (text, datatype) = (literal.value(), literal.datatype());
    if let Some(language) = literal.language() {
        let literal = LiteralRef::new_simple_literal(text);
        let _ = write!(out, "{literal}@{}", language.to_ascii_lowercase());
        return;
    }
    let value = match datatype.as_str().strip_prefix(XSD) {
        Some("integer") => canonical::<Integer>(text),
        Some("decimal") => canonical::<Decimal>(text),
        Some("double") => canonical::<Double>(text),
        Some("float") => canonical::<Float>(text),
        Some("boolean") => canonical::<Boolean>(text),
        Some("date") => canonical::<Date>(text),
        Some("dateTime") => canonical::<DateTime>(text),
        _ => None,
    };
    let value = value.as_deref().unwrap_or(text);
    let _ = write!(out, "{}", LiteralRef::new_typed_literal(value, datatype));
}

/// Returns the form of a value in which equal ones are the same text.
fn canonical<T: FromStr + ToString>(text: &str) -> Option<String> {
    Some(text.parse::<T>().ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Content {
        Content::read(text.as_bytes(), RdfFormat::NTriples).unwrap()
    }

    const NUMBER: &str = "<a:a> <a:b> \"1.50\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n";
    const TEXT: &str = "<a:a> <a:b> \"\\u00E9\"@zh-Hans .\n";

    #[test]
    fn order_and_escapes_change_nothing() {
        let (one, other) = (format!("{NUMBER}{TEXT}"), format!("{}{NUMBER}", TEXT.replace("\\u00E9", "é")));
        assert!(content(&one).is_written_as(&content(&other)));
        assert_eq!(content(&one).triples, 2);
    }

    #[test]
    fn a_triple_more_or_less_or_another_is_seen() {
        let both = format!("{NUMBER}{TEXT}");
        for other in
            [NUMBER, TEXT, &format!("{both}{TEXT}"), &both.replace("1.50", "1.51"), &both.replace("a:b", "a:c")]
        {
            assert!(!content(&both).means(&content(other)), "{other}");
        }
    }

    #[test]
    fn what_means_the_same_is_known_from_what_is_written_the_same() {
        let other = format!("{}{}", NUMBER.replace("1.50", "1.5"), TEXT.replace("Hans", "hans"));
        let (one, other) = (content(&format!("{NUMBER}{TEXT}")), content(&other));
        assert!(one.means(&other) && !one.is_written_as(&other));
        let (year, text) = (NUMBER.replace("decimal", "string"), NUMBER.replace("1.50", "1.5"));
        assert!(!content(&year).means(&content(&text)));
    }
}

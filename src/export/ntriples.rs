//! N-Triples and N-Quads, written straight from the graph.
//!
//! The two differ by the named graphs only, which a profile has or has not. The bytes are those of the RDF library's
//! writer, which a test holds, at several times its speed.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::mem::take;

use crate::parallel;
use crate::rdf::{self, Node, Part, Projection, Quad, Term};

/// Writes the quads, a line each. Several parts of the graph are written at the same time, and put out in their order.
pub(super) fn write_ntriples(projection: &Projection<'_>, out: &mut impl Write) -> io::Result<()> {
    write_parts(projection, &rdf::parts(projection), out)
}

/// Writes the quads of some parts, a line each.
pub(super) fn write_parts(projection: &Projection<'_>, parts: &[Part], out: &mut impl Write) -> io::Result<()> {
    parallel::write_parts(parts, |part, buffer| push_part(projection, part, buffer), out)?;
    out.flush()
}

/// Fills an empty buffer with the lines of a part.
fn push_part(projection: &Projection<'_>, part: &Part, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut lines = String::from_utf8(take(buffer)).unwrap_or_default();
    let done = rdf::quads_of(projection, part.clone(), &mut |quad| {
        push_line(&quad, &mut lines);
        Ok(())
    });
    *buffer = lines.into_bytes();
    done
}

/// Appends a quad as a line.
pub(crate) fn push_line(quad: &Quad<'_>, out: &mut String) {
    out.push('<');
    quad.subject.push_to(out);
    out.push_str("> <");
    out.push_str(quad.predicate);
    out.push_str("> ");
    push_term(&quad.object, out);
    if let Some(graph) = quad.graph {
        out.push(' ');
        push_node(graph, out);
    }
    out.push_str(" .\n");
}

fn push_node(node: Node<'_>, out: &mut String) {
    out.push('<');
    node.push_to(out);
    out.push('>');
}

fn push_term(term: &Term<'_>, out: &mut String) {
    match term {
        Term::Node(node) => push_node(*node, out),
        Term::Plain(text) => push_quoted(text, out),
        Term::Tagged(text, language) => {
            push_quoted(text, out);
            out.push('@');
            out.push_str(language.as_str());
        }
        Term::Typed(text, datatype) => {
            push_quoted(text, out);
            out.push_str("^^<");
            out.push_str(datatype);
            out.push('>');
        }
        Term::Triple((subject, predicate, object)) => {
            out.push_str("<<( ");
            push_node(*subject, out);
            out.push(' ');
            push_node(Node::Iri(predicate), out);
            out.push(' ');
            push_term(object, out);
            out.push_str(" )>>");
        }
    }
}

/// Appends a string as [canonical N-Triples](https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples) quotes it.
fn push_quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    // Characters to escape are rare, so the bytes that they begin with are looked for first, many at a time; what stands
    // between them is copied whole.
    let may_be = text.bytes().fold(false, |found, byte| found | begins_escaped(byte));
    while may_be && let Some(at) = rest.find(is_escaped) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        if let Some(c) = chars.next() {
            push_escaped(c, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn is_escaped(c: char) -> bool {
    matches!(c, '\0'..='\u{1F}' | '"' | '\\' | '\u{7F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Tells whether one of these may begin with a byte.
fn begins_escaped(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7F | 0xEF)
}

fn push_escaped(c: char, out: &mut String) {
    match c {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{C}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        // Writing to a string does not fail.
        _ => drop(write!(out, "\\u{:04X}", u32::from(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf as ox;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_literal_is_quoted_as_the_library_quotes_it(text in any::<String>()) {
            let mut ours = String::new();
            push_term(&Term::Plain(&text), &mut ours);
            prop_assert_eq!(ours, ox::Literal::new_simple_literal(text).to_string());
        }
    }
}

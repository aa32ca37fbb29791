//! Text for XML: what every format that is XML needs, pictures and pages too, and no library does for text that may hold
//! anything.

use std::borrow::Cow;
use std::io::{self, Write};

/// Tells whether [XML 1.0](https://www.w3.org/TR/xml/#charsets) has no way to write a character.
fn is_unwritable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Returns a text as content or value of an attribute. Line breaks and tabs are written as references, which no reader
/// makes spaces of.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, |c| {
        entity(c).or(match c {
            '\t' => Some("&#9;"),
            '\n' => Some("&#10;"),
            '\r' => Some("&#13;"),
            _ => None,
        })
    })
}

/// Returns a text as content, or as value of an attribute in which white space does not matter: it stays as it is.
pub(crate) fn content(text: &str) -> Cow<'_, str> {
    replaced(text, entity)
}

/// What stands for a character that is markup or cannot be written.
fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        c if is_unwritable(c) => Some("\u{FFFD}"),
        _ => None,
    }
}

fn replaced(text: &str, replacement: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    let Some(first) = text.find(|c| replacement(c).is_some()) else { return text.into() };
    let mut replaced = String::with_capacity(text.len() + 16);
    replaced.push_str(&text[..first]);
    for c in text[first..].chars() {
        match replacement(c) {
            Some(other) => replaced.push_str(other),
            None => replaced.push(c),
        }
    }
    replaced.into()
}

/// Writes what a library makes of text that may hold anything: what XML cannot write becomes U+FFFD, and a carriage
/// return, which a reader would make a line break of, a reference.
pub(crate) struct Writable<W> {
    out: W,
    /// The beginning of a character that may be one of those.
    held: Vec<u8>,
}

impl<W: Write> Writable<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, held: Vec::new() }
    }
}

impl<W: Write> Write for Writable<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();
        let mut plain = 0;
        for (place, &byte) in text.iter().enumerate() {
            let instead: &[u8] = match (self.held.as_slice(), byte) {
                (_, b'\r') => b"&#xD;",
                (_, 0..=8 | 0xB | 0xC | 0xE..=0x1F) => REPLACEMENT,
                ([0xEF, 0xBF], 0xBE | 0xBF) => {
                    // U+FFFE and U+FFFF.
                    self.held.clear();
                    REPLACEMENT
                }
                ([], 0xEF) | ([0xEF], 0xBF) => {
                    self.out.write_all(&text[plain..place])?;
                    self.held.push(byte);
                    plain = place + 1;
                    continue;
                }
                ([], _) => continue,
                (_, _) => {
                    self.out.write_all(&self.held)?;
                    self.held.clear();
                    continue;
                }
            };
            self.out.write_all(&text[plain..place])?;
            self.out.write_all(instead)?;
            plain = place + 1;
        }
        self.out.write_all(&text[plain..])?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Tells whether [RDF/XML](https://www.w3.org/TR/rdf12-xml/) can write an IRI as the name of an element: it ends in a
/// name without a colon.
pub(crate) fn ends_in_name(iri: &str) -> bool {
    let starts = |c: char| {
        matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
            | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}')
    };
    let continues = |c: char| {
        starts(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
    };
    iri.chars().rev().take_while(|&c| continues(c)).any(starts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns a text as XML can hold it.
    fn writable(text: &str) -> String {
        text.replace(is_unwritable, "\u{FFFD}")
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_content_and_attributes(text in any::<String>()) {
            let document = format!("<a b=\"{0}\">{0}</a>", escaped(&text));
            let document = roxmltree::Document::parse(&document).unwrap();
            let (root, expected) = (document.root_element(), writable(&text));
            prop_assert_eq!(root.attribute("b"), Some(&*expected));
            prop_assert_eq!(root.text().unwrap_or_default(), &*expected);
            let document = format!("<a>{}</a>", content(&text.replace('\r', " ")));
            let document = roxmltree::Document::parse(&document).unwrap();
            prop_assert_eq!(document.root_element().text().unwrap_or_default(), &*expected.replace('\r', " "));
        }

        #[test]
        fn any_text_that_a_library_writes_comes_back(texts in prop::collection::vec(any::<String>(), 1..4)) {
            let mut out = Vec::new();
            let mut writer = Writable::new(&mut out);
            writer.write_all(b"<a>").unwrap();
            for text in &texts {
                let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                escaped.as_bytes().chunks(2).for_each(|bytes| writer.write_all(bytes).unwrap());
            }
            writer.write_all(b"</a>").unwrap();
            let document = String::from_utf8(out).unwrap();
            let document = roxmltree::Document::parse(&document).unwrap();
            let expected = writable(&texts.concat());
            prop_assert_eq!(document.root_element().text().unwrap_or_default(), expected.as_str());
        }
    }

    #[test]
    fn characters_that_xml_has_none_of_are_replaced() {
        let mut out = Vec::new();
        Writable::new(&mut out).write_all("a\0\r\n\u{FFFE}\u{FFFD}\u{FEFF}\u{1F}".as_bytes()).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{FFFD}&#xD;\n\u{FFFD}\u{FFFD}\u{FEFF}\u{FFFD}");
    }

    #[test]
    fn an_element_needs_a_name() {
        for (iri, is_name) in [
            ("http://e/a", true),
            ("http://e/1a", true),
            ("http://e/1", false),
            ("http://e/", false),
            ("urn:a:b", true),
            ("http://e/a%", false),
            ("http://e/ا", true),
        ] {
            assert_eq!(ends_in_name(iri), is_name, "{iri}");
        }
    }
}
